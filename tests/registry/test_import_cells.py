"""What people and spreadsheets do to single cells: phones, numbers, days, capitals, signs."""

from datetime import date

import pytest

from coordinator.registry.importing.reading import addresses, capitals, days
from coordinator.registry.importing.reading.cells import Cell
from tests.registry.lists import lines, messages, planned, read, row, save, stored, workbook

pytestmark = pytest.mark.usefixtures("app")
SHORTENED = "Excel bu numarayı kısaltmış, son rakamları kaybolmuş."
DATE = "Excel bu numarayı tarihe çevirmiş."


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("0232 421 75 90 dahili 12", ["+902324217590;ext=12"]),
        ("0232 421 75 90 Dahili: 12", ["+902324217590;ext=12"]),
        ("0232 421 75 90/12", ["+902324217590;ext=12"]),
        ("0232 421 75 90 (12)", ["+902324217590;ext=12"]),
        ("0232 421 75 90 (dahili 12)", ["+902324217590;ext=12"]),
        ("(0232) 421 75 90, dahili 12", ["+902324217590;ext=12"]),
        ("0232 421 75 90/91", ["+902324217590", "+902324217591"]),
        ("0232 421 75 90 / 0532 111 22 33", ["+902324217590", "+905321112233"]),
        ("0232 421 75 90\n0532 111 22 33", ["+902324217590", "+905321112233"]),
        ("0232 421 75 90 0532 111 22 33", ["+902324217590", "+905321112233"]),
        ("0232 421 75 90 - 0532 111 22 33", ["+902324217590", "+905321112233"]),
        ("Tel: 0232 421 75 90", ["+902324217590"]),
        ("GSM: 0532 111 22 33", ["+905321112233"]),
        ("+90 (532) 111-22-33", ["+905321112233"]),
        ("00905321112233", ["+905321112233"]),
        ("'05321112233", ["+905321112233"]),
        ("0532\u00a0111\u00a022\u00a033", ["+905321112233"]),
        ("5321112233.0", ["+905321112233"]),
        ("5321112233,0", ["+905321112233"]),
        ("5.321112233E+9", ["+905321112233"]),
        ("444 35 35", ["+904443535"]),
        ("183", ["183"]),
    ],
)
def test_phones(cell: str, kept: list[str]) -> None:
    assert addresses.phones(Cell(cell)) == (kept, [])


@pytest.mark.parametrize(
    ("cell", "kept", "rest"),
    [
        ("0532 111 22 33 (Ayşe Hanım)", ["+905321112233"], ["Ayşe Hanım"]),
        ("Ayşe: 0532 111 22 33 / santral", ["+905321112233"], ["Ayşe", "santral"]),
        ("0232 421 75", [], ["0232 421 75"]),
    ],
)
def test_what_stands_beside_a_phone_is_kept(cell: str, kept: list[str], rest: list[str]) -> None:
    assert addresses.phones(Cell(cell)) == (kept, rest)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ("Ada;;a@b.example;5,32E+09", ("Telefon", SHORTENED)),
        ("Ada;;a@b.example;;;;3,52E+07", ("Kütük No", SHORTENED)),
        ("Ada;;a@b.example;;;;35.01.2023", ("Kütük No", DATE)),
        ("Ada;;a@b.example;12.03.2045", ("Telefon", DATE)),
    ],
)
def test_what_a_spreadsheet_spoilt_is_said_and_kept(cells: str, told: tuple[str, str]) -> None:
    found = row(cells)
    (problem,) = found.problems
    assert (problem.column, problem.grave, problem.lost) == (told[0], True, True)
    assert str(problem.message).startswith(told[1])
    assert found.known.values["registry_no"] is None
    assert cells.rpartition(";")[2] in found.known.values["notes"]


@pytest.mark.parametrize(
    ("cell", "kept"),
    [(35193103, "35-193-103"), (6154120, "06-154-120"), ("35193103,0", "35-193-103"),
     ("'35-193-103", "35-193-103"), ("Kütük No: 35/193/103", "35-193-103")],
)  # fmt: skip
def test_register_numbers_of_spreadsheets(cell: object, kept: str) -> None:
    content = workbook(["STK Adı", "Kütük No"], ["Ada Derneği", cell])
    save(content, "liste.xlsx")
    assert stored("Ada Derneği").registry_no == kept


@pytest.mark.parametrize(
    ("cell", "year"),
    [("1998", 1998), ("12.03.1998", 1998), (1998.0, 1998), (36526, 2000), ("36526", 2000),
     ("1998 yılında", 1998), ("1998-2001", None), ("doksan sekiz", None), ("98", None)],
)  # fmt: skip
def test_years(cell: object, year: int | None) -> None:
    assert days.year_of(Cell(cell)) == year


@pytest.mark.parametrize(
    ("cell", "day"),
    [("12.03.2024", date(2024, 3, 12)), ("2024-03-12", date(2024, 3, 12)),
     (45363, date(2024, 3, 12)), ("31.02.2024", None), ("Mart", None)],
)  # fmt: skip
def test_days(cell: object, day: date | None) -> None:
    assert days.day_of(Cell(cell)) == day


@pytest.mark.parametrize("cell", ["-", "—", "yok", "YOK", "N/A", "#YOK", "#N/A", "…", "/", "***"])
def test_signs_for_nothing(cell: str) -> None:
    assert Cell(cell).text == ("…" if cell == "…" else "")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("İZMİR KADIN DAYANIŞMA DERNEĞİ (İKDD)", "İzmir Kadın Dayanışma Derneği (İKDD)"),
        ("ÇYDD IŞIKKENT ŞUBESİ DERNEĞİ", "ÇYDD Işıkkent Şubesi Derneği"),
        ("ÇİĞLİ EVKA-2 KADIN-ÇOCUK DERNEĞİ", "Çiğli Evka-2 Kadın-Çocuk Derneği"),
        ("T.C. İZMİR VALİLİĞİ", "T.C. İzmir Valiliği"),
    ],
)
def test_names_in_capitals(written: str, kept: str) -> None:
    assert capitals.well_written(written) == kept


def test_people_and_positions_in_capitals() -> None:
    assert capitals.person("SU IŞIK") == "Su Işık"
    assert capitals.person("Su IŞIK") == "Su IŞIK"
    assert capitals.position("YK BAŞKAN YARDIMCISI") == "YK Başkan Yardımcısı"


def test_two_addresses_and_two_phones_of_one_person() -> None:
    cells = "Ada Derneği;Su;0532 111 22 33 / 0533 111 22 33;a@b.example c@d.example"
    save(lines(cells, headings="STK Adı;İlgili Kişi;Cep;Yetkili e-posta"))
    ada = stored("Ada Derneği")
    assert (ada.contacts[0].phone, ada.contacts[0].email) == ("+905321112233", "a@b.example")
    assert (ada.phone, ada.email) == ("+905331112233", "c@d.example")


def test_the_fault_names_the_very_column() -> None:
    plan = planned("Ada;0232 421 75 90;santral", headings="STK Adı;Telefon-1;Telefon-2")
    assert ("Telefon-2", "Bu bir telefon numarası değil. Notlarda saklanır.") in messages(plan)


def test_a_workbook_of_a_spreadsheets_own_values() -> None:
    batch = read(workbook(["STK Adı", "Telefon"], ["Ada", 5321112233.0]), "liste.xlsx")
    assert batch.rows[0]["rows"][1][1] == ["Ada", 5321112233]
