"""Somebody else goes, in chat: 春梅后天替他, 让小丁去一趟. Proposed with home and day; one tap lets it stand.

Nothing is arranged by words alone, the due day stays, and what is told of whoever went is what was recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from bot import texts
from bot.reading.measures import ahead
from bot.reading.staff import colleagues as reading
from bot.services.mail import mailbox
from bot.services.register import children as register
from bot.services.register import in_sight, late_told, supervising
from bot.services.staff import accounts
from bot.services.staff.accounts import Member
from bot.services.visits import stand_ins
from bot.services.visits import words as visit_words
from bot.services.visits.stand_ins import Colleague
from bot.services.work import Work
from bot.storage.tables import Child, Visit, VisitStandIn

TAP = "standin"
PROPOSED = "standin.propose"
SPOKEN = (PROPOSED, "standin.done", "standin.gone", "standin.day")
MOST = 8
_LATER_DAYS = (0, 1, 2)


def asked(work: Work, member: Member, conversation: str, inbox_id: int, text: str) -> bool:
    """Propose that somebody else goes. False: nobody of the staff and no home is meant, it may tell something else."""
    known = _colleagues(work, member)
    goes = [one for one in known if _goes(one, text)]
    goes = goes or [one for one in known if one.account == member.account and reading.oneself(text)]
    missing = [one for one in known if reading.absent(one.name, text)]
    rows = _homes_meant(work, member, conversation, inbox_id, text, missing)
    name = reading.sent(text, [one.name for one in known])
    if not goes and not missing and not name and not in_sight.named(work, member, text):
        if reading.asks_who(text):  # of whom, or of which home, is not known here
            mailbox.say(work, conversation, "standin.which", reply_to=inbox_id)
        return reading.asks_who(text)
    if len(goes) > 1 or (not goes and not name):
        names = "、".join(one.name for one in (goes or known) if one not in missing)
        lines = "\n".join(_line(work, row) for row in rows[:MOST])
        args = {"names": names, "lines": lines, "children": [row.uid for row in rows[:MOST]]}
        key = "standin.who" if names else "standin.nobody"
        mailbox.say(work, conversation, key, args, reply_to=inbox_id)
    elif not rows:
        mailbox.say(work, conversation, "standin.which", reply_to=inbox_id)
    else:
        who = goes[0] if goes else Colleague(None, name)
        day = ahead.day(text, work.today) or _day_before(work, conversation, inbox_id, rows)
        _propose(work, member, conversation, inbox_id, rows[:MOST], who, day)
    return True


def while_away(work: Work, member: Member, conversation: str, inbox_id: int, text: str) -> bool:
    """A worker who is away himself: what he owes in those days, whom to tell, and a colleague he names proposed for it.
    Nobody's days away are written down here. False: somebody else is away, and it is for others."""
    known = _colleagues(work, member)
    others = [one for one in known if one.account != member.account]
    if any(reading.absent(one.name, text) and reading.called(one.name, text) >= 0 for one in others):
        goes = [one for one in others if _goes(one, text)]
        if not goes:
            return asked(work, member, conversation, inbox_id, text)
    own = _villages(work, member.account)
    query = stand_ins.arranged_by(work, member).where(
        Child.next_due <= work.today + timedelta(days=MOST), register.inside(sorted(own))
    )
    rows = list(work.session.scalars(query.order_by(Child.next_due, Child.number)))[:MOST] if own else []
    goes = [one for one in others if _goes(one, text)]
    args = {
        "supervisors": "、".join(_supervisors(work, own))
        or texts.phrase("standin.away.supervisor" if own else "standin.away.county"),
        "lines": "\n".join(_line(work, row) for row in rows) or texts.phrase("standin.away.none"),
        "date": visit_words.day(work.today + timedelta(days=MOST)),
        "names": "、".join(one.name for one in others) or texts.phrase("standin.away.nobody"),
        "children": [row.uid for row in rows],
    }
    mailbox.say(work, conversation, "standin.away", args, reply_to=inbox_id)
    if len(goes) == 1 and rows:
        _propose(work, member, conversation, inbox_id, rows, goes[0], ahead.day(text, work.today))
    return True


def _supervisors(work: Work, villages: Sequence[str]) -> list[str]:
    towns = sorted({area[: stand_ins.TOWNSHIP_DIGITS] for area in villages})
    return [accounts.name_of(work, one) for one in accounts.holders(work, "child_supervisor", towns)]


def another_day(work: Work, member: Member, conversation: str, inbox_id: int, text: str) -> bool:
    """Another day for what was just arranged: it is proposed anew. False: nothing was, or no day is named."""
    rows, day = _spoken_of(work, member, conversation, inbox_id), ahead.day(text, work.today)
    first = next(iter(_last_of(work, rows).values()), None)
    if day is None or first is None:
        return False
    who = Colleague(first.account, stand_ins.person(work, first))
    _propose(work, member, conversation, inbox_id, rows, who, day)
    return True


def _goes(one: Colleague, text: str) -> bool:
    named = reading.called(one.name, text) >= 0
    return named and not reading.absent(one.name, text) and not reading.ruled_out(one.name, text)


