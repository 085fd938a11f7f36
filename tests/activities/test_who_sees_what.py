"""Activities as each reader sees them: staff, those who take part, strangers."""

import pytest
from flask import Flask

from coordinator import clock
from coordinator.access import Role
from coordinator.activities.models import (
    ActivityStatus,
    JointActivity,
    TaskStatus,
)
from coordinator.days.models import DayWindow
from coordinator.extensions import db
from tests.activities.making import late, partner, path_of, programme_path, representative, task
from tests.browser import Browser, counted_statements
from tests.factories import (
    DayWindowFactory,
    JointActivityFactory,
    OrganizationFactory,
    ProposalFactory,
    UserFactory,
)

# Who sees what.


@pytest.fixture
def shared(app: Flask) -> JointActivity:
    """An activity of three organisations: one leads, one joins, one has a task."""
    activity = JointActivityFactory(lead=OrganizationFactory(), title="KANARYA etkinlik")
    partner(activity, OrganizationFactory())
    task(activity, "KANARYA iş", responsible_org=OrganizationFactory())
    return activity


def test_those_who_take_part_see_it(app: Flask, shared: JointActivity) -> None:
    for organization in (
        shared.lead,
        shared.partners[0].organization,
        shared.tasks[0].responsible_org,
    ):
        assert organization is not None
        own = representative(app, organization)
        page = own.get(path_of(shared))
        assert page.h1 == "KANARYA etkinlik"
        assert "Düzenle" not in [one.get_text(strip=True) for one in page.soup.select("a.btn")]
        assert "KANARYA etkinlik" in own.get("/etkinlikler").text


def test_a_stranger_finds_nothing(app: Flask, shared: JointActivity) -> None:
    stranger = representative(app, OrganizationFactory())
    stranger.get(path_of(shared), 404)
    assert "KANARYA" not in stranger.get("/etkinlikler").text
    for query in ({"ara": "kanarya"}, {"kim": "biz"}, {"durum": "planned"}):
        assert "KANARYA" not in stranger.get("/etkinlikler", query=query).text
    tick = path_of(shared, "isler", shared.tasks[0].public_id, "tamam")
    token = stranger.get("/etkinlikler").soup.select_one("[name=csrf_token]")["value"]
    stranger.post(tick, {"csrf_token": token}, 404)
    assert shared.tasks[0].status is TaskStatus.OPEN


def test_only_the_responsible_organisation_ticks_off(app: Flask, shared: JointActivity) -> None:
    assert shared.lead is not None
    lead = representative(app, shared.lead)
    page = lead.get(path_of(shared))
    assert "Tamamla" not in page.text
    token = page.soup.select_one("[name=csrf_token]")["value"]
    tick = path_of(shared, "isler", shared.tasks[0].public_id, "tamam")
    lead.post(tick, {"csrf_token": token}, 404)
    assert shared.tasks[0].status is TaskStatus.OPEN


def test_the_shared_calendar_shows_own_and_public(app: Flask, shared: JointActivity) -> None:
    assert shared.lead is not None
    public = JointActivityFactory(window=shared.window, title="Açık söyleşi", is_public=True)
    JointActivityFactory(window=shared.window, title="Açık ama iptal", is_public=True,
                         status=ActivityStatus.CANCELLED)  # fmt: skip
    JointActivityFactory(window=shared.window, title="Kapalı hazırlık")
    own = representative(app, shared.lead)
    page = own.get("/etkinlikler")
    assert page.h1 == "Ortak takvim"
    assert len(page.rows()) == 2
    assert page.link("KANARYA etkinlik") == path_of(shared)
    assert page.link("Açık söyleşi") == f"{programme_path(shared.window)}/{public.public_id}"
    ours = own.get(page.link("Yalnız bizimkiler"))
    assert len(ours.rows()) == 1


def test_representatives_change_nothing(app: Flask, shared: JointActivity) -> None:
    assert shared.lead is not None
    own = representative(app, shared.lead)
    for path in (
        "/etkinlikler/yeni",
        path_of(shared, "degistir"),
        path_of(shared, "iptal"),
        path_of(shared, "sonuc"),
        path_of(shared, "ortaklar", "yeni"),
        path_of(shared, "isler", "yeni"),
        f"/ozel-gunler/{shared.window.year}/25-kasim",
    ):
        own.get(path, 403)


def test_a_viewer_changes_nothing(viewer: Browser, shared: JointActivity) -> None:
    page = viewer.get(path_of(shared))
    assert not page.soup.select("main form")
    viewer.get(path_of(shared, "degistir"), 403)


