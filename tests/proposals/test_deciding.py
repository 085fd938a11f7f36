"""The branch decides once, always with a reason; the organisation reads it."""

import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from coordinator.actors import Actor
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.proposals import next_steps, operations
from coordinator.proposals.models import MOVES, Proposal, ProposalStatus, ProposalStep
from tests.browser import Browser
from tests.factories import ContactFactory, ProposalFactory, represent
from tests.proposals.conftest import DERYA, Asked, letters

REASON = "Toplantıda 22 kuruluş destekledi."


def decide(browser: Browser, proposal: Proposal, answer: str, status: int = 200) -> Any:
    page = browser.get(f"/oneriler/{proposal.public_id}")
    return page.submit("Yanıtı gönder", status, decision=answer, reason=REASON)


def test_accepting_writes_to_the_author_and_shows_the_reason(
    staff: Browser, browser: Browser, korfez: Asked
) -> None:
    proposal = korfez.sends()
    page = decide(staff, proposal, "accept")
    assert "Öneriyi kabul ettiniz." in page.text
    assert proposal.status is ProposalStatus.ACCEPTED
    assert proposal.decision_note == REASON
    assert staff.user is not None
    assert proposal.decided_by == staff.user.full_name
    (letter,) = letters("proposal_decision")
    assert letter.to_address == "nermin@korfez.example"
    assert letter.subject == "Öneriniz kabul edildi: Gece otobüsünde güvenli durak"
    assert f"Gerekçe: {REASON}" in letter.text
    assert "\n\n\n" not in letter.text
    text = browser.get(f"{korfez.path}/{proposal.public_id}").text
    assert "Önerimize ne oldu?" in text
    assert "Kabul edildi" in text
    assert f"Gerekçe: {REASON}" in text
    line = db.session.scalars(db.select(AuditLine).filter_by(action="proposal.accepted")).one()
    assert (line.actor_id, line.subject_id) == (staff.user.id, proposal.id)


def test_declining_thanks_gives_the_reason_and_says_what_is_possible(
    staff: Browser, browser: Browser, korfez: Asked
) -> None:
    proposal = korfez.sends()
    decide(staff, proposal, "decline")
    (letter,) = letters("proposal_decision")
    assert letter.subject == "Öneriniz hakkında: Gece otobüsünde güvenli durak"
    for said in ("teşekkür ederiz", "Bu kez yapamıyoruz.", REASON, "konuşalım"):
        assert said in letter.text
    assert "uygun görülme" not in letter.text.lower()
    text = browser.get(f"{korfez.path}/{proposal.public_id}").text
    assert "Bu kez yapamıyoruz" in text
    assert REASON in text


@pytest.mark.parametrize("reason", ["", "   ", "\u200b"])
def test_there_is_no_answer_without_a_reason(staff: Browser, korfez: Asked, reason: str) -> None:
    proposal = korfez.sends()
    page = staff.get(f"/oneriler/{proposal.public_id}")
    page = page.submit("Yanıtı gönder", 422, decision="accept", reason=reason)
    assert "Gerekçeyi yazın; kuruluş bunu okuyacak." in page.text
    assert proposal.status is ProposalStatus.SUBMITTED
    with pytest.raises(operations.ReasonMissing):
        operations.decide(proposal, accept=True, reason=" ", actor=DERYA)


@pytest.mark.parametrize("decision", [None, "", "maybe"])
def test_there_is_no_reason_without_an_answer(
    staff: Browser, korfez: Asked, decision: str | None
) -> None:
    proposal = korfez.sends()
    page = staff.get(f"/oneriler/{proposal.public_id}")
    page = page.submit("Yanıtı gönder", 422, decision=decision, reason=REASON)
    assert "Yanıtlardan birini seçin." in page.text
    assert REASON in page.text


