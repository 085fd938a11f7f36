"""A message that quotes a letter brings its personal link along; its key is never stored."""

import base64
import quopri

import pytest

from coordinator.inbox.operations import receive
from coordinator.inbox.parsing.keys import masked

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
