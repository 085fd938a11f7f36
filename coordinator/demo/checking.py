"""The yearly round of the invented city: half of the organisations have answered."""

from collections.abc import Mapping
from datetime import timedelta

import sqlalchemy as sa

from coordinator import clock
from coordinator.actors import Actor
from coordinator.extensions import db
from coordinator.registry.models import Contact, Organization
from coordinator.verification import operations
from coordinator.verification.facts import CONTACT_FIELDS
from coordinator.verification.models import AnsweredVia, Round, Verification
from coordinator.verification.operations import Answerer, PersonSaid, Said
from coordinator.verification.sheet import Eyes, version_of

TIME_TO_ANSWER = timedelta(days=16)
AN_AGE = timedelta(days=430)
NEWCOMER = {
    "full_name": "Selin Akça",
    "position": "Genel sekreter",
    "phone": "+902320000041",
    "email": "selin.akca@korfez-ruzgari.example",
    "preferred_language": "tr",
}


def ask_all(by_name: Mapping[str, Organization], actor: Actor) -> None:
    """Send a round to everybody; one in two confirms, a few correct, one correction is settled."""
    everybody = list(by_name.values())
    for number, one in enumerate(everybody):
        one.verified_at = clock.today() - AN_AGE if number % 3 else None
    db.session.flush()
    round_ = operations.prepare_round(
        name=f"{clock.today().year} kontrolü",
        answer_by=clock.today() + TIME_TO_ANSWER,
        scope={},
        actor=actor,
    )
    operations.send(round_=round_, actor=actor)
    asked = _asked(round_)
    for number, answer in enumerate(asked):
        if number % 7 == 3:
            _correct(answer, number)
        elif number % 2:
            _confirm(answer)
    settled = asked[3]
    operations.accept_all(
        verification=settled, version=version_of(settled.organization, settled), actor=actor
    )


def _asked(round_: Round) -> list[Verification]:
    return list(
        db.session.scalars(
            sa.select(Verification)
            .join(Verification.organization)
            .where(Verification.round_id == round_.id)
            .order_by(Organization.sort_key, Organization.id)
        )
    )


def _confirm(answer: Verification) -> None:
    one = answer.organization
    operations.confirm(
        organization=one, verification=answer, version=version_of(one, answer), by=_by(one)
    )


def _correct(answer: Verification, number: int) -> None:
    """Let the organisation propose a phone, a position, and now and then somebody new."""
    one = answer.organization
    contact = one.active_contacts[0]
    said = Said(
        values={"phone": f"+9023200001{number:02}"},
        people={contact.public_id: PersonSaid({**_known(contact), "position": "Eş başkan"})},
        came=(NEWCOMER,) if number % 2 == 0 else (),
        note="" if number % 2 else "Büromuzu yakında taşıyoruz, yeni adresi ayrıca yazarız.",
    )
    operations.propose(
        organization=one,
        verification=answer,
        version=version_of(one, answer),
        said=said,
        by=_by(one),
    )


def _known(contact: Contact) -> dict[str, str]:
    return {name: getattr(contact, name) for name in CONTACT_FIELDS}


def _by(one: Organization) -> Answerer:
    contact = one.active_contacts[0]
    return Answerer(
        contact.full_name, AnsweredVia.LINK, Actor.link(contact.full_name), Eyes(contact.id)
    )
