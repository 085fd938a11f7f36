"""What the tests of the desk share: its address, its rows, an answer said, a meeting that moves."""

from dataclasses import fields
from datetime import timedelta

from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.invitations import operations
from coordinator.invitations.models import AnsweredVia, RsvpAnswer
from coordinator.invitations.operations import Reply, Source
from coordinator.meetings import operations as meetings
from coordinator.meetings.plans import MeetingPlan
from tests.factories import OrganizationFactory
from tests.invitations.parts import invitation_of


def desk(meeting, query: str = "") -> str:
    return f"/toplantilar/{meeting.public_id}/sessizler{query}"


def answer(meeting, one, answer: RsvpAnswer, people: int = 1) -> None:
    invitation = invitation_of(meeting, one)
    operations.answer_invitation(
        invitation=invitation,
        reply=Reply(answer, people),
        source=Source(AnsweredVia.PHONE),
        opened_version=invitation.version,
        actor=COMMAND,
    )


def cards(page) -> dict[str, str]:
    """Return what each organisation's part of the page says, by its name."""
    return {
        " ".join(card.h2.get_text(" ").split()): " ".join(card.get_text(" ").split())
        for card in page.soup.select("article.p-desk")
    }


def move(meeting) -> None:
    """Move a meeting by a day, as its page does."""
    db.session.refresh(meeting)
    names = [one.name for one in fields(MeetingPlan) if one.name != "agenda"]
    values = {name: getattr(meeting, name) for name in names}
    values |= {name: values[name] + timedelta(days=1) for name in ("starts_at", "ends_at")}
    meetings.edit_meeting(meeting, MeetingPlan(**values), version=meeting.version, actor=COMMAND)
    db.session.commit()


def without_address(name: str, phone: str = "+902324440044"):
    return OrganizationFactory(name=name, phone=phone)
