"""The pages of mail that arrived, and the buttons on organisations' pages."""

from coordinator.replies.views import bounced, entering, held, listing, single

__all__ = ["bounced", "entering", "held", "listing", "single"]
