"""What belongs to an organisation in other packages goes along, once where once is the rule."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator import clock, links
from coordinator.activities.models import ActivityPartner, ActivityTask, PartnerRole
from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.history.models import Encounter, EncounterKind
from coordinator.invitations import operations as invitations
from coordinator.invitations import queries
from coordinator.invitations.models import AnsweredVia, Invitation, RsvpAnswer
from coordinator.invitations.operations import InvitationClosed, Reply, Source
from coordinator.lists.models import ListKind, OrganizationList, list_member
from coordinator.meetings.models import Attendance, AttendanceStatus
from coordinator.meetings.queries import attendance_count
from coordinator.outbox.models import LetterState
from coordinator.proposals import queries as queries_of_calls
from coordinator.proposals.models import CallAccess
from coordinator.proposals.operations.accesses import PURPOSE, welcome
from coordinator.records import Base
from coordinator.registry import belongings
from coordinator.registry.models import Organization
from coordinator.verification import queries as verification
from coordinator.verification.models import AnswerState, Round, Verification
from tests.browser import Browser
from tests.duplicates.parts import everything, merge, unmerge
from tests.factories import (
    CallFactory,
    ContactFactory,
    JointActivityFactory,
    MeetingFactory,
    OrganizationFactory,
    ProposalFactory,
)
from tests.invitations.parts import deliver, invitation_of, invited, letter_to, letters, path_of

MOVED_BY_THE_MERGE = {
    "contact.organization_id": "contacts, some of which become one",
    "representation.organization_id": "accounts act for the kept record",
    "organization.parent_id": "branches",
    "organization_umbrella.organization_id": "umbrellas",
    "organization_umbrella.umbrella_id": "members",
    "organization_name.organization_id": "former names",
    "organization_work_area.organization_id": "the kept record gets the chosen ones",
    "organization_target_group.organization_id": "the kept record gets the chosen ones",
}
STAYS = {
    "organization.merged_into_id": "says itself who stands for a record",
    "organization_word.organization_id": "the index of words, made anew",
    "import_change.organization_id": "says what an import did to that very record",
    "merge.kept_id": "the merge itself",
    "merge.other_id": "the merge itself",
    "distinct_organizations.first_id": "what was said of two records holds for their heirs",
    "distinct_organizations.second_id": "what was said of two records holds for their heirs",
}


def test_every_table_that_names_organisations_says_what_a_merge_does_to_it(app: Flask) -> None:
    declared = {f"{one.table.name}.{one.column.name}" for one in belongings.known()}
    named = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.column is Organization.__table__.c.id
    }
    assert named - declared - MOVED_BY_THE_MERGE.keys() - STAYS.keys() == set()
    assert (MOVED_BY_THE_MERGE.keys() | STAYS.keys()) - named == set()
    assert declared & (MOVED_BY_THE_MERGE.keys() | STAYS.keys()) == set()


def pair() -> tuple[Organization, Organization]:
    return OrganizationFactory(name="Akasya"), OrganizationFactory(name="Begonya")


def test_what_only_the_other_record_has_moves_and_comes_back(app: Flask) -> None:
    kept, other = pair()
    contact = ContactFactory(organization=other)
    meeting = invited(other)
    activity = JointActivityFactory(lead=other)
    rows = [
        ProposalFactory(organization=other),
        CallAccess(call=CallFactory(), organization=other, contact=contact),
        Attendance(
            meeting_id=meeting.id, organization=other, status=AttendanceStatus.PRESENT, people=2
        ),
        ActivityTask(activity=activity, title="Afiş", responsible_org=other),
        ActivityPartner(
            activity=JointActivityFactory(), organization=other, role=PartnerRole.PARTNER
        ),
        Encounter(
            organization=other, contact=contact, kind=EncounterKind.CALL, happened_at=clock.now(),
            text="Aradık",
        ),
    ]  # fmt: skip
    group = OrganizationList(name="Grup", kind=ListKind.FIXED)
    db.session.add_all([*rows, group])
    db.session.flush()
    db.session.execute(sa.insert(list_member).values(list_id=group.id, organization_id=other.id))
    before = everything()
    made = merge(kept, other)
    proposal, access, attendance, task, partner, encounter = rows
    assert activity.lead is kept
    assert task.responsible_org is kept
    for row in (proposal, access, attendance, partner, encounter, invitation_of(meeting, kept)):
        assert row.organization is kept
    assert db.session.scalars(sa.select(list_member.c.organization_id)).all() == [kept.id]
    assert {count for _one, count in belongings.counts([other.id])[other.id]} == set()
    unmerge(made)
    assert everything() == before


class TestOneMeeting:
    """Both records were invited to the same meeting."""

    def test_the_answered_invitation_goes_on(self, app: Flask) -> None:
        kept, other = pair()
        meeting = invited(kept, other)
        answered = invitation_of(meeting, other)
        answered.answer, answered.people = RsvpAnswer.YES, 2
        before = everything()
        made = merge(kept, other)
        assert invitation_of(meeting, kept) is answered
        assert invitation_of(meeting, other).answer is RsvpAnswer.NONE
        unmerge(made)
        assert everything() == before

    @pytest.mark.parametrize("answered_by_other", [True, False])
    def test_it_counts_once(self, app: Flask, answered_by_other: bool) -> None:
        kept, other = pair()
        meeting = invited(kept, other)
        for one in (kept, other):
            status = AttendanceStatus.PRESENT if one is other else AttendanceStatus.ABSENT
            db.session.add(
                Attendance(meeting_id=meeting.id, organization=one, status=status, people=2)
            )
        if answered_by_other:
            invitation_of(meeting, other).answer = RsvpAnswer.YES
        db.session.flush()
        before = everything()
        made = merge(kept, other)
        totals = queries.meeting_totals([meeting.id])[meeting.id]
        assert (totals.invited, totals.yes) == (1, int(answered_by_other))
        assert len(queries.of_meeting(meeting.id)) == 1
        count = attendance_count(meeting)
        assert (count.organizations, count.people) == (1, 2)
        unmerge(made)
        assert everything() == before

    def test_nobody_is_written_to_twice_and_links_lead_on(self, app: Flask) -> None:
        kept, other = pair()
        ours, theirs = (ContactFactory(organization=one) for one in (kept, other))
        meeting = invited(kept, other)
        paths = [path_of(letter_to(one)) for one in (ours, theirs)]
        merge(kept, other)
        states = {one.to_address: one.state for one in letters()}
        assert states == {ours.email: LetterState.QUEUED, theirs.email: LetterState.CANCELLED}
        for path in paths:
            page = Browser(app).get(path)
            assert "Akasya" in page.text
        Browser(app).get(paths[1]).submit("Yanıtı gönder", answer="no")
        assert invitation_of(meeting, kept).answer is RsvpAnswer.NO
        assert invitation_of(meeting, other).answer is RsvpAnswer.NONE

    def test_the_one_that_ended_is_not_reminded_or_answered(self, app: Flask) -> None:
        kept, other = pair()
        for one in (kept, other):
            ContactFactory(organization=one)
        meeting = invited(kept, other, rsvp_deadline=clock.today() + timedelta(days=3))
        deliver(LetterState.SENT, LetterState.SENT)
        merge(kept, other)
        ended = invitation_of(meeting, other)
        sent = invitations.remind(meeting=meeting, actor=COMMAND, anyway=True)
        assert sent.organizations == 1
        assert {one.organization.name for one in queries.of_meeting(meeting.id)} == {"Akasya"}
        with pytest.raises(InvitationClosed):
            invitations.answer_invitation(
                invitation=ended,
                reply=Reply(RsvpAnswer.YES, people=1),
                source=Source(AnsweredVia.PHONE),
                opened_version=ended.version,
                actor=COMMAND,
            )


def test_a_link_to_the_other_record_s_own_address_goes_on(app: Flask) -> None:
    kept = OrganizationFactory(name="Akasya", email="a@a.example")
    other = OrganizationFactory(name="Begonya", email="b@b.example")
    invited(other)
    path = path_of(letters()[0])
    merge(kept, other)
    assert "Akasya" in Browser(app).get(path).text


def test_the_links_of_a_call_lead_to_the_kept_record_s_place(app: Flask) -> None:
    kept, other = pair()
    call = CallFactory()
    first = CallAccess(call=call, organization=kept, asked_at=clock.now())
    second = CallAccess(call=call, organization=other)
    db.session.add_all([first, second])
    before = everything()
    made = merge(kept, other)
    assert (first.organization, second.organization) == (kept, other)
    unmerge(made)
    made = merge(other, kept)
    assert (first.organization, second.organization) == (other, kept)
    unmerge(made)
    assert everything() == before


def test_a_call_is_answered_by_the_links_of_both(app: Flask) -> None:
    kept, other = pair()
    call = CallFactory()
    places = welcome(call, [(kept.id, None), (other.id, None)])
    links_ = [links.token_of(one.link) for one in places.values() if one.link]
    merge(kept, other)
    for token in links_:
        Browser(app).get(f"/oneri/{token}")
        access = queries_of_calls.access_of_link(links.find(PURPOSE, token))
        assert access.organization is kept


def test_a_yearly_check_counts_once(app: Flask) -> None:
    kept, other = pair()
    round_ = Round(name="2026", answer_by=clock.today())
    db.session.add(round_)
    for one, state in ((kept, AnswerState.ASKED), (other, AnswerState.CONFIRMED)):
        answered_at = clock.now() if one is other else None
        db.session.add(
            Verification(round=round_, organization=one, state=state, answered_at=answered_at)
        )
    before = everything()
    made = merge(kept, other)
    counted = verification.totals([round_.id])[round_.id]
    assert {state: number for state, number in counted.items() if number} == {
        AnswerState.CONFIRMED: 1
    }
    unmerge(made)
    assert everything() == before


def test_what_names_a_person_names_the_one_who_stays(app: Flask) -> None:
    kept, other = pair()
    ours = ContactFactory(organization=kept, full_name="Nermin Su", email="n@a.example")
    theirs = ContactFactory(organization=other, full_name="Nermin", email="n@a.example")
    encounter = Encounter(
        organization=other, contact=theirs, kind=EncounterKind.CALL, happened_at=clock.now(),
        text="Aradık",
    )  # fmt: skip
    db.session.add(encounter)
    invited(other)
    path = path_of(letters()[0])
    before = everything()
    made = merge(kept, other)
    assert encounter.contact is ours
    assert "Akasya" in Browser(app).get(path).text
    ours.active_until = clock.today()
    Browser(app).get(path, 410)
    ours.active_until = None
    unmerge(made)
    assert everything() == before


def test_the_lead_of_an_activity_is_no_partner_of_it(app: Flask) -> None:
    kept, other = pair()
    activity = JointActivityFactory(lead=kept)
    db.session.add(ActivityPartner(activity=activity, organization=other, role=PartnerRole.SPEAKER))
    before = everything()
    made = merge(kept, other)
    db.session.refresh(activity)
    assert activity.partners == []
    unmerge(made)
    assert everything() == before


def test_many_rows_of_many_meetings_come_back_in_their_places(app: Flask) -> None:
    kept, other = pair()
    for number in range(12):
        meeting = MeetingFactory()
        for one in (kept, other)[: 1 + number % 2] if number % 3 else (other,):
            answer = RsvpAnswer.YES if (number % 4 and one is other) else RsvpAnswer.NONE
            db.session.add(
                Invitation(meeting=meeting, organization=one, answer=answer, invited_at=clock.now())
            )
    before = everything()
    made = merge(kept, other)
    assert len({one.meeting_id for one in queries.of_organization(kept.id, 99)}) == 12
    unmerge(made)
    assert everything() == before
