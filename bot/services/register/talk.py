"""The register in chat: 我的孩子, one child, search by a part of a name, a new file, changes, answers to other offices.

Buttons "child.<field>=<value>" need no open question; what is being filled in stands in a sealed draft.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot import texts
from bot.care import children as rules
from bot.reading import danger
from bot.reading.persons import carers
from bot.reading.staff import overseeing, register
from bot.reading.talk import answers as short
from bot.reading.where import places
from bot.services import conversations, drafts, journal
from bot.services.mail import mailbox
from bot.services.register import (
    assessing,
    children,
    finding,
    level_talk,
    moving,
    registering,
    reviewing,
    split_talk,
    supervising,
)
from bot.services.register import change as register_change
from bot.services.register import new as register_new
from bot.services.register import overseeing as register_overseeing
from bot.services.register.children import Outcome
from bot.services.register.finding import Found, Line
from bot.services.staff import accounts
from bot.services.staff.accounts import Member
from bot.services.talk import redirecting
from bot.services.talk.meaning import Meant
from bot.services.visits import trends
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Child, Conversation, Draft, Household

FLOW = "child"
SHOWN = 8
REVIEW, MOVE, SPLIT = "childreview", "childmove", split_talk.TAP


def start(work: Work, conversation: str, inbox_id: int, text: str = "", *, told_rasa: bool = False) -> str | None:
    """Open the list of my children, or go on with what is half filled in."""
    member = _member(work, conversation, inbox_id)
    if member is None:
        return None
    draft = drafts.current(work, conversation, FLOW)
    if draft is not None:
        return _ask(work, member, draft, drafts.contents(work, draft), inbox_id)
    _list(work, member, conversation, inbox_id, text)
    return None


def turn(work: Work, conversation: str, inbox_id: int, text: str, meant: Meant) -> str | None:
    """Take one message. Returns the field asked next, None when nothing is."""
    member = _member(work, conversation, inbox_id)
    if member is None:
        return None
    draft = drafts.current(work, conversation, FLOW)
    if draft is None:
        return _begin(work, member, conversation, inbox_id, text, meant.intent or "")
    if (short.short_answer(text) or meant.reply) == "cancel":
        mailbox.say(work, conversation, "chat.cancelled", reply_to=inbox_id)
        return _end(work, draft)
    kept = drafts.contents(work, draft)
    if kept.get("doing") == "find":
        _end(work, draft)
        return _begin(work, member, conversation, inbox_id, text, kept["intent"])
    took = register_new.take(work, member, draft, kept, text) if kept["doing"] == "new" else False
    took = took or (kept["doing"] == "change" and register_change.take(draft, kept, text))
    if draft.asked == "carer" and carers.alone(text):
        mailbox.say(work, conversation, "child.alone", reply_to=inbox_id)
    elif not took:
        mailbox.say(work, conversation, "child.not_understood", reply_to=inbox_id)
    return _ask(work, member, draft, kept, inbox_id)


def tap(work: Work, conversation: str, inbox_id: int, field: str, value: str) -> bool:
    """Settle a button of this flow. False: it belongs to nothing that is open."""
    member = _member(work, conversation, inbox_id)
    if member is None:
        return True
    if field in _ANYTIME:
        _ANYTIME[field](work, member, conversation, inbox_id, value)
        return True
    draft = drafts.current(work, conversation, FLOW)
    if draft is None:
        return False
    kept = drafts.contents(work, draft)
    settle = register_new.tap if kept.get("doing") == "new" else register_change.tap
    if not settle(kept, field, value):
        return False
    _ask(work, member, draft, kept, inbox_id)
    return True


def takes(work: Work, conversation: str, text: str) -> bool:
    """Names and days answer here: a question about the policy is one."""
    return False


def takes_filing(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Take 建档 with what is told of the child in the same breath, from whoever keeps a register; it is no family's
    question. False: nothing of the kind, or something else is open."""
    row = work.session.get_one(Conversation, conversation)
    if row.flow is not None or not register.files_a_child(text) or danger.read(text).level == "emergency":
        return False
    if redirecting.applies(work, conversation):
        return False
    member = accounts.member(work, conversation)
    if member is None or not children.areas(work, member, mode="write"):
        return False
    if mailbox.take_effect(work, inbox_id, "words"):
        _new(work, member, conversation, inbox_id, text, told_rasa=False)
    return True


