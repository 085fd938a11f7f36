"""A national identity number is recognised wherever a list or somebody writes one."""

from typing import Any

import pytest
from flask import Flask

from coordinator.registry.importing.reading import cleaning
from coordinator.registry.importing.reading.files import read_file
from coordinator.registry.importing.reading.sheets import TCKN_CELL
from tests.browser import Browser
from tests.registry.lists import lines, messages, planned, read, workbook
from tests.registry.uploads import batch, preview, upload

NUMBER = "10000000146"


@pytest.mark.parametrize(
    "cell",
    [
        NUMBER, int(NUMBER), float(NUMBER), 10000000146.5, f"TC: {NUMBER}.", "100 000 001 46",
        "100.000.001.46", "100-000-001-46", "10.000.000.146", "10,000,000,146",
        "100\u00a0000\u00a0001\u00a046", "1 0 0 0 0 0 0 0 1 4 6", "100 - 000 - 001 - 46",
        "1.0000000146E+10", "1,0000000146E+10", "".join(chr(0xFF10 + int(one)) for one in NUMBER),
        "١٠٠٠٠٠٠٠١٤٦",
        f"Su {NUMBER} Deniz", f"0532 111 22 33 / {NUMBER}", f"10 {NUMBER}", "10 100 000 001 46",
        {"formula": f"=T({NUMBER})"}, f"su{NUMBER}@b.example",
    ],
)  # fmt: skip
def test_in_every_way_of_writing(cell: Any) -> None:
    assert cleaning.clean(cell) == TCKN_CELL


@pytest.mark.parametrize(
    "cell",
    [
        "10000000147", "00000000146", "+10000000146", "905321112233", "0232 421 75 90",
        "35-193-103", "1234567890", 5321112233, "0532 111 22 33 / 0533 111 22 34",
    ],
)  # fmt: skip
def test_other_numbers_stay(cell: Any) -> None:
    assert cleaning.clean(cell) == cell


def test_the_fault_names_row_and_column(app: Flask) -> None:
    plan = planned(f"Ada Derneği;a@b.example;{NUMBER}", headings="STK;E-posta;Telefon")
    ((column, sentence),) = messages(plan)
    assert (plan.problems[0].row, column) == (2, "Telefon")
    assert "kimlik numarasına benziyor" in sentence


def test_in_headings_sheets_and_the_files_name(staff: Browser) -> None:
    content = workbook(
        ["STK Adı", NUMBER, "E-posta"], ["Ada Derneği", "x", "a@b.example"],
        **{f"Kişi {NUMBER}": [["STK"], ["Ova"]]},
    )  # fmt: skip
    page = upload(staff, content, f"liste {NUMBER}.xlsx")
    assert NUMBER not in page.text
    kept = batch()
    assert NUMBER not in str((kept.filename, kept.rows, kept.headings, kept.sheet))


def test_two_sheets_with_such_names_can_be_told_apart(app: Flask) -> None:
    content = workbook(["STK"], ["Ada"], **{NUMBER: [["STK"]], f"a {NUMBER}": [["STK"]]})
    names = [one.name for one in read_file("l.xlsx", content)]
    assert names == ["Liste", "…", "……"]


def test_typed_as_a_correction(staff: Browser) -> None:
    page = preview(staff, lines(";Su;a@b.example", headings="STK Adı;İlgili Kişi;E-posta"))
    row = staff.get(f"{page.path}/satir/2")
    for text in (NUMBER, "100 000 001 46"):
        again = row.submit("Sakla ve geri dön", 422, cell_0=f"Ada {text}")
        assert "kimlik numarasına benziyor" in again.text
    assert NUMBER not in str(batch().decisions)


def test_where_no_column_is_taken(app: Flask) -> None:
    assert NUMBER not in str(read(lines(f"Ada;{NUMBER}", headings="STK;TC No")).rows)
