"""The register: households, children, the people around them, which office answers for them, what was assessed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, validates

from bot.storage.tables.base import ID, Base, Moment


class Household(Base):
    """Siblings who live together, visited in one go. `area`: 12-digit code of the village where they live."""

    __tablename__ = "households"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    area: Mapped[str] = mapped_column(String(12))
    address_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index("households_by_area", "area"),)


class Child(Base):
    """A child on file (建档).

    `profile_sealed`: JSON with name, birth date, sex, identity and school as known. `area`: where the child lives;
    `hukou_area`: where it is registered. `level`: guardianship, good, fair or None while nobody assessed it
    (JL-3.5.a). `level_waits_since`: when `level_by` set it, while nobody has confirmed it; `level_before`: the one that
    was confirmed before, None when there was none. `tags_sealed`: key-focus tags with their sources; `key_focus`:
    whether there is any (JL-3.8.g). `left_behind`, `hardship`: eligible, not_eligible, needs_verification of the newest
    assessment. `state`: draft (waits for the supervisor's review), active, away (the family is away for a while),
    ended. `next_due`: day of the next visit; `recheck_on`: day on which an assessment changes by the calendar alone.
    """

    __tablename__ = "children"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    number: Mapped[str] = mapped_column(String(16), unique=True)
    household: Mapped[str] = mapped_column(ForeignKey("households.uid"))
    area: Mapped[str] = mapped_column(String(12))
    hukou_area: Mapped[str | None] = mapped_column(String(12))
    profile_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    identity_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    state: Mapped[str] = mapped_column(String(12), default="active")
    level: Mapped[str | None] = mapped_column(String(8))
    level_since: Mapped[date | None] = mapped_column(Date)
    level_before: Mapped[str | None] = mapped_column(String(8))
    level_by: Mapped[str | None] = mapped_column(ID)
    level_waits_since: Mapped[datetime | None] = mapped_column(Moment)
    key_focus: Mapped[bool] = mapped_column(Boolean, default=False)
    tags_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    left_behind: Mapped[str | None] = mapped_column(String(20))
    hardship: Mapped[str | None] = mapped_column(String(20))
    filed_on: Mapped[date] = mapped_column(Date)
    reviewed_at: Mapped[datetime | None] = mapped_column(Moment)
    reviewed_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.uid"))
    last_visit: Mapped[date | None] = mapped_column(Date)
    next_due: Mapped[date | None] = mapped_column(Date)
    recheck_on: Mapped[date | None] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)
    end_reason: Mapped[str | None] = mapped_column(String(24))
    created_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (
        Index("children_by_area", "area", "state"),
        Index("children_due", "state", "next_due"),
        Index("children_recheck", "recheck_on"),
        Index("children_of_household", "household"),
        Index("children_changed", "changed_at", "uid"),
    )

    @validates("changed_at")
    def _anew(self, _: str, at: datetime) -> datetime:
        """A second change of one moment has a stamp of its own: by the stamp it is seen whether a change is planned."""
        return at + timedelta(microseconds=1) if at == self.__dict__.get("changed_at") else at


class Person(Base):
    """A parent, guardian or carer, or a child who joined; `conversation`: where we may write, None before joining."""

    __tablename__ = "people"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    profile_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    phone_key: Mapped[str | None] = mapped_column(String(64))
    conversation: Mapped[str | None] = mapped_column(ForeignKey("conversations.uid"))
    joined_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index("people_by_phone", "phone_key"), Index("people_by_conversation", "conversation"))


class Tie(Base):
    """What somebody is to a child: father, mother, guardian, carer or self, from a day until a day."""

    __tablename__ = "ties"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    child: Mapped[str] = mapped_column(ForeignKey("children.uid"))
    person: Mapped[str] = mapped_column(ForeignKey("people.uid"))
    kind: Mapped[str] = mapped_column(String(12))
    relation: Mapped[str | None] = mapped_column(String(24))
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (Index("ties_of_child", "child", "kind"), Index("ties_of_person", "person"))


class Responsibility(Base):
    """Which place answers for a duty (visit, file) of a child, from a day to the day before `until`: no orphan day."""

    __tablename__ = "responsibilities"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    child: Mapped[str] = mapped_column(ForeignKey("children.uid"))
    duty: Mapped[str] = mapped_column(String(12))
    area: Mapped[str] = mapped_column(String(12))
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    why: Mapped[str] = mapped_column(String(24))
    __table_args__ = (
        Index("responsibility_of", "child", "duty", "since", unique=True),
        Index("responsibility_by_area", "area", "duty", "until", "since", "child"),
    )


class ChildMove(Base):
    """A child moves from one office to another: asked by one side, agreed by the other; until then nothing changes.

    Out of the province (`to_area` is OUTSIDE): asked, letter (a letter with the file has gone), agreed (they have it).
    """

    __tablename__ = "child_moves"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    child: Mapped[str] = mapped_column(ForeignKey("children.uid"))
    from_area: Mapped[str] = mapped_column(String(12))
    to_area: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(12), default="asked")
    asked_by: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    settled_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.uid"))
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    effective_on: Mapped[date | None] = mapped_column(Date)
    note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    __table_args__ = (Index("child_moves_of", "child", "asked_at"), Index("child_moves_open", "state", "to_area"))


class CountySplit(Base):
    """Which county does what for a child that lives in one and is registered in another (JL-3.8.l).

    `duties`: "duty=side" by spaces, only what differs from the proposed split. `state`: proposed, agreed, declined,
    ended (another one took its place). `by_letter`: the other county was not here to answer and agreed on paper;
    `note_sealed` says which paper.
    """

    __tablename__ = "county_splits"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    child: Mapped[str] = mapped_column(ForeignKey("children.uid"))
    residence: Mapped[str] = mapped_column(String(6))
    registered: Mapped[str] = mapped_column(String(6))
    duties: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(12), default="proposed")
    side: Mapped[str] = mapped_column(String(12))
    by_letter: Mapped[bool] = mapped_column(Boolean, default=False)
    note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    proposed_by: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    proposed_at: Mapped[datetime] = mapped_column(Moment)
    settled_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.uid"))
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (Index("county_splits_of", "child", "state"),)


class AwaySpan(Base):
    """A director or supervisor is away; the deputy does the duties of the post meanwhile."""

    __tablename__ = "away_spans"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    deputy: Mapped[str | None] = mapped_column(ForeignKey("accounts.uid"))
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date] = mapped_column(Date)
    __table_args__ = (Index("away_spans_of", "account", "since"),)


class ChildAssessment(Base):
    """One assessment of a child's eligibility: model version, day, facts and result; never changed afterwards."""

    __tablename__ = "child_assessments"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    child: Mapped[str] = mapped_column(ForeignKey("children.uid"))
    model_version: Mapped[str] = mapped_column(String(24))
    assessed_on: Mapped[date] = mapped_column(Date)
    facts_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    result_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    by: Mapped[str | None] = mapped_column(ForeignKey("accounts.uid"))
    source: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index("child_assessments_of", "child", "created_at"),)


