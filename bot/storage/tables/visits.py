"""Home visits: what is planned and why, what was done, what was found, who was told when it is late."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables.base import ID, Base, Moment


class VisitPlan(Base):
    """The next visit of a child as last computed (`care.visits.plan`); written anew whenever a fact changes.

    `planned_for`: the day the director chose instead, it moves no duty. `paused_until`: the family is away till then.
    `steps`: the codes behind 为什么是这天, one a line. `seen_change`: which state of the child's file it was made from.
    """

    __tablename__ = "visit_plans"
    child: Mapped[str] = mapped_column(ForeignKey("children.uid"), primary_key=True)
    tier: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(16))
    due: Mapped[date | None] = mapped_column(Date)
    planned_for: Mapped[date | None] = mapped_column(Date)
    paused_until: Mapped[date | None] = mapped_column(Date)
    clause: Mapped[str | None] = mapped_column(String(16))
    basis: Mapped[str | None] = mapped_column(String(16))
    steps: Mapped[str] = mapped_column(Text)
    handover_on: Mapped[date | None] = mapped_column(Date)
    seen_change: Mapped[datetime] = mapped_column(Moment)
    planned_at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (
        Index("visit_plans_due", "due"),
        # Answers by itself whether a child is due: what is read for each child of a county is never the whole row.
        Index("visit_plans_of", "child", "due", "planned_for", "paused_until", "tier"),
        Index("visit_plans_handover", "handover_on"),
    )


class VisitStanding(Base):
    """Guardianship level and key focus of a child from a day on: the history a due date is computed from."""

    __tablename__ = "visit_standings"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    child: Mapped[str] = mapped_column(ForeignKey("children.uid"))
    since: Mapped[date] = mapped_column(Date)
    level: Mapped[str] = mapped_column(String(12))
    key_focus: Mapped[bool] = mapped_column(Boolean)
    __table_args__ = (Index("visit_standing_of", "child", "since", unique=True),)


class VisitTask(Base):
    """One visit that is owed, by its natural key visit:<child>:<due>: open, done by a visit, or void (planned anew)."""

    __tablename__ = "visit_tasks"
    natural_key: Mapped[str] = mapped_column(String(48), primary_key=True)
    child: Mapped[str] = mapped_column(ForeignKey("children.uid"))
    due: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(8), default="open")
    opened_at: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    visit: Mapped[str | None] = mapped_column(ForeignKey("visits.uid"))
    __table_args__ = (Index("visit_tasks_of", "child", "state"),)


class Visit(Base):
    """A home visit, an attempt (nobody home, refused) or a call. A correction keeps what stood before.

    `natural_key`: <child>:<day>:<kind>. `record_sealed`: the sections of visits.md §5 as `care.visit_record` shapes
    them. `report`: opened because of an emergency finding (JL-3.8.k); `prompt_at`: when the police receipt is asked
    for next.
    """

    __tablename__ = "visits"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    natural_key: Mapped[str] = mapped_column(String(56), unique=True)
    child: Mapped[str] = mapped_column(ForeignKey("children.uid"))
    on: Mapped[date] = mapped_column(Date)
    kind: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(String(16))
    by: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    role: Mapped[str] = mapped_column(String(24))
    record_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    complete: Mapped[bool] = mapped_column(Boolean, default=False)
    report: Mapped[str | None] = mapped_column(ForeignKey("reports.uid"))
    prompt_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(Integer, default=1)
    created_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (
        Index("visits_of_child", "child", "on"),
        Index("visits_of_account", "by", "on"),
        Index("visits_prompt", "prompt_at"),
    )


class VisitCorrection(Base):
    """What a visit record said before it was corrected."""

    __tablename__ = "visit_corrections"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    visit: Mapped[str] = mapped_column(ForeignKey("visits.uid"))
    version: Mapped[int] = mapped_column(Integer)
    before_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    by: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index("visit_corrections_of", "visit", "version", unique=True),)


class VisitNeed(Base):
    """A need heard at a visit (困难诉求): what, who looks after it, until when.

    `owner` looks after it; `doer_sealed`: who is to see to it where that is no account (镇民政办), in words. `state`:
    open, met, unmet or void (not needed any more); `how_sealed`: what became of it, in words. `told_on`: the morning
    whose message brought it to mind: once, then it stands in the list.
    """

    __tablename__ = "visit_needs"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    child: Mapped[str] = mapped_column(ForeignKey("children.uid"))
    visit: Mapped[str] = mapped_column(ForeignKey("visits.uid"))
    what_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    owner: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    doer_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    due: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(8), default="open")
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    settled_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.uid"))
    how_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    told_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("visit_needs_of", "child", "state"),
        Index("visit_needs_by", "owner", "state", "due"),
        Index("visit_needs_untold", "state", "told_on", "due"),
    )


class VisitReason(Base):
    """Why a visit that is owed was not made, and the day set instead. It closes nothing."""

    __tablename__ = "visit_reasons"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    child: Mapped[str] = mapped_column(ForeignKey("children.uid"))
    due: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(16))
    until: Mapped[date | None] = mapped_column(Date)
    by: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index("visit_reasons_of", "child", "at"),)


class VisitStandIn(Base):
    """Somebody else is to make the next visit of a child: proposed in a talk, standing once it was confirmed.

    `account`: who goes, where that is one of the staff; else the name alone, sealed. `talk`: what was proposed at once
    shares it. A visit recorded since `at` ends it; so does `ended_at` (another one goes). The due day stays.
    """

    __tablename__ = "visit_stand_ins"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    talk: Mapped[str] = mapped_column(ID)
    child: Mapped[str] = mapped_column(ForeignKey("children.uid"))
    account: Mapped[str | None] = mapped_column(ForeignKey("accounts.uid"))
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    on: Mapped[date] = mapped_column(Date)
    by: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    at: Mapped[datetime] = mapped_column(Moment)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (
        Index("visit_stand_ins_of", "child", "ended_at"),
        Index("visit_stand_ins_by", "account", "ended_at"),
        Index("visit_stand_ins_talk", "talk"),
    )


class VisitEscalation(Base):
    """A late visit has gone up to a role (visits.md §7): visit:<child>:<due>:<role>, or …:attempts.

    Open until a visit is made; that somebody was told closes nothing.
    """

    __tablename__ = "visit_escalations"
    natural_key: Mapped[str] = mapped_column(String(80), primary_key=True)
    child: Mapped[str] = mapped_column(ForeignKey("children.uid"))
    due: Mapped[date] = mapped_column(Date)
    role: Mapped[str] = mapped_column(String(24))
    why: Mapped[str] = mapped_column(String(12))
    raised_on: Mapped[date] = mapped_column(Date)
    raised_at: Mapped[datetime] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (Index("visit_escalations_of", "child", "settled_at"),)


class DigestHour(Base):
    """At what local time (HH:MM) a staff member wants the one message of the day; none: visit.digest.time."""

    __tablename__ = "digest_hours"
    account: Mapped[str] = mapped_column(ForeignKey("accounts.uid"), primary_key=True)
    at: Mapped[str] = mapped_column(String(5))


class WorkLog(Base):
    """工作日志 of one worker and day (JL-3.8.j).

    `text_sealed`: the lines as last confirmed. `edits_sealed`: by line what the worker wrote, and what the records told
    then.
    """

    __tablename__ = "work_logs"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    on: Mapped[date] = mapped_column(Date)
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    edits_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (Index("work_log_of", "account", "on", unique=True),)


class WorkLogVersion(Base):
    """What a work log said when it was confirmed, before it was confirmed anew; numbered from one."""

    __tablename__ = "work_log_versions"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    log: Mapped[str] = mapped_column(ForeignKey("work_logs.uid"))
    version: Mapped[int] = mapped_column(Integer)
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    confirmed_at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index("work_log_versions_of", "log", "version", unique=True),)
