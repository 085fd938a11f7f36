"""Letters that come back, letters that servers keep, and addresses on hold."""

from datetime import timedelta

import pytest

from coordinator import clock
from coordinator.actors import COMMAND
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.outbox import operations, queries, working
from coordinator.outbox.models import HeldAddress, LetterState, OptOut, OutboxLetter
from coordinator.registry.queries import recipients
from tests.browser import counted_statements
from tests.factories import ContactFactory, OrganizationFactory
from tests.outbox.letters import letter, queued

REASON = "550 5.1.1 no such user"


def sent(number: int = 1, **changes: object) -> OutboxLetter:
    row = queued(number, **changes)
    row.state, row.next_try_at, row.sent_at = LetterState.SENT, None, clock.now()
    db.session.commit()
    return row


def actions() -> list[str]:
    return list(db.session.scalars(db.select(AuditLine.action).order_by(AuditLine.id)))


def test_a_letter_that_came_back_puts_its_address_on_hold_once(app: object) -> None:
    row = sent(1, to_address="Kisi1@kurulus.example")
    waiting = queued(2, to_address="kisi1@kurulus.example", is_round=True)
    account = queued(3, to_address="kisi1@kurulus.example")
    assert operations.bounced(row, reason=REASON)
    db.session.commit()
    assert (row.state, row.reason, row.bounced_at is None) == (LetterState.BOUNCED, REASON, False)
    assert [(one.outcome, one.reason) for one in row.tries] == [(LetterState.BOUNCED, REASON)]
    db.session.refresh(waiting)
    assert (waiting.state, waiting.reason) == (LetterState.FAILED, "held")
    assert len(waiting.tries) == 1
    assert account.state is LetterState.QUEUED, "who asks for a sign-in link gets it"
    found = queries.held(["KISI1@kurulus.example", "other@kurulus.example"])
    assert list(found) == ["KISI1@kurulus.example"]
    assert found["KISI1@kurulus.example"].letter_id == row.id
    assert not operations.bounced(row, reason="again")
    assert actions() == ["address.held"]


def test_a_hold_stands_until_it_is_cleared(app: object) -> None:
    row = sent()
    operations.bounced(row, reason=REASON)
    db.session.commit()
    with pytest.raises(operations.AddressOnHold, match=r"kisi1@kurulus\.example"):
        operations.resend(row, COMMAND)
    assert operations.resend_all(COMMAND, LetterState.BOUNCED) == 0
    operations.release("KISI1@kurulus.example", actor=COMMAND)
    with pytest.raises(operations.NotOnHold):
        operations.release("kisi1@kurulus.example", actor=COMMAND)
    operations.resend(row, COMMAND)
    db.session.commit()
    assert (row.state, row.bounced_at, row.reason) == (LetterState.QUEUED, None, None)
    assert queries.held([row.to_address]) == {}
    held = operations.hold(row.to_address, reason="another", letter=row)
    db.session.commit()
    assert (held.released_at, held.reason) == (None, "another")
    assert db.session.scalar(db.select(db.func.count()).select_from(HeldAddress)) == 1
    assert actions() == ["address.held", "address.released", "letter.resent", "address.held"]


def test_a_delayed_letter_stays_sent(app: object) -> None:
    row = sent()
    operations.delayed(row, reason="421 mailbox busy")
    db.session.commit()
    assert (row.state, row.delayed_at is None) == (LetterState.SENT, False)
    assert [(one.outcome, one.reason) for one in row.tries] == [
        (LetterState.SENT, "421 mailbox busy")
    ]


@pytest.mark.parametrize("size", [2, 6])
def test_letters_go_to_whom_nothing_stands_in_the_way_of(app: object, size: int) -> None:
    made = [OrganizationFactory(email=f"info{n}@kurulus.example") for n in range(size)]
    for number, one in enumerate(made):
        ContactFactory(organization=one, email=f"bir{number}@kurulus.example", is_primary=True)
        ContactFactory(organization=one, email=f"iki{number}@kurulus.example")
    operations.hold("bir0@kurulus.example", reason=REASON)
    for address in ("bir1@kurulus.example", "iki1@kurulus.example"):
        operations.hold(address, reason=REASON)
    db.session.add(OptOut(address="iki0@kurulus.example", since=clock.now(), via="page"))
    db.session.commit()
    ids = [one.id for one in made]
    with counted_statements() as counted:
        official = recipients(ids)
        rounds = recipients(ids, rounds=True)
    assert len(counted) == 4
    assert [one.address for one in official[ids[0]]] == ["iki0@kurulus.example"]
    assert [one.address for one in rounds[ids[0]]] == ["info0@kurulus.example"]
    assert [one.address for one in official[ids[1]]] == ["info1@kurulus.example"]


def test_a_letter_to_an_address_on_hold_is_written_down_as_failed(app: object) -> None:
    operations.hold("Kisi1@kurulus.example", reason=REASON)
    spared = operations.queue(letter(1, is_answered_by_mail=True, once="a"))
    [also, goes] = operations.queue_all([letter(1, is_round=True), letter(2, is_round=True)])
    account = operations.queue(letter(1))
    db.session.commit()
    assert [one.state for one in (spared, also)] == [LetterState.FAILED] * 2
    assert spared.next_try_at is None
    assert spared.reason_words.startswith("Bu adrese giden bir mektup geri döndü")
    assert [one.state for one in (goes, account)] == [LetterState.QUEUED] * 2


def test_letters_that_hang_get_their_turn_again(app: object) -> None:
    lost, late, fine, done = (queued(number) for number in range(4))
    lost.next_try_at = None
    late.state, late.next_try_at = LetterState.SENDING, clock.now() + timedelta(days=3)
    fine.state = LetterState.DEFERRED
    fine.next_try_at = clock.now() + timedelta(minutes=4)
    done.state, done.next_try_at = LetterState.SENT, None
    db.session.commit()
    working.sweep()
    for row in (lost, late):
        db.session.refresh(row)
        assert row.next_try_at is not None
        assert row.next_try_at <= clock.now()
    assert done.next_try_at is None
    assert fine.next_try_at > clock.now()
    assert actions() == ["letter.mended"] * 2
    working.sweep()
    assert len(actions()) == 2
