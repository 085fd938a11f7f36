"""Fixtures: the application on both databases, a reading browser, people of each role."""

import gc
import os
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade

import config
from coordinator import create_app
from coordinator.access import Role
from coordinator.database import will_write
from coordinator.extensions import db
from coordinator.institution.models import Institution
from tests.browser import Browser
from tests.databases import PostgresCopies, SqliteCopies, hurry_sqlite, postgres_server
from tests.factories import UserFactory
from tests.smtp import SmtpServer, serving

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL server."""
    with postgres_server() as (address, reason):
        if address is None:
            pytest.skip(reason)
        yield address


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def copies(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> SqliteCopies | PostgresCopies:
    """A source of fresh databases, of each kind in turn."""
    if request.param == "sqlite":
        return SqliteCopies(tmp_path_factory.mktemp("sqlite"))
    return PostgresCopies(request.getfixturevalue("postgres"), f"paydas_test_{WORKER}")


def test_settings(url: str, folder: Path, **more: str) -> dict[str, object]:
    """Return settings for an application on a database, with everything else as shipped."""
    settings = config.from_environment(
        {"DATABASE_URL": url, "INSTANCE_PATH": str(folder), "BASE_URL": "http://127.0.0.1", **more}
    )
    return {**settings, "TESTING": True}


test_settings.__test__ = False  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def house(
    copies: SqliteCopies | PostgresCopies, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """The application, its database migrated once and kept as a template."""
    app = create_app(test_settings(copies.url, tmp_path_factory.mktemp("instance")))
    with app.app_context():
        hurry_sqlite(db.engine)
        upgrade()
        db.session.add(
            Institution(
                id=1,
                name="İzmir Büyükşehir Belediyesi",
                unit="Kadın Çalışmaları Şube Müdürlüğü",
                city="İzmir",
                phone="+902320000000",
                email="kadin@belediye.example",
            )
        )
        db.session.commit()
        db.session.remove()
        copies.keep(db.engine)
    yield app
    with app.app_context():
        copies.drop(db.engine)


@pytest.fixture
def app(house: Flask, copies: SqliteCopies | PostgresCopies) -> Iterator[Flask]:
    """The application on a fresh database, with its context pushed."""
    with house.app_context():
        copies.renew(db.engine)
        will_write.set(True)  # the last page of the test before may only have been read
        yield house
        db.session.remove()


@pytest.fixture
def smtp_server(app: Flask) -> Iterator[SmtpServer]:
    """A real SMTP server that the application sends through; `plan` makes it refuse."""
    with serving() as server, pytest.MonkeyPatch.context() as patch:
        for name, value in server.settings.items():
            patch.setitem(app.config, name, value)
        yield server


@pytest.fixture
def browser(app: Flask) -> Browser:
    """Somebody without an account."""
    return Browser(app)


def _signed_in(app: Flask, role: Role) -> Browser:
    browser = Browser(app)
    browser.sign_in(UserFactory(role=role))
    return browser


@pytest.fixture
def admin(app: Flask) -> Browser:
    return _signed_in(app, Role.ADMIN)


@pytest.fixture
def staff(app: Flask) -> Browser:
    return _signed_in(app, Role.STAFF)


@pytest.fixture
def viewer(app: Flask) -> Browser:
    return _signed_in(app, Role.VIEWER)


READS_PAGES = {"browser", "admin", "staff", "viewer"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--in-turn",
        action="store_true",
        help="run each test that reads pages on one of the two databases; all others on both",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where time is short, share the tests of pages out between the databases, always alike.

    What a page asks is asked on both anyway: tests/test_access.py opens every one, and queries
    and operations have tests of their own. `@pytest.mark.both` keeps a test out of this, and
    `@pytest.mark.in_turn` takes in one whose many forms need not all run on both.
    """
    for item in items if config.getoption("loadgroup", default=False) else ():
        # pytest-xdist 3.8 writes the group where pytest 9.2 no longer reads it.
        if mark := item.get_closest_marker("xdist_group"):
            item._id = f"{item.nodeid}@{mark.args[0]}"  # type: ignore[assignment,attr-defined]
    if not config.getoption("--in-turn"):
        return
    left_out = [item for item in items if not _has_its_turn(item)]
    items[:] = [item for item in items if _has_its_turn(item)]
    config.hook.pytest_deselected(items=left_out)


def pytest_collection_finish() -> None:
    """Leave what is loaded by now out of the garbage collector's rounds, and make them rarer.

    The modules of the application and of the tests stay to the end; looking through them again and
    again took a sixth of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _has_its_turn(item: pytest.Item) -> bool:
    database = getattr(getattr(item, "callspec", None), "params", {}).get("copies")
    fixtures = READS_PAGES.intersection(getattr(item, "fixturenames", ()))
    shared = (fixtures or item.get_closest_marker("in_turn")) and not item.get_closest_marker(
        "both"
    )
    if database is None or not shared:
        return True
    name = item.nodeid.replace(database, "")
    return database == ("sqlite", "postgresql")[zlib.crc32(name.encode()) % 2]


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Where everything must run (CI is set), a test that was left out is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if os.environ.get("CI") and skipped and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
