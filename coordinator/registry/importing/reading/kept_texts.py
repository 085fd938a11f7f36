"""Texts of a plan that are kept, and read later in whatever language the reader has."""

from typing import Any

from flask_babel import LazyString, gettext, ngettext

TEXT, VALUES = "text", "values"


def kept(text: LazyString | str | None) -> Any:
    """Return a text as JSON keeps it: one that is translated by its msgid and values."""
    if not isinstance(text, LazyString):
        return text
    values = {name: kept(value) for name, value in text._kwargs.items()}
    return {TEXT: list(text._args), **({VALUES: values} if values else {})}


def read(found: Any) -> Any:
    """Return a kept text in the reader's language."""
    if not isinstance(found, dict):
        return found
    values = {name: read(value) for name, value in found.get(VALUES, {}).items()}
    words = found[TEXT]
    return ngettext(*words, **values) if len(words) > 1 else gettext(*words, **values)
