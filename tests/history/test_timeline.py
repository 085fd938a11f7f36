"""One timeline of all that was between the branch and an organisation."""

from datetime import timedelta

import sqlalchemy as sa
from flask import Flask

from coordinator import clock
from coordinator.activities.models import ActivityPartner, ActivityTask, PartnerRole
from coordinator.actors import Actor
from coordinator.duplicates.facts import Choices
from coordinator.duplicates.operations import merge
from coordinator.extensions import db
from coordinator.history.models import Encounter, EncounterKind
from coordinator.invitations.models import AnsweredVia, Invitation, RsvpAnswer
from coordinator.invitations.operations import answering, sending
from coordinator.meetings.models import Attendance, AttendanceStatus
from coordinator.registry.models import Organization
from tests.browser import Browser, counted_statements
from tests.factories import (
    ContactFactory,
    InvitationFactory,
    JointActivityFactory,
    MeetingFactory,
    OrganizationFactory,
    ProposalFactory,
    in_days,
)
from tests.verification.parts import sent

ACTOR = Actor(name="Derya Tuna", via="page")


def url(organization: Organization, query: str = "") -> str:
    return f"/kuruluslar/{organization.public_id}/gecmis{query}"


def attended(organization: Organization, days_ago: int, status: AttendanceStatus) -> None:
    meeting = MeetingFactory(starts_at=in_days(-days_ago), title=f"Buluşma {days_ago}")
    people = 2 if status is AttendanceStatus.PRESENT else 0
    db.session.add(
        Attendance(meeting_id=meeting.id, organization=organization, status=status, people=people)
    )
    db.session.flush()


def answer(invitation: Invitation, given: RsvpAnswer, people: int, name: str) -> None:
    answering.answer_invitation(
        invitation=invitation,
        reply=answering.Reply(answer=given, people=people),
        source=answering.Source(AnsweredVia.PHONE),
        opened_version=invitation.version,
        actor=Actor(name=name, via="page"),
    )


def test_it_begins_empty_and_says_so(app: Flask, staff: Browser) -> None:
    assert "Burada bir şey yok" in staff.get(url(OrganizationFactory())).text


def test_invitations_letters_and_every_answer_stand_in_it(app: Flask, staff: Browser) -> None:
    contact = ContactFactory(full_name="Nermin Su", email="nermin@a.example")
    meeting = MeetingFactory()
    sending.invite(meeting=meeting, organizations=[contact.organization], actor=ACTOR)
    invitation = db.session.scalars(sa.select(Invitation)).one()
    answer(invitation, RsvpAnswer.YES, 2, "Nermin Su")
    answer(invitation, RsvpAnswer.NO, 0, "Aylin Demir")
    page = staff.get(url(contact.organization))
    assert f"Davet edildi: {invitation.meeting.title}" in page.text
    assert "Nermin Su (nermin@a.example): Gönderilecek" in page.text
    assert f"Katılacak: {invitation.meeting.title}, 2 kişi" in page.text
    assert f"Katılamayacak: {invitation.meeting.title}" in page.text
    assert "Aylin Demir" in page.text
    assert page.link(f"Davet edildi: {invitation.meeting.title}").endswith(
        f"/davetli/{invitation.public_id}"
    )


def test_attendance_stands_in_it(app: Flask, staff: Browser) -> None:
    one = OrganizationFactory()
    attended(one, 10, AttendanceStatus.PRESENT)
    attended(one, 5, AttendanceStatus.EXCUSED)
    page = staff.get(url(one))
    assert "Katıldı: Buluşma 10, 2 kişi" in page.text
    assert "Mazeretli: Buluşma 5" in page.text
    assert page.text.index("Buluşma 5") < page.text.index("Buluşma 10")


