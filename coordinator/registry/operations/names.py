"""Former names: kept when an organisation is renamed, corrected and removed by the branch."""

from datetime import date

from flask_babel import lazy_gettext as _l

from coordinator import clock, turkish
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.forms import claim
from coordinator.registry.models import NameKind, Organization, OrganizationName


class NotFormer(RuleBroken):
    """A former name is another one than the present."""

    message = _l("This is the name it has now.")

    def __init__(self) -> None:
        super().__init__(field="name")


class NameToCome(RuleBroken):
    """Nobody gives up a name before its day."""

    message = _l("Write today or a day that has passed.")

    def __init__(self) -> None:
        super().__init__(field="until")


def keep_former(organization: Organization, old: str) -> None:
    """Keep the name that an organisation had until today.

    A name that differs in nothing but case and accents was put right, not changed. One that is
    taken up again is no former one any more.
    """
    present, folded = turkish.search_key(organization.name), turkish.search_key(old)
    for known in list(organization.former_names):
        if turkish.search_key(known.name) in {present, folded}:
            organization.former_names.remove(known)
    if folded and folded != present:
        former = OrganizationName(name=old, kind=NameKind.FORMER, until=clock.today())
        organization.former_names.append(former)


def add_name(
    *,
    organization: Organization,
    version: int | None,
    actor: Actor,
    name: str,
    until: date | None,
) -> None:
    """Add a name under which the organisation was known; raises SavedMeanwhile, NotFormer."""
    claim(organization, version)
    _refuse(organization, name, until)
    organization.former_names.append(OrganizationName(name=name, until=until))
    _tell(organization, actor)


def edit_name(
    *, former: OrganizationName, version: int | None, actor: Actor, name: str, until: date | None
) -> None:
    """Correct a former name or its day; raises SavedMeanwhile, NotFormer, NameToCome."""
    claim(former.organization, version)
    _refuse(former.organization, name, until)
    if (former.name, former.until) != (name, until):
        former.name, former.until = name, until
        _tell(former.organization, actor)


def remove_name(*, former: OrganizationName, version: int | None, actor: Actor) -> None:
    """Take away a name that the organisation never had; raises SavedMeanwhile."""
    organization = former.organization
    claim(organization, version)
    organization.former_names.remove(former)
    _tell(organization, actor)


def _refuse(organization: Organization, name: str, until: date | None) -> None:
    if turkish.search_key(name) == turkish.search_key(organization.name):
        raise NotFormer
    if until is not None and until > clock.today():
        raise NameToCome


def _tell(organization: Organization, actor: Actor) -> None:
    # Names stand in a table of their own; the version of the organisation counts them as well.
    organization.updated_at = clock.now()
    audit.record("organization.edited", organization, actor, changed=["former_names"])
