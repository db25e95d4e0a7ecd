"""Levels that wait for a supervisor, in chat: the list with 同意 and 改一下, the reason in words, and who hears it."""

from __future__ import annotations

from datetime import timedelta

from bot import texts
from bot.care import children as rules
from bot.reading import danger
from bot.services.mail import mailbox
from bot.services.register import children, reviewing
from bot.services.register.children import Outcome
from bot.services.staff import accounts
from bot.services.staff.accounts import Member
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Child, Conversation

TAP = "childlevel"
LIST = f"{TAP}:list:"
"""The button that opens the list."""
SHOWN = 5
JUST_NOW = timedelta(hours=1)
_WHY = "child.level.why"


def tap(work: Work, conversation: str, inbox_id: int, name: str, rest: str) -> bool:
    """Settle "childlevel:list:", "childlevel:yes|other|reason:<child>". False: forged."""
    what, _, uid = rest.partition(":")
    if what not in ("list", "yes", "other", "reason"):
        return False
    member = accounts.member(work, conversation)
    if member is None or not children.areas(work, member):
        mailbox.say(work, conversation, "child.staff_only", reply_to=inbox_id)
    elif what == "list":
        show(work, member, conversation, inbox_id)
    elif what == "yes":
        _say(work, conversation, inbox_id, reviewing.confirm(work, member, uid), "child.level.confirmed")
    elif what == "other":
        _ask_why(work, member, conversation, inbox_id, uid)
    else:
        _tell_reason(work, member, conversation, inbox_id, uid)
    return True


def takes(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """Take the reason that was just asked for. False: words of danger, or nothing was asked."""
    if work.session.get_one(Conversation, conversation).flow is not None:
        return False
    last = mailbox.last_said(work, conversation, inbox_id, work.now - JUST_NOW)
    hit = danger.read(text)
    if last is None or last.key != _WHY or hit.ask or hit.level == "emergency":
        return False
    if mailbox.take_effect(work, inbox_id, "words"):
        asked = mailbox.args_of(work, last)
        outcome = reviewing.refuse(work, member, str(asked["child"]), str(asked["to"]), text)
        _say(work, conversation, inbox_id, outcome, "child.level.refused")
    return True


def show(work: Work, member: Member, conversation: str, inbox_id: int) -> None:
    """The levels that wait, each with two buttons."""
    found = reviewing.waiting(work, member, SHOWN)
    if not found:
        mailbox.say(work, conversation, "child.level.list.none", reply_to=inbox_id)
        return
    lines, choices = [], []
    for number, one in enumerate(found, 1):
        args = {"number": number, "name": one.name, "level": _word(one.level), "before": _word(one.before)}
        lines.append(texts.phrase("child.level.line").format(by=one.by, **args))
        for what in ("yes", "other"):
            choices.append([texts.phrase(f"child.level.{what}").format(**args), f"{TAP}:{what}:{one.child.uid}"])
    said = {"count": reviewing.count(work, member), "lines": "\n".join(lines), "choices": choices}
    mailbox.say(work, conversation, "child.level.list", said, reply_to=inbox_id)


def buttons(child: Child) -> list[list[str]]:
    """What the card of a child whose level waits offers to who confirms it."""
    return [[texts.phrase(f"child.level.card.{what}"), f"{TAP}:{what}:{child.uid}"] for what in ("yes", "other")]


def _ask_why(work: Work, member: Member, conversation: str, inbox_id: int, uid: str) -> None:
    child = children.reach(work, member, uid, children.LEVEL, "write")
    if child is None or not reviewing.reviews(work, member, child):
        mailbox.say(work, conversation, "child.gone", reply_to=inbox_id)
    elif child.level_waits_since is None:
        mailbox.say(work, conversation, "child.already", reply_to=inbox_id)
    else:
        to = next(level for level in rules.LEVELS if level != child.level)
        args = {"child": uid, "to": to, "name": visit_words.name(work, child), "level": _word(to)}
        mailbox.say(work, conversation, _WHY, args, reply_to=inbox_id)


def _tell_reason(work: Work, member: Member, conversation: str, inbox_id: int, uid: str) -> None:
    found = reviewing.reason(work, member, uid)
    if found is None:
        mailbox.say(work, conversation, "child.gone", reply_to=inbox_id)
        return
    child, why = found
    args = {"name": visit_words.name(work, child), "level": _word(child.level), "reason": why, "child": uid}
    mailbox.say(work, conversation, "child.level.reason", args, reply_to=inbox_id)


def _say(work: Work, conversation: str, inbox_id: int, outcome: Outcome, done: str) -> None:
    if not outcome.allowed or outcome.child is None:
        key = "child.already" if outcome.refusal == "already" else "child.gone"
        mailbox.say(work, conversation, key, reply_to=inbox_id)
        return
    child = outcome.child
    due = visit_words.day(child.next_due) if child.next_due else texts.phrase("child.line.visits.open")
    args = {"name": visit_words.name(work, child), "level": _word(child.level), "due": due}
    mailbox.say(work, conversation, done, args, reply_to=inbox_id)


def _word(level: str | None) -> str:
    return texts.phrase(f"visits.tier.{level or 'unassessed'}")
