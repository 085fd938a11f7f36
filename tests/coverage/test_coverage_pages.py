"""The page on which one sees where nobody is, the table as a file, and the command."""

import csv
import io
import json
from typing import Any

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.registry.models import OrgType
from coordinator.registry.operations import vocabularies
from tests.browser import Browser, counted_statements
from tests.factories import OrganizationFactory, district
from tests.registry.terms import area, group


@pytest.fixture
def city(app: Flask) -> None:
    for name, where, areas in (
        ("A", "Konak", ("violence", "legal")),
        ("B", "Konak", ("violence",)),
        ("C", "Buca", ()),
        ("D", None, ("health",)),
    ):
        one = OrganizationFactory(name=name, district=district(where) if where else None)
        one.work_areas = [area(code) for code in areas]
        one.target_groups = [group("girls")] if name in "AD" else []
    OrganizationFactory(name="E", district=district("Kiraz"), org_type=OrgType.PUBLIC)
    db.session.commit()


@pytest.mark.usefixtures("city")
class TestThePage:
    def test_it_says_first_where_nobody_is(self, staff: Browser) -> None:
        page = staff.get("/kapsam")
        assert page.h1 == "Nerede kimse yok?"
        assert "5 faal kuruluş sayıldı. 27 ilçede kimse yok. 21 çalışma alanında" in page.text
        assert "Kınık: kimse yok" in page.text
        assert "Spor: kimse yok" in page.text
        assert page.text.index("Kınık: kimse yok") < page.text.index("İlçeler ve çalışma alanları")

    def test_rows_and_columns_with_nobody_say_so_in_words(self, staff: Browser) -> None:
        page = staff.get("/kapsam")
        heads = [one.get_text(" ", strip=True) for one in page.soup.select(".p-heat thead th")]
        assert heads[:3] == ["İlçe", "Kuruluşlar", "Kadına yönelik şiddetle mücadele"]
        assert "Spor : kimse yok" in heads
        rows = page.rows()
        assert rows[[row.split(" ")[0] for row in rows].index("Konak")].startswith("Konak 2 2 1 0")
        assert any(row.startswith("Kınık : kimse yok 0 0") for row in rows)

    def test_each_number_leads_to_the_list(self, staff: Browser) -> None:
        page = staff.get("/kapsam?kim=stk&hedef=girls")
        for cell in page.soup.select(".p-heat td a, .p-reach a.p-reach-number"):
            listed = staff.get(str(cell["href"]))
            assert cell.get_text(" ", strip=True).startswith(f"{len(listed.rows())}")

    def test_what_cannot_be_placed_is_shown_apart_with_the_list_to_mend(
        self, staff: Browser
    ) -> None:
        page = staff.get("/kapsam")
        assert "D" in staff.get(page.link("1 kuruluşun ilçesi yazılmamış")).rows()[0]
        listed = staff.get(page.link("2 kuruluşun çalışma alanı yazılmamış"))
        assert [row[0] for row in listed.rows()] == ["C", "E"]
        assert "Eksik: Çalışma alanı" in listed.text

    def test_one_district_or_one_field_is_shown_as_bars(self, staff: Browser) -> None:
        page = staff.get("/kapsam").submit("Göster", ilce="konak")
        chosen = page.soup.select_one("#secilen")
        assert chosen is not None
        text = chosen.get_text(" ", strip=True)
        assert text.startswith("Konak 22 çalışma alanında kimse yok:")
        assert len(chosen.select("li")) == 2
        chosen = staff.get("/kapsam?alan=legal").soup.select_one("#secilen")
        assert chosen is not None
        assert "29 ilçede kimse yok:" in chosen.get_text(" ", strip=True)
        chosen = staff.get("/kapsam?alan=legal&ilce=konak").soup.select_one("#secilen")
        assert chosen is not None
        assert chosen.get_text(" ", strip=True).endswith("hukuki destek 1 kuruluş")
        chosen = staff.get("/kapsam?alan=sport&ilce=konak").soup.select_one("#secilen")
        assert chosen is not None
        assert "kimse yok" in chosen.get_text()

    def test_what_is_counted_is_written_out_for_the_paper(self, staff: Browser) -> None:
        page = staff.get("/kapsam?kim=stk&hedef=girls")
        assert "Sayılan: Yalnız STK’lar. Hedef grup: Kız çocukları." in page.text
        assert "2 faal kuruluş sayıldı." in page.text

    @pytest.mark.parametrize(
        "query", ["hedef=yok", "kim=herkes", "ilce=yok&alan=yok", "hedef=%F0%9F%8C%8A&ilce=-1"]
    )
    def test_unknown_codes_are_left_out(self, staff: Browser, query: str) -> None:
        assert "5 faal kuruluş sayıldı." in staff.get(f"/kapsam?{query}").text

    def test_it_reads_in_english(self, staff: Browser) -> None:
        page = staff.get("/kapsam?dil=en")
        assert page.h1 == "Where is nobody?"
        assert "Kınık: nobody" in page.text
        assert "Sport: nobody" in page.text

    def test_readers_come_from_the_list_and_from_the_reports(
        self, staff: Browser, viewer: Browser
    ) -> None:
        for person in (staff, viewer):
            for path in ("/kuruluslar", "/raporlar"):
                assert person.get(person.get(path).link("Nerede kimse yok?")).path == "/kapsam"


