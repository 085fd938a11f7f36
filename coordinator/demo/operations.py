"""Fills an empty house with the invented city, by the same operations as the pages."""

import secrets
from dataclasses import dataclass
from datetime import time, timedelta

import sqlalchemy as sa
from flask import current_app
from flask_babel import lazy_gettext as _l

from coordinator import clock, links
from coordinator.access import Role
from coordinator.accounts.models import User
from coordinator.accounts.operations import people
from coordinator.accounts.queries import any_administrator
from coordinator.actors import Actor
from coordinator.days import operations as days
from coordinator.days.calendar import Plan
from coordinator.days.models import DayWindow
from coordinator.demo import calendar, story
from coordinator.demo.checking import ask_all
from coordinator.demo.conversations import write_down
from coordinator.demo.lists import make_lists
from coordinator.demo.pairs import write_one_twice
from coordinator.demo.post import edit_a_letter, let_mail_arrive
from coordinator.demo.programme import make_activities
from coordinator.demo.services import order_services
from coordinator.demo.stakeholders import make_organizations
from coordinator.demo.waiting import fill_a_small_room
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.institution import operations as institution
from coordinator.institution import queries as institutions
from coordinator.invitations import operations as invitations
from coordinator.invitations.models import AnsweredVia, Invitation, InvitationLetter, RsvpAnswer
from coordinator.meetings.models import Meeting
from coordinator.meetings.operations import planning
from coordinator.meetings.plans import MeetingPlan
from coordinator.outbox import operations as outbox
from coordinator.outbox.models import LetterState, OutboxLetter
from coordinator.proposals.models import Call
from coordinator.proposals.operations import calls, deciding, writing
from coordinator.registry.models import Organization

LOOPBACK = ("127.0.0.1", "localhost", "::1")
STAFF_ADDRESS = "derya.tuna@belediye.example"


class HouseNotEmpty(RuleBroken):
    """The invented city would mix with real organisations."""

    message = _l("There are organisations here already. The demo fills an empty house only.")


@dataclass(frozen=True)
class Filled:
    """What the demo made; `password` is that of the staff account and is shown once."""

    organizations: int
    window: DayWindow
    meeting: Meeting
    call: Call
    invitation: str
    staff: User
    password: str


def is_empty() -> bool:
    """Is there no organisation yet?"""
    return db.session.scalar(sa.select(Organization.id).limit(1)) is None


def fill(actor: Actor) -> Filled:
    """Make thirty organisations, a window, a meeting, answers, proposals and activities.

    Raises HouseNotEmpty. Letters stay in this machine: unless they go to the local mailbox or
    to a server on loopback, they are called back at once.
    """
    if not is_empty():
        raise HouseNotEmpty
    _institution(actor)
    when = calendar.dates()
    by_name = make_organizations(actor)
    window = _window(when, actor)
    meeting = _meeting(window, when, actor)
    call = _call(window, when, actor)
    invitations.invite(meeting=meeting, organizations=by_name.values(), actor=actor)
    _answers(meeting)
    fill_a_small_room(window, by_name, actor)
    _proposals(call, by_name, actor)
    make_activities(window, when, by_name, actor)
    make_lists(by_name, actor)
    ask_all(by_name, actor)
    write_down(by_name, actor)
    write_one_twice(actor)
    staff, password = _staff(actor)
    order_services(meeting, staff, actor)
    let_mail_arrive(meeting)
    edit_a_letter(actor)
    _keep_letters_here()
    return Filled(
        organizations=len(by_name),
        window=window,
        meeting=meeting,
        call=call,
        invitation=_open_link(meeting),
        staff=staff,
        password=password,
    )


def _institution(actor: Actor) -> None:
    """Give the copy a name where nobody has done so yet."""
    if institutions.current() is None:
        institution.found(institution.Details(**story.INSTITUTION), actor=actor)


def _window(when: calendar.Dates, actor: Actor) -> DayWindow:
    window = days.open_named_window(f"{when.year}/25-kasim", actor)
    plan = Plan(
        call_from=when.call_from,
        call_until=when.call_until,
        meeting_around=when.meeting,
        programme_from=min(when.meeting + timedelta(days=1), when.day - timedelta(days=1)),
        programme_until=when.day - timedelta(days=1),
        evaluation_until=window.evaluation_until,
    )
    days.set_dates(window, dates=plan, version=window.version, actor=actor)
    return window


