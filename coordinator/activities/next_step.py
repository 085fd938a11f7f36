"""What an accepted proposal becomes: an activity, made in one step."""

import sqlalchemy as sa
from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from coordinator.activities.models import JointActivity
from coordinator.activities.permissions import has_part
from coordinator.activities.queries import activities as queries
from coordinator.activities.views import words
from coordinator.i18n import number
from coordinator.proposals.models import Proposal
from coordinator.proposals.next_steps import NextStep


def step_of(proposal: Proposal) -> NextStep:
    """Return the activity that the proposal became, or the step that makes it one."""
    activity = queries.of_proposal(proposal.id)
    if activity is None:
        url = url_for("activities.new", oneri=proposal.public_id)
        return NextStep(_l("Make it an activity"), url, done=False)
    lines = [words.moment(activity), activity.place, words.who(activity)]
    if activity.is_counted:
        people = number(activity.reached)
        lines.append(
            ngettext(
                "It reached %(people)s person.",
                "It reached %(people)s people.",
                activity.reached,
                people=people,
            )
        )
    return NextStep(
        activity.title,
        url_for("activities.show", public_id=activity.public_id),
        done=True,
        text="\n".join(line for line in lines if line),
        at=activity.created_at,
        public_url=public_url(activity) or own_url(activity, proposal),
    )


def public_url(activity: JointActivity) -> str | None:
    """Return where everybody may read of the activity, None if nowhere."""
    if not activity.stands_in_programme:
        return None
    window = activity.window
    return url_for(
        "activities.programme_activity",
        year=window.year,
        day=window.special_day.slug,
        public_id=activity.public_id,
    )


def own_url(activity: JointActivity, proposal: Proposal) -> str | None:
    """Return the activity's own page if those who proposed it take part, None if they do not."""
    if not has_part(activity, [proposal.organization_id]):
        return None
    return url_for("activities.show", public_id=activity.public_id)


def taken() -> sa.Select[int]:
    """Select the ids of proposals that became an activity."""
    return sa.select(Proposal.id).join(JointActivity, JointActivity.proposal_id == Proposal.id)
