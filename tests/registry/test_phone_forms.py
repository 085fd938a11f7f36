"""One phone number in the many ways in which it is written."""

from hypothesis import given
from hypothesis import strategies as st

from coordinator import reachability
from coordinator.i18n import phone as shown
from coordinator.wording import Unkeepable

AREA = st.sampled_from(["232", "212", "312", "532", "505", "555"])
REST = st.integers(2_000_000, 9_999_999).map(str)
BETWEEN = st.sampled_from(["", " ", "-", ".", "/", "\u00a0", " - "])
BEFORE = st.sampled_from(["", "0", "+90", "0090", "+90 ", "0 ", "+90-", "+90 (0) "])


@given(AREA, REST, BETWEEN, BETWEEN, BEFORE, st.booleans())
def test_however_it_is_written_it_is_one_number(
    area: str, rest: str, first: str, second: str, before: str, brackets: bool
) -> None:
    head = f"({area})" if brackets else area
    written = f"{before}{head}{first}{rest[:3]}{second}{rest[3:5]}{second}{rest[5:]}"
    assert reachability.phone(written) == f"+90{area}{rest}"


@given(AREA, REST, st.integers(1, 9999), st.sampled_from([" dahili ", " dah. ", " ext ", " #"]))
def test_an_extension_is_kept(area: str, rest: str, extension: int, word: str) -> None:
    kept = f"+90{area}{rest};ext={extension}"
    assert reachability.phone(f"0{area} {rest}{word}{extension}") == kept


@given(st.text(max_size=40))
def test_what_is_shown_is_read_as_what_is_kept(text: str) -> None:
    try:
        kept = reachability.phone(text)
    except Unkeepable:
        return
    assert reachability.phone(shown(kept)) == kept
