"""These tests live on 3 November 2026, a Tuesday."""

from collections.abc import Iterator

import pytest
import time_machine


@pytest.fixture(autouse=True)
def third_of_november() -> Iterator[None]:
    with time_machine.travel("2026-11-03T09:00:00+03:00", tick=False):
        yield
