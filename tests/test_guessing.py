"""Whoever tries links that lead nowhere is slowed; whoever holds a right one is not."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from coordinator import clock, guessing
from coordinator.extensions import db
from coordinator.guessing import WrongLink
from tests.browser import Browser
from tests.invitations.parts import invited, letter_to, organization, path_of

PLACES = ("/davet/", "/oneri/", "/kayit/")


def wrong(number: int) -> str:
    return f"{PLACES[0]}{number:043d}"


def statuses(browser: Browser, machine: str, count: int) -> list[int]:
    browser.client.environ_base["REMOTE_ADDR"] = machine
    return [browser.send("GET", wrong(number)).status_code for number in range(count)]


def test_thirty_wrong_links_in_a_minute_and_no_more(app: Flask, browser: Browser) -> None:
    one = organization()
    invited(one)
    right = path_of(letter_to(one.contacts[0]))
    with time_machine.travel(clock.now(), tick=False) as time:
        assert statuses(browser, "10.0.0.1", 33) == [404] * 30 + [429] * 3
        refused = browser.send("POST", wrong(1), headers={"X-Forwarded-For": "8.8.8.8"})
        assert refused.status_code in {400, 429}
        answer = browser.send("GET", wrong(1))
        assert answer.status_code == 429
        assert answer.headers["Retry-After"] == "60"
        assert "Çok fazla deneme" in answer.get_data(as_text=True)
        assert browser.send("GET", right).status_code == 200, "a right link is no guess"
        assert statuses(browser, "10.0.0.2", 1) == [404], "another machine is another matter"
        time.shift(timedelta(seconds=61))
        assert statuses(browser, "10.0.0.1", 1) == [404]


def test_a_wrong_link_of_any_kind_is_counted_and_forgotten(app: Flask, browser: Browser) -> None:
    rules = {rule.rule for rule in app.url_map.iter_rules() if "<token>" in rule.rule}
    with time_machine.travel(clock.now(), tick=False) as time:
        opened = sorted({rule.split("<token>")[0] + "0" * 43 for rule in rules})
        for path in opened:
            before = db.session.scalar(sa.select(sa.func.count(WrongLink.id))) or 0
            assert browser.send("GET", path).status_code in {404, 405, 410}, path
            db.session.rollback()
            now = db.session.scalar(sa.select(sa.func.count(WrongLink.id))) or 0
            assert now <= before + 1
        assert db.session.scalar(sa.select(sa.func.count(WrongLink.id))) >= 3
        time.shift(timedelta(minutes=5))
        statuses(browser, "10.0.0.3", 1)
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count(WrongLink.id))) == 1


@pytest.mark.parametrize("number", [1, 5])
def test_addresses_of_one_ipv6_network_are_one_machine(app: Flask, number: int) -> None:
    with app.test_request_context(environ_base={"REMOTE_ADDR": f"2001:db8::{number:x}"}):
        assert guessing.machine() == "2001:db8::/64"