def test_somebody_without_account_is_asked_to_sign_in(
    browser: Browser, shared: JointActivity
) -> None:
    for path in ("/etkinlikler", path_of(shared)):
        answer = browser.send("GET", path)
        assert answer.status_code == 302
        assert answer.location.startswith("/giris")


def test_the_proposal_is_shown_to_those_it_concerns(app: Flask, shared: JointActivity) -> None:
    shared.proposal = ProposalFactory(title="ÖNERİ KANARYA", organization=shared.lead)
    assert shared.lead is not None
    assert "ÖNERİ KANARYA" in representative(app, shared.lead).get(path_of(shared)).text
    other = representative(app, shared.partners[0].organization)
    assert "ÖNERİ KANARYA" not in other.get(path_of(shared)).text


# The list.


def test_the_list_is_narrowed(staff: Browser) -> None:
    window, other = DayWindowFactory(), DayWindowFactory(year=clock.today().year + 2)
    JointActivityFactory(window=window, title="Çiğli’de ışık", status=ActivityStatus.DONE)
    JointActivityFactory(window=other, title="Sergi", starts_at=None)
    assert len(staff.get("/etkinlikler").rows()) == 2
    for query, number in (
        ({"ara": "CIGLI ISIK"}, 0),
        ({"ara": "cigli’de"}, 1),
        ({"ara": "IŞIK"}, 1),
        ({"ara": "%"}, 0),
        ({"pencere": other.public_id}, 1),
        ({"pencere": "yok"}, 0),
        ({"pencere": "yok"}, 0),
        ({"durum": "done"}, 1),
        ({"durum": "yok"}, 2),
        ({"gun": "2027-02-31"}, 2),
        ({"gun": "9999-12-31"}, 2),
        ({"gun": "2001-01-01"}, 0),
        ({"page": "99999999999999"}, 2),
        ({"page": "-1"}, 2),
        ({"page": "999999"}, 0),
    ):
        assert len(staff.get("/etkinlikler", query=query).rows()) == number, query


def test_the_empty_list_says_what_to_do(staff: Browser) -> None:
    assert "Henüz etkinlik yok" in staff.get("/etkinlikler").text


def filled(number: int) -> DayWindow:
    window: DayWindow = DayWindowFactory()
    for _each in range(number):
        activity = JointActivityFactory(window=window, lead=OrganizationFactory(), is_public=True)
        partner(activity, OrganizationFactory())
        task(activity, responsible_org=OrganizationFactory(), due_on=late())
    return window


def test_lists_ask_no_more_for_more(app: Flask) -> None:
    reader = Browser(app).sign_in(UserFactory(role=Role.VIEWER))
    organization = OrganizationFactory()
    own = representative(app, organization)
    counted = []
    for number in (3, 27):
        window = filled(number)
        activity = JointActivityFactory(window=window, lead=organization)
        for _each in range(number):
            partner(activity, OrganizationFactory())
            task(activity, responsible_org=OrganizationFactory())
        row = []
        for who, path in (
            (reader, "/etkinlikler"),
            (own, "/etkinlikler"),
            (own, path_of(activity)),
            (reader, programme_path(window)),
            (reader, f"/takvim/{window.feed_key}.ics"),
            (reader, f"/kuruluslar/{organization.public_id}"),
        ):
            db.session.commit()
            with counted_statements() as statements:
                who.get(path)
            row.append(len(statements))
        counted.append(row)
    assert counted[0] == counted[1]


def test_an_organisations_page_tells_of_its_activities(
    staff: Browser, shared: JointActivity
) -> None:
    shared.tasks[0].due_on = late()
    assert shared.lead is not None
    page = staff.get(f"/kuruluslar/{shared.lead.public_id}")
    assert page.link("KANARYA etkinlik") == path_of(shared)
    assert shared.tasks[0].responsible_org is not None
    page = staff.get(f"/kuruluslar/{shared.tasks[0].responsible_org.public_id}")
    assert "KANARYA iş" in page.text
    assert "gecikti" in page.text


def test_pages_speak_english(app: Flask, shared: JointActivity) -> None:
    browser = Browser(app, "en").sign_in(UserFactory())
    assert browser.get("/etkinlikler").h1 == "Activities"
    page = browser.get(path_of(shared))
    assert "Who takes part" in page.text
    for part in ("degistir", "iptal", "sonuc", "ortaklar/yeni", "isler/yeni"):
        browser.get(path_of(shared, part))