class StaffFact(Base):
    """A fact only staff may set (ask_policy: staff), with who, when and why; the newest of a fact holds."""

    __tablename__ = "staff_facts"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    child: Mapped[str] = mapped_column(ForeignKey("children.uid"))
    fact: Mapped[str] = mapped_column(String(48))
    value_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    reason_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    by: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index("staff_facts_of", "child", "fact", "at"),)


class CaseAssignment(Base):
    """A case given to one caseworker by name (roles.yml, scope assigned): by whom and from when until when."""

    __tablename__ = "case_assignments"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    child: Mapped[str] = mapped_column(ForeignKey("children.uid"))
    account: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    by: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    since: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (Index("case_assignments_of", "child", "until"),)


class ConfidentialFact(Base):
    """What stands in the confidential line of a file (roles.yml, hiv_protection), with who, when and why; the newest
    holds. Kept apart from the other facts, so that no list of those tells that there is one."""

    __tablename__ = "confidential_facts"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    child: Mapped[str] = mapped_column(ForeignKey("children.uid"))
    value_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    reason_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    by: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index("confidential_facts_of", "child", "at"),)


class ChildChange(Base):
    """A change of a child's file, for the quarterly update of the national system (JL-3.8.c) and for history."""

    __tablename__ = "child_changes"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    child: Mapped[str] = mapped_column(ForeignKey("children.uid"))
    kind: Mapped[str] = mapped_column(String(24))
    detail_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    by: Mapped[str | None] = mapped_column(ForeignKey("accounts.uid"))
    at: Mapped[datetime] = mapped_column(Moment)
    quarter: Mapped[str] = mapped_column(String(7))
    entered_at: Mapped[datetime | None] = mapped_column(Moment)
    entered_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.uid"))
    version: Mapped[int] = mapped_column(Integer, default=1)
    __table_args__ = (Index("child_changes_of", "child", "at"), Index("child_changes_open", "quarter", "entered_at"))
