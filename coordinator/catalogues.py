"""Keeps the Turkish catalogues in step with the texts: `python -m coordinator.catalogues`.

The code's texts are English; each package has its own Turkish catalogue. A text that stands in
the foundation and in a feature, or in two features, is translated in each where it stands.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent
EPOCH = datetime(2026, 11, 1, tzinfo=UTC)
KEYWORDS = {
    "_": None, "gettext": None, "_l": None, "lazy_gettext": None,
    "ngettext": (1, 2), "lazy_ngettext": (1, 2), "pgettext": ((1, "c"), 2),
}  # fmt: skip
METHODS = [
    ("**.py", "python"),
    ("**/templates/**.html", "jinja2"),
    ("**/templates/**.txt", "jinja2"),
]
OPTIONS = {"**/templates/**.html": {"trimmed": "true"}, "**/templates/**.txt": {"trimmed": "true"}}


def packages() -> Iterator[tuple[str, Path]]:
    """Yield (name, folder) of the foundation ("" for its name) and of each package."""
    yield "", ROOT
    for folder in sorted(ROOT.iterdir()):
        if (folder / "__init__.py").exists():
            yield folder.name, folder


def extracted(name: str, folder: Path) -> Catalog:
    """Return the texts of a package as an empty catalogue."""
    catalogue = Catalog(
        locale="tr",
        project="Paydaş",
        fuzzy=False,
        header_comment="# Turkish texts of Paydaş.",
        creation_date=EPOCH,
        revision_date=EPOCH,
        last_translator="Paydaş",
        language_team="Türkçe",
        msgid_bugs_address="-",
    )
    found = extract_from_dir(
        folder,
        METHODS,
        OPTIONS,
        KEYWORDS,
        directory_filter=lambda path: _belongs(name, Path(path)),
    )
    for filename, _line, message, comments, context in found:
        catalogue.add(message, None, [(filename, 0)], auto_comments=comments, context=context)
    return catalogue


def catalogue_file(folder: Path) -> Path:
    return folder / "translations" / "tr" / "LC_MESSAGES" / "messages.po"


def stored(folder: Path) -> Catalog:
    """Return the package's Turkish catalogue; an empty one if it has none yet."""
    file = catalogue_file(folder)
    if not file.exists():
        return Catalog(locale="tr", project="Paydaş")
    with file.open("rb") as text:
        return read_po(text, locale="tr")


def update(name: str, folder: Path) -> int:
    """Write the package's catalogue anew from its texts; return how many lack a translation."""
    fresh, old = extracted(name, folder), stored(folder)
    if not len(fresh):
        return 0
    for message in fresh:
        known = old.get(message.id, message.context) if message.id else None
        if known is not None and message.id:
            message.string = known.string
    file = catalogue_file(folder)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as text:
        write_po(text, fresh, width=100, no_location=False, include_lineno=False, sort_output=True)
    return sum(1 for message in fresh if message.id and not _complete(message.string))


def faults(name: str, folder: Path) -> list[str]:
    """Return what is wrong with a package's catalogue, a sentence for each text."""
    fresh, old = extracted(name, folder), stored(folder)
    label = name or "foundation"
    wrong = []
    for message in fresh:
        if not message.id:
            continue
        known = old.get(message.id, message.context)
        if known is None or not _complete(known.string):
            wrong.append(f"{label}: not translated: {message.id!r}")
        elif known.fuzzy:
            wrong.append(f"{label}: fuzzy: {message.id!r}")
        elif isinstance(message.id, str):
            wrong += [f"{label}: {message.id!r}: {error}" for error in known.check()]
    wrong += [
        f"{label}: no longer used: {message.id!r}"
        for message in old
        if message.id and fresh.get(message.id, message.context) is None
    ]
    return wrong


def _complete(string: object) -> bool:
    parts = string if isinstance(string, (tuple, list)) else [string]
    return bool(parts) and all(parts)


def _belongs(name: str, path: Path) -> bool:
    if path.name in {"translations", "static", "data", "__pycache__"} or path.name[0] == ".":
        return False
    inside_package = path != ROOT and (path / "__init__.py").exists() and path.parent == ROOT
    return not inside_package or path.name == name


def main() -> int:
    """Update every catalogue, or with `--check` only say what is wrong."""
    if "--check" in sys.argv:
        wrong = [fault for name, folder in packages() for fault in faults(name, folder)]
        print("\n".join(wrong) or "Every text is translated.")
        return 1 if wrong else 0
    wanted = sys.argv[1:]
    for name, folder in packages():
        if not wanted or (name or "foundation") in wanted:
            missing = update(name, folder)
            print(f"{name or 'foundation'}: {missing} to translate")
    return 0


if __name__ == "__main__":
    sys.exit(main())
