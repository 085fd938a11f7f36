"""What is done with records that are probably of one organisation."""

from coordinator.duplicates.operations.distinct import keep_apart, suspect_again
from coordinator.duplicates.operations.merging import AlreadyMerged, SameRecord, merge
from coordinator.duplicates.operations.rows import clashes
from coordinator.duplicates.operations.unmerging import (
    AlreadyUndone,
    NumberGivenAway,
    UndoLaterFirst,
    unmerge,
)

__all__ = [
    "AlreadyMerged",
    "AlreadyUndone",
    "NumberGivenAway",
    "SameRecord",
    "UndoLaterFirst",
    "clashes",
    "keep_apart",
    "merge",
    "suspect_again",
    "unmerge",
]
