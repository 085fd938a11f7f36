"""What people and their machines write, and what nobody can read."""

import random
import time
from email.message import EmailMessage
from typing import Any

import pytest
from flask import Flask

from coordinator.extensions import db
from coordinator.inbox import operations, parsing
from coordinator.inbox.arrival import Arrival
from coordinator.inbox.models import MessageKind
from coordinator.inbox.parsing.pages import from_html
from coordinator.inbox.parsing.quotes import apart
from coordinator.inbox.takers import Taker, Verdict
from coordinator.outbox.models import OutboxLetter
from tests.factories import UserFactory
from tests.inbox.mail import SAMPLES, sample, sent
from tests.inbox.test_reports import received

pytestmark = pytest.mark.usefixtures("patterns")

WRITTEN = {
    "gmail-written": "Merhaba,\niki kişi geleceğiz, biri tekerlekli sandalye kullanıyor.\n\nNermin",
    "outlook-written": "İyi günler,\n\nÜç kişi geleceğiz.",
}
AUTOMATIC = (
    "office365-out-of-office",
    "exchange-out-of-office-by-subject",
    "gmail-vacation",
    "outlook-read-receipt",
)


class Asked:
    """A taker that remembers what it was asked, and answers what it is told to."""

    def __init__(self, app: Flask, monkeypatch: Any, answer: Any = None) -> None:
        self.arrivals: list[Arrival] = []
        self.answer = answer
        monkeypatch.setitem(app.extensions, "inbox_takers", [Taker(1, self.take)])

    def take(self, arrival: Arrival) -> Verdict | None:
        self.arrivals.append(arrival)
        return self.answer(arrival) if self.answer else None


def test_what_a_person_wrote_stands_apart_from_what_is_quoted(app: Flask, monkeypatch: Any) -> None:
    taker = Asked(app, monkeypatch)
    letter = sent()
    for name, text in WRITTEN.items():
        message = received(sample(name, letter))
        assert (message.kind, message.outcome) == (MessageKind.HUMAN, "written")
        assert message.letter_id == letter.id
        assert (message.sender_name, message.sender_address) == ("Nermin Şu", letter.to_address)
        assert message.text == text
        assert "Sayın Nermin Su" in message.details["quoted"]
        assert message.written_at is not None
    below = received(sample("thunderbird-written", letter))
    assert below.text.endswith("toplantımız var, bu yüzden katılamayacağız.")
    assert [one.is_proven for one in taker.arrivals] == [True, True, True]
    assert taker.arrivals[0].subject == "Re: 25 Kasım’ı birlikte hazırlıyoruz"


def test_a_machine_never_answers(app: Flask, monkeypatch: Any) -> None:
    taker = Asked(app, monkeypatch)
    letter = sent()
    for name in AUTOMATIC:
        message = received(sample(name, letter))
        assert (message.kind, message.outcome) == (MessageKind.AUTOMATIC, "automatic"), name
        assert message.letter_id == letter.id
    assert taker.arrivals == []


def test_what_only_passed_through_a_machine_is_a_persons(app: Flask) -> None:
    letter = sent()
    for name in ("google-group-written", "exchange-redirected-written"):
        message = received(sample(name, letter))
        assert (message.kind, message.outcome) == (MessageKind.HUMAN, "written"), name
        assert message.text == "İki kişi geleceğiz."


def test_only_a_machines_own_words_or_two_signs_make_a_message_automatic() -> None:
    for lines, automatic in {
        "Precedence: bulk": False,
        "X-Auto-Response-Suppress: All": False,
        "X-Auto-Response-Suppress: All\nPrecedence: list\nList-Id: <a.example>": False,
        "Subject: Otomatik yanıtınız için teşekkürler": False,
        "Subject: Re: Automatic reply: 25 Kasım": False,
        "Auto-Submitted: no\nX-Autoreply: no": False,
        "Auto-Submitted: auto-replied (vacation)": True,
        "X-Autorespond: 25 Kasım": True,
        "Precedence: auto_reply": True,
        "Return-Path: <>": True,
        "Subject: Out of Office: 25 Kasım": True,
        "Subject: Ofis dışındayım\nX-Auto-Response-Suppress: OOF": True,
        "Subject: Ofis dışındayım\nPrecedence: bulk": True,
    }.items():
        raw = f"From: a@kurulus.example\n{lines}\n\nİki kişi geleceğiz."
        assert parsing.parsed(raw.encode(), "x").automatic is automatic, lines


