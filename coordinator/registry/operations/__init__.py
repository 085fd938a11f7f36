"""What is done with organisations, their contacts and the accounts of these."""

from coordinator.registry.operations.access import (
    AddressOfStaff,
    NoAddress,
    account_for_address,
    open_account,
)
from coordinator.registry.operations.contacts import (
    AlreadyContact,
    ContactValues,
    add_contact,
    edit_contact,
    settle_primary,
)
from coordinator.registry.operations.names import add_name, edit_name, remove_name
from coordinator.registry.operations.organizations import (
    MaybeSame,
    OrganizationValues,
    RegisterNumberTaken,
    add_organization,
    change_status,
    edit_organization,
    mark_checked,
)
from coordinator.registry.operations.terms import (
    bring_back,
    end_contact,
    end_terms,
    hand_over,
)

__all__ = [
    "AddressOfStaff",
    "AlreadyContact",
    "ContactValues",
    "MaybeSame",
    "NoAddress",
    "OrganizationValues",
    "RegisterNumberTaken",
    "account_for_address",
    "add_contact",
    "add_name",
    "add_organization",
    "bring_back",
    "change_status",
    "edit_contact",
    "edit_name",
    "edit_organization",
    "end_contact",
    "end_terms",
    "hand_over",
    "mark_checked",
    "open_account",
    "remove_name",
    "settle_primary",
]
