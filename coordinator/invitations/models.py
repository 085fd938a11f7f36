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
from coordinator.registry.models import Channel, Contact, Organization
from coordinator.states import Shown


class RsvpAnswer(Shown):
    """What an organisation answered, as the branch says it of them."""

    YES = "yes", _l("Will come"), "tick", "green"
    DEPUTY = "deputy", _l("Will send a deputy"), "arrow", "mor"
    WAITING = "waiting", _l("On the waiting list"), "clock", "amber"
    MAYBE = "maybe", _l("Not yet known"), "diamond", "amber"
    NO = "no", _l("Cannot come"), "bar", "slate"
    NONE = "none", _l("No answer"), "ring", "slate"


COMING = (RsvpAnswer.YES, RsvpAnswer.DEPUTY)
WANTING = (*COMING, RsvpAnswer.WAITING)
"""Who wants to come, with a seat or without."""


class AnsweredVia(Shown):
    """How an answer reached the branch."""

    LINK = "link", _l("by link")
    ACCOUNT = "account", _l("by account")
    PHONE = "phone", _l("by phone")
    COMMAND = "command", _l("by command")
    CALENDAR = "calendar", _l("by calendar")
    MAIL = "mail", _l("by e-mail")


class AttendMode(Shown):
    """In the room or from afar, where the meeting leaves the choice."""

    IN_PERSON = "in_person", _l("In person")
    ONLINE = "online", _l("Online")


class ListKind(Shown):
    """Under which heading of the distribution an organisation stands."""

    ACTION = "action", _l("For action")
    INFORMATION = "information", _l("For information")
    PROTOCOL = "protocol", _l("Protocol")


class LetterKind(Shown):
    """What an invitation's letter is for."""

    INVITATION = "invitation", _l("Invitation")
    REMINDER = "reminder", _l("Reminder")
    RECEIPT = "receipt", _l("Receipt of the answer")
    CHANGE = "change", _l("Change of the meeting")
    CANCELLATION = "cancellation", _l("Cancellation of the meeting")
    MOVED_UP = "moved_up", _l("A place became free")
    HANDOVER = "handover", _l("Invitation handed over")
    NAMES = "names", _l("Reminder of the names")
    EVE = "eve", _l("Letter of the day before")
    WITHDRAWAL = "withdrawal", _l("Invitation taken back")


class Delivery(Shown):
    """How far an organisation's invitation has come, over all its letters."""

    TO_SEND = "to_send", _l("To be sent"), "clock", "slate"
    SENDING = "sending", _l("Being sent"), "half", "mor"
    SENT = "sent", _l("Sent"), "plane", "slate"
    DEFERRED = "deferred", _l("Will be tried again"), "clock", "amber"
    FAILED = "failed", _l("Not delivered"), "triangle", "red"
    BOUNCED = "bounced", _l("Came back"), "triangle", "red"
    CANCELLED = "cancelled", _l("Cancelled"), "cross", "slate"
    TO_CALL = "to_call", _l("To be called"), "clock", "amber"
    TO_BRING = "to_bring", _l("To be handed over"), "clock", "amber"
    BROUGHT = "brought", _l("Handed over"), "tick", "slate"


class WhyCalled(Shown):
    """Why the phone is left of an invitation to which no letter was written."""

    NO_ADDRESS = "no_address", _l("No e-mail address")
    ON_HOLD = "on_hold", _l("The address is on hold")
    CHOSEN = "chosen", _l("They are reached by phone")
    NOT_YET = "not_yet", _l("There is an address now; no letter went")


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


COUNTED_NEEDS = frozenset(
    {
        AccessNeed.CHILDCARE,
        AccessNeed.WHEELCHAIR,
        AccessNeed.TRANSPORT,
        AccessNeed.LARGE_PRINT,
        AccessNeed.EASY_TEXT,
        AccessNeed.FRONT_SEAT,
        AccessNeed.COMPANION,
        AccessNeed.DIET,
    }
)
"""Services that are prepared for a number of people."""
SHARED_NEEDS = frozenset({AccessNeed.SIGN_LANGUAGE, AccessNeed.CAPTIONS, AccessNeed.BABY_ROOM})
"""Services of which one is enough, however many ask for it."""


