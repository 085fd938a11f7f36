"""What holds for every kind of letter: what others typed does nothing, and programs can tell."""

import email.policy
import re
from collections import Counter
from datetime import UTC
from email import message_from_bytes
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import template_rendered
from icalendar import Calendar

import coordinator
from coordinator import clock
from coordinator.extensions import db
from coordinator.letters import Letter
from coordinator.outbox import operations
from coordinator.outbox.delivery import drain
from coordinator.outbox.models import OutboxLetter
from tests.mail.kinds import letters
from tests.smtp import SmtpServer

TYPED = [
    '<a href="https://kotu.example/giris">Tıklayın</a>',
    "<img src=https://kotu.example/x.png onerror=alert(1)>",
    "[Tıklayın](https://kotu.example)",
    "![x](https://kotu.example/x.png)",
    '"><script src=//kotu.example></script>',
    "https://kotu.example/giris Ödül kazandınız",
    "Ayşe www.kotu.example",
    "kotu.example/giris",
    "HTTPS://KOTU.EXAMPLE mailto:kotu@kotu.example",
    "ödül@kotu.example javascript:alert(1)",
    "kotu。example kotu．example \\\\kotu\\pay",
    "Ad\r\nBcc: kotu@kotu.example\r\n\r\n<b>gövde</b>",
    "Ad\u2028Subject: kötü\x85X: y",
    "{{ 7*7 }}{% raw %}%(name)s %s {ad} {kurulus}",
    "=?utf-8?q?k=C3=B6t=C3=BC?= %0d%0aBcc:x",
    "BEGIN:VALARM\nEND:VEVENT\nATTENDEE:mailto:kotu@kotu.example",
    "Ad;CN=kotu:mailto:kotu@kotu.example",
]
"""Names and notes that pretend to be a link, markup, a header, a property or a template."""
LINKED = re.compile(
    r"(?i)\bhttps?://\S+|\bwww\.\S+|\b[\w.+-]+@[\w-]+\.\w{2,}|\b(?:mailto|javascript|tel):\S"
    r"|\b[\w-]+[.\u3002\uff0e\uff61](?:example|com|org|net|tr)\b|(?<!\S)\\\\\S"
)
"""What mail programs make a link of in plain text."""


def together() -> list[str]:
    """Return what is typed, several in each name that a field still takes."""
    names = [""]
    for one in TYPED:
        if len(names[-1]) + len(one) > 195:
            names.append("")
        names[-1] += f"{one} \n"
    return names


def text_of(html: str) -> str:
    return BeautifulSoup(html, "html.parser").get_text(" ")


def bones(html: str) -> Counter[tuple[str, str]]:
    """Return the elements of a letter, each with where it leads."""
    found = BeautifulSoup(html, "html.parser").find_all(True)
    return Counter(
        (tag.name, re.sub(r"LINK-\w+|/[a-z]{12}\b|/[\w-]{12}\b", "", str(tag.get("href") or "")))
        for tag in found
    )


def linked(letter: Letter) -> set[str]:
    found = LINKED.findall(f"{letter.subject}\n{letter.text}\n{text_of(letter.html)}")
    return {re.sub(r"LINK-\w+|/[\w-]{12}\b", "", one) for one in found}


def component_lines(file: str) -> Counter[str]:
    """Return the properties of a calendar file by name, its lines unfolded."""
    lines = re.sub(r"\r\n[ \t]", "", file).split("\r\n")
    return Counter(re.split("[:;]", line)[0] for line in lines)


def test_what_others_typed_is_text_in_every_kind_of_letter(app) -> None:
    clean = list(letters())
    for typed in together():
        db.session.rollback()
        for letter, calm in zip(letters(typed), clean, strict=True):
            told = f"{letter.kind}: {typed!r}"
            assert letter.kind == calm.kind
            assert bones(letter.html) == bones(calm.html), told
            assert linked(letter) <= linked(calm), told
            assert not re.search(r"[\r\n\u2028\x85]", letter.subject + letter.to_name), told
            assert "49" not in re.sub(r"\d\d\.\d\d", "", letter.subject), told  # but for times
            if letter.calendar:
                assert component_lines(letter.calendar) == component_lines(calm.calendar), told
                assert all(len(one.encode()) <= 75 for one in letter.calendar.split("\r\n"))
                assert len(Calendar.from_ical(letter.calendar).subcomponents) == 2


