"""The report pages."""

from typing import Any

from flask import Blueprint, Response, render_template

from coordinator.access import READERS, requires
from coordinator.reports import exports, queries

blueprint = Blueprint("reports", __name__, url_prefix="/raporlar", template_folder="templates")


@blueprint.get("")
@requires(READERS)
def windows() -> Any:
    return render_template("reports/windows.html", outcomes=queries.outcomes())


@blueprint.get("/ozel-gunler.csv")
@requires(READERS)
def windows_file() -> Response:
    return Response(
        exports.as_csv(queries.outcomes()),
        mimetype="text/csv",
        headers={"Content-Disposition": "attachment; filename=paydas-ozel-gunler.csv"},
    )
