"""Calls, a visit and a note of the invented city, as staff write them down."""

from collections.abc import Mapping
from datetime import timedelta

from coordinator import clock
from coordinator.actors import Actor
from coordinator.history import operations as history
from coordinator.history.models import EncounterKind
from coordinator.registry.models import Organization

SAID = (
    (EncounterKind.CALL, 2, "Salonun erişilebilir olup olmadığını sordu. Rampa ve asansör var."),
    (
        EncounterKind.VISIT,
        9,
        "Merkezlerini gezdik. Atölyelerini 25 Kasım haftası açabilirler.",
    ),
    (EncounterKind.MESSAGE, 12, "Toplantı gününü sordu; davetin geleceğini yazdık."),
    (EncounterKind.NOTE, 20, "Yeni yönetim seçildi, irtibat kişisi aynı kalıyor."),
)


def write_down(by_name: Mapping[str, Organization], actor: Actor) -> None:
    """Let the branch have spoken to a few organisations in the last weeks."""
    for (kind, days_ago, text), organization in zip(SAID, by_name.values(), strict=False):
        people = organization.active_contacts
        history.write_down(
            organization=organization,
            kind=kind,
            happened_at=clock.now() - timedelta(days=days_ago),
            contact=people[0] if people and kind is not EncounterKind.NOTE else None,
            text=text,
            actor=actor,
        )
