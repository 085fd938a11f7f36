"""The shape of what staff write down after a call or a visit."""

from datetime import time
from typing import Any

from flask_babel import lazy_gettext as _l

from coordinator import clock
from coordinator.fields import Choice, Clock, Day, Lines, Needed
from coordinator.forms import EditForm
from coordinator.history.models import Encounter, EncounterKind
from coordinator.registry.models import Contact, Organization

MOST = 5000


class EncounterForm(EditForm):
    """A call, a visit, a message or a note."""

    kind = Choice(_l("What was it?"), choices=EncounterKind.choices())
    day = Day(_l("On which day?"), validators=[Needed(_l("Write the day like 12.11.2026."))])
    hour = Clock(_l("At what time?"))
    contact_code = Choice(_l("With whom?"))
    text = Lines(
        _l("What was said?"), most=MOST, validators=[Needed(_l("Write a sentence about it."))]
    )

    def __init__(self, *args: Any, organization: Organization | None = None, **kwargs: Any) -> None:
        encounter: Encounter | None = kwargs.get("obj")
        if encounter is None:
            now = clock.local(clock.now())
            kwargs["data"] = {"day": now.date(), "hour": now.time()}
        super().__init__(*args, **kwargs)
        organization = organization or (encounter.organization if encounter else None)
        assert organization is not None
        self.people = {one.public_id: one for one in _people(organization, encounter)}
        self.contact_code.choices = [
            ("", _l("Nobody in particular")),
            *((code, one.full_name) for code, one in self.people.items()),
        ]

    def values(self) -> dict[str, Any]:
        return {
            "kind": EncounterKind(self.kind.data),
            "happened_at": clock.at(self.day.data, self.hour.data or time()),
            "contact": self.people.get(self.contact_code.data),
            "text": self.text.data,
        }


def _people(organization: Organization, encounter: Encounter | None) -> list[Contact]:
    known = list(organization.active_contacts)
    met = encounter.contact if encounter else None
    return [*known, met] if met is not None and met not in known else known
