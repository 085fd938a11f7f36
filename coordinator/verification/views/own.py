"""A representative with an account looks at its organisation's record at any time."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import REPRESENTATIVES, authorize, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.registry import queries as registry
from coordinator.verification import permissions
from coordinator.verification.blueprint import blueprint
from coordinator.verification.models import AnsweredVia
from coordinator.verification.operations import Answerer
from coordinator.verification.sheet import EVERYTHING
from coordinator.verification.views import desk
from coordinator.verification.views.desk import Desk


@blueprint.get("/kurulusumuz/<public_id>/dogru-mu")
@requires(REPRESENTATIVES)
def own_record(public_id: str) -> Any:
    return desk.record_page(_desk(public_id))


@blueprint.post("/kurulusumuz/<public_id>/dogru-mu")
@requires(REPRESENTATIVES)
@commit_on_success
def confirm_own(public_id: str) -> Any:
    return desk.confirm(_desk(public_id))


@blueprint.route("/kurulusumuz/<public_id>/duzelt", methods=["GET", "POST"])
@requires(REPRESENTATIVES)
@commit_on_success
def correct_own(public_id: str) -> Any:
    return desk.correct(_desk(public_id))


def _desk(public_id: str) -> Desk:
    """Return the record for an account, which sees all that its organisation's page shows."""
    organization = registry.organization(public_id)
    authorize(permissions.can_answer_for, organization)
    assert organization is not None
    page = url_for("registry.organization", public_id=public_id)
    return Desk(
        organization=organization,
        by=Answerer(
            current_user.full_name,
            AnsweredVia.ACCOUNT,
            Actor.account(current_user),
            EVERYTHING,
        ),
        layout="layout.html",
        page_url=url_for(".own_record", public_id=public_id),
        correct_url=url_for(".correct_own", public_id=public_id),
        crumbs=[(organization.name, page), (_("Is it still right?"), None)],
        **desk.answer_to(organization),
    )
