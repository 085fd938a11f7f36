"""What is done with calls, visits and notes: written down, corrected, deleted."""

from datetime import datetime
from typing import TypedDict, Unpack

from flask_babel import lazy_gettext as _l

from coordinator import clock
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.forms import claim
from coordinator.history.models import Encounter, EncounterKind
from coordinator.registry.models import Contact, Organization


class EncounterValues(TypedDict):
    """What is written down of a call, a visit, a message or a note."""

    kind: EncounterKind
    happened_at: datetime
    contact: Contact | None
    text: str


class NotYet(RuleBroken):
    """What is written down has happened."""

    status = 422
    message = _l("This moment is still to come. Write when it was.")

    def __init__(self) -> None:
        super().__init__(field="day")


def write_down(
    *,
    organization: Organization,
    actor: Actor,
    about: str = "",
    **values: Unpack[EncounterValues],
) -> Encounter:
    """Add a line to an organisation's history; `about` is a meeting's code. Raises NotYet."""
    _refuse_future(values["happened_at"])
    encounter = Encounter(
        organization=organization, created_by_id=actor.user_id, about=about, **values
    )
    db.session.add(encounter)
    db.session.flush()
    audit.record("encounter.added", encounter, actor, organization=organization.name)
    return encounter


def correct(
    *, encounter: Encounter, version: int | None, actor: Actor, **values: Unpack[EncounterValues]
) -> None:
    """Change a line; raises SavedMeanwhile, NotYet."""
    claim(encounter, version)
    _refuse_future(values["happened_at"])
    changed = [name for name, value in values.items() if getattr(encounter, name) != value]
    for name in changed:
        setattr(encounter, name, values[name])  # type: ignore[literal-required]
    if changed:
        audit.record("encounter.edited", encounter, actor, changed=sorted(changed))


def delete(*, encounter: Encounter, version: int | None, actor: Actor) -> None:
    """Delete a line; raises SavedMeanwhile."""
    claim(encounter, version)
    organization = encounter.organization.name
    audit.record("encounter.deleted", encounter, actor, organization=organization)
    db.session.delete(encounter)
    db.session.flush()


def _refuse_future(moment: datetime) -> None:
    if moment > clock.now():
        raise NotYet
