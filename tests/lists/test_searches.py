"""Saved searches: they find anew each time, and never more than was meant."""

import pytest
from flask import Flask

from coordinator.actors import COMMAND
from coordinator.errors import RuleBroken, SavedMeanwhile
from coordinator.extensions import db
from coordinator.lists import operations, queries
from coordinator.lists.models import ListKind
from coordinator.registry import listing
from coordinator.registry.listing import Filters
from coordinator.registry.models import OrgStatus
from tests.factories import OrganizationFactory, district
from tests.lists.parts import group, names_on, saved


def test_a_saved_search_finds_what_fits_today(app: Flask) -> None:
    one = saved(ilce=["konak", "bornova"])
    OrganizationFactory(name="Konak Kadın Evi")
    bornova = OrganizationFactory(name="Bornova Kadın Evi", district=district("Bornova"))
    OrganizationFactory(name="Buca Kadın Evi", district=district("Buca"))
    db.session.commit()
    assert names_on(one) == ["Bornova Kadın Evi", "Konak Kadın Evi"]
    bornova.district = district("Buca")
    db.session.commit()
    assert names_on(one) == ["Konak Kadın Evi"]


def test_what_is_kept_is_what_stands_in_the_address(app: Flask) -> None:
    filters = Filters.read({"ara": "kadın", "ilce": ["konak"], "tur": "association"})
    one = operations.save_search(name="Dernekler", description="", filters=filters, actor=COMMAND)
    db.session.commit()
    db.session.expire_all()
    assert one.filters == filters.as_query()
    assert queries.filters_of(one) == filters


def test_merged_and_closed_ones_are_not_reached(app: Flask) -> None:
    OrganizationFactory(name="A", email="a@kurulus.example")
    OrganizationFactory(name="B", email="b@kurulus.example", status=OrgStatus.CLOSED)
    OrganizationFactory(name="C", email="c@kurulus.example", status=OrgStatus.MERGED)
    one = saved()
    assert names_on(one) == ["A", "B"]
    held = queries.held([one])[one.id]
    assert (held.organizations, held.at_work, held.reached, held.addresses) == (2, 1, 1, 1)


@pytest.mark.parametrize("name", ["konak", "KONAK", "  Konâk "])
def test_a_name_is_given_once(app: Flask, name: str) -> None:
    saved("Konak")
    with pytest.raises(operations.NameTaken, match="Konak") as refused:
        saved(name.strip())
    assert refused.value.field == "name"


@pytest.mark.parametrize("name", ["…", "-", "\u0301", "  !  "])
def test_a_name_needs_a_letter_or_a_number(app: Flask, name: str) -> None:
    with pytest.raises(RuleBroken, match="harf"):
        saved(name)


def test_a_search_without_filters_is_not_saved(app: Flask) -> None:
    with pytest.raises(RuleBroken, match="filtre"):
        operations.save_search(name="Hepsi", description="", filters=Filters(), actor=COMMAND)


def test_a_search_may_stand_on_a_group_and_not_on_a_search(app: Flask) -> None:
    konak = OrganizationFactory(name="Konak Kadın Evi")
    buca = OrganizationFactory(name="Buca Kadın Evi", district=district("Buca"))
    board = group(konak, buca)
    one = saved("Kuruldan Konak", ilce=["konak"], liste=board.public_id)
    assert names_on(one) == ["Konak Kadın Evi"]
    with pytest.raises(RuleBroken, match="Kuruldan Konak"):
        saved("Daha da dar", liste=one.public_id)
    with pytest.raises(RuleBroken, match="Kuruldan Konak"):
        operations.delete(one=board, version=board.version, actor=COMMAND)


@pytest.mark.parametrize(
    "kept",
    [
        {"liste": "aaaaaaaaaaaa", "ilce": ["konak"]},
        {"liste": "aaaaaaaaaaaa"},
        {"durum": "gone"},
        {"tur": ["association", "gone"]},
        {"gone": "x"},
        {},
    ],
)
def test_a_search_that_lost_a_part_finds_nobody(app: Flask, kept: dict[str, object]) -> None:
    OrganizationFactory()
    one = saved()
    one.filters = kept
    db.session.commit()
    assert queries.filters_of(one) is None
    assert names_on(one) == []
    assert queries.held([one])[one.id].organizations == 0
    assert list(db.session.scalars(listing.found(queries.only(one)))) == []
    with pytest.raises(RuleBroken):
        queries.filters_named(one.name)


def test_fixing_keeps_whom_it_finds_now(app: Flask) -> None:
    OrganizationFactory(name="A")
    one = saved()
    assert operations.fix(one=one, version=one.version, actor=COMMAND) == 1
    OrganizationFactory(name="B")
    db.session.commit()
    assert one.kind is ListKind.FIXED
    assert one.filters == {}
    assert names_on(one) == ["A"]
    with pytest.raises(RuleBroken):
        operations.fix(one=one, version=one.version, actor=COMMAND)


def test_two_who_change_one_list_do_not_overwrite_each_other(app: Flask) -> None:
    one = saved()
    db.session.commit()
    opened = one.version
    operations.rename(one=one, version=opened, name="Yeni", description="", actor=COMMAND)
    db.session.commit()
    for deed in (operations.fix, operations.delete):
        with pytest.raises(SavedMeanwhile):
            deed(one=one, version=opened, actor=COMMAND)
    with pytest.raises(SavedMeanwhile):
        operations.rename(one=one, version=opened, name="Eski", description="", actor=COMMAND)


def test_a_list_may_keep_its_name_and_change_its_letters(app: Flask) -> None:
    one = saved("konak")
    operations.rename(one=one, version=one.version, name="Konak", description="x", actor=COMMAND)
    assert (one.name, one.description) == ("Konak", "x")
    saved("Bornova", ilce=["bornova"])
    with pytest.raises(operations.NameTaken):
        operations.rename(
            one=one, version=one.version, name="bornova", description="", actor=COMMAND
        )


def test_another_search_can_take_its_place(app: Flask) -> None:
    OrganizationFactory(name="Buca Kadın Evi", district=district("Buca"))
    one = saved()
    operations.search_otherwise(
        one=one, version=one.version, filters=Filters.read({"ilce": ["buca"]}), actor=COMMAND
    )
    assert names_on(one) == ["Buca Kadın Evi"]
    with pytest.raises(RuleBroken):
        operations.search_otherwise(one=one, version=one.version, filters=Filters(), actor=COMMAND)


def test_a_saved_search_forgives_no_typing_error(app: Flask) -> None:
    zeytin = OrganizationFactory(name="Mor Zeytin Derneği")
    db.session.commit()
    with pytest.raises(RuleBroken, match="zeytun"):
        saved("Zeytin", ara="zeytun")
    one = saved("Zeytin", ara="zeytin")
    assert names_on(one) == ["Mor Zeytin Derneği"]
    zeytin.name = "Mor Zeytun Derneği"
    db.session.commit()
    assert names_on(one) == []
