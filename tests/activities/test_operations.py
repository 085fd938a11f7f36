"""The verbs: from a proposal once, along the table, partners and tasks with their letters."""

from datetime import timedelta

import pytest
from flask import Flask

from coordinator import clock
from coordinator.activities.models import (
    MOVES,
    ActivityStatus,
    JointActivity,
    PartnerRole,
    TaskStatus,
)
from coordinator.activities.operations import activities as operations
from coordinator.activities.operations import partners, tasks
from coordinator.activities.operations.activities import Outcome
from coordinator.activities.operations.tasks import Assignment
from coordinator.audit.models import AuditLine
from coordinator.errors import SavedMeanwhile
from coordinator.extensions import db
from coordinator.outbox.models import OutboxLetter
from coordinator.proposals.models import ProposalStatus
from tests.activities.making import ACTOR, facts, partner, task
from tests.factories import (
    ContactFactory,
    DayWindowFactory,
    JointActivityFactory,
    OrganizationFactory,
    ProposalFactory,
)


def letters(kind: str) -> list[OutboxLetter]:
    found = db.session.scalars(db.select(OutboxLetter).filter_by(kind=kind))
    return sorted(found, key=lambda letter: letter.to_address)


def test_an_accepted_proposal_becomes_an_activity_once(app: Flask) -> None:
    proposal = ProposalFactory(status=ProposalStatus.ACCEPTED)
    window = proposal.call.window
    made = operations.create(window=window, facts=facts(), proposal=proposal, actor=ACTOR)
    assert (made.window, made.proposal, made.status) == (window, proposal, ActivityStatus.PLANNED)
    with pytest.raises(operations.AlreadyAnActivity):
        operations.create(window=window, facts=facts(), proposal=proposal, actor=ACTOR)


@pytest.mark.parametrize(
    "status",
    [one for one in ProposalStatus if one not in operations.BECOMES_ACTIVITY],
)
def test_only_an_accepted_proposal_becomes_one(app: Flask, status: ProposalStatus) -> None:
    proposal = ProposalFactory(status=status)
    with pytest.raises(operations.NotAccepted):
        operations.create(
            window=proposal.call.window, facts=facts(), proposal=proposal, actor=ACTOR
        )


def test_without_a_day_it_is_an_idea(app: Flask) -> None:
    made = operations.create(
        window=DayWindowFactory(), facts=facts(starts_at=None, ends_at=None), actor=ACTOR
    )
    assert made.status is ActivityStatus.IDEA


def test_it_ends_after_it_starts(app: Flask) -> None:
    start = clock.now()
    for end in (start, start - timedelta(hours=1)):
        with pytest.raises(operations.EndsTooEarly):
            operations.create(
                window=DayWindowFactory(), facts=facts(starts_at=start, ends_at=end), actor=ACTOR
            )
    with pytest.raises(operations.EndWithoutStart):
        operations.create(
            window=DayWindowFactory(), facts=facts(starts_at=None, ends_at=start), actor=ACTOR
        )


@pytest.mark.parametrize("before", list(ActivityStatus))
@pytest.mark.parametrize("after", list(ActivityStatus))
def test_it_moves_along_the_table_only(
    app: Flask, before: ActivityStatus, after: ActivityStatus
) -> None:
    activity = JointActivityFactory(status=before)
    if after in MOVES[before]:
        operations.move(activity, to=after, version=activity.version, actor=ACTOR)
        assert activity.status is after
    else:
        with pytest.raises(operations.MoveNotPossible):
            operations.move(activity, to=after, version=activity.version, actor=ACTOR)


