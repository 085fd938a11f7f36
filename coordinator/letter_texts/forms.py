"""The shape of a letter's words."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import ValidationError

from coordinator.fields import Line, Lines, Needed
from coordinator.forms import EditForm
from coordinator.letter_texts.kinds import Kind
from coordinator.letter_texts.words import Words, fault


def placeholders_known(form: Any, field: Field) -> None:
    """Refuse a placeholder that letters of the kind do not have."""
    if why := fault(field.data or "", form.kind.names):
        raise ValidationError(why)


class WordsForm(EditForm):
    """What staff may change of a letter."""

    subject = Line(
        _l("Subject"),
        most=200,
        validators=[Needed(_l("Write a subject: without one many throw a letter away.")),
                    placeholders_known],
    )  # fmt: skip
    greeting = Line(
        _l("Greeting"),
        most=200,
        validators=[Needed(_l("Write how the reader is addressed.")), placeholders_known],
    )
    body = Lines(
        _l("Text"),
        most=5000,
        description=_l("An empty line begins a new paragraph."),
        validators=[Needed(_l("Write the text of the letter.")), placeholders_known],
    )
    closing = Lines(
        _l("Closing"),
        most=500,
        description=_l("The branch’s name, phone and address follow by themselves."),
        validators=[placeholders_known],
    )

    def __init__(self, kind: Kind, **more: Any) -> None:
        self.kind = kind
        super().__init__(**more)

    @property
    def words(self) -> Words:
        return Words(
            self.subject.data or "",
            self.greeting.data or "",
            self.body.data or "",
            self.closing.data or "",
        )
