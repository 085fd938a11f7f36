"""The language of a request, and dates, times, numbers and phones as people write them."""

import re
import secrets
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import phonenumbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import LazyString, format_date, get_locale, get_translations
from flask_login import current_user
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from coordinator import clock, turkish
from coordinator.extensions import babel

LANGUAGES = ("tr", "en")
ROOT = Path(__file__).parent
# A text that waits for its language would go into a page as it is, with whatever name stands in it.
LazyString.__html__ = lambda self: escape(str(self))
_PLAIN_PHONE = re.compile(r"^\+90[2-5]\d{9}$", re.ASCII)


def init_app(app: Flask) -> None:
    folders = translation_folders()
    app.config["BABEL_DEFAULT_LOCALE"] = "tr"
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Europe/Istanbul"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(map(str, folders))
    compile_catalogues(folders)
    babel.init_app(app, locale_selector=language_of_request)
    app.extensions["texts"] = {}
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: texts().ugettext(text),
        ngettext=lambda one, many, count: texts().ungettext(one, many, count),
        newstyle=True,
    )
    app.jinja_env.globals.update(_=text_in_template, gettext=text_in_template)
    app.jinja_env.filters.update(
        day=day, day_short=day_short, daymonth=daymonth, typed=typed, clock=clock_time,
        when=when, phone=phone, number=number, suffix=suffix,
    )  # fmt: skip
    app.jinja_env.globals["today"] = clock.today
    app.context_processor(lambda: {"locale": language()})


def translation_folders() -> list[Path]:
    """Return the folders with texts: the foundation's and one of each feature."""
    return sorted(path for path in ROOT.glob("**/translations") if path.is_dir())


def compile_catalogues(folders: list[Path]) -> None:
    """Write each .mo that is missing or older than its .po, so that nobody runs without texts.

    Several processes may start at once: each writes a draft of its own, and the last one stays.
    """
    for source in (po for folder in folders for po in folder.glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as text:
            catalogue = read_po(text, locale=source.parts[-3])
        draft = compiled.with_suffix(f".mo.{secrets.token_hex(4)}")
        with draft.open("wb") as binary:
            write_mo(binary, catalogue)
        draft.replace(compiled)


def texts() -> Any:
    """Return the catalogue of the language in force, kept for the life of the application.

    A page holds hundreds of texts; asking Flask-Babel for the catalogue of each costs more than
    the page.
    """
    kept, now = current_app.extensions["texts"], language()
    if now not in kept:
        kept[now] = get_translations()
    return kept[now]


@pass_context
def text_in_template(context: Context, text: str, /, **variables: Any) -> str:
    """Return what Jinja's own `_` would; that takes four calls for each of a page's texts."""
    escaping = context.eval_ctx.autoescape
    if variables:
        return _looked_up(escaping, text) % variables
    return _plain(language(), escaping, text)


@lru_cache(maxsize=4096)
def _plain(_language: str, escaping: bool, text: str) -> str:
    return _looked_up(escaping, text) % {}


def _looked_up(escaping: bool, text: str) -> str:
    found: str = texts().ugettext(text)
    return Markup(found) if escaping else found  # noqa: S704


def language_of_request() -> str:
    """Return tr or en: asked for, the letter's, the account's, the cookie's, the browser's."""
    if "language" in g:
        return str(g.language)
    if not has_request_context():
        return "tr"
    candidates = (
        request.args.get("dil"),
        request.cookies.get("dil"),
        getattr(current_user, "language", None),
    )
    for asked in candidates:
        if asked in LANGUAGES:
            return asked
    return request.accept_languages.best_match(LANGUAGES) or "tr"


def read_in(own: str) -> None:
    """Show the page in a letter's language, unless the reader has chosen one."""
    chosen = {request.args.get("dil"), request.cookies.get("dil")}
    if not chosen & set(LANGUAGES):
        g.language = own


def language() -> str:
    """Return the language in force now, tr or en."""
    locale = get_locale()
    return locale.language if locale else "tr"


def day(value: date | datetime) -> str:
    """12 Kasım 2026 Perşembe."""
    pattern = "d MMMM y EEEE" if language() == "tr" else "EEEE d MMMM y"
    return str(format_date(_as_day(value), pattern))


def day_short(value: date | datetime) -> str:
    """12 Kasım Per."""
    return str(format_date(_as_day(value), "d MMMM EEE" if language() == "tr" else "EEE d MMMM"))


def daymonth(value: date | datetime) -> str:
    """12 Kasım."""
    return str(format_date(_as_day(value), "d MMMM"))


def typed(value: date | datetime | None) -> str:
    """12.11.2026, as people type a day."""
    return "" if value is None else _as_day(value).strftime("%d.%m.%Y")


def clock_time(value: datetime) -> str:
    """14.00 in Turkish, 14:00 in English."""
    return clock.local(value).strftime("%H.%M" if language() == "tr" else "%H:%M")


def when(value: datetime) -> str:
    """12 Kasım 2026 Perşembe, saat 14.00."""
    word = "saat " if language() == "tr" else ""
    return f"{day(value)}, {word}{clock_time(value)}"


def phone(value: str | None) -> str:
    """0232 293 12 00 for a Turkish number kept as E.164; other text stays as it is."""
    if not value or not value.startswith("+"):
        return value or ""
    if _PLAIN_PHONE.match(value):
        # Lists show dozens; the library takes a hundred times as long for the same text.
        return f"0{value[3:6]} {value[6:9]} {value[9:11]} {value[11:]}"
    try:
        parsed = phonenumbers.parse(value, "TR")
    except phonenumbers.NumberParseException:
        return value
    if parsed.country_code != 90:
        form = phonenumbers.PhoneNumberFormat.INTERNATIONAL
        return str(phonenumbers.format_number(parsed, form))
    inside = parsed.extension
    parsed.extension = None
    shown = str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL))
    shown = shown.replace("(", "").replace(")", "")
    return f"{shown} {'dahili' if language() == 'tr' else 'ext.'} {inside}" if inside else shown


def number(value: int) -> str:
    """12.500 in Turkish, 12,500 in English."""
    grouped = f"{value:,}"
    return grouped.replace(",", ".") if language() == "tr" else grouped


def suffix(value: Any, case: str) -> str:
    """Return the value with its case ending when the reader reads Turkish, else unchanged."""
    return turkish.with_suffix(value, case) if language() == "tr" else str(value)


def _as_day(value: date | datetime) -> date:
    return clock.local(value).date() if isinstance(value, datetime) else value
