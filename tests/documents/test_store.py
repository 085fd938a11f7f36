"""Which files are kept, under which names, and how they are sent."""

import io
import struct
import zipfile
from collections.abc import Callable
from urllib.parse import unquote

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator.actors import COMMAND
from coordinator.audit.models import AuditLine
from coordinator.documents import operations, serving
from coordinator.documents.kinds import MAIN_PARTS, MIMES
from coordinator.documents.models import Document
from coordinator.documents.operations import FileRefused
from coordinator.extensions import db

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = (
    b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 10, 10) + b"\x08\x02\x00\x00\x00"
    + b"\x00" * 40
)  # fmt: skip
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + b"\x00" * 40 + b"\xff\xd9"
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 " + b"\x00" * 40


def package(kind: str, parts: dict[str, bytes] | None = None, mimetype: str | None = None) -> bytes:
    """Return an office document with further parts."""
    inside: dict[str, bytes] = {}
    if kind in MAIN_PARTS:
        inside["[Content_Types].xml"] = f'<Types ContentType="{MAIN_PARTS[kind]}"/>'.encode()
    else:
        inside["mimetype"] = (mimetype or MIMES[kind]).encode()
    inside |= {"content.xml": b"<x/>"} | (parts or {})
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as writing:
        for name, content in inside.items():
            writing.writestr(name, content)
    return stream.getvalue()


def store(filename: str, content: bytes) -> Document:
    return operations.store(filename=filename, stream=content, actor=COMMAND, field="attachment")


GOOD = {
    "rapor.pdf": PDF, "resim.png": PNG, "resim.JPG": JPEG, "resim.jpeg": JPEG, "resim.webp": WEBP,
    **{f"dosya.{kind}": package(kind) for kind in ("docx", "xlsx", "pptx", "odt", "ods")},
}  # fmt: skip


@pytest.mark.parametrize("filename", GOOD)
def test_each_kind_is_kept_as_it_came(app: Flask, filename: str) -> None:
    kept = store(filename, GOOD[filename])
    assert kept.content == GOOD[filename]
    assert kept.mime == MIMES[filename.lower().rpartition(".")[2]]
    assert kept.size == len(GOOD[filename])
    line = db.session.scalars(sa.select(AuditLine)).one()
    assert (line.action, line.subject_name) == ("document.stored", kept.filename)


def test_a_stream_is_kept_as_well(app: Flask) -> None:
    kept = operations.store(filename="a.pdf", stream=io.BytesIO(PDF), actor=COMMAND)
    assert kept.content == PDF


def symlink() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as writing:
        writing.writestr("mimetype", MIMES["odt"])
        entry = zipfile.ZipInfo("link")
        entry.external_attr = 0o120777 << 16
        writing.writestr(entry, "/etc/passwd")
    return stream.getvalue()


def bomb() -> bytes:
    return package("docx", {"word/document.xml": b"\0" * (101 * 1024 * 1024)})


