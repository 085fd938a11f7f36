"""The page behind a letter's link: no account, phone first, nothing changes on GET."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from coordinator import links
from coordinator.access import public
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import error_page
from coordinator.headers import keep_private
from coordinator.i18n import LANGUAGES, read_in
from coordinator.verification import queries
from coordinator.verification.blueprint import blueprint
from coordinator.verification.models import GONE, AnsweredVia
from coordinator.verification.operations import PURPOSE, Answerer
from coordinator.verification.permissions import closed
from coordinator.verification.queries import Opened
from coordinator.verification.sheet import Eyes
from coordinator.verification.views import desk
from coordinator.verification.views.desk import Desk

Answer = str | tuple[str, int] | AnyResponse


@blueprint.get("/kayit/<token>")
@public
def personal(token: str) -> Any:
    opened = open_link(token)
    return desk.record_page(_desk(token, opened)) if isinstance(opened, Opened) else opened


@blueprint.post("/kayit/<token>")
@public
@commit_on_success
def confirm_personal(token: str) -> Any:
    opened = open_link(token)
    return desk.confirm(_desk(token, opened)) if isinstance(opened, Opened) else opened


@blueprint.route("/kayit/<token>/duzelt", methods=["GET", "POST"])
@public
@commit_on_success
def correct_personal(token: str) -> Any:
    opened = open_link(token)
    return desk.correct(_desk(token, opened)) if isinstance(opened, Opened) else opened


def open_link(token: str) -> Opened | Answer:
    """Return what the token opens, or the page that says kindly why it does not."""
    keep_private()
    link = links.find(PURPOSE, token)
    opened = queries.by_link(link) if link else None
    if opened is None or link is None:
        return error_page(404, _("This link leads nowhere"), _unknown())
    read_in(opened.recipient.language)
    organization = opened.verification.organization
    if organization.status in GONE:
        why = closed(organization, opened.verification)
        return error_page(410, _("This record is closed"), why)
    if not links.is_open(link) or not opened.still_theirs:
        return error_page(410)
    return opened


def _unknown() -> str:
    return _("It may have been cut off on the way. Open it from the letter once more.")


def _desk(token: str, opened: Opened) -> Desk:
    """Return the record for the letter's recipient, who is shown nobody else's numbers."""
    name = opened.recipient.name
    eyes = Eyes(opened.recipient.contact_id, letters=opened.letters)
    asked = request.args.get("dil")
    language: dict[str, Any] = {"dil": asked} if asked in LANGUAGES else {}
    return Desk(
        organization=opened.verification.organization,
        verification=opened.verification,
        by=Answerer(name, AnsweredVia.LINK, Actor.link(name), eyes),
        layout="layout_narrow.html",
        page_url=url_for(".personal", token=token, **language),
        correct_url=url_for(".correct_personal", token=token, **language),
    )
