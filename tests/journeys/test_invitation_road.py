"""Thirty are invited: letters come back, answers come in every way, places run out."""

import json
import mailbox
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from email import message_from_binary_file, policy
from email.message import EmailMessage
from functools import cache
from typing import Any

import pytest
from flask import Flask

import config
from coordinator import create_app
from tests.journeys import road
from tests.journeys.conftest import Service, Visitor, settings, start

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("journey")]
Visit = Callable[..., Visitor]
Told = dict[str, Any]
DAY = (date.today() + timedelta(days=40)).strftime("%d.%m.%Y")
DEADLINE = (date.today() + timedelta(days=30)).strftime("%d.%m.%Y")
PLACES = 5


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A running copy that reads a mailbox of its own."""
    folder = tmp_path_factory.mktemp("invitations")
    mailbox.Maildir(folder / "Maildir", create=True)
    running = start(
        folder,
        INBOX_URL=f"maildir://{folder / 'Maildir'}",
        REPLY_ADDRESS="yanit+{}@belediye.example",
        BOUNCE_ADDRESS="iade+{}@belediye.example",
    )
    yield running
    running.stop()


@cache
def beside(service: Service) -> Flask:
    """The same copy once more, for commands: a process for each would take minutes."""
    return create_app(
        config.from_environment(settings(service.url, service.instance, **service.more))
    )


def command(service: Service, *words: str) -> Any:
    """Run a command on the copy and return the JSON that it answers."""
    done = beside(service).test_cli_runner().invoke(args=[*words, "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def status(service: Service, meeting: str) -> dict[str, Told]:
    """Return what the command says of each invited organisation."""
    told = command(service, "invitations", "status", meeting)["organisations"]
    return {one["name"]: one for one in told}


def put(service: Service, message: bytes) -> None:
    """Let a message arrive in the mailbox."""
    mailbox.Maildir(service.instance / "Maildir").add(message)


REPORT = """From: MAILER-DAEMON@mx.example
To: iade@belediye.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <report-{number}@mx.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=part

--part
Content-Type: text/plain

The mail system could not deliver your message.

--part
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {to}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such mailbox

--part
Content-Type: text/rfc822-headers

Message-ID: {number}
To: {to}

--part--
"""


def comes_back(service: Service, letter: Told) -> None:
    """Let the recipient's mail server say that there is no such mailbox."""
    report = REPORT.format(to=letter["to"], number=letter["message_id"])
    put(service, report.replace("<report-<", "<report-").replace(">@mx", "@mx").encode())


