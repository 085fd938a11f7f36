"""A saved list is invited: on the page of choosing, from the list's page, by command."""

import json

from flask import Flask

from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.invitations import queries
from coordinator.invitations.operations import choose
from coordinator.lists import operations
from coordinator.registry.models import OrgStatus
from tests.browser import Browser, counted_statements
from tests.factories import MeetingFactory, OrganizationFactory, district
from tests.invitations.parts import organization
from tests.lists.parts import group, saved


def test_a_list_is_chosen_seen_and_put_on_the_meetings_list(staff: Browser) -> None:
    one, other = organization("Işık Derneği"), organization("İncir Derneği")
    closed = OrganizationFactory(name="Kapanan", status=OrgStatus.CLOSED)
    organization("Başkası")
    board = group(one, other, closed, name="Kurul")
    meeting = MeetingFactory(title="Hazırlık")
    choose(meeting=meeting, organizations=[one], actor=COMMAND)
    page = staff.get(f"/kuruluslar/listeler/{board.public_id}")
    page = staff.get(page.link("Toplantıya davet et"))
    assert "Bu listede 3 kuruluş var." in page.text
    page = staff.get(page.link("Hazırlık"))
    assert "Kurul : Bu listede 3 kuruluş var." in page.text
    assert len(page.rows()) == 2
    assert len(page.soup.select("input[name=k][checked]")) == 1
    page.submit("Listeye al")
    assert set(queries.invited_ids(meeting.id)) == {one.id, other.id}


def test_a_list_and_filters_go_together(staff: Browser) -> None:
    one, far = organization("Işık Derneği"), organization("Urla Derneği")
    far.district = district("Urla")
    organization("Başka Urlalı").district = district("Urla")
    board = group(one, far, name="Kurul")
    meeting = MeetingFactory()
    page = staff.get(f"/toplantilar/{meeting.public_id}/davetliler/ekle")
    page = page.submit("Filtrele", liste=board.public_id, ilce="urla")
    assert [row.split(" Urla ")[0] for row in page.rows()] == ["Urla Derneği"]
    page = staff.get(page.link("Hepsini seç"))
    assert len(page.rows()) == 1
    assert len(page.soup.select("input[name=k][checked]")) == 1


def test_a_deleted_list_chooses_nobody(staff: Browser) -> None:
    organization()
    board = group(name="Kurul")
    meeting = MeetingFactory()
    operations.delete(one=board, version=board.version, actor=COMMAND)
    path = f"/toplantilar/{meeting.public_id}/davetliler/ekle"
    page = staff.get(path, query={"liste": board.public_id, "hepsi": "1"})
    assert page.rows() == []
    assert "Bu liste artık yok." in page.text
    staff.get(f"/toplantilar/listeyle/{board.public_id}", 404)


def test_without_a_meeting_one_is_planned_first(staff: Browser) -> None:
    board = group(organization())
    page = staff.get(f"/toplantilar/listeyle/{board.public_id}")
    assert page.link("Toplantı planla")


def test_choosing_by_list_costs_the_same_at_every_size(staff: Browser) -> None:
    board, meeting = group(organization()), MeetingFactory()
    path = f"/toplantilar/{meeting.public_id}/davetliler/ekle?liste={board.public_id}"
    staff.get(path)
    with counted_statements() as few:
        staff.get(path)
    operations.add(
        group=board, organizations=[organization(f"Kuruluş {n}") for n in range(60)], actor=COMMAND
    )
    db.session.commit()
    with counted_statements() as many:
        assert len(staff.get(path).rows()) == 61
    assert len(many) == len(few)


def test_the_command_takes_a_lists_name(app: Flask) -> None:
    one = organization("Işık Derneği")
    organization("Başkası")
    group(one, OrganizationFactory(status=OrgStatus.CLOSED), name="Danışma Kurulu")
    saved("Boş", ilce=["urla"])
    saved("Eksik").filters = {"durum": "gone"}
    address = MeetingFactory().public_id
    db.session.commit()

    def invite(name: str) -> tuple[int, str]:
        words = ["meetings", "invite", address, "--list", name, "--json"]
        result = app.test_cli_runner().invoke(args=words)
        return result.exit_code, result.output

    code, told = invite("danışma kurulu")
    assert (code, json.loads(told)["invited"]) == (0, 1)
    code, told = invite("Yok böyle")
    assert code == 1
    assert "Boş, Danışma Kurulu, Eksik" in told
    assert "no organisation" in invite("Boş")[1]
    assert "A filter of this saved search is no longer there" in invite("Eksik")[1]
