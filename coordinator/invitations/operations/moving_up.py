"""The letter to those for whom a place became free."""

from collections import Counter
from collections.abc import Sequence

from coordinator.invitations import queries
from coordinator.invitations.models import Invitation, LetterKind
from coordinator.invitations.operations.composing import Target, write_letters
from coordinator.meetings.models import Meeting
from coordinator.outbox import queries as outbox
from coordinator.registry.queries import recipients


def tell_moved_up(meeting: Meeting, seated: Sequence[Invitation]) -> Counter[int]:
    """Write to everybody who holds one of these invitations; without any, to the organisation.

    Returns how many letters go out for each, by its id: addresses on hold get none.
    """
    if not seated:
        return Counter()
    asked = queries.holders([one.id for one in seated])
    reached = recipients([one.organization_id for one in seated if not asked[one.id]])
    targets = []
    for one in seated:
        people = asked[one.id] or [
            queries.Holder(recipient) for recipient in reached[one.organization_id]
        ]
        targets += [
            Target(one, person.recipient, {"people": one.people}, person.handover_id, one.version)
            for person in people
        ]
    held = outbox.held({target.recipient.address for target in targets})
    written = write_letters(LetterKind.MOVED_UP, meeting, targets)
    return Counter(one.invitation.id for one in written if one.recipient.address not in held)
