"""Where is nobody: counted by district, field of work and target group."""

import pytest
from flask import Flask

from coordinator.actors import COMMAND
from coordinator.coverage import gaps, queries
from coordinator.coverage.queries import Coverage, Cut
from coordinator.extensions import db
from coordinator.registry import listing
from coordinator.registry.models import Organization, OrgStatus, OrgType, WorkArea
from coordinator.registry.operations import vocabularies
from tests.browser import counted_statements
from tests.factories import OrganizationFactory, district
from tests.registry.terms import area, group


def works(
    name: str, where: str | None, *areas: str, groups: tuple[str, ...] = (), **values: object
) -> Organization:
    place = district(where) if where else None
    one: Organization = OrganizationFactory(name=name, district=place, **values)
    one.work_areas = [area(code) for code in areas]
    one.target_groups = [group(code) for code in groups]
    db.session.commit()
    return one


def counted(**cut: str) -> Coverage:
    return queries.coverage(Cut.read(cut))


def at(found: Coverage, slug: str, code: str) -> int:
    place, field = found.district(slug), found.area(code)
    assert place is not None
    assert field is not None
    return found.at(place, field)


@pytest.fixture
def city(app: Flask) -> None:
    works("A", "Konak", "violence", "legal", groups=("women", "girls"))
    works("B", "Konak", "violence", groups=("girls",))
    works("C", "Buca", "health", org_type=OrgType.PUBLIC)
    works("D", None, "health", groups=("women",))
    works("E", "Buca")
    works("F", None)
    for status in set(OrgStatus) - {OrgStatus.ACTIVE}:
        works(f"Not {status}", "Kınık", "sport", groups=("women",), status=status)


@pytest.mark.usefixtures("city")
class TestCounting:
    def test_each_cell_counts_the_active_organisations(self) -> None:
        found = counted()
        assert at(found, "konak", "violence") == 2
        assert at(found, "konak", "legal") == 1
        assert at(found, "buca", "health") == 1
        assert at(found, "kinik", "sport") == 0
        assert found.total == 6

    def test_an_organisation_of_two_fields_counts_once_in_its_district(self) -> None:
        totals = {one.code: one.total for one in counted().districts if one.total}
        assert totals == {"konak": 2, "buca": 2}

    def test_a_field_counts_those_without_a_district_as_well(self) -> None:
        totals = {one.code: one.total for one in counted().areas if one.total}
        assert totals == {"violence": 2, "legal": 1, "health": 2}

    def test_those_without_a_district_or_a_field_stand_apart(self) -> None:
        found = counted()
        assert (found.no_district.total, found.no_area.total) == (2, 2)
        assert found.at(found.no_district, found.no_area) == 1
        assert [one.id for one in (found.rows[-1], found.columns[-1])] == [None, None]

    def test_only_those_who_work_for_a_target_group(self) -> None:
        found = counted(hedef="girls")
        assert found.total == 2
        assert at(found, "konak", "violence") == 2
        assert counted(hedef="women").total == 2
        assert counted(hedef="lgbti").total == 0
        assert counted(hedef="yok").total == 6

    def test_only_organisations_of_citizens(self) -> None:
        found = counted(kim="stk")
        assert found.total == 5
        assert at(found, "buca", "health") == 0
        assert counted(kim="baska").total == 6

    @pytest.mark.parametrize("cut", [{}, {"hedef": "girls"}, {"kim": "stk"}, {"hedef": "women"}])
    def test_each_number_is_that_of_the_list_to_which_it_leads(self, cut: dict[str, str]) -> None:
        found = counted(**cut)

        def listed(*where: object) -> int:
            filters = found.listed(*where)  # type: ignore[arg-type]
            assert listing.Filters.read(filters.as_query()) == filters
            return listing.organizations_page(filters).total

        assert listed() == found.total
        lacking = (found.no_district, found.no_area)
        for row in (*found.districts, lacking[0]):
            if row.total or row.id is None:
                assert listed(row) == row.total
            for column in (*found.areas, lacking[1]):
                if found.at(row, column) or row.id is None:
                    assert listed(row, column) == found.at(row, column)
        for column in (*found.areas, lacking[1]):
            assert listed(None, column) == column.total


class TestGaps:
    @pytest.mark.usefixtures("city")
    def test_districts_and_fields_with_nobody_are_named(self) -> None:
        found = counted()
        empty = [gap.sentence for gap in gaps.empty_districts(found)]
        assert len(empty) == 28
        assert "Kınık: kimse yok" in empty
        assert "Konak: kimse yok" not in empty
        fields = [gap.sentence for gap in gaps.empty_areas(found)]
        assert "Spor: kimse yok" in fields
        assert "Diğer: kimse yok" not in fields
        assert len(fields) == 21
        assert gaps.summary(found) == (
            "6 faal kuruluş sayıldı. 28 ilçede kimse yok. 21 çalışma alanında kimse yok."
        )

    def test_the_emptiest_districts_come_with_how_much_is_missing(self, app: Flask) -> None:
        works("A", "Kınık", "sport", "health")
        works("B", "Kiraz", "sport")
        works("C", "Konak", "sport")
        works("D", "Konak", "legal")
        assert [gap.sentence for gap in gaps.emptiest_districts(counted())] == [
            "Kiraz: 1 kuruluş, 23 çalışma alanında kimse yok",
            "Kınık: 1 kuruluş, 22 çalışma alanında kimse yok",
            "Konak: 2 kuruluş, 22 çalışma alanında kimse yok",
        ]

    def test_where_there_is_somebody_everywhere_it_says_so(self, app: Flask) -> None:
        every = list(db.session.scalars(db.select(WorkArea)))
        for place in counted().districts:
            OrganizationFactory(district=district(place.name)).work_areas = every
        db.session.commit()
        found = counted()
        assert gaps.all_gaps(found) == []
        assert "Her ilçede ve her çalışma alanında bir kuruluş var." in gaps.summary(found)


class TestTheLists:
    def test_a_merged_field_counts_in_the_one_that_took_its_place(self, app: Flask) -> None:
        works("A", "Konak", "media")
        vocabularies.merge_term(term=area("media"), into=area("culture"), version=1, actor=COMMAND)
        db.session.commit()
        found = counted()
        assert found.area("media") is None
        assert at(found, "konak", "culture") == 1

    def test_a_retired_field_is_shown_while_it_describes_somebody_but_is_no_gap(
        self, app: Flask
    ) -> None:
        works("A", "Konak", "media")
        for code in ("media", "sport"):
            vocabularies.retire_term(term=area(code), version=1, actor=COMMAND)
        db.session.commit()
        found = counted()
        assert at(found, "konak", "media") == 1
        assert found.area("sport") is None
        assert "Spor: kimse yok" not in [gap.sentence for gap in gaps.all_gaps(found)]

    def test_two_statements_count_three_and_three_hundred(self, app: Flask) -> None:
        costs = []
        places = counted().districts
        for size in (3, 297):
            for number in range(size):
                where = district(places[number % 30].name)
                one = OrganizationFactory(name=f"{size} {number}", district=where)
                one.work_areas = [area("legal"), area("health")]
                one.target_groups = [group("women")]
            db.session.commit()
            with counted_statements() as statements:
                assert counted(hedef="women", kim="stk").total in {3, 300}
            costs.append([one for one in statements if not one.startswith(("BEGIN", "PRAGMA"))])
        assert len(costs[0]) == len(costs[1])
        assert sum("count(" in one for one in costs[1]) == 1
