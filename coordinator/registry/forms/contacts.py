"""The shape of what is typed about the people of organisations."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField

from coordinator import clock
from coordinator.fields import Choice, Day, Email, Line, Needed, Phone
from coordinator.forms import EditForm
from coordinator.registry.forms.guarded import GuardedForm
from coordinator.registry.models import Channel, Contact, RelationKind

LANGUAGES = [("tr", _l("Turkish")), ("en", _l("English"))]
DAY_NEEDED = _l("Write the day like 12.11.2026.")
NEW = "new"


class PersonForm(EditForm):
    """Who somebody is and how they are reached."""

    full_name = Line(_l("Full name"), validators=[Needed(_l("Write the person’s name."))])
    position = Line(_l("Position"), most=120)
    email = Email(_l("E-mail"))
    phone = Phone(_l("Phone"))
    preferred_channel = Choice(_l("Reached by"), choices=Channel.choices())
    preferred_language = Choice(_l("Language of letters"), choices=LANGUAGES)
    relation_kind = Choice(_l("Stands for the organisation as"), choices=RelationKind.choices())

    def person(self) -> dict[str, Any]:
        """Return what was typed of the person."""
        return {
            "full_name": self.full_name.data,
            "position": self.position.data,
            "email": self.email.data,
            "phone": self.phone.data,
            "preferred_channel": Channel(self.preferred_channel.data),
            "preferred_language": self.preferred_language.data,
            "relation_kind": RelationKind(self.relation_kind.data),
        }


class ContactForm(PersonForm):
    """A person through whom the organisation is reached."""

    is_primary = BooleanField(_l("Primary contact"))
    is_deputy = BooleanField(_l("Deputy"))
    active_from = Day(_l("Contact since"))
    active_until = Day(_l("Contact until"))
    everywhere = BooleanField(_l("Change name, phone and e-mail there as well"))

    def values(self) -> dict[str, Any]:
        return {
            **self.person(),
            "is_primary": bool(self.is_primary.data),
            "is_deputy": bool(self.is_deputy.data),
            "active_from": self.active_from.data,
            "active_until": self.active_until.data,
        }


class EndForm(EditForm):
    """The day on which somebody ceases to be a contact."""

    active_until = Day(_l("From which day on"), validators=[Needed(DAY_NEEDED)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.active_until.typed is None and self.active_until.data is None:
            self.active_until.data = clock.today()


class ReturnForm(EditForm):
    """Since when somebody is a contact who had ended."""

    active_from = Day(_l("Contact since"))


class HandOverForm(GuardedForm, PersonForm):
    """Who represents an organisation after somebody else, and from which day on."""

    day = Day(_l("From which day on"), validators=[Needed(DAY_NEEDED)])
    successor = RadioField(_l("Who represents now?"))

    def __init__(self, *args: Any, contact: Contact, **kwargs: Any) -> None:
        self.others: Sequence[Contact] = [
            one for one in contact.organization.active_contacts if one is not contact
        ]
        super().__init__(*args, version=contact.version, **kwargs)
        people = [(one.public_id, one.full_name) for one in self.others]
        self.successor.choices = [*people, (NEW, _l("Somebody new"))]
        if not self.successor.raw_data:
            self.successor.data = next((one.public_id for one in self.others if one.is_deputy), NEW)
        if self.day.typed is None:
            self.day.data = clock.today()

    @property
    def chosen(self) -> Contact | None:
        """The contact who represents now; None for a new person."""
        return next((one for one in self.others if one.public_id == self.successor.data), None)

    def validate(self, extra_validators: Any = None) -> bool:
        """The name of a new person is needed only where somebody new is chosen."""
        valid = bool(super().validate(extra_validators))
        if self.chosen is None or not self.full_name.errors:
            return valid
        self.full_name.errors = ()
        return not self.errors
