"""Somebody wrote one organisation of the invented city down twice: a pair to look at and merge."""

from coordinator.actors import Actor
from coordinator.demo import story
from coordinator.reachability import phone
from coordinator.registry.models import OrgType
from coordinator.registry.operations import contacts, organizations


def write_one_twice(actor: Actor) -> None:
    """Add the second record of an organisation that is there already."""
    first = next(guest for guest in story.guests() if guest.name == story.WRITTEN_TWICE)
    second = organizations.add_organization(
        actor=actor,
        knowingly=True,
        name=story.SECOND_NAME,
        org_type=OrgType.PLATFORM,
        district_slug=first.district_slug,
        phone=phone(first.phone),
        source="demo",
        notes=story.SECOND_NOTE,
    )
    contacts.add_contact(
        organization=second,
        actor=actor,
        full_name=first.contact,
        phone=phone(first.phone),
        is_primary=True,
    )
