"""A special day's window, as most tests of activities need one."""

import pytest
from flask import Flask

from coordinator.days.models import DayWindow
from tests.factories import DayWindowFactory


@pytest.fixture
def window(app: Flask) -> DayWindow:
    return DayWindowFactory()
