"""Every view says who may use it, and holds to it: every route, method and identity, with ids
that exist, are somebody else's, are absent or malformed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle

import pytest
import sqlalchemy as sa
from flask import Flask, render_template
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from coordinator.access import Role
from coordinator.accounts import operations as accounts
from coordinator.actors import COMMAND
from coordinator.database import Model
from coordinator.extensions import db
from tests import access
from tests.browser import Browser
from tests.factories import OrganizationFactory, UserFactory, represent
from tests.world import ABSENT, MALFORMED, World, address, build_world, rules

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
MAY_BE_503 = {"health.ready"}
EMPTY_IN_THE_WORLD = {"invitations.letter_sheet", "reminders.sheet"}
"""Sheets of letters that are all written already."""
OWN = {"accounts", "preferences"}
TAKES_OUT = {"registry_export.download"}  # a file for readers; only the audit line is written
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
IDENTITIES = ("anonymous", "viewer", "staff", "admin", "representative", "closed")


@dataclass
class Visitor:
    """Somebody who tries every address, with the token that their forms carry."""

    browser: Browser
    role: Role | None
    token: str = ""

    def __post_init__(self) -> None:
        page = self.browser.send("GET", "/giris" if self.role is None else "/hesabim")
        found = TOKEN.search(page.get_data(as_text=True))
        assert found, "no token to try with"
        self.token = found[1]

    def tries(self, method: str, path: str) -> TestResponse:
        data = None if method == "GET" else {"csrf_token": self.token}
        return self.browser.client.open(path, method=method, data=data)

    def may(self, app: Flask, rule: Rule) -> bool:
        roles = app.view_functions[rule.endpoint].access  # type: ignore[attr-defined]
        return roles is None or self.role in roles


@pytest.fixture
def world(app: Flask) -> World:
    return build_world()


def visitor(app: Flask, identity: str) -> Visitor:
    """Return somebody who is not connected to the world's organisation."""
    browser = Browser(app)
    if identity == "anonymous":
        return Visitor(browser, None)
    if identity == "closed":
        user = UserFactory()
        browser.sign_in(user)
        accounts.close_account(user, actor=COMMAND)
        db.session.commit()
        return Visitor(browser, None)
    role = Role(identity)
    user = (
        represent(OrganizationFactory()) if role is Role.REPRESENTATIVE else UserFactory(role=role)
    )
    return Visitor(browser.sign_in(user), role)


def everything() -> dict[str, list[object]]:
    """Return all that is stored, but sessions and tries."""
    db.session.rollback()
    tables = [
        table for name, table in Model.metadata.tables.items()
        if name not in {"user_session", "sign_in_attempt", "worker_beat", "wrong_link"}
    ]  # fmt: skip
    return {table.name: sorted(map(repr, db.session.execute(sa.select(table)))) for table in tables}