def test_calendars_hear_of_what_concerns_them(app: Flask) -> None:
    activity = operations.create(window=DayWindowFactory(), facts=facts(), actor=ACTOR)
    assert activity.calendar_sequence == 0
    operations.edit(
        activity, facts=facts(summary="Yeni özet"), version=activity.version, actor=ACTOR
    )
    assert activity.calendar_sequence == 0
    operations.edit(activity, facts=facts(place="Gündoğdu"), version=activity.version, actor=ACTOR)
    assert activity.calendar_sequence == 1
    operations.cancel(activity, version=activity.version, actor=ACTOR)
    assert activity.calendar_sequence == 2
    operations.move(activity, to=ActivityStatus.PLANNED, version=activity.version, actor=ACTOR)
    assert activity.calendar_sequence == 3


def test_what_was_opened_before_is_not_saved_over(app: Flask) -> None:
    activity = JointActivityFactory()
    opened = activity.version
    operations.edit(activity, facts=facts(title="Bir"), version=opened, actor=ACTOR)
    for deed in (
        lambda: operations.edit(activity, facts=facts(title="İki"), version=opened, actor=ACTOR),
        lambda: operations.cancel(activity, version=opened, actor=ACTOR),
        lambda: operations.move(activity, to=ActivityStatus.DONE, version=opened, actor=ACTOR),
        lambda: operations.record_outcome(activity, outcome=Outcome(), version=opened, actor=ACTOR),
    ):
        with pytest.raises(SavedMeanwhile):
            deed()
    assert activity.title == "Bir"


def test_a_cancelled_activity_stays_as_it_was(app: Flask) -> None:
    activity = JointActivityFactory(status=ActivityStatus.CANCELLED)
    organization = OrganizationFactory()
    for deed in (
        lambda: operations.edit(activity, facts=facts(), version=activity.version, actor=ACTOR),
        lambda: partners.add(
            activity,
            organization=organization,
            role=PartnerRole.PARTNER,
            contribution="",
            actor=ACTOR,
        ),
        lambda: tasks.add(
            activity, assignment=Assignment(title="İş", responsible_name="Basın"), actor=ACTOR
        ),
    ):
        with pytest.raises(operations.ActivityCancelled):
            deed()


def test_a_partner_is_written_to_once_however_often_it_is_added(app: Flask) -> None:
    activity, organization = JointActivityFactory(), OrganizationFactory()
    ContactFactory(organization=organization, email="bir@kurulus.example")
    ContactFactory(organization=organization, email="two@kurulus.example", preferred_language="en")
    for _time in range(2):
        added = partners.add(
            activity,
            organization=organization,
            role=PartnerRole.SPEAKER,
            contribution="İki konuşmacı",
            actor=ACTOR,
        )
        partners.remove(added, actor=ACTOR)
        db.session.flush()
    turkish, english = letters("partner")
    assert turkish.to_address == "bir@kurulus.example"
    assert turkish.subject == f"Bu etkinlikte yer alıyorsunuz: {activity.title}"
    assert "Konuşmacı" in turkish.text
    assert "İki konuşmacı" in turkish.html
    assert f"/etkinlikler/{activity.public_id}" in turkish.text
    assert english.subject == f"You take part: {activity.title}"
    assert "Speaker" in english.text


def test_nobody_stands_there_twice(app: Flask) -> None:
    lead, other = OrganizationFactory(), OrganizationFactory()
    activity = JointActivityFactory(lead=lead)
    partner(activity, other)
    for organization, refusal in ((lead, partners.IsTheLead), (other, partners.AlreadyPartner)):
        with pytest.raises(refusal):
            partners.add(
                activity,
                organization=organization,
                role=PartnerRole.PARTNER,
                contribution="",
                actor=ACTOR,
            )
    operations.edit(activity, facts=facts(lead=other), version=activity.version, actor=ACTOR)
    assert (activity.lead, activity.partners) == (other, [])


