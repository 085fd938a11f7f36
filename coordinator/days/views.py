"""The pages of special days: the year, its days, the windows' dates, closed days."""

from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator import clock
from coordinator.access import READERS, WRITERS, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.days import calendar, operations, queries, turkey
from coordinator.days.forms import (
    ClosedDayForm,
    SpecialDayForm,
    WindowDatesForm,
    WrittenDay,
    months,
)
from coordinator.days.models import DayTheme, DayWindow, SpecialDay
from coordinator.errors import RuleBroken
from coordinator.i18n import daymonth, language

blueprint = Blueprint("days", __name__, template_folder="templates", url_prefix="/ozel-gunler")


@blueprint.get("")
@requires(READERS)
def this_year() -> Any:
    """The calendar of the year we are in."""
    return show_year(clock.today().year)


@blueprint.get("/<int:year>")
@requires(READERS)
def year(year: int) -> Any:
    """The calendar of a year."""
    _within_reach(year)
    return show_year(year)


def show_year(number: int) -> str:
    """Render a year by months, with the days that the filters leave."""
    theme = next((one for one in DayTheme if one.value == request.args.get("tema")), None)
    everything = request.args.get("goster") == "hepsi"
    found = queries.year(number, theme=theme, with_inactive=everything)
    by_month = [
        (word, [one for one in found if one.first.month == int(month)]) for month, word in months()
    ]
    return render_template(
        "days/year.html",
        year=number,
        months=[(word, days) for word, days in by_month if days],
        found=found,
        theme=theme,
        everything=everything,
        themes=DayTheme,
        holidays=turkey.of_year(number, language()),
        earlier=number - 1 if number > calendar.FIRST_YEAR else None,
        later=number + 1 if number < calendar.LAST_YEAR else None,
        may_write=current_user.role in WRITERS,
    )


@blueprint.post("/<int:year>/<day>/ac")
@requires(WRITERS)
@commit_on_success
def open_window(year: int, day: str) -> Any:
    """Open the window of a day; a second press leads to the same window."""
    _within_reach(year)
    special_day = _day_or_404(day)
    window = operations.open_window(special_day, year, Actor.account(current_user))
    return redirect(_address(window), 303)


@blueprint.route("/<int:year>/<day>/tarihler", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def window_dates(year: int, day: str) -> Any:
    """Change the dates of a window's stages."""
    window = queries.find_window(year, day) or abort(404)
    form = WindowDatesForm(obj=window)
    if form.validate_on_submit():
        try:
            operations.set_dates(
                window,
                dates=form.plan,
                version=form.opened_version,
                actor=Actor.account(current_user),
            )
        except RuleBroken as error:
            form.refuse(error, window)
        else:
            flash(_("The window’s dates are saved."), "success")
            return redirect(_address(window), 303)
    page = render_template("days/dates.html", form=form, window=window, back=_address(window))
    return page, form.status


@blueprint.route("/gunler/yeni", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def new_day() -> Any:
    """Add a special day."""
    form = SpecialDayForm()
    if form.validate_on_submit():
        try:
            special_day = operations.add_day(form.facts, actor=Actor.account(current_user))
        except RuleBroken as error:
            form.refuse(error)
        else:
            return _saved(special_day)
    return render_template("days/day.html", form=form, special_day=None), form.status


@blueprint.route("/gunler/<slug>", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def edit_day(slug: str) -> Any:
    """Change a special day."""
    special_day = _day_or_404(slug)
    form = SpecialDayForm(obj=WrittenDay(special_day))
    if form.validate_on_submit():
        try:
            operations.edit_day(
                special_day,
                form.facts,
                version=form.opened_version,
                actor=Actor.account(current_user),
            )
        except RuleBroken as error:
            form.refuse(error, WrittenDay(special_day))
        else:
            return _saved(special_day)
    return render_template("days/day.html", form=form, special_day=special_day), form.status


@blueprint.get("/kapali-gunler")
@requires(READERS)
def closed_days() -> Any:
    """The closed days of this year and the next, those of the law and those set by hand."""
    return show_closed_days(ClosedDayForm())


@blueprint.post("/kapali-gunler")
@requires(WRITERS)
@commit_on_success
def close_day() -> Any:
    """Mark a day as closed."""
    form = ClosedDayForm()
    if form.validate_on_submit():
        try:
            closed = operations.close_day(
                on=form.on.data,
                half_day=form.half_day.data,
                reason=form.reason.data,
                actor=Actor.account(current_user),
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            flash(_("%(day)s is marked as closed.", day=daymonth(closed.on)), "success")
            return redirect(url_for("days.closed_days"), 303)
    return show_closed_days(form), form.status


def show_closed_days(form: ClosedDayForm) -> str:
    """Render what is closed from today on, and the form that adds a day."""
    today = clock.today()
    official = [
        (day, names)
        for number in (today.year, today.year + 1)
        for day, names in sorted(turkey.of_year(number, language()).items())
        if day >= today
    ]
    own = queries.closed_days(today, date(calendar.LAST_YEAR, 12, 31))
    return render_template(
        "days/closed.html",
        form=form,
        own=own,
        official=official,
        may_write=current_user.role in WRITERS,
    )


@blueprint.post("/kapali-gunler/<day>/kaldir")
@requires(WRITERS)
@commit_on_success
def reopen_day(day: str) -> Any:
    """Take a closed day's mark away."""
    try:
        closed = queries.find_closed_day(date.fromisoformat(day))
    except ValueError:
        closed = None
    if closed is None:
        abort(404)
    operations.reopen_day(closed, actor=Actor.account(current_user))
    flash(_("%(day)s is open again.", day=daymonth(closed.on)), "success")
    return redirect(url_for("days.closed_days"), 303)


def _within_reach(year: int) -> None:
    if not calendar.FIRST_YEAR <= year <= calendar.LAST_YEAR:
        abort(404)


def _day_or_404(slug: str) -> SpecialDay:
    special_day: SpecialDay = queries.find_day(slug) or abort(404)
    return special_day


def _address(window: DayWindow) -> str:
    return url_for("activities.window", year=window.year, day=window.special_day.slug)


def _saved(special_day: SpecialDay) -> Any:
    name = special_day.name(language())
    flash(_("Saved: %(name)s", name=name), "success")
    first = calendar.occurrence(special_day, clock.today().year)
    return redirect(url_for("days.year", year=first.year) + f"#gun-{special_day.slug}", 303)
