"""The shape of a round, and of what an organisation says of its record."""

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectMultipleField,
)
from wtforms.validators import ValidationError

from coordinator.errors import RuleBroken, SavedMeanwhile
from coordinator.fields import (
    Choice,
    Day,
    Email,
    Line,
    Lines,
    LongEnough,
    Needed,
    Phone,
    Website,
)
from coordinator.forms import EditForm, show_stored
from coordinator.i18n import language
from coordinator.registry import queries as registry
from coordinator.registry.listing.filters import OLD, Filters
from coordinator.registry.models import OrgType
from coordinator.verification.facts import CONTACT_FIELDS, FIELDS, LANGUAGES, PRIVATE
from coordinator.verification.operations import PersonSaid, Said
from coordinator.verification.sheet import NewPerson, Sheet

MOST_PEOPLE, MOST_NEW = 60, 6


class RoundForm(EditForm):
    """A round: its name, its last day, who is asked."""

    name = Line(_l("Name"), most=100, validators=[Needed(_l("Give the round a name."))])
    answer_by = Day(_l("Last day to answer"), validators=[Needed(_l("Write the last day."))])
    who = RadioField(
        _l("Who is asked?"),
        choices=[
            ("old", _l("Those whose record was not checked for a year")),
            ("all", _l("All active organisations")),
        ],
        validators=[Needed(_l("Choose one from the list."))],
    )
    ilce = SelectMultipleField(_l("Only in these districts"), validate_choice=False)
    tur = SelectMultipleField(
        _l("Only of these kinds"), choices=OrgType.choices(), validate_choice=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        scope = getattr(kwargs.get("obj"), "scope", None)
        if scope is not None:
            filters = Filters.read(scope)
            kwargs["who"] = "old" if filters.tazelik == OLD else "all"
            kwargs["ilce"], kwargs["tur"] = list(filters.ilce), list(filters.tur)
        super().__init__(*args, **kwargs)
        self.ilce.choices = [(one.slug, one.name) for one in registry.district_names()]

    def scope(self) -> dict[str, Any]:
        """Return the filters of the list of organisations that were chosen."""
        known = {slug for slug, _name in self.ilce.choices}
        chosen = Filters.read(
            {
                "ilce": [slug for slug in self.ilce.data or [] if slug in known],
                "tur": self.tur.data or [],
                "tazelik": OLD if self.who.data == "old" else "",
            }
        )
        return chosen.as_query()


class _Person(Form):
    """The fields of a person through whom an organisation is reached."""

    full_name = Line(_l("Full name"))
    position = Line(_l("Position"), most=120)
    phone = Phone(_l("Phone"))
    email = Email(_l("E-mail"))
    preferred_language = Choice(_l("Language of letters"), choices=list(LANGUAGES.items()))

    def values(self) -> dict[str, Any]:
        return {name: self[name].data or "" for name in CONTACT_FIELDS}


class PersonForm(_Person):
    """A contact who is on the record."""

    contact = HiddenField()
    left = BooleanField(_l("Is no longer our representative"))

    def validate_full_name(self, field: Field) -> None:
        """A contact without a name is nobody."""
        if not (field.data or field.errors or self.left.data):
            raise ValidationError(_l("Write the person’s name."))


class NewPersonForm(_Person):
    """Somebody who is to become a contact; left empty, nobody."""

    @property
    def filled(self) -> bool:
        names = ("full_name", "position", "phone", "email")
        return any(self[name].data or self[name].errors for name in names)

    def validate_full_name(self, field: Field) -> None:
        """Who is described needs a name, and a way to be reached."""
        if not self.filled or field.errors:
            return
        if not field.data:
            raise ValidationError(_l("Write the person’s name."))
        if not any(self[name].data or self[name].errors for name in PRIVATE):
            raise ValidationError(_l("Write a phone number or an e-mail address as well."))


class CorrectionForm(EditForm):
    """The whole record, filled with what is stored or was proposed; what differs is proposed."""

    name = Line(_l("Name"), validators=[Needed(_l("Write the organisation’s name."))])
    short_name = Line(_l("Short name"), most=60)
    org_type = Choice(_l("Kind"), choices=OrgType.choices())
    district_slug = Choice(_l("District"))
    address = Lines(_l("Address"), most=500)
    phone = Phone(_l("Phone"))
    email = Email(_l("E-mail"))
    website = Website(_l("Website"), validators=[LongEnough(200)])
    work_area_codes = SelectMultipleField(_l("Fields of work"), validate_choice=False)
    target_group_codes = SelectMultipleField(_l("Target groups"), validate_choice=False)
    people = FieldList(FormField(PersonForm), max_entries=MOST_PEOPLE)
    came = FieldList(FormField(NewPersonForm), max_entries=MOST_NEW)
    note = Lines(_l("A note to the branch"), most=2000)

    def __init__(self, sheet: Sheet, **kwargs: Any) -> None:
        filled = len(sheet.came)
        if filled < MOST_NEW:
            sheet.came.append(NewPerson())
        kwargs["obj"] = sheet
        super().__init__(**kwargs)
        self.sheet = sheet
        self.masked = {one.contact: one for one in sheet.people if one.masked}
        names = [(one.slug, one.name) for one in registry.district_names()]
        self.district_slug.choices = [("", _l("Not chosen")), *names]
        self.work_area_codes.choices = _offered(
            registry.work_area_terms(), sheet.values["work_area_codes"]
        )
        self.target_group_codes.choices = _offered(
            registry.target_group_terms(), sheet.values["target_group_codes"]
        )

    def said(self) -> Said:
        """Return what the form says of the record."""
        values = {name: self[name].data for name in FIELDS}
        for name in ("work_area_codes", "target_group_codes"):
            known = {code for code, _word in self[name].choices}
            values[name] = [code for code in values[name] or [] if code in known]
        return Said(
            values=values,
            people={
                str(one.form.contact.data): PersonSaid(one.form.values(), one.form.left.data)
                for one in self.people
            },
            came=tuple(one.form.values() for one in self.came if one.form.filled),
            note=self.note.data or "",
        )

    def refuse_with(self, error: RuleBroken, stored: Callable[[], Sheet]) -> None:
        """Refuse as any form does; where the record was saved meanwhile, show it as it is now."""
        self.refuse(error)
        if isinstance(error, SavedMeanwhile):
            self._show_stored(stored())

    def _show_stored(self, record: Any) -> None:
        stored = CorrectionForm(record, formdata=None)
        self.stale = True
        show_stored(self, stored)
        now = {one.form.contact.data: one.form for one in stored.people}
        for entry in self.people:
            known = now.get(entry.form.contact.data)
            if known is not None:
                show_stored(entry.form, known)
                self._hide(entry.form)
        self.version.data = self.version.raw_data = None
        self.version.process_data(record.version)

    def _hide(self, person: Any) -> None:
        """What was never shown is no difference."""
        if person.contact.data in self.masked:
            for name in PRIVATE:
                person[name].now_saved = None


class ConfirmForm(EditForm):
    """One button: all is right."""


class DecideForm(EditForm):
    """Take corrections over, or leave them, knowing what is stored."""


def _offered(terms: Any, kept: list[str]) -> list[tuple[str, str]]:
    """Return the entries in use, and those that the record keeps though they are not."""
    return [
        (one.code, one.name(language())) for one in terms if not one.retired or one.code in kept
    ]
