"""What all commands have in common: one language, three statuses, help for every option."""

from collections.abc import Iterator

import click
import pytest
from flask import Flask

from coordinator.command_line import Commands, in_turkish, tell
from coordinator.errors import RuleBroken, SavedMeanwhile
from coordinator.i18n import language
from coordinator.wording import Unkeepable, keepable

NOT_OURS = {"routes", "run", "shell", "db"}
PROCESSES = {"worker"}


def commands(group: click.Group, path: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, one in group.commands.items():
        yield f"{path}{name}", one
        if isinstance(one, click.Group) and name not in NOT_OURS:
            yield from commands(one, f"{path}{name} ")


def cut_off(one: click.Command) -> bool:
    """Does the list of commands show only the beginning of its first sentence?"""
    return one.get_short_help_str(60).endswith("...")


def test_every_command_and_option_says_what_it_is(house: Flask) -> None:
    silent = []
    for path, one in commands(house.cli):
        if path not in NOT_OURS and (not one.help or cut_off(one)):
            silent.append(path)
        silent += [
            f"{path} {option.opts[0]}"
            for option in one.params
            if isinstance(option, click.Option) and path not in NOT_OURS and not option.help
        ]
    assert silent == []


def test_every_command_belongs_to_a_group_that_tells_refusals(house: Flask) -> None:
    others = set(house.cli.commands) - NOT_OURS - PROCESSES
    assert [
        name for name in sorted(others) if not isinstance(house.cli.commands[name], Commands)
    ] == []


def refusing(reason: Exception) -> Commands:
    group = Commands("group")

    @group.command("deed")
    def deed() -> None:
        """Do it."""
        raise reason

    return group


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (RuleBroken(), "Error: This cannot be done now.\n"),
        (SavedMeanwhile(), "Error: somebody else changed this just now; try again\n"),
    ],
)
def test_a_refusal_is_one_english_sentence(app: Flask, reason: Exception, said: str) -> None:
    with app.test_request_context(headers={"Accept-Language": "tr"}):
        result = app.test_cli_runner().invoke(refusing(reason), ["deed"])
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", said)


def test_what_may_not_be_kept_is_refused_as_well(app: Flask) -> None:
    with pytest.raises(Unkeepable) as caught:
        keepable("10000000146")
    result = app.test_cli_runner().invoke(refusing(caught.value), ["deed"])
    assert result.exit_code == 1
    assert "national identity number" in result.stderr


def test_a_command_speaks_english_and_stores_turkish(app: Flask) -> None:
    group = Commands("group")

    @group.command("deed")
    def deed() -> None:
        """Do it."""
        with in_turkish():
            stored = language()
        tell({"told": language(), "stored": stored}, as_json=True)

    before = language()
    result = app.test_cli_runner().invoke(group, ["deed"])
    assert result.stdout == '{"told": "en", "stored": "tr"}\n'
    assert language() == before == "tr"
