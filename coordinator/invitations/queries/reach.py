"""By what an organisation can be reached at all: addresses, those of them on hold, phones."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import sqlalchemy as sa

from coordinator.extensions import db
from coordinator.outbox.queries import held
from coordinator.registry.models import Contact, Organization
from coordinator.registry.queries import active_contact

AT_ONCE = 5000


@dataclass
class Reach:
    """What is known of an organisation and its people; nothing here says what they prefer."""

    addresses: set[str] = field(default_factory=set)
    on_hold: set[str] = field(default_factory=set)
    has_phone: bool = False

    @property
    def no_way(self) -> bool:
        """Is there neither a phone number nor an address that letters go to?"""
        return not self.has_phone and not self.addresses - self.on_hold

    @property
    def only_by_mail(self) -> bool:
        """Is there no phone number, but an address that letters go to?"""
        return not self.has_phone and not self.no_way

    @property
    def is_on_hold(self) -> bool:
        """Does it have addresses, and none that letters go to?"""
        return bool(self.addresses) and self.addresses <= self.on_hold


def reach(organization_ids: Iterable[int]) -> dict[int, Reach]:
    """Return by what each organisation can be reached, in two questions."""
    ids = sorted(set(organization_ids))
    found = {number: Reach() for number in ids}
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        people = sa.select(Contact.organization_id, Contact.email, Contact.phone).where(
            Contact.organization_id.in_(some), active_contact()
        )
        own = sa.select(Organization.id, Organization.email, Organization.phone).where(
            Organization.id.in_(some)
        )
        for number, address, phone in db.session.execute(sa.union_all(people, own)):
            one = found[number]
            one.has_phone = one.has_phone or bool(phone)
            if address:
                one.addresses.add(address)
    on_hold = set(held(address for one in found.values() for address in one.addresses))
    for one in found.values():
        one.on_hold = one.addresses & on_hold
    return found
