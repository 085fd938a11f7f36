"""Pages of who is asked: last time's guests, ways, preview with oddities, one invitation, paper."""

from datetime import timedelta

import sqlalchemy as sa

from coordinator import clock
from coordinator.extensions import db
from coordinator.i18n import daymonth
from coordinator.invitations.models import (
    Addressee,
    Invitation,
    LetterKind,
    ListKind,
    RsvpAnswer,
)
from coordinator.invitations.parts import Part, add
from coordinator.meetings.models import Attendance, AttendanceStatus
from coordinator.outbox.models import DeliveryAttempt, HeldAddress, LetterState
from coordinator.registry.models import Channel, OrgStatus
from tests.browser import counted_statements
from tests.factories import ContactFactory, MeetingFactory, OrganizationFactory
from tests.invitations.parts import (
    deliver,
    invitation_of,
    invited,
    letters,
    organization,
    path_of,
    place,
)


def own_page(meeting, one) -> str:
    """Return the page of one organisation's invitation."""
    return f"/toplantilar/{meeting.public_id}/davetli/{invitation_of(meeting, one).public_id}"


def test_last_times_guests_and_what_they_add(app, staff):
    came, silent, idle = (organization(name) for name in ("Adalete Erişim", "Foça", "Kapalı Ev"))
    earlier = invited(came, silent, idle, title="Geçen yılki toplantı")
    db.session.add(
        Attendance(
            meeting_id=earlier.id, organization=came, status=AttendanceStatus.PRESENT, people=1
        )
    )
    idle.status = OrgStatus.PASSIVE
    meeting = MeetingFactory()
    first = staff.get(place(meeting, "/ekle?hepsi=1&ara=Adalet")).submit("Listeye al")
    assert "elle" in first.text
    page = staff.get(place(meeting, "/ekle")).submit("Filtrele", gecen=earlier.public_id)
    assert "1 tanesi yeni eklenir, 1 tanesi zaten listede" in page.text
    assert "Bu konuklardan 1 kuruluş artık etkin değil" in page.text
    assert [row for row in page.rows() if "Foça" in row]
    page = staff.get(place(meeting, f"/ekle?gecen={earlier.public_id}&kim=gelen"))
    assert len(page.rows()) == 1
    page = staff.get(place(meeting, f"/ekle?gecen={earlier.public_id}&kim=sessiz&hepsi=1"))
    page = page.submit("Listeye al", dagitim="information", kanal="ebys")
    row = invitation_of(meeting, silent)
    assert row.source.startswith("Geçen yılki toplantı")
    assert row.list_kind is ListKind.INFORMATION
    assert [one.channel for one in row.addressees] == [Channel.EBYS]
    assert db.session.scalar(sa.select(sa.func.count(Invitation.id)).filter_by(
        meeting_id=meeting.id)) == 2  # fmt: skip
    assert "1 kuruluşa kâğıtla" in page.text


def test_ways_are_chosen_for_each_contact_and_a_wrong_one_is_said_beside_its_field(app, staff):
    one = organization("Adalete Erişim", full_name="Nermin Su")
    without = ContactFactory(organization=one, full_name="Zehra Ay", email="", is_primary=False)
    meeting = MeetingFactory()
    page = staff.get(place(meeting, "/ekle?hepsi=1")).submit("Listeye al")
    page = staff.get(page.link("Kime, nasıl"))
    name = f"contact_{without.public_id}"
    page = page.submit("Kaydet", status=409, **{name: "email"}, seats="4")
    assert "Yazılacak bir e-posta adresi yok" in page.text
    assert page.soup.select_one("#seats")["value"] == "4"
    page = page.submit("Kaydet", **{name: "post"}, list_kind="protocol")
    row = invitation_of(meeting, one)
    assert {(one.contact_id, one.channel) for one in row.addressees} == {
        (one.contacts[0].id, Channel.EMAIL),
        (without.id, Channel.POST),
    }
    assert (row.seats, row.list_kind) == (4, ListKind.PROTOCOL)
    assert "Posta: Zehra Ay" in page.text


