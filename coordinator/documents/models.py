"""The stored file."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.database import Model
from coordinator.records import Addressed


class Document(Addressed, Model):
    """A file as it was uploaded. Whoever owns it holds its id and decides who may read it."""

    __tablename__ = "document"

    filename: Mapped[str] = mapped_column(sa.String(255))
    mime: Mapped[str] = mapped_column(sa.String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(sa.String(64))
    content: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)
