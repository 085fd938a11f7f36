"""Answers and bounces have addresses of their own in these tests."""

import pytest
from flask import Flask

from tests.inbox.mail import SETTINGS


@pytest.fixture
def patterns(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SETTINGS.items():
        monkeypatch.setitem(app.config, name, value)
