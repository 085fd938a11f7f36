"""`make bench`: prints every figure that docs and notes quote."""

import argparse
import platform
from collections.abc import Callable, Mapping

from bench import imports, letters, pages, start
from bench.databases import application, postgres_database
from tests.databases import postgres_server

SIZES = (30, 3000, 30000)
INVITED = (30, 300, 3000)
MANY = 1000
"""Fewer rows say little of an import."""


Kinds = Mapping[str, str | None]
"""The databases to measure on: their names and, for PostgreSQL, the server's address."""


def of_pages(kinds: Kinds, chosen: argparse.Namespace) -> None:
    for label, address in kinds.items():
        all_pages(label, address, chosen.sizes)


def of_invited(kinds: Kinds, _chosen: argparse.Namespace) -> None:
    print("\nthe page of a meeting's invitees")
    for label, address in kinds.items():
        all_invited(label, address)


def of_imports(kinds: Kinds, chosen: argparse.Namespace) -> None:
    for label, address in kinds.items():
        all_imports(label, address, [size for size in chosen.sizes if size > MANY])


def of_letters(kinds: Kinds, chosen: argparse.Namespace) -> None:
    print("\nletters with a calendar part, one worker, each recorded one by one")
    for label, address in kinds.items():
        with_database(address, lambda url, label=label: letters.run(url, label, chosen.letters))
    more_letters(kinds, chosen.letters)


PARTS: dict[str, Callable[[Kinds, argparse.Namespace], None]] = {
    "pages": of_pages,
    "invited": of_invited,
    "imports": of_imports,
    "letters": of_letters,
}


def more_letters(kinds: Kinds, count: int) -> None:
    for processes in (1, 2, 4) if "PostgreSQL" in kinds else ():
        with_database(
            kinds["PostgreSQL"],
            lambda url, n=processes: letters.workers(url, "PostgreSQL", n, count),
        )
    print(f"\nto a server that answers {letters.LATE_MS} ms late, one worker")
    for label, address in kinds.items():
        for connections in (1, 4, 8, 16):
            with_database(
                address, lambda url, label=label, n=connections: letters.late(url, label, n)
            )


def all_pages(label: str, address: str | None, sizes: list[int]) -> None:
    first: dict[str, float] = {}
    for size in sizes:

        def measure(url: str, size: int = size) -> None:
            with application(url) as app:
                for name, ours, _bare in pages.run(app, size, label):
                    kind = name.split(",")[0]
                    growth = ours.p50 / first.setdefault(kind, ours.p50)
                    if growth != 1:
                        print(f"  {kind}: {growth:.2f} times the time at {sizes[0]}")

        with_database(address, measure)


def all_invited(label: str, address: str | None) -> None:
    seen = set()
    for size in INVITED:

        def measure(url: str, size: int = size) -> None:
            with application(url) as app:
                seen.add(pages.invited(app, size, label))

        with_database(address, measure)
    if len(seen) > 1:
        print(f"  {label}: the statements grow with the invitees: {sorted(seen)}")


def all_imports(label: str, address: str | None, sizes: list[int]) -> None:
    for size in sizes:

        def measure(url: str, size: int = size) -> None:
            with application(url) as app:
                imports.run(app, size, label)

        with_database(address, measure)


def with_database(address: str | None, deed: object) -> None:
    assert callable(deed)
    if address is None:
        deed("")
        return
    with postgres_database(address) as url:
        deed(url)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--only", choices=["start", *PARTS])
    options.add_argument("--sqlite", action="store_true", help="leave PostgreSQL out")
    options.add_argument("--letters", type=int, default=letters.COUNT)
    options.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    chosen = options.parse_args()
    print(f"Python {platform.python_version()}, {platform.processor() or platform.machine()}")
    if chosen.only in {None, "start"}:
        start.run()
    with postgres_server() as (server, reason):
        kinds: dict[str, str | None] = {"SQLite": None}
        if server is None:
            print(reason)
        elif not chosen.sqlite:
            kinds["PostgreSQL"] = server
        for name, part in PARTS.items():
            if chosen.only in {None, name}:
                part(kinds, chosen)


if __name__ == "__main__":
    main()
