"""Special days, windows and closed days."""

from datetime import date

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coordinator.database import Model
from coordinator.records import Addressed, Record, Versioned, coded, new_public_id
from coordinator.states import Shown


class DayTheme(Shown):
    """What a special day is about."""

    WOMEN_RIGHTS = "women_rights", _l("Women's rights")
    VIOLENCE = "violence", _l("Combating violence")
    GIRLS = "girls", _l("Girls")
    CHILD_RIGHTS = "child_rights", _l("Children's rights")
    EDUCATION = "education", _l("Education")
    ECONOMY = "economy", _l("Economy and labour")
    HEALTH = "health", _l("Health")
    PARTICIPATION = "participation", _l("Participation")
    RURAL = "rural", _l("Rural life")
    CARE = "care", _l("Care")
    DISABILITY = "disability", _l("Disability")
    OLDER_PEOPLE = "older_people", _l("Older people")
    FAMILY = "family", _l("Family")
    YOUTH = "youth", _l("Youth")
    DIVERSITY = "diversity", _l("Diversity")
    MIGRATION = "migration", _l("Migration")
    HUMAN_RIGHTS = "human_rights", _l("Human rights")
    NATIONAL = "national", _l("National day")
    LOCAL = "local", _l("Local day")


class SpecialDay(Versioned, Addressed, Model):
    """A day of the year. `day_or_rule` is a day number or `nth:2:sun` (second Sunday).

    `length_days` counts the first day. A day with `part_of` is prepared in that day's window,
    as the 16 days are in that of 25 Kasım.
    """

    __tablename__ = "special_day"

    key: Mapped[str] = mapped_column(sa.String(60), unique=True)
    slug: Mapped[str] = mapped_column(sa.String(60), unique=True)
    month: Mapped[int]
    day_or_rule: Mapped[str] = mapped_column(sa.String(12))
    length_days: Mapped[int] = mapped_column(default=1)
    name_tr: Mapped[str] = mapped_column(sa.String(200))
    name_en: Mapped[str] = mapped_column(sa.String(200))
    theme: Mapped[DayTheme] = mapped_column(coded(DayTheme, "theme"))
    lead_days: Mapped[int] = mapped_column(default=30)
    is_active: Mapped[bool] = mapped_column(default=True)
    source: Mapped[str] = mapped_column(sa.String(300), default="")
    part_of_id: Mapped[int | None] = mapped_column(sa.ForeignKey("special_day.id"))

    part_of: Mapped["SpecialDay | None"] = relationship(
        remote_side="SpecialDay.id", back_populates="parts"
    )
    parts: Mapped[list["SpecialDay"]] = relationship(back_populates="part_of")

    def name(self, language: str) -> str:
        return self.name_en if language == "en" else self.name_tr

    @property
    def title(self) -> str:
        return self.name_tr


class DayWindow(Versioned, Addressed, Model):
    """The work around one special day in one year: call, meeting, programme, day, evaluation."""

    __tablename__ = "day_window"

    special_day_id: Mapped[int] = mapped_column(sa.ForeignKey("special_day.id"))
    year: Mapped[int]
    starts_on: Mapped[date] = mapped_column(index=True)
    length_days: Mapped[int]
    call_from: Mapped[date]
    call_until: Mapped[date]
    meeting_around: Mapped[date]
    programme_from: Mapped[date]
    programme_until: Mapped[date]
    evaluation_until: Mapped[date]
    feed_key: Mapped[str] = mapped_column(sa.String(12), unique=True, default=new_public_id)

    special_day: Mapped[SpecialDay] = relationship(lazy="joined")

    @property
    def title(self) -> str:
        return f"{self.special_day.name_tr} {self.year}"

    __table_args__ = (sa.UniqueConstraint("special_day_id", "year"),)


class ClosedDay(Record, Model):
    """A day that the branch marked as closed by hand (administrative leave, for example)."""

    __tablename__ = "closed_day"

    on: Mapped[date] = mapped_column("on_day", unique=True)
    half_day: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(sa.String(200))
