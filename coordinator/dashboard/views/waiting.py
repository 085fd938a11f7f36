"""What waits for the branch, each with the button that leads there; the first page lists it."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from coordinator.access import Role
from coordinator.bookings import queries as bookings
from coordinator.bookings import words
from coordinator.bookings.services import Service
from coordinator.dashboard import queries
from coordinator.dashboard.views.rows import Row
from coordinator.i18n import day_short
from coordinator.inbox import queries as inbox
from coordinator.inbox.models import MessageKind
from coordinator.institution import queries as institution
from coordinator.meetings.models import Meeting
from coordinator.verification import queries as verification

TO_READ = (MessageKind.HUMAN, MessageKind.UNMATCHED, MessageKind.BOUNCE)
"""Messages that ask for somebody; the others did what they came for."""


def rows_waiting() -> Iterator[Row]:
    """Yield what waits, the most pressing first."""
    yield from _unnamed()
    yield from _messages()
    yield from _services()
    yield from _silent()
    yield from _proposals()
    yield from _corrections()
    yield from _unreadable()


def _unnamed() -> Iterator[Row]:
    """Ask an administrator whose copy this is: one made by a command begins without a name."""
    if current_user.role is Role.ADMIN and institution.current() is None:
        yield Row(
            "diamond",
            "amber",
            _("Write your institution’s name"),
            _("The name stands on every page and in every letter."),
            url_for("administration.institution"),
            _("Write the institution"),
        )


def _messages() -> Iterator[Row]:
    """Say that mail arrived which nobody has looked at."""
    count = inbox.count_unseen(TO_READ)
    if count:
        yield Row(
            "diamond",
            "amber",
            ngettext(
                "Read %(num)s message that arrived",
                "Read %(num)s messages that arrived",
                count,
            ),
            _("Somebody wrote, or a letter came back."),
            url_for("replies.index"),
            _("Open the messages"),
        )


def _services() -> Iterator[Row]:
    """Ask for the services that are to be ordered, or whose order does not fit any more."""
    for meeting, services in bookings.waiting():
        off = [one for one in services if one.is_off]
        if off:
            title = ngettext(
                "Call off %(num)s service of a cancelled meeting",
                "Call off %(num)s services of a cancelled meeting",
                len(off),
            )
            yield _of_services(meeting, off, title, pressing=True)
            continue
        to_order = [one for one in services if one.is_to_order]
        if to_order:
            title = ngettext("Order %(num)s service", "Order %(num)s services", len(to_order))
            late = any(one.is_late for one in to_order)
            yield _of_services(meeting, to_order, title, pressing=late)
        changed = [one for one in services if not one.is_to_order]
        if changed:
            title = ngettext(
                "Look at %(num)s order that does not fit any more",
                "Look at %(num)s orders that do not fit any more",
                len(changed),
            )
            yield _of_services(meeting, changed, title, pressing=False)


def _of_services(meeting: Meeting, services: list[Service], title: str, *, pressing: bool) -> Row:
    return Row(
        "triangle" if pressing else "clock",
        "red" if pressing else "amber",
        title,
        _(
            "%(meeting)s, %(day)s: %(list)s.",
            meeting=meeting.title,
            day=day_short(meeting.starts_at),
            list=words.short(services),
        ),
        url_for("bookings.services", public_id=meeting.public_id),
        _("See the services"),
    )


def _silent() -> Iterator[Row]:
    """Ask for those who have not answered: the desk says why, and whom to call."""
    for silent in queries.silent_meetings():
        meeting = silent.meeting
        yield Row(
            "clock",
            "mor",
            ngettext(
                "Reach %(num)s organisation that has not answered",
                "Reach %(num)s organisations that have not answered",
                silent.organizations,
            ),
            _(
                "%(meeting)s. Last day to answer: %(day)s.",
                meeting=meeting.title,
                day=day_short(meeting.rsvp_deadline),
            ),
            url_for("desk.desk", public_id=meeting.public_id),
            _("See the silent"),
        )


def _proposals() -> Iterator[Row]:
    """Ask for a word on the proposals."""
    count, oldest = queries.waiting_proposals()
    if oldest is not None:
        yield Row(
            "half",
            "mor",
            ngettext("Assess %(num)s proposal", "Assess %(num)s proposals", count),
            _("Waits longest: “%(title)s”.", title=oldest.title),
            url_for("proposals.index"),
            _("Open the proposals"),
        )


def _unreadable() -> Iterator[Row]:
    """Ask for the addresses that cannot be read."""
    for organization in queries.unreadable_addresses():
        yield Row(
            "diamond",
            "amber",
            _("Put an e-mail address right"),
            _("%(name)s: “%(typed)s”", name=organization.name, typed=organization.unreadable_email),
            url_for("registry.edit_organization", public_id=organization.public_id),
            _("Correct the address"),
        )


def _corrections() -> Iterator[Row]:
    """Say that organisations have corrected their records."""
    count = verification.waiting()
    if count:
        yield Row(
            "diamond",
            "amber",
            ngettext(
                "Take over the corrections of %(num)s organisation",
                "Take over the corrections of %(num)s organisations",
                count,
            ),
            _("They looked at their record and wrote how it should be."),
            url_for("verification.corrections"),
            _("Look at the corrections"),
        )
