"""The answer's form, in the words of whoever fills it in; and what the list is filtered by."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FieldList, RadioField, SelectMultipleField
from wtforms.validators import ValidationError

from coordinator.fields import Choice, Line, Lines
from coordinator.forms import EditForm
from coordinator.invitations.models import AccessNeed, Delivery, Invitation, RsvpAnswer
from coordinator.invitations.operations import Reply
from coordinator.invitations.summary import OURS

ASKED_IN_LETTER = {
    "evet": RsvpAnswer.YES,
    "temsilci": RsvpAnswer.DEPUTY,
    "belki": RsvpAnswer.MAYBE,
    "hayir": RsvpAnswer.NO,
}
FIRST_NEEDS = 4


class Names(FieldList):  # type: ignore[misc]
    """Several names; blank ones are left out."""

    def _value(self) -> str:
        return ", ".join(name for name in self.data if name)


class AnswerForm(EditForm):
    """An organisation's own answer: "we"."""

    answer = RadioField(_l("Will you come?"), validate_choice=False)
    people = Choice(_l("How many people?"), coerce=int)
    attendee_names = Names(Line(most=120), label=_l("Who comes?"))
    access_needs = SelectMultipleField(
        _l("How can we make it easier for you?"), choices=AccessNeed.choices()
    )
    needs_note = Line(
        _l("More about it"),
        most=500,
        description=_l("How many children, which language: what we should know to prepare it."),
    )
    note = Lines(_l("Your note to us"), most=2000)

    words: Mapping[RsvpAnswer, Any] = OURS

    def __init__(self, *args: Any, obj: Invitation, **kwargs: Any) -> None:
        self.most = obj.meeting.max_per_org
        super().__init__(*args, obj=obj, **kwargs)
        self.answer.choices = [(code.value, self.words[code]) for code in OURS]
        self.people.choices = [(number, str(number)) for number in range(1, self.most + 1)]
        if not self.people.data:
            self.people.data = 1
        while len(self.attendee_names.entries) < self.most:
            self.attendee_names.append_entry()
        for number, entry in enumerate(self.attendee_names.entries, 1):
            entry.label.text = _("Person %(number)s: name", number=number)

    def choose(self, word: str | None) -> None:
        """Choose the answer that the letter's button named."""
        if word in ASKED_IN_LETTER:
            self.answer.data = ASKED_IN_LETTER[word].value

    def validate_answer(self, field: RadioField) -> None:
        if field.data not in [code.value for code in OURS]:
            raise ValidationError(_("Choose an answer."))

    def validate_attendee_names(self, field: FieldList) -> None:
        if len([name for name in field.data if name]) > self.most:
            raise ValidationError(_("Write at most %(num)s names.", num=self.most))

    @property
    def reply(self) -> Reply:
        return Reply(
            answer=RsvpAnswer(self.answer.data),
            people=self.people.data,
            names=[name for name in self.attendee_names.data if name],
            needs=list(self.access_needs.data or []),
            needs_note=self.needs_note.data or "",
            note=self.note.data or "",
        )


class PhonedAnswerForm(AnswerForm):
    """What somebody said on the phone, as staff write it down."""

    words = {code: code.word for code in RsvpAnswer}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answer.label.text = _("What did they answer?")
        self.access_needs.label.text = _("What do they need?")
        self.note.label.text = _("Their note")


@dataclass(frozen=True)
class ListFilters:
    """What the list of invitees is filtered by; names are those of the page's address."""

    ara: str = ""
    yanit: str = ""
    gonderim: str = ""
    alan: str = ""
    sirala: str = ""
    sec: str = ""

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> "ListFilters":
        read = {name: str(values.get(name) or "")[:200] for name in cls.__dataclass_fields__}
        if read["yanit"] not in [*RsvpAnswer, "coming"]:
            read["yanit"] = ""
        if read["gonderim"] not in list(Delivery):
            read["gonderim"] = ""
        return cls(**read)

    def query(self, **changes: str) -> dict[str, str]:
        """Return what stands in the address, with some changed."""
        return {name: value for name, value in {**asdict(self), **changes}.items() if value}
