"""Coming back with a report code: asking how it stands, and adding what one has learnt since."""

from __future__ import annotations

from contextlib import suppress

from bot import texts
from bot.care import receipt
from bot.reading import danger
from bot.reading.measures import codes
from bot.reading.reports import asides, going_back, reporting, told
from bot.reading.talk import answers as short
from bot.reading.talk import purposes, question_forms, replies
from bot.services import conversations, drafts
from bot.services.casework import alerts, asking, reports
from bot.services.drafts import Answers
from bot.services.mail import mailbox
from bot.services.reporting import (
    absorbing,
    adding,
    belonging,
    filing,
    proofs,
    receipts,
    standing,
    taking_back,
)
from bot.services.talk import emergencies, odd, policy_answers
from bot.services.talk.meaning import VERY_SURE, Meant
from bot.services.work import Work
from bot.storage.tables import Draft, Report

STATUS: str = "status"
SUPPLEMENT: str = "supplement"
WITHDRAW: str = taking_back.FLOW
REPORT = "report"
A_TELLING = 5
SOME_OF_A_CODE = 4
ALWAYS_ASKED = frozenset({"sexual", "self_harm"})
"""Danger that is asked about also where it is told of a day before."""
STATUS_WORDS = frozenset({"查进度", "查询进度", "我要查进度", "查一下进度", "先查进度", "查查进度", "我想查进度"})


def start(
    work: Work, conversation: str, inbox_id: int, flow: str, text: str = "", *, told_rasa: bool = False
) -> str | None:
    """Open the status or supplement flow; a code or PIN in the first breath is taken."""
    conversations.enter(work, conversation, flow, told_rasa=told_rasa)
    draft = drafts.current(work, conversation, flow) or drafts.begin(work, conversation, flow)
    return _take(work, draft, drafts.answers(work, draft), inbox_id, text)


def turn(work: Work, conversation: str, inbox_id: int, flow: str, text: str, meant: Meant) -> str | None:
    """Take one message in the status or supplement flow. Returns the field asked next, None when it ended."""
    draft = drafts.current(work, conversation, flow)
    if draft is None:
        return start(work, conversation, inbox_id, flow, text, told_rasa=True)
    answers = drafts.answers(work, draft)
    asked = draft.asked or "report_code"
    reply = short.short_answer(text) or meant.reply
    if asked == "sure":
        return taking_back.take_sure(work, draft, answers, inbox_id, text, reply)
    if flow == WITHDRAW and reporting.speaks_of_taking_back(text) and not codes.find(text):
        mailbox.say(work, conversation, "withdraw.explained", reply_to=inbox_id)
        return _ask(work, draft, answers, asked, inbox_id)
    if reply == "cancel":
        mailbox.say(work, conversation, "chat.cancelled", reply_to=inbox_id)
        return _end(work, draft)
    if reply in ("unsure", "skip", "lost") and asked in ("report_code", "pin"):
        mailbox.say(work, conversation, "status.lost", reply_to=inbox_id)
        return _end(work, draft)
    aside = meant.aside_while(asked)
    if aside is not None:
        if aside == policy_answers.KEY:
            policy_answers.answer(work, conversation, inbox_id, text)
        else:
            mailbox.say(work, conversation, aside, reply_to=inbox_id)
        return _ask(work, draft, answers, asked, inbox_id)
    return _take(work, draft, answers, inbox_id, text)


def ask_again(work: Work, conversation: str, inbox_id: int, flow: str) -> None:
    """Something else was answered in the middle: the open question of this flow comes again."""
    draft = drafts.current(work, conversation, flow)
    if draft is not None:
        _ask(work, draft, drafts.answers(work, draft), draft.asked or "report_code", inbox_id)


def asks_status(text: str, meant: Meant) -> bool:
    """Whether somebody in the middle of a report asks how an earlier one stands: 查进度, a code, or Rasa is sure."""
    code = any(found.kind == "report_code" for found in codes.find(text))
    asks = text.strip(" 。.!！吧呗") in STATUS_WORDS
    sure = meant.intent == "check_report_status" and meant.confidence >= VERY_SURE
    asks = asks or reporting.asks_after_it(text)
    return code or asks or (sure and reporting.asks_how_it_stands(text))  # 五天了 answers what was asked


