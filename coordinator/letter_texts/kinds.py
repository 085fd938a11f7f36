"""The kinds of letters whose words staff may change; upper floors add theirs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Flask, current_app
from flask_babel import LazyString

from coordinator.letter_texts.words import Words
from coordinator.letters import Letter


@dataclass(frozen=True)
class Placeholder:
    """A word in braces, and what stands in its place in a letter."""

    name: str
    meaning: LazyString


@dataclass(frozen=True)
class About:
    """The one thing that words may be for (a meeting): its code, its title and its page."""

    code: str
    title: str
    url: str


@dataclass(frozen=True)
class Kind:
    """A kind of letter.

    `sample(words, language, about)` writes the letter as it would go out with these words, about
    the thing with that code, or about an invented one. `about(code)` names the thing, or returns
    None where there is none; `examples()` are things to try words on.
    """

    order: int
    code: str
    label: LazyString
    when: LazyString
    placeholders: Sequence[Placeholder]
    shipped: Callable[[str], Words]
    sample: Callable[[Words, str, str], Letter]
    about: Callable[[str], About | None]
    examples: Callable[[], Sequence[About]]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(one.name for one in self.placeholders)


def init_app(app: Flask) -> None:
    app.extensions["letter_kinds"] = {}


def add(app: Flask, kind: Kind) -> None:
    app.extensions["letter_kinds"][kind.code] = kind


def all_kinds() -> list[Kind]:
    kinds: dict[str, Kind] = current_app.extensions["letter_kinds"]
    return sorted(kinds.values(), key=lambda one: one.order)


def find(code: str) -> Kind | None:
    kinds: dict[str, Kind] = current_app.extensions["letter_kinds"]
    return kinds.get(code)
