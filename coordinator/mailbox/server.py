"""Where letters go while no mail server is configured: a server of our own in this process."""

import importlib
import threading
from typing import cast

from flask import current_app

from coordinator.mailbox import store
from coordinator.outbox.letterhead import Route, configured_route

_starting = threading.Lock()
_ports: dict[str, int] = {}


def route() -> Route:
    """Return the local server's address, starting it at the first letter.

    A mail server set meanwhile comes first.
    """
    if current_app.config["MAIL_SERVER"]:
        return configured_route()
    folder = store.folder()
    with _starting:
        if str(folder) not in _ports:
            # Its library takes as long to load as a page to answer; most processes never need it.
            catcher = importlib.import_module("coordinator.mailbox.catcher")
            _ports[str(folder)] = cast(int, catcher.start(folder))
    return Route("127.0.0.1", _ports[str(folder)])
