"""What bound staff want of their work (`data/lexicon/office.txt`) and who answers it: one table, by kind.

Everything here reads the rights anew, says only what is recorded and changes nothing but by a tap or a plain word that
takes a report on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot import texts
from bot.care import children as rules
from bot.reading.staff import overseeing, work_asked
from bot.reading.visits import visit_changes
from bot.reading.visits import visiting as visiting_words
from bot.services.casework import reports
from bot.services.mail import mailbox
from bot.services.register import above_told, in_sight, late_list, late_told, reminding
from bot.services.register import children as register
from bot.services.register import overseeing as register_overseeing
from bot.services.register import talk as register_talk
from bot.services.staff.accounts import Member
from bot.services.talk import office_asides, office_counts, office_due, office_reports, policy_answers
from bot.services.visits import cards as visit_cards
from bot.services.visits import log_talk, recording, stand_in_talk
from bot.services.visits import taps as visit_taps
from bot.services.visits import words as visit_words
from bot.services.work import Work

RULES = {"late_rule": "visit_overdue_told", "phone": "visit_phone", "spot": "spot_check", "stations": "hotline_local"}
"""What is asked of a rule, by the topic that answers it."""
_ON_THE_PAGE = ("urge", "quarter", "logs", "reporter", "newcomer", "leaver", "duty")
ELSEWHERE = {kind: f"staff.elsewhere.{kind}" for kind in _ON_THE_PAGE}
"""What cannot be done in chat, and the line that says where it can."""
KEPT, URGE = "kept", "urge"
JUST_NOW = timedelta(hours=1)


@dataclass(frozen=True)
class Wanted:
    """One matter of a message: who wants it, where, in which words, and how it was read."""

    work: Work
    conversation: str
    inbox_id: int
    member: Member
    asked: work_asked.Asked

    @property
    def where(self) -> tuple[Work, Member, str, int]:
        """What most services take first."""
        return self.work, self.member, self.conversation, self.inbox_id

    def say(self, key: str, **args: object) -> bool:
        """Answer it."""
        mailbox.say(self.work, self.conversation, key, args, reply_to=self.inbox_id)
        return True


def answer(
    work: Work, conversation: str, inbox_id: int, member: Member, asked: work_asked.Asked, *, open_talk: bool
) -> bool:
    """Answer one matter. False: these words are for others, nothing was said.

    `open_talk`: something else is asked in this talk, which a plain word (好) would answer.
    """
    wanted = Wanted(work, conversation, inbox_id, member, asked)
    if asked.kind in RULES:
        policy_answers.tapped(work, conversation, inbox_id, RULES[asked.kind])
        return True
    if asked.kind == URGE and reminding.asked(*wanted.where, asked.words):
        return True
    if asked.kind in ELSEWHERE:
        return say_elsewhere(work, conversation, inbox_id, asked.kind)
    shown = asked.kind in OF_WHAT_WAS_SHOWN and not (asked.kind == KEPT and not office_asides.reads_back(wanted))
    if (open_talk and shown) or (asked.kind in NOT_OF_A_VISIT and _tells_of_a_visit(wanted)):
        return False
    return _ANSWERS[asked.kind](wanted)


def _tells_of_a_visit(wanted: Wanted) -> bool:
    """Whether a visit is told (刚去梓涵家看看 都挺好): it is for the record."""
    words = wanted.asked.words
    heard = visiting_words.read(words, wanted.work.today)
    went = heard.told and visiting_words.homes_gone_to(words)
    put_right = visit_changes.read(words, wanted.work.today).any  # 不对 梦瑶家是今天上午去的
    return bool(heard.outcome or heard.sections or went) or put_right


def say_elsewhere(work: Work, conversation: str, inbox_id: int, kind: str) -> bool:
    """Say where something is done that cannot be done in chat."""
    end = rules.quarter_end(rules.quarter(work.today))
    args = {"date": visit_words.day(end), "choices": office_asides.page()}
    mailbox.say(work, conversation, ELSEWHERE[kind], args, reply_to=inbox_id)
    return True


def _late(wanted: Wanted) -> bool:
    work, member, conversation, inbox_id = wanted.where
    if not late_list.say(work, member, conversation, inbox_id, wanted.asked.words, wanted.asked.over):
        visit_cards.tell(work, conversation, inbox_id)
    elif overseeing.not_visited(wanted.asked.words):
        office_due.not_visited(wanted)
    return True


def _table(wanted: Wanted) -> bool:
    """Figures without a name, fit for a meeting; the list with names stays behind a button."""
    work, member, conversation, inbox_id = wanted.where
    if not register_overseeing.late(work, member, conversation, inbox_id, ""):
        visit_cards.tell(work, conversation, inbox_id)
        return True
    return wanted.say("office.table")


def _log(wanted: Wanted) -> bool:
    log_talk.tell(wanted.work, wanted.conversation, wanted.inbox_id, wanted.asked.words)
    return True


def _look(wanted: Wanted) -> bool:
    """The file of the child named; of several it is asked which."""
    work, member, conversation, inbox_id = wanted.where
    found = in_sight.named(work, member, wanted.asked.words)
    if len(found) == 1:
        return register_talk.tap(work, conversation, inbox_id, "open", found[0].uid)
    if found:
        choices = [[visit_words.name(work, one), f"child.open={one.uid}"] for one in found[: in_sight.BUTTONS]]
        wanted.say("child.which", count=len(found), choices=choices)
    elif work_asked.names_a_home(wanted.asked.words):  # forbidden and absent look alike
        return wanted.say("office.no_child")
    return bool(found)


def _off(wanted: Wanted) -> bool:
    """Another day for what was just arranged, for the home named, or for the one in sight."""
    work, member, conversation, inbox_id = wanted.where
    words = work_asked.instead(wanted.asked.words)
    if stand_in_talk.another_day(work, member, conversation, inbox_id, words):
        return True
    seen = {one.household for one in late_told.meant(work, member, conversation, inbox_id, wanted.asked.words)}
    home = seen.pop() if len(seen) == 1 else None
    if home is None or not recording.household(work, member, home):
        return work_asked.not_today(wanted.asked.words) and office_asides.not_today(wanted)
    visit_taps.another_day_at(work, conversation, inbox_id, member, home, words)
    return True


def _news(wanted: Wanted) -> bool:
    """What was heard of a family on file: the list stands until a visit confirms it. Of a visit that was made it is for
    its record."""
    work, member = wanted.work, wanted.member
    heard = visiting_words.read(wanted.asked.words, work.today)
    found = in_sight.named(work, member, wanted.asked.words)
    if not found or heard.outcome is not None or visiting_words.homes_gone_to(wanted.asked.words):
        return False
    choices = []
    for one in found[:1] if len(found) == 1 else []:
        if recording.reach(work, member, one.uid) is not None:
            choices.append([texts.phrase("office.news.visit"), f"due:go:{one.household}"])
        if register.reach(work, member, one.uid, mode="write") is not None:
            choices.append([texts.phrase("office.news.file"), f"child.change={one.uid}"])
    choices = choices or [[visit_words.name(work, one), f"child.open={one.uid}"] for one in found[: in_sight.BUTTONS]]
    args = {"names": visit_words.names(work, found), "children": [one.uid for one in found], "choices": choices}
    return wanted.say("office.news", **args)


def _other_day(wanted: Wanted) -> bool:
    """不对 是后天: another day for who was just said to go instead; else the words are for others."""
    return stand_in_talk.another_day(*wanted.where, wanted.asked.words)


def _done(wanted: Wanted) -> bool:
    """好, 行 就这: agrees to what was just proposed, else a plain word back; an alert it does not take on."""
    work, member, conversation, inbox_id = wanted.where
    if stand_in_talk.agreed(work, conversation, inbox_id):
        return True
    last = mailbox.last_said(work, conversation, inbox_id, work.now - JUST_NOW)
    if last is None:
        return wanted.say("office.done")
    args = mailbox.args_of(work, last)
    if last.key.startswith(("staff.alert", "staff.content.open")):
        waits = any(one.uid == args.get("report") and one.acknowledged_at is None for one in reports.mine(work, member))
        return wanted.say("office.done.waiting", report=args["report"]) if waits else wanted.say("office.done")
    answered = texts.render(last.key, args).choices
    if any(choice.value.rpartition("=")[2] == "yes" or choice.value.startswith("flow:") for choice in answered):
        return False  # it may agree to what was offered there
    return wanted.say("office.done")


_ANSWERS: Mapping[str, Callable[[Wanted], bool]] = {
    "late": _late,
    "table": _table,
    "left": lambda wanted: late_told.left(*wanted.where, wanted.asked.words),
    "who": lambda wanted: late_told.who(*wanted.where, wanted.asked.words, sight=False),
    "who_of": lambda wanted: late_told.who(*wanted.where, wanted.asked.words, sight=True),
    "why": lambda wanted: late_told.why(*wanted.where, wanted.asked.words),
    "stand_in": lambda wanted: stand_in_talk.asked(*wanted.where, wanted.asked.words),
    "gone": lambda wanted: stand_in_talk.gone(*wanted.where, wanted.asked.words),
    "stood": lambda wanted: stand_in_talk.day_again(*wanted.where),
    "post": lambda wanted: above_told.post(*wanted.where, wanted.asked.words),
    "above": lambda wanted: above_told.gone_up(*wanted.where, wanted.asked.words),
    "log": _log,
    "look": _look,
    "off": _off,
    "news": _news,
    "other_day": _other_day,
    "done": _done,
    **office_asides.ANSWERS,
    **office_reports.ANSWERS,
    **office_counts.ANSWERS,
    **office_due.ANSWERS,
}
OF_WHAT_WAS_SHOWN = office_asides.BESIDE_A_RECORD | {
    *(
        "done",
        "accept_this",
        "off",
        "other_day",
        "look",
        "news",
        "gone",
        "stood",
        "left",
        "who_of",
        "mine_today",
        "place",
    )
}
"""Kinds that a talk which asks for something else may mean otherwise."""
NOT_OF_A_VISIT = frozenset({"look", "off", "stand_in"})
"""Kinds whose words also stand in what is told of a visit."""
