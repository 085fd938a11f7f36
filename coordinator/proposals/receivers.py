"""What is heard from invitations: their letters and answer pages carry the open call."""

from collections.abc import Sequence
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from coordinator import clock, i18n, links
from coordinator.extensions import db
from coordinator.invitations.signals import Asked, Block, composing
from coordinator.proposals import queries
from coordinator.proposals.emails import SAMPLE
from coordinator.proposals.models import Call, CallAccess
from coordinator.proposals.operations import accesses


def connect() -> None:
    composing.connect(add_call)


def add_call(meeting: Any, *, asked: Sequence[Asked]) -> list[Block | None] | None:
    """Return for each place the open call of the meeting's window, with the personal link."""
    call = queries.call_of(meeting.window) if meeting.window_id else None
    if call is None or not call.is_open:
        return None
    known = _accesses(call, asked)
    words = {language: _words(call, language) for language in {one.language for one in asked}}
    # The address is made once; a request context for each of 300 letters would be felt.
    beginning = links.absolute("proposals.personal", token=SAMPLE).removesuffix(SAMPLE)
    blocks: list[Block | None] = []
    for one in asked:
        access = known.get((one.organization_id, one.contact_id))
        token = _token(one, access)
        blocks.append(Block(**words[one.language], url=beginning + token) if token else None)
    return blocks


def _accesses(call: Call, asked: Sequence[Asked]) -> dict[accesses.Place, CallAccess]:
    """Return the accesses of all places; those whose letters are made now are made as well."""
    lettered = [(one.organization_id, one.contact_id) for one in asked if one.book is not None]
    if not lettered:
        shown = [one.organization_id for one in asked if not one.sample]
        return accesses.known(call, shown) if shown else {}
    made = accesses.welcome(call, lettered)
    for access in made.values():
        access.asked_at = access.asked_at or clock.now()
    db.session.flush()
    return made


def _token(one: Asked, access: CallAccess | None) -> str | None:
    """Return the token of the place's link, or what stands for it; None without a link."""
    if one.sample:
        return SAMPLE
    if access is None or access.link is None or not links.is_open(access.link):
        return None
    return one.book.mark(access.link) if one.book is not None else links.token_of(access.link)


def _words(call: Call, language: str) -> dict[str, str]:
    with force_locale(language):
        last = i18n.suffix(i18n.daymonth(call.closes_on), "dat")
        return {
            "title": call.title,
            "text": _("A few sentences are enough. The call is open until %(day)s.", day=last),
            "link_text": _("Write a proposal"),
        }
