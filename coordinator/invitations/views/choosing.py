"""Choose organisations by filter, and take back what was only chosen."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from coordinator.access import WRITERS, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.i18n import day_short, language
from coordinator.invitations import operations, queries
from coordinator.invitations.blueprint import blueprint
from coordinator.invitations.candidates import Candidates, Route, candidates, named
from coordinator.invitations.models import ListKind
from coordinator.invitations.operations import Choice
from coordinator.invitations.permissions import called_off
from coordinator.invitations.queries.earlier import Guests, earlier_meetings
from coordinator.invitations.views.loading import invitation_or_404, meeting_or_404
from coordinator.lists import queries as lists
from coordinator.lists import words as list_words
from coordinator.meetings.models import STANDING, Meeting
from coordinator.meetings.queries import coming
from coordinator.registry.models import Channel, OrgType
from coordinator.registry.queries import districts, work_areas

OFFERED_CHANNELS = (
    Channel.EBYS,
    Channel.POST,
    Channel.BY_HAND,
    Channel.PHONE,
    Channel.WHATSAPP,
)
"""Ways in which many organisations at once can be asked, instead of by e-mail."""


@blueprint.get("/toplantilar/<public_id>/davetliler/ekle")
@requires(WRITERS)
def choose(public_id: str) -> Any:
    meeting = meeting_or_404(public_id)
    found = candidates(meeting.id, request.args)
    return render_template(
        "invitations/choose.html",
        meeting=meeting,
        found=found,
        called_off=called_off(meeting),
        all_url=_with(public_id, found, hepsi="1"),
        none_url=_with(public_id, found),
        keep_url=url_for(".keep_choice", public_id=public_id, **found.query),  # type: ignore[arg-type]
        list_sentence=_said_of(found),
        **_options(meeting),
    )


@blueprint.get("/toplantilar/listeyle/<public_id>")
@requires(WRITERS)
def with_list(public_id: str) -> Any:
    """Let the reader choose the meeting to which a saved list is invited."""
    saved = lists.find(public_id) or abort(404)
    return render_template(
        "invitations/with_list.html",
        saved=saved,
        sentence=list_words.sentence(lists.held([saved])[saved.id]),
        meetings=[one for one in coming() if one.status in STANDING],
        query={**lists.only(saved).as_query(), "hepsi": "1"},
    )


@blueprint.post("/toplantilar/<public_id>/davetliler/ekle")
@requires(WRITERS)
@commit_on_success
def keep_choice(public_id: str) -> Any:
    meeting = meeting_or_404(public_id)
    wanted = named(request.form.getlist("k"))
    new = operations.choose(
        meeting=meeting,
        organizations=wanted,
        choice=_choice(),
        actor=Actor.account(current_user),
    )
    if not wanted and not queries.chosen(meeting.id):
        flash(_("Choose at least one organisation first."), "warning")
        return redirect(url_for(".choose", public_id=public_id), 303)
    if new:
        flash(
            ngettext(
                "One organisation is on the list.", "%(num)s organisations are on the list.", new
            ),
            "success",
        )
    return redirect(url_for(".preview", public_id=public_id), 303)


@blueprint.post("/toplantilar/<public_id>/davetliler/<invitation_id>/cikar")
@requires(WRITERS)
@commit_on_success
def drop(public_id: str, invitation_id: str) -> Any:
    invitation = invitation_or_404(invitation_id, meeting_or_404(public_id))
    name = invitation.name
    try:
        operations.drop(invitation=invitation, actor=Actor.account(current_user))
        flash(_("%(name)s is no longer on the list.", name=name), "success")
    except RuleBroken as error:
        flash(str(error), "error")
    return redirect(url_for(".preview", public_id=public_id), 303)


def _choice() -> Choice:
    """By which choice they come to the list, under which heading, and in what way they are asked.

    The address says the first; what is not on offer is as if nothing were said.
    """
    kind, channel = request.form.get("dagitim", ""), request.form.get("kanal", "")
    return Choice(
        source=Route.read(request.args).words,
        list_kind=ListKind(kind) if kind in set(ListKind) else ListKind.ACTION,
        channel=Channel(channel) if channel in set(OFFERED_CHANNELS) else None,
    )


def _with(public_id: str, found: Candidates, **more: str) -> str:
    query: dict[str, Any] = {**found.query, **more}
    return url_for(".choose", public_id=public_id, **query)


def _said_of(found: Candidates) -> str:
    """Say what the saved list holds that was chosen, beside what the other filters leave of it."""
    if found.lost:
        return _("This list is no longer there.")
    if found.saved is None:
        return ""
    if lists.filters_of(found.saved) is None:
        return _("A filter of this saved search is no longer there. Save the search anew.")
    return list_words.sentence(lists.held([found.saved])[found.saved.id])


def _options(meeting: Meeting) -> dict[str, Any]:
    every = [("", _("All"))]
    return {
        "earlier": [
            ("", _("No earlier meeting")),
            *(
                (one.public_id, f"{day_short(one.starts_at)} {one.starts_at.year}: {one.title}")
                for one in earlier_meetings(meeting)
            ),
        ],
        "guests": Guests.choices(),
        "list_kinds": ListKind.choices(),
        "channels": [
            ("", _("As each is reached: e-mail, else phone")),
            *((one.value, str(one.word)) for one in OFFERED_CHANNELS),
        ],
        "districts": every + [(one.slug, one.name) for one in districts()],
        "kinds": every + [(code, str(word)) for code, word in OrgType.choices()],
        "areas": every + [(one.code, one.name(language())) for one in work_areas()],
        "lists": [*every, *lists.choices()],
        "reach": [
            ("", _("All")),
            ("var", _("With an e-mail address")),
            ("yok", _("Without an e-mail address")),
        ],
    }
