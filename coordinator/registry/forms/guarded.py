"""A form that is guarded by the version of another record than the one it writes."""

from typing import Any

from coordinator.forms import EditForm


class GuardedForm(EditForm):
    """Where the guarding record was saved meanwhile, there is nothing of it to show beside."""

    def _show_stored(self, record: Any) -> None:
        self.stale = True
        self.version.raw_data = None
        self.version.process_data(record.version)
