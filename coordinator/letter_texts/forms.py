"""The shape of a letter's words."""

from typing import Any

from flask_babel import lazy_gettext as _l

from coordinator.fields import Line, Lines, Needed
from coordinator.forms import EditForm, show_stored
from coordinator.letter_texts.kinds import Kind
from coordinator.letter_texts.words import Words, faults


class WordsForm(EditForm):
    """What staff may change of a letter."""

    subject = Line(
        _l("Subject"),
        most=200,
        validators=[Needed(_l("Write a subject: without one many throw a letter away."))],
    )
    greeting = Line(
        _l("Greeting"), most=200, validators=[Needed(_l("Write how the reader is addressed."))]
    )
    body = Lines(
        _l("Text"),
        most=5000,
        description=_l("An empty line begins a new paragraph."),
        validators=[Needed(_l("Write the text of the letter."))],
    )
    closing = Lines(
        _l("Closing"),
        most=500,
        description=_l("The branch’s name, phone and address follow by themselves."),
    )

    def __init__(self, kind: Kind, **more: Any) -> None:
        self.kind = kind
        super().__init__(**more)

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse placeholders that letters of the kind do not have, whatever else is wrong."""
        is_right: bool = super().validate(extra_validators)
        for field in (self.subject, self.greeting, self.body, self.closing):
            wrong = faults(field.typed or "", self.kind.names)
            field.errors = [*field.errors, *wrong]
            is_right = is_right and not wrong
        return is_right

    @property
    def words(self) -> Words:
        return Words(
            self.subject.data or "",
            self.greeting.data or "",
            self.body.data or "",
            self.closing.data or "",
        )

    def _show_stored(self, record: Any) -> None:
        """Show the words that letters have now; without a row of their own they have no version."""
        self.stale = True
        show_stored(self, WordsForm(self.kind, formdata=None, obj=record))
        self.version.raw_data = None
        self.version.process_data(getattr(record, "version", None))
