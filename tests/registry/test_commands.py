"""The registry from the command line: the same road as the pages, answered in JSON."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.registry.models import Contact, ImportBatch, Organization
from tests.factories import ContactFactory, FormerNameFactory, OrganizationFactory, district
from tests.registry.lists import SAMPLE, lines, workbook


def run(app: Flask, *words: str, status: int = 0) -> Result:
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["registry", *words])
    assert result.exit_code == status, result.output
    return result


def answer(app: Flask, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(app, *words, "--json").stdout)
    return found


def count(model: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


class TestImport:
    def test_what_would_happen(self, app: Flask) -> None:
        told = answer(app, "import", str(SAMPLE))
        problems = told.pop("problems")
        assert told == {
            "rows": 33, "new": 30, "changed": 1, "same": 1, "suspects": 0, "skipped": 1,
            "contacts": 31,
        }  # fmt: skip
        unknown = [one for one in problems if one["column"] == "Çalışma Alanları"]
        assert {one["message"] for one in unknown} == {
            "These words are not known here. They are kept in the notes."
        }
        assert [one for one in problems if one not in unknown] == [
            {"row": 8, "column": "E-posta", "message": "Two addresses stand in one cell."},
            {
                "row": 12,
                "column": "E-posta",
                "message": "There is no e-mail address. Letters will not reach them.",
            },
            {
                "row": 16,
                "column": "E-posta",
                "message": "“torbali(at)posta.example” is not an e-mail address.",
            },
            {
                "row": 18,
                "column": "Telefon",
                "message": "A number stands where text was expected."
                " It was read as 0232 765 43 21.",
            },
            {
                "row": 33,
                "column": "Notlar",
                "message": "A formula stands here. It is kept as text and never calculated.",
            },
        ]
        assert (count(Organization), count(ImportBatch), count(AuditLine)) == (0, 0, 0)

    def test_applying_it_twice(self, app: Flask) -> None:
        assert answer(app, "import", str(SAMPLE), "--apply")["new"] == 30
        assert (count(Organization), count(Contact)) == (30, 31)
        again = answer(app, "import", str(SAMPLE), "--apply")
        assert (again["new"], again["changed"], again["same"]) == (0, 0, 32)
        lines_ = db.session.scalars(sa.select(AuditLine).filter_by(action="import.applied"))
        assert [(one.actor_name, one.via) for one in lines_] == [("command line", "command")] * 2

    def test_columns_and_sheet_are_told(self, app: Flask, tmp_path: Path) -> None:
        file = tmp_path / "liste.xlsx"
        rows = [["Unvan", "Haberleşme"], ["Ada Derneği", "a@b.example"]]
        file.write_bytes(workbook(["STK"], ["Başka"], İkinci=rows))
        run(
            app, "import", str(file), "--sheet", "İkinci", "--map", "unvan=name",
            "--map", "Haberleşme=org_email", "--apply",
        )  # fmt: skip
        ada = db.session.execute(sa.select(Organization)).scalar_one()
        assert (ada.name, ada.email) == ("Ada Derneği", "a@b.example")

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            (["--map", "İlçe=ilce"], "write HEADING=FIELD"),
            (["--map", "Yok=name"], "no column is headed 'Yok'"),
            (["--map", "STK Adı="], "Say which column holds the organisation’s name."),
            (["--sheet", "Yok"], "no such sheet"),
        ],
    )
    def test_what_cannot_be(
        self, app: Flask, tmp_path: Path, words: list[str], sentence: str
    ) -> None:
        file = tmp_path / "liste.csv"
        file.write_bytes(lines("Ada Derneği"))
        result = app.test_cli_runner().invoke(args=["registry", "import", str(file), *words])
        assert result.exit_code != 0
        assert sentence in result.stderr
        assert result.stdout == ""

    def test_a_file_that_is_no_list(self, app: Flask, tmp_path: Path) -> None:
        file = tmp_path / "liste.xlsx"
        file.write_bytes(b"%PDF-1.7")
        result = run(app, "import", str(file), "--apply", "--json", status=1)
        assert "This is a PDF" in result.stderr
        assert result.stdout == ""
        run(app, "import", str(tmp_path / "yok.xlsx"), status=2)


class TestExportAndList:
    def test_the_whole_road_back(self, app: Flask, tmp_path: Path) -> None:
        run(app, "import", str(SAMPLE), "--apply")
        for name in ("liste.xlsx", "liste.csv"):
            file = tmp_path / name
            run(app, "export", str(file))
            told = answer(app, "import", str(file), "--apply")
            assert (told["rows"], told["new"], told["changed"], told["same"]) == (31, 0, 0, 31)

    def test_a_search_that_nobody_sees_forgives_nothing(self, app: Flask, tmp_path: Path) -> None:
        OrganizationFactory(name="Zeytin Derneği")
        file = tmp_path / "liste.csv"
        for text, found in (("Zeytin", True), ("Zeytni", False)):
            run(app, "export", str(file), "--search", text)
            assert ("Zeytin Derneği" in file.read_text("utf-8-sig")) is found

    def test_another_ending_is_refused(self, app: Flask, tmp_path: Path) -> None:
        result = run(app, "export", str(tmp_path / "liste.doc"), status=2)
        assert ".xlsx or .csv" in result.stderr

    def test_the_list(self, app: Flask) -> None:
        organization = OrganizationFactory(name="Çiğli Derneği", district=district("Çiğli"))
        ContactFactory(organization=organization, full_name="Su", email="su@b.example")
        OrganizationFactory(name="Ada Derneği")
        found = answer(app, "list")["organisations"]
        assert [one["name"] for one in found] == ["Ada Derneği", "Çiğli Derneği"]
        for typed in ("cigli", "ÇİĞLİ", "Ciğli"):
            (one,) = answer(app, "list", "--search", typed)["organisations"]
            assert (one["district"], one["kind"]) == ("Çiğli", "association")
            assert one["contacts"][0]["email"] == "su@b.example"
            assert one["contacts"][0]["phone"] == "0232 000 00 10"

    def test_the_list_tells_the_wider_record(self, app: Flask) -> None:
        big = OrganizationFactory(name="Büyük", org_type="federation")
        head = OrganizationFactory(name="Merkez")
        one = OrganizationFactory(
            name="Işık", tax_no="1234567890", public_benefit=True, parent=head, umbrellas=[big],
            founded_year=2004,
        )  # fmt: skip
        FormerNameFactory(organization=one, name="Eski Işık")
        ContactFactory(organization=one, is_deputy=True, active_from=date(2024, 3, 12))
        (told,) = answer(app, "list", "--search", "Işık")["organisations"]
        assert (told["branch_of"], told["member_of"]) == ("Merkez", ["Büyük"])
        assert (told["former_names"], told["tax_no"]) == (["Eski Işık"], "1234567890")
        assert (told["public_benefit"], told["tax_exempt"], told["ngo"]) == (True, False, True)
        (person,) = told["contacts"]
        assert (person["deputy"], person["from"], person["until"]) == (True, "2024-03-12", "")

    @pytest.mark.parametrize("command", ["import", "export", "list"])
    def test_help(self, app: Flask, command: str) -> None:
        assert "--json" in run(app, command, "--help").stdout
