"""Parents far away: whom we ask when, what was answered week by week, and every rung of the silence ladder."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables.base import ID, Base, Moment


class ContactPlan(Base):
    """What we ask one person about one child, and when.

    `voice`: parent, carer or child. `place`: the order in which several children are named (老大, 老二).
    `state`: active, stopped (停止; the ladder goes on), ended. `weekday` 1-7, `clock` HH:MM, `zone`: at the person's
    place. `simple`: 长辈模式. `allowed`: staff let prompts go to this person (protection order, suspected harm).
    `apart`: the parents live separately, one does not cover for the other. `numbers_failed_at`, `family_reaches`: the
    child director could reach no number; whether the family can. `next_due`: when to look again.
    """

    __tablename__ = "contact_plans"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    person: Mapped[str] = mapped_column(ForeignKey("people.uid"))
    child: Mapped[str] = mapped_column(ForeignKey("children.uid"))
    voice: Mapped[str] = mapped_column(String(8))
    place: Mapped[int] = mapped_column(Integer, default=1)
    state: Mapped[str] = mapped_column(String(12), default="active")
    weekday: Mapped[int] = mapped_column(Integer)
    clock: Mapped[str] = mapped_column(String(5))
    zone: Mapped[str] = mapped_column(String(40))
    simple: Mapped[bool] = mapped_column(Boolean, default=False)
    allowed: Mapped[bool] = mapped_column(Boolean, default=True)
    apart: Mapped[bool] = mapped_column(Boolean, default=False)
    consented_at: Mapped[datetime] = mapped_column(Moment)
    stopped_at: Mapped[datetime | None] = mapped_column(Moment)
    numbers_failed_at: Mapped[datetime | None] = mapped_column(Moment)
    family_reaches: Mapped[bool] = mapped_column(Boolean, default=True)
    next_due: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (
        Index("contact_plan_of", "person", "child", unique=True),
        Index("contact_plans_due", "next_due"),
        Index("contact_plans_by_child", "child", "voice"),
    )


class ContactRecord(Base):
    """One week of one person and one child: what was asked and what was answered, editable until the week ends.

    `natural_key`: contact:<person>:<child>:<ISO week>. `answer`: none, contacted, not_contacted or half_done.
    `confirmed_by`: who confirmed that this parent was in touch: parent, carer, child or child_director. `sends`: how
    often the question went out; `pushed`: natural key of the last of them in the outbox. `answers_sealed`: JSON.
    `withheld`: how many of those were not sent, `behind` which reports (services.contact.unseen).
    """

    __tablename__ = "contact_records"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    natural_key: Mapped[str] = mapped_column(String(120), unique=True)
    person: Mapped[str] = mapped_column(ForeignKey("people.uid"))
    child: Mapped[str] = mapped_column(ForeignKey("children.uid"))
    voice: Mapped[str] = mapped_column(String(8))
    week: Mapped[str] = mapped_column(String(8))
    prompted_at: Mapped[datetime | None] = mapped_column(Moment)
    sends: Mapped[int] = mapped_column(Integer, default=0)
    pushed: Mapped[str | None] = mapped_column(String(120))
    withheld: Mapped[int] = mapped_column(Integer, default=0)
    behind: Mapped[str | None] = mapped_column(Text)
    remind_at: Mapped[datetime | None] = mapped_column(Moment)
    answer: Mapped[str] = mapped_column(String(16), default="none")
    confirmed_by: Mapped[str | None] = mapped_column(String(16))
    concern: Mapped[bool] = mapped_column(Boolean, default=False)
    answers_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    reported_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (
        Index("contact_records_of_person", "person", "week"),
        Index("contact_records_of_child", "child", "week"),
    )


class ContactRung(Base):
    """A rung of the ladder: what was done about a silence or a worry, why, by whom it is carried, and how it ended.

    `behind`: the reports without which it would stand: it is only there for whoever they name (services.contact.unseen)
    """

    __tablename__ = "contact_rungs"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    natural_key: Mapped[str] = mapped_column(String(120), unique=True)
    person: Mapped[str] = mapped_column(ForeignKey("people.uid"))
    child: Mapped[str] = mapped_column(ForeignKey("children.uid"))
    step: Mapped[str] = mapped_column(String(24))
    reason: Mapped[str] = mapped_column(String(40))
    actor: Mapped[str] = mapped_column(String(24))
    due: Mapped[date | None] = mapped_column(Date)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_why: Mapped[str | None] = mapped_column(String(24))
    behind: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        Index("contact_rungs_of", "person", "child", "closed_at"),
        Index("contact_rungs_open", "closed_at", "actor", "due"),
    )


class ContactInvite(Base):
    """A one-time code with which a parent, carer or child joins; kept only as a keyed hash.

    `conversation`: the only one in which it opens, when staff confirmed somebody who had asked there.
    """

    __tablename__ = "contact_invites"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    person: Mapped[str] = mapped_column(ForeignKey("people.uid"))
    code_key: Mapped[str] = mapped_column(String(64), unique=True)
    conversation: Mapped[str | None] = mapped_column(String(26))
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (Index("contact_invites_of", "person", "closed_at"),)


class ContactChannel(Base):
    """A conversation in which a person can be reached; the newest first, until it ends."""

    __tablename__ = "contact_channels"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    person: Mapped[str] = mapped_column(ForeignKey("people.uid"))
    conversation: Mapped[str] = mapped_column(ForeignKey("conversations.uid"))
    since: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (
        Index("contact_channel_of", "person", "conversation", unique=True),
        Index("contact_channels_by_conversation", "conversation"),
    )


class AbnormalNotice(Base):
    """A notice to a parent of an abnormal state of the child: facts only, one request, a reply within a day."""

    __tablename__ = "abnormal_notices"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    person: Mapped[str] = mapped_column(ForeignKey("people.uid"))
    child: Mapped[str] = mapped_column(ForeignKey("children.uid"))
    facts_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    by: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    sent_at: Mapped[datetime] = mapped_column(Moment)
    replied_at: Mapped[datetime | None] = mapped_column(Moment)
    called_at: Mapped[datetime | None] = mapped_column(Moment)
    acted: Mapped[bool | None] = mapped_column(Boolean)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (Index("abnormal_notices_of", "person", "child", "closed_at"),)


class Referral(Base):
    """Help with a heavy heart by somebody who is trained: offered, agreed to by a guardian (or not), with a slip, a
    receipt of the place that helps, and looks whether it is gone to (mh.referral.check_attended_after).

    `level`: soon or routine; an urgent state is an emergency and no referral. `state`: offered, agreed, refused, done.
    `slip`: what the family shows there; it names nobody. `checks`: how many of the looks were made.
    `closed_why`: why staff ended it before the last look.
    """

    __tablename__ = "referrals"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    child: Mapped[str] = mapped_column(ForeignKey("children.uid"))
    person: Mapped[str] = mapped_column(ForeignKey("people.uid"))
    level: Mapped[str] = mapped_column(String(8))
    place_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    by: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    state: Mapped[str] = mapped_column(String(8), default="offered")
    slip: Mapped[str | None] = mapped_column(String(12), unique=True)
    offered_at: Mapped[datetime] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    receipt_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_why: Mapped[str | None] = mapped_column(String(16))
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    checks: Mapped[int] = mapped_column(Integer, default=0)
    next_check: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (Index("referrals_due", "next_check"), Index("referrals_of", "child", "offered_at"))
