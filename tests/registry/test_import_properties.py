"""Whatever stands in a list: no row ends in an error, and no cell is lost without a word."""

import csv
import io
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coordinator import reachability
from coordinator.extensions import db
from coordinator.i18n import phone as shown_phone
from coordinator.registry.importing.planning import plan
from coordinator.registry.importing.planning.plan import Outcome
from coordinator.registry.importing.reading import addresses, cleaning, delimited, files
from coordinator.registry.importing.reading.cells import Cell
from coordinator.registry.importing.reading.columns import Column, Layout
from coordinator.registry.importing.reading.readings import Reading
from coordinator.registry.importing.reading.sheets import Sheet
from coordinator.registry.importing.reading.words import Areas, Districts, Groups
from coordinator.registry.models import District, TargetGroup, WorkArea
from coordinator.registry.register_number import normalized
from coordinator.wording import Unkeepable

SHARED = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
LETTERS = st.text(
    st.one_of(
        st.sampled_from("aeıiİIğĞüÜşŞöÖçÇAZ 0123456789/-.,;:()'\"@+=<>\t\n\u00a0\u200f\u202e"),
        st.characters(),
    ),
    max_size=40,
)
SEEN = st.sampled_from(
    [
        "", "-", "yok", "Ada Derneği", "ADA DERNEĞİ", "a@b.example", "a@b.example; c@d.example",
        "ada(at)b.example", "0532 111 22 33", "0232 421 75 90 / 0533 111 22 33", "421 75 90/12",
        "5,32E+09", "35-001-002", "35.01.2023", "36526", "Konak", "Çankaya", "Dernek", "Cemiyet",
        "10000000146", "1.0000000146E+10", "=1+1", "@SUM(A1)", "evet", "belki", "eğitim, turizm",
        "x" * 5_000, "12.03.2024", '"', "aynı", "toplam", "1234567890", "#YOK", "http://a.example",
    ]
)  # fmt: skip
CELLS = st.one_of(
    LETTERS, SEEN, SEEN, st.integers(-(10**12), 10**12), st.booleans(),
    st.floats(allow_nan=False), st.builds(lambda text: {"formula": f"={text}"}, LETTERS),
)  # fmt: skip


def anyone(fact: str) -> Any:
    """Does the row tell this of any contact?"""
    return lambda one: any(getattr(person, fact) for person in one.people)


TAKEN: dict[Column, Any] = {
    Column.NAME: lambda one: one.name,
    Column.KIND: lambda one: one.values["org_type"],
    Column.DISTRICT: lambda one: one.values["district_id"],
    Column.AREAS: lambda one: one.areas,
    Column.TARGETS: lambda one: one.groups,
    Column.FORMER: lambda one: one.former_names,
    Column.PARENT: lambda one: one.parent,
    Column.UMBRELLAS: lambda one: one.umbrellas,
    Column.PERSON: anyone("name"),
    Column.FIRST_NAME: anyone("name"),
    Column.LAST_NAME: anyone("name"),
    Column.POSITION: anyone("position"),
    Column.RELATION: anyone("relation"),
    Column.DEPUTY: lambda one: True,
    Column.SINCE: anyone("since"),
    Column.UNTIL: anyone("until"),
    Column.EMAIL: lambda one: one.emails,
    Column.PHONE: lambda one: one.phones,
    Column.ORG_EMAIL: lambda one: one.org_email,
    Column.ORG_PHONE: lambda one: one.org_phone,
    Column.CONTACT_EMAIL: lambda one: one.contact_email or one.emails,
    Column.CONTACT_PHONE: lambda one: one.contact_phone or one.phones,
    Column.LANGUAGE: anyone("language"),
    Column.CHANNEL: anyone("channel"),
    Column.FOUNDED: lambda one: one.values["founded_year"],
    Column.PUBLIC_BENEFIT: lambda one: True,
    Column.TAX_EXEMPT: lambda one: True,
    Column.NOTES: lambda one: one.notes,
    Column.UNREADABLE: lambda one: one.bad_emails,
    Column.CODE: lambda one: True,
}
LAYOUT = Layout(1, [str(column.value) for column in Column], dict(enumerate(Column)))


def taken(reading: Reading, column: Column) -> bool:
    found = TAKEN.get(column, lambda one: one.values.get(column.value))(reading)
    return bool(found)


