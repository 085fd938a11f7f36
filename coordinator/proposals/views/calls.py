"""The branch's pages of calls."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from coordinator import i18n
from coordinator.access import READERS, WRITERS, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.days import queries as days
from coordinator.days.models import DayWindow
from coordinator.errors import RuleBroken
from coordinator.proposals import emails, operations, queries
from coordinator.proposals.blueprint import blueprint
from coordinator.proposals.forms import AskForm, CallForm
from coordinator.proposals.models import Call
from coordinator.proposals.views import totals


@blueprint.get("/cagrilar")
@requires(READERS)
def calls() -> Any:
    found = queries.calls()
    called = {one.window_id for one in found}
    return render_template(
        "proposals/calls.html",
        calls=found,
        counts=queries.counts_of_calls(found),
        windows_without=[one for one in days.upcoming_windows() if one.id not in called],
    )


@blueprint.get("/cagrilar/yeni")
@requires(WRITERS)
def new_call() -> Any:
    window = _window()
    form = CallForm(
        title=_first_title(window), opens_on=window.call_from, closes_on=window.call_until
    )
    return _call_page(window, form)


@blueprint.post("/cagrilar/yeni")
@requires(WRITERS)
@commit_on_success
def create_call() -> Any:
    window, form = _window(), CallForm()
    if not form.validate_on_submit():
        return _call_page(window, form)
    try:
        call = operations.open_call(window, actor=Actor.account(current_user), **_typed(form))
    except RuleBroken as error:
        form.refuse(error)
        return _call_page(window, form)
    said, more = _("The call is saved."), _("Now send it to the organisations.")
    flash(f"{said}\n{more}", "success")
    return redirect(url_for(".call", public_id=call.public_id), 303)


@blueprint.get("/cagrilar/<public_id>")
@requires(READERS)
def call(public_id: str) -> Any:
    return _overview(_call(public_id))


@blueprint.get("/cagrilar/<public_id>/duzenle")
@requires(WRITERS)
def edit_call(public_id: str) -> Any:
    call = _call(public_id)
    return _call_page(call.window, CallForm(obj=call), call)


@blueprint.post("/cagrilar/<public_id>/duzenle")
@requires(WRITERS)
@commit_on_success
def save_call(public_id: str) -> Any:
    call = _call(public_id)
    form = CallForm(obj=call)
    if not form.validate_on_submit():
        return _call_page(call.window, form, call)
    actor = Actor.account(current_user)
    try:
        operations.edit_call(call, version=form.opened_version, actor=actor, **_typed(form))
    except RuleBroken as error:
        form.refuse(error, call)
        return _call_page(call.window, form, call)
    flash(_("The call is saved."), "success")
    return redirect(url_for(".call", public_id=public_id), 303)


@blueprint.get("/cagrilar/<public_id>/gonder")
@requires(WRITERS)
def choose_to_ask(public_id: str) -> Any:
    return _choosing(_call(public_id), AskForm())


@blueprint.post("/cagrilar/<public_id>/gonder")
@requires(WRITERS)
@commit_on_success
def send_call(public_id: str) -> Any:
    call, form = _call(public_id), AskForm()
    ids = (
        queries.untold_ids(call)
        if request.form.get("kime") == "davetliler"
        else queries.chosen_ids(request.form.getlist("kurulus"))
    )
    try:
        sent = operations.send_call(call, organization_ids=ids, actor=Actor.account(current_user))
    except RuleBroken as error:
        form.refuse(error)
        return _choosing(call, form)
    flash(_told(sent), "success")
    return redirect(url_for(".call", public_id=public_id), 303)


def _window() -> DayWindow:
    window = days.window_by_id(request.args.get("pencere", "")[:12])
    if window is None:
        abort(404)
    return window


def _call(public_id: str) -> Call:
    call = queries.get_call(public_id)
    if call is None:
        abort(404)
    return call


def _typed(form: CallForm) -> dict[str, Any]:
    return {
        "title": form.title.data,
        "text": form.text.data or "",
        "opens_on": form.opens_on.data,
        "closes_on": form.closes_on.data,
    }


def _first_title(window: DayWindow) -> str:
    day = i18n.suffix(i18n.daymonth(window.starts_on), "loc")
    title: str = _("What shall we do on %(day)s?", day=day)
    if window.length_days > 1:
        title = _("What shall we do on %(day)s and after it?", day=day)
    return title


def _call_page(window: DayWindow, form: CallForm, call: Call | None = None) -> Any:
    page = render_template("proposals/call_form.html", window=window, form=form, call=call)
    return page, form.status


def _overview(call: Call) -> Any:
    counts = queries.counts_of_calls([call])[call.id]
    return render_template(
        "proposals/call.html",
        call=call,
        form=AskForm(),
        counts=counts,
        parts=totals.parts(counts, cagri=call.public_id),
        sentence=totals.sentence_of_call(counts),
        after=totals.until(call, counts),
        asked=queries.asked_organizations(call),
        untold=len(queries.untold_ids(call)),
    )


def _choosing(call: Call, form: AskForm) -> Any:
    search, everybody = request.args.get("ara", ""), request.args.get("kimler") == "hepsi"
    page = render_template(
        "proposals/call_send.html",
        call=call,
        form=form,
        choices=queries.choices(call, everybody=everybody, search=search),
        search=search,
        everybody=everybody,
        letter=emails.sample_of_call(
            call, _("Name of the recipient"), _("Name of the organisation"), i18n.language()
        ),
    )
    return page, form.status


def _told(sent: operations.Sent) -> str:
    first = ngettext(
        "The call goes to one organisation.",
        "The call goes to %(num)s organisations.",
        sent.organizations,
    )
    letters = ngettext("One letter is queued.", "%(num)s letters are queued.", sent.letters)
    if not sent.unreachable:
        return f"{first}\n{letters}"
    silent = ngettext(
        "One organisation has no e-mail address.",
        "%(num)s organisations have no e-mail address.",
        len(sent.unreachable),
    )
    return f"{first}\n{letters} {silent}"
