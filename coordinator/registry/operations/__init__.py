"""What is done with organisations, their contacts and the accounts of these."""

from coordinator.registry.operations.access import (
    AddressOfStaff,
    NoAddress,
    account_for_address,
    open_account,
)
from coordinator.registry.operations.contacts import (
    ContactValues,
    add_contact,
    edit_contact,
    end_contact,
)
from coordinator.registry.operations.organizations import (
    MaybeSame,
    OrganizationValues,
    RegisterNumberTaken,
    add_organization,
    change_status,
    edit_organization,
    mark_checked,
)

__all__ = [
    "AddressOfStaff",
    "ContactValues",
    "MaybeSame",
    "NoAddress",
    "OrganizationValues",
    "RegisterNumberTaken",
    "account_for_address",
    "add_contact",
    "add_organization",
    "change_status",
    "edit_contact",
    "edit_organization",
    "end_contact",
    "mark_checked",
    "open_account",
]
