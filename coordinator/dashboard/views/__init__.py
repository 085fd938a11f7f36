"""The first page, as each reader needs it."""

from typing import Any

from flask import Blueprint
from flask_login import current_user

from coordinator.access import EVERYONE, requires
from coordinator.dashboard.views import representative, staff

blueprint = Blueprint("dashboard", __name__, template_folder="../templates")


@blueprint.get("/")
@requires(EVERYONE)
def first_page() -> Any:
    return staff.page() if current_user.is_staff else representative.page()
