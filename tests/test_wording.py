"""What people type is cleaned, and a TCKN is never kept."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator import wording

TCKN = "10000000146"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Kemalpaşa   Kadın ", "Kemalpaşa Kadın"),
        (unicodedata.normalize("NFD", "Çiğli"), "Çiğli"),
        ("Mor\u202eÇatı\u2066", "MorÇatı"),
        ("Ege\u200b\ufeff Kadın", "Ege Kadın"),
        ("bir\r\nBcc: x@y.example", "bir Bcc: x@y.example"),
        ("iki\u2028satır\x00", "iki satır"),
        ("👩\u200d👩\u200d👧 aile", "👩\u200d👩\u200d👧 aile"),
        ("a\u200db", "ab"),
    ],
)
def test_a_line_is_kept_in_one_clean_form(typed: str, kept: str) -> None:
    assert wording.one_line(typed) == kept


def test_lines_are_kept_as_lines() -> None:
    assert wording.many_lines("bir \r\niki\n\nüç\t\r") == "bir\niki\n\nüç"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = wording.one_line(text)
    assert wording.one_line(once) == once
    assert "\n" not in once
    assert once == unicodedata.normalize("NFC", once)


ARABIC = TCKN.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))


@pytest.mark.parametrize(
    "text", [TCKN, f"kimlik: {TCKN}.", "100 000 001 46", "1000-0000-146", ARABIC]
)
def test_a_national_identity_number_is_recognised(text: str) -> None:
    assert wording.holds_tckn(text)
    with pytest.raises(wording.Unkeepable):
        wording.keepable(text)


@pytest.mark.parametrize("text", ["10000000147", "05321234567", "+905321234567", "02322931200"])
def test_other_long_numbers_are_not_taken_for_one(text: str) -> None:
    assert not wording.holds_tckn(text)
