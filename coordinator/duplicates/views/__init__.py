"""Pages: suspects, merging, what was merged, and pairs that are two."""

from coordinator.duplicates.views import apart, merging, suspects, undoing

__all__ = ["apart", "merging", "suspects", "undoing"]
