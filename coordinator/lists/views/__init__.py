"""Pages: the lists, one of them, saving and changing, who is in a group."""

from coordinator.lists.views import changing, members, reading, saving

__all__ = ["changing", "members", "reading", "saving"]
