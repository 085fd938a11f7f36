"""Search: former names, phones, tax numbers and KEP addresses are words as well

Reads the rows by the columns of this revision and splits them as it did, whatever the application
does by then.
"""

import re
import unicodedata
from collections import defaultdict

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

AT_ONCE = 500
LONGEST = 60
WORD_OF = re.compile(r"[^\W_]+")
FOLD = str.maketrans({"ı": "i", "İ": "i", "I": "i"})
# The letters as they look, and the Latin ones that are meant.
LOOKS = str.maketrans(
    "АВЕЅІЈКМНОРСТУХҮԚԜЗаеѕіјорсухԁһԛԝҽүΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορυικχℓıꞮⅼ",
    "ABESIJKMHOPCTYXYQWZaesijopcyxdhqweyABEZHIKMNOPTYXavopuikxlıIl",
)
FOREIGN = re.compile("[^\x00-\u02af\u2010-\u201f]")


def words(text):
    folded = unicodedata.normalize("NFKD", text.translate(FOLD).casefold())
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    found = {}
    for part in plain.split():
        for word in [part] if "@" in part else WORD_OF.findall(part):
            found[word[:LONGEST]] = None
    return list(found)


def name_words(name):
    return [*words(name), *(words(name.translate(LOOKS)) if FOREIGN.search(name) else ())]


def number_words(text):
    parts = words(text)
    return [*parts, "".join(parts)[:LONGEST]] if len(parts) > 1 else parts


def address_words(email):
    whole = words(email)
    return [*whole, *(f"@{one.partition('@')[2]}" for one in whole if "@" in one)]


def phone_words(phone):
    digits = re.sub(r"\D", "", phone.partition(";")[0])
    for start in ("0090", "90", "00", "0"):
        if digits.startswith(start) and len(digits) - len(start) >= 7:
            digits = digits[len(start) :]
            break
    if len(digits) == 10:
        return [digits, digits[-7:]]
    return [digits] if digits else []


READ = (
    (
        "organization",
        "id",
        {
            "name": name_words,
            "short_name": words,
            "registry_no": number_words,
            "tax_no": number_words,
            "email": address_words,
            "kep": address_words,
            "phone": phone_words,
        },
    ),
    (
        "contact",
        "organization_id",
        {"full_name": words, "email": address_words, "phone": phone_words},
    ),
    ("organization_name", "organization_id", {"name": name_words}),
)
WORD = sa.table("organization_word", sa.column("organization_id"), sa.column("word"))


def upgrade():
    connection = op.get_bind()
    number = sa.column("id")
    ids = list(connection.scalars(sa.select(number).select_from(sa.table("organization", number))))
    for start in range(0, len(ids), AT_ONCE):
        write_words(connection, ids[start : start + AT_ONCE])


def write_words(connection, ids):
    found = defaultdict(dict)
    for name, owner, columns in READ:
        table = sa.table(name, sa.column(owner), *map(sa.column, columns))
        asked = sa.select(table.c[owner], *(table.c[column] for column in columns))
        for organization_id, *texts in connection.execute(asked.where(table.c[owner].in_(ids))):
            for text, read in zip(texts, columns.values(), strict=True):
                found[organization_id].update(dict.fromkeys(read(text or "")))
    connection.execute(sa.delete(WORD).where(WORD.c.organization_id.in_(ids)))
    rows = [{"organization_id": one, "word": word} for one in found for word in found[one]]
    if rows:
        connection.execute(sa.insert(WORD), rows)


def downgrade():
    """More words find more; the words that are there are left as they are."""
