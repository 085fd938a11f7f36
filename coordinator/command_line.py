"""What all commands have in common: their language, their statuses, and how they answer.

They speak English, as click does with its usage errors and `--help`. Texts that are stored, and
letters, keep the languages of those who read them. Status 0: done; 1: refused, with one sentence on
standard error and nothing changed; 2: the command is written wrongly.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import click
from flask.cli import AppGroup
from flask_babel import force_locale
from sqlalchemy.orm.exc import StaleDataError

from coordinator.errors import RuleBroken, SavedMeanwhile
from coordinator.extensions import db
from coordinator.wording import Unkeepable, keepable

as_json = click.option("--json", "as_json", is_flag=True, help="Answer with one JSON object.")


class Commands(AppGroup):
    """A group of commands: in English, and what a rule refuses ends them with status 1."""

    def invoke(self, context: click.Context) -> Any:
        with force_locale("en"), refusals_told():
            return super().invoke(context)


@contextmanager
def refusals_told() -> Iterator[None]:
    """Take everything back where a rule refuses, and end the command with the reason."""
    try:
        yield
    except (SavedMeanwhile, StaleDataError) as error:
        db.session.rollback()
        raise click.ClickException("somebody else changed this just now; try again") from error
    except (RuleBroken, Unkeepable) as error:
        db.session.rollback()
        raise click.ClickException(str(error.message)) from error


def in_turkish() -> Any:
    """Let what is stored or written to a file be in the language of those who read it."""
    return force_locale("tr")


def tell(answer: dict[str, Any], as_json: bool, lines: Iterable[str] | None = None) -> None:
    """Answer on standard output: one JSON object, or lines; without them one for each value."""
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    for line in [f"{name}: {value}" for name, value in answer.items()] if lines is None else lines:
        click.echo(line)


def clean(text: str, option: str, *, most: int, lines: bool = False) -> str:
    """Return a text as the pages clean it; what may not be kept, or is too long, is refused."""
    try:
        kept = keepable(text, lines=lines)
    except Unkeepable as error:
        raise click.ClickException(f"{option}: {error.message}") from error
    if len(kept) > most:
        raise click.ClickException(
            f"{option}: shorten “{kept[:20]}…” to {most} characters; it has {len(kept)}"
        )
    return kept
