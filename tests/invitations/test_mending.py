"""Letters that got lost are missed and written again; removing, ending a link and sending anew."""

import threading

import pytest
import sqlalchemy as sa

from coordinator import links
from coordinator.actors import COMMAND
from coordinator.audit.models import AuditLine
from coordinator.duplicates.facts import Choices
from coordinator.duplicates.operations import merge, unmerge
from coordinator.extensions import db
from coordinator.invitations import operations
from coordinator.invitations.models import (
    Addressee,
    AnsweredVia,
    GivenAnswer,
    Invitation,
    InvitationLetter,
    LetterKind,
    RsvpAnswer,
)
from coordinator.invitations.operations import removing
from coordinator.invitations.operations.composing import Target, write_letters
from coordinator.links import PersonalLink
from coordinator.outbox import operations as outbox
from coordinator.outbox.models import LetterState, OutboxLetter
from coordinator.registry.models import Channel
from coordinator.registry.queries import Recipient
from coordinator.replies.operations.staff import send_to
from tests.browser import Browser
from tests.factories import ContactFactory, MeetingFactory, UserFactory
from tests.invitations.parts import (
    deliver,
    invitation_of,
    invited,
    letter_to,
    letters,
    organization,
    path_of,
)


def lose(*, row: bool, letter: bool) -> None:
    """Delete the first letter by SQL, as no part of the program does."""
    first = letters()[0]
    if row:
        named = InvitationLetter.letter_id == first.id
        db.session.execute(sa.delete(InvitationLetter).where(named))
    if letter:
        db.session.execute(sa.delete(OutboxLetter).where(OutboxLetter.id == first.id))
    db.session.commit()
    db.session.expire_all()


def test_a_lost_letter_is_written_again_once(app):
    one, other = organization("Adalete Erişim"), organization("Foça Sardunya")
    second = ContactFactory(organization=one)
    meeting = invited(one, other)
    lose(row=True, letter=True)
    lost = {one.contacts[0].email, second.email, other.contacts[0].email} - {
        letter.to_address for letter in letters()
    }
    assert len(lost) == 1
    operations.mend_by_the_clock()
    operations.mend_by_the_clock()
    assert [letter.to_address for letter in letters()][2:] == list(lost)
    assert len(letters()) == 3
    line = db.session.scalars(sa.select(AuditLine).filter_by(action="invitations.mended")).one()
    assert (line.details, line.via) == ({"organizations": 1, "letters": 1, "given_up": 0}, "worker")
    assert invitation_of(meeting, one).letters_due == 2


def test_a_letter_that_only_lost_its_row_is_named_again_with_its_own_link(app, browser):
    one = organization("Adalete Erişim")
    invited(one)
    path = path_of(letters()[0])
    lose(row=True, letter=False)
    operations.mend_by_the_clock()
    assert len(letters()) == 1
    assert "Adalete Erişim" in browser.get(path).text


def test_what_nobody_can_be_written_is_given_up_and_told(app):
    one = organization("Adalete Erişim")
    invited(one)
    one.contacts[0].email = ""
    lose(row=True, letter=True)
    operations.mend_by_the_clock()
    operations.mend_by_the_clock()
    lines = db.session.scalars(sa.select(AuditLine).filter_by(action="invitations.mended")).all()
    assert [line.details["given_up"] for line in lines] == [1]


