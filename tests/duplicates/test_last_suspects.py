"""No page waits for a large register: the pairs found last are shown, and sought beside it."""

import threading

import pytest
from flask import Flask

from coordinator import jobs
from coordinator.actors import COMMAND
from coordinator.duplicates import operations, queries
from coordinator.duplicates.queries import lasting
from coordinator.extensions import db
from coordinator.registry.models import Organization
from tests.browser import Browser
from tests.duplicates.parts import merge
from tests.factories import ContactFactory, OrganizationFactory
from tests.processes import until

PAIRS = "/kuruluslar/benzerler"
NEVER = "the whole register was compared"


@pytest.fixture
def large(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[Organization]:
    """Two pairs in what counts as a large register, found once; nothing is sought any more."""
    monkeypatch.setattr(lasting, "SMALL", 1)
    names = ("Mor Zeytin", "Mor Zeytin", "Gül Bahçesi", "Gül Bahçesi")
    made = [OrganizationFactory(name=name) for name in names]
    db.session.commit()
    assert len(queries.suspects()) == 2
    return made


@pytest.fixture
def nobody_seeks(large: list[Organization], monkeypatch: pytest.MonkeyPatch) -> None:
    def sought(_picture: object) -> None:
        pytest.fail(NEVER)

    monkeypatch.setattr(lasting, "sought", sought)
    monkeypatch.setattr(lasting, "_seek_beside", lambda: None)


@pytest.mark.usefixtures("nobody_seeks")
class TestServedAtOnce:
    def test_after_an_edit(self, staff: Browser, large: list[Organization]) -> None:
        large[0].notes = "Not"
        db.session.commit()
        assert "2 çift kayıt" in staff.get(PAIRS).text
        page = staff.get(f"/kuruluslar/{large[0].public_id}/birlestir")
        assert page.h1

    def test_what_was_settled_is_left_out(self, staff: Browser, large: list[Organization]) -> None:
        operations.keep_apart(one=large[1], other=large[0], actor=COMMAND)
        db.session.commit()
        assert "1 çift kayıt" in staff.get(PAIRS).text
        merge(large[2], large[3])
        assert "Aynı kuruluşa benzeyen iki kayıt yok." in staff.get(PAIRS).text

    def test_a_pair_is_judged_alone(self, staff: Browser, large: list[Organization]) -> None:
        large[0].notes = "Not"
        db.session.commit()
        page = staff.get(f"/kuruluslar/{large[0].public_id}/birlestir/{large[1].public_id}")
        assert "adı aynı" in page.text


def test_the_next_reader_sees_what_has_changed(staff: Browser, large: list[Organization]) -> None:
    OrganizationFactory(name="Mor Zeytin")
    db.session.commit()
    assert "2 çift kayıt" in staff.get(PAIRS).text
    until(lambda: all(one.name != "suspects" for one in threading.enumerate()))
    assert "4 çift kayıt" in staff.get(PAIRS).text


@pytest.mark.parametrize(("small", "sought"), [(1, 1), (3000, 0)])
def test_a_large_register_is_looked_at_before_somebody_asks(
    app: Flask, monkeypatch: pytest.MonkeyPatch, small: int, sought: int
) -> None:
    monkeypatch.setattr(lasting, "SMALL", small)
    monkeypatch.setattr(lasting, "_last", {})
    for _twice in range(2):
        OrganizationFactory(name="Mor Zeytin")
    db.session.commit()
    (ahead,) = [one for one in jobs.of(app).at_start if one is queries.look_ahead]
    ahead()
    until(lambda: all(one.name != "suspects" for one in threading.enumerate()))
    assert [len(one.suspects) for one in lasting._last.values()] == [1] * sought


def test_what_fails_beside_is_sought_for_the_next_reader(
    staff: Browser, large: list[Organization], monkeypatch: pytest.MonkeyPatch
) -> None:
    OrganizationFactory(name="Mor Zeytin")
    db.session.commit()
    with monkeypatch.context() as broken:
        broken.setattr(lasting, "sought", lambda _picture: 1 / 0)
        assert "2 çift kayıt" in staff.get(PAIRS).text
        until(lambda: all(one.name != "suspects" for one in threading.enumerate()))
    assert "2 çift kayıt" in staff.get(PAIRS).text
    until(lambda: all(one.name != "suspects" for one in threading.enumerate()))
    assert "4 çift kayıt" in staff.get(PAIRS).text


def test_a_pair_alone_is_judged_as_among_all(app: Flask) -> None:
    reach = {"phone": "+902321112233", "website": "https://han.example"}
    made = [OrganizationFactory(name="Mor Zeytin Derneği", **reach) for _ in range(2)]
    made.append(OrganizationFactory(name="MorZeytin Derneği", email="a@b.example"))
    ContactFactory(organization=made[0], email="a@b.example", phone="")
    for letter in "abcdefghij":
        OrganizationFactory(name=f"Kurum {letter * 6}", **reach)
    made.append(OrganizationFactory(name="Kurum aaaaab", **reach))
    db.session.commit()
    found = {(one.first, one.second): one for one in queries.suspects()}
    numbers = sorted(one.id for one in made)
    pairs = [(one, other) for one in numbers for other in numbers if one < other]
    assert len(found) >= 3
    for one, other in pairs:
        assert queries.suspect(other, one) == queries.suspect(one, other) == found.get((one, other))
    operations.keep_apart(one=made[0], other=made[1], actor=COMMAND)
    assert queries.suspect(made[0].id, made[1].id) is None
