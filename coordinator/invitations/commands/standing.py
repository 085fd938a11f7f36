"""How an invitation stands: who answered what, what became of each letter; and reminders."""

from typing import Any

import click

from coordinator.actors import COMMAND
from coordinator.command_line import Commands, as_json, tell
from coordinator.extensions import db
from coordinator.invitations import operations, queries
from coordinator.invitations.models import WANTING
from coordinator.invitations.queries.lines import Line, lines, totals_of
from coordinator.meetings.commands import meeting_named
from coordinator.meetings.models import Meeting

invitations = Commands("invitations", help="Answers to invitations: state, reminders, by hand.")
TOTALS = ("invited", "yes", "deputy", "waiting", "maybe", "no", "none", "people", "people_waiting")


@invitations.command("status")
@click.argument("meeting")
@as_json
def status(meeting: str, as_json: bool) -> None:
    """Show who answered what, and each letter.

    Every invitee of MEETING is told: the answer, and what became of each letter. MEETING is the
    address of its page, or the last part of it.
    """
    record = meeting_named(meeting)
    found = [line for line in lines(record.id) if line.invited]
    totals = totals_of(found)
    numbers = {name: getattr(totals, name) for name in TOTALS}
    letters = _letters(record)
    told = [_told(one, letters) for one in found]
    shown = [", ".join(f"{name} {number}" for name, number in numbers.items())]
    shown += [_line(one, row) for one, row in zip(found, told, strict=True)]
    tell({"totals": numbers, "organisations": told}, as_json, shown)


@invitations.command("remind")
@click.argument("meeting", required=False)
@click.option("--anyway", is_flag=True, help="Also to those who had a letter within a day.")
@as_json
def remind(meeting: str | None, anyway: bool, as_json: bool) -> None:
    """Write to those who have not answered.

    Whoever had a letter from us within a day waits, and nobody gets two of these on one day;
    `waiting` is the number of organisations left out. Without MEETING, those of every meeting that
    can still be answered are written to.
    """
    wanted = queries.awaiting_answers() if meeting is None else [meeting_named(meeting)]
    sent = []
    for one in wanted:
        sent.append(operations.remind(meeting=one, actor=COMMAND, anyway=anyway))
        db.session.commit()
    told = {
        "reminded": sum(one.organizations for one in sent),
        "letters": sum(one.letters for one in sent),
        "waiting": sum(one.paused for one in sent),
    }
    tell(told, as_json)


def _letters(meeting: Meeting) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for one in queries.letters_of(meeting.id):
        found.setdefault(one.invitation_id, []).append(
            {
                "kind": one.kind.value,
                "to": one.letter.to_address,
                "state": one.letter.state.value,
                "message_id": one.letter.message_id,
                "attempts": one.letter.attempts,
                "reason": one.letter.reason,
            }
        )
    return found


def _told(line: Line, letters: dict[int, list[dict[str, Any]]]) -> dict[str, Any]:
    return {
        "name": line.organization,
        "state": line.delivery.value,
        "answer": line.answer.value,
        "waiting_no": line.waiting_no,
        "people": line.people,
        "via": line.via.value if line.via else None,
        "letters": letters.get(line.id, []),
    }


def _line(line: Line, row: dict[str, Any]) -> str:
    """Return an invitee as people read it: what came of the letter, the answer, the reason."""
    parts = [line.delivery.value, line.answer.value]
    if line.answer in WANTING:
        parts.append(f"{line.people} people")
    if line.waiting_no is not None:
        parts.append(f"number {line.waiting_no} in the queue")
    reasons = {letter["reason"]: None for letter in row["letters"] if letter["reason"]}
    return "; ".join([f"{line.organization}: {', '.join(parts)}", *reasons])
