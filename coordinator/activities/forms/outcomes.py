"""What came of an activity, as it is typed."""

from flask_babel import lazy_gettext as _l

from coordinator.activities.facts import Outcome
from coordinator.activities.forms.activities import MOST_PEOPLE
from coordinator.fields import Lines, Number
from coordinator.forms import EditForm


class OutcomeForm(EditForm):
    """What came of an activity."""

    reached_women = Number(_l("Women"), least=0, most=MOST_PEOPLE)
    reached_men = Number(_l("Men"), least=0, most=MOST_PEOPLE)
    reached_children = Number(_l("Children"), least=0, most=MOST_PEOPLE)
    outcome_note = Lines(_l("What remains from it"), most=3000)

    def outcome(self) -> Outcome:
        return Outcome(
            reached_women=self.reached_women.data,
            reached_men=self.reached_men.data,
            reached_children=self.reached_children.data,
            outcome_note=self.outcome_note.data or "",
        )
