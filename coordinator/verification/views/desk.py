"""The page and the form of one's own record, the same by a letter's link and with an account."""

from dataclasses import dataclass, field
from typing import Any

from flask import redirect, render_template, request
from flask_babel import LazyString

from coordinator import clock
from coordinator.errors import RuleBroken
from coordinator.institution import queries as institution
from coordinator.registry.models import Organization
from coordinator.verification import operations, queries
from coordinator.verification.forms import ConfirmForm, CorrectionForm
from coordinator.verification.models import SILENT, AnswerState, Verification
from coordinator.verification.operations import Answerer
from coordinator.verification.permissions import closed
from coordinator.verification.sheet import proposed_sheet, sheet_of
from coordinator.verification.shown import shown_changes


@dataclass(frozen=True)
class Desk:
    """An organisation's record, who looks at it, and the addresses of the pages."""

    organization: Organization
    verification: Verification | None
    """Where an answer given now belongs; None where that is a new place."""
    by: Answerer
    layout: str
    page_url: str
    correct_url: str
    crumbs: list[tuple[str, str | None]] = field(default_factory=list)
    last: Verification | None = None
    """What was said before, where nothing is asked."""

    @property
    def told(self) -> Verification | None:
        """The answer that the page speaks of."""
        if self.verification is not None and self.verification.state not in SILENT:
            return self.verification
        return self.last

    @property
    def state(self) -> AnswerState | None:
        """What was answered now; None while the question is open."""
        told = self.told
        if told is None or (told is self.last and not _is_today(told)):
            return None
        return told.state

    @property
    def closed(self) -> LazyString | None:
        return closed(self.organization, self.verification)


def _is_today(answer: Verification) -> bool:
    moment = answer.answered_at
    return moment is not None and clock.local(moment).date() == clock.today()


def record_page(desk: Desk, form: ConfirmForm | None = None) -> Any:
    """The record in plain words, the big button, and what was said already."""
    sheet = sheet_of(desk.organization, desk.verification, desk.by.eyes)
    form = form or ConfirmForm(obj=sheet)
    return render_template(
        "verification/record.html",
        desk=desk,
        sheet=sheet,
        form=form,
        told=desk.told,
        changes=shown_changes(desk.told, desk.by.eyes) if desk.told else [],
        institution=institution.current(),
    ), form.status


def confirm(desk: Desk) -> Any:
    """All is right."""
    form = ConfirmForm()
    if form.validate_on_submit():
        try:
            operations.confirm(
                organization=desk.organization,
                verification=desk.verification,
                version=form.opened_version,
                by=desk.by,
            )
            return redirect(desk.page_url, 303)
        except RuleBroken as error:
            form.refuse(error)
            form.version.data = form.version.raw_data = None
            form.version.process_data(
                sheet_of(desk.organization, desk.verification, desk.by.eyes).version
            )
    return record_page(desk, form)


def correct(desk: Desk) -> Any:
    """The form with everything filled in."""
    if desk.closed and request.method != "POST":
        return redirect(desk.page_url)
    form = CorrectionForm(proposed_sheet(desk.organization, desk.verification, desk.by.eyes))
    if form.validate_on_submit():
        try:
            operations.propose(
                organization=desk.organization,
                verification=desk.verification,
                version=form.opened_version,
                said=form.said(),
                by=desk.by,
            )
            return redirect(desk.page_url, 303)
        except RuleBroken as error:
            form.refuse_with(
                error, lambda: sheet_of(desk.organization, desk.verification, desk.by.eyes)
            )
    return render_template("verification/correct.html", desk=desk, form=form), form.status


def answer_to(organization: Organization) -> dict[str, Verification | None]:
    """Return what an account's desk is about: the open question, and the last answer."""
    return {
        "verification": queries.current(organization.id),
        "last": queries.last_answer(organization.id),
    }
