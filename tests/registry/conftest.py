"""What several tests of imports ask for by name."""

import pytest

from coordinator.registry.importing import batches


@pytest.fixture
def few_rows_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let five rows be a long list."""
    monkeypatch.setattr(batches, "AT_ONCE", 4)
