"""The first page says what is next, what waits, what is late and what was not delivered."""

from datetime import timedelta

import sqlalchemy as sa

from coordinator import clock
from coordinator.activities.models import ActivityTask
from coordinator.actors import COMMAND
from coordinator.bookings import operations as bookings
from coordinator.bookings.models import BookingState
from coordinator.extensions import db
from coordinator.inbox.models import InboxMessage, MessageKind
from coordinator.institution.models import Institution
from coordinator.invitations.models import AccessNeed, InvitationLetter, LetterKind, RsvpAnswer
from coordinator.letters import Letter
from coordinator.meetings.models import MeetingStatus
from coordinator.outbox import operations as outbox
from coordinator.outbox.models import LetterState
from tests.browser import Browser, counted_statements
from tests.factories import (
    CallFactory,
    InvitationFactory,
    JointActivityFactory,
    MeetingFactory,
    OrganizationFactory,
    ProposalFactory,
    represent,
)


def a_busy_day(guests: int = 3) -> None:
    meeting = MeetingFactory()
    for _ in range(guests):
        InvitationFactory(meeting=meeting, invited_at=clock.now())
    InvitationFactory(meeting=meeting, invited_at=clock.now(), answer=RsvpAnswer.YES, people=2)
    ProposalFactory(call=CallFactory(window=meeting.window))
    activity = JointActivityFactory(window=meeting.window)
    db.session.add(
        ActivityTask(
            activity=activity,
            title="Afiş metninin onayı",
            responsible_name="Basın birimi",
            due_on=clock.today() - timedelta(days=2),
        )
    )
    OrganizationFactory(name="Torbalı Nar Derneği", unreadable_email="torbali(at)posta.example")


def test_a_new_house_says_where_to_begin(staff: Browser) -> None:
    page = staff.get("/")
    assert page.h1 == "Ana sayfa"
    assert "Bugün sizi bekleyen bir iş yok." in page.text
    assert page.link("Gün seç") == "/ozel-gunler"


def test_an_administrator_is_asked_whose_copy_it_is(admin: Browser, staff: Browser) -> None:
    sentence = "Kurumunuzun adını yazın"
    assert sentence not in admin.get("/").text
    db.session.execute(sa.delete(Institution))
    db.session.commit()
    assert sentence not in staff.get("/").text
    page = admin.get("/")
    assert "Bugün 1 iş sizi bekliyor." in page.text
    assert "Adı her sayfada ve her mektupta görünür." in page.text
    assert "Write your institution’s name" in admin.get("/?dil=en").text
    admin.get("/?dil=tr")
    form = admin.get(page.link("Kurumu yaz"))
    form.submit("Kaydet", name="Örnek Belediyesi", unit="Kadın Çalışmaları")
    assert db.session.get_one(Institution, 1).name == "Örnek Belediyesi"
    assert sentence not in admin.get("/").text


def test_what_waits_and_what_is_late_is_counted_in_one_sentence(staff: Browser) -> None:
    a_busy_day()
    page = staff.get("/")
    assert "Bugün 3 iş sizi bekliyor, 1 iş gecikti." in page.text
    assert "Yanıtlamayan 3 kuruluşa ulaşın" in page.text
    assert "1 öneriyi değerlendirin" in page.text
    assert "torbali(at)posta.example" in page.text
    assert "2 gün gecikti" in page.text
    assert "Today 3 things wait for you, 1 task is late." in staff.get("/?dil=en").text


def test_a_viewer_is_told_of_nothing_they_cannot_do(viewer: Browser) -> None:
    a_busy_day()
    page = viewer.get("/")
    assert "kuruluşa ulaşın" not in page.text
    assert "Bugün 1 iş gecikti." in page.text


def test_a_letter_that_failed_stands_with_its_reason(staff: Browser) -> None:
    invitation = InvitationFactory(invited_at=clock.now())
    row = outbox.queue(
        Letter("invitation", "Nur Deniz", "yok@ege.example", "tr", "Davet", "metin", "<p>metin</p>")
    )
    row.state, row.reason = LetterState.FAILED, "550 posta kutusu bulunamadı"
    db.session.flush()
    db.session.add(
        InvitationLetter(invitation_id=invitation.id, kind=LetterKind.INVITATION, letter_id=row.id)
    )
    page = staff.get("/")
    assert "1 mektup ulaşmadı" in page.text
    assert "550 posta kutusu bulunamadı" in page.text


def test_more_of_everything_costs_no_more_statements(staff: Browser) -> None:
    a_busy_day()
    staff.get("/")
    with counted_statements() as few:
        staff.get("/")
    a_busy_day(guests=20)
    with counted_statements() as many:
        staff.get("/")
    assert len(many) <= len(few)


def test_a_representative_sees_what_waits_for_their_organisation_alone(browser: Browser) -> None:
    own, other = OrganizationFactory(), OrganizationFactory()
    meeting = MeetingFactory(title="Bizim toplantımız")
    InvitationFactory(meeting=meeting, organization=own, invited_at=clock.now())
    InvitationFactory(
        meeting=MeetingFactory(title="Başkasının toplantısı"),
        organization=other,
        invited_at=clock.now(),
    )
    activity = JointActivityFactory(lead=own)
    for organization, title in ((own, "Bizim işimiz"), (other, "Başkasının işi")):
        db.session.add(
            ActivityTask(
                activity=activity, title=title, responsible_org=organization, due_on=clock.today()
            )
        )
    page = browser.sign_in(represent(own)).get("/")
    assert "Bizim toplantımız" in page.text
    assert "Bizim işimiz" in page.text
    assert "Başkasının" not in page.text


def test_a_representative_with_nothing_to_do_is_told_so(browser: Browser) -> None:
    page = browser.sign_in(represent(OrganizationFactory())).get("/")
    assert "Sizi bekleyen bir şey yok" in page.text


def test_mail_orders_and_letters_that_came_back_wait_too(staff: Browser, viewer: Browser) -> None:
    needs = {"access_needs": ["sign_language"], "answer": RsvpAnswer.YES, "people": 1}
    soon = MeetingFactory(starts_at=clock.now() + timedelta(days=2), title="Salı toplantısı")
    InvitationFactory(meeting=soon, **needs)
    InvitationFactory(meeting=MeetingFactory(title="Uzaktaki toplantı"), **needs)
    off = MeetingFactory(title="Olmayan toplantı", status=MeetingStatus.CANCELLED)
    bookings.keep(
        off, AccessNeed.CHILDCARE, bookings.Order(BookingState.ORDERED, 2), version=None,
        actor=COMMAND,
    )  # fmt: skip
    back = outbox.queue(Letter("call", "Nur", "yok@ege.example", "tr", "Davet", "m", "<p>m</p>"))
    back.state, back.bounced_at = LetterState.BOUNCED, clock.now()
    for number, kind in enumerate(("human", "unmatched", "answer")):
        db.session.add(InboxMessage(digest=str(number), kind=MessageKind(kind)))
    page = staff.get("/")
    assert "Bugün 3 iş sizi bekliyor, 1 mektup ulaşmadı." in page.text
    assert "Gelen 2 iletiyi okuyun" in page.text
    assert "1 hizmeti ayarlayın Salı toplantısı" in page.text
    assert "İşaret dili çevirmeni (1 çevirmen)." in page.text
    assert "İptal edilen toplantının 1 hizmetinden" in page.text
    assert "Uzaktaki toplantı, " not in page.text
    assert "hizmeti ayarlayın" not in viewer.get("/").text
