"""Lists of organisations with a name: saved searches that stay alive, and fixed groups."""

from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from coordinator import turkish
from coordinator.accounts.models import User
from coordinator.database import Model
from coordinator.records import Addressed, Versioned, coded, sorted_text
from coordinator.states import Shown


class ListKind(Shown):
    """What makes an organisation stand on a list."""

    SEARCH = "search", _l("Saved search"), "ring", "mor"
    FIXED = "fixed", _l("Fixed group"), "lock", "slate"


list_member = sa.Table(
    "list_member",
    Model.metadata,
    sa.Column(
        "list_id", sa.ForeignKey("organization_list.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column(
        "organization_id", sa.ForeignKey("organization.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Index(None, "organization_id"),
)


def key_of(name: str) -> str:
    """Return the name as it is compared: there is one list of each."""
    return turkish.search_key(name)[:200]


class OrganizationList(Versioned, Addressed, Model):
    """A list under a name. A saved search keeps its filters, a fixed group its organisations."""

    __tablename__ = "organization_list"

    name: Mapped[str] = mapped_column(sa.String(100))
    description: Mapped[str] = mapped_column(sa.String(500), default="")
    kind: Mapped[ListKind] = mapped_column(coded(ListKind, "kind"))
    filters: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    """As `Filters.as_query` gives them."""
    created_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    search_key: Mapped[str] = mapped_column(sorted_text(200), unique=True)
    sort_key: Mapped[str] = mapped_column(sorted_text(300), index=True)

    created_by: Mapped[User | None] = relationship()

    @validates("name")
    def _follow_name(self, _attribute: str, value: str) -> str:
        self.search_key = key_of(value)
        self.sort_key = turkish.sort_key(value)[:300]
        return value
