"""What both doors to writing have in common: the personal link and the account."""

from dataclasses import dataclass

from flask import flash, request
from flask_babel import gettext as _

from coordinator import i18n
from coordinator.actors import Actor
from coordinator.errors import RuleBroken
from coordinator.proposals import operations
from coordinator.proposals.forms import ProposalForm
from coordinator.proposals.models import Call, CallAccess, Proposal
from coordinator.records import new_public_id
from coordinator.registry.models import Organization


@dataclass(frozen=True)
class Door:
    """Who writes to which call in whose name, and how they came in."""

    call: Call
    organization: Organization
    actor: Actor
    access: CallAccess | None = None


def empty_form(*, name: str, email: str) -> ProposalForm:
    """Return the form of a new proposal, with the author's name and address in it."""
    form = ProposalForm(author_name=name, author_email=email)
    if form.new_id is None:
        form.key.data = new_public_id()
    return form


def save(form: ProposalForm, door: Door, proposal: Proposal | None = None) -> Proposal | None:
    """Keep or send what was typed; None if it was refused, and the form says why."""
    form.sending = request.form.get("deed") == "send"
    if not form.validate_on_submit():
        form.remind_of_file()
        return None
    try:
        saved = _saved(form, door, proposal)
        if form.sending and saved.is_draft:
            operations.send(saved, actor=door.actor)
    except RuleBroken as error:
        form.refuse(error, proposal)
        form.remind_of_file()
        return None
    _say(form, saved)
    return saved


def _saved(form: ProposalForm, door: Door, proposal: Proposal | None) -> Proposal:
    if proposal is None:
        return operations.write(
            door.call,
            door.organization,
            texts=form.texts,
            language=i18n.language(),
            actor=door.actor,
            access=door.access,
            upload=form.upload,
            public_id=form.new_id,
        )
    operations.rewrite(
        proposal,
        texts=form.texts,
        version=form.opened_version,
        actor=door.actor,
        upload=form.upload,
        remove_attachment=bool(form.remove_attachment.data),
    )
    return proposal


def _say(form: ProposalForm, saved: Proposal) -> None:
    if not form.sending:
        last = i18n.daymonth(saved.call.closes_on)
        said = _("Your draft is saved.")
        more = _("You can go on with it until %(day)s.", day=i18n.suffix(last, "dat"))
    else:
        said = _("Your proposal has reached the branch.")
        more = _("What becomes of it will be written on this page.")
        if saved.author_email:
            more = _("A copy goes to %(address)s.", address=saved.author_email) + " " + more
    flash(f"{said}\n{more}", "success")
