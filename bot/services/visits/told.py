"""What a worker says of a home unasked: 上午去了老李家…, 老周家没人, 李雪家为什么是这天. Sure enough for no classifier.

A bound worker who tells of a visit is never led through a citizen's report: what is told of harm is a finding of that
visit, with child and place known (JL-3.8.k).
"""

from __future__ import annotations

import re
from datetime import timedelta

from bot.care import roles
from bot.reading import danger
from bot.reading.reports import reporting
from bot.reading.staff import staff_asides
from bot.reading.talk import question_forms, replies
from bot.reading.visits import following, need_told
from bot.reading.visits import visiting as reading
from bot.services import drafts
from bot.services.mail import mailbox
from bot.services.register import late_told, level_talk
from bot.services.reporting import adding, intake
from bot.services.staff import accounts
from bot.services.staff.accounts import Member
from bot.services.talk import redirecting, seeming
from bot.services.talk.meaning import Meant
from bot.services.visits import (
    after_none,
    amending,
    asked_next,
    between_records,
    changing,
    dated,
    homes_said,
    log_talk,
    need_talk,
    putting_right,
    recording,
    rounds,
    told_back,
    unfinished,
    visiting,
    visitors,
    while_reporting,
)
from bot.services.visits import cards as visit_cards
from bot.services.visits import homes as visit_homes
from bot.services.visits import lists as visit_lists
from bot.services.visits import plans as visit_plans
from bot.services.visits import taps as visit_taps
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Conversation

_LATE_LISTS = ("overseeing.late_list", "late.who", "late.why", "above.gone_up", "above.post")
_WORKED_WITH = ("visits.card", "visits.list", "visits.digest", "visit.saved", "visits.why_now", *_LATE_LISTS)
FRESH = timedelta(hours=12)
_WHERE_ARE_THEY = frozenset({seeming.MISSING, danger.HUNCH})
"""Doubts that the question why nobody was met settles: one of its answers is that the child is missing."""


