"""Write letters down, call them back, send them again; take note of those that come back."""

from coordinator.outbox.operations.holds import NotOnHold, hold, release
from coordinator.outbox.operations.resending import (
    AddressOnHold,
    LetterCalledBack,
    LetterOnItsWay,
    RoundsRefused,
    cancel,
    let_go_on,
    resend,
    resend_all,
    resend_kept_back,
)
from coordinator.outbox.operations.returns import bounced, delayed
from coordinator.outbox.operations.sweeping import sweep
from coordinator.outbox.operations.writing import DELIVER, queue, queue_all

__all__ = [
    "DELIVER",
    "AddressOnHold",
    "LetterCalledBack",
    "LetterOnItsWay",
    "NotOnHold",
    "RoundsRefused",
    "bounced",
    "cancel",
    "delayed",
    "hold",
    "let_go_on",
    "queue",
    "queue_all",
    "release",
    "resend",
    "resend_all",
    "resend_kept_back",
    "sweep",
]
