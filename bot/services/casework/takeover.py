"""A person takes over the talk: staff and reporter write to each other through us, and the bot steps back.

Their words go on verbatim and sealed; the reporter's are kept with the report. Danger words still get the numbers at
once. It ends by the staff member, by silence, or when the staff member may no longer see the report; the bot says so.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from sqlalchemy import Select, bindparam, func, or_, select

from bot.services import journal, passes
from bot.services.casework import acts, reports
from bot.services.casework.reports import Outcome
from bot.services.mail import mailbox
from bot.services.privacy import retention
from bot.services.reporting import adding
from bot.services.staff import access, accounts
from bot.services.staff.accounts import Member
from bot.services.talk import redirecting
from bot.services.work import Work
from bot.storage.asked import Question, asked_once
from bot.storage.crypto import opaque_id
from bot.storage.tables import Account, Conversation, Report, Takeover

# PROPOSED, ours: after so long without a word the bot is back.
SILENCE = timedelta(minutes=30)
_STAFF_HERE = accounts.BOUND_HERE.statement.scalar_subquery()
OPEN_HERE = Question(
    select(Takeover.uid)
    .where(
        or_(Takeover.conversation == bindparam("whose"), Takeover.account == _STAFF_HERE),
        Takeover.ended_at.is_(None),
    )
    .limit(1),
    (Takeover, Account),
)
"""An open talk in which somebody who writes in a conversation takes part."""


def start(work: Work, member: Member, report_uid: str) -> Outcome:
    """An assigned member begins to write to the reporter of an S0, or of a report a child made (reports.md §3.2, 3.7).

    It takes the report on, too, if nobody has. Refusals: "absent", "actor_not_allowed" (not assigned),
    "not_for_takeover" (neither S0 nor from a child), "already" (somebody is in the talk, or this member in another),
    "no_way_back" (no conversation, its address is gone, or a grown-up withdrew and told nothing more since),
    "only_on_the_page" (Telegram in redirect mode).
    """
    report = access.reach(work, member, report_uid, lock=True)
    if report is None:
        return Outcome(False, "absent")
    refusal = _refusal(work, member, report)
    if refusal is not None:
        return Outcome(False, refusal, report)
    if report.acknowledged_at is None:
        reports.accept(work, member, report_uid)
    talk = str(report.conversation)
    made = Takeover(uid=opaque_id(), report=report.uid, conversation=talk, account=member.account, began_at=work.now)
    work.session.add(made)
    work.session.flush()
    journal.record(work, member.account, "takeover began", report.uid)
    mailbox.say(work, talk, _key(work, report, "takeover.begun"), push=True, priority=mailbox.URGENT)
    return Outcome(True, None, report)


def _refusal(work: Work, member: Member, report: Report) -> str | None:
    if access.may_act_on(work, member, report) is None:
        return "actor_not_allowed"
    if report.severity != "S0" and not from_a_child(work, report):
        return "not_for_takeover"
    row = _way_back(work, report)
    if row is None:
        return "no_way_back"
    own = _conversation_of(work, member.account)
    if any(redirecting.applies(work, talk) for talk in (row.uid, own) if talk):
        return "only_on_the_page"
    taken = open_for(work, row.uid) or open_by(work, member.account)
    return "already" if taken is not None else "no_way_back" if own == row.uid else None


def can_be_written_to(work: Work, report: Report) -> bool:
    """Whether a person could write to this reporter, whoever it is."""
    row = _way_back(work, report)
    return row is not None and not redirecting.applies(work, row.uid)


def _way_back(work: Work, report: Report) -> Conversation | None:
    row = work.session.get(Conversation, report.conversation) if report.conversation else None
    if row is None or (row.channel != "web" and (row.address_sealed is None or row.address_until is not None)):
        return None
    if not report.follow_up and acts.withdrawn(work, report) and not from_a_child(work, report):
        return None  # it was said that nobody would write any more; people may still look after a child
    return row


def say(work: Work, member: Member, text: str) -> bool:
    """The member's words go to the reporter as they are. False: this member is in no talk (any more)."""
    made = open_by(work, member.account)
    if made is None or _lost(work, made) is not None:
        return False
    made.first_words_at = made.first_words_at or work.now
    made.last_words_at = work.now
    talk = work.session.get_one(Conversation, made.conversation)
    parted = talk.channel != "web" and talk.address_key is None
    proof = {"talk": made.uid, "proof": passes.give(work, "talk", made.uid)} if parted else {}
    mailbox.say(
        work,
        made.conversation,
        "staff.words.parted" if parted else "staff.words",
        {"text": text, **proof},
        push=True,
        priority=mailbox.URGENT,
        natural_key=f"reporter:{made.report}:words:{opaque_id()}",
    )
    return True


