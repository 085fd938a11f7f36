"""Documents for paper: a typst template and the data that it sets, as an accessible PDF."""

import json
import logging
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l

from coordinator.errors import RuleBroken
from coordinator.i18n import language

PROCESS = Path(__file__).with_name("printing_process.py")
SECONDS = 90
MIME = "application/pdf"
logger = logging.getLogger(__name__)


class NotPrintable(RuleBroken):
    """The document could not be set."""

    message = _l("The PDF could not be made. Try with fewer organisations.")


def pdf(template: Path, data: Mapping[str, Any]) -> bytes:
    """Return the document as PDF/UA-1. Raises NotPrintable.

    The template reads `data` (and the reader's `lang` in it) with
    `json(bytes(sys.inputs.data))`; a title is a must, for the standard wants one.
    """
    asked = {"template": template.read_text("utf-8"), "data": {"lang": language(), **data}}
    try:
        done = subprocess.run(  # noqa: S603  (our own script, no shell)
            [sys.executable, "-I", str(PROCESS)],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        logger.warning("The typesetter took longer than %s seconds.", SECONDS)
        raise NotPrintable from error
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF"):
        # Its words stay out of the log: they may quote what was to be printed.
        logger.warning("The typesetter ended with status %s.", done.returncode)
        raise NotPrintable
    return done.stdout
