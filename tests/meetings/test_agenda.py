"""Letters and calendar files number the agenda; staff who type numbers do not get two."""

import pytest

from coordinator.meetings.plans import unnumbered


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (["1. Açılış", "2) Söz", "3 - Kapanış", "4.Dilekler"],
         ["Açılış", "Söz", "Kapanış", "Dilekler"]),
        (["- Açılış", "• 2026 planı", "–  Söz", "•Dilekler"],
         ["Açılış", "2026 planı", "Söz", "Dilekler"]),
        (["* 1. Açılış"], ["Açılış"]),
        (["Açılış", "2. dönem planı"], ["Açılış", "2. dönem planı"]),
        (["3. yılımız", "25 Kasım"], ["3. yılımız", "25 Kasım"]),
        (["1.5 saat söz", "2.5 saat gezi"], ["1.5 saat söz", "2.5 saat gezi"]),
        (["-", "1-2 saat söz"], ["-", "1-2 saat söz"]),
        ([], []),
    ],
)  # fmt: skip
def test_bullets_and_numbers_in_order_are_left_out(typed: list[str], kept: list[str]) -> None:
    assert unnumbered(typed) == kept
