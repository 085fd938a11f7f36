"""Reads of calls and of who may write to them."""

import re
from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from coordinator import clock
from coordinator.days.models import DayWindow
from coordinator.extensions import db
from coordinator.invitations.models import Invitation
from coordinator.links import PersonalLink
from coordinator.meetings.models import Meeting, MeetingStatus
from coordinator.outbox.models import OutboxLetter
from coordinator.proposals.models import (
    Call,
    CallAccess,
)
from coordinator.records import ALPHABET
from coordinator.registry.models import Organization
from coordinator.registry.queries import heir, stands

_ADDRESS = re.compile(f"[{ALPHABET}]{{12}}")


def is_address(text: str) -> bool:
    """Could this be the public id of a record?"""
    return _ADDRESS.fullmatch(text) is not None


def get_call(public_id: str) -> Call | None:
    if not is_address(public_id):
        return None
    return db.session.scalar(
        sa.select(Call).where(Call.public_id == public_id).options(joinedload(Call.window))
    )


def calls() -> Sequence[Call]:
    """Return all calls, those of the latest day first."""
    return db.session.scalars(
        sa.select(Call)
        .join(Call.window)
        .options(contains_eager(Call.window))
        .order_by(DayWindow.starts_on.desc(), Call.closes_on.desc(), Call.id.desc())
    ).all()


def call_of(window: DayWindow) -> Call | None:
    """Return the window's call: the open one that closes first, else the latest."""
    own = db.session.scalars(
        sa.select(Call).where(Call.window_id == window.id).order_by(Call.closes_on, Call.id)
    ).all()
    return next((call for call in own if call.is_open), own[-1] if own else None)


def invited_ids(window: DayWindow) -> set[int]:
    """Return the ids of the organisations invited to a meeting of the window."""
    return set(
        db.session.scalars(
            sa.select(Invitation.organization_id)
            .join(Invitation.meeting)
            .where(
                Meeting.window_id == window.id,
                Meeting.status != MeetingStatus.CANCELLED,
                stands(Invitation.organization_id),
            )
            .distinct()
        )
    )


def accesses(call: Call) -> Sequence[CallAccess]:
    """Return who may write to the call, by the names of their organisations."""
    return db.session.scalars(
        sa.select(CallAccess)
        .where(CallAccess.call_id == call.id, Organization.merged_into_id.is_(None))
        .join(CallAccess.organization)
        .options(
            contains_eager(CallAccess.organization),
            joinedload(CallAccess.contact),
            joinedload(CallAccess.letter).load_only(OutboxLetter.state, OutboxLetter.reason),
        )
        .order_by(Organization.sort_key, CallAccess.id)
    ).all()


def access_of_link(link: PersonalLink) -> CallAccess | None:
    """Return what a personal link of a call opens.

    The link of a record that was merged leads to the same place of the one that stands for it.
    """
    access = _access(CallAccess.id == link.subject_id)
    if access is None or access.organization.merged_into_id is None:
        return access
    same_place = (
        CallAccess.call_id == access.call_id,
        CallAccess.organization_id == heir(access.organization).id,
        CallAccess.contact_id.is_not_distinct_from(access.contact_id),
    )
    return _access(*same_place) or access


def _access(*conditions: sa.ColumnElement[bool]) -> CallAccess | None:
    return db.session.scalar(
        sa.select(CallAccess)
        .where(*conditions)
        .options(
            joinedload(CallAccess.call).joinedload(Call.window),
            joinedload(CallAccess.organization),
            joinedload(CallAccess.contact),
        )
    )


def is_asked(call: Call, organization_ids: Collection[int]) -> bool:
    """May one of the organisations write to the call?"""
    return bool(
        db.session.scalar(
            sa.select(
                sa.exists().where(
                    CallAccess.call_id == call.id, CallAccess.organization_id.in_(organization_ids)
                )
            )
        )
    )


def open_calls(organization_ids: Collection[int]) -> Sequence[Call]:
    """Return the calls to which the organisations may write now, soonest end first."""
    today = clock.today()
    asked = sa.select(CallAccess.call_id).where(CallAccess.organization_id.in_(organization_ids))
    return db.session.scalars(
        sa.select(Call)
        .where(Call.id.in_(asked), Call.opens_on <= today, Call.closes_on >= today)
        .options(joinedload(Call.window))
        .order_by(Call.closes_on, Call.id)
    ).all()
