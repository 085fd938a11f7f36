"""Calls, who may write to them, and proposals."""

from datetime import date, datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from coordinator import clock, turkish
from coordinator.database import Model
from coordinator.days.models import DayWindow
from coordinator.documents.models import Document
from coordinator.links import PersonalLink
from coordinator.outbox.models import OutboxLetter
from coordinator.records import Addressed, Record, Versioned, coded
from coordinator.registry.models import Contact, Organization
from coordinator.states import Shown


class ProposalStatus(Shown):
    """How far a proposal has come."""

    DRAFT = "draft", _l("Draft"), "dashed", "slate"
    SUBMITTED = "submitted", _l("Sent in"), "plane", "mor"
    REVIEW = "review", _l("Being assessed"), "half", "mor"
    MORE_INFO = "more_info", _l("More information awaited"), "diamond", "amber"
    ACCEPTED = "accepted", _l("Accepted"), "tick", "green"
    MERGED = "merged", _l("Merged"), "two_rings", "green"
    REJECTED = "rejected", _l("Not taken up"), "bar", "slate"
    WITHDRAWN = "withdrawn", _l("Withdrawn"), "cross", "slate"
    REALISED = "realised", _l("Realised"), "flag", "green"


MOVES: dict[ProposalStatus, frozenset[ProposalStatus]] = {
    ProposalStatus.DRAFT: frozenset({ProposalStatus.SUBMITTED, ProposalStatus.WITHDRAWN}),
    ProposalStatus.SUBMITTED: frozenset(
        {
            ProposalStatus.REVIEW,
            ProposalStatus.ACCEPTED,
            ProposalStatus.REJECTED,
            ProposalStatus.WITHDRAWN,
        }
    ),
    ProposalStatus.REVIEW: frozenset(
        {ProposalStatus.ACCEPTED, ProposalStatus.REJECTED, ProposalStatus.WITHDRAWN}
    ),
    ProposalStatus.MORE_INFO: frozenset({ProposalStatus.SUBMITTED, ProposalStatus.WITHDRAWN}),
    ProposalStatus.ACCEPTED: frozenset({ProposalStatus.REALISED}),
    ProposalStatus.MERGED: frozenset({ProposalStatus.REALISED}),
    ProposalStatus.REJECTED: frozenset({ProposalStatus.ACCEPTED}),
    ProposalStatus.WITHDRAWN: frozenset(),
    ProposalStatus.REALISED: frozenset(),
}


COUNTED = tuple(
    status
    for status in ProposalStatus
    if status not in {ProposalStatus.DRAFT, ProposalStatus.WITHDRAWN}
)
"""What counts as a proposal that was made."""

WAITING = (ProposalStatus.SUBMITTED, ProposalStatus.REVIEW)
"""What the branch has still to decide."""

TAKEN_UP = (ProposalStatus.ACCEPTED, ProposalStatus.MERGED, ProposalStatus.REALISED)
"""What the branch said yes to, whatever came afterwards."""


def origins(target: ProposalStatus) -> list[ProposalStatus]:
    """Return the states from which a proposal may move to `target`."""
    return [status for status, targets in MOVES.items() if target in targets]


class Call(Versioned, Addressed, Model):
    """A question to the organisations of a window: what shall we do together?"""

    __tablename__ = "proposal_call"

    window_id: Mapped[int] = mapped_column(sa.ForeignKey("day_window.id"), index=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    text: Mapped[str] = mapped_column(sa.Text, default="")
    opens_on: Mapped[date]
    closes_on: Mapped[date]

    window: Mapped[DayWindow] = relationship()

    __table_args__ = (sa.CheckConstraint("closes_on >= opens_on", name="closes_after_opening"),)

    @property
    def is_open(self) -> bool:
        return self.opens_on <= clock.today() <= self.closes_on

    @property
    def is_over(self) -> bool:
        return clock.today() > self.closes_on

    @property
    def days_left(self) -> int:
        return (self.closes_on - clock.today()).days


class CallAccess(Record, Model):
    """One recipient of an organisation that may write to a call, with the personal link.

    Without a contact the link belongs to the organisation's own address. `asked_at` stays empty
    until a letter carried the link: the call's own one (`letter`) or an invitation's.
    """

    __tablename__ = "call_access"

    call_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal_call.id", ondelete="CASCADE"))
    organization_id: Mapped[int] = mapped_column(
        sa.ForeignKey("organization.id", ondelete="CASCADE"), index=True
    )
    contact_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("contact.id", ondelete="CASCADE"), index=True
    )
    link_id: Mapped[int | None] = mapped_column(sa.ForeignKey("personal_link.id"), index=True)
    letter_id: Mapped[int | None] = mapped_column(sa.ForeignKey("letter.id"), unique=True)
    asked_at: Mapped[datetime | None]

    call: Mapped[Call] = relationship()
    organization: Mapped[Organization] = relationship()
    contact: Mapped[Contact | None] = relationship()
    link: Mapped[PersonalLink | None] = relationship()
    letter: Mapped[OutboxLetter | None] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("call_id", "organization_id", "contact_id"),
        sa.Index(
            "uq_call_access_without_contact",
            "call_id",
            "organization_id",
            unique=True,
            sqlite_where=sa.text("contact_id is null"),
            postgresql_where=sa.text("contact_id is null"),
        ),
    )


