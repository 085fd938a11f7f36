"""The filters of the branch's list of proposals, as they stand in its address."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from coordinator import i18n
from coordinator.proposals.models import COUNTED, Call, ProposalStatus
from coordinator.proposals.queries import Wanted

NAMES = {"call": "cagri", "organization": "kurulus", "status": "durum", "search": "ara"}
STATES = (*COUNTED, ProposalStatus.WITHDRAWN)


def narrowed(wanted: Wanted, **changes: str) -> dict[str, Any]:
    """Return what stands in the address for these filters, some of them changed."""
    values = asdict(replace(wanted, **changes))
    return {NAMES[name]: value for name, value in values.items() if value}


def options(
    calls: Sequence[Call], organizations: Sequence[tuple[str, str]]
) -> dict[str, list[tuple[str, Any]]]:
    """Return the choices of each select, all of them first."""
    everything = ("", _("All"))
    return {
        "cagri": [everything, *((one.public_id, _named(one)) for one in calls)],
        "durum": [everything, *((one.value, one.word) for one in STATES)],
        "kurulus": [everything, *organizations],
    }


def chips(
    wanted: Wanted, calls: Sequence[Call], organizations: Sequence[tuple[str, str]]
) -> list[tuple[Any, str]]:
    """Return the active filters, each with the address without it."""
    words: dict[str, Any] = {
        "call": next((_named(one) for one in calls if one.public_id == wanted.call), wanted.call),
        "organization": dict(organizations).get(wanted.organization, wanted.organization),
        "status": ProposalStatus(wanted.status).word if wanted.status else "",
        "search": wanted.search,
    }
    return [
        (word, url_for("proposals.index", **narrowed(wanted, **{name: ""})))
        for name, word in words.items()
        if word
    ]


def _named(call: Call) -> str:
    return f"{i18n.daymonth(call.window.starts_on)} {call.window.year}: {call.title}"
