"""`reminders send`: what is due, by the same road as the clock."""

from coordinator.command_line import Commands, as_json, tell
from coordinator.reminders import operations

group = Commands("reminders", help="Letters that go out by themselves before a meeting.")


@group.command("send")
@as_json
def send(as_json: bool) -> None:
    """Queue the reminders whose moment has come.

    A worker does the same every ten minutes.
    """
    tell({"letters": operations.send_due()}, as_json)
