"""Staff change the words of letters, see how they read, and take them back."""

import pytest
import sqlalchemy as sa

from coordinator.actors import COMMAND
from coordinator.audit.models import AuditLine
from coordinator.errors import RuleBroken, SavedMeanwhile
from coordinator.extensions import db
from coordinator.institution import queries as institution
from coordinator.invitations.operations import invite
from coordinator.letter_texts import kinds, operations, queries
from coordinator.letter_texts.models import LetterText
from coordinator.letter_texts.words import Words
from coordinator.meetings.models import MeetingStatus
from tests.browser import counted_statements
from tests.factories import MeetingFactory
from tests.invitations.parts import invited, letters, organization

EDIT = "/mektuplar/invitation/tr/hepsi"
OWN = Words(
    "{toplanti} için davet",
    "Değerli {ad},",
    "{kurulus} gelirse seviniriz: {gun}.\nYer: {yer}\n\n{amac}\n\nEn çok {kisi_sayisi} kişi.",
    "Sevgiyle,",
)


def change(words=OWN, **more):
    row = operations.change(
        kind=kinds.find("invitation"), language="tr", words=words, actor=COMMAND, **more
    )
    db.session.commit()
    return row


def test_staff_change_look_and_take_back(app, staff):
    page = staff.get("/mektuplar")
    assert page.text.count("hazır metin") == 2 * sum(map(len, kinds.by_feature().values()))
    page = staff.get(page.link(": Davet, Türkçe"))
    assert page.soup.select_one("[name=subject]")["value"] == "Davet: {toplanti}, {kisa_gun}"
    assert "{kurulus}" in page.soup.select_one("[name=body]").text
    page = page.submit("Kaydet", subject="Gelin: {toplanti}", closing="")
    assert "değiştirildi" in page.text
    invited(organization(full_name="Nermin Su"), title="Birlikte")
    letter = letters()[-1]
    assert letter.subject == "Gelin: Birlikte"
    assert "Saygılarımızla" not in letter.html + letter.text
    assert "Kadın Çalışmaları Şube Müdürlüğü" in letter.text
    page = staff.get(EDIT).submit("Hazır metne dön")
    assert page.text.count("hazır metin") == 2 * sum(map(len, kinds.by_feature().values()))
    deeds = sa.select(AuditLine).where(AuditLine.subject == "letter_text").order_by(AuditLine.id)
    first, last = db.session.scalars(deeds)
    assert first.details["before"]["subject"] == "Davet: {toplanti}, {kisa_gun}"
    assert (last.action, last.details["before"]["subject"]) == (
        "letter_text.put_back",
        "Gelin: {toplanti}",
    )


def test_a_misspelt_placeholder_is_told_at_its_field(app, staff):
    page = staff.get(EDIT).submit(
        "Kaydet", status=422, subject="{Toplantı} {" + "a" * 200, greeting="",
        body="{kurulus_adi} {\n\n{qqqqqqq} {kurulus_adi} 10000000146", closing="}",
    )  # fmt: skip
    subject, body = (page.soup.select_one(f"#{name}-error").text for name in ("subject", "body"))
    for told in ("{toplanti} mi demek istediniz?", "Tek başına bir ayraç", "200 karakter"):
        assert told in subject
    for told in (
        "{kurulus} mi demek",
        "{qqqqqqq} diye bir",
        "Tek başına bir ayraç",
        "kimlik numarasına",
    ):
        assert body.count(told) == 1, told
    assert "seslenildiğini yazın" in page.soup.select_one("#greeting-error").text
    assert "Tek başına bir ayraç" in page.soup.select_one("#closing-error").text
    assert page.soup.select_one("[name=subject]")["value"] == "{Toplantı} {" + "a" * 200
    assert "çerçevede kayıtlı metin görünür." in page.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(LetterText)) == 0
    with pytest.raises(RuleBroken) as refused:
        change(Words("{yok}", "a", "b", ""))
    assert refused.value.field == "subject"


