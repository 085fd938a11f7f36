"""While a long file is made, others write."""

import threading

import pytest
from flask import Flask

from coordinator.database import will_write
from coordinator.extensions import db
from coordinator.registry.views import exports as views
from tests.browser import Browser
from tests.factories import OrganizationFactory
from tests.registry.test_export_page import download


def test_the_file_is_made_without_holding_the_write_lock(
    app: Flask, viewer: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    OrganizationFactory(name="Ada")
    seen: list[bool] = []
    made = views.exports.as_file

    def watched(*args: object) -> bytes:
        seen.append(will_write.get())
        other = threading.Thread(target=_write, args=(app,))
        other.start()
        other.join(timeout=5)
        seen.append(other.is_alive())
        return made(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(views.exports, "as_file", watched)
    assert download(viewer).status_code == 200
    assert seen == [False, False]


def _write(app: Flask) -> None:
    with app.app_context():
        OrganizationFactory(name="Ova")
        db.session.commit()
