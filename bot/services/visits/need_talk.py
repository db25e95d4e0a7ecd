"""Needs in chat: the list of what is open, one with what may be said of it, closed with a tap or in words."""

from __future__ import annotations

from datetime import timedelta

from bot import texts
from bot.reading import danger
from bot.reading import needs as reading
from bot.services.mail import mailbox
from bot.services.staff.accounts import Member
from bot.services.visits import digests, needs
from bot.services.visits import homes as visit_homes
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Conversation

TAP = "need"
LIST = f"{TAP}:list:"
"""The button that opens the list."""
PAGE, MOST_LINES = 8, 20
JUST_NOW = timedelta(hours=1)
_SHOWN, _CLOSED = "needs.card", "needs.closed"


def tap(work: Work, conversation: str, inbox_id: int, name: str, rest: str) -> bool:
    """Settle "need:list:", "need:see:<need>" or "need:<outcome>:<need>". False: forged."""
    what, _, uid = rest.partition(":")
    if what not in ("list", "see", *needs.OUTCOMES):
        return False
    member = visit_homes.reader_or_say(work, conversation, inbox_id)
    if member is None:
        return True
    if what == "list":
        _list(work, conversation, inbox_id, member)
    elif what == "see":
        _see(work, conversation, inbox_id, member, uid)
    else:
        _close(work, conversation, inbox_id, member, uid, what)
    return True


def takes(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """Take words about the need just shown (低保批下来了) or just closed (补充：…). False: they are for others."""
    if work.session.get_one(Conversation, conversation).flow is not None:
        return False
    last = mailbox.last_said(work, conversation, inbox_id, work.now - JUST_NOW)
    if last is None or last.key not in (_SHOWN, _CLOSED):
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
    args = {"number": number, "name": one.name, "what": one.what, "when": _when(one), "owner": _owner(one)}
    return texts.phrase("needs.line").format(**args)


def _when(one: needs.Line) -> str:
    return texts.phrase("needs.when.late" if one.late else "needs.when").format(date=visit_words.day(one.need.due))


def _owner(one: needs.Line) -> str:
    return "、".join(one.owners) or texts.phrase("needs.nobody")


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
        "owner": _owner(one),
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