def test_every_template_of_a_letter_is_among_these_kinds(app) -> None:
    seen: set[str] = set()

    def note(_app: object, template: object, **_more: object) -> None:
        seen.add(str(getattr(template, "name", "")))

    with template_rendered.connected_to(note, app):
        assert {one.language for one in letters(language="en")} == {"en"}
    db.session.rollback()
    root = Path(coordinator.__file__).parent
    shipped = {
        "/".join(path.parts[-3:])
        for path in root.glob("*/templates/*/email/*.txt")
        if not path.name.startswith("_")
    }
    assert shipped <= seen


def test_every_kind_arrives_as_programs_want_it(app, smtp_server: SmtpServer, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "REPLY_ADDRESS", "lcv+{}@belediye.example")
    monkeypatch.setitem(app.config, "BOUNCE_ADDRESS", "geri+{}@belediye.example")
    kinds = list(letters())
    rows = operations.queue_all(kinds)
    ids = {row.message_id for row in rows}
    db.session.commit()
    smtp_server.plan("okur@kurulus.example", "data", "451 4.3.0 later", times=len(kinds))
    drain()
    assert smtp_server.received == []
    assert {row.attempts for row in rows} == {1}
    db.session.execute(sa.update(OutboxLetter).values(next_try_at=clock.now()))
    db.session.commit()
    drain()
    arrived = [message_from_bytes(one.raw, policy=email.policy.default)
               for one in smtp_server.received]  # fmt: skip
    assert {one["Message-ID"] for one in arrived} == ids
    assert len(arrived) == len(kinds)
    host = urlsplit(app.config["BASE_URL"]).hostname
    for letter, mail in zip(kinds, arrived, strict=True):
        assert mail["Message-ID"].endswith(f"@{host}>")
        assert mail["Auto-Submitted"] == "auto-generated"
        written = parsedate_to_datetime(mail["Date"]).replace(tzinfo=UTC)
        assert abs((clock.now() - written).total_seconds()) < 600
        for name in ("From", "To", "Subject", "Date", "Message-ID"):
            assert len(mail.get_all(name)) == 1, (letter.kind, name)
        assert mail.get_body(("plain",)).get_content().strip()
        html = mail.get_body(("html",)).get_content()
        assert_nothing_is_fetched(html, app.config["BASE_URL"])
        assert ("List-Unsubscribe" in mail) is letter.is_round, letter.kind
        if letter.is_round:
            assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
            address = mail["List-Unsubscribe"].strip("<>")
            assert app.test_client().get(urlsplit(address).path).status_code == 200
        assert ("lcv+" in str(mail["Reply-To"])) is letter.is_answered_by_mail, letter.kind


def assert_nothing_is_fetched(html: str, base: str) -> None:
    """A letter that is opened asks no server for anything, and leads nowhere but to us."""
    soup = BeautifulSoup(html, "html.parser")
    assert not soup.select("img, script, iframe, object, embed, form, link, base, video, audio")
    assert "url(" not in html
    assert not soup.select("[src], [background], [srcset]")
    for one in soup.select("a[href]"):
        assert str(one["href"]).startswith((base, "mailto:", "tel:")), one


@pytest.mark.parametrize("typed", TYPED)
def test_defusing_is_gentle_and_done_once(typed: str) -> None:
    from coordinator.wording import defused, one_line

    once = defused(one_line(typed))
    assert defused(once) == once
    assert once.replace(" ", "") == one_line(typed).replace(" ", "")
    assert not LINKED.search(once)
    for name in ("Nermin Su", "Av. Ayşe Kaya", "K.D.D.", "3.000 kişi, 14.30", "No: 5/A"):
        assert defused(name) == name
