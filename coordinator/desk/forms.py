"""What is typed at the desk: an answer said on the phone."""

from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import ValidationError

from coordinator.fields import Line, Number
from coordinator.forms import EditForm
from coordinator.invitations.models import COMING, Invitation, RsvpAnswer
from coordinator.invitations.operations import Reply

ANSWERS = (*COMING, RsvpAnswer.MAYBE, RsvpAnswer.NO)
MOST = 50


class SaidForm(EditForm):
    """A phoned answer in its shortest form: what, how many, who."""

    answer = RadioField(_l("What did they answer?"), validate_choice=False)
    people = Number(_l("How many people?"), least=1, most=MOST)
    names = Line(_l("Who comes?"), most=500, description=_l("Separate names by commas."))

    def __init__(self, *, obj: Invitation, **kwargs: Any) -> None:
        self.invitation = invitation = obj
        super().__init__(obj=obj, prefix=f"{obj.public_id}-", **kwargs)
        self.answer.choices = [(one.value, one.word) for one in ANSWERS]
        if kwargs.get("formdata", self) is None:
            self.people.data = max(invitation.people, 1)
            self.names.data = ", ".join(map(str, invitation.attendee_names))

    def validate_answer(self, field: RadioField) -> None:
        if field.data not in [one.value for one in ANSWERS]:
            raise ValidationError(_("Choose an answer."))

    @property
    def reply(self) -> Reply:
        """The answer, with all that they said before and nobody asks here."""
        return replace(
            Reply.standing(self.invitation, RsvpAnswer(self.answer.data)),
            people=self.people.data or 1,
            names=[name.strip() for name in (self.names.data or "").split(",") if name.strip()],
        )
