"""One register number in the many ways in which it is written."""

import pytest

from coordinator.registry.register_number import normalized
from coordinator.wording import Unkeepable


@pytest.mark.parametrize(
    "typed",
    [
        "35-123-456", "35/123/456", "35.123.456", "35 123 456", "35123456", " 35 - 123 - 456 ",
        "35–123–456", "35‑123/456", "35-123 456", "\u200b35-123-456",
    ],
)  # fmt: skip
def test_an_associations_number_has_one_form(typed: str) -> None:
    assert normalized(typed) == "35-123-456"


@pytest.mark.parametrize("typed", ["", "VGM 4512", "35-12-456", "123456789", "٣٥-١٢٣-٤٥٦"])
def test_other_numbers_stay_as_they_were_typed(typed: str) -> None:
    assert normalized(typed) == typed


def test_an_identity_number_is_refused() -> None:
    with pytest.raises(Unkeepable):
        normalized("10000000146")
