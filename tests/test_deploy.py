"""Personal links stay out of the logs, however the files in deploy/ are edited."""

import json
import logging
import re
import shlex
from pathlib import Path

from gunicorn.config import Config

from coordinator import serving

DEPLOY = Path(__file__).parent.parent / "deploy"
SERVER = re.compile(r"^server \{$(.*?)^\}$", re.MULTILINE | re.DOTALL)


def words_of_gunicorn() -> dict[str, list[str]]:
    """Return what gunicorn is started with, by the file that says so."""
    unit = (DEPLOY / "paydas-web.service").read_text("utf-8")
    image = (DEPLOY / "Dockerfile").read_text("utf-8")
    [start] = re.findall(r"^ExecStart=(.+)$", unit, re.MULTILINE)
    [command] = re.findall(r"^CMD (\[.+\])$", image, re.MULTILINE)
    return {"paydas-web.service": shlex.split(start), "Dockerfile": json.loads(command)}


def test_no_log_holds_the_address_of_a_personal_link() -> None:
    for file, (program, *words) in words_of_gunicorn().items():
        assert program.endswith("gunicorn"), file
        said = Config().parser().parse_args(words)
        logs = (said.accesslog, said.loglevel, said.logconfig, said.logger_class, said.config)
        assert logs == (None,) * 5, file
    settings = "".join(
        (DEPLOY / name).read_text("utf-8") for name in ("paydas.env", "compose.yaml")
    )
    assert "GUNICORN_CMD_ARGS" not in settings
    assert not re.search(r"^\s+command: gunicorn", settings, re.MULTILINE)
    servers = SERVER.findall((DEPLOY / "nginx.conf").read_text("utf-8"))
    assert len(servers) == 2
    for server in servers:
        assert re.findall(r"^ +access_log (.+);$", server, re.MULTILINE) == ["off"]
        assert re.findall(r"^ +error_log \S+ (.+);$", server, re.MULTILINE) == ["emerg"]


def test_everything_in_one_process_tells_nobody_who_hung_up_where() -> None:
    serving.log_to_stderr()
    assert not logging.getLogger("waitress").isEnabledFor(logging.INFO)
