"""Tax numbers: ten digits or sixteen, however they are grouped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.registry.tax_number import normalized
from coordinator.wording import Unkeepable

DIGIT = st.sampled_from("0123456789")


@pytest.mark.parametrize(
    "typed",
    ["1234567890", "123 456 78 90", "123-456-7890", "１２３４５６７８９０", "VKN: 1234567890",
     "Vergi no 123 456 7890", "VERGİ KİMLİK NO: 1234567890", " 1234567890 "],
)  # fmt: skip
def test_a_tax_number_has_one_form(typed: str) -> None:
    assert normalized(typed) == "1234567890"


def test_a_mersis_number_has_one_form() -> None:
    for typed in ("0123 4567 8901 2345", "0123-4567-8901-2345", "MERSİS no: 0123456789012345"):
        assert normalized(typed) == "0123456789012345"


def test_nothing_stays_nothing() -> None:
    assert normalized("  ") == ""


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("123456789", "has 9"), ("12345678901", "has 11"), ("1" * 17, "has 17"),
        ("12345ABCDE", "digits only"), ("yok", "digits only"), ("١٢٣٤٥٦٧٨٩٠", "digits only"),
        ("10000000146", "TCKN"), ("100 000 001 46", "TCKN"), ("-", ""),
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_the_reason(typed: str, reason: str) -> None:
    if not reason:
        assert normalized(typed) == ""
        return
    with pytest.raises(Unkeepable) as refused:
        normalized(typed)
    assert reason in str(refused.value.message)


@given(st.text(max_size=30))
def test_whatever_is_typed_only_ten_or_sixteen_digits_are_kept(text: str) -> None:
    try:
        kept = normalized(text)
    except Unkeepable:
        return
    assert kept == "" or (kept.isdigit() and kept.isascii() and len(kept) in {10, 16})
    assert normalized(kept) == kept