def attempts(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Yield each rule with each method that it takes."""
    for rule in rules(app):
        for method in METHODS:
            if method in (rule.methods or ()):
                yield rule, method


def told(rule: Rule, method: str, path: str, answer: TestResponse) -> str:
    return f"{method} {path[:120]} ({rule.endpoint}) answered {answer.status_code}"


def test_the_committed_table_says_what_the_views_say(house: Flask) -> None:
    assert access.lines(house) == access.committed(), (
        "views and tests/access.csv differ: read the difference, then run "
        "`python -m tests.access --write`"
    )


def test_every_view_says_who_may_use_it(house: Flask) -> None:
    assert [line for line in access.lines(house) if line[2] == "nobody says"] == []


def test_no_view_takes_a_method_that_forms_cannot_send(house: Flask) -> None:
    strange = [r.rule for r in rules(house) if (r.methods or set()) & {"PUT", "PATCH", "DELETE"}]
    assert strange == []


@pytest.mark.in_turn
@pytest.mark.parametrize("identity", ["anonymous", "admin", "representative"])
def test_absent_and_malformed_ids_never_break_a_view(
    app: Flask, identity: str, world: World
) -> None:
    who = visitor(app, identity)
    wrong = []
    for turn, (rule, method) in enumerate(attempts(app)):
        if rule.endpoint == "accounts.sign_out":
            continue
        # Who is refused is so before an id is read: of malformed ones, each rule has its own.
        mine = slice(turn % len(MALFORMED), turn % len(MALFORMED) + 1)
        malformed = MALFORMED if who.may(app, rule) else MALFORMED[mine]
        for values in (ABSENT, *(dict.fromkeys(ABSENT, one) for one in malformed)):
            path = address(rule, values)
            answer = who.tries(method, path)
            broken = answer.status_code >= 500 and rule.endpoint not in MAY_BE_503
            if broken or (answer.status_code == 200 and not who.may(app, rule)):
                wrong.append(told(rule, method, path, answer))
            if not rule.arguments:
                break
    assert wrong == []


def test_lists_bear_any_question(app: Flask, world: World) -> None:
    who = visitor(app, "admin")
    wrong = []
    names = (
        "adres", "alan", "ara", "bicim", "cagri", "dil", "durum", "gonderim", "goster", "hepsi",
        "ilce", "kimler", "kurulus", "mektup", "next", "oneri", "page", "pencere", "q", "rol",
        "son", "tema", "tur", "yanit",
    )  # fmt: skip
    for rule, method in attempts(app):
        if method != "GET" or rule.endpoint in MAY_BE_503:
            continue
        for turn in range(0, len(MALFORMED), 4):
            values = MALFORMED[turn:] + MALFORMED[:turn]
            question = "&".join(map("=".join, zip(names, cycle(values), strict=False)))
            path = f"{address(rule, world.of(rule))}?{question}"
            answer = who.tries(method, path)
            if answer.status_code >= 500:
                wrong.append(told(rule, method, path, answer))
                break
    assert wrong == []


def is_public(app: Flask, rule: Rule) -> bool:
    return app.view_functions[rule.endpoint].access is None  # type: ignore[attr-defined]


@pytest.mark.in_turn
@pytest.mark.parametrize("identity", ["anonymous", "closed"])
def test_without_an_account_one_is_asked_to_sign_in(
    app: Flask, identity: str, world: World
) -> None:
    who = visitor(app, identity)
    before = everything()
    wrong = []
    for rule, method in attempts(app):
        if is_public(app, rule):
            continue
        path = address(rule, world.of(rule))
        answer = who.tries(method, path)
        if answer.status_code != 302 or not answer.headers["Location"].startswith("/giris"):
            wrong.append(told(rule, method, path, answer))
    assert wrong == []
    assert everything() == before


@pytest.mark.in_turn
@pytest.mark.parametrize("identity", ["viewer", "staff", "admin", "representative"])
def test_other_roles_are_refused_and_change_nothing(
    app: Flask, identity: str, world: World
) -> None:
    who = visitor(app, identity)
    before = everything()
    wrong = []
    for rule, method in attempts(app):
        if who.may(app, rule):
            continue
        path = address(rule, world.of(rule))
        answer = who.tries(method, path)
        if answer.status_code != 403:
            wrong.append(told(rule, method, path, answer))
    assert wrong == []
    assert everything() == before


def test_a_viewer_changes_nothing(app: Flask, world: World) -> None:
    who = visitor(app, "viewer")
    before = everything()
    wrong = []
    for rule, method in attempts(app):
        if method != "POST" or rule.endpoint.partition(".")[0] in OWN or is_public(app, rule):
            continue
        if rule.endpoint in TAKES_OUT:
            continue
        path = address(rule, world.of(rule))
        answer = who.tries(method, path)
        if answer.status_code not in {403, 404}:
            wrong.append(told(rule, method, path, answer))
    assert wrong == []
    assert everything() == before


def test_another_organisations_records_look_absent(app: Flask, world: World) -> None:
    who = visitor(app, "representative")
    before = everything()
    wrong = []
    for rule, method in attempts(app):
        if not rule.arguments or is_public(app, rule) or not who.may(app, rule):
            continue
        if rule.endpoint == "accounts.end_session":
            continue
        path = address(rule, world.of(rule))
        foreign, absent = who.tries(method, path), who.tries(method, address(rule, ABSENT))
        if foreign.status_code != 404 or absent.status_code != 404:
            wrong.append(told(rule, method, path, foreign))
    assert wrong == []
    assert everything() == before


def test_ones_own_records_are_there(app: Flask, world: World) -> None:
    """The world's addresses are right: what is refused above exists for whom it belongs to."""
    own = Visitor(Browser(app).sign_in(world.representative), Role.REPRESENTATIVE)
    staff = visitor(app, "admin")
    missing = []
    for rule, method in attempts(app):
        if method != "GET" or not rule.arguments or is_public(app, rule):
            continue
        if rule.endpoint in EMPTY_IN_THE_WORLD:
            continue
        who = own if app.view_functions[rule.endpoint].access == access.REPRESENTATIVES else staff
        answer = who.tries(method, address(rule, world.of(rule)))
        if answer.status_code not in {200, 302, 303}:
            missing.append(told(rule, method, address(rule, world.of(rule)), answer))
    assert "\n".join(missing) == ""


@pytest.mark.in_turn
@pytest.mark.parametrize("identity", ["anonymous", "admin", "representative"])
def test_nothing_is_changed_without_the_forms_token(
    app: Flask, identity: str, world: World
) -> None:
    who, others = visitor(app, identity), visitor(app, "anonymous").token
    before = everything()
    wrong = []
    faults = cycle(
        [
            {"data": {"csrf_token": ""}},
            {"data": {"csrf_token": others}},
            {"data": "{}", "content_type": "text/plain"},
            {"data": "{}", "content_type": "application/json"},
        ]
    )
    for rule, method in attempts(app):
        if method != "POST":
            continue
        path = address(rule, world.of(rule))
        for fault in ({"data": {}}, next(faults)):
            answer = who.browser.client.post(path, **fault)
            if answer.status_code != 400:
                wrong.append(told(rule, method, path, answer))
    assert wrong == []
    assert everything() == before


@pytest.mark.in_turn
@pytest.mark.parametrize("identity", ["anonymous", "admin"])
def test_methods_that_are_not_offered_are_refused(app: Flask, identity: str, world: World) -> None:
    who = visitor(app, identity)
    wrong = []
    offered: dict[str, set[str]] = {}
    for rule in rules(app):
        offered.setdefault(address(rule, world.of(rule)), set()).update(rule.methods or ())
    for path, methods in offered.items():
        for method in set(METHODS) - methods:
            headers = {"X-HTTP-Method-Override": "POST"}
            data = {"csrf_token": who.token}
            answer = who.browser.client.open(path, method=method, data=data, headers=headers)
            if answer.status_code not in {400, 404, 405}:
                wrong.append(f"{method} {path} answered {answer.status_code}")
    assert wrong == []


@pytest.mark.in_turn
def test_looking_changes_nothing(app: Flask, world: World) -> None:
    who = visitor(app, "admin")
    before = everything()
    for rule, method in attempts(app):
        if method == "GET":
            for verb in ("GET", "HEAD", "OPTIONS"):
                who.browser.client.open(address(rule, world.of(rule)), method=verb)
    assert everything() == before


def test_a_view_that_says_nothing_is_refused(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent() -> str:
        return render_template("errors/error.html", title="x", text="x")

    monkeypatch.setitem(app.view_functions, "institution.accessibility", silent)
    assert Browser(app).send("GET", "/erisilebilirlik").status_code == 403
