"""`meetings invite` and the commands of `invitations`: the same roads as the pages."""

from flask import Flask

from coordinator.invitations.commands.answers import answer
from coordinator.invitations.commands.inviting import invite
from coordinator.invitations.commands.standing import invitations, remind, status
from coordinator.meetings.commands import meetings

__all__ = ["answer", "init_app", "invite", "remind", "status"]


def init_app(app: Flask) -> None:
    meetings.add_command(invite)
    app.cli.add_command(invitations)
