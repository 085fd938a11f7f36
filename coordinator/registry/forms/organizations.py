"""The shape of what is typed about organisations."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, RadioField, SelectMultipleField
from wtforms.validators import ValidationError

from coordinator import clock
from coordinator.fields import (
    Choice,
    Day,
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
from coordinator.forms import EditForm
from coordinator.i18n import language
from coordinator.registry import queries
from coordinator.registry.forms.guarded import GuardedForm
from coordinator.registry.forms.naming import OneOrganization, SeveralOrganizations
from coordinator.registry.models import UMBRELLAS, OrgStatus, OrgType, Term
from coordinator.registry.register_number import normalized
from coordinator.registry.tax_number import normalized as normalized_tax_number

CHOSEN_STATUSES = (OrgStatus.ACTIVE, OrgStatus.PASSIVE, OrgStatus.CLOSED)


class RegisterNumber(Line):
    """A register number in any of the ways in which people write it."""

    def read(self, text: str) -> str:
        return normalized(text)


class TaxNumber(Line):
    """A tax number or a MERSİS number."""

    def read(self, text: str) -> str:
        return normalized_tax_number(text)


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
    forget_old_name = BooleanField(_l("The old name was only a slip of the pen"))
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
    target_group_codes = SelectMultipleField(_l("Target groups"), validate_choice=False)
    parent = OneOrganization(_l("Branch of"))
    umbrellas = SeveralOrganizations(_l("Member of"))
    tax_no = TaxNumber(_l("Tax or MERSİS number"), most=40)
    kep = Email(_l("KEP address"))
    public_benefit = BooleanField(_l("Association working for the public benefit"))
    tax_exempt = BooleanField(_l("Foundation exempt from tax"))
    notes = Lines(_l("Notes of the branch"))
    source = Line(_l("Where we know it from"))
    protocol_order = Number(_l("Order of precedence"), least=1, most=9999)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(one.slug, one.name) for one in queries.district_names()]
        self.district_slug.choices = [("", _l("Not chosen")), *names]
        record = kwargs.get("obj")
        self.work_area_codes.choices = _offered(
            queries.work_area_names(language()), record.work_areas if record else []
        )
        self.target_group_codes.choices = _offered(
            queries.target_group_names(language()), record.target_groups if record else []
        )
        self.parent.itself = self.umbrellas.itself = record
        self.umbrellas.kinds = UMBRELLAS

    def validate_founded_year(self, field: Field) -> None:
        """Nobody was founded in a year to come."""
        if field.data is not None and field.data > clock.today().year:
            raise ValidationError(number_wanted(1800, clock.today().year))

    def values(self) -> dict[str, Any]:
        values = {
            **_reached(self),
            **self._standing(),
            "name": self.name.data,
            "short_name": self.short_name.data,
            "org_type": OrgType(self.org_type.data),
            "district_slug": self.district_slug.data,
            "registry_no": self.registry_no.data,
            "founded_year": self.founded_year.data,
            "work_area_codes": _known(self.work_area_codes),
            "target_group_codes": _known(self.target_group_codes),
            "notes": self.notes.data,
            "source": self.source.data,
            "protocol_order": self.protocol_order.data,
        }
        return {**values, "unreadable_email": ""} if self.forget_unreadable.data else values

    def _standing(self) -> dict[str, Any]:
        """Return whom it belongs to and how the State knows it."""
        return {
            "parent": self.parent.organization,
            "umbrellas": self.umbrellas.organizations,
            "tax_no": self.tax_no.data,
            "kep": self.kep.data,
            "public_benefit": bool(self.public_benefit.data),
            "tax_exempt": bool(self.tax_exempt.data),
        }


def _offered(names: list[tuple[str, str]], held: Sequence[Term]) -> list[tuple[str, str]]:
    """Return the entries in use, and those out of use that the organisation still has."""
    return [*names, *((one.code, one.name(language())) for one in held if one.retired)]


def _known(field: SelectMultipleField) -> list[str]:
    known = {code for code, _name in field.choices}
    return [code for code in field.data or [] if code in known]


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


class FormerNameForm(GuardedForm):
    """A name under which an organisation was known, and until when."""

    name = Line(_l("Former name"), validators=[Needed(_l("Write the name."))])
    until = Day(_l("Until"))

    def values(self) -> dict[str, Any]:
        return {"name": self.name.data, "until": self.until.data}
