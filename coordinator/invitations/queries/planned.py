"""What will happen to those of a list who are chosen and not invited yet."""

from collections.abc import Iterable

from coordinator.invitations.models import Delivery
from coordinator.invitations.queries.addressees import reached
from coordinator.invitations.queries.lines import Line
from coordinator.invitations.queries.records import chosen


def foresee(meeting_id: int, lines: Iterable[Line]) -> None:
    """Note in these lines how each organisation will be reached; as many questions for any number.

    Asks nothing where all are invited.
    """
    waiting = {line.id: line for line in lines if not line.invited}
    if not waiting:
        return
    for invitation_id, people in reached(chosen(meeting_id)).items():
        if people.letters or invitation_id not in waiting:
            continue
        by_hand = people.is_to_bring
        waiting[invitation_id].delivery = Delivery.TO_BRING if by_hand else Delivery.TO_CALL
