"""Replies are read at addresses of their own."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.replies.parts import REPLY_ADDRESS


@pytest.fixture
def reply_address(app: Flask) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(app.config, "REPLY_ADDRESS", REPLY_ADDRESS)
        yield
