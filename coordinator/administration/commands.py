"""Accounts from the command line, by the same operations as on the pages."""

import sys
from typing import Any

import click

from coordinator import reachability
from coordinator.access import Role
from coordinator.accounts import operations as accounts
from coordinator.accounts import queries
from coordinator.accounts.models import User
from coordinator.actors import COMMAND
from coordinator.administration import operations
from coordinator.command_line import Commands, as_json, tell
from coordinator.extensions import db
from coordinator.registry import queries as registry
from coordinator.wording import keepable

users = Commands("users", help="Accounts of staff and representatives.")


@users.command()
@click.option("--email", required=True, help="The address they sign in with.")
@click.option("--name", required=True, help="Their full name.")
@click.option(
    "--role",
    required=True,
    type=click.Choice([role.value for role in Role]),
    help="What they may do.",
)
@click.option("--organisation", default="", help="Name, register number or page of theirs.")
@click.option(
    "--language",
    type=click.Choice(["tr", "en"]),
    default="tr",
    show_default=True,
    help="Of their pages and letters.",
)
@click.option(
    "--password-stdin",
    is_flag=True,
    help="Read the password from standard input; without it a letter lets them choose one.",
)
@as_json
def create(
    email: str,
    name: str,
    role: str,
    organisation: str,
    language: str,
    password_stdin: bool,
    as_json: bool,
) -> None:
    """Make an account."""
    if Role(role) is Role.REPRESENTATIVE and not organisation.strip():
        raise click.UsageError("a representative acts for an organisation: add --organisation NAME")
    user = operations.open_account(
        full_name=needed(keepable(name), "--name"),
        email=needed(reachability.email(email), "--email"),
        role=Role(role),
        organization=keepable(organisation),
        password=sys.stdin.readline().rstrip("\r\n") if password_stdin else None,
        language=language,
        actor=COMMAND,
    )
    db.session.commit()
    tell({"user": described(user)}, as_json, [f"{user.email} ({user.role.value})"])


@users.command("list")
@as_json
def list_users(as_json: bool) -> None:
    """List the accounts."""
    everyone = list(db.session.scalars(queries.people()))
    tied = registry.organizations_of(everyone)
    found = [
        {**described(user), "organisations": [one.name for one in tied.get(user.id, [])]}
        for user in everyone
    ]
    lines = [
        "\t".join([user.email, user.role.value, user.full_name, "" if user.active else "(closed)"])
        for user in everyone
    ]
    tell({"users": found}, as_json, lines)


@users.command()
@click.option("--email", required=True, help="The address they sign in with.")
@as_json
def deactivate(email: str, as_json: bool) -> None:
    """Close an account and end its sessions."""
    user = queries.by_email(reachability.email(email))
    if user is None:
        raise click.ClickException(f"no account has the address {email}")
    accounts.close_account(user, actor=COMMAND)
    db.session.commit()
    tell({"user": described(user)}, as_json, [f"{user.email} is closed"])


def needed(value: str, option: str) -> str:
    """Return the value; an empty one ends the command."""
    if not value:
        raise click.BadParameter("is empty", param_hint=option)
    return value


def described(user: User) -> dict[str, Any]:
    return {
        "id": user.public_id,
        "email": user.email,
        "name": user.full_name,
        "role": user.role.value,
        "active": user.active,
    }