REFUSED: dict[str, tuple[str, bytes | Callable[[], bytes], str]] = {
    "nothing": ("a.pdf", b"", "Dosya boş."),
    "too large": ("a.pdf", PDF + b"0" * (10 * 1024 * 1024), "en çok 10 MB"),
    "no name": ("", PDF, "Dosyayı PDF, Word"),
    "no extension": ("rapor", PDF, "Dosyayı PDF, Word"),
    "program": ("a.exe", b"MZ" + b"\0" * 99, "Dosyayı PDF, Word"),
    "program as pdf": ("a.pdf", b"MZ" + b"\0" * 99, "adına uymuyor"),
    "pdf as program": ("a.pdf.exe", PDF, "Dosyayı PDF, Word"),
    "double extension": ("a.exe.pdf", PDF, "Dosyayı PDF, Word"),
    "svg": ("a.svg", b"<svg onload='alert(1)'/>", "Dosyayı PDF, Word"),
    "svg as png": ("a.png", b"<svg onload='alert(1)'/>", "adına uymuyor"),
    "html": ("a.html", b"<script>", "Dosyayı PDF, Word"),
    "html as pdf": ("a.pdf", b"<html><script>alert(1)</script>", "adına uymuyor"),
    "html before pdf": ("a.pdf", b"<script>alert(1)</script>" + PDF, "adına uymuyor"),
    "gif as jpg": ("a.jpg", b"GIF89a/*" + b"\0" * 40, "adına uymuyor"),
    "png as jpg": ("a.jpg", PNG, "adına uymuyor"),
    "huge picture": (
        "a.png", PNG[:16] + struct.pack(">II", 50_000, 50_000) + PNG[24:], "Resim çok büyük",
    ),
    "truncated": ("a.docx", package("docx")[:-30], "adına uymuyor"),
    "zip as docx": ("a.docx", package("odt"), "adına uymuyor"),
    "xlsx as docx": ("a.docx", package("xlsx"), "adına uymuyor"),
    "macro kind": ("a.odt", package("odt", mimetype="application/x-macro"), "adına uymuyor"),
    "macro": ("a.docx", package("docx", {"word/vbaProject.bin": b"x"}), "makro"),
    "embedded": ("a.xlsx", package("xlsx", {"xl/embeddings/oleObject1.bin": b"x"}), "makro"),
    "remote template": (
        "a.docx",
        package("docx", {"word/_rels/settings.xml.rels":
                b'<R Type="x/attachedTemplate" Target="http://e" TargetMode="External"/>'}),
        "makro",
    ),
    "dde": ("a.xlsx", package("xlsx", {"xl/externalLinks/e1.xml": b"<ddeLink x='y'/>"}), "makro"),
    "climbing": ("a.docx", package("docx", {"../../etc/passwd": b"x"}), "makro"),
    "symlink": ("a.odt", symlink, "makro"),
    "bomb": ("a.docx", bomb, "açılınca çok büyüyor"),
    "many parts": (
        "a.docx", lambda: package("docx", {f"p{n}": b"" for n in range(3001)}), "çok büyüyor",
    ),
    "encrypted": ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "adına uymuyor"),
    "tckn": ("10000000146.pdf", PDF, "kimlik numarasına benziyor"),
    "turned round": ("rapor\u202efdp.exe", PDF, "Dosyayı PDF, Word"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_refused_file_gets_a_sentence_and_leaves_nothing(app: Flask, case: str) -> None:
    filename, content, sentence = REFUSED[case]
    with pytest.raises(FileRefused) as refused, app.test_request_context(headers=[]):
        store(filename, content() if callable(content) else content)
    with app.test_request_context(headers=[("Accept-Language", "tr")]):
        assert sentence in str(refused.value.message)
    assert refused.value.field == "attachment"
    assert db.session.scalar(sa.select(sa.func.count(Document.id))) == 0


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("İş Planı.pdf", "İş Planı.pdf"), ("I\u0307s\u0327 Plan\u0131.PDF", "İş Planı.pdf"),
        ("C:\\Users\\Derya\\rapor.pdf", "rapor.pdf"), ("../../etc/rapor.pdf", "rapor.pdf"),
        ("/mutlak/yol/rapor.pdf", "rapor.pdf"), ("rapor.pdf. . ", "rapor.pdf"),
        ("ra\r\nX: y\0por.pdf", "ra X ypor.pdf"), ('a"b<c>|?*:.pdf', "abc.pdf"),
        ("-rf.pdf", "rf.pdf"), (".gizli.pdf", "gizli.pdf"), ("CON.pdf", "belge CON.pdf"),
        ("r\u202eapor\u200b.pdf", "rapor.pdf"), ("....pdf", "belge.pdf"),
        ("ş" * 300 + ".pdf", "ş" * 100 + ".pdf"),
    ],
)  # fmt: skip
def test_names_are_cleaned_and_keep_their_letters(app: Flask, typed: str, kept: str) -> None:
    assert store(typed, PDF).filename == kept


@pytest.mark.parametrize("filename", ["İş Planı.pdf", "şğüçö İIıi.pdf", "a;b'c%20.pdf", "日本.pdf"])
def test_a_file_is_sent_as_an_attachment_under_its_own_name(app: Flask, filename: str) -> None:
    kept = store(filename, PDF)
    with app.test_request_context():
        answer = serving.send(kept)
        answer.direct_passthrough = False
        assert answer.get_data() == PDF
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment;")
    named = disposition.partition("filename*=UTF-8''")[2]
    assert (unquote(named) or disposition.partition("filename=")[2].strip('"')) == kept.filename
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_file_is_removed_with_a_line_in_the_audit(app: Flask) -> None:
    operations.remove(store("a.pdf", PDF), actor=COMMAND)
    assert db.session.scalar(sa.select(sa.func.count(Document.id))) == 0
    last = db.session.scalars(sa.select(AuditLine).order_by(AuditLine.id.desc())).first()
    assert last is not None
    assert last.action == "document.removed"
