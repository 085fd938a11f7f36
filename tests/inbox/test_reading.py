"""The mailbox is read over IMAP, from a Maildir and from an mbox file, and nothing is lost."""

import json
import os
import signal
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from coordinator import clock, health
from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.i18n import when
from coordinator.inbox import commands, operations, parsing, queries, reading
from coordinator.inbox.arrival import Arrival
from coordinator.inbox.models import InboxMessage, MessageKind
from coordinator.inbox.transports import MailboxTrouble, imap, maildir, mbox
from coordinator.outbox.models import LetterState, OutboxLetter
from tests.browser import Browser
from tests.imap import Box, serving
from tests.inbox.mail import sample, sent
from tests.inbox.places import ImapPlace, MaildirPlace, MboxPlace, Place

pytestmark = pytest.mark.usefixtures("patterns")

NOTHING = dict.fromkeys(
    ("read", "answers", "bounces", "delayed", "automatic", "human", "unmatched", "kept"), 0
)


@pytest.fixture(params=["imap", "maildir", "mbox"])
def place(
    request: pytest.FixtureRequest, app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Place]:
    """A mailbox of each kind, named by INBOX_URL."""
    with serving(Box()) as server:
        kinds = {
            "imap": lambda: ImapPlace(server),
            "maildir": lambda: MaildirPlace(tmp_path / "Maildir"),
            "mbox": lambda: MboxPlace(tmp_path / "gelen kutusu"),
        }
        made = kinds[request.param]()
        monkeypatch.setitem(app.config, "INBOX_URL", made.url)
        yield made


def call(app: Flask, *words: str) -> Result:
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["inbox", "read", *words])
    db.session.expire_all()
    return result


