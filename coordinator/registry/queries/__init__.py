"""Named reads of the registry: an organisation, the lists that describe it, who is written to."""

from coordinator.registry.queries.family import (
    PAGE,
    Relation,
    Relatives,
    active_branches,
    relatives,
)
from coordinator.registry.queries.lists import (
    DistrictName,
    TermName,
    district_names,
    districts,
    meant_by,
    standing_for,
    target_group_names,
    target_group_terms,
    work_area_names,
    work_area_terms,
    work_areas,
)
from coordinator.registry.queries.merged import heir, stands
from coordinator.registry.queries.organizations import (
    contact,
    find_organization,
    former_name,
    organization,
    organizations_named,
)
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
from coordinator.registry.queries.same_person import elsewhere, same_person

__all__ = [
    "PAGE",
    "DistrictName",
    "Recipient",
    "Relation",
    "Relatives",
    "TermName",
    "accounts_of",
    "active_branches",
    "active_contact",
    "contact",
    "district_names",
    "districts",
    "elsewhere",
    "find_organization",
    "forget_represented",
    "former_name",
    "heir",
    "meant_by",
    "organization",
    "organizations_named",
    "organizations_of",
    "recipients",
    "relatives",
    "represented",
    "represented_ids",
    "same_person",
    "standing_for",
    "stands",
    "target_group_names",
    "target_group_terms",
    "with_address",
    "work_area_names",
    "work_area_terms",
    "work_areas",
]
