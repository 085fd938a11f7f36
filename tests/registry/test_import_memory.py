"""What the columns held is remembered for the next list with the same headings."""

import pytest
import sqlalchemy as sa

from coordinator.extensions import db
from coordinator.registry.models import ColumnMemory
from tests.browser import Browser
from tests.registry.lists import lines, read
from tests.registry.uploads import organization, upload

SAID = "Aynı başlıklarla bir liste daha önce aktarılmış."
HEADINGS = "Unvan;Haberleşme;Not"


def memories() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(ColumnMemory)) or 0


@pytest.fixture
def taught(staff: Browser) -> Browser:
    page = upload(staff, lines("Ada Derneği;x@y.example;n", headings=HEADINGS))
    assert SAID not in page.text
    page.submit("Ne olacağını göster", column_0="name", column_1="email")
    return staff


def test_the_next_list_is_laid_out_as_the_last_one(taught: Browser) -> None:
    page = upload(taught, lines("Ova Derneği;o@y.example;n", headings="UNVAN ;haberlesme;NOT;"))
    assert SAID in page.text
    page = page.submit("Ne olacağını göster")
    page.submit("1 satırı kaydet")
    assert organization("Ova Derneği").email == "o@y.example"


def test_other_headings_are_another_list(taught: Browser) -> None:
    page = upload(taught, lines("Ova;o@y.example", headings="Unvan;Haberleşme"))
    assert SAID not in page.text


def test_what_is_chosen_later_is_what_is_remembered(taught: Browser) -> None:
    page = upload(taught, lines("Ova Derneği;o@y.example;n", headings=HEADINGS))
    page.submit("Ne olacağını göster", column_1="notes")
    assert memories() == 1
    assert read(lines("a;b;c", headings=HEADINGS)).mapping == {
        "0": "name", "1": "notes", "2": "notes",
    }  # fmt: skip


def test_a_guess_that_nobody_changed_is_not_kept(staff: Browser) -> None:
    page = upload(staff, lines("Ova Derneği;o@y.example", headings="STK;E-posta"))
    page.submit("Ne olacağını göster")
    assert memories() == 0


def test_what_no_column_holds_any_more_is_passed_over(taught: Browser) -> None:
    kept = db.session.scalars(sa.select(ColumnMemory)).one()
    kept.mapping = {"0": "name", "1": "horoscope", "40": "email"}
    db.session.commit()
    assert read(lines("a;b;c", headings=HEADINGS)).mapping == {"0": "name"}
