"""Steps of a case that staff order in words: closing it, handing it on, a conference of offices. What cannot be done in
chat is led to its place, with what this very case still lacks; what is told beside the order is a note of the case.

For callers who have checked that the member may see the report.
"""

from __future__ import annotations

from sqlalchemy import exists, select

from bot import texts
from bot.reading.staff import case_words
from bot.services.casework import acts, closing, desk
from bot.services.talk.office_asides import Wanted, page
from bot.storage.tables import Assignment, Report

COUNTY = ("county_caseworker", "county_manager")
SHORTEST = 4


def close(wanted: Wanted, report: Report) -> bool:
    """办结吧, 为啥不能办结: the buttons where it may be closed, else what it lacks (reports.md §8)."""
    work, member, _, _ = wanted.where
    lacks = closing.lacking(work, member, report)
    key = "office.report.close" if lacks else "office.report.close.may"
    return _led(wanted, report, case_words.CLOSE, key, lines="\n".join(lacks))


def pass_on(wanted: Wanted, report: Report) -> bool:
    """给县里转过去: the page, where a receiver is chosen, and whether the county is in it already."""
    work, member, _, _ = wanted.where
    in_it = work.session.scalar(select(exists().where(Assignment.report == report.uid, Assignment.role.in_(COUNTY))))
    told = in_it and not any(role in COUNTY for role, _ in member.posts)
    county = texts.phrase("office.report.pass_on.county") if told else ""
    return _led(wanted, report, case_words.PASS_ON, "office.report.pass_on", county=county)


def confer(wanted: Wanted, report: Report) -> bool:
    """组织个会商: the wish stands in the case; civil affairs convenes (JL-3.9.b), and no office is told from here."""
    work, member, _, _ = wanted.where
    words = case_words.without_number(wanted.asked.words)
    if not acts.add_note(work, member, report.uid, words).allowed:
        return wanted.say("office.report.not_written", number=report.number, report=report.uid)
    county = any(role in COUNTY for role, _ in member.posts)
    whose = texts.phrase(f"office.report.confer.{'county' if county else 'others'}")
    return wanted.say(
        "office.report.confer", number=report.number, report=report.uid, words=words, whose=whose, choices=_view(report)
    )


def _led(wanted: Wanted, report: Report, wish: str, key: str, **args: object) -> bool:
    """Keep what is told beside the order, and say what leads on."""
    work, member, _, _ = wanted.where
    told = case_words.told_beside(wanted.asked.words, wish)
    noted = ""
    if len(told) >= SHORTEST and acts.add_note(work, member, report.uid, told).allowed:
        noted = texts.phrase("office.report.noted_too").format(words=told)
    choices = [*desk.buttons(work, member, report), [texts.phrase("button.page"), f"page:{report.uid}", "quiet"]]
    return wanted.say(
        key, number=report.number, severity=report.severity, report=report.uid, noted=noted, choices=choices, **args
    )


def _view(report: Report) -> list[list[str]]:
    return [[texts.phrase("office.report.view"), f"view:{report.uid}"], *page()]


STEPS = {case_words.CLOSE: close, case_words.PASS_ON: pass_on, case_words.CONFER: confer}
