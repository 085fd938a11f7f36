"""The form of the institution's data."""

from flask_babel import lazy_gettext as _l

from coordinator.fields import Email, Line, Lines, Needed, Phone, Website
from coordinator.forms import EditForm
from coordinator.institution.operations import Details


class InstitutionForm(EditForm):
    name = Line(_l("Institution"), validators=[Needed(_l("Write the institution’s name."))])
    unit = Line(_l("Unit"), validators=[Needed(_l("Write the unit’s name."))])
    city = Line(_l("City"), most=60)
    phone = Phone(_l("Phone"))
    email = Email(_l("E-mail"))
    website = Website(_l("Web address"))
    help_lines = Lines(_l("Help lines"), most=1000)
    privacy_notice = Lines(_l("Privacy notice"), most=20000)

    def details(self) -> Details:
        """Return what was typed, for the operations."""
        return Details(
            name=self.name.data,
            unit=self.unit.data,
            city=self.city.data or "",
            phone=self.phone.data or "",
            email=self.email.data or "",
            website=self.website.data or "",
            privacy_notice=self.privacy_notice.data or "",
            help_lines=self.help_lines.data or "",
        )
