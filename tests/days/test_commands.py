"""`flask days …` takes the same road as the pages."""

import json

from flask import Flask

from coordinator.days import queries


def test_days_are_listed(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["days", "list", "--year", "2027", "--json"])
    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["year"], len(answer["days"])) == (0, 2027, 47)
    by_slug = {row["day"]: row for row in answer["days"]}
    assert by_slug["anneler-gunu"]["date"] == "2027-05-09"
    assert by_slug["16-gun"]["last"] == "2027-12-10"
    assert by_slug["25-kasim"]["window"] is None


def test_a_window_is_opened_and_left_as_it_is(app: Flask) -> None:
    runner = app.test_cli_runner()
    for _ in range(2):
        result = runner.invoke(args=["days", "open", "2027/25-kasim", "--json"])
        assert result.exit_code == 0
        assert json.loads(result.stdout) == {"window": "/ozel-gunler/2027/25-kasim"}
    assert len(queries.windows()) == 1


def test_a_wrong_name_ends_with_its_reason(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["days", "open", "2027/yok", "--json"])
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "Write it like 2026/25-kasim" in result.stderr
