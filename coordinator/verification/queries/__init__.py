"""Named reads of the yearly question: rounds, their rows, single answers, the age of records."""

from coordinator.verification.queries.freshness import Counts, counts, is_silent, waiting
from coordinator.verification.queries.lines import Line, Page, by_age, of_round
from coordinator.verification.queries.plans import Plan, Reached, plan_of
from coordinator.verification.queries.records import (
    Opened,
    asked_now,
    by_link,
    by_public_id,
    current,
    last_answer,
    latest,
)
from coordinator.verification.queries.records import waiting as corrections
from coordinator.verification.queries.rounds import (
    LOST,
    Totals,
    open_round,
    rounds,
    to_remind,
    totals,
)
from coordinator.verification.queries.rounds import by_public_id as round_by_public_id

__all__ = [
    "LOST",
    "Counts",
    "Line",
    "Opened",
    "Page",
    "Plan",
    "Reached",
    "Totals",
    "asked_now",
    "by_age",
    "by_link",
    "by_public_id",
    "corrections",
    "counts",
    "current",
    "is_silent",
    "last_answer",
    "latest",
    "of_round",
    "open_round",
    "plan_of",
    "round_by_public_id",
    "rounds",
    "to_remind",
    "totals",
    "waiting",
]
