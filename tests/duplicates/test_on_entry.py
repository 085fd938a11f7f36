"""When an organisation is added by hand, those that are probably the same are shown."""

import pytest
from flask import Flask

from coordinator.extensions import db
from coordinator.registry.likeness import Reason, alike
from coordinator.registry.models import Organization, OrganizationName
from tests.browser import Browser, counted_statements
from tests.duplicates.parts import merge
from tests.factories import OrganizationFactory

NEW = "/kuruluslar/yeni"


def why(**values: str) -> list[tuple[Organization, set[Reason]]]:
    db.session.commit()
    return [(one.organization, set(one.reasons)) for one in alike(**{"name": "Cemre", **values})]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("Mor Zeytin Kadın Derneği", Reason.SAME_NAME),
        ("mor zeytin kadın", Reason.NAME),
        ("Mor Zeytn Kadın Derneği", Reason.NAME),
        ("Mor Zeytin Kadınları Derneği", Reason.NAME),
        ("Мor Zеytin\u200b Kadın Derneği", Reason.LOOKS_SAME),
        ("Konak Mum Yakanlar", Reason.FORMER_NAME),
        ("MZD", Reason.SHORT_NAME),
    ],
)
def test_names(app: Flask, typed: str, reason: Reason) -> None:
    one = OrganizationFactory(name="Mor Zeytin Kadın Derneği", short_name="MZD")
    one.former_names.append(OrganizationName(name="Konak Mum Yakanlar Derneği"))
    assert why(name=typed) == [(one, {reason})]


def test_a_name_with_foreign_letters_is_found_by_its_plain_one(app: Flask) -> None:
    one = OrganizationFactory(name="Мor Zеytin Kadın Derneği")
    assert why(name="Mor Zeytin Kadın Derneği") == [(one, {Reason.LOOKS_SAME})]


def test_numbers_addresses_and_sites(app: Flask) -> None:
    one = OrganizationFactory(
        name="Akasya", registry_no="35-111-111", tax_no="1234567890", email="a@a.example",
        phone="+902321112233", website="http://www.a.example",
    )  # fmt: skip
    assert why(registry_no="35/111/111") == [(one, {Reason.REGISTRY_NO})]
    assert why(tax_no="1234567890") == [(one, {Reason.TAX_NO})]
    assert why(website="https://a.example/tr") == [(one, {Reason.WEBSITE})]
    assert why(email="a@a.example", phone="+902321112233") == [(one, {Reason.EMAIL, Reason.PHONE})]
    assert why(registry_no="35-111-112", website="https://b.example") == []


def test_the_weightiest_comes_first_and_merged_records_not_at_all(app: Flask) -> None:
    named = OrganizationFactory(name="Mor Zeytin")
    numbered = OrganizationFactory(name="Akasya", registry_no="35-111-111")
    gone = OrganizationFactory(name="Mor Zeytin Derneği")
    merge(named, gone)
    found = alike(name="Mor Zeytin", registry_no="35111111")
    assert [one.organization for one in found] == [numbered, named]
    assert [one.certain for one in found] == [True, False]


def test_a_register_number_that_is_here_is_certainly_the_same(staff: Browser) -> None:
    kept = OrganizationFactory(name="Akasya", registry_no="35-222-222")
    merge(kept, OrganizationFactory(name="Begonya", registry_no="35-111-111"))
    for typed in ("35 111 111", "35/222/222"):
        page = staff.get(NEW).submit(
            "Kuruluşu ekle", 409, name="Bambaşka", registry_no=typed, org_type="association"
        )
        assert "Akasya" in page.text
        assert "Yine de ekle" not in page.text


def test_the_page_tells_all_the_reasons(staff: Browser) -> None:
    OrganizationFactory(name="Akasya", phone="+902321112233")
    page = staff.get(NEW).submit(
        "Kuruluşu ekle", 409, name="Akasya Derneği", phone="0232 111 22 33", org_type="association"
    )
    assert "adı çok benziyor, telefonu aynı" in page.text


def test_the_register_is_not_read_whole(app: Flask) -> None:
    used = []
    for more in (3, 300):
        for number in range(more):
            OrganizationFactory(name=f"Mor Zeytin {number}")
        db.session.commit()
        with counted_statements() as statements:
            alike(name="Mor Zeytin 1", email="a@a.example", website="http://a.example")
        used.append(len(statements))
    assert used[0] == used[1] <= 6
