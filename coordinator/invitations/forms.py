"""The answer's form, in the words of whoever fills it in; and what the list is filtered by."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, FieldList, RadioField, SelectMultipleField
from wtforms.fields.core import Label
from wtforms.utils import unset_value
from wtforms.validators import ValidationError

from coordinator.fields import Choice, Email, Line, Lines, Needed, number_wanted
from coordinator.forms import AppForm, EditForm
from coordinator.invitations.models import (
    COUNTED_NEEDS,
    AccessNeed,
    AttendMode,
    Delivery,
    Invitation,
    RsvpAnswer,
)
from coordinator.invitations.operations import Reply
from coordinator.invitations.operations.replies import MOST_OF_A_SERVICE
from coordinator.invitations.operations.seats import most_of
from coordinator.invitations.summary import OURS
from coordinator.meetings.models import Mode

ASKED_IN_LETTER = {
    "evet": RsvpAnswer.YES,
    "temsilci": RsvpAnswer.DEPUTY,
    "belki": RsvpAnswer.MAYBE,
    "hayir": RsvpAnswer.NO,
}


class Names(FieldList):  # type: ignore[misc]
    """Several names; blank ones are left out."""

    def _value(self) -> str:
        return ", ".join(name for name in self.data if name)


@dataclass
class NeedNumber:
    """The input for one service: for how many people it is wanted."""

    id: str
    label: Label
    text: str
    unit: str
    errors: list[Any] = field(default_factory=list)


class NeedNumbers(Field):  # type: ignore[misc]
    """For how many people each service is wanted: small numbers, each named after the service."""

    inputs: dict[str, NeedNumber]

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        super().process(None, data, extra_filters)
        stored = self.data or {}
        self.inputs = {}
        for need in AccessNeed:
            if need not in COUNTED_NEEDS:
                continue
            name = f"{self.name}-{need.value}"
            text = str(stored.get(need.value) or "")
            if formdata:
                text = "".join(formdata.getlist(name)[:1]).strip()[:10]
            label = Label(name, str(need.word))
            self.inputs[need.value] = NeedNumber(name, label, text, self.unit(need.value))

    @property
    def entries(self) -> list[NeedNumber]:
        return list(self.inputs.values())

    def read(self, wanted: list[str]) -> None:
        """Take the numbers of the services that are wanted; the others do not matter."""
        self.data = {}
        for code, one in self.inputs.items():
            if code not in wanted or not one.text:
                continue
            is_number = one.text.isascii() and one.text.isdigit()
            if is_number and 1 <= int(one.text) <= MOST_OF_A_SERVICE:
                self.data[code] = int(one.text)
            else:
                one.errors = [number_wanted(1, MOST_OF_A_SERVICE)]
        self.errors = [one.errors for one in self.entries if one.errors]

    @staticmethod
    def unit(code: str) -> str:
        """Return what is counted, as it stands after the number."""
        if code == AccessNeed.CHILDCARE:
            return _("children")
        if code in (AccessNeed.LARGE_PRINT, AccessNeed.EASY_TEXT):
            return _("copies")
        return _("people")

    def _value(self) -> str:
        return ", ".join(f"{one.label.text} {one.text}" for one in self.entries if one.text)


class _NamingForm(EditForm):
    """Names of those who come, a field for each place; an answer's form and that of names alone."""

    attendee_names: Names

    def __init__(self, *args: Any, obj: Invitation, places: int, **kwargs: Any) -> None:
        super().__init__(*args, obj=self.shown_of(obj), **kwargs)
        while len(self.attendee_names.entries) < places:
            self.attendee_names.append_entry()
        for number, entry in enumerate(self.attendee_names.entries, 1):
            entry.label.text = _("Person %(number)s: name", number=number)

    def shown_of(self, invitation: Invitation) -> Any:
        """Return what the fields are filled with."""
        return invitation

    @property
    def names(self) -> list[str]:
        return [name for name in self.attendee_names.data if name]


