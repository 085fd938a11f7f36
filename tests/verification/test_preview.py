"""The page before a round is sent loads what it shows, however large the registry is."""

import pytest
import sqlalchemy as sa

from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.outbox.models import LetterState
from coordinator.registry.models import Organization
from coordinator.verification import operations, queries
from coordinator.verification.models import Round
from tests.browser import Browser
from tests.factories import ContactFactory, OrganizationFactory
from tests.verification.parts import deliver, organization, prepared, sent


@pytest.fixture
def large(app) -> Round:
    """A round that would write to 120 organisations and have 110 phoned."""
    for number in range(230):
        one = OrganizationFactory(name=f"Kuruluş {number:04}")
        ContactFactory(
            organization=one, full_name=f"Kişi {number:04}",
            email=f"k{number}@kurulus.example" if number < 120 else "",
        )  # fmt: skip
    round_ = prepared()
    db.session.commit()
    return round_


def test_only_what_is_shown_is_loaded(large: Round, staff: Browser) -> None:
    address = f"/dogrulama/{large.public_id}/onizleme"
    db.session.expunge_all()
    loaded: list[object] = []

    def note(record: object, _context: object) -> None:
        loaded.append(record)

    sa.event.listen(Organization, "load", note)
    try:
        page = staff.get(f"{address}?mektup=120")
        sheet = staff.send("GET", page.soup.iframe["src"])
    finally:
        sa.event.remove(Organization, "load", note)
    assert loaded == []
    assert "120 kuruluşa mektupla sorulacak." in page.text
    assert "110 kuruluşun e-posta adresi yok" in page.text
    assert "Kuruluş 0099" in page.text
    assert "Kuruluş 0100" not in page.text
    assert "Kuruluş 0219" in page.text
    assert "Kuruluş 0220" not in page.text
    assert "Ve 20 kuruluş daha." in page.text
    assert "Ve 10 kuruluş daha." in page.text
    assert "Sayın Kişi 0119" in sheet.get_data(as_text=True)
    staff.get(f"{address}/121", 404)


def test_those_asked_anew_come_after_those_not_asked_yet(app) -> None:
    first, second = organization("Ada", email="ada@k.example"), organization("Çam", email="")
    organization("Defne")
    round_ = sent()
    deliver(LetterState.FAILED, "no such user")
    assert queries.plan_of(round_).organizations == 0
    first.contacts[0].email = "yeni@k.example"
    second.contacts[0].email = "cam@k.example"
    organization("Zambak")
    db.session.commit()
    plan = queries.plan_of(round_)
    names = ["Zambak", "Ada", "Çam"]
    assert [one.name for one in plan.reached()] == names
    assert [plan.reached(place, 1)[0].name for place in range(3)] == names
    assert [one.name for one in plan.reached(1, 5)] == names[1:]
    assert operations.send(round_=round_, actor=COMMAND).letters == plan.letters == 3
