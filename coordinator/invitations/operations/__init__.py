"""The verbs: choose, invite, remind, answer, and what follows when a meeting moves or is off."""

from coordinator.invitations.operations.answering import (
    InvitationClosed,
    Reply,
    Source,
    TooManyPeople,
    answer_invitation,
)
from coordinator.invitations.operations.changing import tell_cancelled, tell_changed
from coordinator.invitations.operations.choosing import AlreadySent, choose, drop
from coordinator.invitations.operations.merging import lead_letters_on
from coordinator.invitations.operations.sending import (
    NotInvitable,
    Sent,
    invite,
    remind,
    send_trial,
)

__all__ = [
    "AlreadySent",
    "InvitationClosed",
    "NotInvitable",
    "Reply",
    "Sent",
    "Source",
    "TooManyPeople",
    "answer_invitation",
    "choose",
    "drop",
    "invite",
    "lead_letters_on",
    "remind",
    "send_trial",
    "tell_cancelled",
    "tell_changed",
]