class AnswerForm(_NamingForm):
    """An organisation's own answer: "we"."""

    answer = RadioField(_l("Will you come?"), validate_choice=False)
    people = Choice(_l("How many people?"), coerce=int)
    attend_mode = RadioField(
        _l("In the room or online?"), choices=AttendMode.choices(), validate_choice=False
    )
    attendee_names = Names(Line(most=120), label=_l("Who comes?"))
    names_later = BooleanField(_l("We will give the names later"))
    access_needs = SelectMultipleField(
        _l("How can we make it easier for you?"), choices=AccessNeed.choices()
    )
    need_numbers = NeedNumbers(_l("For how many people?"))
    needs_note = Line(
        _l("More about it"),
        most=500,
        description=_l("The children’s ages, which language: what we should know to prepare it."),
    )
    note = Lines(_l("Your note to us"), most=2000)

    words: Mapping[RsvpAnswer, Any] = OURS

    def __init__(self, *args: Any, obj: Invitation, **kwargs: Any) -> None:
        self.most = most_of(obj)
        super().__init__(*args, obj=obj, places=self.most, **kwargs)
        if self.answer.data == RsvpAnswer.WAITING and obj.waiting_for is not None:
            self.answer.data = obj.waiting_for.value
        if obj.meeting.mode is not Mode.HYBRID:
            del self.attend_mode
        elif not self.attend_mode.data:
            self.attend_mode.data = AttendMode.IN_PERSON.value
        self.answer.choices = [(code.value, self.words[code]) for code in OURS]
        self.people.choices = [(number, str(number)) for number in range(1, self.most + 1)]
        if not self.people.data:
            self.people.data = 1

    def choose(self, word: str | None) -> None:
        """Choose the answer that the letter's button named."""
        if word in ASKED_IN_LETTER:
            self.answer.data = ASKED_IN_LETTER[word].value

    def validate_answer(self, field: RadioField) -> None:
        if field.data not in [code.value for code in OURS]:
            raise ValidationError(_("Choose an answer."))

    def validate_attendee_names(self, field: FieldList) -> None:
        if len(self.names) > self.most:
            raise ValidationError(_("Write at most %(num)s names.", num=self.most))

    def validate_need_numbers(self, field: NeedNumbers) -> None:
        field.read(list(self.access_needs.data or []))

    @property
    def mode(self) -> AttendMode | None:
        """Where they are; None where the meeting leaves no choice."""
        chosen = self.attend_mode.data if "attend_mode" in self else None
        return AttendMode(chosen) if chosen in list(AttendMode) else None

    @property
    def reply(self) -> Reply:
        return Reply(
            answer=RsvpAnswer(self.answer.data),
            people=self.people.data,
            names=self.names,
            needs=list(self.access_needs.data or []),
            needs_note=self.needs_note.data or "",
            note=self.note.data or "",
            mode=self.mode,
            names_later=bool(self.names_later.data),
            need_numbers=self.need_numbers.data or {},
        )


class PhonedAnswerForm(AnswerForm):
    """What somebody said on the phone, as staff write it down."""

    words = {code: code.word for code in RsvpAnswer}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answer.label.text = _("What did they answer?")
        self.access_needs.label.text = _("What do they need?")
        self.note.label.text = _("Their note")


class NamesForm(_NamingForm):
    """The names of those who come, for the people who were announced."""

    attendee_names = Names(Line(most=120), label=_l("Who comes?"))

    def __init__(self, *args: Any, obj: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, obj=obj, places=obj.people, **kwargs)


class HandoverForm(AppForm):
    """To whom the invitation is handed over."""

    name = Line(_l("Name and surname"), most=120, validators=[Needed(_l("Write who takes over."))])
    address = Email(
        _l("E-mail address"),
        validators=[Needed(_l("Write the e-mail address, so that we can send the letter."))],
    )


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
