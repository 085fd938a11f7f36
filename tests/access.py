"""Who may use which view, as the code says it: `python -m tests.access --write` brings the
committed table `tests/access.csv` in step; without `--write` it prints the table."""

import csv
import sys
import tempfile
from pathlib import Path
from typing import Any

from flask import Flask

import config
from coordinator import create_app
from coordinator.access import ADMINS, EVERYONE, READERS, REPRESENTATIVES, WRITERS

TABLE = Path(__file__).with_name("access.csv")
NAMES = {
    None: "public",
    ADMINS: "admins",
    WRITERS: "writers",
    READERS: "readers",
    REPRESENTATIVES: "representatives",
    EVERYONE: "everyone",
    WRITERS | REPRESENTATIVES: "writers and representatives",
}
Line = tuple[str, str, str]


def is_file(endpoint: str) -> bool:
    """Does the endpoint serve shipped files, which need no say?"""
    return endpoint == "static" or endpoint.endswith(".static")


def declared(view: Any) -> str:
    """Return the name of who may use the view."""
    if not hasattr(view, "access"):
        return "nobody says"
    return NAMES.get(view.access) or " and ".join(sorted(view.access))


def lines(app: Flask) -> list[Line]:
    """Return (endpoint, methods, who may use it) of every view."""
    methods: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        methods.setdefault(rule.endpoint, set()).update(rule.methods or set())
    return sorted(
        (endpoint, " ".join(sorted(names - {"HEAD", "OPTIONS"})),
         declared(app.view_functions[endpoint]))
        for endpoint, names in methods.items()
        if not is_file(endpoint)
    )  # fmt: skip


def committed() -> list[Line]:
    """Return the table as it is committed."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [(row[0], row[1], row[2]) for row in list(csv.reader(file))[1:]]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(config.from_environment({"INSTANCE_PATH": folder}))
        table = [("endpoint", "methods", "access"), *lines(app)]
    if "--write" in sys.argv:
        with TABLE.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(table)
    else:
        csv.writer(sys.stdout, lineterminator="\n").writerows(table)


if __name__ == "__main__":
    main()
