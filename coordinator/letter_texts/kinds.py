"""The kinds of letters whose words staff may change; upper floors add theirs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Flask, current_app
from flask_babel import LazyString, force_locale
from flask_babel import lazy_gettext as _l

from coordinator.letter_texts.words import Words
from coordinator.letters import Letter


@dataclass(frozen=True)
class Placeholder:
    """A word in braces, and what stands in its place in a letter."""

    name: str
    meaning: LazyString


NAME = Placeholder("ad", _l("the reader’s name"))
ORGANIZATION = Placeholder("kurulus", _l("the organisation’s name"))


@dataclass(frozen=True, eq=False)
class Feature:
    """What several kinds of letters are about: the title above them in the list."""

    order: int
    title: LazyString


@dataclass(frozen=True)
class About:
    """The one thing that words may be for (a meeting): its code, its title and its page."""

    code: str
    title: str
    url: str


@dataclass(frozen=True)
class Kind:
    """A kind of letter.

    `make()` returns the words as shipped, in the language in force. `sample(words, language,
    about)` writes the letter as it would go out with these words, about the thing with that code,
    or about an invented one. `about(code)` names the thing, or returns None where there is none;
    `examples()` are things to try words on. Without both the words are for all letters alike.
    """

    feature: Feature
    order: int
    code: str
    label: LazyString
    when: LazyString
    placeholders: Sequence[Placeholder]
    make: Callable[[], Words]
    sample: Callable[[Words, str, str], Letter]
    about: Callable[[str], About | None] = lambda _code: None
    examples: Callable[[], Sequence[About]] = tuple

    @property
    def names(self) -> frozenset[str]:
        return frozenset(one.name for one in self.placeholders)

    def shipped(self, language: str) -> Words:
        with force_locale(language):
            return self.make()


def init_app(app: Flask) -> None:
    app.extensions["letter_kinds"] = {}


def add(app: Flask, kind: Kind) -> None:
    app.extensions["letter_kinds"][kind.code] = kind


def by_feature() -> dict[Feature, list[Kind]]:
    """Return all kinds in order, under what they are about."""
    kinds: dict[str, Kind] = current_app.extensions["letter_kinds"]
    found: dict[Feature, list[Kind]] = {}
    for one in sorted(kinds.values(), key=lambda one: (one.feature.order, one.order)):
        found.setdefault(one.feature, []).append(one)
    return found


def find(code: str) -> Kind | None:
    kinds: dict[str, Kind] = current_app.extensions["letter_kinds"]
    return kinds.get(code)


def get(code: str) -> Kind:
    """Return a kind that a package of ours added."""
    kind: Kind = current_app.extensions["letter_kinds"][code]
    return kind
