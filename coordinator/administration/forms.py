"""Forms of set-up and of accounts."""

from typing import Any

from flask_babel import lazy_gettext as _l

from coordinator.access import Role
from coordinator.accounts.forms import Secret
from coordinator.fields import Choice, Email, Line, Needed
from coordinator.forms import AppForm, EditForm
from coordinator.institution.forms import InstitutionForm

NAME_NEEDED = _l("Write the person’s name.")
ADDRESS_NEEDED = _l("Write the person’s e-mail address.")


class SetUpForm(InstitutionForm):
    """The institution and its first administrator, on one page."""

    full_name = Line(_l("Your full name"), validators=[Needed(_l("Write your name."))])
    own_email = Email(
        _l("Your e-mail address"), validators=[Needed(_l("Write your e-mail address."))]
    )
    password = Secret(_l("Password"), validators=[Needed(_l("Choose a password."))])


class AccountForm(EditForm):
    full_name = Line(_l("Full name"), validators=[Needed(NAME_NEEDED)])
    email = Email(_l("E-mail"), validators=[Needed(ADDRESS_NEEDED)])
    role = Choice(_l("Role"), choices=Role.choices(), default=Role.STAFF.value)
    language = Choice(
        _l("Language of pages and letters"), choices=[("tr", "Türkçe"), ("en", "English")]
    )

    def values(self) -> dict[str, Any]:
        """Return what was typed, for the operations."""
        return {
            "full_name": self.full_name.data,
            "email": self.email.data,
            "role": Role(self.role.data),
            "language": self.language.data,
        }


class NewAccountForm(AccountForm):
    organization = Line(_l("Organisation of a representative"))


class TieForm(AppForm):
    organization = Line(
        _l("Organisation"), validators=[Needed(_l("Write the organisation’s name."))]
    )
