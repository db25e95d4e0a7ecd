"""What staff do about contact and what parents get back: calls, decisions, conflicts, wishes, what a visit saw."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, Date, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables.base import ID, Base, Moment


class ContactCall(Base):
    """A call of staff to every known number of a parent on one day: reached, or not."""

    __tablename__ = "contact_calls"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    person: Mapped[str] = mapped_column(ForeignKey("people.uid"))
    child: Mapped[str] = mapped_column(ForeignKey("children.uid"))
    on: Mapped[date] = mapped_column(Date)
    reached: Mapped[bool] = mapped_column(Boolean)
    by: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (
        Index("contact_call_of", "person", "child", "on", unique=True),
        Index("contact_calls_by", "by", "on"),
    )


class ContactDecision(Base):
    """Staff decided whether a person may be asked about a child, on which ground; the newest holds.

    `ground`: protection_order, suspected_harm, or cleared (nothing stands against it any more).
    """

    __tablename__ = "contact_decisions"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    person: Mapped[str] = mapped_column(ForeignKey("people.uid"))
    child: Mapped[str] = mapped_column(ForeignKey("children.uid"))
    allowed: Mapped[bool] = mapped_column(Boolean)
    ground: Mapped[str] = mapped_column(String(20))
    reason_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    by: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index("contact_decisions_of", "person", "child", "at"),)


class ContactConflict(Base):
    """A member of staff who is of the family said so: of this child's contact he sees and does nothing."""

    __tablename__ = "contact_conflicts"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    child: Mapped[str] = mapped_column(ForeignKey("children.uid"))
    at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index("contact_conflict_of", "account", "child", unique=True),)


class ContactWish(Base):
    """What a parent wants beside the weekly question: cards from home, safety cards.

    `home`, `tips`: asked for. `home_off_until`: 不用了, respected until this day. `…_sent_at`: when the last went out.
    """

    __tablename__ = "contact_wishes"
    person: Mapped[str] = mapped_column(ForeignKey("people.uid"), primary_key=True)
    home: Mapped[bool] = mapped_column(Boolean, default=False)
    home_off_until: Mapped[date | None] = mapped_column(Date)
    home_sent_at: Mapped[datetime | None] = mapped_column(Moment)
    tips: Mapped[bool] = mapped_column(Boolean, default=False)
    tip_sent_at: Mapped[datetime | None] = mapped_column(Moment)


class SummaryConsent(Base):
    """Whoever may agree did: what a visit saw, in a few structured words, may be told to the child's parents.

    `agreed_by`: child, carer or guardian. Ended when it was taken back.
    """

    __tablename__ = "summary_consents"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    child: Mapped[str] = mapped_column(ForeignKey("children.uid"))
    agreed_by: Mapped[str] = mapped_column(String(8))
    by: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (Index("summary_consents_of", "child", "ended_at"),)


class GuardianConsent(Base):
    """What a guardian says to the child being asked here, one row an answer (PIPL-31).

    `relation`: father, mother or guardian. `person`: who answered in chat, None for what staff took down. `answer`: yes
    or no, None while it is waited for. `how`: chat, in_person, phone or paper. `by`: the account that asked or took it
    down, None when the guardian began it. Ended when a later answer took its place.
    """

    __tablename__ = "guardian_consents"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    child: Mapped[str] = mapped_column(ForeignKey("children.uid"))
    person: Mapped[str | None] = mapped_column(ForeignKey("people.uid"))
    relation: Mapped[str] = mapped_column(String(12))
    answer: Mapped[str | None] = mapped_column(String(4))
    how: Mapped[str] = mapped_column(String(12))
    by: Mapped[str | None] = mapped_column(ForeignKey("accounts.uid"))
    at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (Index("guardian_consents_of", "child", "ended_at"),)


class VisitSummary(Base):
    """The summary of one visit as the child director confirmed it for the parents (roles.yml#visit_summary).

    `content_sealed`: JSON with sections (normal, difficulty, not_learned), agreed (needs) and from_child (a sentence
    the child wants them to know).
    """

    __tablename__ = "visit_summaries"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    visit: Mapped[str] = mapped_column(ForeignKey("visits.uid"), unique=True)
    child: Mapped[str] = mapped_column(ForeignKey("children.uid"))
    content_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    by: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    confirmed_at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index("visit_summaries_of", "child", "confirmed_at"),)
