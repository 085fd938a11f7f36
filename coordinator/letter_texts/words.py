"""The words of a letter: plain text with placeholders in braces, which are looked at once."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from flask_babel import gettext as _

from coordinator import turkish

_BRACED = re.compile(r"\{([^{}]*)\}")
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True)
class Words:
    """What staff may change of a letter. Facts, buttons and foot are not among it."""

    subject: str
    greeting: str
    body: str
    closing: str

    @property
    def paragraphs(self) -> list[list[str]]:
        """The body's paragraphs, each as its lines; one that came out empty is none."""
        return [part.split("\n") for part in _PARAGRAPH.split(self.body) if part.strip()]

    @property
    def closing_lines(self) -> list[str]:
        return self.closing.split("\n") if self.closing else []

    def filled(self, values: Mapping[str, str]) -> "Words":
        """Return the words with values in the placeholders' places.

        A value is not looked at again: a name that holds braces stays a name.
        """

        def put(text: str) -> str:
            return _BRACED.sub(lambda found: values.get(found[1], found[0]), text)

        paragraphs = [put(one).strip() for one in _PARAGRAPH.split(self.body)]
        return Words(
            " ".join(put(self.subject).split()),
            " ".join(put(self.greeting).split()),
            "\n\n".join(one for one in paragraphs if one),
            put(self.closing).strip(),
        )


Wording = Callable[[str], Words]
"""The words of a kind of letter, by language."""


def usual(subject: str, body: str, last: str = "") -> Words:
    """Return words between the usual greeting and closing; `last` is said before the closing."""
    regards = _("With regards,")
    closing = f"{last}\n\n{regards}" if last else regards
    return Words(subject, _("Dear %(name)s,", name="{ad}"), body, closing)


def faults(text: str, known: Collection[str]) -> list[str]:
    """Return all that is wrong with the placeholders of a text, in sentences."""
    names = dict.fromkeys(_BRACED.findall(text))
    found = [_unknown(name, known) for name in names if name not in known]
    rest = _BRACED.sub("", text)
    if "{" in rest or "}" in rest:
        found.append(_("A brace stands alone: a placeholder begins with { and ends with }."))
    return found


def _unknown(name: str, known: Iterable[str]) -> str:
    plain = turkish.search_key(name).replace(" ", "_")
    near = get_close_matches(plain, list(known), n=1, cutoff=0.5)
    written = f"{{{name}}}"
    if near:
        meant = f"{{{near[0]}}}"
        return _("There is no placeholder %(name)s. Did you mean %(meant)s?",
                 name=written, meant=meant)  # fmt: skip
    return _("There is no placeholder %(name)s. The list of placeholders shows all.", name=written)