def test_oddities_say_what_to_do(app, staff):
    one = organization("Adalete Erişim", email="geri@k.example")
    organization("Foça Sardunya", email="donmus@k.example")
    idle = organization("Kapalı Ev")
    meeting = MeetingFactory(rsvp_deadline=clock.today(), capacity=2)
    other = invited(one, starts_at=meeting.starts_at, ends_at=meeting.ends_at, title="Öteki")
    db.session.add(HeldAddress(address="donmus@k.example", held_at=clock.now(), reason="no user"))
    deliver(LetterState.FAILED)
    page = staff.get(place(meeting, "/ekle?hepsi=1")).submit("Listeye al")
    idle.status = OrgStatus.PASSIVE
    db.session.commit()
    page = staff.get(place(meeting, "/onizleme"))
    for said in (
        "çok yakın",
        "“Öteki” toplantımız aynı saatte",
        "etkin değil: Kapalı Ev",
        "donmus@k.example (Foça Sardunya) beklemede",
        "no user",
        "geri@k.example adresine giden son mektup ulaşmadı",
        "Yer bulamayan",
    ):
        assert said in page.text, said
    assert other.public_id in page.link("O toplantıya bak")


def test_who_cannot_be_reached_is_counted_apart_and_a_late_round_needs_a_tick(app, staff):
    OrganizationFactory(name="Ulaşılmaz")
    OrganizationFactory(name="Telefonlu", phone="+902324440044")
    OrganizationFactory(name="Durmuş", phone="+902324440045", email="donmus@k.example")
    db.session.add(HeldAddress(address="donmus@k.example", held_at=clock.now(), reason="no user"))
    meeting = MeetingFactory(rsvp_deadline=clock.today() - timedelta(days=1))
    later = meeting.starts_at + timedelta(days=1)
    asked = organization("Mektuplu")
    invited(asked, title="Sonraki", starts_at=later, ends_at=later + timedelta(hours=1))
    before = meeting.starts_at - timedelta(days=30)
    invited(asked, title="Önceki", starts_at=before)
    page = staff.get(place(meeting, "/ekle?hepsi=1"))
    offered = page.soup.select_one("[name=gecen]")
    assert "Önceki" in offered.get_text()
    assert "Sonraki" not in offered.get_text()
    assert "WhatsApp" in page.soup.find(id="choice-channel").get_text()
    page = page.submit("Listeye al")
    assert "1 kuruluşa hiçbir yolla ulaşılamıyor." in page.text
    assert "ekleyin: Ulaşılmaz." in page.text
    assert "Telefon listesine girecekler: Telefonlu." in page.text
    assert "Son yanıt günü geçti; yine de gönderiyorum." in page.text
    assert "Bunların hiçbiri engel değil" not in page.text
    page = page.submit("1 kuruluşa daveti gönder", yine=None)
    assert "kutuyu işaretleyin" in page.text
    assert invitation_count(meeting) == 0
    page.submit("1 kuruluşa daveti gönder", yine="1")
    assert invitation_count(meeting) == 4


def invitation_count(meeting) -> int:
    """Return how many were invited, not only chosen."""
    asked = sa.select(sa.func.count(Invitation.id)).where(
        Invitation.meeting_id == meeting.id, Invitation.invited_at.is_not(None)
    )
    return db.session.scalar(asked)


def test_the_preview_shows_any_letter_in_both_languages_with_its_text(app, staff):
    organization("Adalete Erişim", full_name="Nermin Su")
    meeting = MeetingFactory()
    staff.get(place(meeting, "/ekle?hepsi=1")).submit("Listeye al")
    page = staff.get(place(meeting, "/onizleme?mektupdili=en"))
    assert "Dear Nermin Su," in page.text
    sheet = staff.send("GET", page.soup.iframe["src"]).get_data(as_text=True)
    assert "Dear Nermin Su," in sheet
    counts = []
    for size in (3, 40):
        for number in range(size):
            organization(f"Kuruluş {size} {number}")
        staff.get(place(meeting, "/ekle?hepsi=1")).submit("Listeye al")
        with counted_statements() as statements:
            staff.get(place(meeting, "/onizleme"))
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_one_invitation_shows_its_letters_and_lets_staff_act(app, staff, viewer, browser):
    one = organization("Adalete Erişim", full_name="Nermin Su")
    meeting = invited(one)
    letter = letters()[0]
    letter.state, letter.reason, letter.attempts = LetterState.FAILED, "550 no such user", 1
    db.session.add(DeliveryAttempt(letter=letter, outcome=LetterState.FAILED, reason="550 no"))
    db.session.commit()
    path = own_page(meeting, one)
    page = staff.get(path)
    assert "550 no such user" in page.text
    assert "1 deneme" in page.text
    assert not viewer.get(path).soup.select("main form")
    page = page.submit("Yeniden gönder")
    assert "Mektup yeniden gönderilmek üzere sırada." in page.text
    deliver()
    old = path_of(letter)
    page = staff.get(path).submit("Yeni bağlantı gönder")
    assert "eski bağlantı kapandı" in page.text
    newest, oldest = page.soup.select(".p-actions .p-action")
    assert ("kapatıldı" in newest.text, "kapatıldı" in oldest.text) == (False, True)
    at = clock.local(letter.created_at)
    assert f"Davet, {daymonth(at)} {at:%H.%M}" in oldest.h3.text
    assert f"Kapat: Davet, {daymonth(at)}" in " ".join(newest.text.split())
    assert browser.send("GET", old).status_code == 410
    page = page.submit("Kapat")
    assert "Bağlantı artık hiçbir şey açmıyor." in page.text
    page = staff.get(page.link("Listeden çıkar"))
    page = page.submit("Listeden çıkar", yaz="1")
    assert "Adalete Erişim listeden çıktı." in page.text
    assert len(letters(LetterKind.WITHDRAWAL)) == 1
    assert db.session.scalar(sa.select(sa.func.count(Invitation.id))) == 0


