"""The import of a list: how fast its rows are read, looked through and saved, and its pages."""

import csv
import io
import random
import resource
import time
from collections.abc import Callable
from typing import TypeVar

import python_calamine
import sqlalchemy as sa
import xlsxwriter
from flask import Flask

from bench.measure import figures
from bench.pages import get, signed_in_cookie
from coordinator.access import Role
from coordinator.accounts.models import User
from coordinator.actors import Actor
from coordinator.extensions import db
from coordinator.registry.importing import batches, previews, saving
from coordinator.registry.importing.planning.plan import Plan
from coordinator.registry.importing.reading import files
from coordinator.registry.models import ImportBatch

T = TypeVar("T")
HEADINGS = (
    "STK Adı", "İlgili Kişi", "E-posta", "Telefon", "İlçe", "Türü", "Kütük No", "Çalışma Alanı",
    "Notlar", "Web", "Adres",
)  # fmt: skip
FIRST = (
    "Kordon", "Işık", "Mavi Kıyı", "Çınar", "Gül", "Ihlamur", "Şafak", "Ümit", "İmbat", "Öz",
    "Deniz", "Nar", "Zeytin", "Defne", "Bahar", "Körfez", "Yarımada", "Turna", "Leylak", "Lodos",
)  # fmt: skip
SECOND = ("Dayanışma", "Hukuk", "Sağlık", "Eğitim", "Kültür", "Emek", "Üretici", "Bilim", "Sanat")
KINDS = ("Dernek", "Vakıf", "Kooperatif", "Platform")
DISTRICTS = ("Konak", "Bornova", "Buca", "Karşıyaka", "Çiğli", "Torbalı", "Ödemiş", "Foça", "Urla")
AREAS = ("şiddetle mücadele", "hukuk", "sağlık", "eğitim", "istihdam", "göç")


def run(app: Flask, size: int, label: str) -> None:
    """Load a list of `size` rows and print what each step takes."""
    print(f"\n{label}, a list of {size:,} rows")
    clock, rows = Clock(size), [HEADINGS, *_rows(size)]
    text, book = _text(rows), _workbook(rows)
    clock.time("CSV, read alone", lambda: list(csv.reader(io.StringIO(text.decode()))))
    clock.time("XLSX, read alone (calamine)", lambda: _read_alone(book))
    with app.app_context():
        user = User(full_name="Derya Tuna", email="derya@belediye.example", role=Role.STAFF)
        db.session.add(user)
        db.session.commit()
        actor = Actor.account(user)
        clock.time("XLSX, read", lambda: files.read_file("liste.xlsx", book))
        batch = clock.time(
            "CSV, read and stored",
            lambda: batches.start(filename="liste.csv", content=text, actor=actor),
        )
        plan = clock.time("looked through", lambda: batches.planned(batch))
        clock.time("kept for the preview", lambda: previews.store(batch, plan))
        db.session.commit()
        number, user_id, engine = batch.id, user.id, db.engine
        path = f"/kuruluslar/ice-aktar/{batch.public_id}"
        db.session.remove()
    _pages(app, path, user_id, engine)
    with app.app_context():
        clock.time("saved, in one transaction", lambda: _save(number, plan, actor))
        db.session.remove()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"  memory at most {peak} MB")


def _save(number: int, plan: Plan, actor: Actor) -> None:
    batch = db.session.get_one(ImportBatch, number)
    saving.apply(batch=batch, plan=plan, actor=actor)
    db.session.commit()


def _pages(app: Flask, path: str, user_id: int, engine: sa.Engine) -> None:
    cookie = signed_in_cookie(app, user_id)
    for name, end in (
        ("preview", ""),
        ("all rows", "/satirlar"),
        ("rows that ask", "/satirlar?sonuc=asks"),
    ):
        print(f"  {name:30} {figures(app, get(path + end, cookie), engine=engine).row}")


class Clock:
    """Times steps, each beside the reading of the file alone."""

    def __init__(self, size: int) -> None:
        self.size, self.alone = size, 0.0

    def time(self, name: str, step: Callable[[], T]) -> T:
        """Do the step and print what it took; the first step is the file alone."""
        begun = time.perf_counter()
        result = step()
        seconds = time.perf_counter() - begun
        ratio = f"{seconds / self.alone:8.1f}x the CSV alone" if self.alone else ""
        self.alone = self.alone or seconds
        print(f"  {name:30} {seconds:7.2f} s  {self.size / seconds:11,.0f} rows/s  {ratio}")
        return result


def _rows(size: int) -> list[tuple[str, ...]]:
    chance = random.Random(25)
    return [
        (
            f"{chance.choice(DISTRICTS)} {chance.choice(FIRST)} {chance.choice(FIRST)} "
            f"{chance.choice(SECOND)} Kadın Derneği",
            f"Nermin {chance.choice(FIRST)}",
            f"bilgi{number}@kurum{number}.example" if number % 20 else "bilgi(at)kurum.example",
            f"0232 {chance.randint(200, 999)} {chance.randint(10, 99)} {chance.randint(10, 99)}",
            chance.choice(DISTRICTS),
            chance.choice(KINDS),
            f"35-{number // 1000:03d}-{number % 1000:03d}" if number % 3 else "",
            ", ".join(chance.sample(AREAS, 2)),
            "Nisan toplantısına geldi" if number % 5 == 0 else "",
            f"www.kurum{number}.example",
            f"{chance.randint(1, 200)}. Sokak No {chance.randint(1, 99)}",
        )
        for number in range(1, size + 1)
    ]


def _text(rows: list[tuple[str, ...]]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=";").writerows(rows)
    return written.getvalue().encode()


def _workbook(rows: list[tuple[str, ...]]) -> bytes:
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    sheet = book.add_worksheet("Liste")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return written.getvalue()


def _read_alone(book: bytes) -> object:
    opened = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(book))
    return opened.get_sheet_by_index(0).to_python()
