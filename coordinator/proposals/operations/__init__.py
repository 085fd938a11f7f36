"""The verbs of calls and proposals."""

from coordinator.proposals.operations.accesses import welcome
from coordinator.proposals.operations.calls import (
    CallOver,
    ClosesBeforeOpening,
    NobodyToAsk,
    Sent,
    edit_call,
    open_call,
    send_call,
)
from coordinator.proposals.operations.deciding import (
    AlreadyDecided,
    ReasonMissing,
    decide,
    realise,
    take_up,
)
from coordinator.proposals.operations.moving import MovedMeanwhile
from coordinator.proposals.operations.writing import (
    AlreadyWritten,
    CallNotOpen,
    Incomplete,
    NoDraft,
    TooMany,
    Upload,
    rewrite,
    send,
    withdraw,
    write,
)

__all__ = [
    "AlreadyDecided",
    "AlreadyWritten",
    "CallNotOpen",
    "CallOver",
    "ClosesBeforeOpening",
    "Incomplete",
    "MovedMeanwhile",
    "NoDraft",
    "NobodyToAsk",
    "ReasonMissing",
    "Sent",
    "TooMany",
    "Upload",
    "decide",
    "edit_call",
    "open_call",
    "realise",
    "rewrite",
    "send",
    "send_call",
    "take_up",
    "welcome",
    "withdraw",
    "write",
]
