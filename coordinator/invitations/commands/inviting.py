"""`meetings invite`: who is asked, in what way."""

import click
from flask.cli import with_appcontext

from coordinator.actors import COMMAND
from coordinator.command_line import as_json, tell
from coordinator.extensions import db
from coordinator.invitations import operations
from coordinator.invitations.commands.paths import Asked, paths
from coordinator.invitations.models import ListKind
from coordinator.invitations.operations import Choice
from coordinator.invitations.queries.earlier import Guests
from coordinator.meetings.commands import meeting_named
from coordinator.registry.models import Channel, OrgType

GUESTS = {
    "invited": Guests.INVITED,
    "came": Guests.CAME,
    "said_yes": Guests.WANTED,
    "silent": Guests.SILENT,
}
KINDS = [one.value for one in OrgType]
WAYS = (
    Channel.EMAIL,
    Channel.EBYS,
    Channel.POST,
    Channel.BY_HAND,
    Channel.PHONE,
    Channel.WHATSAPP,
)


@click.command("invite")
@click.argument("meeting")
@click.option("--all", "everybody", is_flag=True, help="Every active organisation.")
@click.option(
    "--organisation", "organisations", multiple=True, metavar="CODE|NAME",
    help="This one: the last part of its page's address, its register number or its name."
    " Repeatable.",
)  # fmt: skip
@click.option(
    "--list", "lists", multiple=True, metavar="NAME",
    help="Who is on a saved list, in a district or in a field of work of that name. Repeatable.",
)  # fmt: skip
@click.option(
    "--guests", multiple=True, metavar="MEETING", help="Who was asked to that meeting. Repeatable."
)
@click.option(
    "--who", type=click.Choice(list(GUESTS)), default="invited", show_default=True,
    help="Which of --guests.",
)  # fmt: skip
@click.option("--district", "districts", multiple=True, help="Only in this district. Repeatable.")
@click.option("--area", "areas", multiple=True, help="Only in this field of work. Repeatable.")
@click.option("--target", "targets", multiple=True, help="Only for this target group. Repeatable.")
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice(KINDS), metavar="KIND",
    help=f"Only of this kind: {', '.join(KINDS)}. Repeatable.",
)  # fmt: skip
@click.option(
    "--way", type=click.Choice([one.value for one in WAYS]),
    default=Channel.EMAIL.value, show_default=True,
    help="How those are asked who are not on the meeting's list yet: with email, who has no"
    " address is to be called; ebys is the official letter (EBYS or KEP); whatsapp is a text for"
    " somebody to send.",
)  # fmt: skip
@click.option(
    "--heading", type=click.Choice([one.value for one in ListKind]), default=ListKind.ACTION.value,
    show_default=True, help="Where they stand in the distribution.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Only say what would come of it; nothing is stored.")
@as_json
@with_appcontext
def invite(
    meeting: str, way: str, heading: str, who: str, dry_run: bool, as_json: bool, **asked: object
) -> None:  # fmt: skip
    """Invite organisations and queue their letters.

    An organisation is asked to a meeting once, whatever choices find it. MEETING is the address of
    its page, or the last part of it. --organisation, --list, --guests and --all add to each other;
    --district, --area, --target and --kind narrow what --list, --guests and --all find, and choose
    among all active organisations where none of these is said.
    """
    found = meeting_named(meeting)
    wanted = paths(Asked(who=GUESTS[who], **asked))  # type: ignore[arg-type]
    channel = None if way == Channel.EMAIL else Channel(way)
    for path in wanted:
        choice = Choice(path.source, ListKind(heading), channel)
        operations.choose(
            meeting=found, organizations=path.organizations, choice=choice, actor=COMMAND
        )
    everyone = [one for path in wanted for one in path.organizations]
    sent = operations.invite(meeting=found, organizations=everyone, actor=COMMAND)
    if dry_run:
        db.session.rollback()
    else:
        db.session.commit()
    tell({**vars(sent), **({"dry_run": True} if dry_run else {})}, as_json)
