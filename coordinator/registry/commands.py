"""The registry from the command line: import, export, list."""

import json
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from coordinator.actors import COMMAND
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.i18n import phone as shown_phone
from coordinator.registry import exports, listing
from coordinator.registry.importing import batches, columns
from coordinator.registry.importing.batches import NoSuchSheet
from coordinator.registry.importing.columns import Column
from coordinator.registry.importing.plan import Plan
from coordinator.registry.models import Contact, ImportBatch, Organization

group = AppGroup("registry", help="Organisations and their contacts.")
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
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON object.")
def import_list(
    file: Path, sheet: str | None, wanted: tuple[str, ...], apply: bool, as_json: bool
) -> None:
    """Read a list of organisations (XLSX, XLS, ODS, CSV), as the pages do.

    Where a row could be read in two ways, the safe one is taken. Without --apply nothing is saved.
    """
    try:
        batch = _read(file, sheet, wanted, apply)
        plan = batches.planned(batch)
        if apply:
            picture = plan.fingerprint
            batches.save(batch=batch, shown=plan, picture=picture, decisions={}, actor=COMMAND)
            db.session.commit()
    except RuleBroken as error:
        db.session.rollback()
        raise click.ClickException(str(error)) from error
    _answer(plan, apply, as_json)


def _read(file: Path, sheet: str | None, wanted: tuple[str, ...], apply: bool) -> ImportBatch:
    read = batches.start if apply else batches.read_list
    batch = read(filename=file.name, content=file.read_bytes(), actor=COMMAND)
    if sheet is not None:
        if sheet not in [one.name for one in batches.sheets_of(batch)]:
            raise NoSuchSheet
        batches.choose_sheet(batch=batch, version=batch.version, sheet=sheet, heading_row=None)
    mapping = {int(index): code for index, code in batch.mapping.items()}
    for heading, code in (_mapped(text) for text in wanted):
        mapping[_index_of(batch, heading)] = code
    batches.choose_columns(batch=batch, version=batch.version, wanted=mapping)
    return batch


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


def _answer(plan: Plan, applied: bool, as_json: bool) -> None:
    problems = [problem.as_json() for problem in plan.problems]
    if as_json:
        click.echo(json.dumps({**plan.counts, "problems": problems}, ensure_ascii=False))
        return
    for problem in problems:
        click.echo(f"{problem['row']}: {problem['column']}: {problem['message']}", err=True)
    told = ", ".join(f"{count} {name}" for name, count in plan.counts.items())
    click.echo(told if applied else f"{told}; nothing saved, add --apply to save")


@group.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--search", "text", default="", help="Only what the page's search finds.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON object.")
def export_list(file: Path, text: str, as_json: bool) -> None:
    """Write the organisations and their contacts to FILE, .xlsx or .csv."""
    kind = file.suffix.lower().removeprefix(".")
    if kind not in exports.FORMATS:
        raise click.BadParameter("the name must end in .xlsx or .csv", param_hint="FILE")
    try:
        content = exports.as_file(kind, listing.found(listing.Filters(ara=text)))
        file.write_bytes(content)
    except (RuleBroken, OSError) as error:
        raise click.ClickException(str(error)) from error
    finally:
        db.session.rollback()
    click.echo(json.dumps({"file": str(file)}, ensure_ascii=False) if as_json else str(file))


@group.command("list")
@click.option("--search", "text", default="", help="Only what the page's search finds.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON object.")
def list_organizations(text: str, as_json: bool) -> None:
    """Show the organisations in Turkish order."""
    asked = listing.found(listing.Filters.read({"ara": text}))
    found = [described(one) for one in exports.loaded(asked)]
    db.session.rollback()
    if as_json:
        click.echo(json.dumps({"organisations": found}, ensure_ascii=False))
        return
    for one in found:
        click.echo(" · ".join(filter(None, [one["name"], one["district"], one["phone"]])))


def described(one: Organization) -> dict[str, Any]:
    """Return an organisation as scripts read it."""
    return {
        "id": one.public_id,
        "name": one.name,
        "short_name": one.short_name,
        "district": one.district.name if one.district else "",
        "kind": one.org_type.value,
        "status": one.status.value,
        "registry_no": one.registry_no or "",
        "email": one.email,
        "unreadable_email": one.unreadable_email,
        "phone": shown_phone(one.phone),
        "website": one.website,
        "contacts": [_person(contact) for contact in one.active_contacts],
        "work_areas": one.work_area_codes,
        "notes": one.notes,
    }


def _person(contact: Contact) -> dict[str, str]:
    return {
        "name": contact.full_name,
        "position": contact.position,
        "email": contact.email,
        "phone": shown_phone(contact.phone),
        "language": contact.preferred_language,
    }