def told_instead(work: Work, conversation: str, flow: str, text: str) -> bool:
    """Whether words that come where a code is awaited are no try at one but tell something, or go on with a report:
    whoever has no code must be heard, not told again and again that it is wrong."""
    draft = drafts.current(work, conversation, flow)
    if draft is None or draft.asked not in ("report_code", "pin") or reporting.like_a_code(text) or codes.find(text):
        return False
    if short.short_answer(text) is not None or reporting.asks_how_it_stands(text):
        return False
    told_of = absorbing.tells_something(text) or danger.read(text).level != "none"
    return drafts.current(work, conversation, REPORT) is not None or told_of


def leave(work: Work, conversation: str, flow: str, inbox_id: int) -> None:
    """The code is not asked for any more; what was to be added becomes a report of its own."""
    draft = drafts.current(work, conversation, flow)
    if draft is not None and flow == SUPPLEMENT and drafts.current(work, conversation, REPORT) is None:
        mailbox.say(work, conversation, "supplement.as_new", reply_to=inbox_id)
    if draft is not None:
        _end(work, draft)


def add_to_own(work: Work, conversation: str, inbox_id: int, text: str, *, meant: bool = False) -> bool:
    """Words that tell something, written where a report was filed within the day, belong to that report; doubtful ones
    are asked about. `meant`: the classifier takes them for part of a report. False: they belong elsewhere."""
    report = belonging.own_matter(work, conversation, text, meant=meant)
    if report is None:
        return False
    say_added(work, conversation, inbox_id, report, text)
    if (
        question_forms.asks(text)
        and not absorbing.phones(text)
        and (policy_answers.strength(text) or 0.0) >= policy_answers.FAIRLY
    ):
        policy_answers.beside(work, conversation, inbox_id, text)
    hit = danger.read(text)
    found = told.read(text)
    described = found.child_age_years is not None or found.child_sex != "unknown" or found.child_ref is not None
    grave = report.severity == "S0" or (report.severity in filing.HARM and described and not found.signs)
    of_whom = report.severity in filing.HARM and reporting.says_whom(text)  # 闺女打了 儿子没打着: of the blows told
    if of_whom or (grave and hit.kinds == (danger.HUNCH,)):
        return True  # it is as urgent as can be, or only says which child: what only sounds odd asks nothing new
    if hit.kinds == (danger.HUNCH,) and not found.signs and reporting.good_news(text):
        return True
    if hit.ask and not (asides.SAME in asides.kinds(text) and hit.kinds == (danger.HUNCH,)):
        _ask_about_added(work, conversation, inbox_id, report, text)
    return True


def _ask_about_added(work: Work, conversation: str, inbox_id: int, report: Report, text: str) -> None:
    """What is added to a report may tell of danger: it is asked about; what only sounds odd, in one line."""
    hit = danger.read(text)
    if hit.kinds == (danger.HUNCH,):
        odd.say(work, conversation, inbox_id, text)
    elif reporting.on_another_day(text) and ALWAYS_ASKED.isdisjoint(hit.kinds):
        mailbox.say(work, conversation, "report.added.past", reply_to=inbox_id)  # told as over: 昨晚…半夜才回
    else:
        emergencies.doubt(work, conversation, inbox_id, report, list(hit.signs))


def say_added(work: Work, conversation: str, inbox_id: int, report: Report, text: str, *, sure: bool = False) -> None:
    """Add words to a report and say so; of one filed longer ago also how it stands, once: that is what whoever comes
    back another day wants to know, and what he says next belongs to it. `sure`: he said that they are of it."""
    stands = emergencies.is_old(work, report) and not emergencies.looked_up(work, conversation)
    proofs.keep(work, conversation, report)
    if not _put_right(work, conversation, inbox_id, report, text):
        adding.add_and_say(work, conversation, inbox_id, report, text, sure=sure)
        belonging.or_of_the_check(work, conversation, inbox_id, text)
    if stands:
        mailbox.say(work, conversation, "reporter.status", standing.words(work, report), reply_to=inbox_id)


def _put_right(work: Work, conversation: str, inbox_id: int, report: Report, text: str) -> bool:
    """Take a correction of what was filed and read back what holds now. False: it is none."""
    before = report.area
    right = adding.put_right(work, report, text)
    if right:
        key = "report.corrected.filed"
        if report.area != before and report.area is not None:
            heard = alerts.bound_roles(work, report.area)
            key = "report.corrected.moved" if heard else "report.corrected.moved.nobody"
        mailbox.say(work, conversation, key, {"what": "，".join(right)}, reply_to=inbox_id)
    return bool(right)