def test_mail_without_a_letter_waits_for_staff(app: Flask, monkeypatch: Any) -> None:
    taker = Asked(app, monkeypatch)
    letter, other = sent(1), sent(2)
    stranger = received(sample("stranger-written"))
    assert (stranger.kind, stranger.outcome) == (MessageKind.UNMATCHED, "unknown")
    received(sample("gmail-written", letter, reply="paydas@belediye.example"))
    received(sample("outlook-written", letter, message_id=other.message_id))
    assert [(one.letter, one.is_proven) for one in taker.arrivals] == [
        (None, False),
        (letter, False),
        (letter, True),
    ]


def test_a_taker_decides_and_what_it_did_is_taken_back_when_it_fails(
    app: Flask, monkeypatch: Any
) -> None:
    letter = sent()

    def decide(arrival: Arrival) -> Verdict:
        db.session.get_one(OutboxLetter, letter.id).subject = arrival.subject
        if "Üç" in arrival.text:
            raise RuntimeError
        return Verdict(MessageKind.ANSWER, "accepted", {"people": 2}, letter)

    Asked(app, monkeypatch, decide)
    answer = received(sample("gmail-written", letter, reply="paydas@belediye.example"))
    assert (answer.kind, answer.outcome) == (MessageKind.ANSWER, "accepted")
    assert answer.details["people"] == 2
    faulty = received(sample("outlook-written", letter))
    assert (faulty.kind, faulty.outcome) == (MessageKind.UNMATCHED, "trouble")
    db.session.refresh(letter)
    assert letter.subject == answer.subject


def test_calendar_answers_are_offered_to_takers(app: Flask, monkeypatch: Any) -> None:
    taker = Asked(app, monkeypatch)
    letter = sent()
    mail = EmailMessage()
    mail["From"], mail["To"] = letter.to_address, "paydas@belediye.example"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content("Kabul edildi")
    body = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nCOMMENT:Çok sevindik\r\nEND:VCALENDAR\r\n"
    mail.add_alternative(
        body.encode("cp1254"),
        maintype="text",
        subtype="calendar",
        params={"charset": "cp1254"},
        cte="8bit",
    )
    received(mail.as_bytes())
    [arrival] = taker.arrivals
    assert arrival.calendar_method == "REPLY"
    assert "COMMENT:Çok sevindik" in (arrival.calendar or "")
    request = mail.as_bytes().replace(b"METHOD:REPLY", b"METHOD:REQUEST")
    assert parsing.parsed(request, "x").calendar is None


def test_hostile_bytes_are_kept_and_harm_nobody(app: Flask) -> None:
    letter = sent()
    nul = sample("gmail-written", letter).replace(b"Merhaba", b"Mer=00=1Bhaba\xff")
    deep = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(3000)
    )
    odd = [
        b"",
        b"\x00\xff\xfe" * 50,
        b"Subject: =?zlib?B?AAAA?= =?utf-8?B?///?= =?x?Q?=ZZ?=\r\nDate: Fri, 99 Foo 99999\r\n\r\nx",
        b"From: " + b"(" * 5000 + b"\r\nTo: " + b"a" * 100_000 + b"\r\n\r\n" + b"x" * 300_000,
        b"Content-Type: text/plain; charset=undefined\r\n\r\n\xc3\xa7",
        b"Content-Type: text/html\r\n\r\n" + b"<" * 50_000 + b"<script>alert(1)</script>Evet",
        b"Content-Type: multipart/report; report-type=delivery-status\r\n\r\nno boundary",
        b"From: MAILER-DAEMON@x.example\r\nSubject: failure notice\r\n\r\n",
        b"From: a@x.example\r\nSubject: " + b"s" * 3000 + b"\r\nMessage-ID: <" + b"m" * 2000,
        "From: Şule <ş@örnek.example>\r\nSubject: Çağrı\r\n\r\nçok".encode("cp1254"),
        deep,
        nul,
    ]
    kinds = [received(raw).kind for raw in odd]
    assert set(kinds) == {MessageKind.UNMATCHED, MessageKind.AUTOMATIC, MessageKind.HUMAN}
    assert kinds[-1] is MessageKind.HUMAN


