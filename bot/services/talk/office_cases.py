"""What bound staff say of a report there is, in free words and mostly without its number: 昨晚那个打孩子的报告 谁接了,
问下报告人 孩子上没上学, 降成一般吧. The report meant is found by its number, by what was just shown, by place, hour and
matter, else asked for; what is wanted is done where the rules of the case allow it, else refused with its clause.

Rights are read anew; a forbidden number and none look alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from bot import texts
from bot.care import calendar
from bot.reading import danger
from bot.reading.reports import told as tellings
from bot.reading.staff import case_words, work_asked
from bot.reading.staff.case_hours import hours
from bot.reading.talk import question_forms
from bot.reading.where import places
from bot.services.casework import acts, asking, handling, reports
from bot.services.mail import mailbox
from bot.services.register.overseeing import called
from bot.services.reporting import adding, intake
from bot.services.staff import access
from bot.services.staff.accounts import Member
from bot.services.talk import office_lines, office_reports
from bot.services.talk.office import Wanted
from bot.services.talk.office_asides import page
from bot.services.work import Work
from bot.storage.tables import Report

EFFECT = "words"
LOOKED_BACK, SHOWN_LATELY = timedelta(days=30), timedelta(hours=24)
MOST = 60
SHORTEST_PLACE = 2
CASES, COUNTED = "office.cases", "told"


def takes(work: Work, conversation: str, inbox_id: int, member: Member, text: str, *, taken: bool = False) -> bool:
    """Do or answer what is wanted of a report there is; `taken`: the message had its effect already. False: none is
    spoken of, or danger is told of now."""
    wish = _wish(text)
    if wish is None:
        return False
    wanted = Wanted(work, conversation, inbox_id, member, work_asked.Asked(work_asked.IN_SIGHT, 0, text.strip()))
    if wish == case_words.MINE and any(one.kind == COUNTED for one in work_asked.every(text)):
        return False
    if wish == case_words.MINE:
        return (taken or _taken(wanted)) and _own(wanted)
    found = meant(work, member, conversation, inbox_id, text)
    if _for_others(found, wish, text):
        return False
    if wish == case_words.TAKE and not case_words.speaks_of_one(text):
        found = [one for one in found if one.acknowledged_at is None]  # 道边那个的我来: one that nobody has
    if not (taken or _taken(wanted)):
        return True
    if not found:
        return wanted.say("office.cases.none", choices=page())
    if len(found) > 1:
        return _which(wanted, found)
    return bool(_DONE.get(wish, _as_ever(wish))(wanted, found[0]))


def _for_others(found: Sequence[Report], wish: str, text: str) -> bool:
    """Whether these words want nothing of a report after all: none is meant, or a rule is asked (几个人同意能办结)."""
    if case_words.number(text) is not None:
        return not found  # `office_reports` says so
    lone = not case_words.speaks_of_one(text)
    if lone and wish == case_words.TAKE:
        return all(one.acknowledged_at is not None for one in found)
    return (not found and not intake.tells_harm(text)) or (lone and len(found) > 1 and question_forms.asks(text))


def _wish(text: str) -> str | None:
    """What is wanted; danger told as happening now is for others, and asks nothing of a case."""
    wish = case_words.of_a_case(text)
    asks = question_forms.asks(text) or wish in (case_words.ASK, case_words.LOWER, case_words.PLAN, case_words.MINE)
    return wish if asks or danger.read(text).level != "emergency" else None


def _taken(wanted: Wanted) -> bool:
    return mailbox.take_effect(wanted.work, wanted.inbox_id, EFFECT)


def meant(work: Work, member: Member, conversation: str, inbox_id: int, text: str) -> list[Report]:
    """The reports these words may mean, of those this member may see: the one of the number; those that fit the place,
    the hour and the matter that are named; else the one shown last; else what this member holds; else all of his."""
    number = case_words.number(text)
    if number is not None:
        one = access.by_number(work, member, number)
        return [one] if one is not None else []
    known = recent(work, member)
    plain, fits = _fitting(work, known, text)
    if plain:
        return fits
    seen = _seen(work, member, conversation, inbox_id)
    if seen is not None:
        return [seen]
    held = [one for one in known if one.holder == member.account and one.state not in access.ENDED]
    return held if len(held) == 1 else fits


def recent(work: Work, member: Member) -> list[Report]:
    """What this member may see of the last month, the newest first."""
    query = access.visible(work, member).where(Report.received_at >= work.now - LOOKED_BACK)
    return list(work.session.scalars(query.order_by(Report.received_at.desc()).limit(MOST)))


def _fitting(work: Work, known: Sequence[Report], text: str) -> tuple[bool, list[Report]]:
    """Whether a place or an hour is named that is some report's, and those that fit it and the matter named; a sign
    that none of them fits is passed over."""
    since, signs = hours(text, work.now.astimezone(calendar.ZONE)), set(tellings.read(text).signs)
    there = [one for one in known if _at(one, text)]
    left = there or list(known)
    then = [one for one in left if since is not None and since[0] <= one.received_at < since[1]]
    left = then or left
    alike = [one for one in left if signs & set(reports.told_of(work, one)["facts"].get("signs", ()))]
    return bool(there or then), alike or left


def _at(report: Report, text: str) -> bool:
    names = [called(part.name) for part in places.path(report.area or "")[1:]]
    return any(len(name) >= SHORTEST_PLACE and name in text for name in names)


def _seen(work: Work, member: Member, conversation: str, inbox_id: int) -> Report | None:
    """The report that what was said here last is about."""
    last = mailbox.last_said(work, conversation, inbox_id, work.now - SHOWN_LATELY)
    uid = mailbox.args_of(work, last).get("report") if last is not None else None
    return access.reach(work, member, str(uid)) if uid else None


def _own(wanted: Wanted) -> bool:
    """The reports this member holds or is to take on; what nobody has taken on where there is none."""
    mine = reports.mine(wanted.work, wanted.member)
    if mine:
        return _list(wanted, mine, "office.cases.mine")
    handling.say_mine_or_waiting(wanted.work, wanted.conversation, wanted.inbox_id, wanted.member, mine)
    return True


def _which(wanted: Wanted, found: Sequence[Report]) -> bool:
    return _list(wanted, found, CASES)


def _list(wanted: Wanted, found: Sequence[Report], key: str) -> bool:
    lines = office_lines.lines(wanted.work, found)
    choices = [[f"{one.severity} {one.number}", f"view:{one.uid}"] for one in found[: office_lines.MOST]]
    return wanted.say(key, count=len(found), lines="\n".join(lines), choices=[*choices, *page()])


def _as_ever(wish: str) -> Callable[[Wanted, Report], bool]:
    return lambda wanted, report: office_reports.do(wanted, report, wish)


def _lower(wanted: Wanted, report: Report) -> bool:
    """A level is lowered on the page only, by somebody else than who set it, who saw the child or a witness."""
    return wanted.say("office.report.lower", number=report.number, report=report.uid, choices=_view(report))


def _plan(wanted: Wanted, report: Report) -> bool:
    """The plan of the case in the words in which it was told; where it may not be made, who makes it."""
    words = case_words.without_number(wanted.asked.words)
    outcome = acts.make_plan(wanted.work, wanted.member, report.uid, words)
    if not outcome.allowed and acts.add_note(wanted.work, wanted.member, report.uid, words, "plan").allowed:
        return wanted.say("office.report.plan_added", number=report.number, words=words, choices=_view(report))
    key = "office.report.plan" if outcome.allowed else "office.report.first"
    return wanted.say(key, number=report.number, words=words, report=report.uid, choices=_view(report))


def _ask(wanted: Wanted, report: Report) -> bool:
    """Ask whoever told it at once, in these words; what may not be asked is refused with the reason."""
    work, words = wanted.work, case_words.to_the_reporter(wanted.asked.words)
    if not words or case_words.tells_the_reporter(words):
        return office_reports.do(wanted, report, case_words.ASK)
    outcome = asking.ask(work, wanted.member, report.uid, words)
    if outcome.refusal == "never_ask":
        why = {"why": asking.why_not(words) or ""}
        return wanted.say("office.report.never_ask", number=report.number, choices=_view(report), **why)
    if not outcome.allowed:
        return office_reports.do(wanted, report, case_words.ASK)
    adding.warn(work, wanted.conversation, wanted.inbox_id, words)
    return wanted.say("office.report.asked", number=report.number, words=words, report=report.uid)


def _view(report: Report) -> list[list[str]]:
    return [[texts.phrase("office.report.view"), f"view:{report.uid}"], *page()]


_DONE: dict[str, Callable[[Wanted, Report], Any]] = {
    case_words.LOWER: _lower,
    case_words.PLAN: _plan,
    case_words.ASK: _ask,
}
