"""A mail server that says there is no such address puts it on hold, as a letter come back does."""

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator.actors import WORKER
from coordinator.extensions import db
from coordinator.outbox import operations, queries
from coordinator.outbox.delivery import deliver_due
from coordinator.outbox.models import HeldAddress, LetterState
from coordinator.registry.queries import recipients
from tests.factories import ContactFactory, OrganizationFactory
from tests.outbox.letters import queued
from tests.smtp import SmtpServer


@pytest.mark.parametrize(
    ("connections", "words"),
    [(1, "550 5.1.1 no such user"), (3, "550 <kisi1@kurulus.example>... User unknown")],
)
def test_an_address_that_is_not_there_is_put_on_hold(
    app: Flask,
    smtp_server: SmtpServer,
    monkeypatch: pytest.MonkeyPatch,
    connections: int,
    words: str,
) -> None:
    monkeypatch.setitem(app.config, "OUTBOX_CONNECTIONS", connections)
    gone = OrganizationFactory(email="")
    ContactFactory(organization=gone, email="kisi1@kurulus.example", is_primary=True)
    other = ContactFactory(organization=gone, email="baska@kurulus.example")
    letters = [queued(number, is_answered_by_mail=True) for number in (1, 2, 3)]
    smtp_server.plan("kisi1@kurulus.example", "rcpt", words)
    assert deliver_due() == {LetterState.FAILED: 1, LetterState.SENT: 2}
    (hold,) = db.session.scalars(sa.select(HeldAddress)).all()
    assert (hold.address, hold.reason) == ("kisi1@kurulus.example", words)
    assert hold.letter_id == letters[0].id
    assert queries.held(["kisi1@kurulus.example"])
    (reached,) = recipients([gone.id])[gone.id]
    assert reached.address == other.email, "the organisation's other contact is asked instead"
    db.session.refresh(letters[0])
    with pytest.raises(operations.AddressOnHold):
        operations.resend(letters[0], WORKER)


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        ("rcpt", "550 5.7.1 you are on a list of spammers"),
        ("rcpt", "552 5.2.2 mailbox full"),
        ("rcpt", "550 not from you"),
        ("rcpt", "550 relay not permitted"),
        ("rcpt", "550 5.1.8 <x@y.example>: sender's domain not found"),
        ("rcpt", "451 4.1.1 user unknown for now"),
        ("mail", "550 5.1.8 sender address unknown"),
        ("data", "550 5.1.1 no such user"),
    ],
)
@pytest.mark.in_turn
def test_other_refusals_are_not_the_addresses_fault(
    app: Flask, smtp_server: SmtpServer, phase: str, words: str
) -> None:
    queued(1)
    smtp_server.plan("kisi1@kurulus.example", phase, words)
    deliver_due()
    assert not db.session.scalars(sa.select(HeldAddress)).all()
