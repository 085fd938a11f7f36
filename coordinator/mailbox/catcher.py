"""The SMTP server of the local mailbox."""

from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from coordinator.mailbox import store


class Catcher:
    """Keeps every letter that is handed over."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Take the letter once it lies in its file."""
        for recipient in envelope.rcpt_tos:
            store.keep(self.folder, recipient, envelope.original_content)
        return "250 OK"


class FreePort(Controller):  # type: ignore[misc]
    """A controller on a free port; the library itself would knock at port 0."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def start(folder: Path) -> int:
    """Start the server in a thread of this process and return its port."""
    controller = FreePort(Catcher(folder), hostname="127.0.0.1", port=0)
    controller.start()
    return int(controller.port)
