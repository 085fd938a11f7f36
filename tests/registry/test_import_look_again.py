"""When an import is looked at again: by two people, after a merge, by the command."""

import json
from pathlib import Path

import pytest
from flask import Flask

from coordinator.extensions import db
from coordinator.registry.importing import batches, previews, saving
from coordinator.registry.models import (
    ImportBatch,
    ImportState,
    Organization,
)
from tests.browser import Browser
from tests.factories import OrganizationFactory
from tests.registry.lists import lines
from tests.registry.test_import_engine import long_list, looked_through, work_done
from tests.registry.uploads import UPLOAD, count, preview

pytestmark = pytest.mark.usefixtures("few_rows_are_many")


def test_two_people_save_the_same_list(staff: Browser, admin: Browser) -> None:
    first = looked_through(staff, long_list())
    second = admin.get(first.path)
    first.submit("12 satırı kaydet")
    assert second.submit("12 satırı kaydet").h1 == "Liste kaydediliyor"
    work_done()
    assert count(Organization) == 12
    assert second.submit("12 satırı kaydet").h1 == "Liste kaydedildi"


def test_a_merged_record_stands_for_another(app: Flask) -> None:
    kept = OrganizationFactory(name="Ege Kadın Derneği")
    merged = OrganizationFactory(name="Eski Ege Topluluğu", registry_no="35-001-001")
    merged.status, merged.merged_into_id = "merged", kept.id
    db.session.commit()
    read = batches.read_list(
        filename="a.csv",
        content=lines("Eski Ege Topluluğu;Su;su@ege.example", "Eski Ege;;;;;;35-001-001"),
        actor=saving.Actor("x", "page"),
    )
    plan = batches.planned(read)
    assert [row.match.known.id for row in plan.rows if row.match] == [kept.id, kept.id]


def test_who_began_an_import_is_led_back_to_it(staff: Browser, admin: Browser) -> None:
    assert "Aktarmaya devam et" not in staff.get("/kuruluslar").text
    preview(staff, long_list())
    assert staff.get("/kuruluslar").link("Aktarmaya devam et") == UPLOAD
    assert "Aktarmaya devam et" not in admin.get("/kuruluslar").text


def test_the_command_names_the_import(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "liste.csv"
    file.write_bytes(long_list())
    told = json.loads(
        app.test_cli_runner()
        .invoke(args=["registry", "import", str(file), "--apply", "--json"])
        .stdout
    )
    assert told["new"] == 12
    assert batches.find(told["import"]).state is ImportState.APPLIED


def test_the_kept_plan_is_the_plan(app: Flask) -> None:
    content = lines(
        "ADA DERNEĞİ;Su;ada(at)b;0232 1;Nere;Tuhaf;;uzay", "Ada Derneği;Ay;ay@b.example"
    )
    found = batches.start(filename="a.csv", content=content, actor=saving.Actor("x", "page"))
    fresh = previews.store(found, batches.planned(found))
    db.session.commit()
    stored = previews.Stored(db.session.get_one(ImportBatch, found.id)).some("", 0, 9)
    for kept, made in zip(stored, fresh.rows, strict=True):
        assert (kept.number, kept.outcome, kept.asks, kept.meant) == (
            made.number, made.outcome, made.asks, made.meant,
        )  # fmt: skip
        assert [str(one.message) for one in kept.problems] == [
            str(one.message) for one in made.problems
        ]
        assert [one.index for one in kept.problems] == [one.index for one in made.problems]
        assert [str(one.what) for one in kept.changes] == [str(one.what) for one in made.changes]