class Invitation(Versioned, Addressed, Model):
    """One organisation asked to one meeting, with its answer as it stands now."""

    __tablename__ = "invitation"

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"))
    organization_id: Mapped[int] = mapped_column(sa.ForeignKey("organization.id"), index=True)
    invited_at: Mapped[datetime | None]
    """When the invitation went out (or was to be said by phone); None while it is only chosen."""
    source: Mapped[str] = mapped_column(sa.String(200), default="")
    """By which choice it came to the list: a filter, a saved list, last time's guests, by hand."""
    list_kind: Mapped[ListKind] = mapped_column(
        coded(ListKind, "list_kind"), default=ListKind.ACTION
    )
    seats: Mapped[int | None]
    """How many people this organisation may send; None: as many as the meeting says."""
    letters_due: Mapped[int] = mapped_column(default=0)
    """How many letters were written when it was invited; fewer found means that some got lost."""
    answer: Mapped[RsvpAnswer] = mapped_column(coded(RsvpAnswer, "answer"), default=RsvpAnswer.NONE)
    waiting_for: Mapped[RsvpAnswer | None] = mapped_column(coded(RsvpAnswer, "waiting_for"))
    """What the answer becomes when a place is free; set while the answer is WAITING."""
    waiting_no: Mapped[int | None]
    """The place in the queue of the meeting: smaller comes first."""
    attend_mode: Mapped[AttendMode | None] = mapped_column(coded(AttendMode, "attend_mode"))
    people: Mapped[int] = mapped_column(default=0)
    attendee_names: Mapped[list[Any]] = mapped_column(sa.JSON, default=list)
    names_later: Mapped[bool] = mapped_column(default=False)
    """Did they say that the names of those who come will follow?"""
    access_needs: Mapped[list[Any]] = mapped_column(sa.JSON, default=list)
    need_numbers: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    """For how many people a service is wanted, by its code; one where nothing is said."""
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
    addressees: Mapped[list["Addressee"]] = relationship(
        back_populates="invitation", order_by="Addressee.id", cascade="all, delete-orphan"
    )

    __table_args__ = (
        sa.UniqueConstraint("meeting_id", "organization_id"),
        sa.CheckConstraint("people between 0 and 50", name="people_in_bounds"),
        sa.CheckConstraint("seats between 1 and 50", name="seats_in_bounds"),
        sa.CheckConstraint(
            "(answer = 'waiting') = (waiting_no is not null)", name="waits_with_a_number"
        ),
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
    handed_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("invitation_letter.id", ondelete="SET NULL"), index=True
    )
    """By whose letter's link the invitation was handed over to this recipient."""

    @property
    def handover_id(self) -> int | None:
        """The letter by which its recipient was handed the invitation, if they were not invited."""
        return self.id if self.kind is LetterKind.HANDOVER else self.handed_by_id

    invitation: Mapped[Invitation] = relationship(back_populates="letters")
    contact: Mapped[Contact | None] = relationship()
    letter: Mapped[OutboxLetter] = relationship()
    link: Mapped[PersonalLink | None] = relationship()


class Addressee(Record, Model):
    """To whom of an organisation, and in what way, the invitation is brought.

    Without such rows the organisation is reached as `registry.queries.recipients` says. For
    channels other than e-mail somebody does it by hand, and says when it is done.
    """

    __tablename__ = "addressee"

    invitation_id: Mapped[int] = mapped_column(
        sa.ForeignKey("invitation.id", ondelete="CASCADE"), index=True
    )
    contact_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("contact.id", ondelete="CASCADE"), index=True
    )
    """None: the organisation itself, at its own address."""
    channel: Mapped[Channel] = mapped_column(coded(Channel, "channel"))
    link_id: Mapped[int | None] = mapped_column(sa.ForeignKey("personal_link.id"), index=True)
    """The link that stands on paper or in a message; an e-mail has its own."""
    done_at: Mapped[datetime | None]
    done_by: Mapped[str] = mapped_column(sa.String(200), default="")
    note: Mapped[str] = mapped_column(sa.String(500), default="")

    invitation: Mapped[Invitation] = relationship(back_populates="addressees")
    contact: Mapped[Contact | None] = relationship()
    link: Mapped[PersonalLink | None] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("invitation_id", "contact_id"),
        sa.Index(
            "uq_addressee_without_contact",
            "invitation_id",
            unique=True,
            sqlite_where=sa.text("contact_id is null"),
            postgresql_where=sa.text("contact_id is null"),
        ),
    )


class GivenAnswer(Record, Model):
    """One answer as it was given: who, when, and how; never what they need."""

    __tablename__ = "given_answer"

    invitation_id: Mapped[int] = mapped_column(
        sa.ForeignKey("invitation.id", ondelete="CASCADE"), index=True
    )
    answer: Mapped[RsvpAnswer] = mapped_column(coded(RsvpAnswer, "answer"))
    people: Mapped[int] = mapped_column(default=0)
    via: Mapped[AnsweredVia] = mapped_column(coded(AnsweredVia, "via"))
    given_by: Mapped[str] = mapped_column(sa.String(200), default="")
    note: Mapped[str] = mapped_column(sa.Text, default="")

    invitation: Mapped[Invitation] = relationship()
