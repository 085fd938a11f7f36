"""Suspects and merging from the command line, added to the registry's commands."""

from typing import Any

import click

from coordinator.actors import COMMAND
from coordinator.command_line import as_json, tell
from coordinator.database import reading
from coordinator.duplicates import operations, queries
from coordinator.duplicates.facts import Choices
from coordinator.duplicates.models import Merge
from coordinator.duplicates.queries import Suspect
from coordinator.extensions import db
from coordinator.registry import queries as registry
from coordinator.registry.commands import group, organization_named

WHICH = "by the address of its page, its register number or its name"


@group.command("suspects")
@click.option("--most", type=click.IntRange(1), help="Only so many pairs.")
@as_json
def suspects(most: int | None, as_json: bool) -> None:
    """Show records that are probably one organisation.

    They are told in pairs, the most certain first.
    """
    with reading():
        found = queries.suspects()[:most]
    ids = {number for one in found for number in (one.first, one.second)}
    names = queries.called(ids)
    pairs = [_described(one, names) for one in found]
    db.session.rollback()
    lines = [
        f"{one['likeness']}: {one['first']['name']} | {one['second']['name']}"
        f" ({', '.join(one['reasons'])})"
        for one in pairs
    ]
    tell({"suspects": pairs}, as_json, lines)


@group.command(
    "merge",
    help=f"""Merge OTHER into KEEP. Name each {WHICH}.

The values of KEEP stay; what it does not know is filled from OTHER. Contacts, invitations,
proposals and all that belongs to OTHER go to KEEP. Undo it with: registry unmerge OTHER.""",
)
@click.argument("keep")
@click.argument("other")
@as_json
def merge(keep: str, other: str, as_json: bool) -> None:
    kept, merged = organization_named(keep), organization_named(other)
    made = operations.merge(kept=kept, other=merged, choices=Choices(), actor=COMMAND)
    db.session.commit()
    _answer(made, as_json, f"{made.other.name} is merged into {made.kept.name}")


@group.command(
    "unmerge",
    help=f"""Take the merge of an ORGANISATION back. Name it {WHICH}.

By the address of a merged record's page, that record becomes one of its own again; by anything
else, the last merge into the organisation is taken back.""",
)
@click.argument("organisation")
@as_json
def unmerge(organisation: str, as_json: bool) -> None:
    made = _merge_of(organisation)
    operations.unmerge(merge=made, actor=COMMAND)
    db.session.commit()
    _answer(made, as_json, f"{made.kept.name} and {made.other.name} are two records again")


def _merge_of(text: str) -> Merge:
    merged = registry.organization(text)
    made = queries.merge_away(merged.id) if merged is not None else None
    if made is None:
        merges = queries.merges_into(organization_named(text).id)
        made = merges[0] if merges else None
    if made is None:
        raise click.ClickException(f"nothing was merged into {text!r}")
    return made


def _described(one: Suspect, names: dict[int, tuple[str, str]]) -> dict[str, Any]:
    first, second = names[one.first], names[one.second]
    return {
        "first": {"id": first[0], "name": first[1]},
        "second": {"id": second[0], "name": second[1]},
        "likeness": one.likeness,
        "reasons": [reason.value for reason in one.reasons],
    }


def _answer(made: Merge, as_json: bool, told: str) -> None:
    kept, other = made.kept, made.other
    values = {
        "kept": {"id": kept.public_id, "name": kept.name},
        "other": {"id": other.public_id, "name": other.name},
    }
    tell(values, as_json, [told])
