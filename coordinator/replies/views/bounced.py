"""What is done about a letter that came back: clear the address, write to somebody else."""

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import WRITERS, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.invitations import queries as invitations
from coordinator.invitations.held_back import cleared
from coordinator.outbox import operations as outbox
from coordinator.registry import queries as registry
from coordinator.replies import operations, queries
from coordinator.replies.blueprint import blueprint
from coordinator.replies.views.single import message_or_404, message_page


@blueprint.post("/gelen/<public_id>/serbest")
@requires(WRITERS)
@commit_on_success
def clear_hold(public_id: str) -> Any:
    message = message_or_404(public_id)
    letter = message.letter or abort(404)
    try:
        again = operations.clear_hold(
            address=letter.to_address,
            again=bool(request.form.get("yeniden")),
            actor=Actor.account(current_user),
        )
    except RuleBroken as error:
        return message_page(message, refusal=error.message), error.status
    flash(cleared(letter.to_address, again), "success")
    return redirect(url_for(".message", public_id=public_id), 303)


@blueprint.post("/gelen/<public_id>/yeniden")
@requires(WRITERS)
@commit_on_success
def send_again(public_id: str) -> Any:
    message = message_or_404(public_id)
    reach = queries.reach_of(message.letter)
    if message.letter is None or reach is None or reach.invitation is None:
        abort(404)
    try:
        outbox.resend(message.letter, Actor.account(current_user))
    except RuleBroken as error:
        return message_page(message, refusal=error.message), error.status
    flash(_("The letter waits to be sent again."), "success")
    return redirect(url_for(".message", public_id=public_id), 303)


@blueprint.post("/gelen/<public_id>/beklet")
@requires(WRITERS)
@commit_on_success
def hold_address(public_id: str) -> Any:
    message = message_or_404(public_id)
    chosen = invitations.by_public_id(request.form.get("davet", "")[:20])
    address = request.form.get("adres", "")[:254]
    try:
        operations.hold_failing(
            message=message, address=address, chosen=chosen, actor=Actor.account(current_user)
        )
    except RuleBroken as error:
        return message_page(message, chosen, refusal=error.message), error.status
    flash(_("Nothing goes to %(address)s until it is cleared.", address=address), "success")
    return redirect(url_for(".message", public_id=public_id), 303)


@blueprint.post("/gelen/<public_id>/gonder")
@requires(WRITERS)
@commit_on_success
def send_to(public_id: str) -> Any:
    message = message_or_404(public_id)
    reach = queries.reach_of(message.letter)
    if reach is None or reach.organization is None or reach.invitation is None:
        abort(404)
    contact = registry.contact(request.form.get("kisi", "")) or abort(404)
    try:
        operations.send_to(
            invitation=reach.invitation, contact=contact, actor=Actor.account(current_user)
        )
    except RuleBroken as error:
        return message_page(message, refusal=error.message), error.status
    flash(_("The invitation to %(name)s waits to be sent.", name=contact.full_name), "success")
    return redirect(url_for(".message", public_id=public_id), 303)
