"""What bound staff want of reports in free words: which there are, taking one on, one by its number, the one that came
last: what it is, where it stands, who told it (never by name: roles.yml reporter_identity), a note of what was done.

Each handler says False where words are for others. Rights are read anew; a forbidden number and none look alike.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot import texts
from bot.care import calendar
from bot.reading import danger
from bot.reading.reports import reporting
from bot.reading.staff import case_words, work_asked
from bot.reading.talk import question_forms
from bot.services.casework import acts, desk, handling, heard, reports
from bot.services.mail import mailbox
from bot.services.register import in_sight
from bot.services.reporting import adding
from bot.services.staff import access
from bot.services.staff.accounts import Member
from bot.services.talk import office_steps
from bot.services.talk.office_asides import Wanted, page
from bot.services.visits import stand_ins
from bot.services.work import Work
from bot.storage.tables import Report

SHOWN = (
    *("staff.list", "staff.waiting", "staff.content", "staff.alert", "staff.added", "office.accept_which"),
    "office.report",
)
IN_SIGHT = ("staff.accepted", "staff.content", "office.report", "office.noted", "case.")
"""What shows one report to whoever holds it: what he says next may be of that."""
OF_A_VISIT = ("visits.card", "visits.none", "visits.attempted", "visit.how", "visit.rest", "visit.saved")
"""What is said of a visit: whoever has heard it since may go on telling of that home."""
LATELY, LATELY_TAKEN, JUST_NOW = timedelta(hours=24), timedelta(hours=4), timedelta(hours=1)


def say_urge(wanted: Wanted) -> None:
    """Say that nobody is sent or urged from here."""
    wanted.say("staff.elsewhere.urge", choices=page())


def of_sight(work: Work, member: Member, conversation: str, inbox_id: int, text: str) -> tuple[work_asked.Asked, ...]:
    """What is wanted of the report this member took on and has before him, or told of it. Nothing where a child on the
    register is named (it may be a visit), something else is to be reported, a question is put, or danger is told."""
    wish = case_words.of_one_in_sight(text)
    if (
        wish is None
        or danger.read(text).level == "emergency"
        or _in_sight(work, member, conversation, inbox_id) is None
    ):
        return ()
    told = wish == case_words.NOTE
    if told and (question_forms.asks(text) or reporting.wants_to_report(text) or in_sight.named(work, member, text)):
        return ()
    return (work_asked.Asked(work_asked.IN_SIGHT, 0, text.strip()),)


def _in_sight(work: Work, member: Member, conversation: str, inbox_id: int) -> Report | None:
    """The report just shown that this member holds, else the one he took on lately; of who makes visits only where
    nothing was said of a visit since."""
    last = mailbox.last_said(work, conversation, inbox_id, work.now - JUST_NOW)
    uid = mailbox.args_of(work, last).get("report") if last is not None and last.key.startswith(IN_SIGHT) else None
    report = access.reach(work, member, str(uid)) if uid else None
    if report is not None and report.holder == member.account:
        return report
    return _taken_lately(work, member, conversation, inbox_id) if uid is None else None


def _taken_lately(work: Work, member: Member, conversation: str, inbox_id: int) -> Report | None:
    lately = access.visible(work, member).where(
        Report.holder == member.account, Report.acknowledged_at >= work.now - LATELY_TAKEN
    )
    report = work.session.scalar(lately.order_by(Report.acknowledged_at.desc()).limit(1))
    if report is None or report.acknowledged_at is None or not any(role in stand_ins.GOES for role, _ in member.posts):
        return report
    visits = mailbox.last_under(work, conversation, inbox_id, report.acknowledged_at, *OF_A_VISIT)
    return report if visits is None else None


def _of_that(wanted: Wanted) -> bool:
    report = _in_sight(*wanted.where)
    wish = case_words.of_one_in_sight(wanted.asked.words)
    return report is not None and _BY_WISH[wish or case_words.NOTE](wanted, report)


def _reports(wanted: Wanted) -> bool:
    """The reports of this member that nobody has taken on, else all of them, else those of the place."""
    work, member, conversation, inbox_id = wanted.where
    mine = reports.mine(work, member)
    waiting = [one for one in mine if one.acknowledged_at is None]
    only_waiting = work_asked.asks_for_nobodys(wanted.asked.words)  # 没人接的还有没有
    handling.say_mine_or_waiting(work, conversation, inbox_id, member, waiting if only_waiting else waiting or mine)
    if work_asked.hands_on(wanted.asked.words):
        say_urge(wanted)
    return True


def _accept(wanted: Wanted) -> bool:
    """Take on the report just shown, else the only one that waits; of several it is asked which."""
    work, member, conversation, inbox_id = wanted.where
    waiting = [one for one in reports.mine(work, member) if one.acknowledged_at is None]
    shown = _shown(wanted)
    meant = [one for one in waiting if one.uid == shown] or waiting
    if len(meant) == 1:
        handling.tap(work, conversation, inbox_id, "accept", meant[0].uid)
        _note(wanted, meant[0], work_asked.after_accepting(wanted.asked.words))
    elif meant:
        choices = [[f"{one.severity} {one.number}", f"accept:{one.uid}"] for one in meant]
        wanted.say("office.accept_which", choices=choices)
    else:
        handling.say_mine_or_waiting(work, conversation, inbox_id, member, reports.mine(work, member))
    if work_asked.hands_on(wanted.asked.words):
        say_urge(wanted)
    return True


def _note(wanted: Wanted, report: Report, words: str) -> None:
    """What was told with it is a note of the case: 受理 明天我自己去看."""
    work, member, _, _ = wanted.where
    if words:
        done = acts.add_note(work, member, report.uid, words)
        wanted.say("office.noted" if done.allowed else "office.not_noted", words=words)


def _accept_this(wanted: Wanted) -> bool:
    """这个我来: of a report where one was shown; else it may be anything."""
    work, _, conversation, inbox_id = wanted.where
    last = mailbox.last_said(work, conversation, inbox_id, work.now - LATELY)
    return last is not None and last.key.startswith(SHOWN) and _accept(wanted)


def _shown(wanted: Wanted) -> str:
    work, _, conversation, inbox_id = wanted.where
    last = mailbox.last_said(work, conversation, inbox_id, work.now - LATELY)
    if last is None or not last.key.startswith(SHOWN):
        return ""
    return str(mailbox.args_of(work, last).get("report") or "")


def _numbered(wanted: Wanted) -> bool:
    """What is wanted of the report of this number."""
    work, member, _, _ = wanted.where
    number = case_words.number(wanted.asked.words) or ""
    report = access.by_number(work, member, number)
    if report is None:
        return wanted.say("office.no_report", number=number.upper())
    wish = case_words.wants(wanted.asked.words)
    return _BY_WISH.get(wish, _look)(wanted, report)


def _last(wanted: Wanted) -> bool:
    """Where the report that came last to this member stands, and who told it; its number says which is meant."""
    work, member, _, _ = wanted.where
    query = access.visible(work, member).order_by(Report.received_at.desc()).limit(1)
    report = work.session.scalar(query)
    if report is None:
        return wanted.say("staff.list_empty")
    return _BY_WISH.get(case_words.wants(wanted.asked.words), _standing)(wanted, report)


def _take(wanted: Wanted, report: Report) -> bool:
    work, member, conversation, inbox_id = wanted.where
    handling.tap(work, conversation, inbox_id, "accept", report.uid)
    if report.holder == member.account:
        _note(wanted, report, case_words.told_with_it(wanted.asked.words))
    return True


def _look(wanted: Wanted, report: Report) -> bool:
    work, _, conversation, inbox_id = wanted.where
    handling.tap(work, conversation, inbox_id, "view", report.uid)
    return True


def _standing(wanted: Wanted, report: Report) -> bool:
    """The public status, who has it, and, where that is asked, that who told it stays secret."""
    work, _, _, _ = wanted.where
    words = wanted.asked.words
    if case_words.asks_what(words):
        _look(wanted, report)
    taken = report.acknowledged_at is not None
    args = {
        "number": report.number,
        "received": calendar.spoken(report.received_at),
        "status": heard.status(work, report),
        "holder": texts.phrase("office.report.held" if taken else "office.report.open").format(
            role=handling.holder_role(work, report) if taken else "",
            moment=calendar.spoken(report.acknowledged_at) if report.acknowledged_at else "",
        ),
        "secret": texts.phrase("office.report.secret") if case_words.asks_who(words) else "",
    }
    buttons = [[texts.phrase("office.report.view"), f"view:{report.uid}"], *page()]
    return wanted.say("office.report", **args, report=report.uid, choices=buttons)


def _made_there(wanted: Wanted, report: Report) -> bool:
    """Asking the reporter: the buttons there are, or what comes before them."""
    work, member, _, _ = wanted.where
    if access.may_act_on(work, member, report) is None or report.acknowledged_at is None:
        return wanted.say("office.report.first", number=report.number, report=report.uid)
    choices = [*desk.buttons(work, member, report), *page()]
    return wanted.say("office.report.buttons", number=report.number, report=report.uid, choices=choices)


def _written(wanted: Wanted, report: Report) -> bool:
    """A note of what was done; danger told in it is answered as well."""
    work, member, conversation, inbox_id = wanted.where
    words = case_words.told_beside(wanted.asked.words, case_words.TALK) or case_words.without_number(wanted.asked.words)
    done = acts.add_note(work, member, report.uid, words)
    if done.allowed and danger.read(words).level == "emergency":
        adding.add(work, report, words)  # whoever has it is alarmed again
    adding.warn(work, conversation, inbox_id, words)
    key = "office.report.written" if done.allowed else "office.report.not_written"
    return wanted.say(key, number=report.number, words=words, report=report.uid)


_BY_WISH: dict[str, Callable[[Wanted, Report], bool]] = {
    case_words.TAKE: _take,
    case_words.WHO: _standing,
    case_words.STANDING: _standing,
    case_words.NOTE: _written,
    case_words.LOOK: _look,
    case_words.ASK: _made_there,
    **office_steps.STEPS,
}


def do(wanted: Wanted, report: Report, wish: str) -> bool:
    """Do what is wanted of one report; what is none of these shows it."""
    return _BY_WISH.get(wish, _look)(wanted, report)


ANSWERS: dict[str, Callable[[Any], bool]] = {
    "reports": _reports,
    "accept": _accept,
    "accept_this": _accept_this,
    work_asked.NUMBERED: _numbered,
    work_asked.LAST: _last,
    work_asked.IN_SIGHT: _of_that,
}
