"""One register number in the many ways in which it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.registry.register_number import normalized
from coordinator.wording import Unkeepable

DIGIT = st.sampled_from("0123456789")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
STROKE = st.sampled_from(
    ["", "-", "/", ".", " ", "–", "—", "‑", "−", " - ", " / ", "_", "\\", "\u00a0", "－", "／", "·"]
)
LABEL = st.sampled_from(
    ["", "Kütük no: ", "KÜTÜK NO:", "kütük no. ", "Kütük No ", "Sicil No: ", "SİCİL NO: ",
     "Dernek kütük numarası: ", "KÜTÜK NUMARASI:", "kutuk no - "]
)  # fmt: skip


@pytest.mark.parametrize(
    "typed",
    [
        "35-123-456", "35/123/456", "35.123.456", "35 123 456", "35123456", " 35 - 123 - 456 ",
        "35–123–456", "35‑123/456", "35-123 456", "\u200b35-123-456", "35-123/456",
        "３５－１２３－４５６", "Kütük no: 35/123/456", "KÜTÜK NUMARASI 35.123.456", "35−123−456.",
    ],
)  # fmt: skip
def test_an_associations_number_has_one_form(typed: str) -> None:
    assert normalized(typed) == "35-123-456"


@pytest.mark.parametrize(
    "typed", ["", "VGM 4512", "35-12-456", "123456789", "٣٥-١٢٣-٤٥٦", "Kütük Sokağı Derneği"]
)
def test_other_numbers_stay_as_they_were_typed(typed: str) -> None:
    assert normalized(typed) == typed


def test_a_label_before_another_number_is_left_out() -> None:
    assert normalized("Sicil no: 4512/7") == "4512/7"


def test_an_identity_number_is_refused() -> None:
    with pytest.raises(Unkeepable):
        normalized("10000000146")
    with pytest.raises(Unkeepable):
        normalized("Kütük no: 10000000146")


@given(st.lists(DIGIT, min_size=8, max_size=8).map("".join), STROKE, STROKE, LABEL, st.booleans())
def test_however_it_is_written_it_is_one_number(
    digits: str, first: str, second: str, label: str, wide: bool
) -> None:
    written = f"{digits[:2]}{first}{digits[2:5]}{second}{digits[5:]}"
    written = label + (written.translate(FULL_WIDTH) if wide else written)
    assert normalized(written) == f"{digits[:2]}-{digits[2:5]}-{digits[5:]}"


@given(st.text(max_size=40))
def test_what_is_kept_does_not_change_when_it_is_read_again(text: str) -> None:
    try:
        kept = normalized(text)
    except Unkeepable:
        return
    assert normalized(kept) == kept


def checked(nine: int) -> str:
    """Return the identity number that begins with these nine digits."""
    d = [int(digit) for digit in str(nine)]
    tenth = (sum(d[0:9:2]) * 7 - sum(d[1:8:2])) % 10
    return f"{nine}{tenth}{(sum(d) + tenth) % 10}"


@given(st.integers(100_000_000, 999_999_999).map(checked), LABEL)
def test_no_identity_number_gets_in(number: str, label: str) -> None:
    with pytest.raises(Unkeepable):
        normalized(f"{label}{number}")
