"""Draws states and the choices of filters. Lists draw hundreds, so each drawing is made once."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, url_for
from markupsafe import Markup

from coordinator.i18n import language

_SHAPE = Markup(
    '<svg class="p-shape{tone}" width="20" height="20" aria-hidden="true">'
    '<use href="{sprite}#{shape}"></use></svg>'
)
_STATE = Markup('<span class="p-state p-state-{shape}">{drawing} <span>{word}</span></span>')
_BOX = Markup(
    '<span class="p-state p-state-box p-tint-{tone}">{drawing} <span>{word}</span></span>'
)

_OPTION = Markup('<option value="{}"{}>{}</option>')
_SELECTED = Markup(" selected")


def init_app(app: Flask) -> None:
    app.extensions["marks"] = {}
    app.jinja_env.globals.update(
        draw_shape=draw_shape,
        draw_state=draw_state,
        draw_state_box=draw_state_box,
        draw_options=draw_options,
    )


def draw_shape(shape: str, tone: str | None = None) -> Markup:
    """Return a shape, hidden from screen readers."""
    kept: dict[Any, Markup] = current_app.extensions["marks"]
    key = (shape, tone)
    if key not in kept:
        kept[key] = _SHAPE.format(
            tone=f" p-{tone}" if tone else "",
            shape=shape,
            sprite=url_for("static", filename="states.svg"),
        )
    return kept[key]


def draw_state(value: Any, word: Any = None) -> Markup:
    """Return shape and word of a member of a `Shown` enumeration; `word` replaces its own."""
    if word is not None:
        return _STATE.format(
            shape=value.shape, drawing=draw_shape(value.shape, value.tone), word=word
        )
    kept: dict[Any, Markup] = current_app.extensions["marks"]
    key = (type(value), value, language())
    if key not in kept:
        kept[key] = draw_state(value, value.word)
    return kept[key]


def draw_state_box(value: Any, word: Any = None) -> Markup:
    """Return the same, boxed: once in a page's header."""
    return _BOX.format(
        tone=value.tone, drawing=draw_shape(value.shape, value.tone), word=word or value.word
    )


def draw_options(choices: Iterable[tuple[Any, Any]], value: Any = "") -> Markup:
    """Return the options of a select, the one of that value marked."""
    pairs = tuple((str(code), str(word)) for code, word in choices)
    chosen = str(value)
    return _options(pairs, chosen if any(chosen == code for code, _word in pairs) else None)


@lru_cache(maxsize=256)
def _options(pairs: tuple[tuple[str, str], ...], chosen: str | None) -> Markup:
    return Markup("").join(
        _OPTION.format(code, _SELECTED if code == chosen else "", word) for code, word in pairs
    )
