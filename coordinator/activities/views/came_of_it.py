"""What came of a window, as a sentence and as numbers."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from coordinator.activities.models import ActivityStatus
from coordinator.activities.queries.windows import Standing
from coordinator.activities.views.path import answered_words, came_words
from coordinator.i18n import number


@dataclass(frozen=True)
class CameOfIt:
    """The numbers of a window: asked, answered, came, proposed, accepted, done, reached."""

    sentence: str
    facts: list[tuple[str, str]]


def came_of_it(standing: Standing) -> CameOfIt:
    """Return what came of a window so far."""
    counted = standing.numbers
    done = sum(1 for one in standing.planned if one.status is ActivityStatus.DONE)
    facts = [
        (_("organisations invited"), number(counted.invited)),
        (_("organisations that answered"), number(counted.answered)),
        (_("organisations that came"), number(counted.came)),
        (_("people who came"), number(counted.people_came)),
        (_("proposals"), number(len(standing.sent_in))),
        (_("proposals accepted"), number(len(standing.accepted))),
        (_("activities"), number(len(standing.planned))),
        (_("activities completed"), number(done)),
        (_("people reached"), number(standing.reached)),
    ]
    return CameOfIt(_sentence(standing), facts)


def _sentence(standing: Standing) -> str:
    counted = standing.numbers
    parts = []
    if counted.invited:
        parts.append(f"{answered_words(counted.answered, counted.invited)}.")
    if counted.came:
        parts.append(f"{came_words(counted.came, counted.people_came)}.")
    if standing.sent_in:
        parts.append(
            ngettext(
                "%(num)s proposal came, %(accepted)s accepted.",
                "%(num)s proposals came, %(accepted)s accepted.",
                len(standing.sent_in),
                accepted=len(standing.accepted),
            )
        )
    if standing.planned:
        parts.append(_done(standing))
    return " ".join(parts) or _("Nothing to count yet.")


def _done(standing: Standing) -> str:
    if not standing.reached:
        return ngettext(
            "%(num)s activity is planned.",
            "%(num)s activities are planned.",
            len(standing.planned),
        )
    return ngettext(
        "%(num)s activity reached %(people)s people.",
        "%(num)s activities reached %(people)s people.",
        sum(1 for one in standing.planned if one.is_counted),
        people=number(standing.reached),
    )
