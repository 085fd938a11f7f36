"""A report that could not be matched: staff say which address it speaks of."""

from flask_babel import lazy_gettext as _l

from coordinator.actors import Actor
from coordinator.errors import RuleBroken
from coordinator.inbox import operations as inbox
from coordinator.inbox.models import InboxMessage, MessageKind
from coordinator.invitations.models import Invitation
from coordinator.outbox import operations as outbox
from coordinator.replies import queries

BOUNCED, HELD = "bounced", "held"


class NotNamed(RuleBroken):
    """Only an address of ours that the report may speak of is put on hold by it."""

    message = _l("This message is not about that address, or no letter of ours goes there.")


def hold_failing(
    *, message: InboxMessage, address: str, chosen: Invitation | None, actor: Actor
) -> None:
    """Put the address on hold, and mark the letter that came back, where it is known which.

    The message then is dealt with. Raises NotNamed.
    """
    wanted = address.strip().lower()
    offered = {one.address: one for one in queries.failing_of(message, chosen)}
    one = offered.get(wanted)
    if one is None:
        raise NotNamed
    details = message.details
    reason = f"{details.get('status') or ''} {details.get('words') or ''}".strip()
    if one.letter is not None:
        outbox.bounced(one.letter, reason=reason, holds=False)
        message.letter = one.letter
    outbox.hold(wanted, reason=reason, letter=one.letter, actor=actor)
    message.kind = MessageKind.BOUNCE
    message.outcome = BOUNCED if one.letter is not None else HELD
    message.details = {**details, "held": wanted}
    inbox.mark_seen(message, actor)
