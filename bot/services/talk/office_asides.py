"""What a worker wants beside anything else, in the middle of a record too: a number, what was seen last time, leave,
what it pays, that the day is over; how it stands in figures. Each handler says False where words are for others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, Protocol

from bot import texts
from bot.reading.staff import register as register_words
from bot.reading.staff import staff_asides, work_asked
from bot.reading.visits import visit_changes, visit_record_said
from bot.reading.visits import visiting as visiting_words
from bot.services import drafts, journal
from bot.services.register import children as register
from bot.services.register import in_sight, supervising
from bot.services.register import overseeing as register_overseeing
from bot.services.register import talk as register_talk
from bot.services.staff.accounts import Member
from bot.services.visits import cards as visit_cards
from bot.services.visits import figures, kept_today, last_time, stand_in_talk, unfinished
from bot.services.visits import homes as visit_homes
from bot.services.visits import lists as visit_lists
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Child, Conversation, Draft, Visit

LONGEST_UNDO = 16
LATELY = timedelta(hours=12)


class Wanted(Protocol):
    """One matter of a message: who wants it, where, in which words."""

    @property
    def asked(self) -> work_asked.Asked: ...

    @property
    def where(self) -> tuple[Work, Member, str, int]: ...

    def say(self, key: str, **args: object) -> bool: ...


def page() -> list[list[str]]:
    """The button to the staff page."""
    return [[texts.phrase("button.page"), "page:"]]


def _open_record(work: Work, conversation: str) -> Draft | None:
    """The record of a visit whose home is known and that is being told just now."""
    draft = drafts.current(work, conversation, unfinished.FLOW)
    open_one = draft is not None and work.session.get_one(Conversation, conversation).flow == unfinished.FLOW
    if draft is None or not open_one or draft.asked in unfinished.ONLY_A_DAY:
        return None
    return draft if unfinished.contents(work, draft)["home"] else None


def _meant(wanted: Wanted) -> list[Child]:
    """The children named; else those of the record that is open; else, where no home is named, those in sight."""
    work, member, conversation, inbox_id = wanted.where
    rows = in_sight.named(work, member, wanted.asked.words)
    if rows or work_asked.names_a_home(wanted.asked.words):
        return rows
    draft = _open_record(work, conversation)
    if draft is not None:
        return visit_lists.read_at_home(work, member, str(unfinished.contents(work, draft)["home"]))
    shown = in_sight.shown(work, member, conversation, inbox_id)
    return shown if len({row.household for row in shown}) == 1 else []


def _phone_of(wanted: Wanted) -> bool:
    """The numbers of those around a child, from its file, to whoever may read that; forbidden and absent look alike."""
    work, member, _, _ = wanted.where
    words = wanted.asked.words
    if staff_asides.of_an_office(words) and not in_sight.named(work, member, words):
        return False
    rows = [row for row in _meant(wanted) if register.reach(work, member, row.uid) is not None]
    if not rows:
        return wanted.say("office.no_child")
    lines = []
    for row in rows[: in_sight.BUTTONS]:
        journal.record(work, member.account, "child read", row.uid, purpose="chat")
        lines.append(_numbers(work, row, staff_asides.kin(words)))
    return wanted.say("office.phone", lines="\n".join(lines), children=[row.uid for row in rows])


def _numbers(work: Work, row: Child, called: str) -> str:
    around = register.around(work, row)
    those = [one for one in around if called and called in f"{one.relation or ''}"]
    told = [
        texts.phrase("office.phone.one").format(
            who=f"{one.relation or ''}{one.name if one.name != one.relation else ''}",
            phone=one.phone or texts.phrase("office.phone.unknown"),
        )
        for one in those or around
    ]
    none = texts.phrase("office.phone.not_on_file").format(who=called) if called and not those else ""
    return texts.phrase("office.phone.line").format(
        name=visit_words.name(work, row), numbers=none + ("、".join(told) or texts.phrase("office.phone.nobody"))
    )


def _last_time(wanted: Wanted) -> bool:
    """What was recorded the last time at the home named, open or in sight."""
    work, member, _, _ = wanted.where
    rows = _meant(wanted)
    told = last_time.lines(work, member, rows)
    if not told:
        return wanted.say("office.no_child" if work_asked.names_a_home(wanted.asked.words) else "last_time.which")
    return wanted.say("last_time.told", lines="\n".join(told), children=[row.uid for row in rows])


def _same(wanted: Wanted) -> bool:
    """跟上回一样: shown, and never copied; of which home it is said is asked."""
    work, member, conversation, _ = wanted.where
    heard = visiting_words.read(wanted.asked.words, work.today)
    if heard.sections or heard.needs or heard.child_says:
        return False
    rows = _meant(wanted)
    if not rows:
        choices = visit_homes.choices(work, member, "due:go:")
        return wanted.say("last_time.same.which", choices=choices) if choices else False
    lines = "\n".join(last_time.lines(work, member, rows))
    choices = [] if _open_record(work, conversation) else _go(work, rows)
    return wanted.say("last_time.same", lines=lines, children=[row.uid for row in rows], choices=choices)


def _go(work: Work, rows: Sequence[Child]) -> list[list[str]]:
    return [[visit_words.name(work, row), f"due:go:{row.household}"] for row in rows[: in_sight.BUTTONS]]


def _undo(wanted: Wanted) -> bool:
    """刚才那个记错了, and not what is right: what can be taken back, and how. Nothing that is saved is erased."""
    work, member, conversation, _ = wanted.where
    words = wanted.asked.words
    named = visiting_words.day_of(words, work.today) not in (None, work.today)  # 刚才 is today, and no other day
    if visit_changes.read(words, work.today).any:
        return False
    right = visit_record_said.put_right(words)
    told_right = named or (right is not None and work_asked.read(right[0]) is None)  # 不对不对 上一条删了 tells nothing
    if told_right or len(words) > LONGEST_UNDO:
        return False
    draft = _open_record(work, conversation)
    if draft is not None:
        kept = unfinished.contents(work, draft)
        kept["ask"] = "fix"
        drafts.keep(work, draft, kept, draft.asked)
        return wanted.say("office.undo.open")
    names = [visit_words.name(work, child) for child in _saved_today(work, member)]
    return wanted.say("office.undo.saved" if names else "office.undo.none", names="、".join(names))


def _saved_today(work: Work, member: Member) -> list[Child]:
    query = register.visible(work, member, "visit_record").join(Visit, Visit.child == Child.uid)
    mine = query.where(Visit.by == member.account, Visit.created_at >= work.now - LATELY, Visit.kind == "home_visit")
    return list(work.session.scalars(mine.distinct().order_by(Child.number)))


def _kept(wanted: Wanted) -> bool:
    """你给记上没: what of today is stored of the home named, else of all; a record in the middle is said to be open."""
    return kept_today.tell(*wanted.where, wanted.asked.words)


def reads_back(wanted: Wanted) -> bool:
    """Whether a report was just read back here: whoever asks then whether it is stored hands it over."""
    work, _, conversation, _ = wanted.where
    draft = drafts.current(work, conversation, drafts.REPORT)
    return draft is not None and draft.asked == "confirm"


def _pay(wanted: Wanted) -> bool:
    return wanted.say("office.pay")


def _leave(wanted: Wanted) -> bool:
    """The worker is away for some days: nothing is arranged here, what is due then is told, a colleague is proposed."""
    words = wanted.asked.words
    heard = visiting_words.read(words, wanted.where[0].today)
    if staff_asides.of_others_leave(words) or heard.child_says or heard.told:
        return False
    return stand_in_talk.while_away(*wanted.where, words)


def _day_over(wanted: Wanted) -> bool:
    """今天就这些: what was recorded today and what is open; a record in the middle is put aside, whole."""
    work, member, conversation, _ = wanted.where
    visits, attempts = figures.of_day(work, member, work.today)
    draft = _open_record(work, conversation)
    told = texts.phrase("office.day_over.some").format(visits=visits, attempts=attempts) if visits or attempts else ""
    choices: list[list[str]] = []
    if draft is not None:
        kept = unfinished.contents(work, draft)
        unfinished.put_aside(work, conversation)
        names = visit_words.names(work, (work.session.get_one(Child, uid) for uid in kept["children"]))
        told += texts.phrase("office.day_over.open").format(names=names)
        choices.append([texts.phrase("office.day_over.go_on"), "flow:visit", "primary"])
    elif waiting := kept_today.waiting(work, conversation):
        told += texts.phrase("office.day_over.open").format(names="、".join(waiting))
    choices.append([texts.phrase("office.day_over.log"), "log:today"])
    return wanted.say("office.day_over", told=told, choices=choices)


def not_today(wanted: Wanted) -> bool:
    """今天不去了 家里有事: nothing is moved; how many homes are due, and how another day is said."""
    work, member, _, _ = wanted.where
    if visit_homes.named(work, member, wanted.asked.words) is not None or not visit_homes.of_member(work, member):
        return False
    due = [stop for stop in visit_lists.mine(work, member) if stop.lines[0].owed.due <= work.today]
    return wanted.say(
        "office.not_today", left=texts.phrase("office.not_today.left").format(count=len(due)) if due else ""
    )


def _everyday(wanted: Wanted) -> bool:
    """明天再说吧, 我先去吃口饭: a word back; what is open waits."""
    return wanted.say("office.done")


def _visited(wanted: Wanted) -> bool:
    return figures.tell(*wanted.where, wanted.asked.words)


def _places(wanted: Wanted) -> bool:
    """Place by place, in the order of their codes: none is ranked. Whoever supervises nothing gets the own list."""
    work, member, conversation, inbox_id = wanted.where
    if not register_overseeing.late(work, member, conversation, inbox_id, ""):
        visit_cards.tell(work, conversation, inbox_id)
    return True


def _children(wanted: Wanted) -> bool:
    """How many children, all or under a filter of the register; what is no filter there is said to be none."""
    work, member, conversation, inbox_id = wanted.where
    if not register.areas(work, member):
        return False
    by = register_words.filters(wanted.asked.words)
    if not by and not register_words.of_all(wanted.asked.words):
        wanted.say("office.no_filter")
        by = ["key_focus"]
    return register_talk.tap(work, conversation, inbox_id, "list", by[0] if by else "")


def _mine_today(wanted: Wanted) -> bool:
    visit_cards.tell(wanted.where[0], wanted.where[2], wanted.where[3])
    return True


def _place(wanted: Wanted) -> bool:
    """A place that is none of this member's, or nowhere: they look alike."""
    work, member, _, _ = wanted.where
    return bool(supervising.areas(work, member)) and wanted.say("office.no_place")


ANSWERS: dict[str, Callable[[Any], bool]] = {
    "phone_of": _phone_of,
    "last_time": _last_time,
    "same": _same,
    "undo": _undo,
    "kept": _kept,
    "pay": _pay,
    "leave": _leave,
    "day_over": _day_over,
    "not_today": not_today,
    "everyday": _everyday,
    "visited": _visited,
    "places": _places,
    "children": _children,
    "mine_today": _mine_today,
    "place": _place,
}
BESIDE_A_RECORD = frozenset({"kept", "stations", "phone_of", "last_time", "same", "undo", "pay", "leave", "day_over"})
"""Kinds that are answered in the middle of the record of a visit and belong to no child's notes."""
OF_THE_OFFICE = frozenset(
    {
        "look",
        "log",
        "late",
        "left",
        "visited",
        "places",
        "longest",
        "mine_today",
        "contact",
        "entrusted",
        "reports",
        "post",
        "above",
        "who",
    }
)
"""Kinds that are answered there too where they are plainly asked for: lists, files, reports, figures."""
