"""What a personal link's form refuses, and hostile words, names and files that do no harm."""

import io

import pytest

from tests.browser import Browser
from tests.proposals.conftest import PDF, Asked, letters, pdf
from tests.proposals.writing import DRAFT, SEND, WHOLE, number, only


def test_what_was_typed_survives_a_refusal_and_the_file_is_asked_for_again(
    browser: Browser, korfez: Asked
) -> None:
    page = browser.get(korfez.path).submit(
        SEND, 422, title="Yürüyüş", place="Konak", attachment=pdf()
    )
    assert page.soup.title is not None
    assert page.soup.title.get_text().startswith("Hata:")
    assert "Ne yapmak istediğinizi birkaç cümleyle yazın." in page.text
    assert "Dosya saklanmadı." in page.text
    assert page.filled(page.form(SEND))["place"] == "Konak"
    assert number() == 0


@pytest.mark.parametrize("name", ["title", "summary", "for_whom", "author_name"])
def test_a_national_identity_number_is_refused(browser: Browser, korfez: Asked, name: str) -> None:
    typed = {**WHOLE, name: "Ayşe 10000000146"}
    page = browser.get(korfez.path).submit(DRAFT, 422, **typed)
    assert "T.C. kimlik numarasına benziyor" in page.text
    assert page.filled(page.form(DRAFT))[name] == "Ayşe 10000000146"
    assert number() == 0


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("oyun.exe", b"MZ\x90\x00", "Dosyayı PDF"),
        ("afiş.pdf", b"<html><script>alert(1)</script>", "uymuyor"),
        ("afiş.pdf.html", PDF, "Dosyayı PDF"),
        ("boş.pdf", b"", "boş"),
        ("10000000146.pdf", PDF, "T.C. kimlik"),
    ],
)
def test_a_hostile_file_is_refused_beside_its_field(
    browser: Browser, korfez: Asked, name: str, content: bytes, said: str
) -> None:
    page = browser.get(korfez.path).submit(
        SEND, 422, **WHOLE, attachment=(io.BytesIO(content), name)
    )
    error = page.soup.find(id="attachment-error")
    assert error is not None
    assert said in error.get_text()
    assert page.filled(page.form(SEND))["need"] == WHOLE["need"]
    assert number() == 0
    assert letters("proposal_receipt") == []


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.pdf", "%0d%0aSet-Cookie: x=1.pdf", "\u202egpj.pdf", "C:\\x\\y.pdf"]
)
def test_a_hostile_name_does_no_harm(browser: Browser, korfez: Asked, name: str) -> None:
    browser.get(korfez.path).submit(DRAFT, title="Afiş", attachment=pdf(name))
    document = only().document
    assert document is not None
    assert not set(document.filename) & set("/\\\r\n\u202e")
    answer = browser.send("GET", f"{korfez.path}/{only().public_id}/ek")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers.get("Content-Disposition", "").split("=")[0]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("a\u200bb\u202ec\x00d\r\nBcc: x@y.z", "abcd Bcc: x@y.z"),
        ("İ" * 200, "İ" * 200),
    ],
)
def test_hostile_words_are_cleaned_and_shown_as_words(
    browser: Browser, staff: Browser, korfez: Asked, typed: str, kept: str
) -> None:
    page = browser.get(korfez.path).submit(SEND, **{**WHOLE, "title": typed})
    assert page.h1 == kept
    assert only().title == kept
    assert staff.get(f"/oneriler/{only().public_id}").h1 == kept
    (letter,) = letters("proposal_receipt")
    assert "\n" not in letter.subject
    assert "<script>" not in letter.html


def test_too_much_text_is_refused_with_its_length(browser: Browser, korfez: Asked) -> None:
    page = browser.get(korfez.path).submit(
        DRAFT, 422, **{**WHOLE, "title": "x" * 10_000, "summary": "y" * 10_000}
    )
    assert "10000" in page.text.replace(".", "")
    assert number() == 0
