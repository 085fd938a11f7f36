"""The branch's list of proposals, and the counts that others ask for."""

import pytest
from flask import Flask

from coordinator.extensions import db
from coordinator.proposals import queries
from coordinator.proposals.models import Proposal, ProposalStatus
from tests.browser import Browser, counted_statements
from tests.factories import (
    CallFactory,
    DayWindowFactory,
    JointActivityFactory,
    OrganizationFactory,
    ProposalFactory,
)


def titles(browser: Browser, **query: str) -> list[str]:
    page = browser.get("/oneriler", query=query)
    return [str(one.get_text()) for one in page.soup.select("tbody th a")]


def test_an_empty_house_says_what_to_do(staff: Browser) -> None:
    page = staff.get("/oneriler")
    assert "Henüz öneri gelmedi" in page.text
    assert page.link("Çağrılara git") == "/cagrilar"


def test_filters_narrow_the_list_and_the_counts(staff: Browser) -> None:
    call = CallFactory()
    cigli = OrganizationFactory(name="Çiğli Turna Kadın Kooperatifi")
    ProposalFactory(call=call, title="Pazar", organization=cigli)
    ProposalFactory(call=call, title="Yürüyüş", status=ProposalStatus.ACCEPTED)
    ProposalFactory(title="Başka çağrı")
    ProposalFactory(title="Taslak", status=ProposalStatus.DRAFT, submitted_at=None)
    assert titles(staff) == ["Başka çağrı", "Yürüyüş", "Pazar"]
    assert titles(staff, cagri=call.public_id) == ["Yürüyüş", "Pazar"]
    assert titles(staff, durum="accepted") == ["Yürüyüş"]
    assert titles(staff, kurulus=cigli.public_id) == ["Pazar"]
    for typed in ("cigli", "ÇİĞLİ", "çiğli turna", "PAZAR"):
        assert titles(staff, ara=typed) == ["Pazar"]
    assert titles(staff, ara="yuruyus") == ["Yürüyüş"]
    page = staff.get("/oneriler", query={"durum": "accepted", "cagri": call.public_id})
    assert "2 öneri. 1’i kabul edildi. 1’i yanıt bekliyor." in page.text
    assert "1 öneri" in page.text
    assert page.link("Filtreyi kaldır: Kabul") == f"/oneriler?cagri={call.public_id}"
    assert "Böyle bir öneri yok" in staff.get("/oneriler", query={"ara": "yok böyle"}).text


@pytest.mark.parametrize(
    "query",
    [
        {"page": "99999999999999999999999"},
        {"page": "-1"},
        {"page": "٣"},
        {"durum": "' or 1=1"},
        {"ara": "%_\\\ud83c'"},
        {"ara": "x" * 10_000},
    ],
)
def test_odd_questions_get_a_page(staff: Browser, query: dict[str, str]) -> None:
    ProposalFactory()
    query = {name: value.encode("utf-8", "replace").decode() for name, value in query.items()}
    staff.get("/oneriler", query=query)


def test_the_list_pages(staff: Browser) -> None:
    call = CallFactory()
    for number in range(queries.PER_PAGE + 1):
        ProposalFactory(call=call, title=f"Öneri {number}")
    assert len(titles(staff)) == queries.PER_PAGE
    assert titles(staff, page="2") == ["Öneri 0"]
    assert titles(staff, page="7") == ["Öneri 0"]


def test_the_list_costs_at_most_eight_statements(staff: Browser) -> None:
    def statements() -> int:
        with counted_statements() as seen:
            staff.get("/oneriler")
        return len(seen)

    for _ in range(3):
        ProposalFactory()
    few = statements()
    for _ in range(27):
        ProposalFactory()
    assert statements() == few <= 8


def test_the_rail_counts_what_waits(staff: Browser) -> None:
    for status in ProposalStatus:
        ProposalFactory(status=status, decision_note="x")
    assert queries.waiting_for_decision() == 2
    rail = staff.get("/oneriler").soup.select_one(".p-rail a[aria-current] .p-count")
    assert rail is not None
    assert rail.get_text() == "2"


def test_counts_of_windows(app: Flask) -> None:
    window, other = DayWindowFactory(), DayWindowFactory(year=2031)
    call = CallFactory(window=window)
    for status in ProposalStatus:
        ProposalFactory(call=call, status=status, decision_note="x")
    counts = queries.counts_of_windows([window.id, other.id])
    mine = counts[window.id]
    assert (mine.proposals, mine.organizations, mine.accepted) == (7, 7, 3)
    assert (mine.waiting, mine.drafts) == (2, 1)
    assert counts[other.id].proposals == 0
    assert queries.counts_of_window(window) == mine


def test_accepted_proposals_without_an_activity(app: Flask) -> None:
    call = CallFactory()
    made, left = (ProposalFactory(call=call, status=ProposalStatus.ACCEPTED) for _ in "ab")
    ProposalFactory(call=call)
    JointActivityFactory(proposal=made, window=call.window)
    assert list(queries.accepted(call.window)) == [made, left]
    assert list(queries.accepted_without_activity(call.window)) == [left]


def test_the_call_of_a_window_is_the_open_one(app: Flask) -> None:
    window = DayWindowFactory()
    assert queries.call_of(window) is None
    old = CallFactory(window=window)
    old.opens_on, old.closes_on = old.opens_on.replace(year=2020), old.opens_on.replace(year=2021)
    db.session.flush()
    assert queries.call_of(window) == old
    new = CallFactory(window=window)
    assert queries.call_of(window) == new


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"status": ProposalStatus.SUBMITTED, "submitted_at": None}, "sent_in_when"),
        ({"status": ProposalStatus.REJECTED, "decision_note": ""}, "decided_with_reason"),
    ],
)
def test_the_database_repeats_the_promise(app: Flask, values: dict[str, object], name: str) -> None:
    proposal = ProposalFactory()
    with pytest.raises(Exception, match=name):
        db.session.execute(db.update(Proposal).filter_by(id=proposal.id).values(**values))
