"""What IMAP servers differ in, and what goes wrong with them."""

import ssl
import subprocess
from email import message_from_bytes
from pathlib import Path

import pytest

from coordinator.inbox.transports import MailboxTrouble, imap, opened
from coordinator.inbox.transports.imap import Imap
from tests.imap import PASSWORD, Box, Stored, serving
from tests.inbox.mail import sample
from tests.inbox.places import url_of
from tests.smtp import refused_port


def subjects(url: str) -> list[str]:
    """Read the mailbox as the reader does, and return what was in it."""
    with opened(url, timeout=2) as box:
        found = []
        for message in box.messages():
            found.append(message_from_bytes(message.raw)["Subject"])
            box.remove(message)
    return found


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of our own for this machine, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    made, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "30000", "-subj", "/CN=localhost", "-addext",
         "subjectAltName=DNS:localhost,IP:127.0.0.1", "-out", made, "-keyout", key],
        check=True, capture_output=True,
    )  # fmt: skip
    return made, key


def test_servers_differ() -> None:
    boxes = {
        "plain": Box(),
        "old": Box(capabilities=()),
        "turkish": Box(folder="Yan&ATE-tlar&-iade", password="şifre"),
        "careful": Box(capabilities=("UIDPLUS", "LOGINDISABLED")),
    }
    for name, box in boxes.items():
        box.add(sample("stranger-written"))
        with serving(box) as server:
            url = url_of(server)
            if name == "turkish":
                url = url.partition("/Yan")[0] + "/Yan%C4%B1tlar%26iade"
            assert subjects(url) == ["Toplanti"], name
        assert box.messages == [], name
        assert box.commands[-1] == "LOGOUT"
    assert "LOGIN" not in boxes["careful"].commands + boxes["turkish"].commands


def test_what_others_marked_is_not_taken_out_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    box = Box(capabilities=())
    box.add(sample("stranger-written"))
    mark = Stored(900, b"Subject: not read yet\r\n\r\n", deleted=True)
    with serving(box) as server, monkeypatch.context() as patch:
        before = Imap.remove

        def remove(self: Imap, message: object) -> None:
            before(self, message)  # type: ignore[arg-type]
            if mark not in box.messages and len(box.messages) == 1:
                box.messages.append(mark)

        patch.setattr(Imap, "remove", remove)
        assert subjects(url_of(server)) == ["Toplanti", "not read yet"]
    assert box.messages == []


def test_encryption_is_used_and_checked(
    monkeypatch: pytest.MonkeyPatch, certificate: tuple[Path, Path]
) -> None:
    monkeypatch.setattr(imap, "LOCAL", ())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    for scheme, box in {
        "imap": Box(capabilities=("UIDPLUS", "STARTTLS"), context=context),
        "imaps": Box(context=context, encrypted=True),
    }.items():
        box.add(sample("stranger-written"))
        with serving(box) as server:
            with pytest.raises(MailboxTrouble, match=r"(?i)certificate"):
                subjects(url_of(server, scheme))
            assert "LOGIN" not in box.commands
            monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
            assert subjects(url_of(server, scheme, "localhost")) == ["Toplanti"]
            monkeypatch.delenv("SSL_CERT_FILE")


def test_on_this_machine_a_certificate_for_show_will_do(certificate: tuple[Path, Path]) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    for scheme, box in {
        "imap": Box(capabilities=("UIDPLUS", "STARTTLS")),
        "imaps": Box(context=context, encrypted=True),
    }.items():
        box.add(sample("stranger-written"))
        with serving(box) as server:
            assert subjects(url_of(server, scheme)) == ["Toplanti"]


def test_trouble_names_the_server_and_never_the_password() -> None:
    box = Box()
    box.add(sample("stranger-written"))
    with serving(box) as server:
        url, port = url_of(server), server.port
        wrong = url.replace("pass", "word")
        for bad in (
            wrong,
            url.replace("/INBOX", "/Nowhere"),
            url.replace(str(port), str(refused_port())),
        ):
            with pytest.raises(MailboxTrouble, match=r"the mailbox at 127.0.0.1:\d+: .") as told:
                subjects(bad)
            assert PASSWORD not in str(told.value)
            assert PASSWORD.replace("pass", "word") not in str(told.value)
        for command in ("LOGIN", "SELECT", "FETCH", "UID FETCH", "UID STORE", "UID EXPUNGE"):
            box.cut_at = command
            with pytest.raises(MailboxTrouble, match=str(port)):
                subjects(url)
        assert subjects(url) == ["Toplanti"]  # it was marked, but not yet taken out
    assert box.messages == []
