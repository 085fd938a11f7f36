"""What others ask: counts of windows, late tasks, what an organisation has to do."""

import json
from datetime import timedelta

import pytest
from flask import Flask

from coordinator import clock
from coordinator.activities.models import ActivityStatus, TaskStatus
from coordinator.activities.queries import activities as queries
from coordinator.activities.queries.activities import Counts
from coordinator.extensions import db
from tests.activities.making import late, partner, task
from tests.factories import DayWindowFactory, JointActivityFactory, OrganizationFactory


def test_counts_of_windows(app: Flask) -> None:
    window, empty = DayWindowFactory(), DayWindowFactory(year=clock.today().year + 2)
    JointActivityFactory(
        window=window, status=ActivityStatus.DONE, reached_women=5, reached_children=2
    )
    JointActivityFactory(window=window)
    JointActivityFactory(window=window, status=ActivityStatus.CANCELLED, reached_men=9)
    counted = queries.window_counts([window.id, empty.id])
    assert counted == {window.id: Counts(2, 1, 7), empty.id: Counts(0, 0, 0)}
    assert queries.window_counts([]) == {}


def test_late_tasks_are_open_and_of_something_that_is_on(app: Flask) -> None:
    activity = JointActivityFactory()
    cancelled = JointActivityFactory(status=ActivityStatus.CANCELLED)
    task(activity, "dün", due_on=late(1))
    task(activity, "geçen hafta", due_on=late(7), status=TaskStatus.DOING)
    task(activity, "bugün", due_on=clock.today())
    task(activity, "bitti", due_on=late(7), status=TaskStatus.DONE)
    task(activity, "vazgeçildi", due_on=late(7), status=TaskStatus.DROPPED)
    task(cancelled, "iptal", due_on=late(7))
    assert [one.title for one in queries.late_tasks()] == ["geçen hafta", "dün"]
    assert queries.count_late_tasks() == 2


def test_what_organisations_have_to_do(app: Flask) -> None:
    ours, theirs = OrganizationFactory(), OrganizationFactory()
    activity = JointActivityFactory()
    task(activity, "sonra", responsible_org=ours)
    task(activity, "önce", responsible_org=ours, due_on=clock.today() + timedelta(days=1))
    task(activity, "bitti", responsible_org=ours, status=TaskStatus.DONE)
    task(activity, "onların", responsible_org=theirs)
    assert [one.title for one in queries.tasks_of([ours.id])] == ["önce", "sonra"]


def test_the_activities_of_an_organisation(app: Flask) -> None:
    ours = OrganizationFactory()
    leads = JointActivityFactory(lead=ours, starts_at=clock.now())
    joins = JointActivityFactory(starts_at=clock.now() + timedelta(days=1))
    partner(joins, ours)
    does = JointActivityFactory(starts_at=None)
    task(does, responsible_org=ours)
    JointActivityFactory()
    assert list(queries.of_organization(ours.id)) == [does, joins, leads]


def test_the_command_lists(app: Flask) -> None:
    window = DayWindowFactory()
    JointActivityFactory(window=window, lead=OrganizationFactory(name="Körfez"))
    JointActivityFactory(
        window=DayWindowFactory(year=clock.today().year + 2), title="Öbür yıl", starts_at=None
    )
    db.session.commit()
    runner = app.test_cli_runner()
    name = f"{window.year}/25-kasim"
    answer = runner.invoke(args=["activities", "list", "--window", name, "--json"])
    assert answer.exit_code == 0
    (row,) = json.loads(answer.output)["activities"]
    assert (row["title"], row["lead"], row["window"]) == ("Işıkla yürüyoruz", "Körfez", name)
    everything = runner.invoke(args=["activities", "list"])
    assert "Öbür yıl" in everything.output


@pytest.mark.parametrize("name", ["yok", "2027/yok", ""])
def test_the_command_knows_no_such_window(app: Flask, name: str) -> None:
    answer = app.test_cli_runner().invoke(args=["activities", "list", "--window", name, "--json"])
    assert answer.exit_code == (1 if name else 0)


def test_what_comes_stands_before_what_is_past(app: Flask) -> None:
    now = clock.now()
    moments = {"dün": -2, "geçen ay": -30, "yarın": 1, "gelecek ay": 30, "günsüz": None}
    for title, days in moments.items():
        starts = None if days is None else now + timedelta(days=days)
        JointActivityFactory(title=title, starts_at=starts)
    listed = queries.listing(queries.Filters(), 1)
    assert [one.title for one in listed.items] == [
        "yarın",
        "gelecek ay",
        "günsüz",
        "dün",
        "geçen ay",
    ]
