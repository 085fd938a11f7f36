"""Addresses of pages on the floors below."""

from flask import url_for

from coordinator.days.models import DayWindow
from coordinator.meetings.models import Meeting
from coordinator.proposals.models import Call, ProposalStatus


def new_meeting(window: DayWindow) -> str:
    return url_for("meetings.new_meeting", pencere=window.public_id)


def meeting(one: Meeting) -> str:
    return url_for("meetings.meeting", public_id=one.public_id)


def invitees(one: Meeting, answer: str | None = None) -> str:
    return url_for("invitations.invitees", public_id=one.public_id, yanit=answer)


def new_call(window: DayWindow) -> str:
    return url_for("proposals.new_call", pencere=window.public_id)


def call(one: Call) -> str:
    return url_for("proposals.call", public_id=one.public_id)


def proposal(public_id: str) -> str:
    return url_for("proposals.show", public_id=public_id)


def proposals(one: Call, status: ProposalStatus) -> str:
    return url_for("proposals.index", cagri=one.public_id, durum=status.value)
