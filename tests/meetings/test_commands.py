"""`flask meetings create` takes the same road as the page."""

import json
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator import clock
from coordinator.audit.models import AuditLine
from coordinator.days import queries as days
from coordinator.extensions import db
from coordinator.meetings import queries
from coordinator.meetings.commands.planning import PLACE_LATER
from coordinator.meetings.models import Meeting, Mode

TIMES = ["--starts", "2026-11-12T14:00", "--ends", "2026-11-12T16:00"]


def create(app: Flask, *more: str, title: str = "STK buluşması") -> Any:
    args = ["meetings", "create", "--title", title, *TIMES, *more, "--json"]
    return app.test_cli_runner().invoke(args=args)


def test_a_meeting_needs_only_title_and_times(app: Flask) -> None:
    result = create(app)
    assert result.exit_code == 0, result.stderr
    meeting = queries.find_meeting(json.loads(result.stdout)["meeting"])
    assert meeting is not None
    assert clock.local(meeting.starts_at).isoformat() == "2026-11-12T14:00:00+03:00"
    assert meeting.rsvp_deadline.isoformat() == "2026-11-05"
    assert (meeting.mode, meeting.place) == (Mode.IN_PERSON, "Yeri ayrıca bildirilecek")
    line = db.session.scalars(sa.select(AuditLine)).one()
    assert (line.action, line.via) == ("meeting.planned", "command")


def test_everything_can_be_said(app: Flask) -> None:
    result = create(
        app, "--window", "2026/25-kasim", "--place", "Kültürpark", "--online-url",
        "https://toplanti.example/x", "--deadline", "2026-11-08", "--max-per-org", "3",
        "--capacity", "60", "--kind", "prep", "--purpose", "Birlikte", "--agenda", "Açılış",
        "--agenda", "Öneriler",
    )  # fmt: skip
    assert result.exit_code == 0, result.stderr
    meeting = queries.find_meeting(json.loads(result.stdout)["meeting"])
    assert meeting is not None
    assert meeting.window is days.find_window(2026, "25-kasim")
    assert (meeting.mode, meeting.max_per_org, meeting.capacity) == (Mode.HYBRID, 3, 60)
    assert [item.title for item in meeting.agenda] == ["Açılış", "Öneriler"]


def test_the_mode_is_said_or_follows(app: Flask) -> None:
    for more, mode, place in (
        ([], Mode.ONLINE, ""),
        (["--mode", "hybrid"], Mode.HYBRID, PLACE_LATER),
        (["--mode", "in_person"], Mode.IN_PERSON, PLACE_LATER),
        (["--place", "Salon"], Mode.HYBRID, "Salon"),
    ):
        result = create(app, "--online-url", "toplanti.example/x", *more, "--seats", "40")
        meeting = queries.find_meeting(json.loads(result.stdout)["meeting"])
        assert meeting is not None
        assert (meeting.mode, meeting.place, meeting.capacity) == (mode, place, 40)
        assert meeting.online_url == "https://toplanti.example/x"


def test_all_faults_are_told_at_once(app: Flask) -> None:
    result = create(
        app, "--ends", "2026-11-12T13:00", "--mode", "online", "--deadline", "2026-11-13"
    )
    assert [line.split(": ")[-2] for line in result.stderr.splitlines()] == [
        "--ends", "--deadline", "--online-url",
    ]  # fmt: skip


def test_meetings_are_listed_and_called_off(app: Flask) -> None:
    address = json.loads(create(app, title="İlk").stdout)["meeting"]
    runner = app.test_cli_runner()
    (listed,) = json.loads(runner.invoke(args=["meetings", "list", "--json"]).stdout)["meetings"]
    assert (listed["meeting"], listed["title"], listed["status"]) == (address, "İlk", "planned")
    assert runner.invoke(args=["meetings", "list", "--past"]).stdout == ""
    words = ["meetings", "cancel", address, "--reason"]
    assert runner.invoke(args=[*words, " "]).exit_code == 2
    done = runner.invoke(args=[*words, "Salon kapalı", "--json"])
    assert json.loads(done.stdout) == {"meeting": address, "status": "cancelled"}
    again = runner.invoke(args=[*words, "Salon kapalı"])
    assert again.exit_code == 1
    assert again.stderr == "Error: the meeting is cancelled and cannot be called off\n"


def test_a_second_meeting_takes_the_open_window(app: Flask) -> None:
    for _ in range(2):
        assert create(app, "--window", "2026/25-kasim").exit_code == 0
    assert len(days.windows()) == 1


def test_warnings_go_to_standard_error(app: Flask) -> None:
    create(app)
    result = create(app)
    assert result.exit_code == 0
    assert "Note: There is another meeting in this place at this time." in result.stderr
    assert set(json.loads(result.stdout)) == {"meeting"}


@pytest.mark.parametrize(
    ("more", "status", "said"),
    [
        (["--ends", "2026-11-12T13:00"], 1, "--ends: Let the meeting end after it begins."),
        (["--starts", "yarın"], 2, "2026-11-10T14:00"),
        (["--starts", "0001-01-01T00:00"], 2, "between 2000 and 2100"),
        (["--deadline", "2026-11-12"], 1, "--deadline: Let the last day to answer be before"),
        (["--deadline", "yarın"], 2, "2026-11-05"),
        (["--window", "2026/yok"], 1, "Write it like 2026/25-kasim"),
        (
            ["--title", "Kimlik 10000000146"],
            1,
            "--title: This looks like a national identity number",
        ),
        (["--title", " "], 1, "--title: Write what the meeting is called."),
        (["--title", "A" * 10_000], 1, "to 200 characters"),
        (["--online-url", "http://toplanti.example"], 1, "begins with https://"),
        (["--max-per-org", "99"], 2, "99"),
    ],
)
def test_what_the_page_refuses_the_command_refuses(
    app: Flask, more: list[str], status: int, said: str
) -> None:
    result = create(app, *more)
    assert result.exit_code == status
    assert said in result.stderr
    assert result.stdout == ""
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Meeting)) == 0
    assert days.windows() == []
