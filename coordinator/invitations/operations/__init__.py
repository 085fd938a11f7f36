"""The verbs: choose, invite, remind, answer, and what follows when a meeting moves or is off."""

from coordinator.invitations.operations.addressing import (
    NoSuchWay,
    NotTheirs,
    Place,
    Way,
    address,
    mark_brought,
    prepare_paper,
)
from coordinator.invitations.operations.answering import Source, answer_invitation, read_anew
from coordinator.invitations.operations.changing import tell_cancelled, tell_changed
from coordinator.invitations.operations.choosing import AlreadySent, Choice, choose, drop
from coordinator.invitations.operations.handing import hand_over
from coordinator.invitations.operations.holding import hold, hold_all
from coordinator.invitations.operations.mending import mend, mend_by_the_clock
from coordinator.invitations.operations.merging import lead_letters_on
from coordinator.invitations.operations.naming import give_names
from coordinator.invitations.operations.removing import LinkEnded, end_link, remove, renew
from coordinator.invitations.operations.renewing import renew_expired
from coordinator.invitations.operations.replies import Reply
from coordinator.invitations.operations.seats import (
    InvitationClosed,
    NobodyWaits,
    NoFurtherPlace,
    TooManyPeople,
    move_up,
    seat,
)
from coordinator.invitations.operations.sending import (
    NotInvitable,
    Reminded,
    Sent,
    invite,
    remind,
    send_trial,
)

__all__ = [
    "AlreadySent",
    "Choice",
    "InvitationClosed",
    "LinkEnded",
    "NoFurtherPlace",
    "NoSuchWay",
    "NobodyWaits",
    "NotInvitable",
    "NotTheirs",
    "Place",
    "Reminded",
    "Reply",
    "Sent",
    "Source",
    "TooManyPeople",
    "Way",
    "address",
    "answer_invitation",
    "choose",
    "drop",
    "end_link",
    "give_names",
    "hand_over",
    "hold",
    "hold_all",
    "invite",
    "lead_letters_on",
    "mark_brought",
    "mend",
    "mend_by_the_clock",
    "move_up",
    "prepare_paper",
    "read_anew",
    "remind",
    "remove",
    "renew",
    "renew_expired",
    "seat",
    "send_trial",
    "tell_cancelled",
    "tell_changed",
]