def _member(work: Work, conversation: str, inbox_id: int) -> Member | None:
    """Who is asking, if a post of theirs has a register; everybody else hears that it is for staff."""
    member = accounts.member(work, conversation)
    if member is not None and children.areas(work, member):
        return member
    mailbox.say(work, conversation, "child.staff_only", reply_to=inbox_id)
    return None


def _begin(work: Work, member: Member, conversation: str, inbox_id: int, text: str, intent: str) -> str | None:
    if intent == "register_child":
        return _new(work, member, conversation, inbox_id, text, told_rasa=True)
    if intent not in ("view_child_record", "update_child_record"):
        _list(work, member, conversation, inbox_id, text)
        return None
    found = finding.named_in(work, member, text)
    if found.total != 1:
        return _which(work, conversation, inbox_id, found, intent, asked=bool(found.total))
    child = found.lines[0].child
    if intent == "view_child_record":
        _card(work, member, conversation, inbox_id, child.uid)
        return None
    return _change(work, member, conversation, inbox_id, child.uid, text, told_rasa=True)


def _which(work: Work, conversation: str, inbox_id: int, found: Found, intent: str, *, asked: bool) -> str | None:
    """Several children are meant, or none that is known: buttons, or the name is asked for."""
    act = "open" if intent == "view_child_record" else "change"
    if asked:
        choices = [[_short(line), f"child.{act}={line.child.uid}"] for line in found.lines]
        mailbox.say(work, conversation, "child.which", {"count": found.total, "choices": choices}, reply_to=inbox_id)
        return None
    draft = _opened(work, conversation, told_rasa=True)
    drafts.keep(work, draft, {"doing": "find", "intent": intent}, "who")
    mailbox.say(work, conversation, "child.ask.who", reply_to=inbox_id)
    return "who"


def _list(work: Work, member: Member, conversation: str, inbox_id: int, said: str) -> None:
    """The children of a member's places; a word for a filter, or its name, narrows them."""
    if register.by_month(said):
        trends.tell(work, member, conversation, inbox_id)
        return
    if (wanted := overseeing.asked(said)) is not None and supervising.areas(work, member):
        _ANYTIME[wanted](work, member, conversation, inbox_id, "")
        return
    by = [said] if said in finding.FILTERS else register.filters(said)
    if by == ["level_waits"] and reviewing.count(work, member):
        level_talk.show(work, member, conversation, inbox_id)
        return
    found, counts = finding.listed(work, member, by, SHOWN), finding.counts(work, member)
    choices = [[_short(line), f"child.open={line.child.uid}"] for line in found.lines]
    choices += [
        [f"{texts.phrase(f'child.filter.{name}')} {counts[name]}", f"child.list={name}", "quiet"]
        for name in finding.FILTERS
        if counts[name] and name not in by
    ]
    if supervising.areas(work, member):
        choices.append([texts.phrase("overseeing.button"), register_overseeing.LATE, "quiet"])
        choices.append([texts.phrase("trends.button"), "child.trends=show", "quiet"])
    head = "、".join(texts.phrase(f"child.filter.{name}") for name in by) or texts.phrase("child.filter.all")
    if found.total > len(found.lines):
        head = texts.phrase("child.list.first").format(head=head, shown=len(found.lines))
    never = [finding.never_asked(work, member, name) for name in by if name in assessing.SHOWN]
    if never and never[0]:
        head += texts.phrase("child.list.never_asked").format(count=never[0])
    args = {"head": head, "count": found.total, "choices": choices}
    mailbox.say(work, conversation, "child.list" if found.total else "child.list.empty", args, reply_to=inbox_id)


def _short(line: Line) -> str:
    """A child on a button."""
    told = [line.name, texts.phrase("child.age").format(age=line.age) if line.age is not None else ""]
    told.append("★" if line.tags else "")
    return " ".join(part for part in told if part)


def _card(work: Work, member: Member, conversation: str, inbox_id: int, uid: str) -> None:
    """One child in words. Every look is journalled."""
    child = children.reach(work, member, uid)
    if child is None:
        mailbox.say(work, conversation, "child.gone", reply_to=inbox_id)
        return
    journal.record(work, member.account, "child read", uid, purpose="chat")
    args = {"words": words(work, child), "choices": _buttons(work, member, child)}
    mailbox.say(work, conversation, "child.card", args, reply_to=inbox_id)


