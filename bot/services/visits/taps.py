"""The list of homes to visit and what can be settled from it: a card, another day, nobody met, a level.

A tap is "due:<what>", "due:<what>:<household>" or "due:<what>:<household>:<day>". Rights are read anew at each.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from bot import texts
from bot.care import calendar
from bot.reading.measures import ahead
from bot.reading.visits import visiting as reading
from bot.services.mail import mailbox
from bot.services.staff import accounts
from bot.services.staff.accounts import Member
from bot.services.visits import cards as visit_cards
from bot.services.visits import digests, recording, told_back, visiting
from bot.services.visits import homes as visit_homes
from bot.services.visits import levels as visit_levels
from bot.services.visits import lists as visit_lists
from bot.services.visits import offs as visit_offs
from bot.services.visits import plans as visit_plans
from bot.services.visits import reasons as visit_reasons
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Child

PAGE = 8
MOST_LINES = 20
JUST_NOW = timedelta(hours=1)
WHY_NOT_MET, A_LABEL = "visits.none", 10


def tap(work: Work, conversation: str, inbox_id: int, name: str, rest: str) -> bool:
    """Settle a tap on "due:…". False: forged, or nothing of ours."""
    what, _, rest = rest.partition(":")
    home, _, day = rest.partition(":")
    if what == "list":
        visit_cards.tell(work, conversation, inbox_id)
        return True
    if what == "home":
        reader = visit_homes.reader_or_say(work, conversation, inbox_id)
        if reader is not None:
            visit_cards.show_card(work, conversation, inbox_id, reader, home)
        return True
    if what == "hour":
        return _hour(work, conversation, inbox_id, rest)
    settle = _TAPS.get(what)
    if settle is None:
        return False
    member = visit_homes.writer_or_say(work, conversation, inbox_id)
    if member is None:
        return True
    children = [child for child, _ in recording.household(work, member, home)]
    if not children:
        mailbox.say(work, conversation, "visits.gone", reply_to=inbox_id)
        return True
    tapped = Tapped(work, conversation, inbox_id, member, home, children, day)
    if what in _OF_TODAY and visit_lists.seen_on(work, tapped.uids, work.today):
        return _done_already(tapped)
    return settle(tapped)


def _done_already(tapped: Tapped) -> bool:
    """An old button of a home that was visited today: nothing is recorded a second time, and nothing is undone."""
    dues = [plan.due for plan in visit_plans.of(tapped.work, tapped.uids).values() if plan.due is not None]
    again = texts.phrase("visit.saved.next").format(date=visit_words.day(min(dues))) if dues else ""
    return tapped.say("visits.done_today", names=visit_words.names(tapped.work, tapped.children), next=again)


def _hour(work: Work, conversation: str, inbox_id: int, at: str) -> bool:
    """Choose when the one message of the day comes."""
    member = visit_homes.reader_or_say(work, conversation, inbox_id)
    if member is not None and not at:
        mailbox.say(work, conversation, "visits.hour", reply_to=inbox_id)
    elif member is not None:
        refusal = digests.choose_hour(work, member, at)
        key = f"visits.hour.{refusal or 'kept'}"
        mailbox.say(work, conversation, key, {"hour": at}, reply_to=inbox_id)
    return True


class Tapped:
    """One tap on a home the member may visit, with everything settling it needs."""

    def __init__(
        self,
        work: Work,
        conversation: str,
        inbox_id: int,
        member: Member,
        home: str,
        children: list[Child],
        day: str,
    ) -> None:
        self.work, self.conversation, self.inbox_id = work, conversation, inbox_id
        self.member, self.home, self.children = member, home, children
        self.uids = [child.uid for child in children]
        try:
            self.day: date | None = date.fromisoformat(day) if day else None
        except ValueError:
            self.day = None

    @property
    def where(self) -> tuple[Work, str, int]:
        """The transaction, the conversation and the message."""
        return self.work, self.conversation, self.inbox_id

    def say(self, key: str, **args: object) -> bool:
        """Answer the tap."""
        mailbox.say(self.work, self.conversation, key, {"home": self.home, **args}, reply_to=self.inbox_id)
        return True

    def say_once(self, key: str, natural_key: str) -> bool:
        """Answer the tap. False: it was said under this natural key before, nothing is."""
        args = {"home": self.home}
        return mailbox.say(self.work, self.conversation, key, args, reply_to=self.inbox_id, natural_key=natural_key)

    def ask(self, field: str) -> None:
        """The next words may answer instead of a button."""
        visiting.ask_about(self.work, self.conversation, self.home, self.uids, field)


def another_day(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """Somebody wants to go another day: home and day are taken from the words, what is missing is asked for."""
    if not mailbox.take_effect(work, inbox_id, "words"):
        return
    member = visit_homes.writer_or_say(work, conversation, inbox_id)
    if member is None:
        return
    home = visit_homes.named(work, member, text) or _the_last(work, conversation, inbox_id, text)
    another_day_at(work, conversation, inbox_id, member, home, text)


def typed(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Why nobody was met, typed as it stands on a button just shown: 家里没人 is no child alone. What stands on the
    button of danger is danger. False: it was not asked, or this is none of its buttons."""
    if len(text) > A_LABEL or accounts.member(work, conversation) is None:
        return False  # only staff is shown such buttons
    last = mailbox.last_said(work, conversation, inbox_id, work.now - JUST_NOW)
    if last is None or last.key != WHY_NOT_MET:
        return False
    shown = texts.render(last.key, mailbox.args_of(work, last)).choices
    calm = {one.label: one.value for one in shown if one.style != "danger"}
    name, _, rest = calm.get(text.strip(" 。.!！"), "").partition(":")
    if not rest:
        return False
    return not mailbox.take_effect(work, inbox_id, "words") or tap(work, conversation, inbox_id, name, rest)


