"""The words of people's lists: headings, kinds, fields of work, states, channels, languages.

They stand folded (no case, no accents) in `data/import_words.csv`, one line for what they mean.
"""

import csv
from functools import cache
from pathlib import Path

FILE = Path(__file__).parents[2] / "data" / "import_words.csv"


@cache
def meanings(kind: str) -> dict[str, str]:
    """Return what each word of one kind stands for, as a code."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return {
            word: line["code"]
            for line in csv.DictReader(lines)
            if line["list"] == kind
            for word in line["words"].split("|")
        }
