"""One page of a list that is counted elsewhere."""

from coordinator.paging import Paged, page_number

SIZE = Paged.size


def asked_page(total: int | None = None) -> int:
    """Return the page that the address names; past the end, the last one."""
    page = page_number()
    return page if total is None else min(page, Paged(total=total, size=SIZE).pages)
