"""A message that is no answer to the open question: what is said to it, and how the question comes after it.

What such a message is decides `reading.no_answer` alone; nothing of it is kept as an answer. What concerns whoever
writes is said first, then what is still open, shortly, and not twice running. Danger was looked for before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from bot import texts
from bot.care import eligibility as rules
from bot.care import intake
from bot.reading import danger
from bot.reading.families import check_asides, checking
from bot.reading.reports import fitting, sending, told
from bot.reading.talk import answers as short
from bot.reading.talk import courtesies, no_answer, pausing, replies
from bot.services import drafts, flows
from bot.services.contact import joining
from bot.services.eligibility import asking, handing, keeping, recap
from bot.services.eligibility import state as check_state
from bot.services.eligibility import talk as check_talk
from bot.services.mail import mailbox
from bot.services.reporting import absorbing, filing, readback, staying
from bot.services.reporting import intake as report_talk
from bot.services.talk import language, open_family, policy_answers
from bot.services.talk.meaning import Meant
from bot.services.talk.opened import Open, whats_open
from bot.services.talk.still_open import STILL, still_open
from bot.services.work import Work
from bot.storage.tables import Draft, Report

EFFECT = "words"
MONEY = "money_none"
"""The topic that says that the plan names no amounts."""
ASKED_SHORTLY = {"danger_now": "report.danger_now.again", "confirm": "report.confirm.again"}
OF_FAMILIES = (no_answer.SEEN, no_answer.PERSON, no_answer.SKIP, no_answer.TIRED, no_answer.GRUMBLE)
"""What reports and checks answer in their own way."""
NO_SHORT_ANSWER = (no_answer.NO_REPORT, no_answer.THANKS, no_answer.PERSON)
OF_ONESELF = ("self", "mood", "concern", "words")
"""Questions of the week that somebody who is tired answers by saying so."""
NOT_AGREED_TO = ("danger_now", "place", "when", "child_ref", "reporter_type", "kind", "unit")
"""Questions of a report that 行 就这 does not answer."""
CONSENTS = ("consent", "guardian")
"""Questions of joining that ask for consent: they can be left out by nobody."""
GOES = (no_answer.WAIT, no_answer.BYE, no_answer.THANKS)
"""What a word of something else may stand beside (等等 孩子喊我): it is kept, and this is answered."""
LONGEST_BESIDE = 14
ENDS = (no_answer.WAIT, no_answer.BYE, no_answer.SLIP, no_answer.SKIP)
GAVE_TIME = ("open.wait", "open.bye", "open.bye.entrusted", "open.bye.joining", "report.leaving")
WAITS = (*ENDS, no_answer.OTHER, no_answer.ONLY_ASKING, no_answer.AGREES)
"""After these nothing is asked: whoever writes is let go, or was asked something himself."""


class Talk(Protocol):
    """What a flow says of itself: its open question in short, what was told, how much is left, and what it does with
    words that belong elsewhere."""

    def ask_shortly(self, work: Work, draft: Draft, inbox_id: int) -> None:
        """Say what is still open, shortly (`still_open`)."""

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
        told_besides = found.rest if found.kind in no_answer.ASKS and not _only_agrees(found.rest) else ""
        _say(work, draft, talk, found, inbox_id, text)
        if told_besides:
            _go_on(work, draft, inbox_id, told_besides)
        elif found.kind not in WAITS and drafts.current(work, conversation, opened.flow) is not None:
            talk.ask_shortly(work, draft, inbox_id)
    return True


def comes_in_again(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """来了, from whoever was given time: the question that waits, shortly. In an emergency another may have come."""
    if not no_answer.is_back(text):
        return False
    last = mailbox.last_said(work, conversation, inbox_id, work.now - check_state.KEPT)
    if last is None or last.key not in GAVE_TIME:
        return False
    opened = whats_open(work, conversation)
    draft = drafts.current(work, conversation, opened.flow) if opened.flow is not None else None
    report = work.session.get(Report, draft.report) if draft is not None and draft.report else None
    if draft is None or draft.flow not in TALKS or (report is not None and report.severity == "S0"):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        shortly(work, conversation, inbox_id, draft.flow)
    return True


def shortly(work: Work, conversation: str, inbox_id: int, flow: str) -> bool:
    """The open question after something was answered beside it. False: the flow is none of these, or asks nothing."""
    talk, draft = TALKS.get(flow), drafts.current(work, conversation, flow)
    if talk is None or draft is None or draft.asked is None:
        return False
    talk.ask_shortly(work, draft, inbox_id)
    return True


def _go_on(work: Work, draft: Draft, inbox_id: int, rest: str) -> None:
    """What is told besides a question to us is taken as it would be alone."""
    turn = report_talk.turn if draft.flow == report_talk.FLOW else flows.FLOWS[draft.flow].turn
    turn(work, draft.conversation, inbox_id, rest, Meant())


def _only_agrees(rest: str) -> bool:
    """Whether what stands beside a question to us tells nothing: 行了行了 还有几个问题."""
    return set(rest) <= set("行好中嗯啊哦得了吧 ,，")


def _is_none(text: str, found: no_answer.NoAnswer, opened: Open) -> bool:
    """Whether the message is no answer there: what is a short answer, or tells something besides, may be one."""
    if told.read(text).signs or set(danger.read(text).kinds) - {danger.HUNCH} or replies.worry(text) is not None:
        return False
    asks = found.kind in no_answer.ASKS or found.kind == no_answer.OTHER
    stopped = found.kind == no_answer.NO_REPORT and opened.flow == report_talk.FLOW  # 就是数学不好 我不是要反映
    if found.rest and not (asks or stopped or found.kind in GOES):
        return False
    if found.kind == no_answer.NO_HARM:
        return opened.asked not in ("danger_now", "kind", "what", "more")
    if found.kind == no_answer.AGREES:
        open_one = opened.flow == report_talk.FLOW and opened.asked in NOT_AGREED_TO
        return open_one and short.short_answer(text) is None and not replies.submits(text)
    said = short.short_answer(text)
    if found.kind == no_answer.SLIP:
        return said in (None, "no")  # 诶不对 denies nothing
    return said is None or found.kind in NO_SHORT_ANSWER


def _left_to_us(work: Work, draft: Draft, found: no_answer.NoAnswer, text: str) -> bool:
    """Whether the flow has no better answer of its own."""
    if found.rest and found.kind in GOES and _tells(work, draft, found.rest):
        return False
    families = draft.flow in open_family.FLOWS
    if found.kind in OF_FAMILIES and not families and not _of_our_questions(work, draft, found, text):
        return False
    if found.kind == no_answer.TIRED and draft.asked in OF_ONESELF:
        return False  # 累死了 answers 您自己还行吗
    if draft.flow == open_family.WEEK and no_answer.finishes(text):
        return False  # 行行行就这样吧 ends the week, as it says itself
    if replies.later(text) and open_family.puts_aside(work, draft):
        return False  # 晚上再补: the record is put aside, as it says itself
    if draft.flow == joining.FLOW and found.kind == no_answer.PLAINER and draft.asked in CONSENTS:
        return False  # nobody agrees to what he did not understand: it is told whole again
    if draft.flow == report_talk.FLOW:
        return _left_by_report(draft, found, text)
    if draft.flow == check_state.FLOW and not _left_by_check(draft, found, text):
        return False
    if found.kind == no_answer.OTHER and found.rest:
        return not policy_answers.plainly_asked(text)
    return True


def _tells(work: Work, draft: Draft, rest: str) -> bool:
    """Whether what stands beside a wait, a goodbye or thanks may answer or tell something: 等等 孩子喊我 does not."""
    if draft.flow not in (report_talk.FLOW, check_state.FLOW) or len(rest) > LONGEST_BESIDE:
        return True
    if short.short_answer(rest) is not None or absorbing.tells_something(rest):
        return True
    if draft.flow == check_state.FLOW:
        return (draft.asked or "").startswith(handing.STEP) or check_talk.takes(work, draft.conversation, rest)
    asked = draft.asked or "what"
    return asked in ("what", "more") or fitting.target(asked, rest) == asked or replies.lead(rest) is not None


def _left_by_check(draft: Draft, found: no_answer.NoAnswer, text: str) -> bool:
    """A check has wishes of its own (整明白了 谢谢, 还有几个问题), and an end after which thanks are enough;
    where it is handed over, 先不报了 stops that."""
    asked = draft.asked or "fact"
    if asked == "result" and found.kind in (no_answer.THANKS, no_answer.BYE, no_answer.NO_HARM):
        return False
    if asked.startswith(handing.STEP) and found.kind == no_answer.NO_REPORT:
        return False
    wish = checking.wish(text, at_the_end=asked == "result")
    if found.kind == no_answer.LEFT:  # 还有多少个问题 asks for no money
        return wish not in (checking.SO_FAR, checking.HOW_MUCH_MORE)
    return wish is None


def _of_our_questions(work: Work, draft: Draft, found: no_answer.NoAnswer, text: str) -> bool:
    """Whether a grown-up only grumbles that a report asks too much; a child that writes 烦死了 may tell how it is, and
    你咋老问 is answered with how much is left."""
    grumbles = found.kind == no_answer.GRUMBLE and replies.question(text) is None
    return grumbles and draft.flow == report_talk.FLOW and not drafts.answers(work, draft).childs


def _left_by_report(draft: Draft, found: no_answer.NoAnswer, text: str) -> bool:
    """A report answers thanks itself, hands over to whoever asks at the end if it is kept, and takes what is told where
    anything may be told."""
    if found.kind == no_answer.THANKS and courtesies.courtesy(text) is not None:
        return False
    if draft.asked == "confirm" and (found.kind == no_answer.KEPT or sending.sends(text) or sending.stops(text)):
        return False
    if found.kind == no_answer.NO_REPORT:
        return True
    return not (found.rest and draft.asked in ("what", "more", None))


def _say(work: Work, draft: Draft, talk: Talk, found: no_answer.NoAnswer, inbox_id: int, text: str) -> None:
    if found.rest and found.kind in GOES:
        talk.keep(work, draft, text)
    own, of_flow = _OWN.get(found.kind), f"open.{found.kind}.{draft.flow}"
    if texts.known(of_flow):
        _tell(work, draft, inbox_id, of_flow)
    elif own is not None:
        own(work, draft, talk, found, inbox_id, text)
    elif found.kind == no_answer.MONEY:
        policy_answers.tapped(work, draft.conversation, inbox_id, MONEY)
    else:
        _tell(work, draft, inbox_id, f"open.{found.kind}")


def _tell(work: Work, draft: Draft, inbox_id: int, key: str, args: dict[str, Any] | None = None) -> None:
    """Say it; whoever is at home can call somebody under every answer of the week."""
    mailbox.say(work, draft.conversation, key, {**(args or {}), **open_family.help_too(work, draft)}, reply_to=inbox_id)


def _kept(work: Work, draft: Draft, talk: Talk, found: no_answer.NoAnswer, inbox_id: int, text: str) -> None:
    key, args = talk.kept(work, draft)
    _tell(work, draft, inbox_id, key, args)


def _left(work: Work, draft: Draft, talk: Talk, found: no_answer.NoAnswer, inbox_id: int, text: str) -> None:
    n = talk.left(work, draft)
    key, args = ("open.left", {"n": n}) if n > 1 else ("open.left.last", None)
    _tell(work, draft, inbox_id, key, args)


def _bye(work: Work, draft: Draft, talk: Talk, found: no_answer.NoAnswer, inbox_id: int, text: str) -> None:
    if draft.flow == check_state.FLOW:
        keeping.say_goodbye(work, draft, inbox_id)
        return
    key = "open.bye.joining" if draft.flow == joining.FLOW else "open.bye"
    if draft.flow == report_talk.FLOW and drafts.answers(work, draft).childs:
        key = "report.leaving.child"
    _tell(work, draft, inbox_id, key)


def _wait(work: Work, draft: Draft, talk: Talk, found: no_answer.NoAnswer, inbox_id: int, text: str) -> None:
    report = draft.flow == report_talk.FLOW
    child = report and drafts.answers(work, draft).childs
    stands = report and draft.report is not None
    away = stands or pausing.is_one(text)
    key = "report.leaving.child" if child else "report.leaving" if away else "open.wait"
    _tell(work, draft, inbox_id, key)


def _other(work: Work, draft: Draft, talk: Talk, found: no_answer.NoAnswer, inbox_id: int, text: str) -> None:
    if found.rest:
        talk.keep(work, draft, text)
    _tell(work, draft, inbox_id, "open.other.kept" if found.rest else "open.other")


def _only_asking(work: Work, draft: Draft, talk: Talk, found: no_answer.NoAnswer, inbox_id: int, text: str) -> None:
    sent = draft.report is not None
    _tell(work, draft, inbox_id, f"open.only_asking{'.sent' if sent else ''}")


def _no_report(work: Work, draft: Draft, talk: Talk, found: no_answer.NoAnswer, inbox_id: int, text: str) -> None:
    """In a report it is the report that is stopped; elsewhere none was made, and what is open goes on."""
    if draft.flow == report_talk.FLOW:
        filing.cancel(work, draft, drafts.answers(work, draft), inbox_id, text)
    else:
        _tell(work, draft, inbox_id, "open.no_report")


def _agrees(work: Work, draft: Draft, talk: Talk, found: no_answer.NoAnswer, inbox_id: int, text: str) -> None:
    """行 就这 says of danger nothing that it is so, and tells nothing where something is asked."""
    if draft.asked != "danger_now":
        _tell(work, draft, inbox_id, "open.agrees")
        talk.ask_shortly(work, draft, inbox_id)
        return
    child = ".child" if drafts.answers(work, draft).childs else ""
    _tell(work, draft, inbox_id, f"report.courtesy.danger{child}")


def _no_harm(work: Work, draft: Draft, talk: Talk, found: no_answer.NoAnswer, inbox_id: int, text: str) -> None:
    talk.keep(work, draft, text)
    _tell(work, draft, inbox_id, "open.no_harm")


def _person(work: Work, draft: Draft, talk: Talk, found: no_answer.NoAnswer, inbox_id: int, text: str) -> None:
    _tell(work, draft, inbox_id, "chat.human")


def _skip(work: Work, draft: Draft, talk: Talk, found: no_answer.NoAnswer, inbox_id: int, text: str) -> None:
    """The flow knows what it is to leave out a question of its own."""
    flows.FLOWS[draft.flow].turn(work, draft.conversation, inbox_id, texts.phrase("open.skipped"), Meant())


_OWN: Mapping[str, Callable[[Work, Draft, Talk, no_answer.NoAnswer, int, str], None]] = {
    no_answer.KEPT: _kept,
    no_answer.LEFT: _left,
    no_answer.BYE: _bye,
    no_answer.WAIT: _wait,
    no_answer.OTHER: _other,
    no_answer.ONLY_ASKING: _only_asking,
    no_answer.NO_REPORT: _no_report,
    no_answer.NO_HARM: _no_harm,
    no_answer.AGREES: _agrees,
    no_answer.PERSON: _person,
    no_answer.SKIP: _skip,
}


class _Report:
    """A report being taken."""

    def ask_shortly(self, work: Work, draft: Draft, inbox_id: int) -> None:
        answers, asked = drafts.answers(work, draft), draft.asked or "what"
        if staying.goes_on(answers) or (asked in staying.FORMS and filing.severity_of(answers) == "S0"):
            return  # in an emergency the form waits
        name = f"field.{asked}" if texts.known(f"field.{asked}") else f"open.field.{asked}"
        key = ASKED_SHORTLY.get(asked, STILL)
        key = f"{key.removesuffix('.again')}.child.again" if answers.childs and key != STILL else key
        still_open(work, draft, inbox_id, texts.phrase(name, answers.language), key)

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

    def ask_shortly(self, work: Work, draft: Draft, inbox_id: int) -> None:
        check = check_state.load(work, draft)
        if (draft.asked or "").startswith(handing.STEP):
            still_open(work, draft, inbox_id, texts.phrase(f"open.field.{draft.asked}", language.of(check.english)))
        else:
            asking.again(work, draft, check, inbox_id)

    def kept(self, work: Work, draft: Draft) -> tuple[str, dict[str, Any]]:
        check = check_state.load(work, draft)
        said = recap.in_english(check.facts, work.today) if check.english else recap.recap(check.facts, work.today)
        return ("open.kept", {"recap": "\n" + said}) if said else ("open.kept.nothing", {})

    def left(self, work: Work, draft: Draft) -> int:
        return rules.questions_left(check_state.load(work, draft).facts, work.today)

    def keep(self, work: Work, draft: Draft, text: str) -> None:
        check = check_state.load(work, draft)
        for one in check_asides.beside(text):  # 先这样吧 来客了 tells nothing of the family
            check.keep_words("beside", one)
        check_state.keep(work, draft, check, draft.asked or "fact")


TALKS: Mapping[str, Talk] = {
    report_talk.FLOW: _Report(),
    check_state.FLOW: _Check(),
    joining.FLOW: open_family.Joining(),
    open_family.WEEK: open_family.Week(),
    open_family.CARE: open_family.Care(),
    open_family.VISIT: open_family.Visit(),
}
