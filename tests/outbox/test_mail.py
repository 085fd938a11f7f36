"""What a letter looks like when it arrives."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from coordinator import clock, links
from coordinator.extensions import db
from coordinator.institution.models import Institution
from coordinator.links import LinkBook
from coordinator.outbox.addresses import (
    BOUNCE,
    UNSUBSCRIBE,
    bounce_address,
    letter_of,
    part,
    reply_address,
)
from coordinator.outbox.delivery import drain
from coordinator.outbox.header_lines import address_header
from coordinator.outbox.mail import AppMessage, folded
from coordinator.outbox.models import LetterState, OutboxLetter
from tests.outbox.letters import CALENDAR, queued
from tests.smtp import Received, SmtpServer, decoded

TURKISH = "ÇĞİÖŞÜçğıöşüâîû’ “,;<>@ abc 25"


def arrived(server: SmtpServer, **changes: object) -> Received:
    queued(**changes)
    assert drain() == 1
    return server.received[-1]


def test_a_hostile_name_is_no_link_in_the_header(smtp_server: SmtpServer) -> None:
    one = arrived(smtp_server, to_name="<b>Ayşe</b> http://evil.example\ntıkla")
    name = decoded(one.message["To"])
    assert "http: //evil. example tıkla" in name
    assert "evil.example" not in name
    assert len(queued(2, to_name="a.b" * 66).to_name) <= 200


def test_headers_say_who_writes_to_whom(smtp_server: SmtpServer) -> None:
    row = queued(to_name="Işıl Çağ, başkan", subject="Çağrı: " + "birlikte düşünelim, " * 9)
    drain()
    one = smtp_server.received[0]
    message = one.message
    assert one.subject == row.subject
    assert decoded(message["To"]) == "Işıl Çağ, başkan <kisi1@kurulus.example>"
    assert decoded(message["From"]) == (
        "İzmir Büyükşehir Belediyesi <paydas@localhost.localdomain>"
    )
    assert message["Reply-To"] == "kadin@belediye.example"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == row.message_id
    assert message["Date"]
    assert b"Nermin" in one.raw
    assert one.raw.isascii()
    assert max(map(len, one.raw.split(b"\r\n"))) <= 998


def test_each_letter_has_addresses_of_its_own(
    app: Flask, smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "REPLY_ADDRESS", "yanit+{}@belediye.example")
    monkeypatch.setitem(app.config, "BOUNCE_ADDRESS", "donus+{}@belediye.example")
    official, plain = queued(1, is_answered_by_mail=True), queued(2, is_round=True)
    drain()
    first, second = smtp_server.received
    assert first.returns_to == bounce_address(official.public_id)
    assert letter_of(BOUNCE, second.returns_to) == plain.public_id
    assert first.message["Reply-To"] == reply_address(official.public_id)
    assert second.message["Reply-To"] == "kadin@belediye.example"
    assert first.message["List-Unsubscribe"] is None
    url = f"http://127.0.0.1/ayril/{part(UNSUBSCRIBE, plain.public_id)}"
    assert f"\r\nList-Unsubscribe: <{url}>\r\n".encode() in second.raw
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in second.raw


def test_without_an_address_of_the_institution_nobody_is_told_to_answer_there(
    smtp_server: SmtpServer,
) -> None:
    db.session.get_one(Institution, 1).email = ""
    assert arrived(smtp_server).message["Reply-To"] is None


def test_text_and_html_arrive_as_written(smtp_server: SmtpServer) -> None:
    text = "Sayın Işıl,\n.\n..nokta\nFrom here\n" + "ş" * 3000 + "\n"
    one = arrived(smtp_server, text=text, html=f"<p>{'ğüşiöç ' * 900}</p>")
    assert one.part("text/plain") == text
    assert one.part("text/html") == f"<p>{'ğüşiöç ' * 900}</p>\n"


def test_the_calendar_is_the_last_alternative_and_a_file(smtp_server: SmtpServer) -> None:
    one = arrived(smtp_server, calendar=CALENDAR, calendar_method="REQUEST")
    outer = one.message
    assert outer.get_content_type() == "multipart/mixed"
    alternative, file = outer.get_payload()
    assert alternative.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in alternative.get_payload()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    assert alternative.get_payload()[2].get_param("method") == "REQUEST"
    assert file.get_content_type() == "application/ics"
    assert file.get_filename() == "davet.ics"
    assert file.get_payload(decode=True).decode() == CALENDAR
    assert one.part("text/calendar") == CALENDAR.replace("\r\n", "\n")


def test_a_calendar_of_another_method_is_not_sent(smtp_server: SmtpServer) -> None:
    row = queued(calendar=CALENDAR, calendar_method="CANCEL")
    assert drain() == 0
    db.session.refresh(row)
    assert row.state is LetterState.FAILED
    assert row.reason is not None
    assert row.reason.startswith("unsendable: ")
    assert row.reason_words.startswith("Mektup hazırlanamadı.")


def test_markers_become_links_everywhere(smtp_server: SmtpServer) -> None:
    link = links.issue("invitation", 7, clock.now() + timedelta(days=3))
    book = LinkBook()
    marker = book.mark(link)
    url = f"http://127.0.0.1/davet/{marker}"
    calendar = folded(CALENDAR.replace("UID", f"DESCRIPTION:{'ş' * 17} {url}\r\nUID"))
    assert marker not in calendar, "the marker should be cut by a fold"
    one = arrived(
        smtp_server, links=book.links, text=f"{url}\n", html=f'<a href="{url}">aç</a>',
        calendar=calendar, calendar_method="REQUEST",
    )  # fmt: skip
    token = links.token_of(link)
    assert one.part("text/plain") == f"http://127.0.0.1/davet/{token}\n"
    assert f'href="http://127.0.0.1/davet/{token}"' in one.part("text/html")
    unfolded = re.sub("\n ", "", one.part("text/calendar"))
    assert f"/davet/{token}\n" in unfolded
    assert max(len(line.encode()) for line in one.part("text/calendar").split("\n")) <= 75
    row = db.session.scalars(db.select(OutboxLetter)).one()
    assert token not in row.text + row.html + (row.calendar or "")


def test_a_letter_whose_link_is_gone_is_not_sent(smtp_server: SmtpServer) -> None:
    row = queued(links={"LINK-000000000000000000000000": 999})
    assert drain() == 0
    db.session.refresh(row)
    assert row.state is LetterState.FAILED


@pytest.mark.parametrize("bad", ["Konu\r\nBcc: x@y.example", "Konu\nX: y", "Konu\rX: y"])
def test_line_breaks_in_headers_are_refused(smtp_server: SmtpServer, bad: str) -> None:
    first, second, third = queued(1, subject=bad), queued(2), queued(3)
    second.to_name = bad  # not by an operation: a letter's name is one line
    db.session.commit()
    assert drain() == 1
    db.session.expire_all()
    assert [row.state.value for row in (first, second, third)] == ["failed", "failed", "sent"]
    assert smtp_server.recipients() == ["kisi3@kurulus.example"]


@given(
    subject=st.text(TURKISH, min_size=1, max_size=200),
    name=st.text(TURKISH, min_size=1, max_size=120),
)
def test_turkish_headers_come_back_as_written(subject: str, name: str) -> None:
    message = AppMessage(
        sender=(name, "a@b.example"), recipient=(name, "c@d.example"), subject=subject, body="x",
        html="x", reply_to="", date=0, message_id="<1@x>",
    )  # fmt: skip
    raw = bytes(message)
    assert raw.isascii()
    lines = re.sub(rb"\r\n[ \t]", b" ", raw.split(b"\r\n\r\n")[0]).decode().split("\r\n")
    headers = {name: text.strip() for name, _, text in (line.partition(":") for line in lines)}
    assert decoded(headers["Subject"]).split() == subject.split()
    assert headers["From"].endswith("<a@b.example>")
    assert headers["To"].endswith("<c@d.example>")
    if not name.isascii():
        assert decoded(headers["To"].removesuffix(" <c@d.example>")) == name


def test_plain_names_are_quoted_where_they_must_be() -> None:
    assert address_header(("Su, Nermin", "a@b.c"), "To") == '"Su, Nermin" <a@b.c>'


def test_the_address_is_never_two(app: Flask, smtp_server: SmtpServer) -> None:
    row = queued(to_address="a@b.example, c@d.example")
    drain()
    db.session.refresh(row)
    assert smtp_server.received == []
    assert row.state is LetterState.FAILED
