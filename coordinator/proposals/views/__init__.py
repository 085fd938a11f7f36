"""The pages: calls, a personal link, an organisation's own, the branch's."""

from coordinator.proposals.views import attachments, branch, calls, own, personal, withdrawing

__all__ = ["attachments", "branch", "calls", "own", "personal", "withdrawing"]
