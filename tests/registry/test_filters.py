"""The filters of the list: several values, criteria of other packages, kept and read again."""

import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from coordinator import clock
from coordinator.extensions import db
from coordinator.registry import listing
from coordinator.registry.listing.filters import Filters
from coordinator.registry.models import OrgType, TargetGroup, WorkArea
from tests.browser import Browser
from tests.factories import OrganizationFactory, district

KEPT = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


def names(**values: Any) -> list[str]:
    return [row.name for row in listing.organizations_page(Filters.read(values)).items]


def area(code: str) -> WorkArea:
    return db.session.execute(db.select(WorkArea).filter_by(code=code)).scalar_one()


@KEPT
@given(
    st.dictionaries(
        st.sampled_from(["ara", "ilce", "tur", "alan", "hedef", "durum", "tazelik", "katilim"]),
        st.one_of(
            st.text(max_size=250),
            st.lists(
                st.one_of(
                    st.text(max_size=90),
                    st.sampled_from(["konak", "bar", "active", "eski", "hic", "legal"]),
                ),
                max_size=5,
            ),
            st.none(),
            st.integers(),
        ),
    )
)
def test_what_stands_in_an_address_is_read_as_it_was(app: Flask, values: dict[str, Any]) -> None:
    filters = Filters.read(values)
    query = filters.as_query()
    assert Filters.read(query) == filters
    assert Filters.read(json.loads(json.dumps(query))) == filters
    assert Filters.read(MultiDict(query)) == filters
    assert len(listing.described(filters)) == len(filters.pairs())
    assert bool(filters) is bool(query)


def test_an_address_may_name_several_values(app: Flask) -> None:
    given = [
        ("ilce", "konak"),
        ("ilce", "bornova"),
        ("ilce", "konak"),
        ("tur", "bar"),
        ("tur", "x"),
    ]
    filters = Filters.read(MultiDict(given))
    assert (filters.ilce, filters.tur) == (("konak", "bornova"), ("bar",))
    assert filters.as_query() == {"ilce": ["konak", "bornova"], "tur": ["bar"]}
    assert filters.without("ilce", "konak").as_query() == {"ilce": ["bornova"], "tur": ["bar"]}
    assert filters.without("ilce").without("tur") == Filters()


def test_one_of_several_values_is_enough_and_filters_cut_together(app: Flask) -> None:
    group = db.session.scalars(db.select(TargetGroup).order_by(TargetGroup.id)).first()
    assert group is not None
    a = OrganizationFactory(name="A", district=district("Konak"), org_type=OrgType.BAR)
    b = OrganizationFactory(name="B", district=district("Bornova"), org_type=OrgType.UNION)
    OrganizationFactory(name="C", district=district("Buca"), org_type=OrgType.BAR)
    a.work_areas, b.work_areas, b.target_groups = [area("violence")], [area("legal")], [group]
    db.session.commit()
    assert names(ilce=["konak", "bornova"]) == ["A", "B"]
    assert names(ilce=["konak", "buca"], tur=["bar", "union"]) == ["A", "C"]
    assert names(alan=["violence", "legal"]) == ["A", "B"]
    assert names(alan=["violence", "legal"], ilce="bornova") == ["B"]
    assert names(hedef=group.code) == ["B"]
    assert names(hedef="nothing") == []


def test_a_merged_field_of_work_means_what_it_was_merged_into(app: Flask) -> None:
    old, new, other = area("legal"), area("violence"), area("health")
    old.merged_into_id, old.retired = new.id, True
    OrganizationFactory(name="A").work_areas = [new]
    OrganizationFactory(name="B").work_areas = [old]
    OrganizationFactory(name="C").work_areas = [other]
    db.session.commit()
    assert names(alan="legal") == names(alan="violence") == ["A", "B"]
    assert listing.described(Filters(alan=("legal",))) == [f"Çalışma alanı: {new.name_tr}"]


def test_freshness_is_that_of_the_last_check(app: Flask) -> None:
    today = clock.today()
    OrganizationFactory(name="A", verified_at=today - timedelta(days=364))
    OrganizationFactory(name="B", verified_at=today - timedelta(days=366))
    OrganizationFactory(name="C", verified_at=None)
    assert names(tazelik="yeni") == ["A"]
    assert names(tazelik="eski") == ["B", "C"]
    assert names(tazelik="nonsense") == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        (Filters(ara="mavi"), ["“mavi”"]),
        (Filters(ilce=("konak", "buca")), ["Konak", "Buca"]),
        (Filters(tur=("bar",), durum="ilgi"), ["Baro", "İlgi bekliyor"]),
        (Filters(tazelik="eski"), ["Bir yıldır kontrol edilmedi"]),
        (Filters(more=(("katilim", "hic"),)), ["Toplantılar: Hiç gelmedi"]),
    ],
)
def test_each_filter_is_said_in_words(app: Flask, filters: Filters, told: list[str]) -> None:
    with app.test_request_context():
        assert listing.described(filters) == told


def test_each_value_has_a_chip_and_the_folded_filters_are_counted(
    app: Flask, staff: Browser
) -> None:
    OrganizationFactory(name="A", district=district("Konak"))
    path = "/kuruluslar?ilce=konak&ilce=bornova&tur=association&tazelik=eski&katilim=hic"
    page = staff.get(path)
    chips = [chip.get_text(" ", strip=True) for chip in page.soup.select(".p-chips-active li")]
    assert [chip.removeprefix("Filtreyi kaldır: ") for chip in chips] == [
        "Konak", "Bornova", "Dernek", "Bir yıldır kontrol edilmedi", "Toplantılar: Hiç gelmedi",
    ]  # fmt: skip
    assert "Daha fazla filtre (5)" in page.text
    checked = [str(box["value"]) for box in page.soup.select("form [checked]")]
    assert sorted(checked) == ["association", "bornova", "konak"]
    assert not page.soup.select("select[name=ilce]")
    again = page.submit("Filtrele")
    assert set(parsed(again.path)) == set(parsed(path))
    fewer = staff.get(page.link("Bornova"))
    assert fewer.soup.select_one("select[name=ilce] [selected]")["value"] == "konak"


def parsed(path: str) -> list[tuple[str, str]]:
    return [
        (name, value)
        for part in path.partition("?")[2].split("&")
        for name, _, value in [part.partition("=")]
        if value
    ]


def test_other_places_of_the_register_stand_in_one_row(
    app: Flask, staff: Browser, viewer: Browser
) -> None:
    OrganizationFactory()
    row = staff.get("/kuruluslar").soup.select_one(".p-places")
    assert "Listeler" in row.get_text()
    assert "Çalışma alanları ve hedef gruplar" in row.get_text()
    seen_by_viewer = viewer.get("/kuruluslar").soup.select_one(".p-places")
    assert "Çalışma alanları ve hedef gruplar" not in seen_by_viewer.get_text()
