"""One message: what it did, and what is left to do."""

import re
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import READERS, WRITERS, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.inbox import operations as inbox
from coordinator.inbox import queries as messages
from coordinator.inbox.models import InboxMessage, MessageKind
from coordinator.invitations import queries as invitations
from coordinator.invitations.forms import PhonedAnswerForm
from coordinator.invitations.models import Invitation, RsvpAnswer
from coordinator.invitations.permissions import closed
from coordinator.invitations.room import no_place_for
from coordinator.replies import queries
from coordinator.replies.blueprint import blueprint
from coordinator.replies.outcomes import said, sentence
from coordinator.wording import one_line

CAME_BACK = (MessageKind.BOUNCE, MessageKind.DELAYED)
MAY_BE_ENTERED = (MessageKind.HUMAN, MessageKind.UNMATCHED)
_ANSWERS = (RsvpAnswer.YES, RsvpAnswer.MAYBE, RsvpAnswer.NO)


@blueprint.get("/gelen/<public_id>")
@requires(READERS)
def message(public_id: str) -> Any:
    one = message_or_404(public_id)
    chosen = invitations.by_public_id(request.args.get("davet", "")[:20])
    return message_page(one, chosen)


@blueprint.post("/gelen/<public_id>/goruldu")
@requires(WRITERS)
@commit_on_success
def seen(public_id: str) -> Any:
    inbox.mark_seen(message_or_404(public_id), Actor.account(current_user))
    flash(_("The message is marked as seen."), "success")
    return redirect(url_for(".index"), 303)


def message_or_404(public_id: str) -> InboxMessage:
    return messages.by_public_id(public_id) or abort(404)


def message_page(
    one: InboxMessage,
    chosen: Invitation | None = None,
    form: PhonedAnswerForm | None = None,
    refusal: Any = None,
) -> str:
    """Return the page; `form` holds what was typed, where it could not be kept."""
    return render_template(
        "replies/message.html",
        message=one,
        sentence=sentence(one),
        said=said(one),
        text=without_own_links(one.text),
        quoted=without_own_links(str(one.details.get("quoted") or "")),
        **_about(one, chosen, form),
        concern=queries.concerns([one]).get(one.id),
        reach=queries.reach_of(one.letter) if one.kind in CAME_BACK else None,
        refusal=refusal,
    )


def _about(
    one: InboxMessage, chosen: Invitation | None, form: PhonedAnswerForm | None
) -> dict[str, Any]:
    """Return which invitation it is about, or may be, and the form for its answer."""
    search = one_line(request.args.get("ara", ""))[:200]
    to_enter, is_report = may_be_entered(one), queries.is_unmatched_report(one)
    likely = queries.likely(one) if to_enter or is_report else []
    if to_enter and chosen is None and len(likely) == 1 and not search:
        chosen = likely[0]
    if to_enter and chosen is not None and form is None:
        form = _form(one, chosen)
    return {
        "may_be_entered": to_enter,
        "is_report": is_report,
        "chosen": chosen if form is not None or is_report else None,
        "failing": queries.failing_of(one, chosen),
        "closed": closed(chosen.meeting) if chosen is not None else None,
        "form": form,
        "full": form is not None and chosen is not None and no_place_for(chosen),
        "likely": [other for other in likely if other is not chosen],
        "search": search,
        "found": queries.found_by_name(search) if search else [],
    }


def may_be_entered(one: InboxMessage) -> bool:
    """May there be an answer in it that nobody has kept yet?"""
    if queries.is_unmatched_report(one):
        return False
    return one.kind in MAY_BE_ENTERED or one.outcome in queries.NOT_KEPT


def without_own_links(text: str) -> str:
    """Return what somebody wrote without our own addresses: a quoted letter holds a key."""
    own = re.compile(re.escape(current_app.config["BASE_URL"]) + r"\S*", re.IGNORECASE)
    return own.sub(_("[the reader’s own link]"), text)


def _form(one: InboxMessage, invitation: Invitation) -> PhonedAnswerForm:
    """Return the form of the answer, with what a calendar program said filled in."""
    form = PhonedAnswerForm(obj=invitation)
    answer = said(one)
    if answer in _ANSWERS:
        form.answer.data = answer.value
    comment = str(one.details.get("comment") or "")
    if comment and not form.note.data:
        form.note.data = comment
    return form
