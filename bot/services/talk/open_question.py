"""A message that is no answer to the open question: what is said to it, and how the question comes after it.

What such a message is decides `reading.no_answer` alone; nothing of it is kept as an answer. What concerns whoever
writes is said first, then what is still open, shortly, and not twice running. Danger was looked for before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from bot import texts
from bot.care import english, intake, model, wording
from bot.care import eligibility as rules
from bot.reading import answers as short
from bot.reading import danger, no_answer, replies, told
from bot.services import drafts, flows
from bot.services.contact import joining
from bot.services.eligibility import keeping, recap
from bot.services.eligibility import state as check_state
from bot.services.mail import mailbox
from bot.services.reporting import filing, readback
from bot.services.reporting import intake as report_talk
from bot.services.talk import open_family, policy_answers
from bot.services.talk.meaning import Meant
from bot.services.talk.opened import Open
from bot.services.work import Work
from bot.storage.tables import Draft, Outbox

EFFECT = "words"
STILL = "open.still"
SKIPPED = "跳过"
"""What a flow takes for leaving a question out."""
MONEY = "money_none"
"""The topic that says that the plan names no amounts."""
ASKED_SHORTLY = {"danger_now": "report.danger_now.again", "confirm": "report.confirm.again"}
OF_FAMILIES = (no_answer.SEEN, no_answer.PERSON, no_answer.SKIP, no_answer.TIRED, no_answer.GRUMBLE)
"""What reports and checks answer in their own way."""
LEAVES = (open_family.CARE, open_family.VISIT)
OF_ONESELF = ("self", "mood", "concern", "words")
"""Questions of the week that somebody who is tired answers by saying so."""
WAITS = (no_answer.WAIT, no_answer.BYE, no_answer.SLIP, no_answer.SKIP, no_answer.OTHER, no_answer.ONLY_ASKING)
"""After these nothing is asked: whoever writes is let go, or was asked something himself."""


class Talk(Protocol):
    """What a flow says of itself: what its open question is called, what was told, how much is left, and what it does
    with words that belong elsewhere."""

    def field(self, work: Work, draft: Draft) -> str:
        """What the open question is called in a sentence; empty: it needs no name."""

    def kept(self, work: Work, draft: Draft) -> tuple[str, dict[str, Any]]:
        """What to say to whoever asks whether it is kept."""

    def left(self, work: Work, draft: Draft) -> int:
        """About how many questions are to come."""

    def keep(self, work: Work, draft: Draft, text: str) -> None:
        """Keep words that answer nothing as they are."""


def takes(work: Work, conversation: str, inbox_id: int, text: str, opened: Open) -> bool:
    """Answer a message that answers nothing. False: it may be an answer, tells something, or the flow is none of these.

    The caller has seen that no danger is told.
    """
    talk = TALKS.get(opened.flow or "")
    found = no_answer.read(text) if talk is not None else None
    if talk is None or found is None or opened.flow is None or not _is_none(text, found, opened):
        return False
    draft = drafts.current(work, conversation, opened.flow)
    if draft is None or not _left_to_us(work, draft, found, text):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        _say(work, draft, talk, found, inbox_id, text)
        if found.kind not in WAITS:
            still_open(work, draft, talk, inbox_id)
    return True


def still_open(work: Work, draft: Draft, talk: Talk, inbox_id: int) -> None:
    """Say shortly what is still open, with the buttons of the question, unless that was said just before."""
    said = mailbox.keys_said(work, draft.conversation, inbox_id, work.now - check_state.KEPT, most=1)
    key = ASKED_SHORTLY.get(draft.asked or "", STILL) if draft.flow == report_talk.FLOW else STILL
    field = talk.field(work, draft)
    if not field or key in said:
        return
    args: dict[str, Any] = {} if key != STILL else {"field": field, "choices": _buttons(work, draft)}
    mailbox.say(work, draft.conversation, key, args, reply_to=inbox_id)


def _is_none(text: str, found: no_answer.NoAnswer, opened: Open) -> bool:
    """Whether the message is no answer there: what is a short answer, or tells something besides, may be one."""
    if told.read(text).signs or set(danger.read(text).kinds) - {danger.HUNCH} or replies.worry(text) is not None:
        return False
    asks = found.kind in no_answer.ASKS or found.kind == no_answer.OTHER
    if found.rest and not asks:
        return False
    if found.kind == no_answer.NO_HARM:
        return opened.asked not in ("danger_now", "kind", "what", "more")
    return short.short_answer(text) is None or found.kind in (no_answer.NO_REPORT, no_answer.THANKS)


def _left_to_us(work: Work, draft: Draft, found: no_answer.NoAnswer, text: str) -> bool:
    """Whether the flow has no better answer of its own."""
    if found.kind in OF_FAMILIES and draft.flow not in open_family.TALKS:
        return False
    if found.kind == no_answer.TIRED and draft.asked in OF_ONESELF:
        return False  # 累死了 answers 您自己还行吗
    if draft.flow in LEAVES and replies.later(text):
        return False  # 晚上再补: the record is put aside, as it says itself
    if draft.flow == report_talk.FLOW:
        return _left_by_report(work, draft, found)
    if draft.flow == check_state.FLOW and draft.asked == "result":
        return found.kind not in (no_answer.THANKS, no_answer.BYE, no_answer.NO_HARM)
    if found.kind == no_answer.OTHER and found.rest:
        return not policy_answers.plainly_asked(text)
    return True


def _left_by_report(work: Work, draft: Draft, found: no_answer.NoAnswer) -> bool:
    """A report answers thanks itself, hands over to whoever asks at the end whether it is kept, and takes what is told
    where anything may be told."""
    if found.kind == no_answer.THANKS or (found.kind, draft.asked) == (no_answer.KEPT, "confirm"):
        return False
    return not (found.rest and draft.asked in ("what", "more", None))


def _say(work: Work, draft: Draft, talk: Talk, found: no_answer.NoAnswer, inbox_id: int, text: str) -> None:
    own, of_flow = _OWN.get(found.kind), f"open.{found.kind}.{draft.flow}"
    if texts.known(of_flow):
        mailbox.say(work, draft.conversation, of_flow, reply_to=inbox_id)
    elif own is not None:
        own(work, draft, talk, found, inbox_id, text)
    elif found.kind == no_answer.MONEY:
        policy_answers.tapped(work, draft.conversation, inbox_id, MONEY)
    else:
        mailbox.say(work, draft.conversation, f"open.{found.kind}", reply_to=inbox_id)


def _kept(work: Work, draft: Draft, talk: Talk, found: no_answer.NoAnswer, inbox_id: int, text: str) -> None:
    key, args = talk.kept(work, draft)
    mailbox.say(work, draft.conversation, key, args, reply_to=inbox_id)


def _left(work: Work, draft: Draft, talk: Talk, found: no_answer.NoAnswer, inbox_id: int, text: str) -> None:
    n = talk.left(work, draft)
    key, args = ("open.left", {"n": n}) if n > 1 else ("open.left.last", None)
    mailbox.say(work, draft.conversation, key, args, reply_to=inbox_id)


def _bye(work: Work, draft: Draft, talk: Talk, found: no_answer.NoAnswer, inbox_id: int, text: str) -> None:
    if draft.flow == check_state.FLOW:
        keeping.say_goodbye(work, draft, inbox_id)
        return
    key = "open.bye.joining" if draft.flow == joining.FLOW else "open.bye"
    if draft.flow == report_talk.FLOW and drafts.answers(work, draft).childs:
        key = "report.leaving.child"
    mailbox.say(work, draft.conversation, key, reply_to=inbox_id)


def _wait(work: Work, draft: Draft, talk: Talk, found: no_answer.NoAnswer, inbox_id: int, text: str) -> None:
    report = draft.flow == report_talk.FLOW
    child = report and drafts.answers(work, draft).childs
    stands = report and draft.report is not None
    key = "report.leaving.child" if child else "report.leaving" if stands else "open.wait"
    mailbox.say(work, draft.conversation, key, reply_to=inbox_id)


def _other(work: Work, draft: Draft, talk: Talk, found: no_answer.NoAnswer, inbox_id: int, text: str) -> None:
    if found.rest:
        talk.keep(work, draft, text)
    mailbox.say(work, draft.conversation, "open.other.kept" if found.rest else "open.other", reply_to=inbox_id)


def _only_asking(work: Work, draft: Draft, talk: Talk, found: no_answer.NoAnswer, inbox_id: int, text: str) -> None:
    sent = draft.report is not None
    mailbox.say(work, draft.conversation, f"open.only_asking{'.sent' if sent else ''}", reply_to=inbox_id)


def _no_report(work: Work, draft: Draft, talk: Talk, found: no_answer.NoAnswer, inbox_id: int, text: str) -> None:
    """In a report it is the report that is stopped; elsewhere none was made, and what is open goes on."""
    if draft.flow == report_talk.FLOW:
        filing.cancel(work, draft, drafts.answers(work, draft), inbox_id, text)
    else:
        mailbox.say(work, draft.conversation, "open.no_report", reply_to=inbox_id)


def _no_harm(work: Work, draft: Draft, talk: Talk, found: no_answer.NoAnswer, inbox_id: int, text: str) -> None:
    talk.keep(work, draft, text)
    mailbox.say(work, draft.conversation, "open.no_harm", reply_to=inbox_id)


def _person(work: Work, draft: Draft, talk: Talk, found: no_answer.NoAnswer, inbox_id: int, text: str) -> None:
    mailbox.say(work, draft.conversation, "chat.human", reply_to=inbox_id)


def _skip(work: Work, draft: Draft, talk: Talk, found: no_answer.NoAnswer, inbox_id: int, text: str) -> None:
    """The flow knows what it is to leave out a question of its own."""
    flows.FLOWS[draft.flow].turn(work, draft.conversation, inbox_id, SKIPPED, Meant())


_OWN: Mapping[str, Callable[[Work, Draft, Talk, no_answer.NoAnswer, int, str], None]] = {
    no_answer.KEPT: _kept,
    no_answer.LEFT: _left,
    no_answer.BYE: _bye,
    no_answer.WAIT: _wait,
    no_answer.OTHER: _other,
    no_answer.ONLY_ASKING: _only_asking,
    no_answer.NO_REPORT: _no_report,
    no_answer.NO_HARM: _no_harm,
    no_answer.PERSON: _person,
    no_answer.SKIP: _skip,
}


def _buttons(work: Work, draft: Draft) -> list[list[str]]:
    """The buttons of what was asked last here, which still answer it."""
    query = Outbox.conversation == draft.conversation
    rows = work.session.query(Outbox).filter(query, Outbox.push.is_(False)).order_by(Outbox.id.desc()).limit(12)
    for row in rows:
        choices = texts.render(row.key, mailbox.args_of(work, row)).choices
        if choices and any(one.value.startswith(f"{draft.flow}.") for one in choices):
            return [[one.label, one.value, one.style] for one in choices]
    return []


class _Report:
    """A report being taken."""

    def field(self, work: Work, draft: Draft) -> str:
        language = drafts.answers(work, draft).language
        name = f"field.{draft.asked or 'what'}"
        return texts.phrase(name if texts.known(name) else f"open.{name}", language)

    def kept(self, work: Work, draft: Draft) -> tuple[str, dict[str, Any]]:
        answers = drafts.answers(work, draft)
        if filing.told_nothing(answers):
            return "open.kept.nothing", {}
        return f"open.kept.{'unsent' if draft.report is None else 'sent'}", {"recap": "\n" + readback.recap(answers)}

    def left(self, work: Work, draft: Draft) -> int:
        answers = drafts.answers(work, draft)
        return intake.left(answers.given, answers.facts)

    def keep(self, work: Work, draft: Draft, text: str) -> None:
        answers = drafts.answers(work, draft)
        answers.words.append(["what", text])
        drafts.save(work, draft, answers, draft.asked)


class _Check:
    """A self-check of eligibility."""

    def field(self, work: Work, draft: Draft) -> str:
        check, asked = check_state.load(work, draft), draft.asked or "fact"
        if asked == "result":
            return ""
        if asked != "fact" or check.fact is None:
            return texts.phrase(f"open.field.{asked}") if texts.known(f"open.field.{asked}") else ""
        fact = model.in_force(work.today).facts[check.fact]
        return english.name(fact) if check.english else wording.name(fact)

    def kept(self, work: Work, draft: Draft) -> tuple[str, dict[str, Any]]:
        check = check_state.load(work, draft)
        said = recap.in_english(check.facts, work.today) if check.english else recap.recap(check.facts, work.today)
        return ("open.kept", {"recap": "\n" + said}) if said else ("open.kept.nothing", {})

    def left(self, work: Work, draft: Draft) -> int:
        return rules.questions_left(check_state.load(work, draft).facts, work.today)

    def keep(self, work: Work, draft: Draft, text: str) -> None:
        check = check_state.load(work, draft)
        check.keep_words("another", text)
        check_state.keep(work, draft, check, draft.asked or "fact")


class _Joining:
    """Somebody joins; nothing but a few choices is kept."""

    def field(self, work: Work, draft: Draft) -> str:
        name = f"open.field.join.{draft.asked}"
        return texts.phrase(name) if texts.known(name) else ""

    def kept(self, work: Work, draft: Draft) -> tuple[str, dict[str, Any]]:
        return "open.kept.nothing", {}

    def left(self, work: Work, draft: Draft) -> int:
        said = drafts.contents(work, draft).get("said")
        return len(joining.STEPS) - len(said) if isinstance(said, dict) else len(joining.STEPS)

    def keep(self, work: Work, draft: Draft, text: str) -> None:
        """Joining keeps no words."""


TALKS: Mapping[str, Talk] = {
    report_talk.FLOW: _Report(),
    check_state.FLOW: _Check(),
    joining.FLOW: _Joining(),
    **open_family.TALKS,
}
