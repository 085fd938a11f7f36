"""The shape of calls, proposals and decisions as they are typed."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, Field, HiddenField, RadioField
from wtforms.validators import StopValidation, ValidationError

from coordinator.fields import Day, Email, Line, Lines, Needed
from coordinator.forms import AppForm, EditForm
from coordinator.proposals import queries
from coordinator.proposals.operations import Upload


class CallForm(EditForm):
    """A call: what is asked, and until when."""

    title = Line(_l("Question"), validators=[Needed(_l("Write what you ask the organisations."))])
    text = Lines(_l("Explanation"), most=3000)
    opens_on = Day(_l("First day"), validators=[Needed(_l("Write the first day."))])
    closes_on = Day(_l("Last day"), validators=[Needed(_l("Write the last day."))])

    def validate_closes_on(self, field: Field) -> None:
        first, last = self.opens_on.data, field.data
        if first and last and last < first:
            raise ValidationError(_l("The last day must not come before the first."))


class AskForm(AppForm):
    """Which organisations the call's letter goes to; the ticks are read by their ids."""


class NeededToSend:
    """The field must be filled when the proposal is sent; a draft may go without."""

    def __init__(self, message: Any) -> None:
        self.message = message

    def __call__(self, form: "ProposalForm", field: Field) -> None:
        if field.errors or field.process_errors:
            raise StopValidation()
        if form.sending and not field.data:
            raise StopValidation(self.message)


class ProposalForm(EditForm):
    """A proposal, kept as a draft or sent, as the pressed button says."""

    key = HiddenField()
    title = Line(
        _l("Title"), validators=[Needed(_l("Give the proposal a title, a few words will do."))]
    )
    summary = Lines(
        _l("What do you want to do?"),
        validators=[NeededToSend(_l("Write in a few sentences what you want to do."))],
    )
    need = Lines(_l("Why is it needed?"))
    for_whom = Line(_l("For whom?"), most=300)
    place = Line(_l("Where?"), most=300)
    timing = Line(_l("When?"), most=300)
    wanted_support = Lines(_l("What support do you want from the branch?"), most=2000)
    attachment = FileField(_l("Attachment"))
    remove_attachment = BooleanField(_l("Remove the attached file"))
    author_name = Line(
        _l("Your name"), validators=[NeededToSend(_l("Write who sends the proposal."))]
    )
    author_email = Email(_l("Your e-mail address"))

    sending = False
    """Was the button pressed that sends it, rather than the one that keeps a draft?"""

    @property
    def new_id(self) -> str | None:
        """The id under which this form makes a proposal, if it is one of ours."""
        key = str(self.key.data or "")
        return key if queries.is_address(key) else None

    @property
    def texts(self) -> dict[str, str]:
        """What was typed, by the names of the proposal's columns."""
        return {
            name: field.data or ""
            for name, field in self._fields.items()
            if isinstance(field, Line | Email)
        }

    @property
    def upload(self) -> Upload | None:
        """The file that was sent along, if there is one."""
        sent = self.attachment.data
        if not isinstance(sent, FileStorage) or not sent.filename:
            return None
        sent.stream.seek(0)
        return Upload(sent.filename, sent.stream.read())

    def remind_of_file(self) -> None:
        """Say beside the field that a browser does not send a file a second time by itself."""
        if isinstance(self.attachment.data, FileStorage) and self.attachment.data.filename:
            self.attachment.warnings = [
                _l("The file was not kept. Choose it again before you save or send.")
            ]


class Pick(RadioField):
    """One of a few, with a sentence of ours when it is none of them."""

    def pre_validate(self, form: Any) -> None:
        if self.data not in {value for value, *_ in self.choices}:
            raise StopValidation(_l("Choose one of the answers."))


class WithdrawForm(EditForm):
    """A proposal is taken back as it was seen."""


class DecisionForm(EditForm):
    """The branch's answer to a proposal."""

    decision = Pick(
        _l("What do you decide?"),
        choices=[("accept", _l("We take it up")), ("decline", _l("We cannot do it this time"))],
        validate_choice=False,
    )
    reason = Lines(
        _l("Reason"), validators=[Needed(_l("Write the reason; the organisation will read it."))]
    )

    def begin_again(self, version: int) -> None:
        """Take the proposal's present version, so that the answer can be sent once more."""
        self.version.data = self.version.raw_data = None
        self.version.process_data(version)

    @property
    def accepts(self) -> bool:
        return bool(self.decision.data == "accept")
