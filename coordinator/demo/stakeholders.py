"""The organisations of the invented city, their people, and who belongs to whom."""

from coordinator.actors import Actor
from coordinator.demo import story
from coordinator.reachability import phone
from coordinator.registry.models import Channel, Organization
from coordinator.registry.operations import contacts, names, organizations


def make_organizations(actor: Actor) -> dict[str, Organization]:
    """Add the organisations and return them by name."""
    guests = list(story.guests())
    made = {guest.name: _organization(guest, actor) for guest in guests}
    for guest in guests:
        if guest.branch_of or guest.member_of:
            one = made[guest.name]
            organizations.edit_organization(
                organization=one,
                version=one.version,
                actor=actor,
                parent=made.get(guest.branch_of),
                umbrellas=[made[guest.member_of]] if guest.member_of else [],
            )
    return made


def _organization(guest: story.Guest, actor: Actor) -> Organization:
    one = organizations.add_organization(
        actor=actor,
        knowingly=True,
        name=guest.name,
        org_type=guest.kind,
        district_slug=guest.district_slug,
        work_area_codes=guest.work_areas,
        target_group_codes=guest.target_groups,
        source="demo",
    )
    contacts.add_contact(
        organization=one,
        actor=actor,
        full_name=guest.contact,
        position=guest.position,
        email=guest.email,
        phone=phone(guest.phone),
        is_primary=True,
    )
    if guest.deputy:
        contacts.add_contact(
            organization=one,
            actor=actor,
            full_name=guest.deputy,
            phone=phone(guest.deputy_phone),
            preferred_channel=Channel.PHONE,
            is_deputy=True,
        )
    if guest.former_name:
        names.add_name(
            organization=one, version=one.version, actor=actor, name=guest.former_name, until=None
        )
    return one