def test_the_frame_shows_what_is_typed_byte_for_byte(app, staff):
    meeting = MeetingFactory(title="Kermes", purpose="")
    typed = {"subject": OWN.subject, "greeting": OWN.greeting, "body": OWN.body,
             "closing": OWN.closing, "ornek": meeting.public_id}  # fmt: skip
    token = staff.get(EDIT).soup.select_one("[name=csrf_token]")["value"]
    client = staff.client
    shown = client.post(f"{EDIT}/onizleme", data={**typed, "csrf_token": token})
    text = client.post(f"{EDIT}/onizleme", data={**typed, "csrf_token": token, "metin": "1"})
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(LetterText)) == 0
    change()
    letter = kinds.find("invitation").sample(
        queries.current(kinds.find("invitation"), "tr"), "tr", meeting.public_id
    )
    assert shown.get_data(as_text=True) == letter.html
    assert text.get_data(as_text=True) == f"Konu: {letter.subject}\n\n{letter.text}"
    assert "Kermes için davet" in letter.subject
    assert "Değerli Nermin Su," in letter.text
    assert "\n\n\n" not in letter.text
    assert "<br>Yer: " in letter.html


def test_one_meeting_has_words_of_its_own(app, staff):
    one, other = MeetingFactory(), MeetingFactory()
    change(Words("Herkese", "Merhaba", "Gelin.", ""))
    change(Words("Yalnız buna", "Merhaba", "Gelin.", ""), about=one.public_id)
    found = {code: queries.changed("invitation", code)["tr"].subject
             for code in (one.public_id, other.public_id, "")}  # fmt: skip
    assert found == {one.public_id: "Yalnız buna", other.public_id: "Herkese", "": "Herkese"}
    page = staff.get(f"/mektuplar/invitation/tr/{one.public_id}")
    assert "Yalnız bu toplantı için" in page.text
    assert page.soup.select_one("[name=subject]")["value"] == "Yalnız buna"
    page = page.submit("Bütün toplantıların metnine dön")
    assert queries.changed("invitation", one.public_id)["tr"].subject == "Herkese"
    staff.get("/mektuplar/invitation/tr/zzzzzzzzzzzz", status=404)
    staff.get("/mektuplar/yok/tr/hepsi", status=404)
    staff.get("/mektuplar/invitation/de/hepsi", status=404)


def test_nobody_overwrites_unknowingly(app):
    row = change()
    for version in (None, row.version + 1):
        with pytest.raises(SavedMeanwhile):
            change(version=version)
    assert change(version=row.version).subject == OWN.subject
    db.session.rollback()


def test_what_was_saved_or_taken_back_meanwhile_is_shown_beside_what_was_typed(app, staff):
    page = staff.get(EDIT)
    change()
    page = page.submit("Kaydet", status=409, subject="Benimki")
    assert page.soup.select_one("[name=subject]")["value"] == "Benimki"
    assert OWN.subject in page.soup.select_one("#subject-stored").text
    kind = kinds.find("invitation")
    operations.put_back(kind=kind, language="tr", actor=COMMAND)
    db.session.commit()
    page = page.submit("Kaydet", status=409)
    assert "Davet: {toplanti}" in page.soup.select_one("#subject-stored").text
    page.submit("Kaydet")
    assert queries.current(kind, "tr").subject == "Benimki"


def test_letters_cost_the_same_statements_at_any_number(app):
    change()
    # Held here: else the session forgets it whenever the garbage collector happens to run.
    ours = institution.current()
    counts = []
    for size in (1, 2, 9):
        meeting = MeetingFactory(status=MeetingStatus.INVITED, window=None)
        some = [organization(f"{size} {number}") for number in range(size)]
        db.session.flush()
        with counted_statements() as statements:
            invite(meeting=meeting, organizations=some, actor=COMMAND)
        counts.append(len(statements))
    assert len(set(counts)) == 1, statements
    assert institution.current() is ours
