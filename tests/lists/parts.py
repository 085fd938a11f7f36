"""What the tests of lists share: lists, and who stands on them."""

import sqlalchemy as sa

from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.lists import operations, queries
from coordinator.lists.models import OrganizationList
from coordinator.registry.listing import Filters
from coordinator.registry.models import Organization


def saved(name: str = "Konak", **filters: object) -> OrganizationList:
    """Return a new saved search."""
    return operations.save_search(
        name=name,
        description="",
        filters=Filters.read(filters or {"ilce": ["konak"]}),
        actor=COMMAND,
    )


def group(*organizations: Organization, name: str = "Danışma kurulu") -> OrganizationList:
    """Return a new group of these organisations."""
    db.session.flush()
    one = operations.new_group(name=name, description="", actor=COMMAND)
    operations.add(group=one, organizations=organizations, actor=COMMAND)
    return one


def names_on(one: OrganizationList) -> list[str]:
    """Return who stands on a list now, in its order."""
    return [found.name for found in db.session.scalars(queries.organizations_on(one))]


def again(one: OrganizationList) -> OrganizationList | None:
    """Return the list as it stands in the database now."""
    return db.session.scalar(
        sa.select(OrganizationList)
        .where(OrganizationList.id == one.id)
        .execution_options(populate_existing=True)
    )