def relay(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """The reporter's words go to the staff member and are kept with the report; danger gets its numbers at once, alarms
    everybody assigned and raises the report.

    False: nobody has taken this talk over (any more), the message is for the bot.
    """
    made = open_for(work, conversation)
    if made is None:
        return False
    if _lost(work, made) is not None:
        end(work, made)
        return False
    report = work.session.get_one(Report, made.report)
    child = from_a_child(work, report)
    adding.warn_shortly(work, conversation, inbox_id, report, text, made.began_at, child=child)
    adding.add(work, report, text, notify=False)
    made.last_words_at = work.now
    mailbox.say(
        work,
        str(_conversation_of(work, made.account)),
        "reporter.words",
        {"number": report.number, "text": text},
        push=True,
        priority=mailbox.URGENT,
        natural_key=f"case:{report.uid}:words {opaque_id()}:{made.account}",
    )
    return True


def joined(work: Work, conversation: str, inbox_id: int, rest: str) -> bool:
    """A tap on "talk:join:<takeover>:<proof>": the reporter answers from a new conversation. False: forged or over."""
    uid, _, proof = rest.partition(":")
    made = work.session.get(Takeover, uid)
    if made is None or made.ended_at is not None or not passes.holds(work, "talk", uid, proof):
        return False
    made.conversation = conversation
    reports.speak_to_reporter(work, conversation, work.session.get_one(Report, made.report))
    mailbox.say(work, conversation, "takeover.joined", reply_to=inbox_id)
    return True


def end(work: Work, made: Takeover) -> None:
    """The talk between people is over: both hear it, what was said in it does not stay in the outbox."""
    made.ended_at = work.now
    work.session.flush()
    journal.record(work, made.account, "takeover ended", made.report)
    report = work.session.get_one(Report, made.report)
    own = _conversation_of(work, made.account)
    retention.withdraw_words(work, [made.conversation, *([own] if own else [])])
    mailbox.say(work, made.conversation, _key(work, report, "takeover.back"), push=True, priority=mailbox.URGENT)
    if own is not None:
        mailbox.say(work, own, "takeover.ended", {"number": report.number}, push=True)


def expire(work: Work) -> int:
    """End talks in which nobody has written for SILENCE. Returns how many."""
    last = func.coalesce(Takeover.last_words_at, Takeover.began_at)
    rows = work.session.scalars(select(Takeover).where(Takeover.ended_at.is_(None), last <= work.now - SILENCE)).all()
    for made in rows:
        end(work, made)
    return len(rows)


def open_for(work: Work, conversation: str) -> Takeover | None:
    """The takeover that is open in a reporter's conversation."""
    return work.session.scalar(_open_in(), {"whose": conversation})


def open_here(work: Work, conversation: str) -> bool:
    """Whether somebody in an open talk writes here: the reporter, or the staff member who took it over."""
    return asked_once(work.session, OPEN_HERE, {"whose": conversation}) is not None


@cache
def _open_in() -> Select[Takeover]:
    return select(Takeover).where(Takeover.conversation == bindparam("whose"), Takeover.ended_at.is_(None))


def open_by(work: Work, account: str) -> Takeover | None:
    """The talk a staff member is in."""
    return work.session.scalar(select(Takeover).where(Takeover.account == account, Takeover.ended_at.is_(None)))


def _lost(work: Work, made: Takeover) -> str | None:
    """Why this talk cannot go on: its staff member is gone or may not see the report any more; None: it can."""
    own = _conversation_of(work, made.account)
    member = accounts.member(work, own) if own is not None else None
    if member is None:
        return "gone"
    return None if access.reach(work, member, made.report) is not None else "absent"


def _conversation_of(work: Work, account: str) -> str | None:
    row = work.session.get(Account, account)
    return row.conversation if row is not None and row.state == "active" else None


def from_a_child(work: Work, report: Report) -> bool:
    """Whether the reporter is a child who writes for himself."""
    return bool(reports.told_of(work, report)["facts"].get("reporter_type") == "child_self")


def offered(work: Work, member: Member, report: Report) -> bool:
    """Whether this member may take the talk over now; for the button."""
    return _refusal(work, member, report) is None


def _key(work: Work, report: Report, key: str) -> str:
    return f"{key}.child" if from_a_child(work, report) else key
