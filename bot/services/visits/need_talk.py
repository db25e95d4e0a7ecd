"""Needs in chat: the list of what is open, one with what may be said of it: closed, or given to somebody until a day,
with a tap or in words."""

from __future__ import annotations

from datetime import date, timedelta

from bot import texts
from bot.reading import danger
from bot.reading.visits import following, need_told
from bot.reading.visits import needs as reading
from bot.services.mail import mailbox
from bot.services.staff.accounts import Member
from bot.services.visits import digests, need_asking, need_keeping, need_lines, needs
from bot.services.visits import homes as visit_homes
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Conversation

TAP = "need"
LIST = f"{TAP}:list:"
"""The button that opens the list."""
PAGE, MOST_LINES = 8, 20
JUST_NOW = timedelta(hours=1)
_SHOWN, _CLOSED, _PLAN, _SAVED = "needs.card", "needs.closed", "needs.plan", "visit.saved"
KEPT = ("needs.kept", "needs.given_to", "needs.stands")
"""What was said last where a need was just written down, or given to somebody."""


def tap(work: Work, conversation: str, inbox_id: int, name: str, rest: str) -> bool:
    """Settle "need:list:", "need:see:<need>", "need:plan:<need>", "need:for:<need>:<who>:<day>" or
    "need:<outcome>:<need>". False: forged."""
    what, _, uid = rest.partition(":")
    if what not in ("list", "see", "plan", "for", *needs.OUTCOMES):
        return False
    member = visit_homes.reader_or_say(work, conversation, inbox_id)
    if member is None:
        return True
    if what == "list":
        _list(work, conversation, inbox_id, member)
    elif what == "see":
        _see(work, conversation, inbox_id, member, uid)
    elif what == "plan":
        _ask(work, conversation, inbox_id, member, uid)
    elif what == "for":
        return _given(work, conversation, inbox_id, member, uid)
    else:
        _close(work, conversation, inbox_id, member, uid, what)
    return True


def _given(work: Work, conversation: str, inbox_id: int, member: Member, rest: str) -> bool:
    uid, who, day = [*rest.split(":"), "", ""][:3]
    try:
        due = date.fromisoformat(day)
    except ValueError:
        return False
    if who not in (need_keeping.ME, need_keeping.SUPERVISOR):
        return False
    _give(work, conversation, inbox_id, member, [uid], following.Follow(who, due))
    return True


