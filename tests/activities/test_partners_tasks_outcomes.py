"""Who takes part in an activity, what they do for it, what came of it."""

from datetime import timedelta

import pytest
from flask import Flask

from coordinator import clock
from coordinator.activities.models import (
    ActivityPartner,
    ActivityTask,
    PartnerRole,
    TaskStatus,
)
from coordinator.extensions import db
from coordinator.outbox.models import OutboxLetter
from coordinator.registry.models import Organization
from tests.activities.making import errors, late, path_of, representative, task
from tests.browser import Browser
from tests.factories import (
    ContactFactory,
    JointActivityFactory,
    OrganizationFactory,
)

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
