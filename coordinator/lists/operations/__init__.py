"""The verbs of lists."""

from coordinator.lists.operations.keeping import (
    NameTaken,
    delete,
    fix,
    new_group,
    rename,
    save_search,
    search_otherwise,
)
from coordinator.lists.operations.members import add, remove

__all__ = [
    "NameTaken",
    "add",
    "delete",
    "fix",
    "new_group",
    "remove",
    "rename",
    "save_search",
    "search_otherwise",
]
