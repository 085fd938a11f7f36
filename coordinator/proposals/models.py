"""Calls, who may write to them, and proposals."""

from datetime import date, datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coordinator import clock
from coordinator.database import Model
from coordinator.days.models import DayWindow
from coordinator.documents.models import Document
from coordinator.links import PersonalLink
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


class CallAccess(Record, Model):
    """An organisation that was asked to a call, with the personal link of one contact."""

    __tablename__ = "call_access"

    call_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal_call.id", ondelete="CASCADE"))
    organization_id: Mapped[int] = mapped_column(
        sa.ForeignKey("organization.id", ondelete="CASCADE"), index=True
    )
    contact_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("contact.id", ondelete="CASCADE")
    )
    link_id: Mapped[int | None] = mapped_column(sa.ForeignKey("personal_link.id"), index=True)

    call: Mapped[Call] = relationship()
    organization: Mapped[Organization] = relationship()
    contact: Mapped[Contact | None] = relationship()
    link: Mapped[PersonalLink | None] = relationship()

    __table_args__ = (sa.UniqueConstraint("call_id", "organization_id", "contact_id"),)


class Proposal(Versioned, Addressed, Model):
    """What an organisation proposes to do, and what became of it."""

    __tablename__ = "proposal"

    call_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal_call.id"), index=True)
    organization_id: Mapped[int] = mapped_column(sa.ForeignKey("organization.id"), index=True)
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

    call: Mapped[Call] = relationship()
    organization: Mapped[Organization] = relationship()
    document: Mapped[Document | None] = relationship()
