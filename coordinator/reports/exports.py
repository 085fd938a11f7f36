"""Reports as files that a Turkish spreadsheet opens by double click."""

import csv
import io
from collections.abc import Iterable

from flask_babel import gettext as _

from coordinator import i18n
from coordinator.reports.queries import Outcome


def as_csv(outcomes: Iterable[Outcome]) -> bytes:
    """Return the outcomes as CSV: UTF-8 with a byte order mark, semicolons."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        [
            _("Special day"), _("Day"), _("Invited"), _("Answered"), _("Came"), _("Proposals"),
            _("Accepted"), _("Activities"), _("Completed"), _("People reached"),
        ]
    )  # fmt: skip
    for one in outcomes:
        writer.writerow(
            [
                _defused(one.window.special_day.name(i18n.language())),
                i18n.typed(one.window.starts_on),
                one.invited, one.answered, one.came, one.proposals, one.accepted,
                one.activities, one.done, one.reached,
            ]
        )  # fmt: skip
    return ("\ufeff" + file.getvalue()).encode()


def _defused(text: str) -> str:
    """Keep a spreadsheet from reading a name as a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text
