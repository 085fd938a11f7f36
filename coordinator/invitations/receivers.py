"""What invitations hear from below, and what they put into lower pages."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import Flask, flash, has_request_context
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_login import current_user

from coordinator import navigation
from coordinator.access import READERS, REPRESENTATIVES, WRITERS
from coordinator.duplicates.journal import Journal
from coordinator.duplicates.signals import merged, merging, unmerged
from coordinator.invitations import operations, queries
from coordinator.invitations.models import Invitation, RsvpAnswer
from coordinator.invitations.operations.unmerging import write_anew
from coordinator.invitations.signals import seated_untold
from coordinator.meetings import expected, tabs
from coordinator.meetings.models import Meeting
from coordinator.meetings.signals import meeting_cancelled, meeting_changed, seats_changed
from coordinator.registry import sections
from coordinator.registry.models import Organization


def init_app(app: Flask) -> None:
    meeting_changed.connect(when_changed)
    meeting_cancelled.connect(when_cancelled)
    seats_changed.connect(when_seats_changed)
    seated_untold.connect(when_seated_untold)
    merging.connect(when_merging)
    merged.connect(when_merged)
    unmerged.connect(when_unmerged)
    expected.add(app, expected_at)
    tabs.add(
        app,
        tabs.Tab(
            order=30,
            label=_l("Invitees"),
            endpoint="invitations.invitees",
            next_step=_l("Choose who is invited"),
            next_reason=_l("You see every letter before it is sent."),
        ),
    )
    sections.add(
        app,
        sections.Section(
            order=20,
            title=_l("Meetings they were invited to"),
            template="invitations/_history.html",
            load=history,
            roles=READERS,
        ),
    )
    navigation.add(
        app,
        navigation.Entry(
            order=20,
            label=_l("Our meetings"),
            endpoint="invitations.own_list",
            icon="people",
            roles=REPRESENTATIVES,
        ),
    )


def when_changed(meeting: Meeting, **_more: Any) -> None:
    """Whoever holds an invitation hears how the meeting stands now."""
    _say_untold(operations.tell_changed(meeting=meeting).untold)


def when_cancelled(meeting: Meeting, reason: str = "", **_more: Any) -> None:
    """Whoever holds an invitation hears that nobody meets."""
    _say_untold(operations.tell_cancelled(meeting=meeting, reason=reason).untold)


def _say_untold(untold: Sequence[Invitation]) -> None:
    """Name to whoever is at the page the organisations that only a call can reach."""
    if untold and has_request_context():
        said = ngettext(
            "One organisation that may come cannot be written to. Call it: %(names)s.",
            "%(num)s organisations that may come cannot be written to. Call them: %(names)s.",
            len(untold),
            names=", ".join(one.name for one in untold),
        )
        flash(said, "warning")


def when_merging(kept: Organization, other: Organization, **_more: Any) -> None:
    """Whoever writes about the meetings of both waits until the merge is done, or taken back."""
    operations.hold_all(kept.id, other.id)


def when_merged(kept: Organization, other: Organization, journal: Journal, **_more: Any) -> None:
    """An organisation is invited to a meeting once, however many records it had."""
    operations.lead_letters_on(kept=kept, other=other, journal=journal)
    for meeting in queries.with_waiting_list(kept.id):
        operations.move_up(meeting)


def when_unmerged(kept: Organization, other: Organization, journal: Journal, **_more: Any) -> None:
    """Each has its own invitation again, with the places that are free by now."""
    write_anew(journal)
    for one in (kept, other):
        for meeting in queries.with_waiting_list(one.id):
            operations.move_up(meeting)


def when_seats_changed(meeting: Meeting, **_more: Any) -> None:
    """More places, or no limit any more: those who wait move up."""
    operations.move_up(meeting)


def when_seated_untold(_meeting: Meeting, invitations: Sequence[Invitation], **_more: Any) -> None:
    """Name to the member of staff whose deed freed the places those who have to be called."""
    if has_request_context() and getattr(current_user, "role", None) in WRITERS:
        said = ngettext(
            "A place became free for one organisation that cannot be written to. Call it: "
            "%(names)s.",
            "Places became free for %(num)s organisations that cannot be written to. Call them: "
            "%(names)s.",
            len(invitations),
            names=", ".join(one.name for one in invitations),
        )
        flash(said, "warning")


def expected_at(meeting: Meeting) -> Iterator[expected.Expected]:
    """Everybody invited; whoever is expected has people."""
    for one in queries.of_meeting(meeting.id):
        if one.invited_at is not None:
            names = tuple(str(name) for name in one.attendee_names) if one.is_coming else ()
            people = one.people if one.is_coming else 0
            yield expected.Expected(one.organization, people, names, RsvpAnswer(one.answer))


def history(organization: Organization) -> dict[str, Any] | None:
    """What the organisation was invited to and answered."""
    found = queries.of_organization(organization.id)
    return {"invitations": found} if found else None
