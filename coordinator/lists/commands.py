"""`registry lists` and `registry list-save`: the lists from the command line."""

from collections.abc import Mapping

import click

from coordinator.actors import COMMAND
from coordinator.command_line import as_json, tell
from coordinator.extensions import db
from coordinator.lists import operations, queries, words
from coordinator.lists.models import OrganizationList
from coordinator.lists.queries import Held
from coordinator.registry.commands import group
from coordinator.registry.listing import Filters
from coordinator.registry.listing.words import choices


@group.command("lists")
@as_json
def show_lists(as_json: bool) -> None:
    """Show the saved searches and groups, with what they hold now."""
    lists = queries.all_lists()
    held = queries.held(lists)
    told = [described(one, held[one.id]) for one in lists]
    db.session.rollback()
    lines = [
        f"{one['name']}: {one['organisations']} organisations, {one['addresses']} addresses"
        for one in told
    ]
    tell({"lists": told}, as_json, lines)


@group.command("list-save")
@click.argument("name")
@click.option("--search", "ara", default="", help="What the page's search is given.")
@click.option("--district", "ilce", multiple=True, help="The page's code of a district.")
@click.option("--kind", "tur", multiple=True, help="The code of a kind.")
@click.option("--area", "alan", multiple=True, help="The code of a field of work.")
@click.option("--target", "hedef", multiple=True, help="The code of a target group.")
@click.option("--status", "durum", default="", help="The code of a status.")
@click.option("--description", default="", help="What the list is for.")
def save_list(name: str, description: str, **asked: str | tuple[str, ...]) -> None:
    """Save a search under NAME.

    An option may be given several times; an organisation needs one of its values.
    """
    _refuse_unknown(asked)
    one = operations.save_search(
        name=name, description=description, filters=Filters.read(asked), actor=COMMAND
    )
    db.session.commit()
    click.echo(f"{one.name}: {', '.join(words.searched(one) or [])}")


def _refuse_unknown(asked: Mapping[str, str | tuple[str, ...]]) -> None:
    """A code that nothing has would make a list that never finds anybody."""
    for name, offered in choices().items():
        codes = [code for code, _words in offered]
        given = asked.get(name) or ()
        for code in (given,) if isinstance(given, str) else given:
            if code not in codes:
                raise click.BadParameter(f"{code!r} is none of {', '.join(codes)}")


def described(one: OrganizationList, held: Held) -> dict[str, object]:
    """Return a list as scripts read it."""
    return {
        "name": one.name,
        "kind": one.kind.value,
        "description": one.description,
        "organisations": held.organizations,
        "addresses": held.addresses,
        "filters": one.filters,
    }
