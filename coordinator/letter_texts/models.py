"""The words of letters, as staff changed them; what is not here is as shipped."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.database import Model
from coordinator.records import Addressed, Versioned


class LetterText(Versioned, Addressed, Model):
    """The words of one kind of letter in one language, everywhere or for one thing.

    Plain text with placeholders in braces; an empty line ends a paragraph. It is never markup.
    """

    __tablename__ = "letter_text"

    kind: Mapped[str] = mapped_column(sa.String(40))
    language: Mapped[str] = mapped_column(sa.String(2))
    about: Mapped[str] = mapped_column(sa.String(12), default="")
    """The page address of the meeting whose letters read so; empty: all letters of the kind."""
    subject: Mapped[str] = mapped_column(sa.String(200))
    greeting: Mapped[str] = mapped_column(sa.String(200))
    body: Mapped[str] = mapped_column(sa.Text)
    closing: Mapped[str] = mapped_column(sa.Text, default="")

    __table_args__ = (sa.UniqueConstraint("kind", "language", "about"),)

    @property
    def name(self) -> str:
        """By what the audit speaks of it."""
        return f"{self.kind} ({self.language})"
