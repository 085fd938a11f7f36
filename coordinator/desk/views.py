"""The desk's page and the deeds of its rows; each leads back to where it was done."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import READERS, WRITERS, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.desk import operations, queries
from coordinator.desk.forms import SaidForm
from coordinator.desk.operations import Outcome
from coordinator.desk.page import Page, Wanted
from coordinator.errors import RuleBroken
from coordinator.headers import keep_private
from coordinator.invitations.models import AnsweredVia, Invitation
from coordinator.invitations.operations import Source, answer_invitation
from coordinator.invitations.permissions import called_off
from coordinator.invitations.queries import by_public_id
from coordinator.invitations.room import kept_by_staff
from coordinator.meetings.models import Meeting
from coordinator.meetings.queries import find_meeting
from coordinator.registry.models import Contact

blueprint = Blueprint(
    "desk", __name__, url_prefix="/toplantilar/<public_id>/sessizler", template_folder="templates"
)


@blueprint.get("")
@requires(READERS)
def desk(public_id: str) -> Any:
    return _page(_meeting(public_id))


@blueprint.post("/<invitation_id>/arama")
@requires(WRITERS)
@commit_on_success
def call(public_id: str, invitation_id: str) -> Any:
    """Note that somebody was called and did not answer yet."""
    invitation = _invitation(_meeting(public_id), invitation_id)
    outcome = request.form.get("sonuc", "")
    if outcome not in list(Outcome):
        abort(400)
    operations.note_call(
        invitation=invitation,
        contact=_contact(invitation),
        outcome=Outcome(outcome),
        actor=Actor.account(current_user),
    )
    return _back(public_id, invitation_id)


@blueprint.post("/<invitation_id>/haber-verilmedi")
@requires(WRITERS)
@commit_on_success
def take_back_told(public_id: str, invitation_id: str) -> Any:
    """Take back that somebody was told."""
    invitation = _invitation(_meeting(public_id), invitation_id)
    try:
        operations.take_back_told(invitation=invitation, actor=Actor.account(current_user))
    except RuleBroken as error:
        flash(str(error), "error")
    else:
        flash(_("%(name)s has to be told again.", name=invitation.name), "success")
    return _back(public_id, invitation_id)


@blueprint.post("/<invitation_id>/metin")
@requires(WRITERS)
@commit_on_success
def text(public_id: str, invitation_id: str) -> Any:
    """Make a text with a personal link ready, and show it in its row."""
    invitation = _invitation(_meeting(public_id), invitation_id)
    contact = _contact(invitation)
    try:
        operations.prepare_text(
            invitation=invitation, contact=contact, actor=Actor.account(current_user)
        )
    except RuleBroken as error:
        flash(str(error), "error")
        return _back(public_id, "")
    return _back(
        public_id, invitation_id, metin=invitation_id, kisi=contact.public_id if contact else None
    )


@blueprint.post("/<invitation_id>/yanit")
@requires(WRITERS)
@commit_on_success
def answer(public_id: str, invitation_id: str) -> Any:
    """Keep what was said on the phone."""
    meeting = _meeting(public_id)
    invitation = _invitation(meeting, invitation_id)
    if why := called_off(meeting):
        flash(str(why), "error")
        return _back(public_id, "")
    form = SaidForm(obj=invitation)
    if form.validate_on_submit():
        try:
            answer_invitation(
                invitation=invitation,
                reply=form.reply,
                source=Source(AnsweredVia.PHONE),
                opened_version=form.opened_version,
                actor=Actor.account(current_user),
            )
            flash(*kept_by_staff(invitation))
            return _back(public_id, request.form.get("sonra", ""))
        except RuleBroken as error:
            form.refuse(error, invitation)
    return _page(meeting, form), form.status


def _page(meeting: Meeting, form: SaidForm | None = None) -> str:
    may_write = current_user.role in WRITERS
    wanted = Wanted.read(request.args)
    if wanted.metin and may_write:
        keep_private()
    page = Page.of(meeting, wanted, form, may_write=may_write)
    return render_template(
        "desk/desk.html",
        meeting=meeting,
        page=page,
        form=form,
        called_off=called_off(meeting),
        may_write=may_write,
        outcomes=Outcome,
    )


def _back(public_id: str, place: str, **more: Any) -> Any:
    """Lead back to the same part of the list, at the row."""
    query: dict[str, Any] = {**Wanted.read(request.args).query(), **more}
    anchor = f"k-{place}" if place.isalnum() else None
    return redirect(url_for(".desk", public_id=public_id, _anchor=anchor, **query), 303)


def _meeting(public_id: str) -> Meeting:
    return find_meeting(public_id) or abort(404)


def _invitation(meeting: Meeting, public_id: str) -> Invitation:
    return by_public_id(public_id, meeting.id) or abort(404)


def _contact(invitation: Invitation) -> Contact | None:
    """Return who was meant; None means the organisation itself."""
    code = request.form.get("kisi", "")
    return (queries.contact_of(invitation, code) or abort(404)) if code else None
