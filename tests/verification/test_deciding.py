"""The branch's word on corrections: all at once or one by one, nothing overwritten unseen."""

import pytest
import sqlalchemy as sa

from coordinator import clock
from coordinator.actors import COMMAND, Actor
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.registry.models import Contact, Organization, OrgStatus, OrgType
from coordinator.verification import operations, queries
from coordinator.verification.models import AnsweredVia, AnswerState, ChangeState, Verification
from coordinator.verification.operations import Answerer, PersonSaid, Said
from coordinator.verification.sheet import Eyes, version_of
from tests.browser import Browser, Page, counted_statements
from tests.verification.parts import asked, organization, sent

BY = Answerer("Nermin Su", AnsweredVia.LINK, Actor.link("Nermin Su"), Eyes(everything=True))
NEW = {
    "full_name": "Hale Ay", "position": "Başkan", "phone": "+905321234567",
    "email": "hale@kurulus.example", "preferred_language": "tr",
}  # fmt: skip


def person(contact: Contact, **values: object) -> dict[str, PersonSaid]:
    """Return what a form says of a contact: all as it stands but for `values`."""
    known = {name: getattr(contact, name) for name in NEW}
    return {contact.public_id: PersonSaid({**known, **values})}


def proposing(one: Organization, **said: object) -> Verification:
    """Return an organisation's answer with these corrections."""
    sent()
    answer = asked(one)
    operations.propose(
        organization=one, verification=answer, version=version_of(one, answer),
        said=Said(**{"values": {}, **said}), by=BY,
    )  # fmt: skip
    db.session.commit()
    return answer


def page_of(staff: Browser, answer: Verification) -> Page:
    return staff.get(f"/dogrulama/duzeltmeler/{answer.public_id}")


def press(page: Page, field: str, word: str, status: int = 200) -> Page:
    """Press one correction's button, as the page stands."""
    for form in page.soup.select("form"):
        if field in form.get_text() and form.select("button[name=karar]"):
            return page.browser.post(
                str(form["action"]), {**page.filled(form), "karar": word}, status
            )
    raise AssertionError(f"no correction of {field!r}")


def test_the_page_shows_before_and_after_in_words(app, staff):
    one = organization()
    proposing(
        one,
        values={"org_type": "foundation", "district_slug": "foca", "phone": "+902322931200"},
        people=person(one.contacts[0], position="Başkan"),
        came=(NEW,),
        note="Taşındık.",
    )
    waiting = staff.get("/dogrulama/duzeltmeler")
    assert "1 kuruluşun düzeltmesi sizi bekliyor." in waiting.text
    assert "5 düzeltme" in waiting.text
    page = staff.get(waiting.link("Bak"))
    for text in (
        "Dernek", "Vakıf", "Konak", "Foça", "0232 293 12 00", "Görevi: Nermin Su", "Başkan",
        "Hale Ay", "hale@kurulus.example", "Taşındık.", "Nermin Su, bağlantıdan",
    ):  # fmt: skip
        assert text in page.text


def test_one_button_takes_all_over(app, staff):
    one = organization()
    contact = one.contacts[0]
    answer = proposing(
        one,
        values={
            "name": "Yeni Ad Derneği", "org_type": "foundation", "district_slug": "foca",
            "work_area_codes": ["education"], "target_group_codes": [], "phone": "+902322931200",
        },
        people=person(contact, full_name="Nermin Su Deniz", preferred_language="en"),
        came=(NEW,),
    )  # fmt: skip
    page = page_of(staff, answer).submit("Hepsini kayda geçir")
    assert "8 düzeltme kayda geçti." in page.text
    db.session.refresh(one)
    assert (one.name, one.org_type, one.district_slug) == (
        "Yeni Ad Derneği", OrgType.FOUNDATION, "foca",
    )  # fmt: skip
    assert one.work_area_codes == ["education"]
    assert one.verified_at == clock.today()
    assert {(who.full_name, who.preferred_language) for who in one.active_contacts} == {
        ("Nermin Su Deniz", "en"), ("Hale Ay", "tr"),
    }  # fmt: skip
    assert answer.state is AnswerState.SETTLED
    deeds = set(db.session.scalars(sa.select(AuditLine.action)))
    assert {"organization.edited", "contact.edited", "contact.added"} <= deeds
    assert {"verification.accepted", "organization.checked"} <= deeds
    assert "yeni ad" in staff.get("/kuruluslar?ara=yeni+ad").text.lower()
    assert "Bekleyen düzeltme yok" in staff.get("/dogrulama/duzeltmeler").text


def test_who_left_is_ended_and_who_came_becomes_the_primary_contact(app, staff):
    one = organization()
    contact = one.contacts[0]
    answer = proposing(one, people={contact.public_id: PersonSaid({}, left=True)}, came=(NEW,))
    page_of(staff, answer).submit("Hepsini kayda geçir")
    db.session.refresh(contact)
    assert contact.active_until == clock.today()
    (active,) = one.active_contacts
    assert (active.full_name, active.is_primary) == ("Hale Ay", True)


