"""Who will get what, every letter as it will arrive, and the button that sends them."""

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from coordinator import clock
from coordinator.access import WRITERS, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.headers import LETTER_POLICY
from coordinator.i18n import LANGUAGES, language
from coordinator.invitations import operations, queries
from coordinator.invitations.blueprint import blueprint
from coordinator.invitations.models import Invitation
from coordinator.invitations.operations import Sent
from coordinator.invitations.permissions import called_off
from coordinator.invitations.proofs import Round, proof, round_of
from coordinator.invitations.views.loading import meeting_or_404
from coordinator.letters import Letter
from coordinator.meetings.models import Meeting
from coordinator.registry.queries import Recipient


@blueprint.get("/toplantilar/<public_id>/davetliler/onizleme")
@requires(WRITERS)
def preview(public_id: str) -> Any:
    meeting = meeting_or_404(public_id)
    round_ = round_of(meeting)
    place = _place(round_)
    letter = proof(meeting, round_, place - 1, _language()) if round_.letters else None
    return render_template(
        "invitations/preview.html",
        meeting=meeting,
        round=round_,
        letter=letter,
        own_language=round_.letters[place - 1][1].language if letter else "",
        place=place,
        languages=LANGUAGES,
        called_off=called_off(meeting),
        too_late=_is_too_late(meeting),
    )


@blueprint.get("/toplantilar/<public_id>/davetliler/onizleme/<int:place>")
@requires(WRITERS)
def letter_sheet(public_id: str, place: int) -> Response:
    """The HTML of one letter, for the frame of the preview: it may use styles, and nothing else."""
    meeting = meeting_or_404(public_id)
    letter = _letter(meeting, round_of(meeting, with_oddities=False), place)
    return Response(letter.html, headers={"Content-Security-Policy": LETTER_POLICY})


@blueprint.post("/toplantilar/<public_id>/davetliler/deneme")
@requires(WRITERS)
@commit_on_success
def send_trial(public_id: str) -> Any:
    me = Recipient(
        current_user.full_name, current_user.email, current_user.language or language(), None
    )
    operations.send_trial(
        meeting=meeting_or_404(public_id), to=me, actor=Actor.account(current_user)
    )
    flash(_("A trial letter is on its way to %(address)s.", address=me.address), "success")
    return redirect(url_for(".preview", public_id=public_id), 303)


@blueprint.post("/toplantilar/<public_id>/davetliler/gonder")
@requires(WRITERS)
@commit_on_success
def send(public_id: str) -> Any:
    meeting = meeting_or_404(public_id)
    only = request.form.get("davet", "")
    if _is_too_late(meeting) and not (only or request.form.get("yine")):
        flash(_("The last day to answer has passed. Tick that you send all the same."), "error")
        return redirect(url_for(".preview", public_id=public_id), 303)
    asked = _asked(meeting, only)
    try:
        sent = operations.invite(
            meeting=meeting,
            organizations=[one.organization for one in asked],
            actor=Actor.account(current_user),
        )
    except RuleBroken as error:
        flash(str(error), "error")
        return redirect(url_for(".preview", public_id=public_id), 303)
    flash(*_news(sent))
    return redirect(url_for(".invitees", public_id=public_id), 303)


def _is_too_late(meeting: Meeting) -> bool:
    """Would the letter ask for an answer that nobody can give any more?"""
    return clock.today() > meeting.rsvp_deadline


def _asked(meeting: Meeting, only: str) -> list[Invitation]:
    """All that are chosen, or the one whose address was put right meanwhile."""
    if not only:
        return queries.chosen(meeting.id)
    one = queries.by_public_id(only, meeting.id)
    return [one] if one else []


def _news(sent: Sent) -> tuple[str, str]:
    if not sent.invited and not sent.letters:
        return _("These invitations had already gone out; nothing was sent twice."), "info"
    queued = ngettext("One letter is queued.", "%(num)s letters are queued.", sent.letters)
    calls = ngettext(
        "One organisation is on the phone list.",
        "%(num)s organisations are on the phone list.",
        sent.unreachable,
    )
    paper = ngettext(
        "One organisation gets the invitation on paper or as an official letter.",
        "%(num)s organisations get the invitation on paper or as an official letter.",
        sent.by_hand,
    )
    parts = [
        queued if sent.letters else "",
        paper if sent.by_hand else "",
        calls if sent.unreachable else "",
    ]
    return "\n".join(part for part in parts if part), "success"


def _place(round_: Round) -> int:
    """Return the letter that the address asks for: by its number, or by whose invitation it is."""
    wanted = request.args.get("davet")
    for number, (one, _recipient) in enumerate(round_.letters, 1):
        if one.public_id == wanted:
            return number
    return min(max(request.args.get("mektup", 1, int), 1), max(len(round_.letters), 1))


def _letter(meeting: Meeting, round_: Round, place: int) -> Letter:
    if not 1 <= place <= len(round_.letters):
        abort(404)
    return proof(meeting, round_, place - 1, _language())


def _language() -> str:
    """The language in which the reader wants to see the letter; the recipient's own if empty."""
    return str(request.args.get("mektupdili", ""))