@pytest.mark.both
def test_twenty_at_once_send_one_letter_to_each(app):
    some = [organization(f"Kuruluş {place}") for place in range(5)]
    meeting = MeetingFactory()
    operations.choose(meeting=meeting, organizations=some, actor=COMMAND)
    staff = [UserFactory(), UserFactory()]
    db.session.commit()
    path = f"/toplantilar/{meeting.public_id}/davetliler/onizleme"
    browsers = []
    for user in staff:
        browser = Browser(app)
        browser.sign_in(user)
        browsers.append((browser, browser.get(path).form("5 kuruluşa daveti gönder")))
    db.session.remove()
    barrier, answers = threading.Barrier(20), []

    def press(place: int) -> None:
        browser, form = browsers[place % 2]
        other = app.test_client()
        for cookie in browser.client._cookies.values():
            other._cookies[cookie.key, cookie.path, cookie.domain] = cookie
        data = {one["name"]: one.get("value", "") for one in form.select("input[name]")}
        barrier.wait(30)
        answers.append(other.post(form["action"], data=data).status_code)

    threads = [threading.Thread(target=press, args=(place,)) for place in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert answers == [303] * 20
    assert len(letters()) == len({letter.to_address for letter in letters()}) == 5
    assert set(db.session.scalars(sa.select(Invitation.letters_due))) == {1}


def test_a_removed_organization_can_be_asked_anew_and_its_links_stay_shut(app, browser):
    one = organization("Adalete Erişim")
    meeting = invited(one)
    path = path_of(letters()[0])
    deliver()
    told = operations.remove(invitation=invitation_of(meeting, one), tell=True, actor=COMMAND)
    db.session.commit()
    assert told == 1
    assert browser.send("GET", path).status_code == 410
    (letter,) = letters(LetterKind.WITHDRAWAL)
    assert letter.calendar_method == "CANCEL"
    assert "Adalete Erişim" in letter.text
    operations.invite(meeting=meeting, organizations=[one], actor=COMMAND)
    db.session.commit()
    again = [row for row in letters(LetterKind.INVITATION) if row.state is LetterState.QUEUED]
    assert len(again) == 1
    assert browser.send("GET", path).status_code == 410
    assert browser.send("GET", path_of(again[0])).status_code == 200


def test_what_waits_of_a_removed_organization_does_not_go_out(app):
    one = organization("Adalete Erişim")
    meeting = invited(one)
    assert operations.remove(invitation=invitation_of(meeting, one), tell=True, actor=COMMAND) == 0
    db.session.expire_all()
    assert [row.state for row in letters()] == [LetterState.CANCELLED]


def test_links_end_one_by_one_and_a_new_one_ends_the_old(app, browser):
    one = organization("Adalete Erişim")
    second = ContactFactory(organization=one)
    meeting = invited(one)
    deliver()
    invitation = invitation_of(meeting, one)
    first, other = letter_to(one.contacts[0]), letter_to(second)
    number = next(iter(first.links.values()))
    operations.end_link(invitation=invitation, number=number, actor=COMMAND)
    with pytest.raises(operations.LinkEnded):
        operations.end_link(invitation=invitation, number=number, actor=COMMAND)
    db.session.commit()
    assert browser.send("GET", path_of(first)).status_code == 410
    assert browser.send("GET", path_of(other)).status_code == 200
    number = next(iter(other.links.values()))
    assert operations.renew(invitation=invitation, number=number, actor=COMMAND) == second.email
    db.session.commit()
    fresh = letters()[-1]
    assert fresh.to_address == second.email
    assert browser.send("GET", path_of(other)).status_code == 410
    assert browser.send("GET", path_of(fresh)).status_code == 200
    assert links.is_open(db.session.get_one(PersonalLink, next(iter(fresh.links.values()))))

    # The same button pressed once more, on the page as it was, takes nothing away.
    with pytest.raises(operations.LinkEnded):
        operations.renew(invitation=invitation, number=number, actor=COMMAND)
    db.session.commit()
    assert browser.send("GET", path_of(fresh)).status_code == 200
    assert fresh.state is LetterState.QUEUED
    operations.end_link(
        invitation=invitation, number=next(iter(fresh.links.values())), actor=COMMAND
    )
    operations.renew(invitation=invitation, number=number, actor=COMMAND)
    db.session.commit()
    assert browser.send("GET", path_of(letters()[-1])).status_code == 200
    assert invitation.letters_due == 2, "the address was counted before"


def test_who_got_the_letter_while_it_was_called_back_is_told(app, monkeypatch):
    one = organization("Adalete Erişim")
    meeting = invited(one)
    cancel = removing.outbox.cancel

    def too_late(some: list[OutboxLetter]) -> int:
        """The worker takes the letter before it is called back, past this session."""
        db.session.execute(
            sa.update(OutboxLetter)
            .values(state=LetterState.SENDING)
            .execution_options(synchronize_session=False)
        )
        return cancel(some)

    monkeypatch.setattr(removing.outbox, "cancel", too_late)
    assert operations.remove(invitation=invitation_of(meeting, one), tell=True, actor=COMMAND) == 1
    (letter,) = letters(LetterKind.WITHDRAWAL)
    assert letter.to_address == one.contacts[0].email


def test_a_lost_letter_is_missed_whatever_else_was_written(app):
    one, other = organization("Adalete Erişim"), organization("Adalete Erişim Ağı")
    meeting = invited(one, other)
    invitation = invitation_of(meeting, one)
    late = ContactFactory(organization=one)
    send_to(invitation=invitation, contact=late, actor=COMMAND)
    handed = Recipient("Hale Ay", "hale@k.example", "tr", None)
    write_letters(LetterKind.HANDOVER, meeting, [Target(invitation, handed)])
    given = sa.select(InvitationLetter.id).filter_by(kind=LetterKind.HANDOVER)
    again = Target(invitation, handed, handover_id=db.session.scalars(given).one())
    write_letters(LetterKind.INVITATION, meeting, [again], "s1")
    db.session.commit()
    db.session.refresh(invitation)
    assert invitation.letters_due == 2
    made = merge(kept=one, other=other, choices=Choices(), actor=COMMAND)
    db.session.commit()
    db.session.refresh(invitation)
    assert invitation.letters_due == 3
    assert operations.mend(meeting=meeting) == 0
    lose(row=True, letter=True)
    assert operations.mend(meeting=meeting) == 1
    db.session.commit()
    db.session.refresh(invitation)
    assert (invitation.letters_due, operations.mend(meeting=meeting)) == (3, 0)
    unmerge(merge=made, actor=COMMAND)
    db.session.commit()
    db.session.refresh(invitation)
    assert invitation.letters_due == 2


def test_a_merge_leads_answers_and_paper_to_the_invitation_that_goes_on(app, browser):
    kept, other = organization("Adalete Erişim"), organization("Adalete Erişim Ağı")
    meeting = invited(kept, other)
    ended = invitation_of(meeting, other)
    row = Addressee(invitation=ended, channel=Channel.POST)
    given = GivenAnswer(invitation=ended, answer=RsvpAnswer.NO, via=AnsweredVia.PHONE)
    db.session.add_all([row, given])
    db.session.flush()
    code = operations.prepare_paper(addressees=[row], actor=COMMAND)[row.id]
    made = merge(kept=kept, other=other, choices=Choices(), actor=COMMAND)
    db.session.commit()
    goes_on = invitation_of(meeting, kept)
    for one in (row, given):
        db.session.refresh(one)
        assert one.invitation_id == goes_on.id
    assert "Adalete Erişim" in browser.get(f"/d/{code}").text
    unmerge(merge=made, actor=COMMAND)
    db.session.commit()
    db.session.refresh(row)
    assert row.invitation_id == ended.id


def test_an_address_on_hold_keeps_its_link_and_staff_hear_who_has_to_be_called(app):
    one, other = organization(), organization("Foça Sardunya Kadın Derneği")
    meeting = invited(one, other, capacity=1)
    deliver()
    for record in (other, one):
        invitation = invitation_of(meeting, record)
        operations.answer_invitation(
            invitation=invitation,
            reply=operations.Reply(RsvpAnswer.YES, 1),
            source=operations.Source(AnsweredVia.PHONE),
            opened_version=invitation.version,
            actor=COMMAND,
        )
    letter = letter_to(one.contacts[0])
    outbox.bounced(letter, reason="550 5.1.1 no such mailbox")
    db.session.commit()
    number = next(iter(letter.links.values()))
    with pytest.raises(outbox.AddressOnHold):
        operations.renew(invitation=invitation, number=number, actor=COMMAND)
    assert links.is_open(db.session.get_one(PersonalLink, number))
    assert operations.seat(invitation=invitation, actor=COMMAND) == 0
