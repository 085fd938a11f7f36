"""One page of a list that is counted elsewhere."""

from dataclasses import dataclass

from flask import request

SIZE = 20


@dataclass(frozen=True)
class Paged:
    """Which page it is, of how many."""

    page: int
    total: int
    size: int = SIZE

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def has_prev(self) -> bool:
        return self.page > 1

    @property
    def has_next(self) -> bool:
        return self.page < self.pages


def asked_page(total: int | None = None) -> int:
    """Return the page that the address names; past the end, the last one."""
    text = request.args.get("page", "1")
    page = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    last = max(page, 1) if total is None else max(1, -(-total // SIZE))
    return min(max(page, 1), last)
