"""The branch opens a call, changes it, and sends its link once to each recipient."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from coordinator import clock, i18n, links
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.meetings.models import MeetingStatus
from coordinator.outbox.models import LetterState
from coordinator.proposals import operations, queries
from coordinator.proposals.models import Call, CallAccess, ProposalStatus
from tests.browser import Browser, counted_statements
from tests.factories import (
    CallFactory,
    ContactFactory,
    DayWindowFactory,
    InvitationFactory,
    MeetingFactory,
    OrganizationFactory,
    ProposalFactory,
)
from tests.proposals.conftest import DERYA, Asked, letters


def invite(count: int) -> Call:
    """Return a call of a window to whose meeting so many organisations are invited."""
    meeting = MeetingFactory()
    for _ in range(count):
        InvitationFactory(meeting=meeting, organization=ContactFactory().organization)
    return operations.open_call(
        meeting.window,
        title="Ne yapalım?",
        opens_on=clock.today(),
        closes_on=clock.today() + timedelta(days=5),
        actor=DERYA,
    )


def typed(days: int) -> str:
    return i18n.typed(clock.today() + timedelta(days=days))


def test_a_call_is_opened_from_its_window(staff: Browser) -> None:
    window = DayWindowFactory()
    page = staff.get(f"/cagrilar/yeni?pencere={window.public_id}")
    assert page.filled(page.form("Çağrıyı aç"))["title"] == "25 Kasım’da ve sonrasında ne yapalım?"
    page = page.submit("Çağrıyı aç", text="Birkaç cümle yeter.", closes_on=typed(6))
    assert page.h1 == "25 Kasım’da ve sonrasında ne yapalım?"
    assert "Çağrı kaydedildi." in page.text
    call = db.session.scalars(db.select(Call)).one()
    assert (call.window_id, call.closes_on) == (window.id, clock.today() + timedelta(days=6))
    assert queries.call_of(window) == call
    line = db.session.scalars(db.select(AuditLine).filter_by(action="call.opened")).one()
    assert staff.user is not None
    assert (line.actor_id, line.subject_id) == (staff.user.id, call.id)
    assert "Açık, 6 gün kaldı" in staff.get("/cagrilar").text


@pytest.mark.parametrize(
    ("typed_values", "said"),
    [
        ({"title": ""}, "Kuruluşlara ne sorduğunuzu yazın."),
        ({"title": "x" * 10_000}, "10000"),
        ({"closes_on": "yarın"}, "12.11.2026"),
        ({"opens_on": ""}, "İlk günü yazın."),
        ({"opens_on": "10.11.2030", "closes_on": "9.11.2030"}, "Son gün ilk günden önce olamaz."),
        ({"text": "10000000146"}, "T.C. kimlik numarasına benziyor"),
    ],
)
def test_what_cannot_be_a_call_is_said_beside_the_field(
    staff: Browser, typed_values: dict[str, str], said: str
) -> None:
    page = staff.get(f"/cagrilar/yeni?pencere={DayWindowFactory().public_id}")
    page = page.submit("Çağrıyı aç", 422, **typed_values)
    assert said in page.text
    assert db.session.scalars(db.select(Call)).all() == []


def test_a_call_without_a_window_is_not_found(staff: Browser) -> None:
    staff.get("/cagrilar/yeni", 404)
    staff.get("/cagrilar/yeni?pencere=%00", 400)
    for path in ("/cagrilar/xxxxxxxxxxxx", "/cagrilar/%00", "/oneriler/%00", "/oneriler/%00/ek"):
        staff.get(path, 404)


def test_a_stale_form_shows_both_values(staff: Browser, call: Call) -> None:
    path = f"/cagrilar/{call.public_id}/duzenle"
    mine = staff.get(path)
    staff.get(path).submit("Çağrıyı kaydet", title="Onların sorusu")
    page = mine.submit("Çağrıyı kaydet", 409, title="Benim sorum")
    assert page.filled(page.form("Çağrıyı kaydet"))["title"] == "Benim sorum"
    assert "Onların sorusu" in page.text
    assert page.submit("Çağrıyı kaydet").h1 == "Benim sorum"


def test_a_later_last_day_keeps_the_links_alive(staff: Browser, korfez: Asked) -> None:
    call = korfez.access.call
    assert korfez.access.link is not None
    far = call.window.evaluation_until + timedelta(days=400)
    page = staff.get(f"/cagrilar/{call.public_id}/duzenle")
    page.submit("Çağrıyı kaydet", closes_on=i18n.typed(far))
    db.session.refresh(korfez.access.link)
    assert korfez.access.link.expires_at > clock.end_of(far)


def test_the_link_goes_once_to_each_recipient_of_the_invited(staff: Browser) -> None:
    call = invite(3)
    silent = InvitationFactory(
        meeting=MeetingFactory(window=call.window), organization=OrganizationFactory()
    )
    page = staff.get(f"/cagrilar/{call.public_id}")
    assert "Aranacak: e-posta adresi yok" in page.text
    page = page.submit("3 kuruluşa gönder")
    assert "Çağrı 3 kuruluşa gidiyor." in page.text
    assert "3 mektup sırada." in page.text
    written = letters("call")
    assert len(written) == 3
    assert {one.state for one in written} == {LetterState.QUEUED}
    assert len({number for one in written for number in one.links.values()}) == 3
    assert all("/oneri/LINK-" in one.text for one in written)
    assert written[0].subject == "Ne yapalım?"
    ids = [silent.organization_id, *queries.invited_ids(call.window)]
    with pytest.raises(operations.NobodyToAsk):
        operations.send_call(call, organization_ids=ids, actor=DERYA)
    assert len(letters("call")) == 3


def test_chosen_organisations_are_asked_in_their_language(staff: Browser, call: Call) -> None:
    turkish, english = ContactFactory(), ContactFactory(preferred_language="en")
    ContactFactory(organization=turkish.organization, is_primary=False)
    OrganizationFactory()
    path = f"/cagrilar/{call.public_id}/gonder?kimler=hepsi"
    page = staff.get(path)
    assert "Sayın Alıcının adı" in page.text
    chosen = [turkish.organization.public_id, english.organization.public_id]
    page = page.submit("Seçilen kuruluşlara gönder", kurulus=chosen)
    assert "Çağrı 2 kuruluşa gidiyor." in page.text
    assert [one.language for one in letters("call")].count("en") == 1
    assert [one.language for one in letters("call")].count("tr") == 2
    assert turkish.organization.name not in staff.get(path).text


def test_nobody_chosen_is_said_and_nothing_is_sent(staff: Browser, call: Call) -> None:
    ContactFactory()
    page = staff.get(f"/cagrilar/{call.public_id}/gonder?kimler=hepsi")
    for chosen in (None, ["x" * 12], ["\x00"], ["İ" * 5000]):
        answer = page.submit("Seçilen kuruluşlara gönder", 409, kurulus=chosen)
        assert "en az bir kuruluş seçin" in answer.text
    assert letters("call") == []


def test_a_closed_call_is_not_sent(staff: Browser) -> None:
    call = CallFactory(closes_on=clock.today() - timedelta(days=1))
    contact = ContactFactory()
    with pytest.raises(operations.CallOver):
        operations.send_call(call, organization_ids=[contact.organization_id], actor=DERYA)
    assert "Kapandı" in staff.get(f"/cagrilar/{call.public_id}").text


def test_who_is_invited_to_a_cancelled_meeting_is_not_asked(app: Flask) -> None:
    meeting = MeetingFactory(status=MeetingStatus.CANCELLED)
    InvitationFactory(meeting=meeting, organization=ContactFactory().organization)
    call = CallFactory(window=meeting.window)
    assert queries.untold_ids(call) == []


def test_a_letter_that_fails_takes_the_sending_back(
    staff: Browser, call: Call, monkeypatch: Any
) -> None:
    chosen = [ContactFactory().organization.public_id for _ in range(2)]
    page = staff.get(f"/cagrilar/{call.public_id}/gonder?kimler=hepsi")

    def fails(*_args: Any) -> Any:
        raise RuntimeError("no letter today")

    monkeypatch.setattr("coordinator.outbox.operations.queue_all", fails)
    staff.app.config["PROPAGATE_EXCEPTIONS"] = False
    try:
        page.submit("Seçilen kuruluşlara gönder", 500, kurulus=chosen)
    finally:
        staff.app.config["PROPAGATE_EXCEPTIONS"] = None
    assert db.session.scalars(db.select(CallAccess)).all() == []
    assert letters("call") == []


def test_sending_costs_the_same_statements_for_many(app: Flask) -> None:
    def statements(count: int) -> int:
        call = invite(count)
        ids = queries.untold_ids(call)
        db.session.commit()
        with counted_statements() as seen:
            operations.send_call(call, organization_ids=ids, actor=DERYA)
            db.session.flush()
        return len(seen)

    few = statements(3)
    assert statements(30) == few


def test_a_revoked_link_is_made_anew_for_a_new_letter(app: Flask, korfez: Asked) -> None:
    former = korfez.access.link_id
    links.revoke("call", korfez.access.id)
    db.session.expire_all()
    operations.send_call(korfez.access.call, organization_ids=[korfez.organization.id], actor=DERYA)
    assert korfez.access.link_id != former


def test_the_calls_page_sums_up_and_leads_to_the_proposals(
    staff: Browser, korfez: Asked, mavi: Asked
) -> None:
    korfez.sends("Yürüyüş")
    korfez.writes("Taslak")
    call = korfez.access.call
    ProposalFactory(call=call, organization=mavi.organization, status=ProposalStatus.ACCEPTED)
    page = staff.get(f"/cagrilar/{call.public_id}")
    assert "2 kuruluştan 2 öneri geldi. 1’i kabul edildi. 1’i yanıt bekliyor." in page.text
    assert "1 taslak yazılıyor." in page.text
    page = staff.get(page.link("kabul"))
    assert [row.split(" Gece")[0] for row in page.rows()] == [page.rows()[0].split(" Gece")[0]]
    english = Browser(staff.app, "en").sign_in(staff.user)  # type: ignore[arg-type]
    text = english.get(f"/cagrilar/{call.public_id}").text
    assert "2 proposals from 2 organisations. 1 accepted. 1 waiting for an answer." in text


def test_viewers_read_calls_and_change_nothing(viewer: Browser, call: Call) -> None:
    page = viewer.get(f"/cagrilar/{call.public_id}")
    assert "Düzenle" not in page.text
    viewer.get("/cagrilar")
    viewer.get(f"/cagrilar/{call.public_id}/duzenle", 403)
    viewer.get(f"/cagrilar/{call.public_id}/gonder", 403)


def test_the_list_of_calls_costs_the_same_for_many(staff: Browser) -> None:
    def statements() -> int:
        with counted_statements() as seen:
            staff.get("/cagrilar")
        return len(seen)

    for _ in range(3):
        ProposalFactory(call=CallFactory())
    few = statements()
    for _ in range(27):
        ProposalFactory(call=CallFactory())
    assert statements() == few
