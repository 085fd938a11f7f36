"""What is heard from invitations: their letters and answer pages carry the open call."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from coordinator import clock, i18n, links
from coordinator.extensions import db
from coordinator.invitations.signals import Asked, Block, composing
from coordinator.proposals import queries
from coordinator.proposals.models import Call, CallAccess
from coordinator.proposals.operations import accesses


def connect() -> None:
    composing.connect(add_call)


def add_call(_sender: Any, *, meeting: Any, asked: Sequence[Asked]) -> list[Block | None] | None:
    """Return for each place the open call of the meeting's window, with the personal link."""
    call = queries.call_of(meeting.window) if meeting.window_id else None
    if call is None or not call.is_open:
        return None
    known = _accesses(call, asked)
    blocks: list[Block | None] = []
    for one in asked:
        access = known.get((one.organization_id, one.contact_id))
        url = _url(one, access)
        blocks.append(_block(call, one.language, url) if url else None)
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


def _url(one: Asked, access: CallAccess | None) -> str | None:
    if one.sample:
        return links.absolute("proposals.calls")
    if access is None or access.link is None or not links.is_open(access.link):
        return None
    if one.book is not None:
        return one.book.url("proposals.personal", access.link)
    return url_for("proposals.personal", token=links.token_of(access.link))


def _block(call: Call, language: str, url: str) -> Block:
    with force_locale(language):
        last = i18n.suffix(i18n.daymonth(call.closes_on), "dat")
        return Block(
            title=call.title,
            text=_("A few sentences are enough. The call is open until %(day)s.", day=last),
            link_text=_("Write a proposal"),
            url=url,
        )