@pytest.mark.in_turn
def test_hostile_mail_costs_no_more_than_its_length(app: Flask) -> None:
    """Each of these took minutes where time grew with the square of the length."""
    daemon = b"From: MAILER-DAEMON@x.example\r\nSubject: failure notice\r\n"
    begun = time.process_time()
    for unit in (
        b"<a ",
        b"<a b=",
        b'<a b="c"',
        b"<!--",
        b"<!",
        b"</",
        b"<p>x",
        b"&#1",
        b"<title></",
    ):
        parts = b"--b\r\nContent-Type: text/html\r\n\r\n" + unit * (100_000 // len(unit)) + b"\r\n"
        raw = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + parts * 20 + b"--b--"
        assert parsing.parsed(raw, "x").is_readable
    failed = b"X-Failed-Recipients: " + b"a@b.example, " * 380 + b"\r\n"
    for raw in (
        daemon + b"\r\n" + b"-" * 200_000,
        daemon + failed * 100 + b"\r\n" + b"x\n\n" * 9000,
    ):
        assert parsing.parsed(raw, "x").is_readable
    assert time.process_time() - begun < 20


def test_the_text_of_a_page_is_what_a_browser_shows() -> None:
    page = (
        "<html><head><meta charset=utf-8><title>x</title><style>p > a {}</style><body>"
        '<p title="a > b">Merhaba&nbsp;d&uuml;nya, 3 < 4 &amp; 5<br>iki <b>k</b>işi<!-- > -->'
        "<![endif]></p><blockquote>es<p>ki</p></blockquote>"
        "<script>if (a<b) '</p>'</script>son<a href=x"
    )
    assert from_html(page) == "Merhaba dünya, 3 < 4 & 5\niki kişi\n\n> es\n> ki\n\nson"
    assert from_html("&#" + "1" * 9000 + ";evet</p>") == ";evet\n"


@pytest.mark.in_turn
def test_no_cut_or_scrambled_message_raises(app: Flask) -> None:
    dice = random.Random(7)
    letter = sent()
    for file in sorted(SAMPLES.glob("*.eml")):
        raw = sample(file.stem, letter)
        for _ in range(12):
            cut = raw[: dice.randrange(len(raw))]
            noise = bytearray(raw)
            for _ in range(30):
                noise[dice.randrange(len(noise))] = dice.randrange(256)
            for hostile in (cut, bytes(noise)):
                assert parsing.parsed(hostile, "x").is_readable


def test_seen_messages_are_erased_in_time(app: Flask, monkeypatch: Any) -> None:
    from coordinator.actors import Actor
    from coordinator.inbox import queries

    letter = sent()
    for name in ("gmail-written", "outlook-written", "gmail-vacation"):
        received(sample(name, letter))
    person = Actor.account(UserFactory(full_name="Derya Tuna"))
    first, second, third = db.session.scalars(queries.unseen())
    operations.mark_seen(first, person)
    assert operations.mark_all_seen([first, second], person) == 1
    db.session.commit()
    assert (queries.count_unseen(), first.seen_by) == (1, "Derya Tuna")
    assert queries.counts(seen=False)[third.kind] == 1
    assert operations.erase_seen() == 0
    monkeypatch.setitem(app.config, "INBOX_KEEP_DAYS", -1)
    assert operations.erase_seen() == 2
    db.session.commit()
    assert list(db.session.scalars(queries.messages())) == [third]


def test_quotations_in_two_languages() -> None:
    for introduction in (
        "On Tue, 10 Nov 2026 at 10:12, Paydaş <a@b.example> wrote:",
        "On Tue, 10 Nov 2026 at 10:12,\nPaydaş <a@b.example>\nwrote:",
        "Paydaş <a@b.example> şunları yazdı (10 Kas 2026 10:12):",
        "10.11.2026 10:12 tarihinde Paydaş yazdı:",
        "Paydaş <a@b.example>, 10 Kas 2026 Sal, 10:12 tarihinde şunu yazdı:",
        "-----Özgün İleti-----",
        "________________________________\nFrom: Paydaş <a@b.example>\nSent: Tuesday",
        "*Kimden:* Paydaş\n*Tarih:* 10 Kasım",
        "> alıntı",
    ):
        written, quoted = apart(f"Evet, geliyoruz.\n{introduction}\n> Sayın")
        assert written == "Evet, geliyoruz.", introduction
        assert quoted.startswith(introduction.split("\n")[0])
    for whole in (
        "Ayşe şöyle yazdı:\ngeliyoruz",
        "Kimden: bilmiyorum\ngeliyoruz",
        "> yalnız alıntı",
    ):
        assert apart(whole) == (whole, "")
