"""The page behind a letter's link: no account, phone first, nothing changes on GET."""

from contextlib import suppress
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from coordinator import links
from coordinator.access import public
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken, error_page
from coordinator.headers import keep_private
from coordinator.i18n import LANGUAGES, language, read_in
from coordinator.institution import queries as institution
from coordinator.invitations import queries
from coordinator.invitations.blueprint import blueprint
from coordinator.invitations.emails import key, organizer
from coordinator.invitations.letter_form import LetterAnswerForm
from coordinator.invitations.models import WANTING, AnsweredVia, Invitation, RsvpAnswer
from coordinator.invitations.occasion import describe
from coordinator.invitations.operations import Source, answer_invitation
from coordinator.invitations.operations.composing import PURPOSE
from coordinator.invitations.operations.receipts import Receipt
from coordinator.invitations.permissions import called_off, closed, names_closed
from coordinator.invitations.queries import Opened, ended
from coordinator.invitations.room import no_place_for
from coordinator.invitations.signals import Asked, blocks_for
from coordinator.invitations.summary import standing, summary
from coordinator.meetings import calendar
from coordinator.meetings.models import Meeting, MeetingStatus
from coordinator.outbox import operations as outbox
from coordinator.outbox import queries as letters_out
from coordinator.outbox.operations import NotOnHold
from coordinator.reachability import masked_email
from coordinator.registry.queries import Recipient

Answer = str | tuple[str, int] | AnyResponse


@blueprint.get("/davet/deneme")
@public
def example() -> Answer:
    """Where the link of a trial letter leads."""
    return render_template("invitations/example.html")


@blueprint.get("/davet/<token>")
@public
def answer(token: str) -> Answer:
    opened = open_link(token)
    if not isinstance(opened, Opened):
        return opened
    invitation = opened.invitation
    wanted = request.args.get("yanit")
    answered = invitation.answer is not RsvpAnswer.NONE
    if closed(invitation.meeting) or (answered and not wanted and "degistir" not in request.args):
        return render_template("invitations/answered.html", **context(opened))
    form = LetterAnswerForm(obj=invitation)
    form.choose(wanted)
    return render_template("invitations/answer.html", form=form, **context(opened))


@blueprint.post("/davet/<token>")
@public
@commit_on_success
def give_answer(token: str) -> Answer:
    opened = open_link(token)
    if not isinstance(opened, Opened):
        return opened
    form = LetterAnswerForm(obj=opened.invitation)
    if form.validate_on_submit():
        try:
            keep(opened, form)
            return redirect(url_for(".answer", token=token, **asked_language()), 303)
        except RuleBroken as error:
            form.refuse(error, opened.invitation)
    page = "answered" if closed(opened.invitation.meeting) else "answer"
    return render_template(f"invitations/{page}.html", form=form, **context(opened)), form.status


@blueprint.post("/davet/<token>/adresim-calisiyor")
@public
@commit_on_success
def address_works(token: str) -> Answer:
    """The reader says that letters reach them again: those that waited for it go now."""
    opened = open_link(token)
    if not isinstance(opened, Opened):
        return opened
    address, reader = opened.recipient.address, Actor.link(opened.recipient.name)
    with suppress(NotOnHold):  # pressed twice, or staff were quicker
        outbox.release(address, actor=reader)
        outbox.resend_kept_back(address, reader)
    flash(_("Thank you. Letters go to your address again."), "success")
    return redirect(url_for(".answer", token=token, **asked_language()), 303)


@blueprint.get("/davet/<token>/takvim.ics")
@public
def calendar_file(token: str) -> Answer:
    """The meeting for the recipient's own calendar."""
    opened = open_link(token)
    if not isinstance(opened, Opened):
        return opened
    return calendar_answer(opened.invitation)


def open_link(token: str) -> Opened | Answer:
    """Return what the token opens, or the page that says kindly why it does not."""
    keep_private()
    link = links.find(PURPOSE, token)
    opened = queries.by_link(link) if link else None
    if link is not None and opened is None and not links.is_open(link):
        return _closed()
    if opened is None or link is None:
        return leads_nowhere()
    read_in(opened.recipient.language)
    if link.revoked_at is None and not links.is_open(link):
        return _expired(opened)
    if not links.is_open(link) or not opened.still_theirs:
        return _ended(opened)
    if opened.invitation.meeting.status is MeetingStatus.CANCELLED:
        return _cancelled(opened.invitation.meeting)
    return opened


def _cancelled(meeting: Meeting) -> Answer:
    """Return the page of a meeting that is off: which one, and nothing of people."""
    occasion = describe(meeting)
    which = _("%(meeting)s, %(day)s.", meeting=occasion.heading, day=occasion.day)
    text = " ".join([which, _("Nothing is expected of you.")])
    return error_page(410, _("This meeting was cancelled."), text)


