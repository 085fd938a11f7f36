"""What speaks against a meeting as it is planned: its day, its hours, other meetings."""

from flask_babel import gettext as _

from coordinator import clock
from coordinator.days import concerns as days
from coordinator.days.concerns import Concern
from coordinator.i18n import typed
from coordinator.meetings import queries
from coordinator.meetings.models import Meeting
from coordinator.meetings.plans import MeetingPlan
from coordinator.turkish import search_key


def of_time(plan: MeetingPlan, meeting: Meeting | None = None) -> list[Concern]:
    """Return what speaks against the time; `meeting` is the one that is planned anew."""
    others = queries.overlapping(plan.starts_at, plan.ends_at, except_for=meeting)
    return [*days.concerns(plan.starts_at, plan.ends_at), *(_clash(one, plan) for one in others)]


def of_deadline(plan: MeetingPlan) -> list[Concern]:
    """Return what speaks against the last day to answer."""
    if plan.rsvp_deadline >= clock.today() or plan.starts_at < clock.now():
        return []
    title = _("%(day)s is over.", day=typed(plan.rsvp_deadline))
    text = _("Nobody could answer any more. You may keep this day all the same.")
    return [Concern("deadline_past", title, text)]


def _clash(other: Meeting, plan: MeetingPlan) -> Concern:
    same_place = bool(plan.place) and search_key(other.place) == search_key(plan.place)
    title = (
        _("There is another meeting in this place at this time.")
        if same_place
        else _("There is another meeting at this time.")
    )
    text = _("“%(title)s”. You may save it all the same.", title=other.title)
    return Concern(f"meeting:{other.public_id}:{int(same_place)}", title, text)
