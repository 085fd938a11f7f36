"""The registry from the command line: import, export, list."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from coordinator.actors import COMMAND
from coordinator.command_line import Commands, as_json, in_turkish, tell
from coordinator.database import reading
from coordinator.extensions import db
from coordinator.i18n import phone as shown_phone
from coordinator.registry import exports, listing, named
from coordinator.registry.importing import batches, saving, work
from coordinator.registry.importing.batches import NoSuchSheet
from coordinator.registry.importing.planning.plan import Plan
from coordinator.registry.importing.reading import columns
from coordinator.registry.importing.reading.columns import Column
from coordinator.registry.importing.storing.writing import PictureChanged
from coordinator.registry.models import Contact, ImportBatch, Organization

group = Commands("registry", help="Organisations and their contacts.")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FIELDS = ", ".join(column.value for column in Column)


@group.command("import")
@click.argument("file", type=FILE)
@click.option("--sheet", help="The sheet to read, where the workbook has several.")
@click.option(
    "--map",
    "wanted",
    multiple=True,
    metavar="HEADING=FIELD",
    help=f"What the column under a heading holds; leave FIELD empty to leave it out. {FIELDS}.",
)
@click.option("--apply", "apply", is_flag=True, help="Save. Without it only say what would happen.")
@as_json
def import_list(
    file: Path, sheet: str | None, wanted: tuple[str, ...], apply: bool, as_json: bool
) -> None:
    """Read a list of organisations.

    FILE is XLSX, XLS, ODS or CSV, and is read as on the pages. Where a row could be read in two
    ways, the safe one is taken. Without --apply nothing is saved.
    """
    with reading(), in_turkish():
        batch = _read(file, sheet, wanted)
        plan = batches.planned(batch, told=_teller(batch))
    if apply:
        with in_turkish():
            plan = _apply(batch, plan)
    _answer(plan, batch.public_id if apply else None, as_json)


def _read(file: Path, sheet: str | None, wanted: tuple[str, ...]) -> ImportBatch:
    batch = batches.read_list(filename=file.name, content=file.read_bytes(), actor=COMMAND)
    if sheet is not None:
        if sheet not in [one.name for one in batches.sheets_of(batch)]:
            raise NoSuchSheet
        batches.choose_sheet(batch=batch, version=batch.version, sheet=sheet, heading_row=None)
    mapping = {int(index): code for index, code in batch.mapping.items()}
    for heading, code in (_mapped(text) for text in wanted):
        mapping[_index_of(batch, heading)] = code
    batches.choose_columns(batch=batch, version=batch.version, wanted=mapping)
    return batch


def _apply(batch: ImportBatch, plan: Plan) -> Plan:
    """Save all in one transaction; look again if somebody stored something meanwhile."""
    for _time in range(work.MOST_LOOKS):
        try:
            batches.keep(batch, COMMAND)
            saving.apply(batch=batch, plan=plan, actor=COMMAND)
            db.session.commit()
        except PictureChanged:
            db.session.rollback()
            with reading():
                plan = batches.planned(batch, told=_teller(batch))
        else:
            return plan
    raise PictureChanged


def _teller(batch: ImportBatch) -> Callable[[int], None]:
    """Return what tells the progress to somebody who sits at a terminal."""
    if not sys.stderr.isatty():
        return lambda _done: None

    def tell(done: int) -> None:
        click.echo(f"\r{done} / {batch.total_rows}", nl=done >= batch.total_rows, err=True)

    return tell


def _mapped(text: str) -> tuple[str, str]:
    heading, equals, code = text.rpartition("=")
    if not equals or (code and code not in list(Column)):
        raise click.BadParameter(f"{text!r}: write HEADING=FIELD. {FIELDS}.", param_hint="--map")
    return heading, code


def _index_of(batch: ImportBatch, heading: str) -> int:
    wanted = columns.folded_heading(heading)
    for index, found in enumerate(batch.headings):
        if columns.folded_heading(found) == wanted:
            return index
    known = ", ".join(one for one in batch.headings if one)
    raise click.BadParameter(f"no column is headed {heading!r}. {known}", param_hint="--map")


def _answer(plan: Plan, applied: str | None, as_json: bool) -> None:
    problems = [problem.as_json() for problem in plan.problems]
    told = {**plan.counts, **({"import": applied} if applied else {}), "problems": problems}
    for problem in problems if not as_json else ():
        click.echo(f"{problem['row']}: {problem['column']}: {problem['message']}", err=True)
    counts = ", ".join(f"{count} {name}" for name, count in plan.counts.items())
    ending = f"; import {applied}" if applied else "; nothing saved, add --apply to save"
    tell(told, as_json, [f"{counts}{ending}"])


@group.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--search", "text", default="", help="Only what is found as it is written.")
@click.option("--list", "name", help="Only those on the saved search or group of that name.")
@as_json
def export_list(file: Path, text: str, name: str | None, as_json: bool) -> None:
    """Write the organisations to a file.

    FILE ends in .xlsx or .csv; contacts are in it as well.
    """
    kind = file.suffix.lower().removeprefix(".")
    if kind not in exports.FORMATS:
        raise click.BadParameter("the name must end in .xlsx or .csv", param_hint="FILE")
    try:
        filters = replace(_filters_named(name), ara=text)
        with in_turkish():
            content = exports.as_file(kind, listing.found(filters, forgiving=False))
        file.write_bytes(content)
    except OSError as error:
        raise click.ClickException(str(error)) from error
    finally:
        db.session.rollback()
    tell({"file": str(file)}, as_json, [str(file)])


def _filters_named(name: str | None) -> listing.Filters:
    if name is None:
        return listing.Filters()
    found = named.filters(name)
    if found is None:
        known = ", ".join(named.names()) or "none"
        raise click.ClickException(f"no list is called {name!r}. Lists: {known}")
    return found


@group.command("list")
@click.option("--search", "text", default="", help="Only what the page's search finds.")
@as_json
def list_organizations(text: str, as_json: bool) -> None:
    """Show the organisations in Turkish order."""
    asked = listing.found(listing.Filters.read({"ara": text}))
    found = [described(one) for one in exports.loaded(asked)]
    db.session.rollback()
    shown = ("name", "district", "phone")
    lines = [" · ".join(one[name] for name in shown if one[name]) for one in found]
    tell({"organisations": found}, as_json, lines)


def described(one: Organization) -> dict[str, Any]:
    """Return an organisation as scripts read it."""
    return {
        "id": one.public_id,
        "name": one.name,
        "short_name": one.short_name,
        "district": one.district.name if one.district else "",
        "kind": one.org_type.value,
        "status": one.status.value,
        "ngo": one.is_ngo,
        "registry_no": one.registry_no or "",
        "tax_no": one.tax_no,
        "public_benefit": one.public_benefit,
        "tax_exempt": one.tax_exempt,
        "founded_year": one.founded_year,
        "branch_of": one.parent.name if one.parent else "",
        "member_of": [umbrella.name for umbrella in one.umbrellas],
        "former_names": [former.name for former in one.former_names],
        "email": one.email,
        "unreadable_email": one.unreadable_email,
        "kep": one.kep,
        "phone": shown_phone(one.phone),
        "website": one.website,
        "contacts": [_person(contact) for contact in one.active_contacts],
        "work_areas": one.work_area_codes,
        "target_groups": one.target_group_codes,
        "protocol_order": one.protocol_order,
        "verified_at": one.verified_at.isoformat() if one.verified_at else "",
        "notes": one.notes,
    }


def _person(contact: Contact) -> dict[str, Any]:
    return {
        "name": contact.full_name,
        "position": contact.position,
        "relation": contact.relation_kind.value,
        "primary": contact.is_primary,
        "deputy": contact.is_deputy,
        "email": contact.email,
        "phone": shown_phone(contact.phone),
        "channel": contact.preferred_channel.value,
        "language": contact.preferred_language,
        "from": contact.active_from.isoformat() if contact.active_from else "",
        "until": contact.active_until.isoformat() if contact.active_until else "",
    }
