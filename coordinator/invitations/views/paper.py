"""Letters on paper: the PDF with its code, the short address, the distribution list."""

from collections.abc import Sequence
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from coordinator import links, printing
from coordinator.access import READERS, WRITERS, public, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.headers import keep_private
from coordinator.invitations import exports, operations, queries
from coordinator.invitations.blueprint import blueprint
from coordinator.invitations.distribution import distribution
from coordinator.invitations.models import Addressee
from coordinator.invitations.operations.composing import PURPOSE
from coordinator.invitations.queries.addressees import BROUGHT, addressee, on_paper
from coordinator.invitations.views.loading import invitation_or_404, meeting_or_404


@blueprint.get("/D", strict_slashes=False)
@blueprint.get("/d", strict_slashes=False)
@public
def code_form() -> Any:
    """One field, for whoever has typed the address without its code or with a wrong one."""
    keep_private()
    typed = request.args.get("kod", "").strip()
    return short(typed) if typed else render_template("invitations/code.html")


@blueprint.get("/D/<code>", strict_slashes=False)
@blueprint.get("/d/<code>", strict_slashes=False)
@public
def short(code: str) -> Any:
    """The address on paper: leads to the same page as the link in a letter."""
    keep_private()
    link = links.find_short(PURPOSE, code)
    if link is None:
        return render_template("invitations/code.html", typed=code[:100]), 404
    return redirect(url_for(".answer", token=links.token_of(link)), 303)


@blueprint.post("/toplantilar/<public_id>/davetliler/<invitation_id>/kagit/<int:number>")
@requires(WRITERS)
@commit_on_success
def paper_letter(public_id: str, invitation_id: str, number: int) -> Any:
    one = invitation_or_404(invitation_id, meeting_or_404(public_id))
    row = addressee(one, number) or abort(404)
    back = url_for(".invitation", public_id=public_id, invitation_id=invitation_id)
    return _printed([row] if row.channel in BROUGHT else [], back)


@blueprint.post("/toplantilar/<public_id>/davetliler/kagit")
@requires(WRITERS)
@commit_on_success
def paper_letters(public_id: str) -> Any:
    meeting = meeting_or_404(public_id)
    open_only = "hepsi" not in request.form
    rows = [row for row in on_paper(meeting.id) if not (open_only and row.done_at)]
    return _printed(rows, url_for(".distribution_list", public_id=public_id))


@blueprint.get("/toplantilar/<public_id>/davetliler/dagitim")
@requires(READERS)
def distribution_list(public_id: str) -> Any:
    """Who stands under which heading, as an official letter lists them; to copy or to print."""
    meeting = meeting_or_404(public_id)
    official = request.args.get("yol") == "resmi"
    headings = distribution(queries.of_meeting(meeting.id), official_only=official)
    return render_template(
        "invitations/distribution.html",
        meeting=meeting,
        headings=headings,
        official=official,
        paper=on_paper(meeting.id),
        may_write=current_user.role in WRITERS,
    )


def _printed(rows: Sequence[Addressee], back: str) -> Response | AnyResponse:
    if not rows:
        flash(_("Nobody waits for a letter on paper."), "info")
        return redirect(back, 303)
    try:
        codes = operations.prepare_paper(addressees=rows, actor=Actor.account(current_user))
        made = exports.letters(rows, codes)
    except RuleBroken as error:
        flash(str(error), "error")
        return redirect(back, 303)
    headers = {
        "Content-Disposition": "attachment; filename=davet.pdf",
        "Cache-Control": "private, no-store",
    }
    return Response(made, mimetype=printing.MIME, headers=headers)
