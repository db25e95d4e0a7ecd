"""The door of bound staff: words about the work are answered here or told where they belong, and never open a
citizen's talk (report form, code, self-check). Danger told by staff is danger first, and left to its own doors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta

from sqlalchemy import select

from bot.reading import danger
from bot.reading.aftermath import police_told
from bot.reading.reports import reporting, told
from bot.reading.staff import case_words, staff_asides, work_asked
from bot.reading.talk import question_forms, replies
from bot.reading.visits import logs, visiting
from bot.services.casework import handling, police
from bot.services.contact import plans as contact_plans
from bot.services.mail import mailbox
from bot.services.reporting import adding, belonging, intake, returning
from bot.services.staff import accounts
from bot.services.staff.accounts import Member
from bot.services.talk import (
    failing,
    odd,
    office,
    office_asides,
    office_cases,
    office_harm,
    office_reports,
    policy_answers,
    policy_talk,
    redirecting,
)
from bot.services.talk.meaning import Meant
from bot.services.visits import after_none, beside_record, kept_today, log_talk, need_later, unfinished
from bot.services.visits import cards as visit_cards
from bot.services.visits import taps as visit_taps
from bot.services.visits import told as visit_told
from bot.services.work import Work
from bot.storage.tables import Conversation, PoliceReport, Report, Visit

EFFECT = "words"
STAFF_MATTERS: Mapping[str, Callable[[Work, str, int, str], None]] = {
    "due_visits": visit_cards.asked_for,
    "another_day": visit_taps.another_day,
    "work_log": log_talk.asked_for,
    "my_reports": handling.list_mine,
}
"""What staff ask for in words: each says what it finds, once per message."""
FRESH, JUST_NOW = timedelta(hours=12), timedelta(hours=1)
ASKED = "staff.emergency.next"
BY_CODE = (returning.STATUS, returning.SUPPLEMENT, returning.WITHDRAW)
CITIZENS = (intake.FLOW, *BY_CODE, "contact")
"""Talks of citizens: nothing a worker says of the work opens one."""
OF_THE_WHOLE = frozenset(
    {"last_time", "same", "undo", "late_rule", "newcomer", "leaver", "duty", work_asked.NUMBERED, work_asked.LAST}
)
"""Kinds to which every clause of the message belongs."""
HARM_HEARD = frozenset({"report_emergency", "report_concern"})
SURE = 0.8
BEFORE_A_NEED = frozenset({*office.RULES, work_asked.NUMBERED, work_asked.LAST, "newcomer", "leaver", "duty"})
"""Kinds that name no child: nothing of them is a need's."""
KEPT = "kept"
"""Whether it was stored: a visit told with it is answered by what is said to that."""


