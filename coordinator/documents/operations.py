"""Keep a file, give it up."""

import hashlib
from typing import IO

from flask_babel import lazy_gettext as _l

from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.documents import kinds, names
from coordinator.documents.kinds import FileRefused
from coordinator.documents.models import Document
from coordinator.extensions import db
from coordinator.wording import Unkeepable

__all__ = ["MOST", "FileRefused", "remove", "store"]

MOST = 10 * 1024 * 1024


def store(
    *, filename: str | None, stream: IO[bytes] | bytes, actor: Actor, field: str | None = None
) -> Document:
    """Keep an uploaded file; raises FileRefused (beside the form's `field`) with the way out.

    The name is cleaned, and must agree with what is in the file. The caller keeps the document's
    id and decides who may read it; `serving.send` answers with it.
    """
    content = stream if isinstance(stream, bytes) else stream.read(MOST + 1)
    try:
        name = names.clean(filename or "")
        if not content:
            raise FileRefused(_l("The file is empty. Choose another file."))
        if len(content) > MOST:
            raise FileRefused(_l("Files may be at most 10 MB. Make it smaller and try again."))
        mime = kinds.mime_of(name, content)
    except Unkeepable as error:
        raise FileRefused(error.message, field) from error
    except FileRefused as error:
        raise FileRefused(error.message, field) from error
    document = Document(
        filename=name,
        mime=mime,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
    )
    db.session.add(document)
    db.session.flush()
    audit.record("document.stored", document, actor, size=len(content))
    return document


def remove(document: Document, *, actor: Actor) -> None:
    """Delete a file for good; its owner lets go of it first."""
    audit.record("document.removed", document, actor)
    db.session.delete(document)
    db.session.flush()
