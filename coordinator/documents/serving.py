"""Answer with a stored file: always to be saved, never to be shown inside this site."""

from io import BytesIO

from flask import Response, send_file

from coordinator.documents.models import Document

POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


def send(document: Document) -> Response:
    """Return the file as an attachment under its own name, Turkish letters intact (RFC 6266).

    Whoever calls has decided that the reader may have it.
    """
    response = send_file(
        BytesIO(document.content),
        mimetype=document.mime,
        as_attachment=True,
        download_name=document.filename,
        etag=document.sha256,
        max_age=0,
    )
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "private, no-store"
    return response
