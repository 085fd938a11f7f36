"""What is proposed of people stays hidden from the other readers of a letter’s link."""

import pytest
import sqlalchemy as sa

from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.registry.models import Organization
from coordinator.verification import operations
from coordinator.verification.facts import NEW_CONTACT
from coordinator.verification.models import AnswerState
from tests.browser import Browser
from tests.factories import ContactFactory, represent
from tests.verification.parts import asked, letters, organization, path_of, path_to, sent

SEND = "Düzeltmeleri gönder"
SECRETS = ("444 55 66", "4445566", "yeni@", "333 22 11", "3332211", "gelen@")


@pytest.fixture
def one(app) -> Organization:
    """An organisation whose account proposed numbers and addresses of two people."""
    one = organization()
    ContactFactory(
        organization=one, full_name="Zehra Ay", is_primary=False, phone="+905321234567",
        email="zehra@kurulus.example",
    )  # fmt: skip
    sent()
    person = Browser(app)
    person.sign_in(represent(one))
    page = person.get(f"/kurulusumuz/{one.public_id}/duzelt")
    place = "people-1" if page.filled(page.form(SEND))["people-1-phone"] else "people-0"
    page.submit(
        SEND,
        **{
            f"{place}-phone": "0532 444 55 66", f"{place}-email": "yeni@kurulus.example",
            "came-0-full_name": "Gülen Su", "came-0-phone": "0533 333 22 11",
            "came-0-email": "gelen@kurulus.example",
        },
    )  # fmt: skip
    return one


def proposed(one: Organization) -> dict[str, object]:
    db.session.expire_all()
    return {change.field: change.after for change in asked(one).open_changes}


@pytest.mark.parametrize("more", ["", "/duzelt"])
def test_a_link_shows_no_proposed_numbers_of_others(one, browser, more):
    page = browser.get(path_to(one) + more)
    body = page.response.get_data(as_text=True)
    assert [text for text in SECRETS if text in body] == []
    if not more:
        for text in ("0532 ••• •• 66", "y•••@kurulus.example", "Gülen Su", "0533 ••• •• 11"):
            assert text in page.text


def test_decided_ones_stay_masked(one, browser, staff):
    staff.get(f"/dogrulama/duzeltmeler/{asked(one).public_id}").submit("Hepsini kayda geçir")
    body = browser.get(path_to(one)).response.get_data(as_text=True)
    assert [text for text in SECRETS if text in body] == []


def test_the_branch_and_an_account_see_them(one, staff, app):
    person = Browser(app)
    person.sign_in(represent(one))
    for page in (
        staff.get(f"/dogrulama/duzeltmeler/{asked(one).public_id}"),
        person.get(f"/kurulusumuz/{one.public_id}/dogru-mu"),
    ):
        for text in ("0532 444 55 66", "yeni@kurulus.example", "0533 333 22 11"):
            assert text in page.text


def test_what_was_not_shown_waits_on_when_another_corrects(one, browser):
    before = proposed(one)
    browser.get(f"{path_to(one)}/duzelt").submit(SEND, short_name="KRKD")
    assert proposed(one) == {**before, "short_name": "KRKD"}
    browser.get(f"{path_to(one)}/duzelt").submit(SEND, short_name="")
    assert proposed(one) == before
    assert asked(one).state is AnswerState.PROPOSED
    body = browser.get(path_to(one)).response.get_data(as_text=True)
    assert [text for text in SECRETS if text in body] == []


def test_what_is_written_anew_takes_the_place_of_what_was_not_shown(one, browser):
    browser.get(f"{path_to(one)}/duzelt").submit(SEND, **{"people-1-phone": "0532 777 88 99"})
    found = proposed(one)
    assert found["phone"] == "+905327778899"
    assert found["email"] == "yeni@kurulus.example"
    page = browser.get(f"{path_to(one)}/duzelt")
    assert page.filled(page.form(SEND))["people-1-phone"].endswith("777 88 99")
    page.submit(SEND, **{"people-1-phone": "", "people-1-left": "y"})
    assert set(proposed(one)) == {"contact_left", NEW_CONTACT}


def test_one_sees_what_one_proposed_oneself_by_any_letter_to_the_address(app, browser):
    organization()
    round_ = sent()
    db.session.execute(sa.text("update letter set created_at = '2020-01-01 00:00:00'"))
    operations.remind(round_=round_, actor=COMMAND)
    db.session.commit()
    first, reminder = (path_of(letter) for letter in letters())
    browser.get(f"{first}/duzelt").submit(
        SEND, **{"came-0-full_name": "Gülen Su", "came-0-email": "gelen@kurulus.example"}
    )
    for path in (first, reminder):
        page = browser.get(f"{path}/duzelt")
        assert page.filled(page.form(SEND))["came-0-email"] == "gelen@kurulus.example"
        assert "gelen@kurulus.example" in browser.get(path).text