def test_upper_floors_put_parts_into_the_page(app, staff, monkeypatch):
    monkeypatch.setitem(app.extensions, "invitation_parts", [])
    one = organization("Adalete Erişim")
    meeting = invited(one)
    add(
        app, Part(10, "Gelen kutusu", "invitations/_history.html", lambda _one: {"invitations": []})
    )
    add(app, Part(20, "Yok", "invitations/_history.html", lambda _one: None))
    text = staff.get(own_page(meeting, one)).text
    assert "Gelen kutusu" in text
    assert "Yok" not in text.split("Gelen kutusu")[-1]


def test_a_letter_on_paper_leads_to_the_answer(app, staff, browser, monkeypatch):
    one = OrganizationFactory(name="Adalete Erişim", address="Deniz Sokağı 4\nKonak")
    meeting = MeetingFactory()
    staff.get(place(meeting, "/ekle?hepsi=1")).submit("Listeye al", kanal="post").submit(
        "Davetli listesine al"
    )
    row = db.session.scalars(sa.select(Addressee)).one()
    assert (row.channel, row.link_id) == (Channel.POST, None)
    page = staff.get(place(meeting, "/dagitim"))
    assert "1 mektup kâğıtla" in page.text
    seen = {}

    def set_type(_template, data):
        seen.update(data)
        return b"%PDF-1.7"

    monkeypatch.setattr("coordinator.printing.pdf", set_type)
    answer = staff.send(
        "POST",
        place(meeting, "/kagit"),
        data={"csrf_token": page.soup.select_one("[name=csrf_token]")["value"]},
    )
    assert answer.mimetype == "application/pdf"
    (sheet,) = seen["sheets"]
    assert sheet["to"] == ["Adalete Erişim", "Deniz Sokağı 4", "Konak"]
    assert "<svg" in sheet["qr"]
    path = "/d/" + sheet["address"].rsplit("/", 1)[-1]
    assert browser.send("HEAD", path).status_code == 303
    assert browser.send("GET", path.upper().replace("/D/", "/d/")).status_code == 303
    page = browser.get(path)
    assert "Adalete Erişim" in page.text
    page = page.submit("Yanıtı gönder", answer="yes")
    db.session.expire_all()
    assert invitation_of(meeting, one).answer is RsvpAnswer.YES
    assert not letters(LetterKind.RECEIPT)
    own = own_page(meeting, one)
    page = staff.get(own).submit("Ulaştırıldı", **{"not": "Zehra Ay aldı"})
    assert "Zehra Ay aldı" in page.text
    page = page.submit("Kapat")
    ended = browser.send("GET", path, follow_redirects=True)
    assert (ended.status_code, "Adalete" in ended.text) == (410, False)
    assert browser.send("GET", "/d/abcd-efgh").status_code == 404


def test_the_distribution_list_has_headings_in_order_of_precedence(app, staff):
    later, first = organization("Adalete Erişim"), organization("Zeytin Kooperatifi")
    first.protocol_order, later.protocol_order = 1, 2
    known = organization("Foça Sardunya")
    meeting = invited(later, first, known)
    invitation_of(meeting, known).list_kind = ListKind.INFORMATION
    db.session.commit()
    page = staff.get(place(meeting, "/dagitim"))
    text = page.soup.select_one("#distribution-text").text
    assert text.strip() == (
        "Gereği:\n- Zeytin Kooperatifi\n- Adalete Erişim\n\nBilgi:\n- Foça Sardunya"
    )
    assert "Adalete" not in staff.get(place(meeting, "/dagitim?yol=resmi")).soup.main.text.replace(
        meeting.title, ""
    )
