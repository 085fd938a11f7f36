"""Accounts from the command line."""

import json

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from coordinator.access import Role
from coordinator.accounts import passwords
from coordinator.accounts.models import User
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.registry import queries as registry
from tests.accounts.parts import letters_to
from tests.browser import Browser
from tests.factories import OrganizationFactory, UserFactory

PASSWORD = "mavi kapı sessiz deniz"


def run(app: Flask, *words: str, password: str = "") -> Result:
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["users", *words], input=password)
    db.session.rollback()
    return result


def create(app: Flask, *words: str, role: str = "staff", password: str = PASSWORD) -> Result:
    person = ("--email", "Isil@b.example", "--name", "Işıl Öz", "--role", role)
    return run(app, "create", *person, *words, password=f"{password}\n")


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_an_account_of_each_role_is_made(app: Flask, role: str) -> None:
    theirs = ("--organisation", OrganizationFactory().name) if role == "representative" else ()
    result = create(app, "--password-stdin", "--json", *theirs, role=role)
    assert result.exit_code == 0, result.stderr
    user = db.session.scalars(sa.select(User)).one()
    assert json.loads(result.stdout) == {
        "user": {"id": user.public_id, "email": "isil@b.example", "name": "Işıl Öz", "role": role,
                 "active": True}
    }  # fmt: skip
    assert passwords.matches(user.password_hash, PASSWORD)
    lines = db.session.scalars(sa.select(AuditLine).order_by(AuditLine.id)).all()
    deeds = ["account.created", "account.tied"] if theirs else ["account.created"]
    assert [(line.action, line.via) for line in lines] == [(deed, "command") for deed in deeds]


@pytest.mark.parametrize("by", ["public_id", "name", "registry_no"])
def test_an_organisation_is_named_in_three_ways(app: Flask, by: str) -> None:
    one = OrganizationFactory(name="Çiğli Kadın Derneği", registry_no="35-012-034")
    OrganizationFactory(name="Çiğli Kadın Derneği Şubesi")
    named = getattr(one, by).upper() if by == "name" else getattr(one, by)
    result = create(app, "--organisation", named, role="representative")
    assert result.exit_code == 0, result.stderr
    assert registry.represented(db.session.scalars(sa.select(User)).one()) == [one]


def test_without_a_password_a_letter_goes_out(app: Flask) -> None:
    assert create(app).exit_code == 0
    assert [letter.kind for letter in letters_to("isil@b.example")] == ["account_choose_password"]


@pytest.mark.parametrize(
    ("words", "role", "password", "reason"),
    [
        (("--password-stdin",), "staff", "kısa", "at least 8 characters"),
        (("--password-stdin",), "staff", "", "at least 8 characters"),
        (("--organisation", "yok"), "representative", PASSWORD, "No organisation has this name"),
        (("--password-stdin",), "representative", PASSWORD, "add --organisation"),
        (("--organisation", " "), "representative", PASSWORD, "add --organisation"),
        (("--organisation", "Mor"), "staff", PASSWORD, "Only representatives"),
        (("--email", "yok"), "staff", PASSWORD, "Write one e-mail address"),
        (("--email", "derya@b.example"), "staff", PASSWORD, "An account with this address exists"),
        (("--name", " "), "staff", PASSWORD, "--name"),
        (("--role", "king"), "staff", PASSWORD, "king"),
    ],
)
def test_refusals_are_said_on_standard_error(
    app: Flask, words: tuple[str, ...], role: str, password: str, reason: str
) -> None:
    UserFactory(email="derya@b.example")
    result = create(app, "--json", *words, role=role, password=password)
    assert result.exit_code != 0
    assert result.stdout == ""
    assert reason in result.stderr
    assert db.session.scalar(sa.select(sa.func.count(User.id))) == 1


def test_accounts_are_listed_and_closed(app: Flask) -> None:
    UserFactory(role=Role.ADMIN, full_name="Çiğdem", email="cigdem@b.example")
    user = UserFactory(full_name="Ada", email="ada@b.example")
    theirs = Browser(app).sign_in(user)
    closed = run(app, "deactivate", "--email", "ADA@b.example", "--json")
    assert json.loads(closed.stdout)["user"]["active"] is False
    assert theirs.send("GET", "/hesabim").status_code == 302
    listed = json.loads(run(app, "list", "--json").stdout)["users"]
    assert [one["name"] for one in listed] == ["Çiğdem", "Ada"]
    assert "ada@b.example" in run(app, "list").stdout
    assert run(app, "deactivate", "--email", "cigdem@b.example").exit_code == 1
    assert run(app, "deactivate", "--email", "kimse@b.example").exit_code == 1


@pytest.mark.parametrize("words", [(), ("create",), ("list",), ("deactivate",)])
def test_every_command_says_how_it_is_used(app: Flask, words: tuple[str, ...]) -> None:
    result = run(app, *words, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.stdout
