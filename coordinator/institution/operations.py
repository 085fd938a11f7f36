"""Say whose copy this is, and change it."""

from dataclasses import asdict, dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.forms import claim
from coordinator.institution import queries
from coordinator.institution.models import Institution


class AlreadyFounded(RuleBroken):
    """A copy belongs to one institution."""

    message = _l("This copy has its institution already. Sign in to change it.")


@dataclass(frozen=True)
class Details:
    """What is written about the institution."""

    name: str
    unit: str = ""
    city: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    privacy_notice: str = ""
    help_lines: str = ""


def found(details: Details, *, actor: Actor) -> Institution:
    """Write the institution down for the first time; raises AlreadyFounded."""
    if queries.current() is not None:
        raise AlreadyFounded
    institution = Institution(id=1, **asdict(details))
    db.session.add(institution)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise AlreadyFounded from error
    audit.record("institution.founded", institution, actor)
    return institution


def edit(institution: Institution, details: Details, *, version: int | None, actor: Actor) -> None:
    """Change the institution's data; raises SavedMeanwhile."""
    claim(institution, version)
    changed = [
        field for field, value in asdict(details).items() if getattr(institution, field) != value
    ]
    for field in changed:
        setattr(institution, field, getattr(details, field))
    db.session.flush()
    audit.record("institution.edited", institution, actor, changed=changed)