def test_nobody_at_all_is_said_with_the_way_on(app: Flask, staff: Browser) -> None:
    page = staff.get("/kapsam?hedef=girls")
    assert "Burada sayılacak kimse yok" in page.text
    assert page.link("Bütün kuruluşları say") == "/kapsam"


def test_the_page_costs_the_same_at_every_size(app: Flask, staff: Browser) -> None:
    costs = []
    for size in (3, 297):
        for number in range(size):
            OrganizationFactory(name=f"{size} {number}").work_areas = [area("legal")]
        db.session.commit()
        with counted_statements() as statements:
            staff.get("/kapsam")
        costs.append(len(statements))
    assert costs[0] == costs[1]


@pytest.mark.usefixtures("city")
class TestFiles:
    def test_csv_is_what_a_turkish_spreadsheet_opens(self, staff: Browser) -> None:
        answer = staff.send("GET", "/kapsam/dosya?bicim=csv&kim=stk")
        assert answer.data.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
        assert rows[0][:3] == ["İlçe", "Kuruluşlar", "Kadına yönelik şiddetle mücadele"]
        assert rows[0][-1] == "Çalışma alanı yok"
        by_name = {row[0]: row[1:] for row in rows[1:]}
        assert by_name["Konak"][:3] == ["2", "2", "1"]
        assert by_name["Kınık"] == ["0"] * 27
        assert by_name["İlçe yok"][0] == "1"
        assert by_name["Bütün ilçeler"][0] == "4"

    def test_the_workbook_holds_numbers(self, staff: Browser) -> None:
        answer = staff.send("GET", "/kapsam/dosya")
        assert "kapsam-" in answer.headers["Content-Disposition"]
        rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0)
        by_name = {row[0]: row[1:] for row in rows.to_python()}
        assert by_name["Konak"][:3] == [2, 2, 1]
        assert by_name["Bütün ilçeler"][0] == 5

    def test_a_name_that_looks_like_a_formula_stays_text(self, staff: Browser) -> None:
        vocabularies.rename_term(
            term=area("sport"), version=1, name_tr='=HYPERLINK("x")', name_en="-1", actor=COMMAND
        )
        answer = staff.send("GET", "/kapsam/dosya?bicim=csv")
        assert "\"'=HYPERLINK(" in answer.get_data(as_text=True)
        answer = staff.send("GET", "/kapsam/dosya")
        rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0)
        assert '=HYPERLINK("x")' in rows.to_python()[0]

    def test_other_kinds_of_file_are_not_there(self, staff: Browser) -> None:
        staff.get("/kapsam/dosya?bicim=exe", 404)


@pytest.mark.usefixtures("city")
class TestTheCommand:
    def run(self, app: Flask, *words: str, status: int = 0) -> str:
        db.session.commit()
        result = app.test_cli_runner().invoke(args=["registry", "coverage", *words])
        assert result.exit_code == status, result.output
        return str(result.output)

    def answer(self, app: Flask, *words: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.run(app, *words, "--json"))
        return found

    def test_it_answers_with_the_table(self, app: Flask) -> None:
        told = self.answer(app)
        assert len(told["districts"]) == len(told["cells"]) == 30
        assert {len(row) for row in told["cells"]} == {len(told["areas"])} == {25}
        slugs = [one["slug"] for one in told["districts"]]
        codes = [one["code"] for one in told["areas"]]
        assert told["cells"][slugs.index("konak")][codes.index("violence")] == 2
        assert sum(map(sum, told["cells"])) == 3
        gap = next(one for one in told["gaps"] if one["district"] == "kinik")
        assert gap == {
            "district": "kinik", "area": None, "organisations": 0, "sentence": "Kınık: nobody",
        }  # fmt: skip
        assert (told["organisations"], told["without_district"], told["without_area"]) == (5, 1, 2)

    def test_it_counts_a_target_group_and_ngos(self, app: Flask) -> None:
        assert self.answer(app, "--group", "girls")["organisations"] == 2
        assert self.answer(app, "--ngos")["organisations"] == 4
        told = self.run(app, "--group", "kizlar", status=2)
        assert "there is no target group 'kizlar'" in told
        assert "girls" in told

    def test_without_json_it_is_a_table_to_read(self, app: Flask) -> None:
        lines = self.run(app).splitlines()
        konak = next(line for line in lines if line.startswith("Konak"))
        assert konak.split()[1:4] == ["2", "1", "."]
        assert "   1  Kadına yönelik şiddetle mücadele" in lines
        assert "Kınık: nobody" in lines
        assert len({len(line) for line in lines[:32]}) == 1

    def test_help_says_what_is_counted(self, app: Flask) -> None:
        told = self.run(app, "--help")
        assert "Show where nobody works" in told
        assert "Only those who work for this target group." in told
