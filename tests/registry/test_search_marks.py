"""What matched is marked in its row, and nothing of the text is lost or let through."""

import re

import pytest
from flask import Flask
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup

from coordinator.registry.models import OrganizationName
from coordinator.registry.search.asking import Search
from coordinator.registry.search.marks import NUMBER, PHONE, TEXT, Marker
from tests.browser import Browser
from tests.factories import ContactFactory, OrganizationFactory, district

HOSTILE = "<script>alert(1)</script> & \"Kadın\" 'evi' ﬁ ß İ ı ç̧ Ǆ \u202e½ ㎏"


def marked(typed: str, text: str, kind: str = TEXT) -> str:
    return str(Marker(Search(typed))(text, kind))


@pytest.mark.parametrize(
    ("typed", "text", "shown"),
    [
        ("cigli", "Çiğli Kadın", "<mark>Çiğli</mark> Kadın"),
        ("CIG kad", "Kadın Çiğli", "<mark>Kad</mark>ın <mark>Çiğ</mark>li"),
        ("isik", "Işık", "<mark>Işık</mark>"),
        ("cig", "c\u0327ig\u0306li", "<mark>c\u0327ig\u0306</mark>li"),
        ("b", "<b>Bir</b>", "&lt;<mark>b</mark>&gt;<mark>B</mark>ir&lt;/<mark>b</mark>&gt;"),
        ("fi", "ﬁdan", "<mark>ﬁ</mark>dan"),
        ("nur@a", "nur@a.example", "<mark>nur@a</mark>.example"),
        ("@a.ex", "nur@a.example", "nur<mark>@a.ex</mark>ample"),
        ("adin", "Kadın", "Kadın"),
        ("", "Kadın & Evi", "Kadın &amp; Evi"),
    ],
)
def test_the_matched_letters_are_marked(typed: str, text: str, shown: str) -> None:
    assert marked(typed, text) == shown


@pytest.mark.parametrize(
    ("typed", "text", "kind", "shown"),
    [
        ("232293", "0232 293 12 00", PHONE, "0<mark>232 293</mark> 12 00"),
        ("+90 (232) 293", "0232 293 12 00", PHONE, "0<mark>232 293</mark> 12 00"),
        ("0232 29", "0232 293 12 00", PHONE, "<mark>0232 29</mark>3 12 00"),
        ("2931200", "0232 293 12 00 dahili 12", PHONE, "0232 <mark>293 12 00</mark> dahili 12"),
        ("35123", "35-123-456", NUMBER, "<mark>35-123</mark>-456"),
        ("35/123", "35-123-456", NUMBER, "<mark>35-123</mark>-456"),
        ("456", "35-123-456", NUMBER, "35-123-<mark>456</mark>"),
    ],
)
def test_the_matched_digits_are_marked(typed: str, text: str, kind: str, shown: str) -> None:
    assert marked(typed, text, kind) == shown


@given(
    st.one_of(st.text(max_size=60), st.sampled_from(["kad", "ç", "<b", "a b", "1 2", "&"])),
    st.text(max_size=80),
    st.sampled_from([TEXT, NUMBER, PHONE]),
    st.booleans(),
)
@example("kad", HOSTILE, TEXT, False)
@example("script alert 1", HOSTILE, TEXT, True)
def test_without_its_marks_a_text_is_what_it_was(
    typed: str, text: str, kind: str, inside: bool
) -> None:
    search = Search(typed)
    if inside and typed:
        next(iter(search.attempts()))
    shown = Marker(search)(text, kind)
    assert isinstance(shown, Markup)
    bare = re.sub("</?mark>", "", str(shown))
    assert "<" not in bare
    assert ">" not in bare
    assert bare == str(Markup.escape(text))
    assert shown.count("<mark>") == shown.count("</mark>")


def test_the_row_says_where_else_the_search_was_found(app: Flask, staff: Browser) -> None:
    one = OrganizationFactory(
        name="Yeni Kapı", short_name="YK", phone="+902322931200", registry_no="35-123-456",
        tax_no="1234567890", district=district("Çiğli"), email="bilgi@kapi.example",
    )  # fmt: skip
    one.former_names = [OrganizationName(name="Eski <i>Çınar</i>")]
    ContactFactory(organization=one, full_name="Gonca Ulu", email="gonca@ulu.example")
    ContactFactory(organization=one, full_name="İnci Ay", is_primary=False, phone="+905321112233")

    def row(text: str) -> str:
        page = staff.get("/kuruluslar", query={"ara": text})
        return " ".join(mark_signs(str(page.soup.select_one("tbody tr th"))).split())

    assert "Eski ad: Eski &lt;i&gt;[Çınar]&lt;/i&gt;" in row("cinar")
    assert "Telefon: 0[232 293] 12 00" in row("0090 232 293")
    assert "Kütük / sicil no: [35-123]-456" in row("35 123")
    assert "Vergi no: [12345]67890" in row("12345")
    assert "Kısa adı: [YK]" in row("yk")
    assert "E-posta: [bilgi@kapi].example" in row("bilgi@kapi")
    assert "İrtibat kişisi: [İnci] Ay" in row("inci")
    assert "Telefon: 0[532 111] 22 33" in row("532 111")
    assert "[Yeni] Kapı" in row("yeni")
    assert "[Çiğli]" in row("cigli")
    assert ":" not in row("yeni gonca")
    assert "Eski ad: Eski &lt;i&gt;[Çınar]" in row("yeni cinar")


def mark_signs(markup: str) -> str:
    """Return the text of a cell with square brackets for its marks."""
    signed = markup.replace("<mark>", "[").replace("</mark>", "]")
    return re.sub(r"<[^>]+>", " ", re.sub(r"</?(a|th|span)\b[^>]*>", " ", signed))
