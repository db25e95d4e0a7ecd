"""What a director says between the records of two homes: go on with the one that waits, how often a home is due, news
of another home, a word after a day that frightened.
"""

from __future__ import annotations

from bot.care import visits
from bot.reading import danger
from bot.reading.policy import policy_words
from bot.reading.staff import staff_asides
from bot.reading.talk import courtesies, question_forms
from bot.reading.visits import following, visit_record_said
from bot.reading.visits import visiting as reading
from bot.services import drafts
from bot.services.mail import mailbox
from bot.services.reporting import adding, intake, questions
from bot.services.staff.accounts import Member
from bot.services.talk import emergencies, redirecting
from bot.services.visits import asking as visit_asking
from bot.services.visits import cards as visit_cards
from bot.services.visits import homes as visit_homes
from bot.services.visits import lists as visit_lists
from bot.services.visits import log_talk, recording, unfinished, visiting
from bot.services.visits import plans as visit_plans
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Conversation, Draft, VisitPlan

EFFECT = "words"
_OPEN_BESIDE = (intake.FLOW, visiting.FLOW)
"""Talks that something said of another home leaves as they are."""


def goes_on(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """一诺那个没写完吧 接着整: the record that waits is gone on with; a report that came between ends here. False: none
    of a home named waits."""
    if not visit_record_said.goes_on(text) or _sounds(text) or redirecting.applies(work, conversation):
        return False
    home = visit_homes.named(work, member, text)
    children = unfinished.waiting(work, conversation, home) if home is not None else None
    if home is None or children is None or _flow(work, conversation) not in (None, visiting.FLOW, intake.FLOW):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        report = drafts.current(work, conversation, intake.FLOW)
        if report is not None and report.report is not None:
            questions.end_here(work, report, inbox_id)
        told = visit_record_said.told_with(text, visit_homes.called(work, member, home))
        visiting.begin_with(work, conversation, inbox_id, home, children, told)
    return True


def goes_on_with(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """张雨桐说想学画画, while nothing is open: what is told of a home goes on with its record that waits. False: none
    does."""
    if _flow(work, conversation) is not None or _sounds(text) or question_forms.asks(text):
        return False
    heard = reading.read(text, work.today)
    if not visit_asking.tells(heard) or heard.outcome is not None or drafts.current(work, conversation, intake.FLOW):
        return False
    home = visit_homes.named(work, member, text)
    children = unfinished.waiting(work, conversation, home, visited=True) if home is not None else None
    if home is None or children is None or redirecting.applies(work, conversation):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        visiting.begin_with(work, conversation, inbox_id, home, children, text)
    return True


def how_often(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """一诺这个一般的是一个月去一回呗: what the level of that home means, then the open question. False: none is."""
    asks = visit_record_said.asks_how_often(text) and not policy_words.speaks_of_the_plan(text)
    if not asks or _flow(work, conversation) not in (None, visiting.FLOW):
        return False
    draft = _open_record(work, conversation)
    here = unfinished.contents(work, draft)["home"] if draft is not None else None
    home = visit_homes.named(work, member, text) or here
    children = visit_lists.read_at_home(work, member, home) if home is not None else []
    plans = list(visit_plans.of(work, [child.uid for child in children]).values())
    if not plans or reading.read(text, work.today).child_says or _of_another_level(text, plans):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        often = "；".join(dict.fromkeys(map(visit_words.how_often, plans)))
        args = {"names": visit_words.names(work, children), "often": often}
        mailbox.say(work, conversation, "visit.how_often", args, reply_to=inbox_id)
        if draft is not None:
            visiting.start(work, conversation, inbox_id, told_rasa=True)
    return True


def _of_another_level(text: str, plans: list[VisitPlan]) -> bool:
    """Whether the rhythm of key focus is asked, and no child of the home is of that level: a rule is asked."""
    return visit_record_said.of_key_focus(text) and all(plan.tier != visits.KEY_FOCUS for plan in plans)


def of_another_home(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """News of another home (明轩没事了) while this one's record is open: never stored here; it belongs to the record
    of that home that waits, or to what was reported today, else the writer hears how to record it. False: it is of this
    home, or tells a visit."""
    draft = _open_record(work, conversation)
    here = unfinished.contents(work, draft)["home"] if draft is not None else None
    heard = reading.read(text, work.today)
    tells_visit = heard.outcome or _puts_off(work, text) or reading.asks_why_this_day(text)
    if draft is None or here is None or tells_visit or heard.child_says or _sounds(text):
        return False
    home = visit_homes.named(work, member, text)
    if heard.told and home is not None and visit_homes.went_to(work, member, home, text):
        return False  # a visit of its own; 一家搬市里去了 is none
    begins = home is not None and text.strip().startswith(visit_homes.called(work, member, home))
    if home in (None, here) or not (begins or visit_record_said.amends(text)):
        return False
    if visit_homes.empty(work, member, str(home), text):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        waits, report = unfinished.shelved(work, conversation, str(home)), emergencies.recent(work, conversation)
        if waits is not None:
            kept = unfinished.contents(work, waits)
            plain = visit_homes.without_name(work, member, home, text)
            told = plain if following.hands_over(plain, work.today) else text
            visit_asking.heard_whole(kept, told, work.today)
            drafts.keep(work, waits, kept, None)
            drafts.shelve(work, waits, unfinished.KEPT_FOR)
        elif report is not None:
            adding.add(work, report, text)
        where = ".waiting" if waits is not None else ".added" if report is not None else ""
        args = {"names": "、".join(visit_homes.called(work, member, str(home))[:1])}
        mailbox.say(work, conversation, f"visit.other_home{where}", args, reply_to=inbox_id)
        visiting.start(work, conversation, inbox_id, told_rasa=True)
    return True


def moves(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """不是这家 是小宝家: what was told goes to the record of the home meant, none of it stays with the other one.
    False: no other home is named."""
    draft = _open_record(work, conversation)
    kept = unfinished.contents(work, draft) if draft is not None else unfinished.fresh()
    here = kept["home"]
    if draft is None or here is None or not staff_asides.of_another_home(visit_homes.called(work, member, here), text):
        return False
    others = [home for home in visit_homes.every_named(work, member, text) if home != here]
    if len(others) != 1 or _sounds(text):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        unfinished.move(
            work, draft, others[0], [child.uid for child, _ in recording.household(work, member, others[0])]
        )
        names = visit_homes.called(work, member, others[0])[0]
        mailbox.say(work, conversation, "visit.moved", {"names": names}, reply_to=inbox_id)
        visiting.start(work, conversation, inbox_id)
    return True


def wants_to_see(work: Work, conversation: str, inbox_id: int, text: str, _: Member) -> bool:
    """把今天的日志给我看看, 今天都去谁家: shown at once, also in the middle of a record, whose question comes after it.
    False: neither is wanted, or something else is open."""
    log, whom = visit_record_said.wants_log(text), visit_record_said.wants_list(text)
    if not (log or whom) or _sounds(text) or _flow(work, conversation) not in (None, visiting.FLOW):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        if log:
            log_talk.tell(work, conversation, inbox_id, text)
        else:
            visit_cards.tell(work, conversation, inbox_id)
        draft = _open_record(work, conversation)
        if draft is not None and draft.asked not in unfinished.ONLY_A_DAY:  # of a home where nobody was no visit begins
            visiting.start(work, conversation, inbox_id, told_rasa=True)
    return True


def shaken(work: Work, conversation: str, inbox_id: int, text: str, _: Member) -> bool:
    """谢谢啊 昨天给我吓完了: a warm word, and nothing of it is written into a report. False: more is told."""
    if not courtesies.shaken(text) or _sounds(text) or redirecting.applies(work, conversation):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        mailbox.say(work, conversation, "visit.shaken", reply_to=inbox_id)
    return True


def later_on(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """赵子轩家剩下的走访我晚上再补: a record of that home waits for it, and nothing else hears of it. False: no home is
    named, its record is the open one, or more is told."""
    flow = _flow(work, conversation)
    if not visit_record_said.later_on(text) or flow not in (None, *_OPEN_BESIDE) or _sounds(text):
        return False
    home = visit_homes.named(work, member, text)
    children = recording.household(work, member, home) if home is not None else []
    draft = _open_record(work, conversation)
    here = unfinished.contents(work, draft)["home"] if draft is not None else None
    heard = reading.read(text, work.today)
    if home in (None, here) or not children or heard.outcome is not None or visit_asking.tells(heard):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        if unfinished.waiting(work, conversation, str(home)) is None:
            waits = unfinished.of_home(work, conversation, home)
            kept = {**unfinished.fresh(), "home": home, "children": [child.uid for child, _ in children]}
            drafts.keep(work, waits, {**kept, "began": work.today.isoformat()}, None)
        names = visit_words.names(work, [child for child, _ in children])
        mailbox.say(work, conversation, "visit.later_on", {"names": names}, reply_to=inbox_id)
        _ask_on(work, conversation, inbox_id, here)
    return True


def _ask_on(work: Work, conversation: str, inbox_id: int, here: str | None) -> None:
    """What was open asks its question again."""
    report = drafts.current(work, conversation, intake.FLOW)
    if here is not None:
        unfinished.of_home(work, conversation, here)
        visiting.start(work, conversation, inbox_id, told_rasa=True)
    elif report is not None and _flow(work, conversation) == intake.FLOW:
        questions.not_counted(work, report, drafts.answers(work, report), report.asked or "what", inbox_id)


def _puts_off(work: Work, text: str) -> bool:
    """Another day for a visit; not the day until which somebody else sees to a need."""
    return reading.puts_off(text, work.today) and not following.hands_over(text, work.today)


def _sounds(text: str) -> bool:
    """Whether there is danger in the words, other than what only sounds odd, or harm."""
    return bool(set(danger.read(text).kinds) - {danger.HUNCH}) or intake.tells_harm(text)


def _flow(work: Work, conversation: str) -> str | None:
    return work.session.get_one(Conversation, conversation).flow


def _open_record(work: Work, conversation: str) -> Draft | None:
    draft = drafts.current(work, conversation, visiting.FLOW)
    return draft if _flow(work, conversation) == visiting.FLOW and draft is not None and draft.asked else None


TAKES = (moves, later_on, goes_on, goes_on_with, how_often, wants_to_see, of_another_home, shaken)
