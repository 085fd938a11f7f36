"""The meeting's tab of reminders: what goes out when and to how many, and the letters."""

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from coordinator.access import READERS, WRITERS, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.headers import LETTER_POLICY
from coordinator.i18n import day
from coordinator.meetings.models import Meeting
from coordinator.meetings.queries import find_meeting
from coordinator.reminders import operations, queries
from coordinator.reminders.forms import NewRuleForm, RuleForm
from coordinator.reminders.models import Aim, ReminderRule
from coordinator.reminders.operations import Gone
from coordinator.reminders.page import shown
from coordinator.reminders.proofs import proof, targets_of

blueprint = Blueprint(
    "reminders",
    __name__,
    url_prefix="/toplantilar/<public_id>/hatirlatmalar",
    template_folder="templates",
)


@blueprint.get("")
@requires(READERS)
def reminders(public_id: str) -> Any:
    return _page(_meeting(public_id))


@blueprint.post("")
@requires(WRITERS)
@commit_on_success
def prepare(public_id: str) -> Any:
    """Give the meeting the usual reminders."""
    operations.prepare(meeting=_meeting(public_id), actor=Actor.account(current_user))
    return _back(public_id)


@blueprint.post("/yeni")
@requires(WRITERS)
@commit_on_success
def add(public_id: str) -> Any:
    meeting = _meeting(public_id)
    form = NewRuleForm()
    if form.validate_on_submit():
        try:
            actor = Actor.account(current_user)
            operations.add(meeting=meeting, aim=Aim(form.aim.data), actor=actor, **form.values)
            flash(_("The reminder was added."), "success")
            return _back(public_id)
        except RuleBroken as error:
            form.refuse(error)
    return _page(meeting, form), form.status


@blueprint.post("/<rule_id>")
@requires(WRITERS)
@commit_on_success
def change(public_id: str, rule_id: str) -> Any:
    rule = _rule(public_id, rule_id)
    form = RuleForm(obj=rule)
    if form.validate_on_submit():
        try:
            operations.change(
                rule=rule,
                version=form.opened_version,
                actor=Actor.account(current_user),
                **form.values,
            )
            flash(_("Saved."), "success")
            return _back(public_id, rule_id)
        except RuleBroken as error:
            form.refuse(error, rule)
    return _page(rule.meeting, form), form.status


@blueprint.post("/<rule_id>/sil")
@requires(WRITERS)
@commit_on_success
def remove(public_id: str, rule_id: str) -> Any:
    rule = _rule(public_id, rule_id)
    try:
        operations.remove(rule=rule, actor=Actor.account(current_user))
        flash(_("The reminder was removed."), "success")
    except RuleBroken as error:
        flash(str(error), "error")
    return _back(public_id)


@blueprint.post("/<rule_id>/gonder")
@requires(WRITERS)
@commit_on_success
def send(public_id: str, rule_id: str) -> Any:
    rule = _rule(public_id, rule_id)
    try:
        gone = operations.send_now(
            rule=rule, actor=Actor.account(current_user), sure=bool(request.form.get("yine"))
        )
        flash(*_news(gone))
        if gone.letters and (again := _again(rule)):
            flash(again, "info")
    except RuleBroken as error:
        flash(str(error), "error")
    return _back(public_id)


@blueprint.get("/<rule_id>/mektup")
@requires(READERS)
def letter(public_id: str, rule_id: str) -> Any:
    rule = _rule(public_id, rule_id)
    targets = targets_of(rule)
    place = min(max(request.args.get("mektup", 1, int), 1), max(len(targets), 1))
    return render_template(
        "reminders/letter.html",
        meeting=rule.meeting,
        rule=rule,
        letter=proof(rule.meeting, rule.aim, targets[place - 1]) if targets else None,
        place=place,
        count=len(targets),
    )


@blueprint.get("/<rule_id>/mektup/<int:place>")
@requires(READERS)
def sheet(public_id: str, rule_id: str, place: int) -> Response:
    """The HTML of one letter, for the frame of the preview: it may use styles, and nothing else."""
    rule = _rule(public_id, rule_id)
    targets = targets_of(rule)
    if not 1 <= place <= len(targets):
        abort(404)
    page = proof(rule.meeting, rule.aim, targets[place - 1]).html
    return Response(page, headers={"Content-Security-Policy": LETTER_POLICY})


def _page(meeting: Meeting, form: RuleForm | None = None) -> str:
    may_write = current_user.role in WRITERS
    new = form if isinstance(form, NewRuleForm) else NewRuleForm(formdata=None)
    return render_template(
        "reminders/reminders.html",
        meeting=meeting,
        cards=shown(meeting, form),
        new=new,
        form=form,
        may_write=may_write,
    )


def _news(gone: Gone) -> tuple[str, str]:
    sent = ngettext("One letter is queued.", "%(num)s letters are queued.", gone.letters)
    waiting = ngettext(
        "One recipient had a letter from us within a day and was left out.",
        "%(num)s recipients had a letter from us within a day and were left out.",
        gone.paused,
    )
    parts = [sent if gone.letters else _("Nobody was written to."), waiting if gone.paused else ""]
    return "\n".join(part for part in parts if part), "success" if gone.letters else "info"


def _again(rule: ReminderRule) -> str:
    """Say that the letter of the day before still goes by itself to those who got it early."""
    if not operations.is_early(rule):
        return ""
    card = next((one for one in shown(rule.meeting) if one.rule is rule), None)
    if card is None or not card.goes_again:
        return ""
    return _(
        "It still goes out by itself on %(day)s, to the same people as well. Switch it off if "
        "once is enough.",
        day=day(card.moment),
    )


def _back(public_id: str, rule_id: str | None = None) -> Any:
    anchor = f"h-{rule_id}" if rule_id else None
    return redirect(url_for(".reminders", public_id=public_id, _anchor=anchor), 303)


def _meeting(public_id: str) -> Meeting:
    return find_meeting(public_id) or abort(404)


def _rule(public_id: str, rule_id: str) -> ReminderRule:
    return queries.by_public_id(_meeting(public_id).id, rule_id) or abort(404)
