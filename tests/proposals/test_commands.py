"""The command line takes the same road as the pages."""

import json
from datetime import timedelta
from typing import Any

from flask import Flask

from coordinator import clock
from coordinator.extensions import db
from coordinator.proposals.models import Call, ProposalStatus
from tests.factories import (
    ContactFactory,
    DayWindowFactory,
    InvitationFactory,
    MeetingFactory,
    ProposalFactory,
)
from tests.proposals.conftest import letters


def run(app: Flask, *words: str) -> Any:
    db.session.commit()
    result = app.test_cli_runner().invoke(args=list(words))
    db.session.expire_all()
    return result


def answer(app: Flask, *words: str) -> Any:
    result = run(app, *words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_call_is_opened_and_sent(app: Flask) -> None:
    window = DayWindowFactory()
    meeting = MeetingFactory(window=window)
    InvitationFactory(meeting=meeting, organization=ContactFactory().organization)
    until = (clock.today() + timedelta(days=3)).isoformat()
    said = answer(
        app, "calls", "open", f"{window.year}/25-kasim", "--title", "Ne yapalım?",
        "--until", until, "--send",
    )  # fmt: skip
    call = db.session.scalars(db.select(Call)).one()
    assert said == {"call": f"/cagrilar/{call.public_id}", "letters": 1}
    assert call.closes_on.isoformat() == until
    assert len(letters("call")) == 1


def test_what_cannot_be_opened_is_said(app: Flask) -> None:
    window = f"{DayWindowFactory().year}/25-kasim"
    for words in (
        ("1999/25-kasim", "--title", "x", "--until", "2030-01-01"),
        (window, "--title", "x", "--until", "2000-01-01"),
        (window, "--title", "10000000146", "--until", "2090-01-01"),
        (window, "--title", "x", "--until", "yarın"),
    ):
        assert run(app, "calls", "open", *words).exit_code != 0
    assert db.session.scalars(db.select(Call)).all() == []


def test_proposals_are_listed_and_decided(app: Flask) -> None:
    proposal = ProposalFactory()
    ProposalFactory(status=ProposalStatus.DRAFT, submitted_at=None)
    window = proposal.call.window
    (row,) = answer(app, "proposals", "list", "--window", f"{window.year}/25-kasim")["proposals"]
    assert row["proposal"] == f"/oneriler/{proposal.public_id}"
    assert row["status"] == "submitted"
    said = answer(
        app, "proposals", "decide", row["proposal"], "--decline", "--reason", "Salon dolu."
    )
    assert (said["status"], said["reason"]) == ("rejected", "Salon dolu.")
    assert len(letters("proposal_decision")) == 1
    assert run(app, "proposals", "decide", "yok", "--accept", "--reason", "x").exit_code == 1
    assert run(app, "proposals", "decide", row["proposal"], "--reason", "x").exit_code != 0
    assert (
        run(app, "proposals", "decide", row["proposal"], "--accept", "--reason", " ").exit_code == 1
    )
    answer(app, "proposals", "decide", proposal.public_id, "--accept", "--reason", "Yer bulundu.")
    assert proposal.status is ProposalStatus.ACCEPTED
