"""Activities are made, changed and moved on their pages."""

from datetime import time, timedelta

import pytest
from flask import Flask

from coordinator import clock
from coordinator.activities.models import (
    ActivityStatus,
    ActivityType,
    JointActivity,
)
from coordinator.extensions import db
from coordinator.proposals.models import ProposalStatus
from tests.activities.making import (
    errors,
    only,
    partner,
    path_of,
    programme_path,
    representative,
    task,
)
from tests.browser import Browser
from tests.factories import (
    DayWindowFactory,
    JointActivityFactory,
    OrganizationFactory,
    ProposalFactory,
)

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
