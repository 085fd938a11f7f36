"""Documents for paper are made whatever stands in a name."""

from pathlib import Path

import pytest
from flask import Flask

from coordinator import printing
from coordinator.printing import NotPrintable
from coordinator.printing_process import undrawn, without

TEMPLATE = """#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#data.title
"""


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "sheet.typ"
    path.write_text(TEMPLATE)
    return path


@pytest.mark.in_turn
@pytest.mark.parametrize(
    "title", ["Çiğli Şefkat Iğdır", "Mor 💜 Gün 🎉", "中文 العربية", '#{}"\\$*_<b>']
)
def test_what_no_font_holds_is_no_hindrance(app: Flask, template: Path, title: str) -> None:
    with app.test_request_context():
        assert printing.pdf(template, {"title": title}).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Mor 💜 Gün 🎉", "Mor Gün"),
        ("Kadın🌷Emeği", "Kadın Emeği"),
        ("🌷 Açılış 🎉, sonra söz", "Açılış, sonra söz"),
        ("Aile 👩\u200d👧\ufe0f!", "Aile!"),
        ("جم Derneği 🌷", "□□ Derneği"),
        ("Çiğli [Şefkat]", "Çiğli [Şefkat]"),
    ],
)
def test_signs_are_left_out_and_letters_leave_a_box(text: str, left: str) -> None:
    lost = set("💜🎉🌷👩👧جم")
    assert without({"facts": [["a", text]], "count": 3}, lost) == {
        "facts": [["a", left]], "count": 3,
    }  # fmt: skip


def test_a_complaint_about_a_family_takes_no_plain_letters() -> None:
    complaint = 'the text `"👩\\u{200d}👧"` could not be displayed'
    assert undrawn(complaint) == set("👩\u200d👧")


def test_what_cannot_be_made_is_said_and_logged(
    house: Flask, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = tmp_path / "wrong.typ"
    wrong.write_text("#no-such-thing()")
    with house.test_request_context(), pytest.raises(NotPrintable):
        printing.pdf(wrong, {"title": "x"})
    assert "The typesetter ended with status 1." in caplog.text
