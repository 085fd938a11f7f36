"""What the tests of the yearly question share: organisations, rounds, letters and their links."""

from datetime import date, timedelta

import sqlalchemy as sa

from coordinator import clock, links
from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.links import PersonalLink
from coordinator.outbox.models import LetterState, OutboxLetter
from coordinator.registry.models import Organization
from coordinator.verification import operations
from coordinator.verification.models import Round, Verification
from tests.factories import ContactFactory, OrganizationFactory

NAME = "Körfez Rüzgârı Kadın Derneği"


def organization(name: str = NAME, **contact: object) -> Organization:
    """Return a new organisation that was never checked, with one contact reached by mail."""
    one = OrganizationFactory(name=name)
    ContactFactory(organization=one, **{"full_name": "Nermin Su", **contact})
    return one


def prepared(scope: dict[str, object] | None = None, days: int = 14) -> Round:
    """Return a round of which nothing is sent."""
    return operations.prepare_round(
        name="2026 kontrolü",
        answer_by=clock.today() + timedelta(days=days),
        scope=scope or {},
        actor=COMMAND,
    )


def sent(days: int = 14) -> Round:
    """Return a round that asks every active organisation."""
    round_ = prepared(days=days)
    operations.send(round_=round_, actor=COMMAND)
    db.session.commit()
    return round_


def asked(one: Organization) -> Verification:
    """Return what an organisation was asked last."""
    found = db.session.scalars(
        sa.select(Verification)
        .where(Verification.organization_id == one.id)
        .order_by(Verification.id.desc())
    ).first()
    assert found is not None, f"{one.name} was not asked"
    return found


def letters(kind: str = "") -> list[OutboxLetter]:
    """Return the letters written so far, oldest first."""
    query = sa.select(OutboxLetter).order_by(OutboxLetter.id)
    return list(db.session.scalars(query.where(OutboxLetter.kind == kind) if kind else query))


def path_of(letter: OutboxLetter) -> str:
    """Return where the letter's personal link leads, as the worker puts it in."""
    (link_id,) = set(letter.links.values())
    return f"/kayit/{links.token_of(db.session.get_one(PersonalLink, link_id))}"


def path_to(one: Organization) -> str:
    """Return the newest personal link of an organisation."""
    return path_of(asked(one).letters[-1].letter)


def deliver(state: LetterState = LetterState.SENT, reason: str | None = None) -> None:
    """Pretend that the worker has tried every waiting letter."""
    db.session.execute(
        sa.update(OutboxLetter)
        .where(OutboxLetter.state == LetterState.QUEUED)
        .values(state=state, sent_at=clock.now(), reason=reason, next_try_at=None)
    )
    db.session.commit()


def long_ago(one: Organization, days: int = 500) -> date:
    """Let the record be checked so many days ago."""
    one.verified_at = clock.today() - timedelta(days=days)
    db.session.commit()
    return one.verified_at