@pytest.fixture
def words(app: Flask) -> tuple[Any, ...]:
    return (
        Districts(db.session.scalars(db.select(District))),
        Areas(db.session.scalars(db.select(WorkArea))),
        Groups(db.session.scalars(db.select(TargetGroup))),
    )


@SHARED
@given(
    rows=st.lists(
        st.dictionaries(st.sampled_from(list(Column)), CELLS, min_size=1, max_size=8),
        min_size=1, max_size=4,
    )
)  # fmt: skip
def test_every_cell_is_taken_or_named(
    words: tuple[Any, ...], rows: list[dict[Column, Any]]
) -> None:
    cells = [[cleaning.clean(row.get(column, "")) for column in Column] for row in rows]
    sheet = Sheet("", [[number, row] for number, row in enumerate(cells, 2)])
    made = plan.make(sheet, LAYOUT, {}, *words)
    for row, found in zip(cells, made.rows, strict=True):
        reading = found.reading
        if reading.skipped:
            continue
        told = {problem.index for problem in found.problems}
        for index, column in enumerate(Column):
            cell = Cell(row[index], bool(reading.code), index)
            if cell.text and index not in told:
                kept = any(cell.text in note for note in reading.notes)
                assert taken(reading, column) or kept, (column, cell)
        if found.outcome is Outcome.REFUSED:
            assert any(problem.grave for problem in found.problems)


@SHARED
@given(text=LETTERS, typed=LETTERS)
def test_no_identity_number_is_kept(text: str, typed: str) -> None:
    for number in ("10000000146", "100 000 001 46", "10.000.000.146", "1.0000000146E+10"):
        cell = cleaning.clean(f"{text[:5]} {number} {typed[:5]}")
        if not (typed[:1].isdecimal() or typed[:1] in "., -/"):
            assert "0000000146" not in str(cell).replace(" ", "").replace(".", "")


@SHARED
@given(text=st.text(max_size=60))
def test_a_defused_cell_comes_back_and_begins_no_formula(text: str) -> None:
    defused = delimited.defused(text)
    assert delimited.restored(defused) == text
    assert not defused.startswith(tuple("=+-@\t\r\n＝＋－＠"))


@SHARED
@given(
    rows=st.lists(
        st.lists(
            st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=20),
            min_size=2, max_size=4,
        ),
        min_size=1, max_size=5,
    )
)  # fmt: skip
def test_a_list_written_and_read_holds_the_same(rows: list[list[str]]) -> None:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(["STK Adı", "E-posta", "İlçe", "Notlar"])
    for cells in rows:
        writer.writerow([delimited.defused(cell) for cell in cells])
    read = delimited.rows_of(written.getvalue().encode("utf-8-sig"), 100)
    filled = [cells for cells in rows if any(cell.strip() for cell in cells)]
    assert [cells for _number, cells in read[1:]] == filled


@SHARED
@given(
    text=st.one_of(
        LETTERS, st.from_regex(r"\+?[0-9 ()/.-]{3,18}( dahili \d{1,4})?", fullmatch=True)
    )
)
def test_a_phone_as_it_is_shown_is_the_same_phone(app: Flask, text: str) -> None:
    good, _bad = addresses.phones(Cell(cleaning.clean(text)))
    for kept in good:
        assert reachability.phone(kept.replace(";ext=", " dahili ")) == kept
        if kept.startswith("+90"):
            assert reachability.phone(shown_phone(kept)) == kept


@SHARED
@given(text=st.one_of(LETTERS, st.from_regex(r"\d{2}[-/. ]?\d{3}[-/. ]?\d{3}", fullmatch=True)))
def test_a_register_number_put_right_stays_as_it_is(text: str) -> None:
    try:
        kept = normalized(text)
    except Unkeepable:
        return
    assert normalized(kept) == kept


@SHARED
@given(content=st.binary(max_size=300), name=st.sampled_from(["l.csv", "l.xlsx", "l.xls", "l.ods"]))
def test_any_bytes_are_a_list_or_refused(app: Flask, content: bytes, name: str) -> None:
    if name != "l.csv" and content[:2] in (b"PK", b"\xd0\xcf"):
        return
    try:
        sheets = files.read_file(name, content)
    except files.Unreadable:
        return
    assert sheets
