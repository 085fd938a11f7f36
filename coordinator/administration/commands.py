"""Accounts from the command line, by the same operations as on the pages."""

import json
import sys
from typing import Any

import click
from flask.cli import with_appcontext

from coordinator import reachability
from coordinator.access import Role
from coordinator.accounts import operations as accounts
from coordinator.accounts import queries
from coordinator.accounts.models import User
from coordinator.actors import COMMAND
from coordinator.administration import operations
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.registry import queries as registry
from coordinator.wording import Unkeepable, keepable

as_json = click.option("--json", "wants_json", is_flag=True, help="Answer with one JSON object.")


@click.group()
def users() -> None:
    """Accounts of staff and representatives."""


@users.command()
@click.option("--email", required=True, help="The address they sign in with.")
@click.option("--name", required=True, help="Their full name.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--organisation", default="", help="Name, register number or page of theirs.")
@click.option("--language", type=click.Choice(["tr", "en"]), default="tr", show_default=True)
@click.option(
    "--password-stdin",
    is_flag=True,
    help="Read the password from standard input; without it a letter lets them choose one.",
)
@as_json
@with_appcontext
def create(
    email: str,
    name: str,
    role: str,
    organisation: str,
    language: str,
    password_stdin: bool,
    wants_json: bool,
) -> None:
    """Make an account."""
    if Role(role) is Role.REPRESENTATIVE and not organisation.strip():
        raise click.UsageError("a representative acts for an organisation: add --organisation NAME")
    try:
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
    except (RuleBroken, Unkeepable) as error:
        raise refused(error) from error
    answer({"user": described(user)}, f"{user.email} ({user.role.value})", wants_json)


@users.command("list")
@as_json
@with_appcontext
def list_users(wants_json: bool) -> None:
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
    answer({"users": found}, "\n".join(lines), wants_json)


@users.command()
@click.option("--email", required=True, help="The address they sign in with.")
@as_json
@with_appcontext
def deactivate(email: str, wants_json: bool) -> None:
    """Close an account and end its sessions."""
    try:
        user = queries.by_email(reachability.email(email))
        if user is None:
            raise click.ClickException(f"no account has the address {email}")
        accounts.close_account(user, actor=COMMAND)
        db.session.commit()
    except (RuleBroken, Unkeepable) as error:
        raise refused(error) from error
    answer({"user": described(user)}, f"{user.email} is closed", wants_json)


def needed(value: str, option: str) -> str:
    """Return the value; an empty one ends the command."""
    if not value:
        raise click.BadParameter("is empty", param_hint=option)
    return value


def refused(error: RuleBroken | Unkeepable) -> click.ClickException:
    """Take everything back and return what ends the command with the reason."""
    db.session.rollback()
    return click.ClickException(str(error.message))


def described(user: User) -> dict[str, Any]:
    return {
        "id": user.public_id,
        "email": user.email,
        "name": user.full_name,
        "role": user.role.value,
        "active": user.active,
    }


def answer(value: dict[str, Any], text: str, wants_json: bool) -> None:
    """Print the answer on standard output, as people or as programs read it."""
    click.echo(json.dumps(value, ensure_ascii=False) if wants_json else text)
