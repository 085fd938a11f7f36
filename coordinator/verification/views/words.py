"""The sentences over the lists: how far a round has come, how true the records are."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from coordinator.i18n import number, suffix
from coordinator.registry.listing import described
from coordinator.registry.listing.filters import Filters
from coordinator.verification.models import SILENT, AnswerState, Round
from coordinator.verification.queries import Counts, Totals

ANSWERED = (AnswerState.CONFIRMED, AnswerState.PROPOSED, AnswerState.SETTLED)


def state_of_records(counts: Counts) -> str:
    """Return "42 kaydın 12’si bir yıldan eski; 5 kuruluş iki turdur yanıt vermiyor"."""
    if not counts.records:
        return _("There are no active organisations yet.")
    old = _("All of the %(total)s records were checked within a year", total=number(counts.records))
    if counts.old:
        old = _(
            "%(old)s of %(total)s records were not checked for a year",
            old=suffix(number(counts.old), "poss"),
            total=number(counts.records),
        )
    if not counts.silent:
        return f"{old}."
    silent = ngettext(
        "one organisation has not answered for two rounds",
        "%(num)s organisations have not answered for two rounds",
        counts.silent,
    )
    return f"{old}; {silent}."


def round_in_words(totals: Totals) -> str:
    """Return how many answered, what they said, how many are silent."""
    answered = sum(totals[one] for one in ANSWERED)
    asked = sum(totals.values())
    parts = [
        _(
            "%(answered)s of %(asked)s organisations answered.",
            answered=suffix(number(answered), "poss"),
            asked=number(asked),
        )
    ]
    waits, call = totals[AnswerState.PROPOSED], totals[AnswerState.UNREACHED]
    if waits:
        parts.append(
            ngettext("One correction waits.", "Corrections of %(num)s organisations wait.", waits)
        )
    if call:
        parts.append(ngettext("One has to be phoned.", "%(num)s have to be phoned.", call))
    return " ".join(parts)


def round_in_short(round_: Round, totals: Totals) -> str:
    """Return one line under a round's name."""
    if round_.sent_at is None:
        return _("Nothing is sent yet.")
    return round_in_words(totals)


def parts(round_: Round, totals: Totals) -> list[tuple[Any, ...]]:
    """Return the totals bar: (number, word, shape, tone, address, whether the part is empty)."""
    order = (
        AnswerState.CONFIRMED,
        AnswerState.SETTLED,
        AnswerState.PROPOSED,
        AnswerState.UNREACHED,
        AnswerState.ASKED,
    )
    return [
        (
            totals[one],
            one.word,
            one.shape,
            one.tone,
            url_for(".round_page", public_id=round_.public_id, durum=one.value),
            one is AnswerState.ASKED,
        )
        for one in order
        if totals[one]
    ]


def chosen_states(code: str) -> list[AnswerState]:
    """Return the states that a filter means; all of them for none."""
    if code == "sessiz":
        return list(SILENT)
    return [AnswerState(code)] if code in list(AnswerState) else list(AnswerState)


def scope(round_: Round) -> list[str]:
    """Return who is asked, in words."""
    return described(Filters.read(round_.scope)) or [_("All active organisations")]
