"""Activities on their pages: made, changed, moved, shared; who sees what."""

from datetime import time, timedelta

import pytest
from flask import Flask

from coordinator import clock
from coordinator.access import Role
from coordinator.activities.models import (
    ActivityPartner,
    ActivityStatus,
    ActivityTask,
    ActivityType,
    JointActivity,
    PartnerRole,
    TaskStatus,
)
from coordinator.days.models import DayWindow
from coordinator.extensions import db
from coordinator.outbox.models import OutboxLetter
from coordinator.proposals.models import ProposalStatus
from coordinator.registry.models import Organization
from tests.activities.making import late, partner, programme_path, task
from tests.browser import Browser, Page, counted_statements
from tests.factories import (
    ContactFactory,
    DayWindowFactory,
    JointActivityFactory,
    OrganizationFactory,
    ProposalFactory,
    UserFactory,
    represent,
)


def path_of(activity: JointActivity, *more: str) -> str:
    return "/".join(["/etkinlikler", activity.public_id, *more])


def only() -> JointActivity:
    return db.session.execute(db.select(JointActivity)).scalar_one()


def representative(app: Flask, organization: Organization) -> Browser:
    return Browser(app).sign_in(represent(organization))


def errors(page: Page) -> list[str]:
    return [" ".join(one.get_text(" ").split()) for one in page.soup.select(".p-error")]


# Made of a proposal.


def test_one_step_from_an_accepted_proposal(staff: Browser) -> None:
    proposal = ProposalFactory(
        status=ProposalStatus.ACCEPTED, title="Işıkla yürüyoruz", place="Konak Meydanı"
    )
    path = f"/etkinlikler/yeni?oneri={proposal.public_id}"
    page = staff.get(path).submit("Kaydet")
    made = only()
    assert page.path == path_of(made)
    assert (made.title, made.summary, made.place, made.lead, made.proposal, made.window) == (
        proposal.title,
        proposal.summary,
        "Konak Meydanı",
        proposal.organization,
        proposal,
        proposal.call.window,
    )
    assert made.activity_type is ActivityType.MARCH
    assert staff.get(path).path == path_of(made)


def test_a_proposal_becomes_an_activity_once(staff: Browser) -> None:
    proposal = ProposalFactory(status=ProposalStatus.ACCEPTED)
    form = staff.get(f"/etkinlikler/yeni?oneri={proposal.public_id}")
    form.submit("Kaydet")
    again = form.submit("Kaydet", 409, title="Bir daha")
    assert "Bu öneri daha önce etkinliğe dönüştü." in again.text
    assert only().title == proposal.title


def test_only_accepted_ones(staff: Browser) -> None:
    proposal = ProposalFactory(status=ProposalStatus.SUBMITTED)
    page = staff.get(f"/etkinlikler/yeni?oneri={proposal.public_id}").submit("Kaydet", 409)
    assert "Yalnız kabul edilen öneri etkinliğe dönüşür." in page.text
    for unknown in ("yokyokyokyok", "ç"):
        staff.get(f"/etkinlikler/yeni?oneri={unknown}", 404)
        staff.get(f"/etkinlikler/yeni?pencere={unknown}", 404)


def test_the_proposal_shows_what_it_became(staff: Browser, app: Flask) -> None:
    proposal = ProposalFactory(status=ProposalStatus.ACCEPTED, decided_at=clock.now())
    shown = staff.get(f"/oneriler/{proposal.public_id}")
    form = staff.get(shown.link("Etkinliğe dönüştür"))
    day = proposal.call.window.starts_on
    form.submit("Kaydet", starts_on=day.strftime("%d.%m.%Y"), starts_clock="10.00")
    again = staff.get(f"/oneriler/{proposal.public_id}")
    assert "Etkinliğe dönüştür" not in again.text
    assert again.link(proposal.title)
    own = representative(app, proposal.organization).get(f"/oneriler/{proposal.public_id}")
    assert own.link(proposal.title) == path_of(only())


def test_a_completed_activity_realises_its_proposal(staff: Browser) -> None:
    proposal = ProposalFactory(status=ProposalStatus.ACCEPTED)
    activity = JointActivityFactory(
        proposal=proposal, window=proposal.call.window, starts_at=clock.now() - timedelta(days=1)
    )
    staff.get(path_of(activity, "sonuc")).submit("Kaydet", reached_women="120")
    assert proposal.status is ProposalStatus.REALISED
    assert activity.status is ActivityStatus.DONE


