"""The pages of the registry. Importing this package puts them all on their blueprints."""

from coordinator.registry.views import (
    contacts,
    exports,
    family,
    listing,
    names,
    organizations,
    terms,
    vocabularies,
)
from coordinator.registry.views.importing import correcting, preview, steps, undoing, upload

BLUEPRINTS = (
    steps.blueprint,
    undoing.blueprint,
    exports.blueprint,
    vocabularies.blueprint,
)
"""Beside the registry's own one."""

IMPORT_ENDPOINTS = (*upload.ENDPOINTS, *correcting.ENDPOINTS, *undoing.ENDPOINTS)

__all__ = [
    "BLUEPRINTS",
    "IMPORT_ENDPOINTS",
    "contacts",
    "exports",
    "family",
    "listing",
    "names",
    "organizations",
    "preview",
    "terms",
    "vocabularies",
]
