"""Where is nobody, in sentences: empty districts, empty fields, and where there is least."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from coordinator.coverage.queries import Coverage, Line
from coordinator.i18n import number

EMPTIEST = 5


@dataclass(frozen=True)
class Gap:
    """A district or a field of work in which nobody, or hardly anybody, works."""

    line: Line
    of_district: bool
    sentence: str

    def as_json(self) -> dict[str, object]:
        return {
            "district": self.line.code if self.of_district else None,
            "area": None if self.of_district else self.line.code,
            "organisations": self.line.total,
            "sentence": self.sentence,
        }


def empty_districts(coverage: Coverage) -> list[Gap]:
    return [Gap(one, True, _nobody(one)) for one in coverage.districts if one.is_empty]


def empty_areas(coverage: Coverage) -> list[Gap]:
    return [Gap(one, False, _nobody(one)) for one in coverage.areas if one.is_empty]


def emptiest_districts(coverage: Coverage) -> list[Gap]:
    """Return the districts with the fewest organisations where some field has nobody."""
    offered = [area for area in coverage.areas if area.may_lack]
    found = [
        (one, sum(not coverage.at(one, area) for area in offered))
        for one in coverage.districts
        if one.total
    ]
    found = sorted((pair for pair in found if pair[1]), key=lambda pair: (pair[0].total, -pair[1]))
    return [Gap(one, True, _little(one, without)) for one, without in found[:EMPTIEST]]


def all_gaps(coverage: Coverage) -> list[Gap]:
    """Return the gaps, what is wholly empty first."""
    return [
        *empty_districts(coverage),
        *empty_areas(coverage),
        *emptiest_districts(coverage),
    ]


def summary(coverage: Coverage) -> str:
    """Return the whole table in a few words."""
    districts, areas = len(empty_districts(coverage)), len(empty_areas(coverage))
    told = [
        ngettext(
            "%(shown)s active organisation is counted.",
            "%(shown)s active organisations are counted.",
            coverage.total,
            shown=number(coverage.total),
        )
    ]
    if districts:
        told.append(
            ngettext(
                "There is nobody in %(num)s district.",
                "There is nobody in %(num)s districts.",
                districts,
            )
        )
    if areas:
        told.append(
            ngettext(
                "There is nobody in %(num)s field of work.",
                "There is nobody in %(num)s fields of work.",
                areas,
            )
        )
    if not districts and not areas:
        told.append(_("There is somebody in every district and every field of work."))
    return " ".join(str(one) for one in told)


def _nobody(line: Line) -> str:
    return str(_("%(name)s: nobody", name=line.name))


def _little(line: Line, without: int) -> str:
    here = ngettext(
        "%(shown)s organisation", "%(shown)s organisations", line.total, shown=number(line.total)
    )
    missing = ngettext(
        "nobody in %(num)s field of work", "nobody in %(num)s fields of work", without
    )
    return f"{line.name}: {here}, {missing}"
