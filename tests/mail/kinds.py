"""One letter of every kind, with names and notes as somebody may type them."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from coordinator import clock, links
from coordinator.accounts import emails as accounts
from coordinator.activities import emails as activities
from coordinator.activities.models import ActivityPartner, ActivityTask, PartnerRole
from coordinator.extensions import db
from coordinator.institution import queries as institution
from coordinator.invitations.emails import Envelope as InvitationEnvelope
from coordinator.invitations.emails import Writer as InvitationWriter
from coordinator.invitations.models import LetterKind
from coordinator.letters import Letter
from coordinator.links import LinkBook
from coordinator.meetings.models import Meeting
from coordinator.proposals import emails as proposals
from coordinator.proposals.models import CallAccess, ProposalStatus, ProposalStep
from coordinator.registry.queries import Recipient
from coordinator.verification import emails as verification
from coordinator.verification.models import Round
from tests.factories import (
    JointActivityFactory,
    MeetingFactory,
    OrganizationFactory,
    ProposalFactory,
    UserFactory,
)


def letters(typed: str = "Nermin Su", language: str = "tr") -> Iterator[Letter]:
    """Yield one letter of each kind; `typed` stands wherever somebody else than staff writes."""
    to = Recipient(typed, "okur@kurulus.example", language, None)
    yield from _of_accounts(typed, language)
    yield from _of_activities(typed, to)
    yield from _of_proposals(typed, to)
    yield from _of_rounds(typed, to)
    yield from _of_invitations(typed, to)


def _of_accounts(typed: str, language: str) -> Iterator[Letter]:
    user = UserFactory(full_name=typed, email="okur@kurulus.example", language=language)
    link = links.issue("sign_in", user.id, clock.now() + timedelta(hours=1))
    yield accounts.sign_in_link(user, link)
    yield accounts.choose_password(user, link, welcome=True)
    yield accounts.choose_password(user, link, welcome=False)
    yield accounts.password_changed(user)
    yield accounts.welcome(user)


def _of_activities(typed: str, to: Recipient) -> Iterator[Letter]:
    one = OrganizationFactory(name=typed)
    activity = JointActivityFactory(title=typed, lead=one)
    partner = ActivityPartner(
        activity=activity, organization=one, role=PartnerRole.PARTNER, contribution=typed
    )
    task = ActivityTask(
        activity=activity, title=typed, responsible_org=one, responsible_name=typed,
        due_on=date(2026, 11, 5),
    )  # fmt: skip
    db.session.add_all([partner, task])
    db.session.flush()
    yield from activities.partner_letters(partner, [to])
    yield from activities.task_letters(task, [to])


def _of_proposals(typed: str, to: Recipient) -> Iterator[Letter]:
    one = OrganizationFactory(name=typed)
    proposal = ProposalFactory(
        organization=one, title=typed, summary=typed, need=typed, for_whom=typed, place=typed,
        timing=typed, wanted_support=typed,
    )  # fmt: skip
    link = links.issue("proposal_call", one.id, clock.now() + timedelta(days=9))
    access = CallAccess(call=proposal.call, organization=one, link=link)
    steps = [ProposalStep(proposal=proposal, status=status, note="Teşekkür ederiz.")
             for status in (ProposalStatus.SUBMITTED, ProposalStatus.ACCEPTED,
                            ProposalStatus.REJECTED)]  # fmt: skip
    db.session.add_all([access, *steps])
    db.session.flush()
    reader = proposals.Reader(to.name, to.address, to.language, link)
    yield from proposals.calls(proposal.call, [(access, to)])
    yield from proposals.receipts(proposal, steps[0], [reader])
    yield from proposals.decisions(proposal, steps[1], [reader])
    yield from proposals.decisions(proposal, steps[2], [reader])


def _of_rounds(typed: str, to: Recipient) -> Iterator[Letter]:
    round_ = Round(name="2026 kontrolü", answer_by=date(2026, 12, 1), scope={})
    writer = verification.Writer(round_, institution.current())
    for kind in (verification.QUESTION, verification.REMINDER):
        book = LinkBook()
        yield writer.write(kind, verification.Envelope(to, typed, _address(book), book))


def _of_invitations(typed: str, to: Recipient) -> Iterator[Letter]:
    meeting: Meeting = MeetingFactory()
    writer = InvitationWriter(meeting, institution.current())
    for kind in LetterKind:
        book = LinkBook()
        envelope = InvitationEnvelope(to, typed, _address(book), book, more=_more(kind, typed))
        yield writer.write(kind, envelope)


def _more(kind: LetterKind, typed: str) -> dict[str, Any]:
    """Return what a kind of letter is given beside the meeting and the reader."""
    given: dict[LetterKind, dict[str, Any]] = {
        LetterKind.RECEIPT: {
            "answer": "Katılıyorsunuz", "details": [("Gelenler", typed), ("Notunuz", typed)],
            "coming": True, "by": typed, "open": True,
        },
        LetterKind.CHANGE: {"answer": "Katılıyoruz"},
        LetterKind.CANCELLATION: {"reason": "Salon kapandı."},
        LetterKind.MOVED_UP: {"people": 2},
        LetterKind.HANDOVER: {"giver": typed},
        LetterKind.NAMES: {"people": 2, "names": 1},
        LetterKind.EVE: {
            "people": 2, "names": [typed], "services": ["işaret dili çevirmeni"],
            "directions": "Arka kapıdan girin.\nÜçüncü kat.",
        },
    }  # fmt: skip
    return given.get(kind, {})


def _address(book: LinkBook) -> str:
    link = links.issue("invitation", 1, clock.now() + timedelta(days=9))
    return book.url("invitations.answer", link)
