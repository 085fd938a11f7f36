"""Named reads of the registry: an organisation, the lists that describe it, who is written to."""

from coordinator.registry.queries.lists import (
    DistrictName,
    district_names,
    districts,
    work_area_names,
    work_areas,
)
from coordinator.registry.queries.organizations import contact, find_organization, organization
from coordinator.registry.queries.people import (
    Recipient,
    accounts_of,
    active_contact,
    forget_represented,
    organizations_of,
    recipients,
    represented,
    represented_ids,
    with_address,
)

__all__ = [
    "DistrictName",
    "Recipient",
    "accounts_of",
    "active_contact",
    "contact",
    "district_names",
    "districts",
    "find_organization",
    "forget_represented",
    "organization",
    "organizations_of",
    "recipients",
    "represented",
    "represented_ids",
    "with_address",
    "work_area_names",
    "work_areas",
]