def test_who_gets_a_task_is_written_to_once(app: Flask) -> None:
    first, second = OrganizationFactory(), OrganizationFactory()
    for organization, address in ((first, "bir@k.example"), (second, "iki@k.example")):
        ContactFactory(organization=organization, email=address)
    activity = JointActivityFactory()
    given = Assignment(title="Afiş metni", responsible_org=first, due_on=clock.today())
    added = tasks.add(activity, assignment=given, actor=ACTOR)
    tasks.edit(added, assignment=given, status=TaskStatus.DOING, version=added.version, actor=ACTOR)
    moved = Assignment(title="Afiş metni", responsible_org=second, due_on=clock.today())
    tasks.edit(added, assignment=moved, status=TaskStatus.OPEN, version=added.version, actor=ACTOR)
    assert [letter.to_address for letter in letters("task")] == ["bir@k.example", "iki@k.example"]
    assert letters("task")[0].subject == "Sizden beklenen iş: Afiş metni"


def test_a_task_is_somebodys(app: Flask) -> None:
    with pytest.raises(tasks.NobodyResponsible):
        tasks.add(JointActivityFactory(), assignment=Assignment(title="İş"), actor=ACTOR)


def test_ticking_twice_is_ticking_once(app: Flask) -> None:
    one = task(JointActivityFactory(), responsible_name="Basın birimi")
    tasks.set_status(one, status=TaskStatus.DONE, actor=ACTOR)
    first = one.done_at
    tasks.set_status(one, status=TaskStatus.DONE, actor=ACTOR)
    assert (one.status, one.done_at) == (TaskStatus.DONE, first)
    tasks.set_status(one, status=TaskStatus.OPEN, actor=ACTOR)
    assert one.done_at is None


def test_a_counted_activity_that_is_over_is_completed(app: Flask) -> None:
    over = JointActivityFactory(starts_at=clock.now() - timedelta(days=2))
    coming = JointActivityFactory(starts_at=clock.now() + timedelta(days=2))
    for activity in (over, coming):
        operations.record_outcome(
            activity,
            outcome=Outcome(reached_women=40, reached_men=0),
            version=activity.version,
            actor=ACTOR,
        )
    assert (over.status, over.reached) == (ActivityStatus.DONE, 40)
    assert coming.status is ActivityStatus.PLANNED


def test_every_deed_is_written_down(app: Flask) -> None:
    activity = operations.create(window=DayWindowFactory(), facts=facts(), actor=ACTOR)
    organization = OrganizationFactory()
    operations.edit(activity, facts=facts(title="Yeni"), version=activity.version, actor=ACTOR)
    added = partners.add(
        activity,
        organization=organization,
        role=PartnerRole.VENUE,
        contribution="",
        actor=ACTOR,
    )
    partners.change(
        added,
        role=PartnerRole.SUPPORTER,
        contribution="Salon",
        version=added.version,
        actor=ACTOR,
    )
    partners.remove(added, actor=ACTOR)
    given = Assignment(title="İş", responsible_name="Basın")
    one = tasks.add(activity, assignment=given, actor=ACTOR)
    tasks.set_status(one, status=TaskStatus.DONE, actor=ACTOR)
    operations.move(activity, to=ActivityStatus.APPROVED, version=activity.version, actor=ACTOR)
    operations.record_outcome(
        activity, outcome=Outcome(reached_men=3), version=activity.version, actor=ACTOR
    )
    operations.cancel(activity, version=activity.version, actor=ACTOR)
    db.session.flush()
    lines = db.session.scalars(db.select(AuditLine.action).order_by(AuditLine.id)).all()
    assert [one for one in lines if one.startswith(("activity.", "task."))] == [
        "activity.created",
        "activity.edited",
        "activity.partner_added",
        "activity.partner_changed",
        "activity.partner_removed",
        "task.added",
        "task.done",
        "activity.moved",
        "activity.outcome_recorded",
        "activity.cancelled",
    ]


def test_a_title_is_found_by_its_letters(app: Flask) -> None:
    activity = JointActivityFactory(title="Çiğli’de IŞIK", place="İzmir")
    found = db.session.get_one(JointActivity, activity.id)
    assert found.search_key == "cigli’de isik izmir"
