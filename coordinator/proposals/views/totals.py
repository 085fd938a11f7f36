"""Counts of proposals as a bar and as sentences."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from coordinator import i18n, turkish
from coordinator.proposals.models import Call, ProposalStatus
from coordinator.proposals.queries import Counts

ORDER = (
    ProposalStatus.REALISED,
    ProposalStatus.ACCEPTED,
    ProposalStatus.MERGED,
    ProposalStatus.REVIEW,
    ProposalStatus.SUBMITTED,
    ProposalStatus.MORE_INFO,
    ProposalStatus.REJECTED,
    ProposalStatus.WITHDRAWN,
)
"""From what came to a good end to what did not."""

Part = tuple[int, str, str, str, str, bool]


def parts(counts: Counts, **narrowed: Any) -> list[Part]:
    """Return the parts of the bar; each leads to the list narrowed to its state."""
    return [
        (
            counts.by_status[status],
            _inside(str(status.word)),
            status.shape,
            status.tone,
            url_for("proposals.index", **{**narrowed, "durum": status.value}),
            False,
        )
        for status in ORDER
    ]


def sentence(counts: Counts) -> str:
    """11 proposals. 4 were accepted, 2 wait for an answer."""
    whole = ngettext("One proposal.", "%(num)s proposals.", counts.proposals)
    return " ".join([whole, *_of_them(counts)])


def sentence_of_call(counts: Counts) -> str:
    """11 proposals from 8 organisations. 4 were accepted, 2 wait for an answer."""
    whole: str = _(
        "%(proposals)s from %(organizations)s.",
        proposals=ngettext("One proposal", "%(num)s proposals", counts.proposals),
        organizations=ngettext("one organisation", "%(num)s organisations", counts.organizations),
    )
    return " ".join([whole, *_of_them(counts)])


def until(call: Call, counts: Counts) -> str:
    """Open until 9 November. 2 drafts are being written."""
    if call.is_over:
        said: str = _("The call closed on %(day)s.", day=i18n.day(call.closes_on))
    elif call.is_open:
        said = _("Open until %(day)s.", day=i18n.day(call.closes_on))
    else:
        said = _("The call opens on %(day)s.", day=i18n.day(call.opens_on))
    if not counts.drafts or call.is_over:
        return said
    drafts = ngettext(
        "One draft is being written.", "%(num)s drafts are being written.", counts.drafts
    )
    return f"{said} {drafts}"


def _of_them(counts: Counts) -> list[str]:
    said = []
    if counts.accepted:
        number = i18n.suffix(counts.accepted, "poss")
        said.append(_("%(number)s accepted.", number=number))
    if counts.waiting:
        number = i18n.suffix(counts.waiting, "poss")
        said.append(_("%(number)s waiting for an answer.", number=number))
    elif counts.proposals:
        said.append(_("All of them were answered."))
    return said


def _inside(word: str) -> str:
    """Return a word as it stands inside a sentence."""
    first: str = turkish.lower(word[:1]) if i18n.language() == "tr" else word[:1].lower()
    return first + word[1:]