def test_the_second_of_two_sees_what_the_first_decided(
    staff: Browser, admin: Browser, korfez: Asked
) -> None:
    proposal = korfez.sends()
    late = admin.get(f"/oneriler/{proposal.public_id}")
    decide(staff, proposal, "accept")
    page = late.submit("Yanıtı gönder", 409, decision="decline", reason="Salon dolu.")
    assert staff.user is not None
    assert f"Bu öneriye önce {staff.user.full_name} karar verdi" in page.text
    assert REASON in page.text
    assert "Salon dolu." in page.text
    assert proposal.status is ProposalStatus.ACCEPTED
    assert len(letters("proposal_decision")) == 1


def test_a_refusal_is_not_turned_round_by_accident_but_can_be_knowingly(
    staff: Browser, admin: Browser, korfez: Asked
) -> None:
    proposal = korfez.sends()
    late = admin.get(f"/oneriler/{proposal.public_id}")
    decide(staff, proposal, "decline")
    page = late.submit("Yanıtı gönder", 409, decision="accept", reason="Yer bulundu.")
    assert proposal.status is ProposalStatus.REJECTED
    page = page.submit("Kabul et ve yanıtı gönder")
    assert proposal.status is ProposalStatus.ACCEPTED
    assert [step.status.value for step in proposal.steps] == ["submitted", "rejected", "accepted"]
    assert len(letters("proposal_decision")) == 2
    assert REASON in page.text
    assert "Yer bulundu." in page.text


def test_taking_up_is_a_step_that_the_organisation_sees(
    staff: Browser, browser: Browser, korfez: Asked
) -> None:
    proposal = korfez.sends()
    late = staff.get(f"/oneriler/{proposal.public_id}")
    staff.get(f"/oneriler/{proposal.public_id}").submit("Değerlendirmeye al")
    assert proposal.status is ProposalStatus.REVIEW
    assert "Şube değerlendiriyor" in browser.get(f"{korfez.path}/{proposal.public_id}").text
    page = late.submit("Değerlendirmeye al", 409)
    assert "Bu önerinin durumu bu arada değişti." in page.text
    page = late.submit("Yanıtı gönder", 409, decision="accept", reason=REASON)
    page.submit("Yanıtı gönder")
    assert proposal.status is ProposalStatus.ACCEPTED


@pytest.mark.parametrize("status", list(ProposalStatus))
@pytest.mark.parametrize("accept", [True, False])
def test_only_the_written_moves_are_made(app: Flask, status: ProposalStatus, accept: bool) -> None:
    proposal = ProposalFactory(status=status, decision_note="x")
    target = ProposalStatus.ACCEPTED if accept else ProposalStatus.REJECTED
    if target in MOVES[status]:
        operations.decide(proposal, accept=accept, reason=REASON, actor=DERYA)
        assert proposal.status is target
    else:
        with pytest.raises((operations.MovedMeanwhile, operations.AlreadyDecided)):
            operations.decide(proposal, accept=accept, reason=REASON, actor=DERYA)
        assert proposal.status is status