def _buttons(work: Work, member: Member, child: Child) -> list[list[str]]:
    found = []
    confirms = reviewing.reviews(work, member, child)
    if child.state == "draft" and confirms:
        found.append([texts.phrase("child.button.review"), f"{REVIEW}:yes:{child.uid}", "primary"])
    elif child.level_waits_since is not None and confirms:
        found.extend(level_talk.buttons(child))
    if children.reach(work, member, child.uid, mode="write") is not None:
        found.append([texts.phrase("child.button.change"), f"child.change={child.uid}"])
        found.append([texts.phrase("child.button.entrusted"), f"entrusted.for={child.uid}"])
    return [*found, [texts.phrase("child.button.page"), "page:", "quiet"]]


def words(work: Work, child: Child) -> str:
    """What stands in a file, for those who may read it."""
    line, known = finding.line(work, child), children.profile(work, child)
    who = [line.name, texts.phrase(f"child.sex.{line.sex}") if line.sex else ""]
    who.append(texts.phrase("child.age").format(age=line.age) if line.age is not None else "")
    home = work.session.get_one(Household, child.household)
    told = ["，".join(part for part in who if part) + texts.phrase("child.line.number").format(number=child.number)]
    if child.state != "active":
        told.append(texts.phrase(f"child.state.{child.state}"))
    told.append(f"{places.full_name(child.area)} {children.address(work, home)}".strip())
    told.append(_standing(work, child))
    if line.tags:
        names = "、".join(rules.tag_label(tag.name) for tag in line.tags)
        told.append(texts.phrase("child.line.tags").format(tags=names))
    for one in children.around(work, child):
        person = f"{one.relation or ''}{one.name if one.name != one.relation else ''}"
        told.append(texts.phrase(f"child.line.{one.kind}").format(who=person, phone=one.phone).strip())
    if known.get("school"):
        told.append(texts.phrase("child.line.school").format(school=known["school"]))
    last = visit_words.day(child.last_visit) if child.last_visit else texts.phrase("child.line.visits.never")
    due = visit_words.day(child.next_due) if child.next_due else texts.phrase("child.line.visits.open")
    told.append(texts.phrase("child.line.visits").format(last=last, due=due))
    return "\n".join(told)


def _standing(work: Work, child: Child) -> str:
    lines = [
        texts.phrase(f"child.line.{name}").format(value=texts.phrase(f"child.result.{value}"))
        for name, value in assessing.standing(work, [child])[child.uid].items()
    ]
    waits = texts.phrase("child.level.waits") if child.level_waits_since is not None else ""
    return "；".join([*lines, texts.phrase(f"child.level.{child.level or 'none'}") + waits])


def _new(work: Work, member: Member, conversation: str, inbox_id: int, text: str, *, told_rasa: bool) -> str | None:
    if not children.areas(work, member, mode="write"):
        mailbox.say(work, conversation, "child.may_not", reply_to=inbox_id)
        return None
    kept: dict[str, Any] = {}
    register_new.begin(work, member, kept, text)
    return _ask(work, member, _opened(work, conversation, told_rasa=told_rasa), kept, inbox_id)


def _change(
    work: Work, member: Member, conversation: str, inbox_id: int, uid: str, text: str, *, told_rasa: bool
) -> str | None:
    child = children.reach(work, member, uid, mode="write")
    if child is None:
        mailbox.say(work, conversation, "child.gone", reply_to=inbox_id)
        return None
    kept: dict[str, Any] = {}
    register_change.begin(kept, child, text)
    return _ask(work, member, _opened(work, conversation, told_rasa=told_rasa), kept, inbox_id)


def _opened(work: Work, conversation: str, *, told_rasa: bool) -> Draft:
    """A fresh draft; one that was half filled in makes way. `told_rasa`: words came through Rasa, no tap."""
    old = drafts.current(work, conversation, FLOW)
    if old is not None:
        drafts.close(work, old, "cancelled")
    conversations.enter(work, conversation, FLOW, told_rasa=told_rasa)
    return drafts.begin(work, conversation, FLOW)


