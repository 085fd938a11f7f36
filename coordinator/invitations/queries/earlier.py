"""Who was asked to earlier meetings, answered or came: last time's guests, to be asked again."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from coordinator.extensions import db
from coordinator.invitations.models import WANTING, Invitation, RsvpAnswer
from coordinator.meetings.models import CAME, Attendance, Meeting
from coordinator.registry.models import Organization, OrgStatus
from coordinator.states import Shown

OFFERED = 40
"""How many earlier meetings can be chosen from."""


class Guests(Shown):
    """Which of an earlier meeting's guests are meant."""

    INVITED = "davetli", _l("All who were invited")
    CAME = "gelen", _l("Those who came")
    WANTED = "gelecek", _l("Who said they would come")
    SILENT = "sessiz", _l("Who did not answer")


def earlier_meetings(meeting: Meeting) -> Sequence[Meeting]:
    """Return the meetings before this one that somebody was invited to, the latest first."""
    went_out = sa.exists().where(
        Invitation.meeting_id == Meeting.id, Invitation.invited_at.is_not(None)
    )
    return db.session.scalars(
        sa.select(Meeting)
        .where(Meeting.starts_at < meeting.starts_at, went_out)
        .order_by(Meeting.starts_at.desc(), Meeting.id)
        .limit(OFFERED)
    ).all()


def guests(meeting: Meeting, who: Guests) -> sa.Select[Any]:
    """Select the ids of the organisations that are meant; of merged ones, the record that stands.

    An organisation that came without being invited is among those who came.
    """
    if who is Guests.CAME:
        own = sa.select(Attendance.organization_id).where(
            Attendance.meeting_id == meeting.id, Attendance.status.in_(CAME)
        )
    else:
        own = sa.select(Invitation.organization_id).where(
            Invitation.meeting_id == meeting.id, Invitation.invited_at.is_not(None)
        )
        if who is Guests.WANTED:
            own = own.where(Invitation.answer.in_(WANTING))
        elif who is Guests.SILENT:
            own = own.where(Invitation.answer == RsvpAnswer.NONE)
    standing = sa.func.coalesce(Organization.merged_into_id, Organization.id)
    return sa.select(standing).where(Organization.id.in_(own))


def out_of_work(meeting: Meeting, who: Guests) -> int:
    """Return how many of them are passive or closed now, so that they are not asked again."""
    asked = sa.select(sa.func.count()).where(
        Organization.id.in_(guests(meeting, who)), Organization.status != OrgStatus.ACTIVE
    )
    return db.session.scalar(asked) or 0
