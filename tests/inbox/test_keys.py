"""A message that quotes a letter brings its personal link along; its key is never stored."""

import base64
import quopri
import re
from datetime import timedelta
from email import message_from_bytes

import pytest

from coordinator import clock, links
from coordinator.inbox.operations import receive
from coordinator.inbox.parsing.keys import masked
from coordinator.links import LinkBook
from coordinator.outbox.delivery import drain
from tests.outbox.letters import CALENDAR, queued

KEY = "aB3_-" + "k7Q" * 12 + "zz"
LINK = f"http://127.0.0.1/davet/{KEY}"
WRAPPED = f"https://guvenli.example/?url=http%3A%2F%2F127.0.0.1%2Fdavet%2F{KEY}&data=1"
HEAD = "From: a@b.example\r\nSubject: Ynt\r\nMIME-Version: 1.0\r\n"


def message(encoding: str, body: bytes, kind: str = "plain") -> bytes:
    coded = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}
    data = coded.get(encoding, lambda one: one)(body)
    head = (
        f"{HEAD}Content-Type: text/{kind}; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: {encoding}\r\n\r\n"
    )
    return head.encode() + data


@pytest.mark.parametrize("encoding", ["8bit", "base64", "quoted-printable"])
def test_no_key_is_stored_whatever_the_encoding(app, encoding):
    assert len(KEY) == 43
    text = f"Geliyoruz, çok sağ olun.\r\n\r\n> {LINK}?yanit=evet\r\n> {WRAPPED}\r\n"
    stored = receive(message(encoding, text.encode()))
    assert stored is not None
    kept = stored.raw or b""
    assert "Geliyoruz" in stored.text
    for part in (kept, base64.b64decode(kept.rpartition(b"\n\n")[2])):
        assert KEY.encode() not in part
    assert KEY not in f"{stored.text} {stored.details}"


def test_a_message_without_a_key_is_stored_as_it_came(app):
    raw = message("8bit", "Geliyoruz. Sağ olun.".encode())
    stored = receive(raw)
    assert stored is not None
    assert stored.raw == raw
    assert masked("a" * 42 + " " + "b" * 44) == "a" * 42 + " " + "b" * 44


def everything(raw: bytes) -> bytes:
    """Return all that anybody could read out of a message: parts, folds and files undone."""
    parts = [one.get_payload(decode=True) or b"" for one in message_from_bytes(raw).walk()]
    texts = b"\n".join([raw, *parts])
    files = re.findall(rb"(?:[A-Za-z0-9+/]{60,76}\r?\n)+[A-Za-z0-9+/=]*", texts)
    opened = [base64.b64decode(one + b"===") for one in files]
    whole = b"\n".join([texts, *opened])
    return whole + re.sub(rb"=?\r?\n[ \t>]*", b"", whole)


def test_a_letter_that_comes_back_leaves_its_key_outside(app, smtp_server):
    link = links.issue("invitation", 7, clock.now() + timedelta(days=3))
    book = LinkBook()
    url = f"http://127.0.0.1/davet/{book.mark(link)}"
    calendar = CALENDAR.replace("UID", f"DESCRIPTION:{'ş' * 17} {url}\r\nUID")
    queued(1, links=book.links, text=f"{url}\n", html=f'<p>{"x" * 50}<a href="{url}">aç</a></p>',
           calendar=calendar, calendar_method="REQUEST")  # fmt: skip
    assert drain() == 1
    key = links.token_of(link).encode()
    letter = smtp_server.received[0].raw
    assert key in everything(letter)
    report = (
        b"From: MAILER-DAEMON@x.example\r\nSubject: failure notice\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: message/rfc822\r\n\r\n" + letter + b"\r\n--b--\r\n"
    )
    copied = b"From: MAILER-DAEMON@x.example\r\nSubject: failure notice\r\n\r\n<a@b.example>:\r\n"
    text = f"http://127.0.0.1/davet/{key.decode()}"
    wrapped = f"{HEAD}\r\nGeliyoruz.\r\n> {text[:40]}\r\n> {text[40:]}\r\n".encode()
    for raw in (report, copied + letter, wrapped):
        stored = receive(raw)
        assert key in everything(raw)
        assert key not in everything(stored.raw)
        assert key.decode() not in f"{stored.text} {stored.details}".replace("\n> ", "")
