"""The first page of somebody who acts for an organisation."""

from collections.abc import Iterator
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.activities.queries import activities
from coordinator.dashboard import queries
from coordinator.dashboard.views.rows import Row, days_left
from coordinator.i18n import day, when
from coordinator.proposals.queries import open_calls
from coordinator.registry.queries import represented, represented_ids
from coordinator.verification.queries import asked_now


def page() -> Any:
    """Show what to answer, to write and to do."""
    organizations = represented(current_user)
    ids = represented_ids(current_user)
    return render_template(
        "dashboard/representative.html",
        organizations=organizations,
        answers=[*_answers(ids), *_records(ids)],
        writing=list(_writing(ids)),
        tasks=list(_tasks(ids)),
    )


def _answers(ids: frozenset[int]) -> Iterator[Row]:
    for invitation in queries.own_silent(ids):
        meeting = invitation.meeting
        yield Row(
            "ring",
            "mor",
            meeting.title,
            _(
                "%(when)s. Answer until %(day)s.",
                when=when(meeting.starts_at),
                day=day(meeting.rsvp_deadline),
            ),
            url_for("invitations.own_answer", public_id=invitation.public_id),
            _("Give an answer"),
        )


def _records(ids: frozenset[int]) -> Iterator[Row]:
    for asked in asked_now(ids):
        assert asked.round is not None
        yield Row(
            "ring",
            "mor",
            _("Are your details still right?"),
            _(
                "%(name)s. Answer until %(day)s.",
                name=asked.name,
                day=day(asked.round.answer_by),
            ),
            url_for("verification.own_record", public_id=asked.organization.public_id),
            _("Look and confirm"),
        )


def _writing(ids: frozenset[int]) -> Iterator[Row]:
    for call in open_calls(ids):
        yield Row(
            "ring",
            "mor",
            call.title,
            _("Open until %(day)s.", day=day(call.closes_on)),
            url_for("proposals.new", cagri=call.public_id),
            _("Write a proposal"),
        )


def _tasks(ids: frozenset[int]) -> Iterator[Row]:
    for task in activities.tasks_of(ids):
        if task.is_late:
            note = _("%(what)s, late", what=task.activity.title)
        else:
            left = [days_left(task.due_on)] if task.due_on else []
            note = ", ".join([task.activity.title, *left])
        yield Row(
            "triangle" if task.is_late else "ring",
            "red" if task.is_late else "mor",
            task.title,
            note,
            url_for("activities.show", public_id=task.activity.public_id),
            _("Open the activity"),
        )