# Typed.


def test_what_is_typed_is_kept(staff: Browser, app: Flask) -> None:
    window, lead = DayWindowFactory(), OrganizationFactory()
    day = window.starts_on
    page = staff.get(f"/etkinlikler/yeni?pencere={window.public_id}").submit(
        "Kaydet",
        title="  Haklarımız   elimizde ",
        kind="workshop",
        summary="Bir\nİki",
        starts_on=day.strftime("%d.%m.%Y"),
        starts_clock="14.00",
        ends_clock="17.30",
        place="Bostanlı Kadın Evi",
        place_district="karsiyaka",
        access_services=["childcare", "captions"],
        leader=lead.public_id,
        visibility="public",
        expected="60",
    )
    made = only()
    assert page.h1 == "Haklarımız elimizde"
    assert (made.starts_at, made.ends_at) == (
        clock.at(day, time(14)),
        clock.at(day, time(17, 30)),
    )
    assert (made.summary, made.place, made.lead, made.expected, made.is_public) == (
        "Bir\nİki",
        "Bostanlı Kadın Evi",
        lead,
        60,
        True,
    )
    assert made.access_services == ["captions", "childcare"]
    assert made.district is not None
    assert made.district.slug == "karsiyaka"
    assert made.status is ActivityStatus.PLANNED
    unchanged = staff.get(path_of(made, "degistir")).submit("Kaydet")
    assert unchanged.h1 == "Haklarımız elimizde"
    assert made.version == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": ""}, "Etkinliğin adını yazın."),
        ({"title": "a" * 201}, "200"),
        ({"title": "Ayşe 10000000146"}, "T.C. kimlik"),
        ({"summary": "x" * 10_000}, "3000"),
        ({"kind": "yok"}, "seçin"),
        ({"leader": "yok"}, "seçin"),
        ({"place_district": "yok\x00"}, "seçin"),
        ({"access_services": ["diet"]}, "Listeden seçin."),
        ({"starts_on": "31.02.2027", "starts_clock": "10"}, "12.11.2026"),
        ({"starts_on": "01.01.0001", "starts_clock": "10"}, "12.11.2026"),
        ({"starts_on": "31.12.9999", "starts_clock": "23.59"}, "12.11.2026"),
        ({"starts_on": "25.11.2027"}, "Başlangıç saatini de yazın."),
        ({"starts_clock": "10.00"}, "Günü de yazın."),
        ({"starts_on": "25.11.2027", "starts_clock": "25.00"}, "14.00"),
        ({"starts_on": "25.11.2027", "starts_clock": "10", "ends_on": "26.11.2027"}, "Bitiş"),
        ({"expected": "-1"}, "0"),
        ({"expected": "٣"}, "0"),
        ({"expected": "99999999999999"}, "0"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_it(
    staff: Browser, typed: dict[str, object], said: str
) -> None:
    window = DayWindowFactory()
    form = staff.get(f"/etkinlikler/yeni?pencere={window.public_id}")
    page = form.submit("Kaydet", 422, **{"title": "Yürüyüş", "place": "Konak", **typed})
    assert len(errors(page)) == 1
    assert said in errors(page)[0]
    assert page.soup.select_one("#place")["value"] == "Konak"
    assert db.session.scalars(db.select(JointActivity)).all() == []


def test_it_cannot_end_before_it_starts(staff: Browser) -> None:
    window = DayWindowFactory()
    typed = {"title": "Yürüyüş", "starts_on": "25.11.2027", "starts_clock": "18.00"}
    form = staff.get(f"/etkinlikler/yeni?pencere={window.public_id}")
    page = form.submit("Kaydet", 409, **typed, ends_clock="17.00")
    assert "Bitiş başlangıçtan sonra olmalı." in errors(page)[0]
    assert page.soup.select_one("#ends_clock")["value"] == "17.00"
    page.submit("Kaydet", ends_clock="02.00", ends_on="26.11.2027")
    assert only().ends_at == clock.at(window.starts_on, time(2)) + timedelta(days=1)


HOSTILE = (
    "<script>alert(1)</script>",
    "‮ters‬ 🌸🏳️‍🌈 שלום",
    "İIıi'\"; DROP TABLE joint_activity; --",
    "ﷺ" * 200,
    "a\x00b\r\nc",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_strange_texts_are_shown_as_they_are(staff: Browser, browser: Browser, text: str) -> None:
    window = DayWindowFactory()
    staff.get(f"/etkinlikler/yeni?pencere={window.public_id}").submit(
        "Kaydet",
        title=text,
        summary=text,
        place=text,
        starts_on=window.starts_on.strftime("%d.%m.%Y"),
        starts_clock="10.00",
        visibility="public",
    )
    made = only()
    assert "\x00" not in made.title
    assert "\u202e" not in made.title
    for page in (
        staff.get(path_of(made)),
        staff.get("/etkinlikler", query={"ara": made.title[:20]}),
        staff.get(f"/ozel-gunler/{window.year}/25-kasim"),
        browser.get(programme_path(window)),
        browser.get(f"{programme_path(window)}/{made.public_id}"),
    ):
        assert not page.soup.find("script", string="alert(1)")


# Changed by two at once.


def test_a_stale_form_shows_both_values(staff: Browser, admin: Browser) -> None:
    activity = JointActivityFactory(title="Yürüyüş", place="Konak")
    opened = staff.get(path_of(activity, "degistir"))
    admin.get(path_of(activity, "degistir")).submit("Kaydet", place="Bornova", kind="panel")
    refused = opened.submit("Kaydet", 409, title="Büyük yürüyüş")
    stored = [" ".join(one.get_text(" ").split()) for one in refused.soup.select(".p-stored")]
    assert stored == [
        "Şu anda kayıtlı: Yürüyüş",
        "Şu anda kayıtlı: Panel",
        "Şu anda kayıtlı: Bornova",
    ]
    assert refused.soup.select_one("#title")["value"] == "Büyük yürüyüş"
    assert activity.title == "Yürüyüş"
    refused.submit("Kaydet")
    assert (activity.title, activity.place) == ("Büyük yürüyüş", "Konak")


def test_stale_tasks_partners_and_outcomes_are_refused(staff: Browser, admin: Browser) -> None:
    activity, organization = JointActivityFactory(), OrganizationFactory()
    partner(activity, organization)
    one = task(activity, "Afiş", responsible_name="Basın")
    for path, typed in (
        (path_of(activity, "isler", one.public_id, "degistir"), {"title": "Poster"}),
        (
            path_of(activity, "ortaklar", organization.public_id, "degistir"),
            {"contribution": "Salon"},
        ),
        (path_of(activity, "sonuc"), {"reached_men": "3"}),
    ):
        opened = staff.get(path)
        admin.get(path).submit("Kaydet", **typed)
        refused = opened.submit("Kaydet", 409)
        assert next(iter(typed.values())) in refused.soup.select_one(".p-stored").get_text()


def test_a_stale_step_is_refused(staff: Browser, admin: Browser) -> None:
    activity = JointActivityFactory()
    opened, cancelling = staff.get(path_of(activity)), staff.get(path_of(activity, "iptal"))
    admin.get(path_of(activity)).submit("Onaylandı olarak işaretle")
    opened.submit("Fikre geri al", 409)
    cancelling.submit("Etkinliği iptal et", 409)
    assert activity.status is ActivityStatus.APPROVED


# Moved along.


def test_it_moves_along_and_is_cancelled(staff: Browser) -> None:
    activity = JointActivityFactory()
    page = staff.get(path_of(activity)).submit("Onaya gönder")
    assert "Onay sürecinde" in page.text
    page = staff.get(page.link("Etkinliği iptal et")).submit("Etkinliği iptal et")
    assert activity.status is ActivityStatus.CANCELLED
    assert "İş ekle" not in page.text
    page.submit("Planlandı olarak işaretle")
    assert activity.status is ActivityStatus.PLANNED


def test_a_step_that_is_none_is_refused(staff: Browser) -> None:
    activity = JointActivityFactory()
    page = staff.get(path_of(activity))
    form = page.filled(page.form("Onaya gönder"))
    for target in ("cancelled", "yok", ""):
        staff.post(path_of(activity, "durum"), {**form, "to": target}, 409)
    assert activity.status is ActivityStatus.PLANNED


# Partners and tasks.


def test_a_partner_is_added_changed_and_taken_out(staff: Browser) -> None:
    activity, organization = JointActivityFactory(), OrganizationFactory(name="Erişim Platformu")
    ContactFactory(organization=organization, email="nermin@erisim.example")
    page = staff.get(staff.get(path_of(activity)).link("Ortak ekle")).submit(
        "Ortak ekle", organization=organization.public_id, role="speaker", contribution="Sunum"
    )
    assert "Erişim Platformu" in page.text
    assert "Konuşmacı: Sunum" in page.text
    letter = db.session.execute(db.select(OutboxLetter)).scalar_one()
    assert (letter.kind, letter.to_address) == ("partner", "nermin@erisim.example")
    refused = staff.get(path_of(activity, "ortaklar", "yeni")).submit(
        "Ortak ekle", 409, organization=organization.public_id, role="partner"
    )
    assert errors(refused) == ["Bu kuruluş zaten ortaklar arasında."]
    edited = staff.get(path_of(activity, "ortaklar", organization.public_id, "degistir"))
    edited.submit("Kaydet", role="venue", contribution="")
    assert activity.partners[0].role is PartnerRole.VENUE
    edited.submit("Etkinlikten çıkar")
    assert db.session.scalars(db.select(ActivityPartner)).all() == []


def test_a_partner_is_chosen(staff: Browser) -> None:
    activity = JointActivityFactory()
    form = staff.get(path_of(activity, "ortaklar", "yeni"))
    assert errors(form.submit("Ortak ekle", 422, role="partner")) == ["Yer alan kuruluşu seçin."]
    assert len(errors(form.submit("Ortak ekle", 422, role="yok", organization="x"))) == 2
    staff.get(path_of(activity, "ortaklar", "yokyokyokyok", "degistir"), 404)


def test_many_organisations_are_searched(staff: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coordinator.activities.queries.organizations.MOST_CHOICES", 2)
    activity = JointActivityFactory()
    for name in ("Akasya", "Bilge", "Çiğli Kadın"):
        OrganizationFactory(name=name)
    page = staff.get(path_of(activity, "ortaklar", "yeni"))
    shown = [one.get_text() for one in page.soup.select("#organization option")]
    assert shown == ["Seç", "Akasya", "Bilge"]
    found = page.submit("Ara", ara="CIGLI")
    assert [one.get_text() for one in found.soup.select("#organization option")] == [
        "Seç",
        "Çiğli Kadın",
    ]
    lead = db.session.execute(db.select(Organization).filter_by(name="Çiğli Kadın")).scalar_one()
    activity.lead = lead
    edit = staff.get(path_of(activity, "degistir"))
    assert edit.soup.select_one("#leader option[selected]").get_text() == "Çiğli Kadın"


def test_a_task_is_given_and_ticked_off(staff: Browser, app: Flask) -> None:
    activity, organization = JointActivityFactory(), OrganizationFactory()
    ContactFactory(organization=organization, email="nermin@k.example")
    page = staff.get(staff.get(path_of(activity)).link("İş ekle")).submit(
        "Kaydet",
        title="Mülki amir izni",
        responsible=organization.public_id,
        due_on=late(2).strftime("%d.%m.%Y"),
    )
    assert "2 gün gecikti" in page.text
    letter = db.session.execute(db.select(OutboxLetter)).scalar_one()
    assert (letter.kind, letter.to_address) == ("task", "nermin@k.example")
    own = representative(app, organization)
    done = own.get(path_of(activity)).submit("Tamamla")
    made = db.session.execute(db.select(ActivityTask)).scalar_one()
    assert made.status is TaskStatus.DONE
    done.submit("Yeniden aç")
    assert made.status is TaskStatus.OPEN


def test_a_task_needs_somebody(staff: Browser) -> None:
    activity = JointActivityFactory()
    form = staff.get(path_of(activity, "isler", "yeni"))
    page = form.submit("Kaydet", 409, title="İş")
    assert errors(page) == [
        "Bir kuruluş seçin ya da işi hangi birimin veya kişinin yapacağını yazın."
    ]
    assert len(errors(form.submit("Kaydet", 422, title="", due_on="yarın"))) == 2


def test_a_task_of_another_activity_is_not_there(staff: Browser) -> None:
    one = task(JointActivityFactory(), responsible_name="Basın")
    staff.get(path_of(JointActivityFactory(), "isler", one.public_id, "degistir"), 404)


def test_what_came_of_it_is_written(staff: Browser) -> None:
    activity = JointActivityFactory(starts_at=clock.now() - timedelta(days=1))
    page = staff.get(path_of(activity, "sonuc")).submit(
        "Kaydet", reached_women="1200", reached_children="0", outcome_note="İyi geçti."
    )
    assert "1.200" in page.text
    assert "sayılmadı" in page.text
    assert "İyi geçti." in page.text


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
