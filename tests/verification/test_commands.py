"""`verification` from the command line, by the same roads as the pages."""

import json
from datetime import timedelta

import pytest

from coordinator import clock
from coordinator.extensions import db
from coordinator.registry import belongings
from coordinator.verification.models import AnswerState
from tests.verification.parts import asked, letters, long_ago, organization, path_to


def run(app, *words: str, fails: bool = False) -> dict:
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["verification", *words, "--json"])
    assert (result.exit_code != 0) is fails, result.output
    db.session.expire_all()
    return {"error": result.output} if fails else json.loads(result.stdout)


def test_a_round_is_started_and_told_of(app):
    organization("Kuruluş a")
    long_ago(organization("Kuruluş b", email=""), 30)
    told = run(app, "start")
    assert (told["asked"], told["letters"], told["unreachable"]) == (1, 1, 0)
    assert told["name"] == f"{clock.today().year} kontrolü"
    assert told["answer_by"] == (clock.today() + timedelta(days=21)).isoformat()
    day = clock.today() + timedelta(days=5)
    told = run(app, "start", "--all", "--name", "Hepsi", "--answer-by", day.isoformat())
    assert (told["asked"], told["unreachable"], told["answer_by"]) == (1, 1, day.isoformat())
    status = run(app, "status")
    assert (status["records"], status["old"], status["never"]) == (2, 1, 1)
    assert status["rounds"][0]["name"] == "Hepsi"
    assert status["rounds"][0]["totals"]["unreached"] == 1
    assert run(app, "remind")["letters"] == 0
    assert len(letters()) == 1, "who is being asked is not asked by another round"


@pytest.mark.parametrize(
    "words",
    [
        ("start",),
        ("start", "--answer-by", "yarın"),
        ("start", "--answer-by", "2020-01-01"),
        ("start", "--name", "10000000146"),
        ("remind",),
        ("accept", "Böyle Bir Kuruluş Yok"),
    ],
)
def test_what_cannot_be_done_is_said_and_leaves_nothing(app, words):
    told = run(app, *words, fails=True)
    assert "Error:" in told["error"]
    assert run(app, "status")["rounds"] == []


def test_corrections_are_accepted(app, browser):
    one = organization()
    run(app, "start")
    browser.get(f"{path_to(one)}/duzelt").submit("Düzeltmeleri gönder", short_name="KRKD")
    told = run(app, "accept", one.name)
    assert told == {"organisation": one.name, "accepted": 1, "left": 0}
    assert one.short_name == "KRKD"
    assert asked(one).state is AnswerState.SETTLED
    assert run(app, "accept", one.public_id)["accepted"] == 0


def test_help_says_what_each_does(app):
    for words in ([], ["start"], ["status"], ["remind"], ["accept"]):
        output = app.test_cli_runner().invoke(args=["verification", *words, "--help"]).output
        assert len(output.splitlines()) > 5


def test_questions_go_along_when_organisations_are_merged(app):
    (own,) = [one for one in belongings.known() if one.table.name == "verification"]
    assert str(own.label) == "Yearly checks" or str(own.label) == "Yıllık kontroller"