def still_telling(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Words of some length that nobody could place, told within the hour after a report was filed here: whoever goes on
    tells more of it. False: they ask something, or nothing was filed just now."""
    report = emergencies.recent(work, conversation, text)
    last = mailbox.last_said(work, conversation, inbox_id, work.now - belonging.JUST_FILED)
    just_now = report is not None and report.received_at >= work.now - belonging.JUST_FILED
    just_now = just_now or (last is not None and last.key in ("reporter.status", "report.added"))
    if report is None or not just_now or asides.ANOTHER in asides.kinds(text):
        return False
    if belonging.of_the_office(work, conversation, report, text):
        return False
    asks = (
        question_forms.asks(reporting.without_wishes(text))
        or short.is_opener(text)
        or short.short_answer(text) is not None
    )
    if asks or len(text) < A_TELLING or replies.is_empty(text):
        return False
    if asides.with_adult(text) and _by_a_child(work, report):
        adding.add(work, report, text)
        mailbox.say(work, conversation, "report.with_adult", reply_to=inbox_id)
    else:
        adding.add_and_say(work, conversation, inbox_id, report, text)
    belonging.or_of_the_check(work, conversation, inbox_id, text)
    return True


def _by_a_child(work: Work, report: Report) -> bool:
    return bool(reports.told_of(work, report)["facts"].get("reporter_type") == "child_self")


def _take(work: Work, draft: Draft, answers: Answers, inbox_id: int, text: str) -> str | None:
    if draft.asked == "addition" and {one.kind for one in codes.find(text)} == {"report_code", "pin"}:
        _read_codes(answers, text)
        return _look_up(work, draft, answers, inbox_id, text)
    if draft.asked == "addition":
        return _wish_or_question(work, draft, answers, inbox_id, text) or _add(work, draft, answers, inbox_id, text)
    own = proofs.spoken_of(work, draft.conversation)
    if own is not None and draft.flow == SUPPLEMENT and _tells_already(text):
        answers.facts["report"] = own.uid
        return _add(work, draft, answers, inbox_id, text)
    if own is not None and (draft.flow != STATUS or not codes.find(text)):
        return _found(work, draft, answers, own, inbox_id, text)
    _read_codes(answers, text)
    if "code" not in answers.facts and draft.asked == "report_code":
        return _no_code(work, draft, answers, inbox_id, text)
    for field, name in (("report_code", "code"), ("pin", "pin")):
        if name not in answers.facts:
            return _ask(work, draft, answers, field, inbox_id)
    return _look_up(work, draft, answers, inbox_id)


def _tells_already(text: str) -> bool:
    """Whether somebody who adds to a report told what it is in the same breath: 昨天报的那个孩子 今天没来上学."""
    if replies.announces_more(text) or codes.find(text) or question_forms.asks(text):
        return False
    told_so = going_back.to_told(text) or absorbing.tells_something(text) or danger.read(text).level != "none"
    return told_so or (len(text) > A_TELLING and not reporting.asks_how_it_stands(text) and "补" not in text)


def _read_codes(answers: Answers, text: str) -> None:
    """Take the code and the PIN of a message."""
    if "code" not in answers.facts and answers.facts.get("tried"):
        pins = [one for one in codes.find(text) if one.kind == "pin"]
        if len(pins) == 1 and len(codes.find(text)) == 1:
            answers.facts["code"] = answers.facts["tried"]  # 看错了 是0917: the same code with another PIN
    for found in codes.find(text):
        if found.kind == "report_code":
            with suppress(receipt.Miscopied):
                answers.facts["code"] = receipt.read_code(found.value)
        elif found.kind == "pin":
            answers.facts["pin"] = found.value


def _no_code(work: Work, draft: Draft, answers: Answers, inbox_id: int, text: str) -> str:
    """Words without a code we can read: who looks for it has time, and after two of them hears what is left to do."""
    written = reporting.letters(text) >= SOME_OF_A_CODE
    answers.clarified += 1
    key = "reporter.miscopied" if written else "reporter.no_code_yet"
    if answers.clarified > 1:
        key = "status.lost" if answers.clarified % 2 == 0 else "reporter.still_no_code"
    mailbox.say(work, draft.conversation, key, reply_to=inbox_id)
    if answers.clarified == 1:
        return _ask(work, draft, answers, "report_code", inbox_id)
    drafts.save(work, draft, answers, "report_code")
    return "report_code"


def _look_up(work: Work, draft: Draft, answers: Answers, inbox_id: int, text: str = "") -> str | None:
    answers.facts["tried"] = answers.facts["code"]
    found = receipts.open_with(work, draft.conversation, answers.facts.pop("code"), answers.facts.pop("pin"))
    if found.report is None:
        key = "reporter.locked" if found.outcome == "locked" else "reporter.wrong_code"
        mailbox.say(work, draft.conversation, key, reply_to=inbox_id)
        return _end(work, draft) if found.outcome == "locked" else _ask(work, draft, answers, "report_code", inbox_id)
    if draft.asked == "addition":
        return _shown(work, draft, answers, found.report, inbox_id, text)
    return _found(work, draft, answers, found.report, inbox_id)


def _shown(work: Work, draft: Draft, answers: Answers, report: Report, inbox_id: int, text: str) -> str | None:
    """Code and PIN where something is to be added ask how it stands; what is told with them is added."""
    told = " ".join(one.text for one in purposes.read(text) if one.purpose == purposes.FACT and not _of_code(one.text))
    if told and absorbing.tells_something(told):
        say_added(work, draft.conversation, inbox_id, report, told, sure=True)
    draft.flow = STATUS
    return _found(work, draft, answers, report, inbox_id)


def _of_code(clause: str) -> bool:
    return bool(codes.find(clause)) or reporting.like_a_code(clause)


def _found(work: Work, draft: Draft, answers: Answers, report: Report, inbox_id: int, text: str = "") -> str | None:
    """The reporter has reached the report. A question that waits for them is shown; the next words answer it."""
    reports.speak_to_reporter(work, draft.conversation, report)
    proofs.keep(work, draft.conversation, report)
    if draft.flow == WITHDRAW:
        taking_back.keep_reason(work, report, text)
        draft.report = report.uid
        mailbox.say(work, draft.conversation, "withdraw.sure", reply_to=inbox_id)
        drafts.save(work, draft, answers, "sure")
        return "sure"
    if draft.flow == SUPPLEMENT and asking.waiting(work, report) is None:
        answers.facts["report"] = report.uid
        return _ask(work, draft, answers, "addition", inbox_id)
    if draft.flow == STATUS:
        mailbox.say(work, draft.conversation, "reporter.status", standing.words(work, report), reply_to=inbox_id)
    _end(work, draft)
    asking.show(work, draft.conversation, inbox_id, report)
    return None


def _add(work: Work, draft: Draft, answers: Answers, inbox_id: int, text: str) -> str | None:
    report = work.session.get_one(Report, answers.facts["report"])
    say_added(work, draft.conversation, inbox_id, report, text, sure=True)
    _end(work, draft)
    if danger.read(text).ask:
        _ask_about_added(work, draft.conversation, inbox_id, report, text)
    return None


def _wish_or_question(work: Work, draft: Draft, answers: Answers, inbox_id: int, text: str) -> str | None:
    """What is no addition where one is awaited: how to be reached, or a question to us. It is served, kept apart from
    the matter, and what is to be added may still come. None: it tells something, or there is no answer to it."""
    report = work.session.get_one(Report, answers.facts["report"])
    asked = replies.question(text) if purposes.facts(text) == "" or purposes.has(text, purposes.REQUEST) else None
    if danger.read(text).level == "emergency":
        return None
    if replies.contact_wish(text) is not None and adding.change_contact(
        work, draft.conversation, report, inbox_id, text
    ):
        drafts.save(work, draft, answers, "addition")
        return "addition"
    if asked is None or not texts.known(f"report.faq.{asked}"):
        return None
    adding.add(work, report, text, notify=False)
    mailbox.say(work, draft.conversation, f"report.faq.{asked}", reply_to=inbox_id)
    drafts.save(work, draft, answers, "addition")
    return "addition"


def _ask(work: Work, draft: Draft, answers: Answers, field: str, inbox_id: int) -> str:
    key = f"{draft.flow}.{field}" if field != "addition" else "supplement.addition"
    mailbox.say(work, draft.conversation, key, reply_to=inbox_id)
    drafts.save(work, draft, answers, field)
    return field


def _end(work: Work, draft: Draft) -> str | None:
    """The flow is over: nothing is asked next."""
    drafts.close(work, draft, "done")
    conversations.enter(work, draft.conversation, None, told_rasa=False)
    return None
