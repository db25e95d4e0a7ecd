"""Questions and wishes of somebody who joined, in the middle of the week or with nothing open: answered, and what was
asked before stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from bot import texts
from bot.care import calendar
from bot.reading.contact import weekly, weekly_asked, weekly_stopping
from bot.reading.contact import worries as worries_said
from bot.reading.talk import no_answer
from bot.services import drafts
from bot.services.casework import reports
from bot.services.contact import answers as contact_answers
from bot.services.contact import hearing, joining_words, parents, passed_on, reading_back, worries
from bot.services.contact import plans as contact_plans
from bot.services.contact import questions as contact_questions
from bot.services.contact.told_harm import tells_harm
from bot.services.mail import mailbox
from bot.services.reporting import adding
from bot.services.staff import access
from bot.services.talk import policy_answers
from bot.services.work import Work
from bot.storage.tables import Report

HOW_OFTEN_TOPIC, NOBODY_TOPIC = "visit_how_often", "visit_late"
WORDS, TALK = "words", "contact"
OF_THE_QUESTIONS = (
    *(weekly_asked.STOP_DUTY, weekly_asked.LEAVE, weekly_asked.WHEN, weekly_asked.WHY),
    *(weekly_asked.COME, weekly_asked.HANDLED, weekly_asked.RECORDED),
    *(weekly_asked.PENALTY, weekly_asked.OTHER_JOINS, weekly_asked.STAYS, weekly_asked.JOBS),
)
AT_ONCE = (
    *(weekly_asked.PENALTY, weekly_asked.OTHER_JOINS, weekly_asked.STAYS, weekly_asked.JOBS),
    weekly_asked.RECORDED,
)
"""What of these is no part of the week, whatever was asked of it just now."""
JUST_STOPPED = timedelta(minutes=15)
OF_DYING = frozenset({"self_harm_words", "self_harm_act"})


def answered(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Answer it. False: these words ask none of this, or nobody who joined as a grown-up writes."""
    kind = _kind(work, conversation, text)
    if kind is not None:
        _ANSWERS[kind](work, conversation, inbox_id, text)
    return kind is not None


def _kind(work: Work, conversation: str, text: str) -> str | None:
    """What is asked, as far as it is answered here: whether it is over only where it was told, and what to talk about
    where nothing of the week is told with it, which would be lost."""
    kind, plans = weekly_asked.read(text), parents.plans_here(work, conversation)
    if kind is None or not plans or plans[0].voice == contact_plans.CHILD:
        return None
    if kind in (weekly_asked.KEEP, weekly_asked.SECRET) and tells_harm(text):
        return None
    if kind == weekly_asked.KEEP and plans[0].voice != contact_plans.PARENT:
        return None
    if kind == weekly_asked.HANDLED and reports.of_conversation(work, conversation) is not None:
        return None  # the report told here is what is asked of
    if kind == weekly_asked.OVER and _of_dying(work, conversation) is None:
        return None
    return None if kind == weekly_asked.WHAT_TO_SAY and _tells(text) else kind


def _tells(text: str) -> bool:
    """Whether something of the week is told beside the question; 跟她唠点啥好 is no talk that was had."""
    heard = weekly.read(text)
    return bool(heard.signals or heard.general is not None or heard.items.keys() - {"contact"})


def _of_dying(work: Work, conversation: str) -> Report | None:
    """The open report of a child that does not want to live, told here: that is not over with one good talk."""
    report = reports.of_conversation(work, conversation)
    if report is None or report.state in access.ENDED:
        return None
    return report if OF_DYING & set(reports.told_of(work, report)["facts"].get("signs", ())) else None


def asks(text: str) -> str | None:
    """What of these a message is, whoever writes it."""
    return weekly_asked.read(text)


