"""An organisation's answer, entered by command."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import click

from coordinator.actors import COMMAND
from coordinator.command_line import as_json, clean, tell
from coordinator.extensions import db
from coordinator.invitations import operations, queries
from coordinator.invitations.commands.standing import invitations
from coordinator.invitations.models import (
    COMING,
    COUNTED_NEEDS,
    AccessNeed,
    AnsweredVia,
    AttendMode,
    Invitation,
    RsvpAnswer,
)
from coordinator.invitations.operations import Reply, Source
from coordinator.invitations.operations.replies import MOST_OF_A_SERVICE
from coordinator.invitations.summary import OURS
from coordinator.meetings.commands import meeting_named
from coordinator.meetings.models import Meeting, Mode
from coordinator.registry.commands import organization_named
from coordinator.registry.queries import organizations_named

LONGEST_NAME, LONGEST_NOTE = 120, 2000


class Service(click.ParamType[tuple[AccessNeed, int | None]]):
    """A service and for how many people: childcare=3."""

    name = "service"

    def convert(
        self, value: str, param: click.Parameter | None, context: click.Context | None
    ) -> tuple[AccessNeed, int | None]:
        code, equals, number = value.partition("=")
        if code not in list(AccessNeed):
            self.fail(f"{code!r} is none of {', '.join(AccessNeed)}", param, context)
        need = AccessNeed(code)
        if not equals:
            return need, None
        if need not in COUNTED_NEEDS:
            self.fail(f"{code} is not counted; leave ={number} out", param, context)
        if not (number.isascii() and number.isdigit() and 1 <= int(number) <= MOST_OF_A_SERVICE):
            self.fail(f"write {code}=1 to {code}={MOST_OF_A_SERVICE}", param, context)
        return need, int(number)


@dataclass(frozen=True)
class Said:
    """What was said of those who come; None and empty: nothing."""

    people: int | None
    names: Sequence[str]
    mode: str | None
    services: Sequence[tuple[AccessNeed, int | None]]
    names_later: bool
    note: str | None

    @property
    def is_of_those_who_come(self) -> bool:
        said = (self.people, self.names, self.mode, self.services, self.names_later)
        return any(said)


@invitations.command("answer")
@click.argument("meeting")
@click.argument("organisation")
@click.option(
    "--answer", "word", type=click.Choice([one.value for one in OURS]), required=True,
    help="What they said.",
)  # fmt: skip
@click.option(
    "--people", type=click.IntRange(1, 50), help="How many come; what stands stays, or 1."
)
@click.option("--name", "names", multiple=True, help="Who comes; what stands stays. Repeatable.")
@click.option("--names-later", is_flag=True, help="They give the names later.")
@click.option(
    "--mode", type=click.Choice([one.value for one in AttendMode]),
    help="In the room or online, where the meeting leaves the choice.",
)  # fmt: skip
@click.option(
    "--need", "services", type=Service(), metavar="CODE[=NUMBER]", multiple=True,
    help="A service that they need, like childcare=2; what stands stays. Repeatable.",
)  # fmt: skip
@click.option("--note", help="Their note; what stands stays.")
@as_json
def answer(meeting: str, organisation: str, word: str, as_json: bool, **said: object) -> None:
    """Enter what an organisation answered.

    MEETING is the address of its page, or the last part of it; ORGANISATION the last part of its
    page's address, its register number or its name. What is not said here stays as it was. It is
    like an answer on the phone: taken after the last day too, but not of a meeting that is off.
    Where no seat is free, they are put on the waiting list: the answer then is "waiting", with a
    number in the queue.
    """
    invitation = _invitation(meeting_named(meeting), organisation)
    new = operations.answer_invitation(
        invitation=invitation,
        reply=_reply(invitation, RsvpAnswer(word), Said(**said)),  # type: ignore[arg-type]
        source=Source(AnsweredVia.COMMAND),
        opened_version=invitation.version,
        actor=COMMAND,
    )
    db.session.commit()
    told = {
        "organisation": invitation.name,
        "answer": invitation.answer.value,
        "waiting_no": invitation.waiting_no,
        "people": invitation.people,
        "changed": new,
    }
    tell(told, as_json, [_line(invitation, new)])


def _line(invitation: Invitation, new: bool) -> str:
    parts = [invitation.answer.value]
    if invitation.people:
        parts.append(f"{invitation.people} people")
    if invitation.waiting_no is not None:
        parts.append(f"number {invitation.waiting_no} in the queue")
    told = f"{invitation.name}: {', '.join(parts)}"
    return told if new else f"{told}; nothing has changed"


def _reply(invitation: Invitation, answer: RsvpAnswer, said: Said) -> Reply:
    note = None if said.note is None else clean(said.note, "--note", most=LONGEST_NOTE, lines=True)
    standing = Reply.standing(invitation, answer, note)
    if answer not in COMING:
        if said.is_of_those_who_come:
            coming = " or ".join(COMING)
            raise click.UsageError(f"who comes, and how, goes with --answer {coming} only")
        return standing
    if said.mode and invitation.meeting.mode is not Mode.HYBRID:
        raise click.ClickException(
            f"--mode: this meeting leaves no choice, it is {invitation.meeting.mode.value}"
        )
    return replace(
        standing,
        people=said.people or standing.people,
        names=_names(said, standing.names),
        names_later=said.names_later or standing.names_later,
        mode=AttendMode(said.mode) if said.mode else standing.mode,
        needs=[need.value for need, _number in said.services] or standing.needs,
        need_numbers={need.value: number for need, number in said.services if number}
        if said.services
        else standing.need_numbers,
    )


def _names(said: Said, known: list[str]) -> list[str]:
    names = [name for text in said.names if (name := clean(text, "--name", most=LONGEST_NAME))]
    stand = names or known
    if said.people is not None and said.people < len(stand):
        raise click.ClickException(
            f"{len(stand)} people are named: {', '.join(stand)}. Say with --name who comes, and"
            " with --people no fewer."
        )
    return stand


def _invitation(meeting: Meeting, text: str) -> Invitation:
    """Return the invitation of the one organisation that a text names, of those invited first."""
    named = {one.id for one in organizations_named(text)}
    found = [one for one in queries.of_meeting(meeting.id) if one.organization_id in named]
    if len(found) == 1:
        return found[0]
    organization = organization_named(text)
    raise click.ClickException(f"{organization.name} is not invited to this meeting")