def takes(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Take what a worker tells or asks of a home while nothing else is open, or while another home's visit is being
    recorded. False: it is for others to read."""
    member = accounts.member(work, conversation)
    if member is None:
        return False
    if any(
        one(work, conversation, inbox_id, text, member)
        for one in (
            _missing_child,
            *rounds.TAKES,
            dated.takes,
            after_none.takes,
            while_reporting.takes,
            while_reporting.vain_beside,
            changing.takes,
            amending.changes,
            putting_right.takes,
            _of_another_child,
            _of_several,
            _still_to_go,
            _moved_off,
            _childs_words,
            *between_records.TAKES,
            _hands_in,
            amending.takes,
            need_talk.takes,
            level_talk.takes,
            log_talk.takes,
        )
    ):
        return True
    heard, asks = reading.read(text, work.today), reading.asks_why_this_day(text)
    off = reading.puts_off(text, work.today) and not following.hands_over(text, work.today)
    seen = _tells_what_was_seen(heard, text)
    vain = heard.outcome is not None or staff_asides.nobody_at(text)
    much = len(heard.sections) >= reading.ENOUGH
    of_a_visit = (
        heard.told or vain or asks or off or seen or heard.sections or heard.all_fine or reading.of_a_turn(text)
    )
    if not of_a_visit or _busy(work, conversation) or not _visits(work, member):
        return False
    where = work, member, conversation, inbox_id, text
    named = visit_homes.named(work, member, text)
    home = named or homes_said.by_number(*where)
    if _recorded_now(work, conversation, home):
        return False
    home = home or (homes_said.spoken_of(*where) if not (asks or off) else None)
    if asks and (not heard.told or reading.asks_why_me(text)):
        return _why(work, conversation, inbox_id, member, home, text)
    if off and home is not None and not _tells_of_harm(text):
        return _puts_off(work, conversation, inbox_id, text)
    unknown = heard.outcome or (heard.told and reading.went_somewhere(text) and not question_forms.asks(text))
    if home is None and unknown and reading.of_a_home(text) and not _tells_of_harm(text):
        return _which_home(work, conversation, inbox_id, text)
    seen = seen and home is not None and visit_homes.begins_with(work, member, home, text)
    otherwise = named is None and (heard.told or vain or much)
    vain = heard.outcome is not None or (home is not None and visit_homes.empty(work, member, home, text))
    if home is None or not (vain or seen or otherwise or visit_homes.went_to(work, member, home, text)):
        return False
    if mailbox.take_effect(work, inbox_id, "words"):
        _say_whose(work, conversation, inbox_id, member, home, text)
        harm = _tells_of_harm(reading.without_refusal(text)) and not (
            heard.outcome and set(danger.read(text).kinds) <= _WHERE_ARE_THEY
        )
        visiting.begin_told(work, conversation, inbox_id, member, home, text, harm=harm)
    return True


def _say_whose(work: Work, conversation: str, inbox_id: int, member: Member, home: str, text: str) -> None:
    """Which home was understood where it was not named outright (心怡家, 第二家, 刚才又去了): told back, so that no
    record becomes another child's."""
    if visit_homes.named(work, member, text) is None:
        children = visit_lists.read_at_home(work, member, home)
        args = {"names": visit_words.names(work, children)}
        mailbox.say(work, conversation, "visit.meant_as", args, reply_to=inbox_id)
        return
    names = [visit_words.name(work, child) for child in visit_lists.read_at_home(work, member, home)]
    heard = next(((name, written) for name in names if (written := visit_homes.heard_as(name, text))), None)
    if heard is not None and not any(name in text for name in visit_homes.called(work, member, home)):
        args = {"name": heard[0], "heard": heard[1]}
        mailbox.say(work, conversation, "visit.heard_as", args, reply_to=inbox_id)


def _missing_child(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """子轩找不着了: a child on file that is nowhere is an emergency, told at once with its name (visits.md §4, §6); the
    record that is open waits. False: no child of this member's is told to be missing, or something else is open."""
    flow = work.session.get_one(Conversation, conversation).flow
    if flow not in (None, visiting.FLOW) or redirecting.applies(work, conversation):
        return False
    if not staff_asides.nowhere(text) or staff_asides.only_asked(text) or not _visits(work, member):
        return False
    home = visit_homes.named(work, member, text)
    children = [child for child, _ in recording.household(work, member, home)] if home is not None else []
    gone = [child for child in children if staff_asides.gone(visit_words.name(work, child), text)]
    if not gone:
        return False
    if mailbox.take_effect(work, inbox_id, "words"):
        report = recording.missing(work, member, conversation, gone)
        adding.add(work, report, text, notify=False)
        unfinished.put_aside(work, conversation)
        told_back.emergency(work, conversation, inbox_id, report)
    return True


def _moved_off(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """赵子轩家搬走了 搬长春去了: no visit is told; what follows of it, and the file to change. False: a door was found
    locked, no home is named, or something else is open."""
    if not staff_asides.moved_off(text) or question_forms.asks(text) or _busy(work, conversation):
        return False
    home = visit_homes.named(work, member, text)
    children = recording.household(work, member, home) if home is not None else []
    if home is None or not children:
        return False
    outcome = reading.read(text, work.today).outcome
    at_the_door = outcome not in (None, "away") or visit_homes.empty(work, member, home, text)
    if at_the_door or _tells_of_harm(text) or _recorded_now(work, conversation, home):
        return False
    if mailbox.take_effect(work, inbox_id, "words"):
        told_back.moved_off(work, conversation, inbox_id, [child.uid for child, _ in children])
        if work.session.get_one(Conversation, conversation).flow == visiting.FLOW:
            visiting.start(work, conversation, inbox_id, told_rasa=True)
    return True


def _still_to_go(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """第三家还没去: nothing is recorded, that home is shown. False: no home is meant."""
    flow = work.session.get_one(Conversation, conversation).flow
    if flow is not None or not staff_asides.still_to_go(text) or question_forms.asks(text) or _tells_of_harm(text):
        return False
    home = visit_homes.named(work, member, text) or homes_said.by_number(work, member, conversation, inbox_id, text)
    if home is None or _busy(work, conversation):
        return False
    if mailbox.take_effect(work, inbox_id, "words"):
        visit_cards.show_card(work, conversation, inbox_id, member, home)
    return True


def _childs_words(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """What the child said while its record is asked on (他说爸爸过年能回来不): whatever it asks, it asks no rule of us.
    False: no record asks, or nothing such is told."""
    if work.session.get_one(Conversation, conversation).flow != visiting.FLOW:
        return False
    draft = drafts.current(work, conversation, visiting.FLOW)
    if draft is None or draft.asked not in (*asked_next.OF_SECTIONS, "voice") or changing.sounds(text):
        return False
    home = unfinished.contents(work, draft)["home"]
    said = reading.of_the_child(visit_homes.called(work, member, home), text) if home is not None else text
    if not reading.read(said, work.today).child_says:
        return False
    if mailbox.take_effect(work, inbox_id, "words"):
        visiting.turn(work, conversation, inbox_id, said, Meant())
    return True


def _of_several(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """今天去了欣怡和小宝两家: a record for each. False: one home is told of, or harm, or something else is open."""
    told = re.sub("呢(?=[,，。;； ])", "", text)  # 在外地亲戚家呢 没去成: it goes on telling
    if _busy(work, conversation) or not _visits(work, member) or question_forms.asks(told) or _tells_of_harm(text):
        return False
    homes = homes_said.several(work, member, text)
    if homes and mailbox.take_effect(work, inbox_id, "words"):
        homes_said.tell_each(work, conversation, inbox_id, member, homes, text)
    return bool(homes)


def _tells_what_was_seen(heard: reading.Heard, text: str) -> bool:
    """Whether it is told how a body is, though no visit is named: 小宝胳膊上有块青 他说摔的."""
    tells = heard.sections.get("health") is not None
    return tells and not (question_forms.asks(text) or replies.question(text) or reading.asks_why_this_day(text))


def _busy(work: Work, conversation: str) -> bool:
    flow = work.session.get_one(Conversation, conversation).flow
    return (
        flow not in (None, visiting.FLOW)
        or drafts.current(work, conversation, intake.FLOW) is not None
        or redirecting.applies(work, conversation)
    )


def _recorded_now(work: Work, conversation: str, home: str | None) -> bool:
    """Whether a visit is being recorded that these words belong to: no other home is named in them."""
    if work.session.get_one(Conversation, conversation).flow != visiting.FLOW:
        return False
    draft = drafts.current(work, conversation, visiting.FLOW)
    return draft is not None and (home is None or unfinished.contents(work, draft)["home"] in (None, home))


def _visits(work: Work, member: Member) -> bool:
    posts = visitors.areas_of(work, member, work.today)
    return any(roles.may(role, "visit_record", "write") for role, _ in posts)


def _tells_of_harm(text: str) -> bool:
    """A mere hunch is left to the list of emergencies, which ends every visit."""
    told = need_told.without_wants(text)
    hit = danger.read(told)
    return hit.level == "emergency" or (hit.ask and not set(hit.kinds) <= {danger.HUNCH}) or intake.tells_harm(told)


def _which_home(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """A door that was found locked at a home several could be (老孙家): which one is asked."""
    if mailbox.take_effect(work, inbox_id, "words"):
        visiting.start(work, conversation, inbox_id, text)
    return True


def _of_another_child(work: Work, conversation: str, inbox_id: int, text: str, _: Member) -> bool:
    """Harm to a child of another home, heard of in the middle of a visit (李雪说她同学她爸总打她): the record waits,
    and it is a report of its own, not a note in this one. False: it is not that."""
    draft = drafts.current(work, conversation, visiting.FLOW)
    open_one = draft is not None and work.session.get_one(Conversation, conversation).flow == visiting.FLOW
    if not open_one or draft is None or not (reporting.of_others(text) and intake.tells_harm(text)):
        return False
    if mailbox.take_effect(work, inbox_id, "words"):
        drafts.keep(work, draft, unfinished.contents(work, draft), None)
        intake.start(work, conversation, inbox_id, text)
    return True


def _hands_in(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """先把小满的交了: the record that waits is taken up where it was left; what is missing is asked, then it is saved.
    False: no record of that home waits."""
    called = reading.handed_in(text)
    home = visit_homes.named(work, member, called) if called else None
    if home is None or _busy(work, conversation) or _tells_of_harm(text):
        return False
    children = unfinished.waiting(work, conversation, home)
    if children is None:
        return False
    if mailbox.take_effect(work, inbox_id, "words"):
        mailbox.say(work, conversation, "visit.before_saving", reply_to=inbox_id)
        visiting.begin_with(work, conversation, inbox_id, home, children)
    return True


def _puts_off(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Another day for a home that is named; a record that is open of another home goes on where it was."""
    open_one = drafts.current(work, conversation, visiting.FLOW)
    visit_taps.another_day(work, conversation, inbox_id, text)
    if open_one is not None and work.session.get_one(Conversation, conversation).flow == visiting.FLOW:
        visiting.start(work, conversation, inbox_id)
    return True


def _why(work: Work, conversation: str, inbox_id: int, member: Member, home: str | None, text: str) -> bool:
    """为什么是这天: of the home named, else of the one shown last; else the list, where each home tells it."""
    last = mailbox.last_said(work, conversation, inbox_id, work.now - FRESH)
    last = last if last is not None and last.key in _WORKED_WITH else None
    if home is None and last is None and not reading.asks_why_me(text):
        return False
    if not mailbox.take_effect(work, inbox_id, "words"):
        return True
    shown = home or (mailbox.args_of(work, last).get("home") if last is not None else None)
    if not shown and last is not None and last.key in _LATE_LISTS:
        return late_told.why_those_days(work, member, conversation, inbox_id)
    children = visit_lists.read_at_home(work, member, str(shown)) if shown else []
    plans = [plan for plan in visit_plans.of(work, [child.uid for child in children]).values() if plan.due is not None]
    if not plans:
        visit_cards.tell(work, conversation, inbox_id)
        return True
    first = min(plans, key=lambda plan: str(plan.due))
    args = {"names": visit_words.names(work, children), "why": visit_words.why(first), "home": shown}
    args["day"] = visit_words.day(first.due) if first.due is not None else ""
    mailbox.say(work, conversation, "visits.why_now", args, reply_to=inbox_id)
    return True
