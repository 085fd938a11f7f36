"""The public programme of a special day: page, one activity, calendar feed. No personal data."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import Response, abort, g, make_response, redirect, render_template, request, url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from coordinator.access import public
from coordinator.activities import exports
from coordinator.activities.help_lines import linked
from coordinator.activities.models import JointActivity
from coordinator.activities.queries import programme as queries
from coordinator.activities.views import words
from coordinator.activities.views.blueprint import blueprint
from coordinator.activities.views.window import find_window, titles
from coordinator.days.models import DayWindow
from coordinator.i18n import LANGUAGES, daymonth, language, suffix
from coordinator.institution import queries as institution
from coordinator.links import absolute

A_MINUTE = 60
FIVE_MINUTES = 300
MOST_THREADS = 40


@dataclass(frozen=True)
class Tick:
    """A day on the drawing: tall where something happens."""

    label: str
    busy: bool


@dataclass(frozen=True)
class Section:
    """A day with what begins on it."""

    name: str
    note: str
    is_day: bool
    activities: list[JointActivity]


@blueprint.get("/program/<int:year>/<day>")
@public
def programme(year: int, day: str) -> Any:
    """What happens when and where, for everybody."""
    window = window_or_404(year, day)
    if window.special_day.slug != day:
        return redirect(url_for("activities.programme", year=year, day=window.special_day.slug))
    found = queries.activities(window)
    district = request.args.get("ilce", "")
    chosen = [one for one in found if one.district and one.district.slug == district] or found
    page = render_template(
        "activities/programme.html",
        **titles(window),
        **frame(window),
        number=window.starts_on.day,
        month_year=format_date(window.starts_on, "MMMM y"),
        text=head_text(window, found),
        ticks=ticks(window, found),
        threads=min(max(len(organizations(found)), 3), MOST_THREADS),
        sections=sections(window, chosen),
        chips=district_chips(window, found, district if chosen is not found else ""),
    )
    return for_everybody(page, A_MINUTE)


@blueprint.get("/program/<int:year>/<day>/<public_id>")
@public
def programme_activity(year: int, day: str, public_id: str) -> Any:
    """One public activity; one that was called off says so."""
    window = window_or_404(year, day)
    activity = queries.activity(window, public_id) or abort(404)
    page = render_template(
        "activities/programme_activity.html",
        **titles(window),
        **frame(window),
        activity=activity,
        names=[activity.lead, *(one.organization for one in activity.partners)],
    )
    return for_everybody(page, A_MINUTE)


@blueprint.get("/takvim/<token>.ics")
@public
def feed(token: str) -> Any:
    """The programme as a calendar to subscribe to."""
    window = queries.window_of_feed(token) or abort(404)
    asked = request.args.get("dil")
    g.language = asked if asked in LANGUAGES else "tr"
    announced = queries.announced(window)
    text = exports.feed(
        window,
        announced,
        name=feed_name(window),
        describe={one.id: description(one) for one in announced},
    )
    response = Response(text, mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'inline; filename="{window.special_day.slug}.ics"'
    response.last_modified = exports.last_change(window, announced)
    response.cache_control.public = True
    response.cache_control.max_age = FIVE_MINUTES
    response.add_etag()
    return response.make_conditional(request)


def window_or_404(year: int, day: str) -> DayWindow:
    found: DayWindow = find_window(year, day) or abort(404)
    return found


def frame(window: DayWindow) -> dict[str, Any]:
    """Return what every public page of a window needs."""
    other = "en" if language() == "tr" else "tr"
    here = {**(request.view_args or {}), **request.args.to_dict(), "dil": other}
    host = institution.current()
    lines = [line for line in (host.help_lines if host else "").splitlines() if line.strip()]
    address = absolute("activities.feed", token=window.feed_key)
    return {
        "kept": frame_language(),
        "other_language": (url_for(str(request.endpoint), **here), other),
        "help_lines": [linked(line) for line in lines],
        "feed_file": address,
        "feed_webcal": urlsplit(address)._replace(scheme="webcal").geturl(),
    }


def for_everybody(page: str, seconds: int) -> Response:
    """Let caches keep the page for a short while; its language depends on the reader."""
    response = make_response(page)
    response.cache_control.public = True
    response.cache_control.max_age = seconds
    response.vary.update(["Cookie", "Accept-Language"])
    return response


def organizations(found: Sequence[JointActivity]) -> set[int]:
    """Return the ids of those who do the public activities."""
    partners = {partner.organization_id for one in found for partner in one.partners}
    return partners | {one.lead_id for one in found if one.lead_id}


def head_text(window: DayWindow, found: Sequence[JointActivity]) -> str:
    """İzmir’de 24 kuruluş ve belediye 16 gün boyunca yan yana."""
    count = len(organizations(found))
    if not count:
        return ""
    host = institution.current()
    values = {"city": suffix(host.city, "loc") if host and host.city else ""}
    days = window.length_days
    if values["city"]:
        who = ngettext(
            "%(num)s organisation and the municipality, side by side in %(city)s",
            "%(num)s organisations and the municipality, side by side in %(city)s",
            count,
            **values,
        )
    else:
        who = ngettext(
            "%(num)s organisation and the municipality, side by side",
            "%(num)s organisations and the municipality, side by side",
            count,
        )
    if days == 1:
        return f"{who}."
    return str(_("%(who)s, for %(num)s days.", who=who, num=days))


def ticks(window: DayWindow, found: Sequence[JointActivity]) -> list[Tick]:
    """Return the days of the day, those on which something happens marked."""
    days = [window.starts_on + timedelta(days=number) for number in range(window.length_days)]
    busy = {
        day for one in found for day in days if words.first_day(one) <= day <= words.last_day(one)
    }
    return [Tick(daymonth(day), day in busy) for day in days]


def sections(window: DayWindow, found: Sequence[JointActivity]) -> list[Section]:
    """Return the activities by the days on which they begin."""
    by_day: dict[date, list[JointActivity]] = {}
    for one in found:
        by_day.setdefault(words.first_day(one), []).append(one)
    return [
        Section(
            daymonth(day) if day.year == window.year else words.full_date(day),
            day_note(window, day),
            day == window.starts_on,
            own,
        )
        for day, own in by_day.items()
    ]


def day_note(window: DayWindow, day: date) -> str:
    """Çarşamba, günün kendisi; Perşembe, 16. gün; or only the weekday."""
    name = words.weekday(day)
    if day == window.starts_on:
        return str(_("%(weekday)s, the day itself", weekday=name))
    last = window.starts_on + timedelta(days=window.length_days - 1)
    if day == last:
        return str(_("%(weekday)s, day %(num)s", weekday=name, num=window.length_days))
    return name


def district_chips(
    window: DayWindow, found: Sequence[JointActivity], chosen: str
) -> list[tuple[str, str, bool]]:
    """Return (word, address, current) for each district in which something happens."""
    counted = Counter(one.district for one in found if one.district)
    if len(counted) < 2:
        return []
    here = {**(request.view_args or {}), **frame_language()}
    all_ = (_("All districts"), url_for("activities.programme", **here), not chosen)
    ordered = sorted(counted, key=lambda one: one.sort_key)
    return [
        all_,
        *(
            (
                f"{one.name} {counted[one]}",
                url_for("activities.programme", **here, ilce=one.slug),
                one.slug == chosen,
            )
            for one in ordered
        ),
    ]


def frame_language() -> dict[str, str]:
    """Return the language of the address, to be kept in the links of the page."""
    asked = request.args.get("dil", "")
    return {"dil": asked} if asked in LANGUAGES else {}


def feed_name(window: DayWindow) -> str:
    host = institution.current()
    day = words.full_date(window.starts_on)
    return f"{day}, {host.name}" if host else day


def description(activity: JointActivity) -> str:
    """Return summary, organisations and services, as a calendar entry tells them."""
    lines = [activity.summary, words.who_all(activity)]
    services = [str(word) for word in words.services(activity)]
    if services:
        lines.append(", ".join(services))
    if activity.is_cancelled:
        lines.insert(0, str(_("This activity is cancelled.")))
    return "\n\n".join(line for line in lines if line)
