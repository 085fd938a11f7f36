"""What is done about the yearly question: rounds, letters, answers, the branch's word on them."""

from coordinator.verification.operations.answering import (
    AnswerClosed,
    Answerer,
    PersonSaid,
    Said,
    check_by_staff,
    confirm,
    propose,
)
from coordinator.verification.operations.deciding import (
    CannotTake,
    Decided,
    Taken,
    accept_all,
    acknowledge,
    decide,
)
from coordinator.verification.operations.holding import RecordMerged
from coordinator.verification.operations.rounds import (
    AlreadySent,
    DayPassed,
    RoundEnded,
    close_round,
    drop_round,
    edit_round,
    prepare_round,
)
from coordinator.verification.operations.sending import (
    PURPOSE,
    NobodyThere,
    Sent,
    remind,
    send,
)

__all__ = [
    "PURPOSE",
    "AlreadySent",
    "AnswerClosed",
    "Answerer",
    "CannotTake",
    "DayPassed",
    "Decided",
    "NobodyThere",
    "PersonSaid",
    "RecordMerged",
    "RoundEnded",
    "Said",
    "Sent",
    "Taken",
    "accept_all",
    "acknowledge",
    "check_by_staff",
    "close_round",
    "confirm",
    "decide",
    "drop_round",
    "edit_round",
    "prepare_round",
    "propose",
    "remind",
    "send",
]