def test_a_streak_of_absences_is_said_and_an_excuse_is_none(app: Flask, staff: Browser) -> None:
    one = OrganizationFactory()
    attended(one, 40, AttendanceStatus.PRESENT)
    attended(one, 30, AttendanceStatus.ABSENT)
    assert "toplantıya gelmedi" not in staff.get(url(one)).text
    attended(one, 20, AttendanceStatus.EXCUSED)
    attended(one, 10, AttendanceStatus.ABSENT)
    said = "Beklendiği son 2 toplantıya gelmedi"
    assert said in staff.get(url(one)).text
    assert said in staff.get(f"/kuruluslar/{one.public_id}").text
    attended(one, 1, AttendanceStatus.PRESENT)
    assert "toplantıya gelmedi" not in staff.get(url(one)).text


def test_proposals_activities_and_promises_stand_in_it(app: Flask, staff: Browser) -> None:
    one = OrganizationFactory()
    ProposalFactory(organization=one, title="Güvenli durak")
    activity = JointActivityFactory(title="Işıkla yürüyoruz")
    db.session.add(
        ActivityPartner(
            activity=activity, organization=one, role=PartnerRole.SPEAKER, contribution="Açılış"
        )
    )
    db.session.add(
        ActivityTask(
            activity=activity,
            title="Pankartları bas",
            responsible_org=one,
            due_on=clock.today() - timedelta(days=2),
        )
    )
    db.session.flush()
    page = staff.get(url(one))
    for said in ("Önerdi: Güvenli durak", "Konuşmacı: Işıkla yürüyoruz", "Açılış",
                 "Gecikti: Pankartları bas"):  # fmt: skip
        assert said in page.text
    assert page.link("Önerdi: Güvenli durak")


def test_the_yearly_question_and_merges_stand_in_it(app: Flask, staff: Browser) -> None:
    one = ContactFactory(full_name="Nermin Su").organization
    sent()
    merge(kept=one, other=OrganizationFactory(name="Eski Ad"), choices=Choices(), actor=ACTOR)
    page = staff.get(url(one))
    assert "Kaydın hâlâ doğru olup olmadığı soruldu" in page.text
    assert f"Eski Ad, {one.name} kaydına katıldı" in page.text


def test_it_can_be_cut_to_one_kind(app: Flask, staff: Browser) -> None:
    one = OrganizationFactory()
    ProposalFactory(organization=one, title="Güvenli durak")
    attended(one, 3, AttendanceStatus.PRESENT)
    page = staff.get(url(one, "?tur=proposal"))
    assert "Güvenli durak" in page.text
    assert "Buluşma 3" not in page.text
    assert "Buluşma 3" in staff.get(url(one, "?tur=nonsense")).text


def test_older_lines_stand_on_further_pages(app: Flask, staff: Browser) -> None:
    one = OrganizationFactory()
    calls(one, 65)
    first = staff.get(url(one))
    assert "Görüşme 64" in first.text
    assert "Görüşme 34" not in first.text
    second = staff.get(first.link("Daha eski"))
    assert "Görüşme 34" in second.text
    third = staff.get(second.link("Daha eski"))
    assert "Görüşme 0." in third.text
    assert "Daha eski" not in third.text


def test_it_asks_the_same_number_of_statements_at_every_length(app: Flask, staff: Browser) -> None:
    short, long = OrganizationFactory(), OrganizationFactory()
    for one, count in ((short, 1), (long, 25)):
        calls(one, count)
        for number in range(count):
            attended(one, number + 1, AttendanceStatus.PRESENT)
            ProposalFactory(organization=one)
            InvitationFactory(organization=one)
    asked = []
    for one in (short, long):
        db.session.expire_all()
        with counted_statements() as statements:
            staff.get(url(one))
        asked.append(len(statements))
    assert asked[0] == asked[1]


def calls(organization: Organization, count: int) -> None:
    for number in range(count):
        moment = clock.now() - timedelta(days=200 - number)
        db.session.add(
            Encounter(
                organization=organization,
                kind=EncounterKind.CALL,
                happened_at=moment,
                text=f"Görüşme {number}.",
            )
        )
    db.session.flush()
