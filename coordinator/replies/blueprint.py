"""The blueprint of the pages of mail that arrived."""

from typing import Any

from flask import Blueprint
from flask_login import current_user

from coordinator.access import WRITERS

blueprint = Blueprint("replies", __name__, template_folder="templates")


@blueprint.context_processor
def reader() -> dict[str, Any]:
    """What every page of this package asks: may the reader change something?"""
    return {"may_write": current_user.is_authenticated and current_user.role in WRITERS}