def _ended(opened: Opened) -> Answer:
    """Return the page of a link that ended before its time; it offers no new one."""
    is_closed = opened.link.revoked_at is not None
    if is_closed and ended.has_newer(opened.link):
        return error_page(410, _("A newer link took the place of this one"))
    if handed := ended.handed_on(opened.link):
        to = ", ".join(masked_email(address) for address in handed)
        text = _("It now stands in the letter to %(addresses)s.", addresses=to)
        return error_page(410, _("This invitation was handed over"), text)
    return _closed() if is_closed else error_page(410)


def _closed() -> Answer:
    why = _("We ended it. If you have a question about the invitation, call us.")
    return error_page(410, _("This link was closed"), why)


def leads_nowhere() -> Answer:
    cut_off = _("It may have been cut off on the way. Open it from the letter once more.")
    return error_page(404, _("This link leads nowhere"), cut_off)


def _expired(opened: Opened) -> Answer:
    """Return the page of a link whose time is over; whoever holds it reads nothing of people."""
    why: Any = closed(opened.invitation.meeting)
    if opened.on_paper and not why:
        why = _("Call us, and we will give you a new one.")
    to = url_for(".new_link", token=links.token_of(opened.link), **asked_language())
    return render_template("invitations/expired.html", why=why, new_link_url=to), 410


def asked_language() -> dict[str, Any]:
    asked = request.args.get("dil")
    return {"dil": asked} if asked in LANGUAGES else {}


def keep(opened: Opened, form: LetterAnswerForm) -> None:
    """Keep the answer in the name of the letter's recipient, who gets the receipt."""
    answer_invitation(
        invitation=opened.invitation,
        reply=form.reply,
        source=Source(AnsweredVia.LINK, Receipt(opened.recipient, opened.link)),
        opened_version=form.opened_version,
        actor=Actor.link(opened.recipient.name),
    )


def context(opened: Opened) -> dict[str, Any]:
    """Return what the letter's page shows; the reader is known by the organisation only."""
    token, asked = links.token_of(opened.link), asked_language()
    return {
        **shared_context(opened.invitation, opened.recipient, masked=True),
        "standing": standing(opened.invitation),
        "works_url": url_for(".address_works", token=token, **asked),
        "answer_url": url_for(".answer", token=token, **asked),
        "change_url": url_for(".answer", token=token, degistir=1, **asked),
        "calendar_url": url_for(".calendar_file", token=token),
        "names_url": url_for(".names", token=token, **asked),
        "handover_url": url_for(".handover", token=token, **asked),
        "copy_to": masked_email(opened.recipient.address),
    }


def shared_context(
    invitation: Invitation, reader: Recipient, *, masked: bool = False
) -> dict[str, Any]:
    """Return what both pages of an answer show, the letter's and the account's.

    Whoever has the letter's link may not be its recipient: to them names and needs are `masked`.
    """
    meeting = invitation.meeting
    place = Asked(
        invitation_id=invitation.id,
        organization_id=invitation.organization_id,
        contact_id=reader.contact_id,
        language=language(),
    )
    answered = invitation.answer is not RsvpAnswer.NONE
    return {
        "invitation": invitation,
        "meeting": meeting,
        "occasion": describe(meeting),
        "understood": summary(invitation, masked=masked) if answered else None,
        "masked": masked,
        "held": bool(reader.address and letters_out.held([reader.address])),
        "closed": closed(meeting),
        "called_off": called_off(meeting),
        "full": _is_full_for(invitation),
        "names_open": names_closed(meeting) is None,
        "names_wanted": _names_wanted(invitation),
        "copied": answered
        and queries.was_written(key("receipt", invitation.id, reader.address, invitation.version)),
        "blocks": blocks_for(meeting, [place])[0] if answered else [],
        "institution": institution.current(),
    }


def _is_full_for(invitation: Invitation) -> bool:
    """Is no place left for an organisation that has none and does not wait for one?"""
    return closed(invitation.meeting) is None and no_place_for(invitation)


def _names_wanted(invitation: Invitation) -> int:
    """Return how many names are missing that can still be given."""
    if invitation.answer not in WANTING or names_closed(invitation.meeting):
        return 0
    return invitation.people - len(invitation.attendee_names)


def calendar_answer(invitation: Invitation) -> Response:
    """Return the calendar file as a download."""
    branch = institution.current()
    text = calendar.event(
        invitation.meeting,
        organizer=organizer(branch) if branch else ("Paydaş", "paydas@localhost"),
        method="CANCEL" if called_off(invitation.meeting) else "PUBLISH",
    )
    headers = {"Content-Disposition": "attachment; filename=takvim.ics"}
    return Response(text, content_type="text/calendar; charset=utf-8", headers=headers)