def _colleagues(work: Work, member: Member) -> list[Colleague]:
    return stand_ins.colleagues(work, register.areas(work, member, "visit_record"))


def _homes_meant(
    work: Work, member: Member, conversation: str, inbox_id: int, text: str, missing: Sequence[Colleague]
) -> list[Child]:
    """The children named; else those just spoken of, if they are of one home; else what is due while one is away."""
    rows = in_sight.named(work, member, text) or _spoken_of(work, member, conversation, inbox_id)
    shown = [] if rows else in_sight.shown(work, member, conversation, inbox_id)
    if not rows and len({row.household for row in shown}) == 1 and not reading.for_days(text):
        rows = shown
    if rows:
        return rows
    posts = {area for one in missing if one.account for area in _villages(work, one.account)}
    query = stand_ins.arranged_by(work, member).where(
        Child.next_due <= work.today + timedelta(days=MOST), register.inside(sorted(posts))
    )
    return list(work.session.scalars(query.order_by(Child.next_due, Child.number))) if posts else []


def _villages(work: Work, account: str) -> list[str]:
    return [area for role, area in accounts.posts_of(work, account) if role == "child_director"]


def _said(work: Work, conversation: str, inbox_id: int) -> dict[str, Any]:
    """What was last said here of somebody who goes instead, if the last answer held it; empty: none was."""
    last = mailbox.last_said(work, conversation, inbox_id, work.now - timedelta(hours=24))
    if last is None:
        return {}
    answers = [last] if last.reply_to is None else mailbox.replies_to(work, last.reply_to)
    return next(({**mailbox.args_of(work, one), "key": one.key} for one in answers if one.key in SPOKEN), {})


def _spoken_of(work: Work, member: Member, conversation: str, inbox_id: int) -> list[Child]:
    """The children of whose stand-in was spoken last."""
    uids = _said(work, conversation, inbox_id).get("children") or ()
    return list(work.session.scalars(stand_ins.arranged_by(work, member).where(Child.uid.in_(list(uids)))))


def _last_of(work: Work, rows: Sequence[Child]) -> dict[str, VisitStandIn]:
    """Who was proposed or sent last to these children."""
    found = select(VisitStandIn).where(
        VisitStandIn.child.in_([row.uid for row in rows]), VisitStandIn.ended_at.is_(None)
    )
    return {one.child: one for one in work.session.scalars(found.order_by(VisitStandIn.at))}


def _day_before(work: Work, conversation: str, inbox_id: int, rows: Sequence[Child]) -> date | None:
    """The day of what was just proposed for these children, kept when only the person is another: 不是春梅 让小丁去."""
    if not _said(work, conversation, inbox_id).get("standin"):
        return None
    return next((one.on for one in _last_of(work, rows).values()), None)


def _propose(
    work: Work,
    member: Member,
    conversation: str,
    inbox_id: int,
    rows: Sequence[Child],
    who: Colleague,
    day: date | None,
) -> None:
    talk = stand_ins.propose(work, member, [row.uid for row in rows], who, day or work.today)
    if talk is None:
        mailbox.say(work, conversation, "standin.cannot", reply_to=inbox_id)
        return
    days = [work.today + timedelta(days=later) for later in _LATER_DAYS] if day is None else [day]
    label = "standin.button.day" if day is None else "standin.button.yes"
    choices = [[texts.phrase(label).format(date=visit_words.day(on)), f"{TAP}:{on}:{talk}", "primary"] for on in days]
    choices.append([texts.phrase("standin.button.no"), f"{TAP}:no:{talk}", "quiet"])
    when = visit_words.day(day) if day is not None else texts.phrase("standin.which_day")
    args = {
        "who": who.name,
        "when": when,
        "lines": "\n".join(_line(work, row) for row in rows),
        "note": "" if who.account else texts.phrase("standin.not_on_file").format(who=who.name),
        "children": [row.uid for row in rows],
        "standin": f"{days[0]}:{talk}" if day is not None else "",
        "choices": choices,
    }
    mailbox.say(work, conversation, PROPOSED, args, reply_to=inbox_id)


def _line(work: Work, row: Child) -> str:
    held = supervising.directors(work, [row.area]).get(row.area, ())
    return texts.phrase("standin.line").format(
        near=late_told.near(row.area),
        names="、".join(held) or texts.phrase("late.who.nobody"),
        child=late_told.standing(work, row),
    )


def agreed(work: Work, conversation: str, inbox_id: int) -> bool:
    """A yes in words to what was just proposed. False: nothing was, or its day is still to be chosen."""
    said = _said(work, conversation, inbox_id)
    rest = str(said.get("standin") or "")
    return bool(rest) and said["key"] == PROPOSED and tap(work, conversation, inbox_id, TAP, rest)


