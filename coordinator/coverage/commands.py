"""The table from the command line, by the same question as the page."""

from typing import Any

import click

from coordinator.command_line import as_json, in_turkish, tell
from coordinator.coverage import gaps, queries
from coordinator.coverage.queries import NGOS, Coverage, Cut
from coordinator.extensions import db
from coordinator.registry import queries as registry
from coordinator.registry.commands import group


@group.command("coverage")
@click.option("--group", "code", metavar="CODE", help="Only those who work for this target group.")
@click.option("--ngos", is_flag=True, help="Only organisations of citizens, no public bodies.")
@as_json
def show_coverage(code: str | None, ngos: bool, as_json: bool) -> None:
    """Show where nobody works.

    Active organisations are counted by district and field of work. An organisation counts in each
    of its fields, and once in its district.
    """
    cut = Cut.read({"hedef": code, "kim": NGOS if ngos else ""})
    if code and not cut.hedef:
        known = ", ".join(one.code for one in registry.target_group_terms() if not one.retired)
        raise click.BadParameter(f"there is no target group {code!r}. {known}", param_hint="CODE")
    with in_turkish():
        found = queries.coverage(cut)
    db.session.rollback()
    tell(as_data(found), as_json, as_lines(found))


def as_data(found: Coverage) -> dict[str, Any]:
    """Return the table as scripts read it: `cells` has a row for each district."""
    return {
        "districts": [
            {"slug": one.code, "name": one.name, "organisations": one.total}
            for one in found.districts
        ],
        "areas": [
            {"code": one.code, "name": one.name, "organisations": one.total, "retired": one.retired}
            for one in found.areas
        ],
        "cells": [
            [found.at(district, area) for area in found.areas] for district in found.districts
        ],
        "gaps": [gap.as_json() for gap in gaps.all_gaps(found)],
        "organisations": found.total,
        "without_district": found.no_district.total,
        "without_area": found.no_area.total,
        "group": found.cut.hedef or None,
        "ngos": bool(found.cut.kim),
    }


def as_lines(found: Coverage) -> list[str]:
    """Return the table as plain text: fields are numbered, and named below."""
    wide = max(len(one.name) for one in found.districts)
    numbers = [str(place) for place, _area in enumerate(found.areas, 1)]
    lines = [" " * wide + "".join(f"{one:>4}" for one in [*numbers, "="])]
    for district in found.districts:
        cells = [found.at(district, area) or "." for area in found.areas]
        row = "".join(f"{one:>4}" for one in [*cells, district.total])
        lines.append(f"{district.name:<{wide}}{row}")
    totals = "".join(f"{one:>4}" for one in [*(area.total for area in found.areas), found.total])
    lines += [f"{'=':<{wide}}{totals}", ""]
    lines += [f"{place:>4}  {area.name}" for place, area in enumerate(found.areas, 1)]
    return [*lines, "", gaps.summary(found), *(gap.sentence for gap in gaps.all_gaps(found))]
