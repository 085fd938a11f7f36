"""The list of activities: all windows for the branch, the shared calendar for representatives."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import render_template, request
from flask_login import current_user

from coordinator.access import EVERYONE, WRITERS, Role, requires
from coordinator.activities.models import ActivityStatus, JointActivity
from coordinator.activities.permissions import has_part
from coordinator.activities.queries import activities as queries
from coordinator.activities.queries.activities import Filters
from coordinator.activities.queries.windows import clashes
from coordinator.activities.views.blueprint import blueprint
from coordinator.activities.views.lacks import of_activity
from coordinator.days.calendar import FIRST_YEAR, LAST_YEAR
from coordinator.paging import page_number
from coordinator.registry.queries import represented_ids
from coordinator.wording import one_line


@blueprint.get("/etkinlikler")
@requires(EVERYONE)
def index() -> Any:
    """Activities over all windows, narrowed by the filters in the address."""
    filters = filters_of(request.args)
    own = represented_ids(current_user) if current_user.role is Role.REPRESENTATIVE else None
    page = queries.listing(filters, page_number(), own)
    template = "activities/list.html" if own is None else "activities/calendar.html"
    return render_template(
        template,
        filters=filters,
        page_of=page,
        windows=queries.windows_with_activities(),
        statuses=ActivityStatus,
        lacking=lacking(page.items),
        ours_ids={one.id for one in page.items if has_part(one, own or frozenset())},
        may_write=current_user.role in WRITERS,
    )


def lacking(items: Sequence[JointActivity]) -> dict[int, list[str]]:
    """Return what each activity lacks; clashes are those within the list and one window."""
    windows = {one.window_id for one in items}
    groups = [
        group
        for number in windows
        for group in clashes([one for one in items if one.window_id == number])
    ]
    clashing = {one.id for group in groups for one in group}
    return {one.id: of_activity(one, clashing) for one in items}


def filters_of(args: Any) -> Filters:
    """Read the filters; what cannot be read filters nothing."""
    window = one_line(args.get("pencere", ""))
    return Filters(
        window=window if window.isascii() and window.isalnum() else "",
        status=next((one for one in ActivityStatus if one.value == args.get("durum")), None),
        on=day_of(args.get("gun", "")),
        words=one_line(args.get("ara", ""))[:200],
        own=args.get("kim") == "biz",
    )


def day_of(text: str) -> date | None:
    """Return the day of an address (2026-11-25), None if it is none that we keep."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
