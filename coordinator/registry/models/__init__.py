"""The tables of the registry."""

from coordinator.registry.models.contacts import Channel, Contact, RelationKind, Representation
from coordinator.registry.models.imports import (
    AT_WORK,
    OPEN,
    ColumnMemory,
    ImportBatch,
    ImportChange,
    ImportRow,
    ImportState,
    Outcome,
)
from coordinator.registry.models.organizations import (
    NO_NGO,
    UMBRELLAS,
    WITHOUT_PERSONALITY,
    NameKind,
    Organization,
    OrganizationName,
    OrgStatus,
    OrgType,
    organization_target_group,
    organization_umbrella,
    organization_word,
    organization_work_area,
)
from coordinator.registry.models.vocabularies import District, TargetGroup, Term, WorkArea

__all__ = [
    "AT_WORK",
    "NO_NGO",
    "OPEN",
    "UMBRELLAS",
    "WITHOUT_PERSONALITY",
    "Channel",
    "ColumnMemory",
    "Contact",
    "District",
    "ImportBatch",
    "ImportChange",
    "ImportRow",
    "ImportState",
    "NameKind",
    "OrgStatus",
    "OrgType",
    "Organization",
    "OrganizationName",
    "Outcome",
    "RelationKind",
    "Representation",
    "TargetGroup",
    "Term",
    "WorkArea",
    "organization_target_group",
    "organization_umbrella",
    "organization_word",
    "organization_work_area",
]
