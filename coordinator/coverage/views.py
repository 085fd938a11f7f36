"""The page of the table, and the table as a file."""

import io
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, abort, render_template, request, send_file, url_for
from flask_babel import gettext as _

from coordinator.access import READERS, requires
from coordinator.coverage import exports, gaps, queries
from coordinator.coverage.queries import NGOS, Coverage, Cut, Line
from coordinator.i18n import language
from coordinator.registry import queries as registry

blueprint = Blueprint("coverage", __name__, url_prefix="/kapsam", template_folder="templates")
STEPS = (1, 2, 5, 10)
"""From how many organisations on a cell is drawn a shade darker."""


@blueprint.get("")
@requires(READERS)
def table() -> Any:
    found = queries.coverage(Cut.read(request.args))
    district = found.district(request.args.get("ilce", ""))
    area = found.area(request.args.get("alan", ""))
    return render_template(
        "coverage/table.html",
        coverage=found,
        choices=_choices(found),
        district=district,
        area=area,
        summary=gaps.summary(found),
        gaps=gaps,
        address=_Addresses(found),
        step=step,
        steps=STEPS,
    )


@blueprint.get("/dosya")
@requires(READERS)
def download() -> Any:
    """Give the table as a file."""
    kind = request.args.get("bicim", "xlsx")
    if kind not in exports.FORMATS:
        abort(404)
    content = exports.as_file(kind, queries.coverage(Cut.read(request.args)))
    return send_file(
        io.BytesIO(content),
        mimetype=exports.FORMATS[kind],
        as_attachment=True,
        download_name=exports.filename(kind),
    )


class _Addresses:
    """Where the numbers and the names of the table lead; asked for by the hundred."""

    def __init__(self, coverage: Coverage) -> None:
        self.coverage = coverage
        self.list = url_for("registry.organizations")
        self.here = url_for("coverage.table")

    def listed(self, district: Line | None = None, area: Line | None = None) -> str:
        """Return the list of those whom a number counts."""
        query = self.coverage.listed(district, area).as_query()
        return f"{self.list}?{urlencode(query, doseq=True)}"

    def district(self, line: Line) -> str:
        return self._chosen(ilce=line.code)

    def area(self, line: Line) -> str:
        return self._chosen(alan=line.code)

    def _chosen(self, **chosen: str) -> str:
        return f"{self.here}?{urlencode({**self.coverage.cut.as_query(), **chosen})}#secilen"


def step(count: int) -> int:
    """Return how dark a cell is drawn: 0 for nobody."""
    return sum(count >= least for least in STEPS)


def _choices(coverage: Coverage) -> dict[str, list[tuple[str, str]]]:
    """Return what each filter offers."""
    groups = registry.target_group_names(language())
    return {
        "hedef": [("", _("All")), *groups],
        "kim": [("", _("All stakeholders")), (NGOS, _("NGOs only"))],
        "ilce": [("", _("All")), *((one.code, one.name) for one in coverage.districts)],
        "alan": [("", _("All")), *((one.code, one.name) for one in coverage.areas)],
    }
