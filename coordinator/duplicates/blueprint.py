"""The blueprint of the pages about records that are probably of one organisation."""

from typing import Any

from flask import Blueprint
from flask_login import current_user

from coordinator.access import WRITERS
from coordinator.registry.forms import PressForm

blueprint = Blueprint("duplicates", __name__, template_folder="templates", url_prefix="/kuruluslar")


@blueprint.context_processor
def reader() -> dict[str, Any]:
    """What every page of this package asks: may the reader change something?"""
    may_write = current_user.is_authenticated and current_user.role in WRITERS
    return {"may_write": may_write, "press": PressForm()}