def _call(window: DayWindow, when: calendar.Dates, actor: Actor) -> Call:
    call = calls.open_call(
        window,
        title=story.CALL_TITLE,
        text=story.CALL_TEXT,
        opens_on=when.call_from,
        closes_on=when.call_until,
        actor=actor,
    )
    db.session.flush()
    return call


def _meeting(window: DayWindow, when: calendar.Dates, actor: Actor) -> Meeting:
    return planning.plan_meeting(
        MeetingPlan(
            title=story.MEETING_TITLE,
            starts_at=clock.at(when.meeting, time(14)),
            ends_at=clock.at(when.meeting, time(16, 30)),
            rsvp_deadline=when.last_answer,
            place=story.PLACE,
            purpose=story.PURPOSE,
            agenda=story.AGENDA,
            max_per_org=2,
            capacity=60,
            window=window,
        ),
        actor=actor,
    )


def _answers(meeting: Meeting) -> None:
    """Let most of the guests answer as people do: by their link, a few by phone."""
    told = {guest.name: guest for guest in story.guests()}
    invited = db.session.scalars(
        sa.select(Invitation).where(Invitation.meeting_id == meeting.id)
    ).all()
    for number, invitation in enumerate(invited):
        guest = told[invitation.organization.name]
        if guest.answer is RsvpAnswer.NONE:
            continue
        by_phone = number % 9 == 0
        via = AnsweredVia.PHONE if by_phone else AnsweredVia.LINK
        invitations.answer_invitation(
            invitation=invitation,
            reply=invitations.Reply(
                answer=guest.answer, people=guest.people, names=[guest.contact], needs=guest.needs
            ),
            source=invitations.Source(via=via),
            opened_version=invitation.version,
            actor=Actor(story.STAFF_NAME, "page") if by_phone else Actor.link(guest.contact),
        )


def _proposals(call: Call, by_name: dict[str, Organization], actor: Actor) -> None:
    for idea in story.IDEAS:
        organization = by_name[idea.organization]
        author = organization.contacts[0]
        proposal = writing.write(
            call,
            organization,
            texts={
                **{name: getattr(idea, name) for name in story.TEXTS},
                "author_name": author.full_name,
                "author_email": author.email,
            },
            language="tr",
            actor=Actor.link(author.full_name),
        )
        db.session.flush()
        writing.send(proposal, actor=Actor.link(author.full_name))
        if idea.accepted is not None:
            deciding.decide(
                proposal,
                accept=idea.accepted,
                reason=idea.reason,
                actor=actor,
                version=proposal.version,
            )


def _staff(actor: Actor) -> tuple[User, str]:
    """Make the account to look around with: an administrator where there is none.

    A house with organisations but without an administrator would let the first visitor in as one.
    """
    password = secrets.token_urlsafe(12)
    user = people.create_account(
        full_name=story.STAFF_NAME,
        email=STAFF_ADDRESS,
        role=Role.STAFF if any_administrator() else Role.ADMIN,
        actor=actor,
        password=password,
        letter=False,
    )
    return user, password


def _open_link(meeting: Meeting) -> str:
    """Return the path of a personal link whose invitation still waits for an answer."""
    db.session.flush()
    letter = db.session.scalars(
        sa.select(InvitationLetter)
        .join(InvitationLetter.invitation)
        .where(Invitation.meeting_id == meeting.id, Invitation.answer == RsvpAnswer.NONE)
        .order_by(InvitationLetter.id)
    ).first()
    if letter is None or letter.link is None:
        return ""
    return f"/davet/{links.token_of(letter.link)}"


def _keep_letters_here() -> None:
    server = current_app.config["MAIL_SERVER"]
    if server and server not in LOOPBACK:
        waiting = sa.select(OutboxLetter).where(OutboxLetter.state == LetterState.QUEUED)
        outbox.cancel(list(db.session.scalars(waiting)))
