"""Invitations, their letters and their answers."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coordinator.database import Model
from coordinator.links import PersonalLink
from coordinator.meetings.models import Meeting
from coordinator.outbox.models import OutboxLetter
from coordinator.records import Addressed, Record, Versioned, coded
from coordinator.registry.models import Contact, Organization
from coordinator.states import Shown


class RsvpAnswer(Shown):
    """What an organisation answered, as the branch says it of them."""

    YES = "yes", _l("Will come"), "tick", "green"
    DEPUTY = "deputy", _l("Will send a deputy"), "arrow", "mor"
    MAYBE = "maybe", _l("Not yet known"), "diamond", "amber"
    NO = "no", _l("Cannot come"), "bar", "slate"
    NONE = "none", _l("No answer"), "ring", "slate"


COMING = (RsvpAnswer.YES, RsvpAnswer.DEPUTY)


class AnsweredVia(Shown):
    """How an answer reached the branch."""

    LINK = "link", _l("by link")
    ACCOUNT = "account", _l("by account")
    PHONE = "phone", _l("by phone")
    COMMAND = "command", _l("by command")


class LetterKind(Shown):
    """What an invitation's letter is for."""

    INVITATION = "invitation", _l("Invitation")
    REMINDER = "reminder", _l("Reminder")
    RECEIPT = "receipt", _l("Receipt of the answer")
    CHANGE = "change", _l("Change of the meeting")
    CANCELLATION = "cancellation", _l("Cancellation of the meeting")


class Delivery(Shown):
    """How far an organisation's invitation has come, over all its letters."""

    TO_SEND = "to_send", _l("To be sent"), "clock", "slate"
    SENDING = "sending", _l("Being sent"), "half", "mor"
    SENT = "sent", _l("Sent"), "plane", "slate"
    DEFERRED = "deferred", _l("Will be tried again"), "clock", "amber"
    FAILED = "failed", _l("Not delivered"), "triangle", "red"
    CANCELLED = "cancelled", _l("Cancelled"), "cross", "slate"
    TO_CALL = "to_call", _l("To be called"), "clock", "amber"


class AccessNeed(Shown):
    """A service that somebody asks for; never a fact about a person."""

    SIGN_LANGUAGE = "sign_language", _l("Sign language interpreter")
    CHILDCARE = "childcare", _l("Childcare and play area")
    WHEELCHAIR = "wheelchair", _l("Wheelchair access")
    TRANSPORT = "transport", _l("Help with transport")
    CAPTIONS = "captions", _l("Captions")
    LARGE_PRINT = "large_print", _l("Large print / Braille documents")
    EASY_TEXT = "easy_text", _l("Easy-to-read text")
    BABY_ROOM = "baby_room", _l("Nursing room")
    LANGUAGE = "language", _l("Interpreter for another language")
    FRONT_SEAT = "front_seat", _l("Seat in front")
    COMPANION = "companion", _l("Companion")
    DIET = "diet", _l("Dietary preference")
    OTHER = "other", _l("Something else")


class Invitation(Versioned, Addressed, Model):
    """One organisation asked to one meeting, with its answer as it stands now."""

    __tablename__ = "invitation"

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"))
    organization_id: Mapped[int] = mapped_column(sa.ForeignKey("organization.id"), index=True)
    invited_at: Mapped[datetime | None]
    """When the invitation went out (or was to be said by phone); None while it is only chosen."""
    answer: Mapped[RsvpAnswer] = mapped_column(coded(RsvpAnswer, "answer"), default=RsvpAnswer.NONE)
    people: Mapped[int] = mapped_column(default=0)
    attendee_names: Mapped[list[Any]] = mapped_column(sa.JSON, default=list)
    access_needs: Mapped[list[Any]] = mapped_column(sa.JSON, default=list)
    needs_note: Mapped[str] = mapped_column(sa.String(500), default="")
    note: Mapped[str] = mapped_column(sa.Text, default="")
    answered_at: Mapped[datetime | None]
    answered_via: Mapped[AnsweredVia | None] = mapped_column(coded(AnsweredVia, "answered_via"))
    answered_by: Mapped[str] = mapped_column(sa.String(200), default="")

    meeting: Mapped[Meeting] = relationship()
    organization: Mapped[Organization] = relationship()
    letters: Mapped[list["InvitationLetter"]] = relationship(
        back_populates="invitation", order_by="InvitationLetter.id", cascade="all, delete-orphan"
    )

    __table_args__ = (
        sa.UniqueConstraint("meeting_id", "organization_id"),
        sa.CheckConstraint("people between 0 and 50", name="people_in_bounds"),
    )

    @property
    def name(self) -> str:
        """The organisation's name, by which people speak of the invitation."""
        return self.organization.name

    @property
    def is_coming(self) -> bool:
        return self.answer in COMING


class InvitationLetter(Record, Model):
    """A letter of an invitation: to whom it went and which personal link it carries."""

    __tablename__ = "invitation_letter"

    invitation_id: Mapped[int] = mapped_column(
        sa.ForeignKey("invitation.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[LetterKind] = mapped_column(coded(LetterKind, "kind"))
    contact_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("contact.id", ondelete="SET NULL"), index=True
    )
    letter_id: Mapped[int] = mapped_column(sa.ForeignKey("letter.id"), unique=True)
    link_id: Mapped[int | None] = mapped_column(sa.ForeignKey("personal_link.id"), index=True)

    invitation: Mapped[Invitation] = relationship(back_populates="letters")
    contact: Mapped[Contact | None] = relationship()
    letter: Mapped[OutboxLetter] = relationship()
    link: Mapped[PersonalLink | None] = relationship()
