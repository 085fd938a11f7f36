"""Personal links of a call: whom they open what to, in which language, and what opens nothing."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from coordinator import clock, links
from coordinator.extensions import db
from coordinator.proposals.models import Call, Proposal
from tests.browser import Browser
from tests.factories import CallFactory, ContactFactory
from tests.proposals.conftest import Asked, asked, letters
from tests.proposals.writing import DRAFT, WHOLE


@pytest.mark.parametrize("language", ["tr", "en"])
def test_an_ended_link_says_so_kindly(app: Flask, korfez: Asked, language: str) -> None:
    browser = Browser(app, language)
    path, link = korfez.path, korfez.access.link
    assert link is not None
    with time_machine.travel(link.expires_at, tick=False):
        page = browser.get(path, 410)
    said = {"tr": "Bu bağlantı artık geçerli değil", "en": "This link is no longer valid"}
    assert page.h1 == said[language]
    browser.get(path)
    links.revoke("call", korfez.access.id)
    browser.get(path, 410)
    browser.post(path, {"title": "x"}, 400)


def test_the_link_of_somebody_who_left_opens_nothing(browser: Browser, korfez: Asked) -> None:
    korfez.contact.active_until = clock.today()
    browser.get(korfez.path, 410)


@pytest.mark.parametrize("token", ["x" * 43, "x", "İ" * 43, "%00" * 14, "a" * 4000])
def test_a_made_up_token_opens_nothing(browser: Browser, korfez: Asked, token: str) -> None:
    browser.get(f"/oneri/{token}", 404)
    browser.get(f"/oneri/{token}/{'x' * 12}", 404)


def test_a_link_of_another_purpose_opens_nothing(browser: Browser, korfez: Asked) -> None:
    other = links.issue("invitation", korfez.access.id, clock.now() + timedelta(days=1))
    browser.get(f"/oneri/{links.token_of(other)}", 404)


def test_one_organisation_never_sees_anothers_proposals(
    browser: Browser, korfez: Asked, mavi: Asked
) -> None:
    theirs, draft = mavi.sends("Mavi yürüyüş"), mavi.writes("Mavi taslak")
    assert "Mavi" not in browser.get(korfez.path).text
    for proposal in (theirs, draft):
        path = f"{korfez.path}/{proposal.public_id}"
        browser.get(path, 404)
        browser.get(f"{path}/ek", 404)
        assert browser.send("POST", path, data={"title": "x"}).status_code in {400, 404}
    page = browser.get(korfez.path)
    page.submit(DRAFT, **{**WHOLE, "key": theirs.public_id})
    assert theirs.title == "Mavi yürüyüş"
    mine = db.session.scalars(
        db.select(Proposal).filter_by(organization_id=korfez.organization.id)
    ).one()
    assert mine.public_id != theirs.public_id


def test_another_call_of_the_same_organisation_is_another_link(
    browser: Browser, korfez: Asked
) -> None:
    other = asked(CallFactory(window=korfez.access.call.window), korfez.contact)
    proposal = korfez.sends()
    browser.get(f"{other.path}/{proposal.public_id}", 404)


def test_the_page_speaks_the_contacts_language_unless_told(app: Flask, call: Call) -> None:
    english = asked(call, ContactFactory(preferred_language="en"))
    browser = Browser(app)
    browser.client.delete_cookie("dil")
    page = browser.get(english.path)
    assert page.soup.html is not None
    assert page.soup.html["lang"] == "en"
    assert "Write your proposal" in page.text
    assert "Önerinizi yazın" in browser.get(f"{english.path}?dil=tr").text
    page = page.submit("Send the proposal", title="Stand", summary="A stand.")
    assert "Your proposal has reached the branch." in page.text
    (letter,) = letters("proposal_receipt")
    assert (letter.language, letter.subject) == ("en", "We have your proposal: Stand")
