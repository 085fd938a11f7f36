"""`flask --app wsgi retention …`: erase by hand what the daily job erases."""

from dataclasses import asdict

from coordinator.actors import COMMAND
from coordinator.bookings import operations
from coordinator.command_line import Commands, as_json, tell
from coordinator.extensions import db

retention = Commands("retention", help="How long it is known who came and what they needed.")


@retention.command("run")
@as_json
def run(as_json: bool) -> None:
    """Erase what has been kept long enough.

    A worker does the same every night.
    """
    erased = operations.erase(actor=COMMAND)
    db.session.commit()
    tell(asdict(erased), as_json)