def tap(work: Work, conversation: str, inbox_id: int, name: str, rest: str) -> bool:
    """Settle "standin:<day>:<proposal>" or "standin:no:<proposal>". False: forged."""
    what, _, talk = rest.partition(":")
    member = accounts.member(work, conversation)
    try:
        day = date.fromisoformat(what) if what != "no" else None
    except ValueError:
        return False
    rows = stand_ins.confirm(work, member, talk, day) if member is not None and day is not None else []
    if what == "no" and member is not None:
        stand_ins.withdraw(work, member, talk)
        mailbox.say(work, conversation, "standin.off", reply_to=inbox_id)
    elif not rows:
        mailbox.say(work, conversation, "standin.over", reply_to=inbox_id)
    else:
        known = [work.session.get_one(Child, row.child) for row in rows]
        own = rows[0].account == member.account if member is not None else False
        key = "standin.yourself" if own else "standin.told" if rows[0].account else "standin.tell_yourself"
        who = stand_ins.person(work, rows[0])
        args = {
            "who": who,
            "date": visit_words.day(rows[0].on),
            "names": visit_words.names(work, known),
            "note": texts.phrase(key).format(who=who),
            "children": [row.child for row in rows],
        }
        mailbox.say(work, conversation, "standin.done", args, reply_to=inbox_id)
    return True


def gone(work: Work, member: Member, conversation: str, inbox_id: int, text: str) -> bool:
    """Whether somebody has gone, as it is recorded: of the child named, of a colleague, of what was spoken of. False:
    nobody of ours is meant."""
    who = [one for one in _colleagues(work, member) if reading.called(one.name, text) >= 0]
    rows = in_sight.named(work, member, text)
    if not rows and who:
        query = stand_ins.arranged_by(work, member)
        wanted = [uid for one in who if one.account for uid in stand_ins.sent(work, one.account)]
        rows = list(work.session.scalars(query.where(Child.uid.in_(wanted)))) if wanted else []
        rows = rows or _seen_today(work, member, who)
    rows = rows or (_spoken_of(work, member, conversation, inbox_id) if not who else [])
    rows = rows or (in_sight.shown(work, member, conversation, inbox_id) if not who else [])
    if not rows and not who:
        return False
    lines = [_gone(work, row) for row in rows[:MOST]]
    if not lines:
        lines = [texts.phrase("standin.none_today").format(who="、".join(one.name for one in who))]
    args = {"lines": "\n".join(lines), "children": [row.uid for row in rows[:MOST]], "choices": _open(work, rows)}
    mailbox.say(work, conversation, "standin.gone", args, reply_to=inbox_id)
    return True


def day_again(work: Work, member: Member, conversation: str, inbox_id: int) -> bool:
    """The day that was arranged, said once more: 不是说的今天吗 哦后天. Nothing changes. False: nothing was."""
    rows = _spoken_of(work, member, conversation, inbox_id)
    found = _last_of(work, rows)
    if not found:
        return False
    lines = "\n".join(_gone(work, row) for row in rows if row.uid in found)
    args = {"lines": lines, "children": [row.uid for row in rows], "choices": _open(work, rows)}
    mailbox.say(work, conversation, "standin.day", args, reply_to=inbox_id)
    return True


def _open(work: Work, rows: Sequence[Child]) -> list[list[str]]:
    """The button of a proposal nobody has confirmed."""
    waits = [one for one in _last_of(work, rows).values() if one.confirmed_at is None and one.on >= work.today]
    buttons = {f"{TAP}:{one.on}:{one.talk}" for one in waits}
    return [[texts.phrase("standin.button.yes"), value, "primary"] for value in sorted(buttons)]


def _seen_today(work: Work, member: Member, who: Sequence[Colleague]) -> list[Child]:
    by = [one.account for one in who if one.account]
    query = stand_ins.arranged_by(work, member).join(Visit, Visit.child == Child.uid)
    return list(work.session.scalars(query.where(Visit.on == work.today, Visit.by.in_(by)).distinct()))


def _gone(work: Work, row: Child) -> str:
    """What stands recorded of a child since somebody was sent, or at all; what was only proposed is told as that."""
    sent = _last_of(work, [row]).get(row.uid)
    seen = select(Visit).where(Visit.child == row.uid).order_by(Visit.on.desc(), Visit.created_at.desc())
    if sent is not None:
        seen = seen.where(Visit.created_at >= sent.at)
    last = work.session.scalars(seen.limit(1)).first()
    args = {"child": late_told.standing(work, row)}
    if last is not None and (sent is not None or last.on >= work.today):
        args |= {"by": accounts.label(work, last.by), "date": visit_words.day(last.on)}
        return texts.phrase(f"standin.recorded.{last.kind}").format(**args)
    if sent is None:
        args["date"] = visit_words.day(last.on) if last is not None else texts.phrase("standin.never")
        return texts.phrase("standin.not_recorded").format(**args)
    args |= {"who": stand_ins.person(work, sent), "date": visit_words.day(sent.on)}
    args["day"] = texts.phrase(f"weekday.{sent.on.weekday()}")
    if sent.confirmed_at is None:
        return texts.phrase("standin.only_proposed").format(**args)
    return texts.phrase("standin.to_come" if sent.on > work.today else "standin.not_yet").format(**args)
