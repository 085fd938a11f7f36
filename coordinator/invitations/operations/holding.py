"""Who writes about a meeting holds its row until the commit, and reads it anew.

So a cancellation or a move sees every letter that was written before it, and whoever comes after
it sees that the meeting is off. Everybody holds the meeting first, then its invitations; whoever
merges records holds all their meetings before the records. Nobody waits in a circle.
"""

from typing import Any

import sqlalchemy as sa

from coordinator.errors import SavedMeanwhile
from coordinator.extensions import db
from coordinator.invitations.models import Invitation
from coordinator.meetings.models import Meeting


def lock(meeting: Meeting) -> None:
    """Hold the meeting alone: whoever makes its list, or writes to people by themselves."""
    _hold(meeting, {})


def hold(meeting: Meeting) -> None:
    """Hold the meeting for an answer: alone where places are counted, else beside other answers.

    Whoever holds it beside others must not change its row, nor hold it alone: two who both want
    to would wait for each other. Raises SavedMeanwhile when places are counted only since now.
    """
    limited = meeting.capacity is not None
    _hold(meeting, {"key_share": True} if limited else {"read": True})
    if meeting.capacity is not None and not limited:
        raise SavedMeanwhile


def hold_all(*organization_ids: int) -> None:
    """Hold every meeting to which these are asked, alone and in one order for all.

    Whoever changes invitations of several meetings has to do so before anything is written.
    """
    db.session.flush()
    asked = sa.select(Invitation.meeting_id).where(Invitation.organization_id.in_(organization_ids))
    db.session.scalars(
        sa.select(Meeting)
        .where(Meeting.id.in_(asked))
        .order_by(Meeting.id)
        .with_for_update(of=Meeting, key_share=True)
        .execution_options(populate_existing=True)
    ).all()


def _hold(meeting: Meeting, how: dict[str, Any]) -> None:
    db.session.flush()
    db.session.scalars(
        sa.select(Meeting)
        .where(Meeting.id == meeting.id)
        .with_for_update(of=Meeting, **how)
        .execution_options(populate_existing=True)
    ).one()
