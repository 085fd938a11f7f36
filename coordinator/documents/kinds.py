"""The kinds of file that are taken, told by their name and by what is in them."""

import io
import re
import stat
import struct
import zipfile

import filetype
from flask_babel import lazy_gettext as _l

from coordinator.errors import RuleBroken

OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."
MIMES = {
    "pdf": "application/pdf",
    "docx": f"{OFFICE}wordprocessingml.document",
    "xlsx": f"{OFFICE}spreadsheetml.sheet",
    "pptx": f"{OFFICE}presentationml.presentation",
    "odt": f"{OPEN}text",
    "ods": f"{OPEN}spreadsheet",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
}
MAIN_PARTS = {
    "docx": f"{OFFICE}wordprocessingml.document.main+xml",
    "xlsx": f"{OFFICE}spreadsheetml.sheet.main+xml",
    "pptx": f"{OFFICE}presentationml.presentation.main+xml",
}
RUNNABLE = re.compile(
    r"\.(exe|com|bat|cmd|scr|msi|ps1|vbs|jse?|wsf|hta|x?html?|svg|php|jar|lnk|sh|py|dll)\."
)
MOST_UNPACKED, MOST_ENTRIES, MOST_PIXELS = 100 * 1024 * 1024, 3000, 60_000_000
# What acts by itself when the document is opened: macros, embedded programs.
_ACTING = re.compile(r"vbaproject|/activex/|oleobject|/embeddings/.*\.bin$|\.(exe|js|vbs)$", re.I)
_REMOTE = re.compile(rb'attachedTemplate"[^>]*TargetMode="External"|<ddeLink', re.I)


class FileRefused(RuleBroken):
    """The file is not of a kind that is taken; the message says what to send instead."""

    status = 422


OTHER_KIND = _l(
    "Send the file as PDF, Word (docx), Excel (xlsx), PowerPoint (pptx), odt, ods, png, jpg "
    "or webp."
)
OTHER_CONTENT = _l(
    "What is in the file does not fit its name. Save it anew with the right program and send that."
)
ACTING = _l(
    "The file holds macros or embedded programs. Save it without them, or as PDF, and send that."
)
TOO_MUCH = _l("The file unpacks to too much. Make it smaller and send it again.")
TOO_MANY_PIXELS = _l("The picture is too large. Make it smaller and send it again.")


def mime_of(filename: str, content: bytes) -> str:
    """Return the media type of a file whose name and content agree; raises FileRefused."""
    lowered = filename.lower()
    extension = lowered.rpartition(".")[2]
    if "." not in lowered or extension not in MIMES or RUNNABLE.search(lowered):
        raise FileRefused(OTHER_KIND)
    if extension in MAIN_PARTS or extension in {"odt", "ods"}:
        _check_package(extension, content)
    else:
        _check_plain(extension, content)
    return MIMES[extension]


def _check_plain(extension: str, content: bytes) -> None:
    found = filetype.guess(content[:8192])
    if found is None or found.mime != MIMES[extension]:
        raise FileRefused(OTHER_CONTENT)
    if extension == "png" and len(content) > 24:
        width, height = struct.unpack(">II", content[16:24])
        if width * height > MOST_PIXELS:
            raise FileRefused(TOO_MANY_PIXELS)


def _check_package(extension: str, content: bytes) -> None:
    """Check a document that is a zip inside: looked at before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            _check_sizes(entries, len(content))
            if any(_is_acting(entry) for entry in entries):
                raise FileRefused(ACTING)
            if not _is_kind(extension, package):
                raise FileRefused(OTHER_CONTENT)
            _check_links(package)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, OSError, EOFError, ValueError,
            RuntimeError, zipfile.LargeZipFile) as error:  # fmt: skip
        raise FileRefused(OTHER_CONTENT) from error


def _check_sizes(entries: list[zipfile.ZipInfo], size: int) -> None:
    """Refuse bombs: too many parts, too much inside, or parts laid over each other."""
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or packed > size:
        raise FileRefused(TOO_MUCH)


def _is_acting(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename.replace("\\", "/")
    outside = name.startswith("/") or ".." in name.split("/")
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    return outside or is_link or bool(entry.flag_bits & 1) or bool(_ACTING.search(name))


def _is_kind(extension: str, package: zipfile.ZipFile) -> bool:
    if extension in MAIN_PARTS:
        return MAIN_PARTS[extension].encode() in _part(package, "[Content_Types].xml")
    return _part(package, "mimetype").strip() == MIMES[extension].encode()


def _check_links(package: zipfile.ZipFile) -> None:
    for name in package.namelist():
        watched = name.endswith("settings.xml.rels") or "externalLinks/" in name
        if watched and _REMOTE.search(_part(package, name)):
            raise FileRefused(ACTING)
    if package.testzip() is not None:
        raise FileRefused(OTHER_CONTENT)


def _part(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as part:
        return part.read(2 * 1024 * 1024)
