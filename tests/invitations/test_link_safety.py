"""Tokens are random, stand nowhere but in the letter, and open one invitation and nothing else."""

import re
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator import clock, links
from coordinator.actors import COMMAND
from coordinator.database import Model
from coordinator.extensions import db
from coordinator.invitations import operations
from coordinator.outbox import delivery
from tests.browser import Browser
from tests.factories import ContactFactory, MeetingFactory, OrganizationFactory
from tests.invitations.parts import invited, letter_to, organization, path_of
from tests.smtp import SmtpServer
from tests.world import rules

MANY = 10_000
LINK = re.compile(rb"/davet/([A-Za-z0-9_-]{43})")
WORST_CHI_SQUARE = 125
"""With 63 degrees of freedom a fair position exceeds it about three times in a million."""


@pytest.mark.in_turn
def test_tokens_are_random_in_every_place(app: Flask) -> None:
    made = links.issue_all("invitation", range(1, MANY + 1), clock.now() + timedelta(days=1))
    tokens = [links.token_of(link) for link in made]
    assert len(set(tokens)) == MANY
    for place in range(42):  # the last of the 43 holds four bits and not six
        counts = Counter(token[place] for token in tokens)
        expected = MANY / 64
        chi = sum((counts[c] - expected) ** 2 / expected for c in counts) + expected * (
            64 - len(counts)
        )
        assert chi < WORST_CHI_SQUARE, f"place {place}: {chi}"


@pytest.mark.in_turn
def test_no_token_with_one_letter_changed_opens_anything(app: Flask) -> None:
    made = links.issue_all("invitation", range(1, 48), clock.now() + timedelta(days=1))
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for link in made:
        token = links.token_of(link)
        for place in range(43):
            other = letters[(letters.index(token[place]) + 1 + place) % 64]
            assert links.find("invitation", token[:place] + other + token[place + 1 :]) is None


def test_no_copy_of_what_is_stored_opens_a_link(
    app: Flask, smtp_server: SmtpServer, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    meeting = MeetingFactory()
    for number in range(40):
        ContactFactory(organization=OrganizationFactory(), email=f"kisi{number}@kurum.example")
    wanted = db.session.scalars(sa.select(OrganizationFactory._meta.model)).all()
    operations.invite(meeting=meeting, organizations=wanted, actor=COMMAND)
    db.session.commit()
    assert delivery.drain() == 40
    mails = [one.raw.replace(b"=\r\n", b"") for one in smtp_server.received]
    tokens = {token for mail in mails for token in LINK.findall(mail)}
    assert len(tokens) == 40
    for token in list(tokens)[:3]:
        assert Browser(app).send("GET", f"/davet/{token.decode()}").status_code == 200
    stored = caplog.text.encode() + b"".join(_stored(app))
    assert [token for token in tokens if token in stored] == []


def _stored(app: Flask) -> list[bytes]:
    """Return all rows of all tables, and on SQLite the bytes of the files."""
    db.session.commit()
    tables = Model.metadata.tables.values()
    found = [repr(db.session.execute(sa.select(table)).all()).encode() for table in tables]
    database = db.engine.url.database or ""
    if db.engine.dialect.name == "sqlite":
        found += [path.read_bytes() for path in Path(database).parent.glob("test.sqlite*")]
    found += [path.read_bytes() for path in Path(app.instance_path).rglob("*") if path.is_file()]
    return found


def test_a_forwarded_link_shows_the_meeting_and_reaches_nothing_else(
    app: Flask, browser: Browser
) -> None:
    one = organization(
        "Körfez Rüzgârı Kadın Derneği", full_name="Nermin Su", email="n@kurum.example"
    )
    other = organization(
        "Foça Sardunya Kadın Derneği", full_name="Hale Ay", email="h@baska.example"
    )
    invited(one, other)
    page = browser.get(path_of(letter_to(one.contacts[0])))
    seen = str(page.soup)
    for word in ("n@kurum.example", "h@baska.example", "Hale Ay", "Foça", one.contacts[0].phone):
        assert word not in seen, word
    for rule in rules(app):
        if "GET" in rule.methods and app.view_functions[rule.endpoint].access is not None:
            path = re.sub(r"<[^>]+>", "0", rule.rule)
            assert browser.send("GET", path).status_code in {302, 404}, path
