"""What a meeting's summary says of its invitations: who answered, who comes, what comes next."""

from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l

from coordinator.invitations import queries
from coordinator.invitations.tally import bar_of, sentence_of
from coordinator.meetings import parts
from coordinator.meetings.models import Meeting


def init_app(app: Flask) -> None:
    parts.add(app, parts.Part(10, _l("Answers"), "invitations/_in_short.html", in_short))


def in_short(meeting: Meeting) -> dict[str, Any] | None:
    """Return the totals in words; None as long as nobody is invited."""
    totals = queries.meeting_totals([meeting.id])[meeting.id]
    if not totals.invited:
        return None
    seated = queries.taken_seats(meeting) if meeting.capacity else 0
    return {
        "sentence": sentence_of(meeting, totals, seated),
        "bar": bar_of(totals),
        "silent": totals.none if meeting.is_on else 0,
    }
