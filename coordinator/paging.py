"""Which page of a list an address asks for, and where it stands among the others."""

from dataclasses import dataclass

from flask import request


def page_number(text: str | None = None) -> int:
    """Return the number of a page, that of the request's `page` unless told; 1 for what is none."""
    asked = request.args.get("page", "") if text is None else text
    fits = asked.isascii() and asked.isdigit() and len(asked) < 7
    return max(int(asked), 1) if fits else 1


@dataclass(frozen=True)
class Paged:
    """Which page of a list it is, of how many."""

    page: int = 1
    total: int = 0
    size: int = 20

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def has_prev(self) -> bool:
        return self.page > 1

    @property
    def has_next(self) -> bool:
        return self.page < self.pages