def takes(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """Take words about the need just shown (低保批下来了; 让镇民政办去办), just closed (补充：…) or just recorded.

    False: they are for others."""
    if work.session.get_one(Conversation, conversation).flow is not None:
        return False
    last = mailbox.last_said(work, conversation, inbox_id, work.now - JUST_NOW)
    if last is None or last.key not in (_SHOWN, _CLOSED, _PLAN, _SAVED):
        return False
    if last.key != _CLOSED and _gives(work, conversation, inbox_id, text, member, last):
        return True
    if last.key not in (_SHOWN, _CLOSED):
        return False
    more, outcome = reading.more(text), reading.became(text)
    hit = danger.read(text)
    if hit.ask or hit.level == "emergency" or (more if last.key == _CLOSED else outcome) is None:
        return False
    uid = str(mailbox.args_of(work, last).get("need", ""))
    if not mailbox.take_effect(work, inbox_id, "words"):
        return True
    if last.key == _SHOWN and outcome is not None:
        _close(work, conversation, inbox_id, member, uid, outcome, text)
    else:
        kept = more is not None and needs.add_words(work, member, uid, more)
        mailbox.say(work, conversation, "needs.added" if kept else "needs.gone", reply_to=inbox_id)
    return True


def puts_right(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """Take what puts the need right that was just written down (改成下下周五; 归村里管; 不用镇里 我自己修).

    Whoever only says whom it is not for is asked. False: no need was, or the words say something else."""
    last = mailbox.last_said(work, conversation, inbox_id, work.now - JUST_NOW)
    if last is None or last.key not in KEPT:
        return False
    plain, args = need_told.plain(text), mailbox.args_of(work, last)
    kept = [str(uid) for uid in args.get("needs") or ([args["need"]] if args.get("need") else [])]
    no_visit = need_told.denies_visit(text) and not following.answer(plain, work.today)
    if plain and not no_visit:
        return _gives(work, conversation, inbox_id, plain, member, last)
    if not kept or not (no_visit or need_told.denies(text)):
        return False
    if mailbox.take_effect(work, inbox_id, "words"):
        if no_visit:
            _stands(work, conversation, inbox_id, member, kept)
        else:
            _ask(work, conversation, inbox_id, member, kept[0])
    return True


def _stands(work: Work, conversation: str, inbox_id: int, member: Member, kept: list[str]) -> None:
    """What was kept is a need and no day of a visit: said again."""
    found = [one.need for uid in kept if (one := needs.one(work, member, uid)) is not None]
    lines = "\n".join(need_lines.line(work, need) for need in found)
    mailbox.say(work, conversation, KEPT[2], {"lines": lines, "needs": kept}, reply_to=inbox_id)


def _gives(work: Work, conversation: str, inbox_id: int, text: str, member: Member, last: mailbox.Said) -> bool:
    """Who sees to the need just shown or recorded, and until when. False: the words say something else."""
    args, hit = mailbox.args_of(work, last), danger.read(text)
    shown = [args["need"]] if args.get("need") else list(args.get("needs") or ())
    lines = {uid: one for uid in shown if (one := needs.one(work, member, uid)) is not None}
    wanted = list({one.what: None for one in lines.values()})
    said = following.answer(text, work.today, alone=last.key != _PLAN, needs=wanted)
    done = said is not None and said.due is None and reading.became(text) is not None
    if not shown or said is None or done or hit.ask or hit.level == "emergency":
        return False
    if mailbox.take_effect(work, inbox_id, "words"):
        named = need_asking.meant(text, wanted)
        uids = [uid for uid, one in lines.items() if one.what in named]
        _give(work, conversation, inbox_id, member, uids, said)
    return True


def gives_to(work: Work, conversation: str, inbox_id: int, member: Member, uid: str, said: following.Follow) -> bool:
    """Give a need that was named again, and say so. For callers who have taken the message."""
    _give(work, conversation, inbox_id, member, [uid], said)
    return True


def _give(
    work: Work, conversation: str, inbox_id: int, member: Member, uids: list[str], said: following.Follow
) -> None:
    made = [needs.give(work, member, uid, said.who, said.due) for uid in uids]
    refusal = next((one.refusal for one in made if one.refusal is not None), None if made else "absent")
    first = needs.one(work, member, uids[0]) if uids else None
    if refusal is not None or first is None:
        known = refusal in ("in_past", "too_far")
        mailbox.say(work, conversation, f"needs.given.{refusal}" if known else "needs.gone", reply_to=inbox_id)
        return
    digests.refresh(work, member, digests.readers(work, [first.child.uid]))
    args = {"need": first.need.uid, "who": _follows(first), "when": _when(first)}
    mailbox.say(work, conversation, "needs.given_to", args, reply_to=inbox_id)


def _ask(work: Work, conversation: str, inbox_id: int, member: Member, uid: str) -> None:
    one = needs.one(work, member, uid)
    if one is None or not one.may_settle:
        mailbox.say(work, conversation, "needs.gone", reply_to=inbox_id)
        return
    above = need_keeping.has_supervisor(work, member, one.child.uid)
    choices = need_asking.choices_of(f"{TAP}:for:{uid}:", work.today, supervisor=above)
    mailbox.say(work, conversation, _PLAN, {"need": uid, "what": one.what, "choices": choices}, reply_to=inbox_id)


def _list(work: Work, conversation: str, inbox_id: int, member: Member) -> None:
    found = needs.open_of(work, member, MOST_LINES)
    if not found:
        mailbox.say(work, conversation, "needs.none", reply_to=inbox_id)
        return
    every = needs.count(work, member)
    lines = [_line(number, one) for number, one in enumerate(found, 1)]
    if every > len(found):
        lines.append(texts.phrase("needs.line.more").format(count=every - len(found)))
    choices = [[f"{number} {one.name}", f"{TAP}:see:{one.need.uid}"] for number, one in enumerate(found[:PAGE], 1)]
    args = {"count": every, "lines": "\n".join(lines), "choices": choices}
    mailbox.say(work, conversation, "needs.list", args, reply_to=inbox_id)


def _line(number: int, one: needs.Line) -> str:
    args = {"number": number, "name": one.name, "what": one.what, "when": _when(one), "owner": _follows(one)}
    return texts.phrase("needs.line").format(**args)


def _when(one: needs.Line) -> str:
    return texts.phrase("needs.when.late" if one.late else "needs.when").format(date=visit_words.day(one.need.due))


def _follows(one: needs.Line) -> str:
    """Who sees to it and who looks after it."""
    owners = "、".join(one.owners) or texts.phrase("needs.nobody")
    key = "needs.follows.doer" if one.doer else "needs.follows"
    return texts.phrase(key).format(owners=owners, doer=one.doer)


def _see(work: Work, conversation: str, inbox_id: int, member: Member, uid: str) -> None:
    one = needs.one(work, member, uid)
    if one is None:
        mailbox.say(work, conversation, "needs.gone", reply_to=inbox_id)
        return
    args = {
        "need": uid,
        "child": one.child.uid,
        "name": one.name,
        "what": one.what,
        "heard": visit_words.day(one.heard_on),
        "owner": _follows(one),
        "when": _when(one),
    }
    mailbox.say(work, conversation, _SHOWN if one.may_settle else "needs.card.read", args, reply_to=inbox_id)


def _close(work: Work, conversation: str, inbox_id: int, member: Member, uid: str, outcome: str, how: str = "") -> None:
    settled = needs.settle(work, member, uid, outcome, how)
    if settled.need is None:
        mailbox.say(work, conversation, "needs.gone", reply_to=inbox_id)
        return
    digests.refresh(work, member, digests.readers(work, [settled.need.child]))
    shown = texts.phrase(f"needs.outcome.{settled.need.state}")
    key = _CLOSED if settled.refusal is None else "needs.over"
    mailbox.say(work, conversation, key, {"need": uid, "outcome": shown}, reply_to=inbox_id)
