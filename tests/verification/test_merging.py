"""Two records of one organisation that were both asked: one question goes on."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator import clock
from coordinator.actors import COMMAND, Actor
from coordinator.duplicates.facts import Choices
from coordinator.duplicates.operations import merge, unmerge
from coordinator.extensions import db
from coordinator.outbox.models import LetterState, OutboxLetter
from coordinator.registry.models import Organization
from coordinator.verification import operations, queries
from coordinator.verification.models import AnsweredVia, AnswerState, Verification
from coordinator.verification.operations import Answerer, PersonSaid, Said
from coordinator.verification.sheet import Eyes, version_of
from tests.browser import Browser
from tests.verification.parts import asked, deliver, letters, organization, path_of, sent

BY = Answerer("Nermin Su", AnsweredVia.LINK, Actor.link("Nermin Su"), Eyes(everything=True))


def propose(one: Organization, **said: object) -> Verification:
    answer = asked(one)
    operations.propose(
        organization=one, verification=answer, version=version_of(one, answer),
        said=Said(**{"values": {}, **said}), by=BY,
    )  # fmt: skip
    return answer


def waiting(one: Organization) -> list[tuple[str, object, object]]:
    (answer,) = queries.corrections(one.id)
    return [(change.field, change.before, change.after) for change in answer.open_changes]


def test_the_other_letter_is_called_back_and_its_link_leads_on(
    app: Flask, browser: Browser
) -> None:
    kept, other = organization("Ada"), organization("Ada Der.", email="ada2@k.example")
    sent()
    waiting = asked(other).letters[0].letter
    merged = merge(kept=kept, other=other, choices=Choices(), actor=COMMAND)
    db.session.commit()
    db.session.refresh(waiting)
    assert (waiting.state, waiting.reason) == (LetterState.CANCELLED, "called_back")
    assert [one.state for one in letters()].count(LetterState.QUEUED) == 1
    assert "Ada" in browser.get(path_of(waiting)).text
    unmerge(merge=merged, actor=COMMAND)
    db.session.commit()
    db.session.refresh(waiting)
    anew = letters()[-1]
    assert (waiting.state, anew.state) == (LetterState.CANCELLED, LetterState.QUEUED)
    assert anew.to_address == waiting.to_address
    for letter in (waiting, anew):
        assert "Ada Der." in browser.get(path_of(letter)).text
    merged = merge(kept=kept, other=other, choices=Choices(), actor=COMMAND)
    operations.close_round(round_=asked(kept).round, actor=COMMAND)
    unmerge(merge=merged, actor=COMMAND)
    assert letters()[-1] is anew, "nobody is asked in a round that has ended"


def test_a_called_back_reminder_asks_nobody_a_second_time(app: Flask) -> None:
    kept, other = organization("Ada"), organization("Ada Der.", email="ada2@k.example")
    sent()
    deliver()
    db.session.execute(sa.update(OutboxLetter).values(created_at=clock.now() - timedelta(days=3)))
    assert operations.remind(round_=asked(kept).round, actor=COMMAND) == 2
    db.session.commit()
    before = len(letters())
    merged = merge(kept=kept, other=other, choices=Choices(), actor=COMMAND)
    unmerge(merge=merged, actor=COMMAND)
    assert letters()[-1].state is LetterState.CANCELLED, "the reminder"
    assert len(letters()) == before
    (question, _reminder) = asked(other).letters
    question.letter.state = LetterState.FAILED
    db.session.commit()
    merged = merge(kept=kept, other=other, choices=Choices(), actor=COMMAND)
    unmerge(merge=merged, actor=COMMAND)
    assert len(letters()) == before + 1, "a question that did not arrive is asked anew"


def test_a_question_in_a_workers_hand_goes_on(app: Flask) -> None:
    kept, other = organization("Ada"), organization("Ada Der.", email="ada2@k.example")
    sent()
    mine = asked(other).letters[0].letter
    mine.state = LetterState.SENDING
    db.session.commit()
    merged = merge(kept=kept, other=other, choices=Choices(), actor=COMMAND)
    assert mine.called_back_at is not None
    unmerge(merge=merged, actor=COMMAND)
    db.session.commit()
    assert (mine.state, mine.called_back_at) == (LetterState.SENDING, None)
    assert len(letters()) == 2


def test_a_waiting_correction_outweighs_an_answer(app: Flask) -> None:
    kept, other = organization("Ada"), organization("Ada Der.", email="ada2@k.example")
    sent()
    answer = asked(kept)
    operations.confirm(
        organization=kept, verification=answer, version=version_of(kept, answer), by=BY
    )
    propose(other, values={"short_name": "ADA"})
    merged = merge(kept=kept, other=other, choices=Choices(), actor=COMMAND)
    assert waiting(kept) == [("short_name", "", "ADA")]
    unmerge(merge=merged, actor=COMMAND)
    assert asked(kept).state is AnswerState.CONFIRMED
    assert waiting(other) == [("short_name", "", "ADA")]


def test_corrections_that_wait_with_both_wait_together_and_go_back(app: Flask) -> None:
    kept, other = organization("Ada"), organization("Ada Der.")
    theirs = other.contacts[0]
    sent()
    propose(kept, values={"short_name": "ADA"}, note="Bir")
    known = ("full_name", "position", "phone", "email", "preferred_language")
    values = {name: getattr(theirs, name) for name in known}
    moved = propose(
        other, values={"short_name": "AKD", "website": "http://ada.example"}, note="İki",
        people={theirs.public_id: PersonSaid({**values, "position": "Başkan"})},
    )  # fmt: skip
    choices = Choices(same_people=frozenset({theirs.id}))
    assert [one.full_name for one in kept.contacts] == [theirs.full_name]
    merged = merge(kept=kept, other=other, choices=choices, actor=COMMAND)
    db.session.commit()
    assert {(name, after) for name, _before, after in waiting(kept)} == {
        ("short_name", "ADA"), ("short_name", "AKD"), ("website", "http://ada.example"),
        ("position", "Başkan"),
    }  # fmt: skip
    assert asked(kept).note == "Bir\nİki"
    unmerge(merge=merged, actor=COMMAND)
    db.session.commit()
    assert [after for _name, _before, after in waiting(kept)] == ["ADA"]
    assert len(waiting(other)) == 3
    assert (asked(kept).note, moved.note) == ("Bir", "İki")
    assert moved.open_changes[-1].contact is theirs


def test_of_two_corrections_of_one_value_somebody_chooses(app: Flask) -> None:
    kept, other = organization("Ada"), organization("Ada Der.", email="ada2@k.example")
    sent()
    propose(kept, values={"short_name": "ADA", "address": "Kordon 1"})
    propose(other, values={"short_name": "AKD"})
    merge(kept=kept, other=other, choices=Choices(), actor=COMMAND)
    answer = asked(kept)
    taken = operations.accept_all(
        verification=answer, version=version_of(kept, answer), actor=COMMAND
    )
    assert (taken.accepted, taken.left) == (1, 2)
    assert (kept.short_name, kept.address) == ("", "Kordon 1")
    first = answer.open_changes[0]
    operations.decide(change=first, accept=True, version=version_of(kept, answer), actor=COMMAND)
    assert kept.short_name == first.after
    assert len(answer.open_changes) == 1


@pytest.mark.parametrize("deed", ["decide", "accept_all", "acknowledge"])
def test_nothing_is_written_into_a_merged_record(app: Flask, staff: Browser, deed: str) -> None:
    kept, other = organization("Ada"), organization("Ada Der.", email="ada2@k.example")
    sent()
    answer = propose(other, values={} if deed == "acknowledge" else {"short_name": "AKD"}, note="?")
    page = staff.get(f"/dogrulama/duzeltmeler/{answer.public_id}")
    other.merged_into = kept
    db.session.commit()
    (form,) = [
        one
        for one in page.soup.select("form[action]")
        if one["action"].endswith({"accept_all": "/hepsi", "acknowledge": "/okundu"}.get(deed, ""))
        and ("/karar/" in one["action"]) == (deed == "decide")
        and "/duzeltmeler/" in one["action"]
    ]
    page = staff.post(form["action"], {**page.filled(form), "karar": "al"})
    page = staff.get(f"/dogrulama/duzeltmeler/{answer.public_id}")
    assert not page.soup.select("main form")
    db.session.expire_all()
    assert (other.short_name, other.verified_at) == ("", None)
    assert answer.state is AnswerState.PROPOSED
