"""Letters: their states, why they did not arrive, sent again."""

import secrets
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator import clock
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.outbox import operations
from coordinator.outbox.models import DeliveryAttempt, LetterState, OutboxLetter
from tests.browser import Browser, counted_statements


def letter(state: LetterState = LetterState.QUEUED, **values: object) -> OutboxLetter:
    """Return a stored letter of a state."""
    row = OutboxLetter(
        **{
            "kind": "invitation",
            "to_name": "Nermin Su",
            "to_address": "nermin@k.example",
            "language": "tr",
            "subject": "25 Kasım’ı birlikte hazırlıyoruz",
            "text": "Sayın Nermin Su,\n\nhttp://127.0.0.1/davet/LINK-abc123?yanit=evet\n",
            "html": "<p>…</p>",
            "message_id": f"<{secrets.token_hex(8)}@x>",
            "state": state,
            "next_try_at": clock.now(),
            **values,
        }
    )
    db.session.add(row)
    db.session.flush()
    return row


def failed(**values: object) -> OutboxLetter:
    row = letter(LetterState.FAILED, reason="550 Posta kutusu bulunamadı", **values)
    row.tries = [DeliveryAttempt(outcome=LetterState.FAILED, reason="550 Posta kutusu bulunamadı")]
    db.session.flush()
    return row


def url(row: OutboxLetter, more: str = "") -> str:
    return f"/yonetim/gonderiler/{row.public_id}{more}"


def test_letters_stand_newest_first_with_their_states(app: Flask, viewer: Browser) -> None:
    for state in LetterState:
        letter(state, subject=f"Konu {state.value}")
    rows = viewer.get("/yonetim/gonderiler").rows()
    assert [row.split()[1] for row in rows] == [state.value for state in reversed(LetterState)]
    assert "Geri döndü" in rows[1]
    assert "Ulaşmadı" in rows[2]


def test_the_page_says_what_could_not_be_delivered(app: Flask, viewer: Browser) -> None:
    assert "Henüz mektup yazılmadı" in viewer.get("/yonetim/gonderiler").text
    failed()
    page = viewer.get("/yonetim/gonderiler")
    assert "1 mektup ulaşmadı." in page.text
    assert "550 Posta kutusu bulunamadı" in page.rows()[0]
    assert "1 mektup ulaşmadı." in viewer.get("/yonetim").text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"durum": "failed"}, 1), ({"durum": "sent"}, 0), ({"durum": "xx"}, 2),
        ({"ara": "nermin@"}, 2), ({"ara": "yok"}, 0), ({"ara": "%"}, 0), ({"page": "99"}, 0),
    ],
)  # fmt: skip
def test_letters_are_filtered(
    app: Flask, viewer: Browser, asked: dict[str, str], found: int
) -> None:
    failed()
    letter()
    assert len(viewer.get("/yonetim/gonderiler", query=asked).rows()) == found


def test_a_letter_shows_its_text_and_tries_but_no_link(app: Flask, viewer: Browser) -> None:
    page = viewer.get(url(failed()))
    assert "Sayın Nermin Su," in page.text
    assert "LINK-" not in page.response.get_data(as_text=True)
    assert "[alıcının kişisel bağlantısı]" in page.text
    assert "550 Posta kutusu bulunamadı" in page.rows()[0]
    assert "Yeniden gönder" not in page.text


def test_staff_send_a_failed_letter_again(app: Flask, staff: Browser) -> None:
    row = failed()
    page = staff.get(url(row)).submit("Yeniden gönder")
    assert "Mektup yeniden gönderilmek üzere sırada." in page.text
    assert row.state is LetterState.QUEUED
    line = db.session.scalars(sa.select(AuditLine)).one()
    assert (line.action, line.subject_name) == ("letter.resent", row.subject)


def test_a_letter_on_its_way_is_not_doubled(app: Flask, staff: Browser) -> None:
    row = failed()
    page = staff.get(url(row))
    page.submit("Yeniden gönder")
    assert "yolda" in page.submit("Yeniden gönder", 409).text
    assert "Yeniden gönder" not in staff.get(url(letter(LetterState.SENT))).text


def test_viewers_send_nothing(app: Flask, viewer: Browser) -> None:
    row = failed()
    page = viewer.get("/hesabim")
    token = page.filled(page.form("Kaydet"))["csrf_token"]
    viewer.post(url(row, "/yeniden"), {"csrf_token": token}, 403)
    assert row.state is LetterState.FAILED


def test_letters_about_accounts_are_for_administrators(
    app: Flask, staff: Browser, admin: Browser
) -> None:
    row = failed(kind="account_choose_password", subject="Yeni parolanızı seçin")
    assert staff.get("/yonetim/gonderiler").rows() == []
    staff.get(url(row), 404)
    assert "mektup ulaşmadı" not in staff.get("/yonetim").text
    assert len(admin.get("/yonetim/gonderiler").rows()) == 1
    admin.get(url(row))


def test_the_list_asks_as_often_for_thirty_as_for_three(app: Flask, staff: Browser) -> None:
    counts = []
    for more in (3, 27):
        for _time in range(more):
            failed()
        db.session.commit()
        with counted_statements() as statements:
            staff.get("/yonetim/gonderiler")
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 10


def test_what_came_back_shows_and_its_address_is_cleared(
    app: Flask, staff: Browser, viewer: Browser
) -> None:
    row = letter(LetterState.SENT, next_try_at=None)
    operations.bounced(row, reason="550 5.1.1 kullanıcı yok")
    page = staff.get("/yonetim/gonderiler")
    assert "1 mektup geri döndü." in page.text
    assert "Beklemede 1 adres" in page.text
    opened = failed()
    page = staff.get(url(opened))
    assert "Bu adres beklemede." in page.text
    assert "Yeniden gönder" not in page.text
    assert "nermin@k.example" in staff.get("/yonetim/gonderiler/bekleyen-adresler").rows()[0]
    looked = viewer.get("/yonetim/gonderiler/bekleyen-adresler", query={"ara": "nermin"})
    assert "Beklemeyi kaldır" not in looked.text
    page = staff.get(url(row)).submit("Beklemeyi kaldır")
    assert "Beklemede adres yok" in staff.get("/yonetim/gonderiler/bekleyen-adresler").text
    operations.hold("nermin@k.example", reason="550 dolu")
    refused = page.submit("Yeniden gönder", status=409)
    assert "nermin@k.example adresine giden bir mektup geri döndüğü için" in refused.text
    staff.get("/yonetim/gonderiler/bekleyen-adresler").submit("Beklemeyi kaldır")
    page.submit("Yeniden gönder")
    db.session.refresh(row)
    assert row.state is LetterState.QUEUED


def test_all_that_failed_this_week_go_again(app: Flask, staff: Browser) -> None:
    lately, old = failed(), failed(created_at=clock.now() - timedelta(days=9))
    account = failed(kind="account_sign_in")
    waiting = letter(LetterState.DEFERRED, reason="451 4.3.0 busy")
    page = staff.get("/yonetim/gonderiler")
    assert "Bu hafta ulaşmayan 1 mektubu yeniden gönder" in page.text
    assert "1 mektup ertelendi." in page.text
    assert "451 4.3.0 busy" in page.text
    page.submit("Bu hafta ulaşmayan 1 mektubu yeniden gönder")
    for row in (lately, old, account, waiting):
        db.session.refresh(row)
    assert [one.state for one in (lately, old, account)] == [
        LetterState.QUEUED, LetterState.FAILED, LetterState.FAILED,
    ]  # fmt: skip
