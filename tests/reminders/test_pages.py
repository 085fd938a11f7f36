"""The tab of reminders: when each goes and to how many, changed, added, sent by hand, and read."""

from datetime import timedelta

from coordinator.access import Role
from coordinator.extensions import db
from coordinator.invitations.models import RsvpAnswer
from coordinator.outbox.models import HeldAddress
from coordinator.reminders import operations
from coordinator.reminders.models import Aim
from tests.browser import Browser, counted_statements
from tests.factories import MeetingFactory, UserFactory
from tests.invitations.parts import letters, organization
from tests.reminders.parts import (
    EVE_AT,
    SILENT_AT,
    answers,
    at,
    rule_of,
    spring_meeting,
    written,
)


def place(meeting, part: str = "") -> str:
    return f"/toplantilar/{meeting.public_id}/hatirlatmalar{part}"


def somebody(app, role: Role = Role.STAFF) -> Browser:
    return Browser(app).sign_in(UserFactory(role=role))


def test_the_page_says_when_and_to_how_many_and_shows_the_letter(app):
    silent, comes = organization("Sessiz", full_name="Nermin Su"), organization("Gelen")
    meeting = spring_meeting(silent, comes)
    answers(meeting, comes, RsvpAnswer.YES, people=2)
    with at(SILENT_AT - timedelta(days=2)):
        staff = somebody(app)
        page = staff.get(place(meeting))
        assert "9 Nisan 2027 Cuma, saat 10.00" in page.text
        assert "10 Nisan 2027 Cumartesi iş günü değil" in page.text
        assert "14 Nisan 2027 Çarşamba, saat 10.00" in page.text
        assert page.text.count("Şimdi gitse 1 kuruluş alır: 1 mektup.") == 3
        letter = staff.get(page.link("Mektuba bak"))
        assert "Sayın Nermin Su," in letter.text
        sheet = staff.send("GET", letter.soup.iframe["src"])
        assert "default-src 'none'" in sheet.headers["Content-Security-Policy"]
        assert staff.send("GET", f"{letter.soup.iframe['src']}9").status_code == 404
        assert not [one for one in letters() if one.kind == "reminder"]
        page = page.submit("1 mektubu şimdi gönder")
        assert "1 mektup sırada." in page.text
    assert written("reminder") == [silent.contacts[0].email]


def test_a_reminder_is_changed_switched_off_added_and_removed(app):
    meeting = spring_meeting(organization())
    rule = rule_of(meeting, Aim.SILENT)
    prefix = f"{rule.public_id}-"
    with at(SILENT_AT - timedelta(days=5)):
        staff = somebody(app)
        page = staff.get(place(meeting))
        wrong = page.submit("Kaydet", 422, **{f"{prefix}days": "99"})
        assert "0 ile 60 arasında" in wrong.errors()[f"{prefix}days"]
        assert wrong.soup.find(id=f"{prefix}days")["value"] == "99"
        page = wrong.submit("Kaydet", **{f"{prefix}days": "4", f"{prefix}hour": "14"})
        assert "8 Nisan 2027 Perşembe, saat 14.00" in page.text
        stale = {**wrong.filled(wrong.form("Kaydet")), f"{prefix}days": "7"}
        assert staff.post(place(meeting, f"/{rule.public_id}"), stale, 409)
        page = staff.get(place(meeting)).submit("Kaydet", **{f"{prefix}is_on": None})
        assert "Kapalı" in page.text
        assert not page.soup.find("button", string=lambda text: text and "sil" in text)
        page = page.submit("Hatırlatmayı ekle", **{"yeni-days": "5", "yeni-aim": "silent"})
        assert len(page.soup.select("section.p-desk")) == 4
        page = page.submit("Bu hatırlatmayı sil")
        assert len(page.soup.select("section.p-desk")) == 3


def test_a_meeting_without_reminders_gets_them_on_request(app):
    meeting = MeetingFactory()
    viewer, staff = somebody(app, Role.VIEWER), somebody(app)
    assert not viewer.get(place(meeting)).soup.select("main form")
    page = staff.get(place(meeting)).submit("Şimdi hazırla")
    assert len(page.soup.select("section.p-desk")) == 3
    assert "Gidecek" in page.text


def test_what_has_gone_or_is_over_is_said(app):
    meeting = spring_meeting(organization())
    rule_of(meeting, Aim.NAMES).done_for = rule_of(meeting, Aim.NAMES).created_at
    rule_of(meeting, Aim.COMING).done_for = EVE_AT
    db.session.commit()
    with at(EVE_AT + timedelta(hours=1)):
        page = somebody(app).get(place(meeting))
    states = [one.get_text(" ", strip=True) for one in page.soup.select(".p-desk-head .p-state")]
    assert states == ["Gitmeyecek", "Gitmeyecek", "Gitti"]


def test_the_page_asks_the_same_number_of_questions_at_any_size(app):
    counts = []
    for size in (2, 12):
        meeting = spring_meeting(*[organization(f"Kuruluş {size} {n}") for n in range(size)])
        with at(SILENT_AT - timedelta(days=2)):
            staff = somebody(app)
            staff.get(place(meeting))
            with counted_statements() as statements:
                staff.get(place(meeting))
        counts.append(len(statements))
    assert counts[0] == counts[1], counts
    assert counts[0] <= 20, counts


def test_the_letter_of_the_day_before_asks_before_it_goes_early_and_says_who_gets_none(app):
    comes, on_hold, without = (organization(name) for name in ("Gelen", "Durmuş", "Adressiz"))
    meeting = spring_meeting(comes, on_hold, without)
    for one in (comes, on_hold, without):
        answers(meeting, one, RsvpAnswer.YES)
    address = on_hold.contacts[0].email
    db.session.add(HeldAddress(address=address, reason="550", held_at=SILENT_AT))
    without.contacts[0].email = ""
    db.session.commit()
    path = place(meeting, f"/{rule_of(meeting, Aim.COMING).public_id}/gonder")
    with at(SILENT_AT - timedelta(days=2)):
        page = somebody(app).get(place(meeting))
        assert "çünkü adresine mektup gönderimi durduruldu: Durmuş." in page.text
        assert "çünkü e-postayla ulaşılan kimse yok: Adressiz." in page.text
        form = {"csrf_token": page.soup.select_one("[name=csrf_token]")["value"]}
        refused = page.browser.post(path, form)
        assert "kutuyu işaretleyin" in refused.text
        assert written("eve") == []
        done = page.browser.post(path, {**form, "yine": "1"})
        assert "14 Nisan 2027 Çarşamba günü kendiliğinden yine gider" in done.text
    assert written("eve") == [comes.contacts[0].email]
    with at(EVE_AT - timedelta(hours=1)):
        assert not somebody(app).get(place(meeting)).soup.select("[name=yine]")
    with at(EVE_AT):
        assert operations.send_due() == 1, "those who got it early get it again, as is said"