def caught(service: Service, address: str, kind: str) -> EmailMessage:
    """Return the newest letter to an address that holds a part of that kind."""
    for path in sorted((service.instance / "mailbox").glob("*.eml"), reverse=True):
        with path.open("rb") as file:
            letter = message_from_binary_file(file, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        if letter["X-Caught-For"] == address and any(
            part.get_content_type() == kind for part in letter.walk()
        ):
            return letter
    raise AssertionError(f"no letter to {address} with {kind}")


def accepts_in_calendar(service: Service, address: str) -> None:
    """Answer as a calendar program does when somebody presses "Accept"."""
    letter = caught(service, address, "text/calendar")
    part = next(one for one in letter.walk() if one.get_content_type() == "text/calendar")
    asked = re.sub(r"\r?\n[ \t]", "", part.get_content())
    organizer = re.search(r"ORGANIZER[^\r\n]*mailto:(\S+)", asked, re.IGNORECASE)
    assert organizer is not None
    answer = asked.replace("METHOD:REQUEST", "METHOD:REPLY").replace(
        "PARTSTAT=NEEDS-ACTION", "PARTSTAT=ACCEPTED"
    )
    reply = EmailMessage()
    reply["From"], reply["To"], reply["Subject"] = address, organizer[1], "Kabul edildi"
    reply["Message-ID"] = "<kabul@kurulus.example>"
    reply.set_content("Kabul edildi.")
    reply.add_alternative(answer, subtype="calendar", params={"method": "REPLY"})
    put(service, reply.as_bytes(policy=policy.SMTP))


def writes(service: Service, address: str, text: str) -> None:
    """Answer the letter with a few words, as people do."""
    letter = caught(service, address, "text/calendar")
    reply = EmailMessage()
    reply["From"], reply["To"] = address, letter["Reply-To"]
    reply["Subject"], reply["In-Reply-To"] = f"Ynt: {letter['Subject']}", letter["Message-ID"]
    reply["Message-ID"] = "<iki-kisi@kurulus.example>"
    reply.set_content(text)
    put(service, reply.as_bytes(policy=policy.SMTP))


def answers(phone: Visitor, link: str, choice: str, *expected: str) -> None:
    """Answer on the letter's page without scripts."""
    phone.page.goto(link)
    if phone.page.get_by_label(choice).count() == 0:
        phone.follow(re.compile("değiştir"))
    phone.page.get_by_label(choice, exact=True).check()
    phone.click("Yanıtı gönder").sees(*expected)


def plan(staff: Visitor) -> str:
    """Plan a meeting with five places."""
    staff.go("/toplantilar/yeni").fill(
        title="STK buluşması", day=DAY, start="14.00", end="16.30", place="Kültürpark",
        rsvp_deadline=DEADLINE, max_per_org="2", capacity=str(PLACES),
    ).click("Kaydet")  # fmt: skip
    if staff.page.get_by_role("button", name="Kaydet").count():
        staff.click("Kaydet")
    return staff.path


def enters_in_one_step(staff: Visitor, organization: str) -> None:
    """Read what somebody wrote and enter it as the answer."""
    staff.go("/gelen").follow(re.compile(organization)).sees("iki kişi geleceğiz")
    staff.page.locator("[name=answer][value=yes]").check()
    staff.page.select_option("[name=people]", "2")
    with staff.page.expect_navigation():
        staff.page.locator("form:has([name=answer]) button.btn-primary").first.click()
    staff.look()


def types_in_what_is_phoned(staff: Visitor, meeting: str, organization: str) -> None:
    """Enter a refusal on the desk, where the phone number stands."""
    staff.go(f"{meeting}/sessizler").sees(organization, "550 5.1.1 no such mailbox")
    card = staff.page.locator("article", has=staff.page.get_by_role("link", name=organization))
    card.locator("summary", has_text="Yanıt gir").click()
    card.get_by_label("Katılamayacak").check()
    with staff.page.expect_navigation():
        card.get_by_role("button", name="Yanıtı kaydet").click()
    staff.look()


def test_thirty_are_invited_and_each_answer_is_known(service: Service, visit: Visit) -> None:
    staff, phone = visit(), visit(width=390, scripts=False)
    road.set_up(staff)
    command(service, "registry", "import", str(road.SAMPLE), "--apply")
    meeting = plan(staff)
    road.invite_everybody(staff, meeting)
    command(service, "outbox", "deliver", "--once")
    asked = status(service, meeting)
    by_mail = [one for one in asked.values() if len(one["letters"]) == 1]
    calendar, writer, called, first, second, waiting, *others = by_mail
    gone, silent, rest = others[:2], others[2:7], others[7:]

    for one in gone:
        comes_back(service, one["letters"][0])
    accepts_in_calendar(service, calendar["letters"][0]["to"])
    writes(service, writer["letters"][0]["to"], "Merhaba, iki kişi geleceğiz.")
    command(service, "inbox", "read", "--once")  # the worker may have been quicker
    told = status(service, meeting)
    assert [told[one["name"]]["state"] for one in gone] == ["bounced", "bounced"]
    assert (told[calendar["name"]]["answer"], told[calendar["name"]]["via"]) == ("yes", "calendar")
    enters_in_one_step(staff, writer["name"])
    types_in_what_is_phoned(staff, meeting, called["name"])

    letters = [one["letters"][0]["to"] for one in (first, second, waiting)]
    links = [road.link_in_letter(staff, address, "/davet/") for address in letters]
    answers(phone, links[0], "Katılacağız", "Yanıtınızı aldık")
    answers(phone, links[1], "Katılacağız", "Yanıtınızı aldık")
    answers(phone, links[2], "Katılacağız", "Bekleme listesindesiniz", "Sıranız: ilk sıradasınız")
    assert status(service, meeting)[waiting["name"]]["answer"] == "waiting"
    answers(phone, links[0], "Katılamayacağız", "Yanıtınızı aldık")
    told = status(service, meeting)
    assert told[waiting["name"]]["answer"] == "yes", "it moved up by itself"
    assert "moved_up" in {one["kind"] for one in told[waiting["name"]]["letters"]}
    assert (told[writer["name"]]["people"], told[called["name"]]["via"]) == (2, "phone")

    for one in [*rest, *(one for one in asked.values() if len(one["letters"]) != 1)]:
        command(service, "invitations", "answer", meeting, one["name"], "--answer", "no")
    staff.go(f"{meeting}/davetliler").follow("Sessizleri seç").page.check("[name=yine]")
    staff.click("Hatırlatma gönder")
    told = status(service, meeting)
    reminded = [
        name for name, one in told.items() if any(x["kind"] == "reminder" for x in one["letters"])
    ]
    assert sorted(reminded) == sorted(one["name"] for one in silent)
    staff.go(f"{meeting}/davetliler").sees("30 davetliden 23’ü yanıtladı")
