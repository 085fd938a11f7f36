"""Two people press at the same moment: nobody gets two letters, no answer is lost."""

import threading

import sqlalchemy as sa

from coordinator.actors import COMMAND
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.verification import operations, queries
from coordinator.verification.models import Round, Verification
from coordinator.verification.sheet import version_of
from tests.verification.parts import asked, letters, organization, path_to, prepared, sent


def at_once(app, deed, times: int = 4) -> list[object]:
    """Do the deed in several threads, each with its own transaction."""
    start, results = threading.Barrier(times), []

    def run() -> None:
        with app.app_context():
            start.wait()
            try:
                results.append(deed())
                db.session.commit()
            except RuleBroken as error:
                db.session.rollback()
                results.append(type(error).__name__)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    db.session.expire_all()
    return results


def test_a_round_sent_by_several_at_once_asks_everybody_once(app):
    for number in range(5):
        organization(f"Kuruluş {number}")
    number = prepared().id
    db.session.commit()
    db.session.remove()

    def press() -> int:
        return operations.send(round_=db.session.get_one(Round, number), actor=COMMAND).letters

    assert sorted(at_once(app, press)) == [0, 0, 0, 5]
    assert len(letters()) == 5
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Verification)) == 5


def test_a_round_reminded_by_several_at_once_writes_once(app):
    organization()
    number = sent().id
    db.session.execute(sa.text("update letter set created_at = '2020-01-01 00:00:00'"))
    db.session.commit()
    db.session.remove()

    def press() -> int:
        return operations.remind(round_=db.session.get_one(Round, number), actor=COMMAND)

    assert sorted(at_once(app, press, 3)) == [0, 0, 1]


def test_corrections_accepted_by_several_at_once_are_taken_over_once(app, browser):
    one = organization()
    sent()
    browser.get(f"{path_to(one)}/duzelt").submit(
        "Düzeltmeleri gönder", **{"came-0-full_name": "Hale Ay", "came-0-phone": "0532 123 45 67"}
    )
    public_id = asked(one).public_id
    number = one.id
    db.session.remove()

    def press() -> int:
        answer = queries.by_public_id(public_id)
        version = version_of(answer.organization, answer)
        return operations.accept_all(verification=answer, version=version, actor=COMMAND).accepted

    results = at_once(app, press, 3)
    assert results.count(1) == 1
    assert set(results) <= {1, "Decided", "RecordChanged"}
    count = sa.text("select count(*) from contact where organization_id = :number")
    assert db.session.execute(count, {"number": number}).scalar() == 2
