"""The names of those who come, where they follow the answer."""

from collections.abc import Iterable

from flask_babel import LazyString, lazy_ngettext
from flask_babel import lazy_gettext as _l

from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.forms import claim
from coordinator.invitations.models import WANTING, Invitation
from coordinator.invitations.operations.answering import ON_THEIR_OWN, Source, read_anew
from coordinator.invitations.operations.receipts import send_receipt
from coordinator.invitations.operations.seats import InvitationClosed
from coordinator.invitations.permissions import names_closed
from coordinator.wording import one_line


class NobodyComes(RuleBroken):
    """Only those who come have names."""

    message = _l("Tell us first that you will come; then write the names.")


class TooManyNames(RuleBroken):
    """As many names as people who were announced."""


def give_names(
    *,
    invitation: Invitation,
    names: Iterable[str],
    source: Source,
    opened_version: int | None,
    actor: Actor,
) -> bool:
    """Keep who comes; return whether that is new. Possible until the meeting begins.

    The number of people stays as it was answered. Raises InvitationClosed, NobodyComes,
    TooManyNames, SavedMeanwhile.
    """
    read_anew(invitation)
    clean = [name for name in map(one_line, names) if name]
    if source.via in ON_THEIR_OWN and (why := names_closed(invitation.meeting)):
        raise InvitationClosed(why)
    if invitation.answer not in WANTING:
        raise NobodyComes
    if clean == invitation.attendee_names:
        return False
    claim(invitation, opened_version)
    if len(clean) > invitation.people:
        raise TooManyNames(_announced(invitation.people), field="attendee_names")
    invitation.attendee_names = clean
    invitation.names_later = invitation.names_later and len(clean) < invitation.people
    db.session.flush()
    audit.record("invitation.named", invitation, actor, names=len(clean))
    if source.receipt is not None:
        send_receipt(invitation, source.receipt)
    return True


def _announced(people: int) -> LazyString:
    return lazy_ngettext(
        "One person is announced: write one name.",
        "%(num)s people are announced: write at most %(num)s names.",
        people,
    )
