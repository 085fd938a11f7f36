"""Taking an import back from the command line."""

import click

from coordinator.actors import COMMAND
from coordinator.command_line import as_json, tell
from coordinator.extensions import db
from coordinator.registry.commands.lists import group
from coordinator.registry.importing.undo import undoing
from coordinator.registry.models import ImportBatch


@group.command("undo")
@click.argument("wanted", metavar="IMPORT")
@as_json
def undo(wanted: str, as_json: bool) -> None:
    """Take an import back.

    The organisations that it added vanish, those that it changed stand as before.
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
    except undoing.BuiltUpon:
        db.session.rollback()
        _tell_reasons(wanted, as_json)
        raise
    told = ", ".join(f"{count} {what}" for what, count in counts.items())
    tell({"import": name, **counts}, as_json, [f"{name}: {told}"])


def _tell_reasons(wanted: str, as_json: bool) -> None:
    """Say what stands in the way, per organisation."""
    batch = undoing.find(wanted)
    assert isinstance(batch, ImportBatch)
    hindered = undoing.prospect(batch).hindered
    db.session.rollback()
    if as_json:
        reasons = [{"id": one.public_id, "name": one.name, "reasons": one.reasons}
                   for one in hindered]  # fmt: skip
        tell({"hindered": reasons}, as_json)
        return
    for one in hindered:
        click.echo(f"{one.name}: {'; '.join(one.reasons)}", err=True)
