"""Taking an import back from the command line."""

import json

import click

from coordinator.actors import COMMAND
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.registry.commands.lists import group
from coordinator.registry.importing.undo import undoing
from coordinator.registry.models import ImportBatch


@group.command("undo")
@click.argument("wanted", metavar="IMPORT")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON object.")
def undo(wanted: str, as_json: bool) -> None:
    """Take back an import: the organisations it added vanish, those it changed stand as before.

    IMPORT is what stands in the address of its page, or the name of the file; then the last one
    of that name is taken back. If anything was built on it since, nothing happens, and each
    reason is told.
    """
    batch = undoing.find(wanted)
    if batch is None:
        raise click.ClickException(f"no saved import is called {wanted!r}")
    name = batch.filename
    try:
        counts = undoing.undo(batch=batch, actor=COMMAND)
        db.session.commit()
    except undoing.BuiltUpon as error:
        db.session.rollback()
        _tell_reasons(wanted, as_json)
        raise click.ClickException(str(error)) from error
    except RuleBroken as error:
        db.session.rollback()
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps({"import": name, **counts}, ensure_ascii=False))
    else:
        told = ", ".join(f"{count} {what}" for what, count in counts.items())
        click.echo(f"{name}: {told}")


def _tell_reasons(wanted: str, as_json: bool) -> None:
    """Say what stands in the way, per organisation."""
    batch = undoing.find(wanted)
    assert isinstance(batch, ImportBatch)
    hindered = undoing.prospect(batch).hindered
    db.session.rollback()
    if as_json:
        reasons = [{"id": one.public_id, "name": one.name, "reasons": one.reasons}
                   for one in hindered]  # fmt: skip
        click.echo(json.dumps({"hindered": reasons}, ensure_ascii=False))
        return
    for one in hindered:
        click.echo(f"{one.name}: {'; '.join(one.reasons)}", err=True)