def freely(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """The same with no talk open. False: read on."""
    if _kind(work, conversation, text) is None:
        return _ends_it(work, conversation, inbox_id, text)
    return not mailbox.take_effect(work, inbox_id, WORDS) or answered(work, conversation, inbox_id, text)


def goes_on(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """接着发吧 of somebody whose questions stopped: they go on as they stood, and when they come is said."""
    if mailbox.take_effect(work, inbox_id, WORDS):
        _stays(work, conversation, inbox_id, text)
    return True


def in_the_week(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """What is asked of us in the middle of the weekly talk: answered before anything reads it as part of the week, or
    as a report. False: none of it."""
    return weekly_asked.read(text) in AT_ONCE and not tells_harm(text) and freely(work, conversation, inbox_id, text)


def in_a_report(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """What somebody who joined asks of the weekly questions in the middle of a report: no part of the report. False:
    none of it."""
    if weekly_asked.read(text) not in OF_THE_QUESTIONS or tells_harm(text):
        return False
    return freely(work, conversation, inbox_id, text)


def _ends_it(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Thanks, or that there is nothing more, right after the week was read back. False: neither, or not there."""
    denied = worries_said.read(text) == worries_said.NONE
    if not denied and no_answer.whole(text) not in (no_answer.THANKS, no_answer.BYE):
        return False
    if not reading_back.is_last(work, conversation, inbox_id):
        return False
    if mailbox.take_effect(work, inbox_id, WORDS):
        mailbox.say(work, conversation, "contact.all_told" if denied else "contact.ended", reply_to=inbox_id)
    return True


def _call_me(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    _to_director(work, conversation, text)
    mailbox.say(work, conversation, "contact.call_me", {"words": text.strip()}, reply_to=inbox_id)


def _come(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    _to_director(work, conversation, text)
    mailbox.say(work, conversation, "contact.asked_to_come", {"words": text.strip()}, reply_to=inbox_id)


def _to_director(work: Work, conversation: str, text: str) -> None:
    """The director is to call or come: as if 想和儿童主任聊聊 were tapped, with the words, in which the hour stands."""
    plan = parents.plans_here(work, conversation)[0]
    row = contact_plans.keep_record(work, plan)
    told = contact_plans.answers(work, row)
    concern = "yes" if told.get("concern") == "yes" else "talk"
    contact_answers.settle(
        work, plan, row, {**told, "concern": concern, "words": [*told.get("words", []), text.strip()]}
    )
    draft = drafts.current(work, conversation, TALK)
    if draft is not None:
        hearing.drop(work, draft, "concern")  # whoever wants to be called has said so


def _came(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    tell = passed_on.said if passed_on.stands(work, conversation) else parents.child_status
    tell(work, conversation, inbox_id, text)


def _nobody_comes(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    policy_answers.tapped(work, conversation, inbox_id, NOBODY_TOPIC)
    mailbox.say(work, conversation, "contact.nobody_comes", reply_to=inbox_id)


def _how_often(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    policy_answers.tapped(work, conversation, inbox_id, HOW_OFTEN_TOPIC)


def _what_to_say(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    mailbox.say(work, conversation, "contact.what_to_say", reply_to=inbox_id)


def _over(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    if (report := _of_dying(work, conversation)) is not None:
        adding.add(work, report, text)  # how the child is now belongs to it
    mailbox.say(work, conversation, "contact.not_over", reply_to=inbox_id)


def _later(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    mailbox.say(work, conversation, "contact.later_call", reply_to=inbox_id)


def _done(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """What is noted of this week, and whether anything is still to be heard."""
    plans = parents.plans_here(work, conversation)
    told = hearing.told(work, plans)
    more = bool(contact_questions.left(plans, told))
    key = f"contact.week_stands{'.more' if more else ''}"
    mailbox.say(work, conversation, key, {"noted": reading_back.each(plans, told)}, reply_to=inbox_id)


def _recorded(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """What is noted of this week; nothing yet is said so."""
    plans = parents.plans_here(work, conversation)
    if any(reading_back.of_note(hearing.told(work, plans)).values()):
        _done(work, conversation, inbox_id, text)
    else:
        mailbox.say(work, conversation, "open.kept.nothing", reply_to=inbox_id)


def _when(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    plan = parents.plans_here(work, conversation)[0]
    day = texts.phrase("join.days").split()[plan.weekday - 1]
    there = texts.phrase("join.there") if plan.zone != calendar.ZONE.key else ""
    args = {"day": day, "hour": joining_words.spoken(plan.clock) + there}
    mailbox.say(work, conversation, f"contact.asked_when.{plan.voice}", args, reply_to=inbox_id)


def _penalty(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """What a parent tells of himself is held against nobody (contact_prompts.md §1)."""
    parents.say_once(work, conversation, inbox_id, "contact.penalty")


def _other_joins(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """Each parent tells of his own contact, with a code of his own (WBF-23)."""
    parents.say_once(work, conversation, inbox_id, "contact.other_joins")


def _stays(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """The questions go on as they stand, and when they come is said; who takes 停止 back at once gets them again."""
    since = None if weekly_stopping.goes_on(text) else work.now - JUST_STOPPED
    contact_plans.go_on(work, parents.plans_here(work, conversation)[0].person, since)
    plan = parents.plans_here(work, conversation)[0]
    day = texts.phrase("join.days").split()[plan.weekday - 1]
    active = plan.state == contact_plans.ACTIVE
    args = {"day": day, "hour": joining_words.spoken(plan.clock)} if active else None
    how = ".stopped" if not active else ".today" if weekly_asked.for_today(text) else ""
    mailbox.say(work, conversation, f"contact.stays{how}", args, reply_to=inbox_id)


def _why(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    plan = parents.plans_here(work, conversation)[0]
    mailbox.say(work, conversation, f"contact.asked_why.{plan.voice}", reply_to=inbox_id)


def _not_next(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    mailbox.say(work, conversation, "contact.not_next", reply_to=inbox_id)


def _less(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    mailbox.say(work, conversation, "contact.asked_less", reply_to=inbox_id)


def _stop_duty(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    mailbox.say(work, conversation, "contact.asked_stop_duty", reply_to=inbox_id)


def _leave(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    mailbox.say(work, conversation, "contact.asked_leave", reply_to=inbox_id)


def _hour(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    mailbox.say(work, conversation, "contact.asked_hour", reply_to=inbox_id)


def _rights(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """Whoever is kept from the child: the director hears both sides, 12348 tells what the law gives (JTJY-20)."""
    parents.say_once(work, conversation, inbox_id, "contact.access")


def _secret(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """What one voice says is never shown to another (WBF-63)."""
    mailbox.say(work, conversation, "open.seen.contact", reply_to=inbox_id)


def _keep(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    worries.keeps_it(work, conversation, parents.plans_here(work, conversation), inbox_id, text)


def _jobs(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """Work near home: the child director may ask around, where he wants it (JL-3.5.e); no pressure. His words stay
    with his week."""
    hearing.keep_words(work, parents.plans_here(work, conversation)[0], text)
    mailbox.say(work, conversation, "contact.card.home", reply_to=inbox_id)


_ANSWERS: Mapping[str, Callable[[Work, str, int, str], None]] = {
    weekly_asked.CALL_ME: _call_me,
    weekly_asked.COME: _come,
    weekly_asked.WHAT_TO_SAY: _what_to_say,
    weekly_asked.OVER: _over,
    weekly_asked.CAME: _came,
    weekly_asked.NOBODY_COMES: _nobody_comes,
    weekly_asked.HOW_OFTEN: _how_often,
    weekly_asked.LATER: _later,
    weekly_asked.DONE: _done,
    weekly_asked.RECORDED: _recorded,
    weekly_asked.WHEN: _when,
    weekly_asked.WHY: _why,
    weekly_asked.NOT_NEXT: _not_next,
    weekly_asked.LESS: _less,
    weekly_asked.HOUR: _hour,
    weekly_asked.RIGHTS: _rights,
    weekly_asked.KEEP: _keep,
    weekly_asked.SECRET: _secret,
    weekly_asked.JOBS: _jobs,
    weekly_asked.PENALTY: _penalty,
    weekly_asked.OTHER_JOINS: _other_joins,
    weekly_asked.STAYS: _stays,
    weekly_asked.STOP_DUTY: _stop_duty,
    weekly_asked.LEAVE: _leave,
    weekly_asked.HANDLED: passed_on.said,
    weekly_asked.NEW_NUMBER: parents.new_details,
}
