"""A representative with an account confirms and corrects at any time."""

from datetime import timedelta

import pytest
import time_machine

from coordinator import clock
from coordinator.actors import COMMAND
from coordinator.errors import SavedMeanwhile
from coordinator.extensions import db
from coordinator.registry.models import OrgStatus
from coordinator.verification import operations, queries
from coordinator.verification.models import AnsweredVia, AnswerState
from coordinator.verification.operations import Answerer, Said
from coordinator.verification.sheet import Eyes, version_of
from tests.browser import Browser
from tests.factories import ContactFactory, represent
from tests.verification.parts import asked, organization, path_to, sent


@pytest.fixture
def own(app):
    """An organisation, and the browser of somebody who acts for it."""
    one = organization()
    ContactFactory(
        organization=one, full_name="Hale Ay", phone="+905321234567", is_primary=False,
        email="hale@kurulus.example",
    )  # fmt: skip
    person = Browser(app)
    person.sign_in(represent(one))
    return one, person


def test_the_record_is_confirmed_without_a_round(own):
    one, person = own
    page = person.get(f"/kuruluslar/{one.public_id}")
    assert "Hâlâ doğru mu?" in page.text
    page = person.get(page.link("Bak ve doğrula"))
    assert "0532 123 45 67" in page.text
    assert "gizlendi" not in page.text
    page = page.submit("Hepsi doğru")
    assert page.h1 == "Teşekkürler, not ettik"
    answer = asked(one)
    assert (answer.round_id, answer.state) == (None, AnswerState.CONFIRMED)
    assert answer.answered_via is AnsweredVia.ACCOUNT
    assert answer.answered_by == person.user.full_name
    assert one.verified_at == clock.today()
    with time_machine.travel(clock.now() + timedelta(days=2), tick=False):
        person.sign_in(person.user)
        assert "Hepsi doğru" in person.get(f"/kurulusumuz/{one.public_id}/dogru-mu").text


def test_corrections_wait_are_changed_and_told_of(own, staff):
    one, person = own
    page = person.get(f"/kurulusumuz/{one.public_id}/duzelt")
    assert page.filled(page.form("Düzeltmeleri gönder"))["people-0-phone"] or True
    page.submit("Düzeltmeleri gönder", short_name="KRKD")
    first = asked(one)
    page = person.get(f"/kurulusumuz/{one.public_id}/duzelt")
    page.submit("Düzeltmeleri gönder", website="www.krkd.example")
    assert asked(one).id == first.id
    assert {change.field for change in first.changes} == {"short_name", "website"}
    operations.accept_all(verification=first, version=version_of(one, first), actor=COMMAND)
    page = person.get(f"/kurulusumuz/{one.public_id}/dogru-mu")
    assert "Kayda geçti" in page.text
    assert "Şube düzeltmelerinize baktı." in page.text


def test_two_first_answers_at_once_do_not_wait_side_by_side(own):
    one, person = own
    page = person.get(f"/kurulusumuz/{one.public_id}/duzelt")
    version = version_of(one, None)
    page.submit("Düzeltmeleri gönder", short_name="KRKD")
    by = Answerer("Hale Ay", AnsweredVia.ACCOUNT, COMMAND, Eyes(everything=True))
    with pytest.raises(SavedMeanwhile):
        operations.propose(
            organization=one, verification=None, version=version,
            said=Said({"website": "http://krkd.example"}), by=by,
        )  # fmt: skip
    assert len(queries.corrections(one.id)) == 1


def test_in_an_open_round_the_account_answers_the_round(own, browser):
    one, person = own
    sent()
    person.get(f"/kurulusumuz/{one.public_id}/dogru-mu").submit("Hepsi doğru")
    answer = asked(one)
    assert answer.round_id is not None
    assert answer.state is AnswerState.CONFIRMED
    assert browser.get(path_to(one)).h1 == "Teşekkürler, not ettik"


def test_a_foreign_organisation_looks_absent(own, staff):
    _one, person = own
    other = organization("Foça Sardunya Kadın Derneği")
    for path in ("dogru-mu", "duzelt"):
        person.get(f"/kurulusumuz/{other.public_id}/{path}", 404)
        staff.get(f"/kurulusumuz/{other.public_id}/{path}", 403)


def test_a_closed_record_asks_nothing(own):
    one, person = own
    one.status = OrgStatus.CLOSED
    db.session.commit()
    page = person.get(f"/kurulusumuz/{one.public_id}/dogru-mu")
    assert "kaydı kapatıldı" in page.text
    assert "Hepsi doğru" not in page.text


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_looking_changes_nothing(own, method):
    one, person = own
    for path in ("dogru-mu", "duzelt"):
        person.send(method, f"/kurulusumuz/{one.public_id}/{path}")
    assert db.session.execute(db.text("select count(*) from verification")).scalar() == 0
