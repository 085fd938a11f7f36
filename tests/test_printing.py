"""Documents for paper are made whatever stands in a name."""

from pathlib import Path

import pytest
from flask import Flask

from coordinator import printing
from coordinator.printing import NotPrintable

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
def test_what_no_font_holds_becomes_a_box(app: Flask, template: Path, title: str) -> None:
    with app.test_request_context():
        assert printing.pdf(template, {"title": title}).startswith(b"%PDF")


def test_what_cannot_be_made_is_said_and_logged(
    house: Flask, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = tmp_path / "wrong.typ"
    wrong.write_text("#no-such-thing()")
    with house.test_request_context(), pytest.raises(NotPrintable):
        printing.pdf(wrong, {"title": "x"})
    assert "The typesetter ended with status 1." in caplog.text
