"""A representative with an account writes and reads; what is foreign looks absent."""

from datetime import timedelta

import pytest
from flask import Flask

from coordinator import clock
from coordinator.extensions import db
from coordinator.proposals.models import Call, Proposal, ProposalStatus
from coordinator.registry.models import Representation
from tests.browser import Browser, counted_statements
from tests.factories import CallFactory, ContactFactory, ProposalFactory, represent
from tests.proposals.conftest import Asked, asked, letters, pdf
from tests.proposals.writing import DRAFT, SEND


@pytest.fixture
def own(app: Flask, korfez: Asked) -> Browser:
    """The representative of Körfez."""
    return Browser(app).sign_in(represent(korfez.organization))


def test_a_representative_answers_an_open_call(own: Browser, korfez: Asked) -> None:
    page = own.get("/oneriler")
    assert page.h1 == "Önerilerimiz"
    page = own.get(page.link("Öneri yaz"))
    page = page.submit(DRAFT, title="Işıkla yürüyoruz", attachment=pdf())
    assert page.h1 == "Taslağınız"
    proposal = db.session.scalars(db.select(Proposal)).one()
    assert (proposal.organization_id, proposal.access_id) == (korfez.organization.id, None)
    assert page.link("afiş taslağı.pdf") == f"/oneriler/{proposal.public_id}/ek"
    page = page.submit(SEND, summary="Meydandan sahile.")
    assert page.h1 == "Işıkla yürüyoruz"
    assert proposal.status is ProposalStatus.SUBMITTED
    (letter,) = letters("proposal_receipt")
    assert own.user is not None
    assert letter.to_address == own.user.email
    assert f"/oneriler/{proposal.public_id}" in letter.text
    assert letter.links == {}
    assert "Işıkla yürüyoruz" in own.get("/oneriler").rows()[0]


def test_what_was_typed_survives(own: Browser, korfez: Asked) -> None:
    page = own.get(f"/oneriler/yeni?cagri={korfez.access.call.public_id}")
    page = page.submit(SEND, 422, title="Yürüyüş", place="Konak", summary="")
    assert page.filled(page.form(SEND))["place"] == "Konak"


def test_foreign_proposals_and_calls_look_absent(
    own: Browser, app: Flask, korfez: Asked, mavi: Asked
) -> None:
    theirs, draft = mavi.sends("Mavi yürüyüş"), mavi.writes("Mavi taslak")
    page = own.get("/oneriler")
    assert "Mavi" not in page.text
    token = page.soup.find("input", {"name": "csrf_token"})["value"]  # type: ignore[index]
    for proposal in (theirs, draft):
        for path in (f"/oneriler/{proposal.public_id}", f"/oneriler/{proposal.public_id}/ek"):
            own.get(path, 404)
        values = {"csrf_token": token, "title": "x", "deed": "send"}
        own.post(f"/oneriler/{proposal.public_id}", values, 404)
    own.get("/oneriler/yoktur", 404)
    unasked = CallFactory()
    own.get(f"/oneriler/yeni?cagri={unasked.public_id}", 404)
    own.get("/oneriler/yeni", 404)
    own.post(f"/oneriler/yeni?cagri={unasked.public_id}", {"csrf_token": token}, 404)
    call = korfez.access.call.public_id
    own.get(f"/oneriler/yeni?cagri={call}&kurulus={mavi.organization.public_id}", 404)
    for path in ("/cagrilar", f"/cagrilar/{call}", f"/cagrilar/{call}/gonder"):
        own.get(path, 403)


def test_somebody_who_acts_for_two_says_in_whose_name(
    own: Browser, korfez: Asked, mavi: Asked
) -> None:
    assert own.user is not None
    db.session.add(Representation(user_id=own.user.id, organization=mavi.organization))
    page = own.get(f"/oneriler/yeni?cagri={korfez.access.call.public_id}")
    page = own.get(page.link("Mavi Kıyı Kadın Derneği"))
    page.submit(DRAFT, title="Mavi adına")
    assert db.session.scalars(db.select(Proposal)).one().organization_id == mavi.organization.id


def test_what_became_of_it_is_told_after_the_call_too(
    own: Browser, app: Flask, korfez: Asked
) -> None:
    call = korfez.access.call
    sent, draft = korfez.sends(), korfez.writes("Yarım")
    call.opens_on, call.closes_on = (clock.today() - timedelta(days=n) for n in (9, 1))
    page = own.get(f"/oneriler/{sent.public_id}")
    assert "Öneriyi gönderdiniz" in page.text
    assert "Körfez Rüzgârı Kadın Derneği’nin önerisi" in page.text
    assert "Bu taslak gönderilmedi." in own.get(f"/oneriler/{draft.public_id}").text
    page = own.get(f"/oneriler/yeni?cagri={call.public_id}")
    assert "günü kapandı" in page.text
    assert page.soup.find("textarea") is None
    english = Browser(app, "en").sign_in(own.user)  # type: ignore[arg-type]
    text = english.get(f"/oneriler/{sent.public_id}").text
    assert "What became of our proposal?" in text
    assert "You sent the proposal" in text


def test_a_stale_draft_shows_both_texts(own: Browser, korfez: Asked) -> None:
    path = f"/oneriler/{korfez.writes('Bir').public_id}"
    mine = own.get(path)
    own.get(path).submit(DRAFT, need="Onların gerekçesi")
    page = mine.submit(DRAFT, 409, need="Benim gerekçem")
    assert page.filled(page.form(DRAFT))["need"] == "Benim gerekçem"
    assert "Onların gerekçesi" in page.text


def test_the_organisations_page_shows_its_proposals(
    own: Browser, staff: Browser, korfez: Asked
) -> None:
    korfez.sends("Gönderilen öneri")
    korfez.writes("Saklı taslak")
    path = f"/kuruluslar/{korfez.organization.public_id}"
    for_staff, for_own = staff.get(path).text, own.get(path).text
    assert "Gönderilen öneri" in for_staff
    assert "Saklı taslak" not in for_staff
    assert "Saklı taslak" in for_own


def test_the_list_costs_the_same_for_many(own: Browser, korfez: Asked, call: Call) -> None:
    def statements() -> int:
        with counted_statements() as seen:
            assert own.get("/oneriler").h1 == "Önerilerimiz"
        return len(seen)

    for _ in range(3):
        ProposalFactory(call=call, organization=korfez.organization)
    few = statements()
    for _ in range(27):
        ProposalFactory(call=asked(CallFactory(), korfez.contact).access.call,
                        organization=korfez.organization)  # fmt: skip
    ContactFactory()
    assert statements() == few <= 8


def test_a_representative_takes_a_proposal_back(own: Browser, korfez: Asked, mavi: Asked) -> None:
    mine, theirs = korfez.sends(), mavi.sends()
    page = own.get(own.get(f"/oneriler/{mine.public_id}").link("Öneriyi geri çek"))
    assert page.submit("Öneriyi geri çek").h1 == "Önerilerimiz"
    assert mine.status is ProposalStatus.WITHDRAWN
    own.get(f"/oneriler/{theirs.public_id}/geri-cek", 404)
