"""Finding organisations: the words under which each is found, and what a typed text looks for.

`words` says what the words of a text are, `index` keeps them for each organisation, `typed` reads
what somebody looks for, `near` forgives a typing error, `asking` makes conditions of it all, and
`marks` shows the reader what matched.
"""

from coordinator.registry.search.index import beginning_with, reindex
from coordinator.registry.search.words import words

MOST_TERMS = 8

__all__ = ["MOST_TERMS", "beginning_with", "reindex", "words"]
