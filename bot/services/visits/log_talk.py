"""The work log in chat: a day as it stands, a line put right in words, confirmed with a tap; some days at a glance."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from sqlalchemy import select

from bot import texts
from bot.reading import danger
from bot.reading.visits import logs
from bot.reading.visits import visiting as reading
from bot.services.mail import mailbox
from bot.services.staff import accounts
from bot.services.staff.accounts import Member
from bot.services.visits import beside_record, kept_today, work_logs
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Child, Conversation, Visit, WorkLog

FRESH = timedelta(hours=2)
SURE, INCOMPLETE = "sure", "log.incomplete"
SHOWN = ("log.text", "log.incomplete", "log.how", "log.none", "log.no_such_line", "log.confirmed")
"""What a line may be put right after."""


def asked_for(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """Somebody asks for the work log, of today or of a day named. Once per message."""
    if mailbox.take_effect(work, inbox_id, "words"):
        tell(work, conversation, inbox_id, text)


def tell(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """The log of the day or days named, else of today, to whoever keeps one."""
    member = member_or_say(work, conversation, inbox_id)
    if member is None:
        return
    today = work.today
    span = reading.span_of(text, today)
    if span is not None and span[0] < span[1]:
        show_span(work, conversation, inbox_id, member, *span)
    else:
        show(work, conversation, inbox_id, member, span[0] if span is not None else today)


def tap(work: Work, conversation: str, inbox_id: int, name: str, rest: str) -> bool:
    """Settle "log:today", "log:how:<day>", "log:confirm:<day>" or "log:sure:<day>". False: forged."""
    what, _, day = rest.partition(":")
    if what not in ("today", "how", "confirm", SURE):
        return False
    on = _day(day) if what != "today" else work.today
    if on is None:
        return False
    member = member_or_say(work, conversation, inbox_id)
    if member is None:
        return True
    if what == "today":
        show(work, conversation, inbox_id, member, on)
        return True
    if what in ("confirm", SURE):
        _confirm(work, member, conversation, inbox_id, on, sure=what == SURE)
        return True
    mailbox.say(work, conversation, "log.how", {"date": visit_words.day(on), "day": on.isoformat()}, reply_to=inbox_id)
    return True


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def takes(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """Take words that put right or confirm the log just shown (第2条改成…, 去掉第3条, 确认), and such as name it
    (日志加一句…) whatever else is open: its question comes again. False: they are for others."""
    wanted, confirms = logs.read(text), logs.confirms(text)
    on = _day_meant(work, conversation, inbox_id, text, wanted)
    hit = danger.read(text)
    if on is None or not (wanted or confirms) or hit.ask or hit.level == "emergency":
        return False
    if not work_logs.keeps(member):
        return False
    if mailbox.take_effect(work, inbox_id, "words"):
        if wanted is None:
            _confirm(
                work, member, conversation, inbox_id, on, sure=_just_shown(work, conversation, inbox_id, INCOMPLETE)
            )
        elif _put_right(work, member, on, wanted):
            show(work, conversation, inbox_id, member, on)
        else:
            args = {"day": on.isoformat(), "count": len(work_logs.of(work, member, on).lines)}
            mailbox.say(work, conversation, "log.no_such_line", args, reply_to=inbox_id)
        beside_record.ask_again(work, conversation, inbox_id)
    return True


def _day_meant(work: Work, conversation: str, inbox_id: int, text: str, wanted: logs.Wanted | None) -> date | None:
    """The day whose log is meant: the one shown last; where something else was said since, only if the log is named or
    a line of it is added to. None: none."""
    since = work.now - FRESH
    sure = logs.names_it(text) or (wanted is not None and wanted.added)
    last = mailbox.last_under(work, conversation, inbox_id, since, *SHOWN) if sure else None
    if not sure and work.session.get_one(Conversation, conversation).flow is None:
        last = mailbox.last_said(work, conversation, inbox_id, since)
    if last is not None and last.key in (SHOWN if wanted is not None else SHOWN[:2]):
        return _day(str(mailbox.args_of(work, last).get("day", "")))
    if wanted is None and logs.confirms(text) and _just_shown(work, conversation, inbox_id, *SHOWN[:2]):
        return work.today  # 没毛病 确认, though the question of an open record came after the log
    return work.today if logs.names_it(text) else None


def _just_shown(work: Work, conversation: str, inbox_id: int, *keys: str) -> bool:
    """Whether today's log was shown so in answer to the message before."""
    last = mailbox.last_said(work, conversation, inbox_id, work.now - FRESH)
    shown = mailbox.last_under(work, conversation, inbox_id, work.now - FRESH, *keys)
    if last is None or shown is None or last.reply_to != shown.reply_to:
        return False
    return str(mailbox.args_of(work, shown).get("day")) == work.today.isoformat()


