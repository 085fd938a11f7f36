"""To whom of an organisation the invitation goes, and in what way."""

import pytest
import sqlalchemy as sa

from coordinator import clock, links
from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.invitations import exports, operations, queries
from coordinator.invitations.models import Addressee, Invitation, ListKind
from coordinator.invitations.operations import NoSuchWay, NotTheirs, Place, Way
from coordinator.invitations.operations.choosing import choose
from coordinator.invitations.queries.addressees import reached
from coordinator.meetings.models import Meeting
from coordinator.outbox.models import HeldAddress
from coordinator.registry.models import Channel, Organization
from tests.browser import counted_statements
from tests.factories import ContactFactory, MeetingFactory, OrganizationFactory
from tests.invitations.parts import invitation_of, letters, organization


def chosen(*organizations: Organization) -> Meeting:
    meeting = MeetingFactory()
    choose(meeting=meeting, organizations=organizations, actor=COMMAND)
    db.session.commit()
    return meeting


def addressed(invitation: Invitation, *ways: Way, kind: ListKind = ListKind.ACTION) -> None:
    operations.address(
        invitation=invitation, ways=ways, place=Place(kind, None),
        opened_version=invitation.version, actor=COMMAND,
    )  # fmt: skip
    db.session.commit()


def test_whom_staff_chose_gets_the_letter_and_nobody_else(app):
    one = organization("Adalete Erişim", email="biri@k.example")
    second = ContactFactory(organization=one, email="ikinci@k.example", is_primary=False)
    paper = organization("Foça Sardunya")
    meeting = chosen(one, paper)
    addressed(invitation_of(meeting, one), Way(second, Channel.EMAIL))
    addressed(invitation_of(meeting, paper), Way(None, Channel.EBYS), kind=ListKind.INFORMATION)
    sent = operations.invite(meeting=meeting, organizations=[one, paper], actor=COMMAND)
    assert (sent.invited, sent.letters, sent.unreachable, sent.by_hand) == (2, 1, 0, 1)
    assert [letter.to_address for letter in letters()] == ["ikinci@k.example"]
    assert invitation_of(meeting, paper).list_kind is ListKind.INFORMATION
    assert invitation_of(meeting, one).letters_due == 1


def test_a_way_that_leads_nowhere_is_refused(app):
    one = organization("Adalete Erişim", email="")
    other = organization("Foça Sardunya")
    invitation = invitation_of(chosen(one), one)
    with pytest.raises(NoSuchWay):
        addressed(invitation, Way(one.contacts[0], Channel.EMAIL))
    with pytest.raises(NotTheirs):
        addressed(invitation, Way(other.contacts[0], Channel.EMAIL))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Addressee)) == 0


def test_the_organisation_itself_stands_there_once(app):
    one = organization("Adalete Erişim")
    invitation = invitation_of(chosen(one), one)
    addressed(invitation, Way(None, Channel.POST))
    with counted_statements() as statements:
        addressed(invitation, Way(None, Channel.BY_HAND))
    db.session.add(Addressee(invitation=invitation, channel=Channel.POST))
    with pytest.raises(sa.exc.IntegrityError):
        db.session.flush()
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        assert any("FROM invitation" in one and "FOR UPDATE" in one for one in statements), (
            "texts of the desk add addressees under the lock of the invitation"
        )


def test_an_address_on_hold_is_lost_rather_than_written_to(app):
    one = organization("Adalete Erişim", email="geri@k.example")
    invitation = invitation_of(chosen(one), one)
    addressed(invitation, Way(one.contacts[0], Channel.EMAIL))
    db.session.add(HeldAddress(address="geri@k.example", held_at=clock.now()))
    db.session.flush()
    found = reached([invitation])[invitation.id]
    assert (found.letters, len(found.lost), found.is_to_call) == ([], 1, True)


def test_a_further_way_after_sending_takes_nobody_the_letter(app):
    one = organization("Adalete Erişim")
    meeting = chosen(one)
    operations.invite(meeting=meeting, organizations=[one], actor=COMMAND)
    db.session.commit()
    invitation = invitation_of(meeting, one)
    db.session.add(Addressee(invitation=invitation, contact=one.contacts[0], channel=Channel.PHONE))
    db.session.flush()
    assert len(reached([invitation])[invitation.id].letters) == 1


def test_the_number_of_questions_does_not_follow_the_number_of_invitees(app):
    counts = []
    for size in (2, 30):
        some = [organization(f"Kuruluş {size} {place}") for place in range(size)]
        meeting = chosen(*some)
        for one in some[::2]:
            addressed(invitation_of(meeting, one), Way(one.contacts[0], Channel.EMAIL))
        rows = queries.of_meeting(meeting.id)
        with counted_statements() as statements:
            reached(rows)
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 8


def test_a_letter_on_paper_has_a_code_that_opens_the_answer_page(app, browser):
    one = OrganizationFactory(name="Adalete Erişim")
    meeting = chosen(one)
    invitation = invitation_of(meeting, one)
    addressed(invitation, Way(None, Channel.POST))
    operations.invite(meeting=meeting, organizations=[one], actor=COMMAND)
    (row,) = queries.addressees.on_paper(meeting.id)
    code = operations.prepare_paper(addressees=[row], actor=COMMAND)[row.id]
    again = operations.prepare_paper(addressees=[row], actor=COMMAND)[row.id]
    db.session.commit()
    assert code == again
    assert len(code.replace("-", "")) == 28
    stored = "|".join(map(str, db.session.execute(sa.text("select * from personal_link")).one()))
    assert code.replace("-", "") not in stored
    found = links.find_short("invitation", f" {code.upper()} ")
    assert found is not None
    opened = queries.by_link(found)
    assert opened is not None
    assert (opened.invitation.id, opened.recipient.name) == (invitation.id, "Adalete Erişim")
    assert links.find_short("invitation", code[:-1] + ("a" if code[-1] != "a" else "b")) is None
    page = browser.get(f"/davet/{links.token_of(found)}")
    assert "Adalete Erişim" in page.text


def test_the_letters_on_paper_are_set_in_each_readers_language(app):
    one = organization("Adalete Erişim", full_name="Nermin Su")
    other = organization("Göçmen <b>Ağı</b> #strong[x]", preferred_language="en")
    meeting = chosen(one, other)
    for some in (one, other):
        addressed(invitation_of(meeting, some), Way(some.contacts[0], Channel.BY_HAND))
    operations.invite(meeting=meeting, organizations=[one, other], actor=COMMAND)
    rows = queries.addressees.on_paper(meeting.id)
    codes = operations.prepare_paper(addressees=rows, actor=COMMAND)
    with app.test_request_context():
        made = exports.letters(rows, codes)
    assert made.startswith(b"%PDF")
    assert len(set(codes.values())) == 2