class Proposal(Versioned, Addressed, Model):
    """What an organisation proposes to do, and what became of it."""

    __tablename__ = "proposal"

    call_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal_call.id"), index=True)
    organization_id: Mapped[int] = mapped_column(sa.ForeignKey("organization.id"), index=True)
    access_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("call_access.id", ondelete="SET NULL"), index=True
    )
    """The personal link it was written by; empty when it was written with an account."""
    title: Mapped[str] = mapped_column(sa.String(200))
    summary: Mapped[str] = mapped_column(sa.Text, default="")
    need: Mapped[str] = mapped_column(sa.Text, default="")
    for_whom: Mapped[str] = mapped_column(sa.String(300), default="")
    place: Mapped[str] = mapped_column(sa.String(300), default="")
    timing: Mapped[str] = mapped_column(sa.String(300), default="")
    wanted_support: Mapped[str] = mapped_column(sa.Text, default="")
    document_id: Mapped[int | None] = mapped_column(sa.ForeignKey("document.id"))
    author_name: Mapped[str] = mapped_column(sa.String(200), default="")
    author_email: Mapped[str] = mapped_column(sa.String(254), default="")
    language: Mapped[str] = mapped_column(sa.String(2), default="tr")
    status: Mapped[ProposalStatus] = mapped_column(
        coded(ProposalStatus, "status"), default=ProposalStatus.DRAFT
    )
    submitted_at: Mapped[datetime | None]
    decision_note: Mapped[str] = mapped_column(sa.Text, default="")
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(sa.String(200), default="")

    search_key: Mapped[str] = mapped_column(sa.Text, default="")

    call: Mapped[Call] = relationship()
    organization: Mapped[Organization] = relationship()
    document: Mapped[Document | None] = relationship()
    access: Mapped[CallAccess | None] = relationship()
    steps: Mapped[list["ProposalStep"]] = relationship(
        back_populates="proposal", order_by="ProposalStep.id", cascade="all, delete-orphan"
    )

    __table_args__ = (
        sa.Index(None, "status", "submitted_at"),
        sa.CheckConstraint(
            "status in ('draft', 'withdrawn') or submitted_at is not null", name="sent_in_when"
        ),
        sa.CheckConstraint(
            "status not in ('accepted', 'rejected') or decision_note <> ''",
            name="decided_with_reason",
        ),
    )

    @property
    def is_draft(self) -> bool:
        return self.status is ProposalStatus.DRAFT

    @validates("title", "summary")
    def _follow_texts(self, attribute: str, value: str) -> str:
        title = value if attribute == "title" else self.title or ""
        summary = value if attribute == "summary" else self.summary or ""
        self.search_key = turkish.search_key(f"{title} {summary}")
        return value


class ProposalStep(Record, Model):
    """One move of a proposal: where to, who moved it, and why."""

    __tablename__ = "proposal_step"

    proposal_id: Mapped[int] = mapped_column(
        sa.ForeignKey("proposal.id", ondelete="CASCADE"), index=True
    )
    status: Mapped[ProposalStatus] = mapped_column(coded(ProposalStatus, "status"))
    by_name: Mapped[str] = mapped_column(sa.String(200), default="")
    note: Mapped[str] = mapped_column(sa.Text, default="")

    proposal: Mapped[Proposal] = relationship(back_populates="steps")
