"""Who did what when: read, filtered, worded."""

import re
from pathlib import Path

from flask import Flask

import coordinator
from coordinator.accounts.models import User
from coordinator.actors import COMMAND, WORKER, Actor
from coordinator.administration import deeds
from coordinator.audit import operations as audit
from coordinator.extensions import db
from tests.browser import Browser
from tests.factories import OrganizationFactory, UserFactory

SOURCE = Path(coordinator.__file__).parent
RECORDED = re.compile(r"(?:audit\.record\(\s*|action=)\"([a-z_]+\.[a-z_]+)\"")


def written() -> set[str]:
    """Return the actions that stand in the source as they are recorded."""
    return {
        action for file in SOURCE.rglob("*.py") for action in RECORDED.findall(file.read_text())
    }


def test_deeds_stand_newest_first_in_words(app: Flask, staff: Browser) -> None:
    one = OrganizationFactory(name="Çiğli Kadın Derneği")
    audit.record("organization.added", one, Actor(name="Derya Tuna", via="page", user_id=1))
    audit.record("organization.edited", one, Actor.link("Nermin Su"))
    audit.record("letter.resent", None, COMMAND)
    audit.record("letter.resent", None, WORKER)
    rows = staff.get("/yonetim/islem-kaydi").rows()
    assert "Mektup yeniden gönderildi – Paydaş’ın kendisi" in rows[0]
    assert "Komut satırı" in rows[1]
    assert "Kuruluş değiştirildi Çiğli Kadın Derneği Nermin Su kişisel bağlantıyla" in rows[2]
    assert "Kuruluş eklendi Çiğli Kadın Derneği Derya Tuna" in rows[3]


def test_deeds_are_found_by_person_record_and_kind(app: Flask, staff: Browser) -> None:
    one = OrganizationFactory(name="Çiğli Kadın Derneği")
    audit.record("organization.added", one, Actor(name="Derya Tuna", via="page"))
    audit.record("meeting.planned", None, Actor(name="Işıl Öz", via="page"))

    def found(**asked: str) -> int:
        return len(staff.get("/yonetim/islem-kaydi", query=asked).rows())

    assert [found(ara="CIGLI"), found(ara="isil"), found(ara="%"), found(ara="xx")] == [1, 1, 0, 0]
    assert [found(tur="meeting"), found(tur="task"), found(tur="x'"), found()] == [1, 0, 2, 2]


def test_deeds_on_accounts_are_for_administrators(
    app: Flask, staff: Browser, admin: Browser
) -> None:
    user: User = UserFactory(full_name="Gizli Kişi")
    audit.record("account.closed", user, COMMAND)
    assert staff.get("/yonetim/islem-kaydi").rows() == []
    assert "Gizli Kişi" in admin.get("/yonetim/islem-kaydi").rows()[0]


def test_the_audit_is_paged(app: Flask, staff: Browser) -> None:
    for _time in range(51):
        audit.record("letter.resent", None, WORKER)
    db.session.commit()
    first = staff.get("/yonetim/islem-kaydi", query={"ara": "worker"})
    assert len(first.rows()) == 50
    assert "51 işlem" in first.text
    second = staff.get(first.link("Sonraki"))
    assert len(second.rows()) == 1


def test_representatives_read_none_of_it(app: Flask, browser: Browser) -> None:
    browser.sign_in(UserFactory(role="representative"))
    for path in ("", "/gonderiler", "/islem-kaydi", "/kurum", "/kisiler"):
        browser.get(f"/yonetim{path}", 403)


def test_every_deed_has_its_words_and_its_kind() -> None:
    actions = written()
    assert len(actions) > 20
    assert sorted(actions - set(deeds.DEEDS)) == []
    assert {action.partition(".")[0] for action in actions} <= set(deeds.NOUNS)
