"""Scanners change nothing, links die with what they were for, nothing carries them elsewhere."""

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import pytest
import sqlalchemy as sa

from coordinator import clock
from coordinator.actors import COMMAND
from coordinator.audit.models import AuditLine
from coordinator.database import Model
from coordinator.extensions import db
from coordinator.invitations import operations
from coordinator.invitations.models import Invitation, LetterKind, RsvpAnswer
from coordinator.links import PersonalLink
from coordinator.meetings.operations.states import cancel_meeting
from coordinator.registry.models import OrgStatus
from tests.browser import Browser, Page
from tests.invitations.parts import (
    deliver,
    invitation_of,
    invited,
    letter_to,
    letters,
    organization,
    path_of,
)

SCANNERS = (
    "", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36",
    "SafeLinks", "Mozilla/5.0 (compatible; Microsoft Preview)", "BarracudaCentral",
    "Proofpoint URL Defense", "Mimecast", "GoogleImageProxy", "Slackbot-LinkExpanding 1.0",
    "facebookexternalhit/1.1", "WhatsApp/2.23", "python-requests/2.32",
)  # fmt: skip
METHODS = ("GET", "HEAD", "OPTIONS")


def opened(**meeting: object) -> tuple[Invitation, str]:
    one = organization("Körfez Rüzgârı", full_name="Nermin Su", email="n@kurum.example")
    invitation = invitation_of(invited(one, **meeting), one)
    return invitation, path_of(letter_to(one.contacts[0]))


def everything() -> list[object]:
    db.session.rollback()
    return [db.session.execute(sa.select(table)).all() for table in Model.metadata.sorted_tables]


def leads_to(page: Page, path: str) -> set[str]:
    """Return every address of our own that the page names, but for its forms."""
    found = page.soup.select("[href], [src]")
    addresses = {urljoin(path, str(one.get("href") or one.get("src"))) for one in found}
    return {one for one in addresses if not urlsplit(one).scheme}


@pytest.mark.parametrize("answered", [False, True])
def test_no_scanner_changes_anything_whatever_it_follows(app, browser, answered):
    _invitation, path = opened(max_per_org=2)
    if answered:
        browser.get(path).submit("Yanıtı gönder", answer="yes", people="2")
    anybody = Browser(app)
    page = anybody.get(path)
    followed = leads_to(page, path) | {f"{path}?yanit=evet", f"{path}?yanit=hayir"}
    inside = {one for one in followed if one.startswith(path)}
    assert f"{path}/devret" in inside
    assert (f"{path}/adlar" in inside) is answered
    before = everything()
    for number, agent in enumerate(SCANNERS):
        for method in METHODS:
            anybody.send(method, path, headers={"User-Agent": agent})
        for place, address in enumerate(sorted(inside)):
            method = METHODS[(number + place) % 3]
            anybody.send(method, address, headers={"User-Agent": agent})
    for address in followed - inside:
        anybody.send("GET", address)
    assert everything() == before


def renewed(invitation: Invitation) -> None:
    (letter,) = letters(LetterKind.INVITATION)
    (number,) = letter.links.values()
    operations.renew(invitation=invitation, number=number, actor=COMMAND)


def removed(invitation: Invitation) -> None:
    operations.remove(invitation=invitation, tell=False, actor=COMMAND)


def address_changed(invitation: Invitation) -> None:
    invitation.organization.contacts[0].email = "yeni@kurum.example"


def erased(invitation: Invitation) -> None:
    db.session.delete(invitation.organization.contacts[0])


def closed(invitation: Invitation) -> None:
    invitation.organization.status = OrgStatus.CLOSED


def cancelled(invitation: Invitation) -> None:
    cancel_meeting(invitation.meeting, reason="", actor=COMMAND)


@pytest.mark.parametrize(
    "end",
    [renewed, removed, address_changed, erased, closed, cancelled],
    ids=lambda end: end.__name__,
)
def test_an_old_link_is_dead_at_the_next_request(app, browser, end: Callable[[Invitation], None]):
    invitation, path = opened()
    deliver()
    form, names, hand = (browser.get(path + more) for more in ("", "", "/devret"))
    end(invitation)
    db.session.commit()
    before = everything()
    for more in ("", "?yanit=evet", "/adlar", "/devret", "/takvim.ics"):
        page = browser.get(path + more, 410)
        assert not [word for word in ("Nermin", "Körfez", "n@kurum") if word in str(page.soup)]
    form.submit("Yanıtı gönder", 410, answer="yes")
    hand.submit("Daveti ona gönder", 410, name="Hale Ay", address="hale@kurum.example")
    token = names.soup.select_one("[name=csrf_token]")["value"]
    for more in ("/adlar", "/adresim-calisiyor"):
        browser.post(path + more, {"csrf_token": token}, 410)
    assert everything() == before


def test_a_link_whose_end_is_not_known_cannot_be_stored(app):
    _invitation, _path = opened()
    with pytest.raises(sa.exc.IntegrityError):
        db.session.execute(sa.update(PersonalLink).values(expires_at=None))
    db.session.rollback()


def test_every_answer_behind_a_link_is_private_and_carries_it_nowhere_else(app, browser):
    _invitation, path = opened(max_per_org=2)
    token = path.rpartition("/")[2]
    form = browser.get(path)
    csrf = {"csrf_token": form.soup.select_one("[name=csrf_token]")["value"]}
    asked = [
        ("GET", path + more) for more in ("", "?yanit=evet", "/devret", "/adlar", "/takvim.ics")
    ]
    asked += [("POST", path), ("POST", f"{path}/yeni-baglanti"), ("GET", "/davet/istendi")]
    asked += [("POST", f"{path}/adresim-calisiyor"), ("GET", path[:-1] + "!"), ("GET", "/d/abcd")]
    answers = [browser.send(method, address, data=csrf) for method, address in asked]
    link = db.session.scalars(sa.select(PersonalLink)).one()
    link.expires_at = clock.now() - timedelta(seconds=1)
    db.session.commit()
    answers.append(browser.send("GET", path))
    assert {one.status_code for one in answers} == {200, 303, 404, 410, 422}
    for one in answers:
        told = f"{one.request.method} {one.request.path}"
        assert one.headers["Cache-Control"] == "no-store", told
        assert one.headers["Referrer-Policy"] == "no-referrer", told
        assert one.headers["X-Robots-Tag"] == "noindex, nofollow", told
        for address in re.findall(r'(?:href|src|action)="([^"]*)"', one.get_data(as_text=True)):
            assert token not in address or address.startswith(path), address


def test_each_change_by_a_forwarded_link_is_written_down_and_told_to_the_invitee(app, browser):
    invitation, path = opened()
    somebody = Browser(app)
    for answer in ("yes", "no", "maybe"):
        somebody.get(f"{path}?degistir=1").submit("Yanıtı gönder", answer=answer)
    lines = db.session.scalars(sa.select(AuditLine).filter_by(action="invitation.answered")).all()
    assert [(one.actor_name, one.via) for one in lines] == [("Nermin Su", "link")] * 3
    told = letters(LetterKind.RECEIPT)
    assert [one.to_address for one in told] == ["n@kurum.example"] * 3
    db.session.refresh(invitation)
    assert invitation.answer is RsvpAnswer.MAYBE
