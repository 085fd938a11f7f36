"""Forms of signing in and of one's own account."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField

from coordinator.fields import Choice, Email, Line, Needed
from coordinator.forms import AppForm, EditForm

ADDRESS_NEEDED = _l("Write your e-mail address.")
PASSWORD_NEEDED = _l("Write your password.")
NEW_NEEDED = _l("Write the new password.")


class Secret(PasswordField):
    """A password: never shown again, nothing cut off, spaces kept."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = str(valuelist[0]) if valuelist else ""


class SignInForm(AppForm):
    email = Email(_l("E-mail"), validators=[Needed(ADDRESS_NEEDED)])
    password = Secret(_l("Password"), validators=[Needed(PASSWORD_NEEDED)])


class AskForm(AppForm):
    email = Email(_l("E-mail"), validators=[Needed(ADDRESS_NEEDED)])


class ChooseForm(AppForm):
    password = Secret(_l("New password"), validators=[Needed(NEW_NEEDED)])


class ChangeForm(AppForm):
    old = Secret(_l("Present password"), validators=[Needed(_l("Write your present password."))])
    new = Secret(_l("New password"), validators=[Needed(NEW_NEEDED)])


class OwnForm(EditForm):
    full_name = Line(_l("Full name"), validators=[Needed(_l("Write your name."))])
    language = Choice(
        _l("Language of pages and letters"), choices=[("tr", "Türkçe"), ("en", "English")]
    )