def test_each_field_is_taken_or_left_by_itself(app, staff):
    one = organization()
    answer = proposing(one, values={"short_name": "KRKD", "website": "http://krkd.example"})
    page = press(page_of(staff, answer), "Kısa adı", "al")
    db.session.refresh(one)
    assert (one.short_name, one.website, one.verified_at) == ("KRKD", "", None)
    assert answer.state is AnswerState.PROPOSED
    press(page, "Web sitesi", "alma")
    db.session.refresh(one)
    assert (one.website, one.verified_at) == ("", clock.today())
    assert [change.state for change in answer.changes] == [
        ChangeState.ACCEPTED, ChangeState.REFUSED,
    ]  # fmt: skip


def test_a_value_changed_meanwhile_is_shown_and_asked_anew(app, staff):
    one = organization()
    answer = proposing(one, values={"short_name": "KRKD", "website": "http://krkd.example"})
    one.website = "http://baska.example"
    db.session.commit()
    page = page_of(staff, answer)
    assert "Kayıt bu arada değişti." in page.text
    assert "http://baska.example" in page.text
    page = page.submit("Hepsini kayda geçir")
    assert "1 bilgi bu arada değişmiş; tek tek karar verin." in page.text
    db.session.refresh(one)
    assert (one.short_name, one.website) == ("KRKD", "http://baska.example")
    assert answer.state is AnswerState.PROPOSED
    press(page, "Web sitesi", "al")
    db.session.refresh(one)
    assert one.website == "http://krkd.example"
    assert answer.state is AnswerState.SETTLED


@pytest.mark.parametrize("button", ["one", "all"])
def test_a_record_changed_while_staff_looked_is_not_overwritten(app, staff, button):
    one = organization()
    answer = proposing(one, values={"short_name": "KRKD"})
    page = page_of(staff, answer)
    one.short_name = "Körfez"
    db.session.commit()
    page = press(page, "Kısa adı", "al") if button == "one" else page.submit("Hepsini kayda geçir")
    assert "Kayıt bu sayfa açıkken değişti." in page.text
    db.session.refresh(one)
    assert one.short_name == "Körfez"
    assert answer.state is AnswerState.PROPOSED


def test_what_the_record_says_already_is_settled_without_a_change(app, staff):
    one = organization()
    answer = proposing(one, values={"short_name": "KRKD"})
    one.short_name = "KRKD"
    db.session.commit()
    page = page_of(staff, answer)
    assert "Kayıtta zaten böyle yazıyor." in page.text
    page.submit("Hepsini kayda geçir")
    assert answer.state is AnswerState.SETTLED


def test_details_of_somebody_who_left_meanwhile_cannot_be_taken_over(app, staff):
    one = organization()
    answer = proposing(one, people=person(one.contacts[0], position="Başkan"))
    one.contacts[0].active_until = clock.today()
    db.session.commit()
    page = page_of(staff, answer)
    assert "artık irtibat kişisi değil" in page.text
    assert not page.soup.select("button[value=al]")
    with pytest.raises(operations.CannotTake):
        operations.decide(
            change=answer.changes[0], accept=True, version=version_of(one, answer), actor=COMMAND
        )
    press(page, "Görevi", "alma")
    assert answer.state is AnswerState.SETTLED


def test_a_second_press_says_that_it_is_decided(app, staff):
    one = organization()
    answer = proposing(one, values={"short_name": "KRKD", "website": "http://krkd.example"})
    page = page_of(staff, answer)
    press(page, "Kısa adı", "alma")
    assert "başkası karar vermiş" in press(page, "Kısa adı", "al").text
    page_of(staff, answer).submit("Hepsini kayda geçir")
    assert "başkası karar vermiş" in page.submit("Hepsini kayda geçir").text
    db.session.refresh(one)
    assert one.short_name == ""


def test_a_note_alone_is_read(app, staff):
    one = organization()
    answer = proposing(one, note="Telefonla arar mısınız?")
    page_of(staff, answer).submit("Okudum")
    db.session.refresh(one)
    assert answer.state is AnswerState.SETTLED
    assert one.verified_at == clock.today()


def test_a_viewer_reads_and_decides_nothing(app, viewer):
    one = organization()
    answer = proposing(one, values={"short_name": "KRKD"})
    page = page_of(viewer, answer)
    assert "KRKD" in page.text
    assert not page.soup.select("main form")


def test_the_pages_of_corrections_cost_the_same_at_every_size(app, staff):
    def statements(count: int) -> list[int]:
        for number in range(count):
            organization(f"Kuruluş {count} {number}")
        sent()
        for answer in db.session.scalars(sa.select(Verification)).all():
            if answer.state is AnswerState.ASKED:
                operations.propose(
                    organization=answer.organization, verification=answer,
                    version=version_of(answer.organization, answer),
                    said=Said(values={"short_name": "K", "website": "http://a.example"}), by=BY,
                )  # fmt: skip
        numbers = []
        for path in ("/dogrulama", "/dogrulama/duzeltmeler", "/kuruluslar"):
            with counted_statements() as found:
                staff.get(path)
            numbers.append(len(found))
        return numbers

    first = statements(2)
    assert statements(20) == first


def test_a_record_that_was_closed_waits_for_nobody(app, staff):
    one = organization()
    proposing(one, values={"short_name": "KRKD"})
    one.status = OrgStatus.CLOSED
    db.session.commit()
    assert "Bekleyen düzeltme yok" in staff.get("/dogrulama/duzeltmeler").text
    assert queries.counts().waiting == 0
