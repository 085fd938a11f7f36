"""A sheet of cells as it was read."""

from dataclasses import dataclass
from typing import Any

TCKN_CELL = {"tckn": True}
"""What is kept in place of a cell that held a national identity number."""


@dataclass(frozen=True)
class Sheet:
    """The filled rows of one sheet, each under the number that people see beside it."""

    name: str
    rows: list[list[Any]]
    oversized: bool = False

    def as_json(self) -> dict[str, Any]:
        return {"name": self.name, "rows": self.rows, "oversized": self.oversized}