def read_once(app: Flask) -> Any:
    result = call(app, "--once", "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def recorded() -> int:
    asked = db.select(db.func.count(InboxMessage.id)).where(queries.IS_MESSAGE)
    return db.session.scalar(asked) or 0


@pytest.mark.in_turn
def test_each_message_is_read_once_recorded_and_taken_out(
    app: Flask, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (imap, mbox):
        monkeypatch.setattr(module, "CHUNK", 3)
    letters = [sent(number) for number in range(1, 5)]
    place.deliver(sample("postfix-failed", letters[0]))
    place.deliver(sample("exim-old-failed", letters[1]))
    place.deliver(sample("postfix-delayed", letters[2]))
    place.deliver(sample("gmail-written", letters[3]))
    place.deliver(sample("gmail-written", letters[3]))
    place.deliver(sample("office365-out-of-office", letters[3]))
    place.deliver(sample("stranger-written"))
    assert read_once(app) == {
        "read": 6, "answers": 0, "bounces": 2, "delayed": 1, "automatic": 1, "human": 1,
        "unmatched": 1, "kept": 0,
    }  # fmt: skip
    assert (place.left(), recorded()) == (0, 6)
    assert [letter.state for letter in letters[:2]] == [LetterState.BOUNCED] * 2
    assert (
        "iki kişi geleceğiz"
        in next(db.session.scalars(queries.messages(kinds=[MessageKind.HUMAN]))).text
    )
    place.deliver(sample("sendmail-failed", letters[3]))
    assert read_once(app) == {**NOTHING, "read": 1, "bounces": 1}
    assert read_once(app) == NOTHING


def test_what_is_not_recorded_stays_and_what_is_recorded_acts_once(
    app: Flask, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = sent()
    place.deliver(sample("postfix-failed", letter))
    with monkeypatch.context() as patch:
        patch.setattr(operations, "receive", lambda *_, **__: 1 / 0)
        assert read_once(app) == NOTHING
    assert (place.left(), recorded()) == (1, 0)
    with monkeypatch.context() as patch:
        for kind in (imap.Imap, maildir.Maildir, mbox.Mbox):
            patch.setattr(kind, "remove", lambda *_: (_ for _ in ()).throw(MailboxTrouble("cut")))
        assert call(app, "--once").exit_code == 1
    assert (place.left(), recorded()) == (1, 1)
    assert read_once(app) == NOTHING
    assert (place.left(), recorded()) == (0, 1)
    assert len(db.session.get_one(OutboxLetter, letter.id).tries) == 1


@pytest.mark.in_turn
def test_what_is_too_large_stays_and_its_beginning_is_recorded(
    app: Flask, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (imap, maildir, mbox):
        monkeypatch.setattr(module, "LARGEST", 2000)
        monkeypatch.setattr(module, "BEGINNING", 1200)
    letter = sent()
    place.deliver(sample("gmail-written", letter) + b"x" * 3000)
    place.deliver(sample("thunderbird-written", letter))
    assert read_once(app)["human"] == 2
    assert read_once(app) == NOTHING
    assert place.left() == 1
    newest, oldest = db.session.scalars(queries.messages())
    assert (oldest.details["cut"], oldest.details["size"] > 3000) == (True, True)
    assert len(oldest.raw or b"") == 1200
    assert "cut" not in newest.details
    operations.mark_all_seen([newest, oldest], COMMAND)
    monkeypatch.setitem(app.config, "INBOX_KEEP_DAYS", -1)
    assert [operations.erase_seen(), operations.erase_seen()] == [2, 0]
    db.session.commit()
    assert read_once(app) == NOTHING, "it is in the mailbox still, and no news"
    assert recorded() == sum(queries.counts().values()) == 0
    [kept] = db.session.scalars(db.select(InboxMessage))
    assert (kept.text, kept.raw, kept.sender_address, kept.details) == ("", None, "", {})


@pytest.mark.in_turn
def test_others_may_write_while_a_message_is_opened(
    app: Flask, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = []
    whole = parsing.parsed

    def parsed(raw: bytes, digest: str) -> Arrival:
        busy.append(db.session().in_transaction())
        return whole(raw, digest)

    monkeypatch.setattr(parsing, "parsed", parsed)
    place.deliver(sample("stranger-written"))
    assert read_once(app)["read"] == 1
    assert busy == [False]


def test_it_is_written_down_since_when_the_mailbox_cannot_be_read(
    app: Flask, staff: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = tmp_path / "kutu"
    monkeypatch.setitem(app.config, "INBOX_URL", f"mbox://{box}")
    for _ in range(2):
        reading.read_by_the_clock()
    row = queries.unreachable()
    assert row is not None
    row.created_at = clock.now() - timedelta(hours=2)
    db.session.commit()
    page = staff.get("/gelen")
    assert when(row.created_at) in page.text
    assert f"there is no mbox file at {box}" in page.text
    assert (recorded(), queries.count_unseen(), page.rows()) == (0, 0, [])
    assert 7000 < health.mailbox()["not_read_seconds"] < 8000
    box.touch()
    reading.read_by_the_clock()
    assert "okunamıyor" not in staff.get("/gelen").text
    assert health.mailbox() == {"not_read_seconds": None}


def test_only_one_process_reads_at_a_time(
    app: Flask, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "WAIT_SECONDS", 0.3)
    place.deliver(sample("stranger-written"))
    ends = threading.Event()
    begun = threading.Event()

    def other() -> None:
        with app.app_context(), reading._held() as held:
            assert held
            begun.set()
            ends.wait(20)

    thread = threading.Thread(target=other)
    thread.start()
    assert begun.wait(10)
    with monkeypatch.context() as patch:
        patch.setattr(reading, "_reading", threading.Lock())  # as in another process
        reading.read_by_the_clock()
        refused = call(app, "--once")
    assert (refused.exit_code, recorded()) == (1, 0)
    assert "another process is reading the mailbox" in refused.stderr
    ends.set()
    thread.join()
    reading.read_by_the_clock()
    assert recorded() == 1


@pytest.mark.in_turn
def test_it_goes_on_until_told_to_stop(
    app: Flask, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "PAUSE_SECONDS", 0.1)
    place.deliver(sample("stranger-written"))

    def stop_when_read() -> None:
        while place.left():
            threading.Event().wait(0.02)
        os.kill(os.getpid(), signal.SIGTERM)

    thread = threading.Thread(target=stop_when_read)
    thread.start()
    result = call(app, "--json")
    thread.join()
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == {**NOTHING, "read": 1, "unmatched": 1}


@pytest.mark.in_turn
def test_without_a_mailbox_the_command_says_so(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = call(app, "--once", "--json")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == "Error: INBOX_URL is not set, so that no mail is read\n"
    for url, said in {
        f"maildir://{tmp_path}/none": "there is no Maildir at",
        f"mbox://{tmp_path}/none": "there is no mbox file at",
        "mbox://var/mail": "three slashes",
        "imap://host": "must look like imaps://user:password@host/INBOX",
    }.items():
        monkeypatch.setitem(app.config, "INBOX_URL", url)
        refused = call(app, "--once")
        assert refused.exit_code == 1
        assert said in refused.stderr
    reading.read_by_the_clock()
