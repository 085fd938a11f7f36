"""Lists from the command line: told, saved, taken out."""

import json
from pathlib import Path

import pytest
from flask import Flask

from coordinator.extensions import db
from coordinator.lists import queries
from coordinator.lists.models import ListKind
from tests.factories import ContactFactory, OrganizationFactory
from tests.lists.parts import group, names_on, saved


def run(app: Flask, *words: str, status: int = 0) -> str:
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["registry", *words])
    assert result.exit_code == status, result.output
    return result.output


def test_lists_are_told_as_json(app: Flask) -> None:
    one = OrganizationFactory(name="Işık")
    ContactFactory(organization=one)
    group(one, OrganizationFactory(), name="Kurul")
    saved("Konaktakiler", ilce=["konak"], tur=["association"])
    assert json.loads(run(app, "lists", "--json")) == {
        "lists": [
            {
                "name": "Konaktakiler",
                "kind": "search",
                "description": "",
                "organisations": 2,
                "addresses": 1,
                "filters": {"ilce": ["konak"], "tur": ["association"]},
            },
            {
                "name": "Kurul",
                "kind": "fixed",
                "description": "",
                "organisations": 2,
                "addresses": 1,
                "filters": {},
            },
        ]
    }
    assert "Kurul: 2 organisations, 1 addresses" in run(app, "lists")


def test_without_lists_there_is_an_empty_list(app: Flask) -> None:
    assert json.loads(run(app, "lists", "--json")) == {"lists": []}


def test_a_search_is_saved_by_its_codes(app: Flask) -> None:
    OrganizationFactory(name="Işık")
    run(app, "list-save", "Yakın", "--district", "konak", "--district", "buca", "--search", "ışık")
    (one,) = queries.all_lists()
    assert one.kind is ListKind.SEARCH
    assert one.filters == {"ara": "ışık", "ilce": ["konak", "buca"]}
    assert names_on(one) == ["Işık"]
    again = run(app, "list-save", "YAKIN", "--district", "konak", status=1)
    assert "There is a list called “Yakın” already" in again
    assert "at least one filter" in run(app, "list-save", "Hepsi", status=1)
    assert "konak" in run(app, "list-save", "Yok", "--district", "Konakk", status=2)
    assert "active" in run(app, "list-save", "Yok", "--status", "asleep", status=2)


@pytest.mark.parametrize("name", ["Kurul", "KURUL", " kurul "])
def test_a_list_is_taken_out_by_its_name(app: Flask, tmp_path: Path, name: str) -> None:
    group(OrganizationFactory(name="Işık Derneği"), name="Kurul")
    OrganizationFactory(name="Başkası")
    file = tmp_path / "liste.csv"
    run(app, "export", str(file), "--list", name)
    text = file.read_text("utf-8-sig")
    assert "Işık Derneği" in text
    assert "Başkası" not in text


def test_an_unknown_name_names_the_lists(app: Flask, tmp_path: Path) -> None:
    group(name="Kurul")
    saved("Konaktakiler")
    told = run(app, "export", str(tmp_path / "a.csv"), "--list", "Yok böyle", status=1)
    assert "Konaktakiler, Kurul" in told
    assert not (tmp_path / "a.csv").exists()


def test_a_search_that_lost_a_part_is_not_taken_out(app: Flask, tmp_path: Path) -> None:
    OrganizationFactory()
    saved("Konaktakiler").filters = {"durum": "gone"}
    told = run(app, "export", str(tmp_path / "a.csv"), "--list", "Konaktakiler", status=1)
    assert "A filter of this saved search is no longer there" in told
