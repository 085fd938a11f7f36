"""The shape of what is typed about organisations and contacts."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, RadioField, SelectMultipleField
from wtforms.validators import ValidationError

from coordinator import clock
from coordinator.fields import (
    Choice,
    Email,
    Line,
    Lines,
    LongEnough,
    Needed,
    Number,
    Phone,
    Website,
    number_wanted,
)
from coordinator.forms import AppForm, EditForm
from coordinator.i18n import language
from coordinator.registry import queries
from coordinator.registry.models import Channel, OrgStatus, OrgType
from coordinator.registry.register_number import normalized

LANGUAGES = [("tr", _l("Turkish")), ("en", _l("English"))]
CHOSEN_STATUSES = (OrgStatus.ACTIVE, OrgStatus.PASSIVE, OrgStatus.CLOSED)


class RegisterNumber(Line):
    """A register number in any of the ways in which people write it."""

    def read(self, text: str) -> str:
        return normalized(text)


class ReachedForm(EditForm):
    """How an organisation is reached: what its representatives change themselves."""

    phone = Phone(_l("Phone"))
    email = Email(_l("E-mail"))
    website = Website(_l("Website"), validators=[LongEnough(200)])
    address = Lines(_l("Address"), most=500)

    def values(self) -> dict[str, Any]:
        return _reached(self)


class OrganizationForm(EditForm):
    """All that the branch knows of an organisation, in the order of the page."""

    name = Line(_l("Name"), validators=[Needed(_l("Write the organisation’s name."))])
    short_name = Line(_l("Short name"), most=60)
    org_type = Choice(_l("Kind"), choices=OrgType.choices())
    district_slug = Choice(_l("District"))
    registry_no = RegisterNumber(_l("Register number"), most=30)
    founded_year = Number(_l("Founded in"), least=1800, most=2100)
    phone = Phone(_l("Phone"))
    email = Email(_l("E-mail"))
    website = Website(_l("Website"), validators=[LongEnough(200)])
    address = Lines(_l("Address"), most=500)
    forget_unreadable = BooleanField(_l("Delete this text"))
    work_area_codes = SelectMultipleField(_l("Fields of work"), validate_choice=False)
    notes = Lines(_l("Notes of the branch"))
    source = Line(_l("Where we know it from"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(one.slug, one.name) for one in queries.district_names()]
        self.district_slug.choices = [("", _l("Not chosen")), *names]
        shown = kwargs["obj"].work_areas if "obj" in kwargs else []
        retired = [one for one in shown if one.retired]
        self.work_area_codes.choices = [
            *queries.work_area_names(language()),
            *((one.code, one.name(language())) for one in retired),
        ]

    def validate_founded_year(self, field: Field) -> None:
        """Nobody was founded in a year to come."""
        if field.data is not None and field.data > clock.today().year:
            raise ValidationError(number_wanted(1800, clock.today().year))

    def values(self) -> dict[str, Any]:
        known = {code for code, _name in self.work_area_codes.choices}
        values = {
            **_reached(self),
            "name": self.name.data,
            "short_name": self.short_name.data,
            "org_type": OrgType(self.org_type.data),
            "district_slug": self.district_slug.data,
            "registry_no": self.registry_no.data,
            "founded_year": self.founded_year.data,
            "work_area_codes": [code for code in self.work_area_codes.data or [] if code in known],
            "notes": self.notes.data,
            "source": self.source.data,
        }
        return {**values, "unreadable_email": ""} if self.forget_unreadable.data else values


def _reached(form: ReachedForm | OrganizationForm) -> dict[str, Any]:
    return {
        "address": form.address.data,
        "phone": form.phone.data,
        "email": form.email.data,
        "website": form.website.data,
    }


class StatusForm(EditForm):
    """Whether an organisation is at work."""

    org_status = RadioField(
        _l("Status"),
        choices=[(one.value, one.word) for one in CHOSEN_STATUSES],
        validators=[Needed(_l("Choose one from the list."))],
    )


class ContactForm(EditForm):
    """A person through whom the organisation is reached."""

    full_name = Line(_l("Full name"), validators=[Needed(_l("Write the person’s name."))])
    position = Line(_l("Position"), most=120)
    email = Email(_l("E-mail"))
    phone = Phone(_l("Phone"))
    preferred_channel = Choice(_l("Reached by"), choices=Channel.choices())
    preferred_language = Choice(_l("Language of letters"), choices=LANGUAGES)
    is_primary = BooleanField(_l("Primary contact"))

    def values(self) -> dict[str, Any]:
        return {
            "full_name": self.full_name.data,
            "position": self.position.data,
            "email": self.email.data,
            "phone": self.phone.data,
            "preferred_channel": Channel(self.preferred_channel.data),
            "preferred_language": self.preferred_language.data,
            "is_primary": bool(self.is_primary.data),
        }


class PressForm(AppForm):
    """A button and nothing else."""


class EndForm(EditForm):
    """A button on a record that somebody may have changed meanwhile."""
