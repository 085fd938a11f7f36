"""The button of an expired link: a new one goes to the address that it was sent to."""

from flask import redirect, render_template, url_for

from coordinator import links
from coordinator.access import public
from coordinator.database import commit_on_success
from coordinator.headers import keep_private
from coordinator.i18n import language, read_in
from coordinator.invitations import operations, queries
from coordinator.invitations.blueprint import blueprint
from coordinator.invitations.operations.composing import PURPOSE
from coordinator.invitations.views.answering import Answer, asked_language, leads_nowhere


@blueprint.post("/davet/<token>/yeni-baglanti")
@public
@commit_on_success
def new_link(token: str) -> Answer:
    """Send a new link where there is one to send; the answer is the same where there is none."""
    keep_private()
    link = links.find(PURPOSE, token)
    if link is None:
        return leads_nowhere()
    if links.is_open(link):
        return redirect(url_for(".answer", token=token, **asked_language()), 303)
    opened = queries.by_link(link)
    if opened is not None:
        read_in(opened.recipient.language)
        operations.renew_expired(opened)
    return redirect(url_for(".new_link_asked", dil=language()), 303)


@blueprint.get("/davet/istendi")
@public
def new_link_asked() -> Answer:
    keep_private()
    return render_template("invitations/new_link_asked.html")