def _ask(work: Work, member: Member, draft: Draft, kept: dict[str, Any], inbox_id: int) -> str | None:
    """Ask the next thing, or make what was told stand."""
    if kept["doing"] == "find":
        mailbox.say(work, draft.conversation, "child.ask.who", reply_to=inbox_id)
        return "who"
    if kept["doing"] == "new":
        if kept.get("like") == "yes" or kept.get("save") == "no":
            mailbox.say(work, draft.conversation, "child.not_filed", reply_to=inbox_id)
            return _end(work, draft)
        asked = register_new.ask(work, member, draft, kept, inbox_id)
        if asked is not None:
            return asked
        outcome = registering.register(work, member, register_new.entry(kept))
    else:
        if children.reach(work, member, kept["child"]) is None:
            mailbox.say(work, draft.conversation, "child.gone", reply_to=inbox_id)
            return _end(work, draft)
        asked = register_change.ask(work, draft, kept, inbox_id)
        if asked is not None:
            return asked
        outcome = register_change.carry_out(work, member, kept)
    _tell(work, draft.conversation, inbox_id, outcome, kept["doing"])
    return _end(work, draft)


def _tell(work: Work, conversation: str, inbox_id: int, outcome: Outcome, doing: str) -> None:
    """What came of it."""
    if outcome.refusal == "absent":
        mailbox.say(work, conversation, "child.gone", reply_to=inbox_id)
    elif not outcome.allowed:
        reason = texts.phrase(f"child.refusal.{outcome.refusal}")
        mailbox.say(work, conversation, "child.refused", {"reason": reason}, reply_to=inbox_id)
    elif outcome.child is not None:
        key = f"child.{'filed' if doing == 'new' else 'changed'}{'.waits' if outcome.waiting else ''}"
        args = {"number": outcome.child.number, "child": outcome.child.uid}
        mailbox.say(work, conversation, key, args, reply_to=inbox_id)


def _end(work: Work, draft: Draft) -> str | None:
    """The flow is over: nothing is asked next."""
    drafts.close(work, draft, "done")
    conversations.enter(work, draft.conversation, None, told_rasa=False)
    return None


def _tap_new(work: Work, member: Member, conversation: str, inbox_id: int, _: str) -> None:
    _new(work, member, conversation, inbox_id, "", told_rasa=False)


def _tap_change(work: Work, member: Member, conversation: str, inbox_id: int, uid: str) -> None:
    _change(work, member, conversation, inbox_id, uid, "", told_rasa=False)


def _tap_trends(work: Work, member: Member, conversation: str, inbox_id: int, _: str) -> None:
    trends.tell(work, member, conversation, inbox_id)


def _tap_late(work: Work, member: Member, conversation: str, inbox_id: int, area: str) -> None:
    if not register_overseeing.late(work, member, conversation, inbox_id, area):
        _list(work, member, conversation, inbox_id, "overdue")


def _tap_unseen(work: Work, member: Member, conversation: str, inbox_id: int, _: str) -> None:
    if not register_overseeing.unseen(work, member, conversation, inbox_id):
        _list(work, member, conversation, inbox_id, "overdue")


_ANYTIME: dict[str, Callable[[Work, Member, str, int, str], None]] = {
    "open": _card,
    "list": _list,
    "change": _tap_change,
    "new": _tap_new,
    "trends": _tap_trends,
    "late": _tap_late,
    "unseen": _tap_unseen,
}


def settle_push(work: Work, conversation: str, inbox_id: int, name: str, rest: str) -> bool:
    """A button under a push: "childreview:yes:<child>", "childmove:yes|no:<move>", "childsplit:…" (`split_talk`)."""
    answer, _, uid = rest.partition(":")
    if name == SPLIT:
        split_talk.tap(work, accounts.member(work, conversation), conversation, inbox_id, answer, uid)
        return True
    member = _member(work, conversation, inbox_id)
    if member is None:
        return True
    if name == REVIEW:
        outcome, done = registering.review(work, member, uid), "child.reviewed"
    else:
        outcome = moving.settle(work, member, uid, agree=answer == "yes")
        done = "child.move.taken" if answer == "yes" else "child.move.declined"
    key = {"absent": "child.gone", "already": "child.already"}.get(outcome.refusal or "", done)
    mailbox.say(work, conversation, key if outcome.allowed or outcome.refusal else done, reply_to=inbox_id)
    return True
