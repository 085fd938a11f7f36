"""What migrations make of imports and of the words of the search."""

import sqlalchemy as sa
from flask import Flask
from flask_migrate import downgrade, upgrade

from coordinator.extensions import db
from coordinator.registry.models import organization_word
from tests.browser import Browser
from tests.factories import ContactFactory, OrganizationFactory
from tests.registry.test_import_undoing import BUTTON, NEW, bring, page


def test_a_list_that_was_taken_back_is_dropped_for_the_version_before(
    app: Flask, staff: Browser
) -> None:
    bring(staff, NEW)
    page(staff).submit(BUTTON)
    db.session.remove()
    downgrade(revision="0010")
    state = db.session.scalar(sa.select(sa.column("state")).select_from(sa.table("import_batch")))
    db.session.remove()
    upgrade()
    assert state == "dropped"


def test_the_words_are_those_of_the_application(app: Flask) -> None:
    cyrillic = OrganizationFactory(
        name="K\u0430dın Işığı", short_name="K.A.D", registry_no="35-111-222", email="a@b.example",
        phone="+902322933030", kep="ada@hs01.kep.tr", tax_no="1234567890",
    )  # fmt: skip
    ContactFactory(organization=cyrillic, full_name="Şule Çınar", phone="+905321112233; dahili 3")
    db.session.commit()
    asked = sa.select(organization_word.c.word).order_by(organization_word.c.word)
    before = db.session.scalars(asked).all()
    assert "kadin" in before
    db.session.execute(sa.delete(organization_word))
    db.session.commit()
    db.session.remove()
    downgrade(revision="0015")
    upgrade()
    assert db.session.scalars(asked).all() == before