def test_of_two_at_the_same_moment_one_decides(app: Flask, korfez: Asked) -> None:
    proposal = korfez.sends()
    number, version = proposal.id, proposal.version
    db.session.commit()
    db.session.remove()
    ready, outcomes = threading.Barrier(2), []

    def answers(name: str, accept: bool) -> None:
        with app.app_context():
            ready.wait()
            try:
                mine = db.session.get_one(Proposal, number)
                operations.decide(
                    mine,
                    accept=accept,
                    reason=name,
                    version=version,
                    actor=Actor(name=name, via="page"),
                )
                db.session.commit()
                outcomes.append(name)
            except operations.AlreadyDecided as error:
                outcomes.append(str(error))
                db.session.rollback()
            finally:
                db.session.remove()

    threads = [
        threading.Thread(target=answers, args=(name, name == "Derya")) for name in ("Derya", "Ece")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winners = [one for one in outcomes if one in {"Derya", "Ece"}]
    assert len(outcomes) == 2
    assert len(winners) == 1
    assert winners[0] in next(one for one in outcomes if one not in winners)
    steps = db.session.scalars(db.select(ProposalStep).filter_by(proposal_id=number)).all()
    assert [step.by_name for step in steps] == ["Nermin Su", winners[0]]
    assert len(letters("proposal_decision")) == 1


def test_without_the_authors_address_the_contacts_are_told(app: Flask) -> None:
    contact = ContactFactory(preferred_language="en")
    proposal = ProposalFactory(organization=contact.organization, author_email="")
    operations.decide(proposal, accept=False, reason=REASON, actor=DERYA)
    (letter,) = letters("proposal_decision")
    assert (letter.to_address, letter.language) == (contact.email, "en")
    assert letter.subject.startswith("About your proposal: ")
    assert "/oneri/LINK-" in letter.text


def test_a_draft_is_not_for_the_branch(staff: Browser, viewer: Browser, korfez: Asked) -> None:
    draft = korfez.writes("Gizli taslak")
    for browser in (staff, viewer):
        browser.get(f"/oneriler/{draft.public_id}", 404)
        assert "Gizli taslak" not in browser.get("/oneriler").text
    page = staff.get(f"/oneriler/{korfez.sends().public_id}")
    form = page.form("Yanıtı gönder")
    values = {**page.filled(form), "decision": "accept", "reason": REASON}
    staff.post(f"/oneriler/{draft.public_id}/karar", values, 404)
    assert draft.is_draft


def test_viewers_read_and_do_not_decide(viewer: Browser, korfez: Asked) -> None:
    proposal = korfez.sends()
    page = viewer.get(f"/oneriler/{proposal.public_id}")
    assert page.h1 == proposal.title
    assert "Yanıtı gönder" not in page.text
    values = {"csrf_token": page.soup.find("input", {"name": "csrf_token"})["value"]}  # type: ignore[index]
    viewer.post(f"/oneriler/{proposal.public_id}/karar", values, 403)


def test_what_it_became_stands_in_the_thread(
    staff: Browser, browser: Browser, korfez: Asked, monkeypatch: Any
) -> None:
    proposal = korfez.sends()
    operations.decide(proposal, accept=True, reason=REASON, actor=DERYA)
    steps = [next_steps.NextStep("Etkinliğe dönüştür", "/etkinlikler/yeni", done=False)]
    known = staff.app.extensions["next_steps"]
    monkeypatch.setattr(known, "step_of", [lambda _proposal: steps[0]])
    page = staff.get(f"/oneriler/{proposal.public_id}")
    assert page.link("Etkinliğe dönüştür") == "/etkinlikler/yeni"
    steps[0] = next_steps.NextStep(
        "Güvenli durak tanıtımı",
        "/etkinlikler/abc",
        done=True,
        text="Bornova Metro",
        at=datetime(2030, 11, 16, 9, tzinfo=UTC),
        public_url="/program/2030/25-kasim/abc",
    )
    page = staff.get(f"/oneriler/{proposal.public_id}")
    assert page.link("Güvenli durak tanıtımı") == "/etkinlikler/abc"
    page = browser.get(f"{korfez.path}/{proposal.public_id}")
    assert page.link("Güvenli durak tanıtımı") == "/program/2030/25-kasim/abc"
    assert "Etkinliğe dönüştü 16 Kasım 2030 Cumartesi" in page.text
    assert "Bornova Metro" in page.text


def test_representatives_do_not_decide(app: Flask, korfez: Asked) -> None:
    proposal = korfez.sends()
    own = Browser(app).sign_in(represent(korfez.organization))
    page = own.get(f"/oneriler/{proposal.public_id}")
    assert "Yanıtı gönder" not in page.text
    own.get(f"/oneriler/{proposal.public_id}/karar", 405)
    token = page.soup.find("input", {"name": "csrf_token"})["value"]  # type: ignore[index]
    own.post(f"/oneriler/{proposal.public_id}/karar", {"csrf_token": token}, 403)
    assert proposal.status is ProposalStatus.SUBMITTED
