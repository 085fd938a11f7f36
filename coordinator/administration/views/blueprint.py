"""The blueprint that the pages of administration share, and what they have in common."""

from typing import Any

from flask import Blueprint, request

from coordinator.extensions import db
from coordinator.paging import page_number
from coordinator.wording import one_line

PER_PAGE = 50
blueprint = Blueprint("administration", __name__, template_folder="../templates")


def asked(name: str) -> str:
    """Return a text of the address, cleaned, at most as long as anybody types."""
    return one_line(request.args.get(name, ""))[:200]


def paged(query: Any) -> Any:
    """Return the page of a selection that the address asks for."""
    return db.paginate(query, page=page_number(), per_page=PER_PAGE, error_out=False)