def takes(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Take what a bound worker wants of the work, or tells of the emergency just found. False: it is for others."""
    flow = work.session.get_one(Conversation, conversation).flow
    if flow not in (None, intake.FLOW, unfinished.FLOW, *BY_CODE) or redirecting.applies(work, conversation):
        return False
    member = accounts.member(work, conversation)
    if member is None:
        return False
    if flow == unfinished.FLOW:
        of_a_need = need_later.takes(work, conversation, inbox_id, text, member)
        return of_a_need or _beside_a_record(work, conversation, inbox_id, member, text)
    case = _of_a_case(work, conversation, inbox_id, member, text, flow)
    return case or _of_the_work(work, conversation, inbox_id, member, text, flow)


def _of_the_work(work: Work, conversation: str, inbox_id: int, member: Member, text: str, flow: str | None) -> bool:
    """What is wanted of the work, or told of the emergency just found. False: it is for others."""
    found = _found_just_now(work, member) if flow is None and danger.read(text).level != "emergency" else None
    of_that = found is not None and _of_the_emergency(work, conversation, inbox_id, member, found, text)
    wanted = _wanted(work, conversation, inbox_id, member, text, flow)
    first = bool(wanted) and wanted[0].kind in BEFORE_A_NEED
    if of_that or (not first and need_later.takes(work, conversation, inbox_id, text, member)):
        return True
    if not wanted or (_tells_of_danger(text) and not _of_a_known_report(wanted, text)):
        return False
    if mailbox.is_answered(work, inbox_id):
        return True
    open_talk = flow is not None
    if flow is None and _visit_told_with_it(work, conversation, inbox_id, text, wanted):
        return _answer_beside(work, conversation, inbox_id, member, wanted)
    answered = [office.answer(work, conversation, inbox_id, member, one, open_talk=open_talk) for one in wanted]
    if not any(answered):  # 后爹让派出所带走了 may be news of a family, or of the case before him
        seen = office_reports.of_sight(work, member, conversation, inbox_id, text) if flow is None else ()
        return _answer_each(work, conversation, inbox_id, member, seen)
    mailbox.take_effect(work, inbox_id, EFFECT)
    policy_talk.ask_open_question(work, conversation, inbox_id, flow)
    if flow is None:
        after_none.ask_again(work, conversation, inbox_id)
    return True


def _of_a_case(work: Work, conversation: str, inbox_id: int, member: Member, text: str, flow: str | None) -> bool:
    """What is said of a report there is, of the question whether harm told is new, or of what was opened by mistake."""
    back = office_harm.withdrawn(work, conversation, inbox_id, text, member)
    if back:
        office_cases.takes(work, conversation, inbox_id, member, text, taken=True)
        return True
    if flow is None and office_harm.answered(work, conversation, inbox_id, text, member):
        return True
    if not office_cases.takes(work, conversation, inbox_id, member, text):
        return False
    still = work.session.get_one(Conversation, conversation).flow
    if not (still is None or mailbox.replies_to(work, inbox_id)):
        policy_talk.ask_open_question(work, conversation, inbox_id, still)
    return True


def _wanted(
    work: Work, conversation: str, inbox_id: int, member: Member, text: str, flow: str | None
) -> tuple[work_asked.Asked, ...]:
    """What is wanted of the work; in no other talk also of what was just shown: another day, the report before him."""
    again = _again(work, conversation, inbox_id, text) if flow is None else ()
    wanted = again or work_asked.every(text)
    if wanted or flow is not None:
        return wanted
    return office_reports.of_sight(work, member, conversation, inbox_id, text)


def _of_a_known_report(wanted: tuple[work_asked.Asked, ...], text: str) -> bool:
    """Whether the harm these words name is that of reports there are already: asked of, or told to one."""
    if wanted[0].kind == "reports" and len(text) <= case_words.SHORT and work_asked.asks_for_nobodys(text):
        return question_forms.asks(text)  # 哪个还没人管呢
    return wanted[0].kind in (work_asked.IN_SIGHT, work_asked.NUMBERED) or case_words.only_asks(text)


def _tells_of_danger(text: str) -> bool:
    return not set(danger.read(text).kinds) <= {danger.HUNCH} or intake.tells_harm(text)


def _answer_beside(
    work: Work, conversation: str, inbox_id: int, member: Member, wanted: tuple[work_asked.Asked, ...]
) -> bool:
    """Answer what was wanted beside a visit that was told; its question comes again where anything was said."""
    if _answer_each(work, conversation, inbox_id, member, [one for one in wanted if one.kind != KEPT]):
        beside_record.ask_again(work, conversation, inbox_id)
    return True


def _visit_told_with_it(
    work: Work, conversation: str, inbox_id: int, text: str, wanted: tuple[work_asked.Asked, ...]
) -> bool:
    """Begin the record of a visit that is told in the same message (去了小宝家 炕凉 他爷电话多少). False: none is told,
    or what is wanted is no such aside."""
    if wanted[0].kind == KEPT and kept_today.stands(work, text, accounts.member(work, conversation)):
        return False
    if not all(one.kind in office_asides.BESIDE_A_RECORD - OF_THE_WHOLE for one in wanted):
        return False
    rest = " ".join(_not_asked(text))
    heard = visiting.read(rest, work.today)
    told_of_one = heard.told or heard.outcome is not None
    return bool(rest) and told_of_one and visit_told.takes(work, conversation, inbox_id, rest)


def _not_asked(text: str) -> list[str]:
    """The clauses of a message that want nothing of the work and tell more than how tired somebody is, or 明天再说."""
    every = (one for one in staff_asides.clauses(text) if not (staff_asides.of_oneself(one) or replies.later(one)))
    return [one for one in every if work_asked.read(one) is None]


def _answer_each(
    work: Work, conversation: str, inbox_id: int, member: Member, wanted: Iterable[work_asked.Asked]
) -> bool:
    """Answer what is wanted. False: none of it could be."""
    said = [office.answer(work, conversation, inbox_id, member, one, open_talk=False) for one in wanted]
    if any(said):
        mailbox.take_effect(work, inbox_id, EFFECT)
    return any(said)


def _beside_a_record(work: Work, conversation: str, inbox_id: int, member: Member, text: str) -> bool:
    """What is asked in the middle of a record and is nothing of the child: answered, what else is told is written into
    the record, and its question comes again. False: nothing such is asked."""
    wanted = [one for one in work_asked.every(text) if _nothing_of_the_child(work, conversation, member, one)]
    if not wanted or set(danger.read(text).kinds) - {danger.HUNCH} or staff_asides.mark_on_body(text):
        return False
    told = [one for one in _not_asked(text) if wanted[0].kind not in office_asides.OF_THE_OFFICE]
    if told and beside_record.asks_a_day(work, conversation):
        return False  # 周五吧 answers
    if not _answer_each(work, conversation, inbox_id, member, wanted):
        return False
    if told and wanted[0].kind not in OF_THE_WHOLE:
        beside_record.hear(work, conversation, " ".join(told))
    beside_record.ask_again(work, conversation, inbox_id)
    return True


def _nothing_of_the_child(work: Work, conversation: str, member: Member, one: work_asked.Asked) -> bool:
    """Whether what is wanted is no part of the record that is open; a list or a file only where it is asked for in a
    message that tells nothing of a visit."""
    if one.kind in office_asides.BESIDE_A_RECORD | BEFORE_A_NEED:
        return True
    heard = visiting.read(one.words, work.today)
    asks = question_forms.asks(one.words) or staff_asides.orders(one.words)
    if one.kind not in office_asides.OF_THE_OFFICE or not asks or heard.sections or heard.needs:
        return False
    of_another = beside_record.of_another(work, conversation, member, one.words)
    return one.kind != "look" or (of_another and not heard.told)


def keeps_out(work: Work, conversation: str, inbox_id: int, flow: str, text: str, meant: Meant) -> bool:
    """Whether words of a worker, taken for a citizen's, would open a talk of citizens though nothing of a child is told
    and no code given: he hears what he can ask for. For callers who have taken the message."""
    member = accounts.member(work, conversation) if flow in CITIZENS else None
    if member is None:
        return False
    if flow == "contact" and contact_plans.speaker(work, conversation) is not None:
        return False
    if flow == intake.FLOW and need_later.of_the_work(work, member, text):
        unclear(work, conversation, inbox_id)
        return True
    sure = meant.intent in HARM_HEARD and meant.confidence >= SURE
    if flow == intake.FLOW and (sure or _of_a_child(text)):
        return office_harm.put(work, conversation, inbox_id, text)
    if flow in BY_CODE and (work_asked.of_own_report(text) or _of_a_child(text)):
        return False
    unclear(work, conversation, inbox_id)
    return True


def unclear(work: Work, conversation: str, inbox_id: int) -> None:
    """Say that a message was not understood: to a worker with what the work may want, to others as ever."""
    if accounts.member(work, conversation) is None:
        failing.say(work, conversation, inbox_id, failing.UNCLEAR)
    else:
        failing.in_turn(work, conversation, inbox_id, "office.unclear")


def without_rasa(work: Work, conversation: str, inbox_id: int, *, starting: bool) -> None:
    """Say that longer words are not understood just now; to a worker with what the work may want."""
    if starting or accounts.member(work, conversation) is None:
        mailbox.say(work, conversation, "chat.starting" if starting else "chat.degraded", reply_to=inbox_id)
    else:
        unclear(work, conversation, inbox_id)


def _of_a_child(text: str) -> bool:
    """Whether something is told of a child, or is to be: a worker is heard as anybody is."""
    heard = told.read(text)
    doubts = set(danger.read(text).kinds) - {danger.HUNCH}
    return bool(doubts or heard.signs or heard.child_ref) or reporting.wants_to_report(text)


def _again(work: Work, conversation: str, inbox_id: int, text: str) -> tuple[work_asked.Asked, ...]:
    """Another day for the deadline just spoken of."""
    last = mailbox.last_said(work, conversation, inbox_id, work.now - JUST_NOW)
    urged = last is not None and last.key == office.ELSEWHERE["urge"] and work_asked.another_deadline(text)
    return (work_asked.Asked("urge"),) if urged else ()


def _found_just_now(work: Work, member: Member) -> Report | None:
    """The emergency this worker found at a visit within the last hours."""
    query = (
        select(Report)
        .join(Visit, Visit.report == Report.uid)
        .where(Visit.by == member.account, Visit.created_at >= work.now - FRESH)
    )
    return work.session.scalars(query.order_by(Report.received_at.desc()).limit(1)).first()


def _of_the_emergency(work: Work, conversation: str, inbox_id: int, member: Member, report: Report, text: str) -> bool:
    """What is told of the police or asked of the child right after: kept with the report, and answered."""
    if police_told.read(text) is not None:
        if mailbox.take_effect(work, inbox_id, EFFECT):
            again = not police.heard(work, report, text)
            police.confirm(work, conversation, inbox_id, text, again=again)
            _say(work, conversation, inbox_id, ASKED)
        return True
    told = select(PoliceReport.uid).where(PoliceReport.report == report.uid).limit(1)
    if work_asked.puts_police_off(text) and work.session.scalar(told) is None:
        key = "staff.emergency.police_now"
    elif work_asked.asks_to_call_parents(text):
        key = "staff.emergency.parents"
    elif not belonging.of_another_home(work, member, report, text) and _answers_what_was_asked(
        work, conversation, inbox_id, text
    ):
        key = "staff.emergency.noted"
    else:
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        adding.add(work, report, text, notify=False)
        _say(work, conversation, inbox_id, key)
    return True


def _answers_what_was_asked(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Where the child is now and what was done, told to that very question; not a visit of another home."""
    last = mailbox.last_said(work, conversation, inbox_id, work.now - JUST_NOW)
    heard = visiting.read(text, work.today)
    other = heard.told or heard.outcome is not None or logs.names_it(text) or _other_matter(text)
    return last is not None and last.key == ASKED and not other and not question_forms.asks(text)


def _other_matter(text: str) -> bool:
    return any(one.kind not in office.OF_WHAT_WAS_SHOWN for one in work_asked.every(text))


def _say(work: Work, conversation: str, inbox_id: int, key: str) -> None:
    mailbox.say(work, conversation, key, reply_to=inbox_id)


def staff_matter(work: Work, conversation: str, inbox_id: int, matter: str, text: str, meant: Meant) -> None:
    """What staff ask for, one of `STAFF_MATTERS`; a question about the rules is answered instead or beside it."""
    what = policy_talk.decide(work, conversation, text, matter, meant)
    if what == policy_talk.INSTEAD:
        if mailbox.take_effect(work, inbox_id, EFFECT):
            policy_answers.answer(work, conversation, inbox_id, text)
        return
    fresh = not odd.answers(mailbox.replies_to(work, inbox_id))
    STAFF_MATTERS[matter](work, conversation, inbox_id, text)
    if what == policy_talk.BESIDE and fresh:
        policy_answers.beside(work, conversation, inbox_id, text)
