"""The outbox on the command line."""

import json
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from coordinator.extensions import db
from coordinator.outbox import operations
from coordinator.outbox.models import LetterState
from tests.outbox.letters import queued
from tests.smtp import SmtpServer


def call(app: Flask, *words: str) -> Result:
    db.session.commit()
    result = app.test_cli_runner().invoke(args=words)
    db.session.expire_all()
    return result


def answer(app: Flask, *words: str) -> Any:
    result = call(app, *words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_deliver_and_status(app: Flask, smtp_server: SmtpServer) -> None:
    queued(1)
    queued(2)
    smtp_server.plan("kisi2@kurulus.example", "rcpt", "550 not from you")
    nothing = {state.value: 0 for state in LetterState}
    assert answer(app, "outbox", "status") == {**nothing, "queued": 2}
    assert answer(app, "outbox", "deliver", "--once") == {"sent": 1, "deferred": 0, "failed": 1}
    assert answer(app, "outbox", "status") == {**nothing, "sent": 1, "failed": 1}
    assert "sent: 1" in call(app, "outbox", "status").stdout


def test_deliver_goes_on_through_the_pauses(
    app: Flask, smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "OUTBOX_RETRY_SECONDS", 1)
    queued(1)
    smtp_server.plan("kisi1@kurulus.example", "rcpt", "451 later", times=2)
    assert answer(app, "outbox", "deliver", "--once") == {"sent": 0, "deferred": 1, "failed": 0}
    assert answer(app, "outbox", "deliver") == {"sent": 1, "deferred": 1, "failed": 0}


def test_list_and_resend(app: Flask, smtp_server: SmtpServer) -> None:
    first, second = queued(1), queued(2, subject="Çağrı")
    smtp_server.plan(second.to_address, "rcpt", "550 not from you", times=1)
    answer(app, "outbox", "deliver")
    [failed] = answer(app, "outbox", "list", "--state", "failed")["letters"]
    assert (failed["letter"], failed["to"], failed["subject"], failed["reason"]) == (
        second.public_id, second.to_address, "Çağrı", "550 not from you",
    )  # fmt: skip
    assert "text" not in failed
    assert answer(app, "outbox", "resend", second.public_id) == {
        "letter": second.public_id,
        "state": "queued",
    }
    assert answer(app, "outbox", "deliver", "--once")["sent"] == 1
    assert len(answer(app, "outbox", "list")["letters"]) == 2
    assert first.public_id in call(app, "outbox", "list").stdout


def test_all_that_failed_goes_again_but_not_to_addresses_on_hold(
    app: Flask, smtp_server: SmtpServer
) -> None:
    rows = [queued(number) for number in range(3)]
    smtp_server.refusing = "550 not today"
    answer(app, "outbox", "deliver")
    smtp_server.refusing = None
    operations.bounced(rows[2], reason="550 5.1.1 no such user")
    [held] = answer(app, "outbox", "hold", "list")["held"]
    assert (held["address"], held["reason"]) == (rows[2].to_address, "550 5.1.1 no such user")
    assert rows[2].to_address in call(app, "outbox", "hold", "list").stdout
    assert answer(app, "outbox", "resend") == {"queued": 2, "held": 0}
    none = {"queued": 0, "held": 1}
    assert answer(app, "outbox", "resend", "--state", "bounced") == none
    refused = call(app, "outbox", "resend", rows[2].public_id)
    assert refused.exit_code == 1
    assert rows[2].to_address in refused.stderr
    assert answer(app, "outbox", "hold", "release", rows[2].to_address) == {
        "released": rows[2].to_address,
        "waiting": 0,
        "queued": 0,
    }
    assert call(app, "outbox", "hold", "release", rows[2].to_address).exit_code == 1
    assert answer(app, "outbox", "resend", "--state", "bounced") == {"queued": 1, "held": 0}
    assert answer(app, "outbox", "deliver") == {"sent": 3, "deferred": 0, "failed": 0}


def test_refusals_end_with_a_status_and_a_sentence(app: Flask, smtp_server: SmtpServer) -> None:
    row = queued()
    for words in (("resend", "nosuchletter"), ("resend", row.public_id), ("list", "--state", "x")):
        result = call(app, "outbox", *words)
        assert result.exit_code != 0
        assert result.stderr.startswith(("Error: ", "Usage: "))
        assert result.stdout == ""


@pytest.mark.parametrize("command", ["deliver", "status", "list", "resend"])
def test_every_command_explains_itself(app: Flask, command: str) -> None:
    assert "--json" in call(app, "outbox", command, "--help").stdout
    assert "SIGTERM" in call(app, "worker", "--help").stdout