def another_day_at(work: Work, conversation: str, inbox_id: int, member: Member, home: str | None, text: str) -> None:
    """Another day for a home; None: it is asked which. For callers who have taken the message."""
    if home is None:
        choices = visit_homes.choices(work, member, "due:off:")
        key = "visits.off.which" if choices else "visits.list_empty"
        mailbox.say(work, conversation, key, {"choices": choices}, reply_to=inbox_id)
        return
    children = [child for child, _ in recording.household(work, member, home)]
    today = work.today
    day, outcome = ahead.day(text, today), reading.read(text, today).outcome
    tapped = Tapped(work, conversation, inbox_id, member, home, children, day.isoformat() if day else "")
    if day is None and outcome is not None:
        _none(tapped)
        return
    _off(tapped)
    if outcome == "nobody_home":
        tapped.say("visits.off.went")


def _the_last(work: Work, conversation: str, inbox_id: int, text: str) -> str | None:
    """The home just spoken of, for 后天我再去他家."""
    last = (
        mailbox.last_said(work, conversation, inbox_id, work.now - JUST_NOW)
        if reading.speaks_of_that_home(text)
        else None
    )
    return str(mailbox.args_of(work, last).get("home") or "") or None if last is not None else None


def _go(tapped: Tapped) -> bool:
    visiting.begin_with(tapped.work, tapped.conversation, tapped.inbox_id, tapped.home, tapped.uids)
    return True


def _off(tapped: Tapped) -> bool:
    if tapped.day is not None:
        return _put_off(tapped, tapped.day)
    tapped.ask("off")
    days = [tapped.work.today + timedelta(days=1), calendar.add_workdays(tapped.work.today, 2).day]
    days += [tapped.work.today + timedelta(days=7)]
    choices = visit_words.day_choices(sorted(set(days)), f"due:off:{tapped.home}")
    return tapped.say("visits.off", choices=choices)


def _put_off(tapped: Tapped, day: date) -> bool:
    if visit_offs.put_off(*tapped.where, tapped.member, tapped.uids, day):
        visiting.over(*tapped.where, tapped.home)
    return True


def _away(tapped: Tapped) -> bool:
    if tapped.day is not None:
        if visit_offs.pause(*tapped.where, tapped.member, tapped.uids, tapped.day):
            visiting.over(*tapped.where, tapped.home)
        return True
    tapped.ask("away")
    days = [tapped.work.today + timedelta(days=days) for days in (7, 14, 30)]
    return tapped.say("visits.away", choices=visit_words.day_choices(days, f"due:away:{tapped.home}"))


def _no(tapped: Tapped) -> bool:
    """今天不行: of a late visit it is asked why, once a week until somebody says so; else the next workday will do."""
    week = visit_reasons.week_of_asking(tapped.work, tapped.uids)
    if week is not None and tapped.say_once("visits.why_not", f"why:{tapped.member.account}:{tapped.home}:{week}"):
        return True
    return _put_off(tapped, calendar.add_workdays(tapped.work.today, 1).day)


def _told_why(reason: str, then: Callable[[Tapped], bool]) -> Callable[[Tapped], bool]:
    """A reason somebody tells, kept before anything else: 去过了，没记 is not the same as not visited, and the
    supervisor sees which."""

    def settle(tapped: Tapped) -> bool:
        for child in tapped.children:
            recording.note(tapped.work, tapped.member, child, reason, None)
        return then(tapped)

    return settle


def _none(tapped: Tapped) -> bool:
    return tapped.say(WHY_NOT_MET)


def _attempted(reason: str) -> Callable[[Tapped], bool]:
    def settle(tapped: Tapped) -> bool:
        words = told_back.at_the_door(*tapped.where, tapped.home)
        made = recording.attempted(tapped.work, tapped.member, tapped.uids, tapped.work.today, reason, words)
        if made.refusal is not None:
            return tapped.say(f"visits.refused.{made.refusal}")
        visiting.over(*tapped.where, tapped.home)
        key = "visits.attempted.twice" if made.raised else "visits.attempted"
        return tapped.say(key, date=visit_words.day(tapped.work.today))

    return settle


def _safe(tapped: Tapped) -> bool:
    return tapped.say("visits.safe")


def _lost(tapped: Tapped) -> bool:
    """The child is not there and nobody knows where: no attempt, but an emergency (visits.md §4, §6)."""
    report = recording.missing(tapped.work, tapped.member, tapped.conversation, tapped.children)
    visiting.over(*tapped.where, tapped.home)
    told_back.emergency(tapped.work, tapped.conversation, tapped.inbox_id, report)
    return True


def _level(level: str) -> Callable[[Tapped], bool]:
    def settle(tapped: Tapped) -> bool:
        due = visit_levels.set_level(tapped.work, tapped.member, tapped.children, level)
        shown = texts.phrase(f"visits.tier.{level}")
        waits = any(child.level_waits_since is not None for child in tapped.children)
        key = "visit.level_set.waits" if waits else "visit.level_set"
        return tapped.say(key, level=shown, date=visit_words.day(due or tapped.work.today))

    return settle


_OF_TODAY = ("go", "no", "none", "busy", "unrecorded", "nobody_home", "refused")
"""Buttons that speak of a visit not recorded yet."""
_TAPS: dict[str, Callable[[Tapped], bool]] = {
    "go": _go,
    "again": _go,
    "off": _off,
    "away": _away,
    "no": _no,
    "busy": _told_why("work", _off),
    "unrecorded": _told_why("not_recorded", _go),
    "none": _none,
    "nobody_home": _attempted("nobody_home"),
    "refused": _attempted("refused"),
    "safe": _safe,
    "lost": _lost,
    "good": _level("good"),
    "average": _level("average"),
}