def _confirm(work: Work, member: Member, conversation: str, inbox_id: int, on: date, *, sure: bool) -> None:
    """Keep the day as confirmed; what of today is told and not recorded yet is named first (JL-3.8.j), once."""
    open_ones = [] if sure or on != work.today else kept_today.waiting(work, conversation)
    if open_ones:
        args = {"names": "、".join(open_ones), "day": on.isoformat()}
        mailbox.say(work, conversation, INCOMPLETE, args, reply_to=inbox_id)
        return
    work_logs.confirm(work, member, on)
    args = {"date": visit_words.day(on), "day": on.isoformat()}
    mailbox.say(work, conversation, "log.confirmed", args, reply_to=inbox_id)


def _put_right(work: Work, member: Member, on: date, wanted: logs.Wanted) -> bool:
    if wanted.number is None:
        return work_logs.add(work, member, on, wanted.words)
    log = work_logs.of(work, member, on)
    if not 1 <= wanted.number <= len(log.lines):
        return False
    words = f"{log.words[wanted.number - 1]}；{wanted.words}" if wanted.added else wanted.words
    return work_logs.write(work, member, on, log.lines[wanted.number - 1].key, words)


def member_or_say(work: Work, conversation: str, inbox_id: int) -> Member | None:
    """Whoever keeps a work log of their own (roles.yml#work_log) and is bound here; others hear why not."""
    member = accounts.member(work, conversation)
    if member is None:
        mailbox.say(work, conversation, "visits.not_staff", reply_to=inbox_id)
        return None
    if not work_logs.keeps(member):
        mailbox.say(work, conversation, "visits.not_your_post", reply_to=inbox_id)
        return None
    return member


def show(work: Work, conversation: str, inbox_id: int, member: Member, on: date) -> None:
    """The log of a day as it stands, for confirming."""
    log = work_logs.of(work, member, on)
    day = {"date": visit_words.day(on), "day": on.isoformat()}
    if not log.lines:
        mailbox.say(work, conversation, "log.none", day, reply_to=inbox_id)
        return
    state = "open" if log.confirmed_at is None else "confirmed" if log.fresh else "changed"
    lines = "\n".join(f"{number}. {words}" for number, words in enumerate(log.words, 1))
    args = {**day, "name": member.name, "lines": lines, "state": texts.phrase(f"log.state.{state}")}
    mailbox.say(work, conversation, "log.text", args, reply_to=inbox_id)


def show_span(work: Work, conversation: str, inbox_id: int, member: Member, first: date, last: date) -> None:
    """Some days, such as this month, a line each: how many homes, and whether the day was confirmed."""
    rows = work.session.execute(
        select(Visit.on, Visit.kind, Child.household)
        .join(Child, Child.uid == Visit.child)
        .where(Visit.by == member.account, Visit.on >= first, Visit.on <= last)
        .distinct()
        .order_by(Visit.on)
    ).all()
    sealed = set(
        work.session.scalars(
            select(WorkLog.on).where(WorkLog.account == member.account, WorkLog.confirmed_at.is_not(None))
        )
    )
    days: dict[date, list[str]] = defaultdict(list)
    for on, kind, _ in rows:
        days[on].append(kind)
    said = [
        texts.phrase("log.day.confirmed" if on in sealed else "log.day").format(
            date=visit_words.day(on), visits=kinds.count("home_visit"), attempts=kinds.count("attempted")
        )
        for on, kinds in days.items()
    ]
    args = {"first": visit_words.day(first), "last": visit_words.day(last), "lines": "\n".join(said)}
    mailbox.say(work, conversation, "log.span" if said else "log.span.none", args, reply_to=inbox_id)
