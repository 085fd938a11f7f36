"""An organisation that takes part in an activity, as it is typed."""

from typing import Any

from flask_babel import lazy_gettext as _l

from coordinator.activities.models import ActivityPartner, PartnerRole
from coordinator.activities.queries import organizations
from coordinator.fields import Choice, Line, Needed
from coordinator.forms import EditForm


class PartnerForm(EditForm):
    """An organisation that takes part, and how."""

    organization = Choice(
        _l("Organisation"), validators=[Needed(_l("Choose the organisation that takes part."))]
    )
    role = Choice(_l("Role"), choices=PartnerRole.choices(), default=PartnerRole.PARTNER.value)
    contribution = Line(_l("What it brings"), most=300)

    def __init__(self, *args: Any, words: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = kwargs.get("obj")
        if isinstance(stored, ActivityPartner):
            del self.organization
            return
        names, self.more_organizations = organizations.choices(words)
        self.organization.choices = [("", _l("Choose")), *names]
