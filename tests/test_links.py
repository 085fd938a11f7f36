"""Personal links open one thing, and a copy of the database opens nothing."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator import clock, links
from coordinator.access import own_path
from coordinator.extensions import db


def an_hour_from_now() -> object:
    return clock.now() + timedelta(hours=1)


def test_a_link_opens_by_its_token_and_purpose_alone(app: Flask) -> None:
    link = links.issue("invitation", 7, an_hour_from_now())
    token = links.token_of(link)
    found = links.find("invitation", token)
    assert found is link
    assert links.is_open(found)
    assert links.find("sign_in", token) is None
    flipped = ("B" if token[0] == "A" else "A") + token[1:]
    assert links.find("invitation", flipped) is None
    assert links.find("invitation", "") is None


def test_the_database_does_not_hold_the_token(app: Flask) -> None:
    link = links.issue("invitation", 7, an_hour_from_now())
    token = links.token_of(link)
    stored = db.session.execute(sa.text("select * from personal_link")).one()
    assert len(token) == 43
    assert token not in "|".join(map(str, stored))


def test_a_revoked_or_expired_link_is_shut(app: Flask) -> None:
    revoked = links.issue("invitation", 1, an_hour_from_now())
    expired = links.issue("invitation", 2, clock.now() - timedelta(seconds=1))
    other = links.issue("invitation", 3, an_hour_from_now())
    links.revoke("invitation", 1)
    db.session.refresh(revoked)
    assert [links.is_open(link) for link in (revoked, expired, other)] == [False, False, True]


def test_tokens_do_not_repeat(app: Flask) -> None:
    tokens = {links.token_of(links.issue("call", 1, an_hour_from_now())) for _ in range(200)}
    assert len(tokens) == 200


def test_addresses_in_letters_begin_with_the_configured_one(app: Flask) -> None:
    with app.test_request_context(base_url="http://kotu.example"):
        address = links.absolute("preferences.theme")
    assert urlsplit(address).netloc == urlsplit(app.config["BASE_URL"]).netloc


@pytest.mark.parametrize(
    "target",
    ["//kotu.example", "https://kotu.example", "/\\kotu.example", "\\\\kotu", "javascript:1", "",
     None, "/a\nb", "/\t/kotu.example", "kotu.example", "http:///kotu", " /a"],
)  # fmt: skip
def test_only_paths_of_this_site_are_returned_to(target: str | None) -> None:
    assert own_path(target) is None


def test_a_path_of_this_site_is_returned_to() -> None:
    assert own_path("/kuruluslar?ara=çiğli&sayfa=2") == "/kuruluslar?ara=çiğli&sayfa=2"
