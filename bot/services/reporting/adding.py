"""Adding what somebody says to a report that stands, and the numbers to call at once when it tells of danger."""

from __future__ import annotations

import copy
from datetime import datetime
from typing import Any

from bot.care import calendar, intake
from bot.reading import danger
from bot.reading.aftermath import police_told
from bot.reading.measures import codes, numbers_of
from bot.reading.measures.clocks import time_of_day
from bot.reading.persons import called
from bot.reading.reports import asides, corrections, later, reporting
from bot.reading.reports import told as told_in
from bot.reading.talk import purposes, question_forms, replies
from bot.reading.where import places
from bot.services.casework import reports
from bot.services.drafts import Answers
from bot.services.mail import mailbox
from bot.services.reporting import absorbing, filing, keeping, putting_right
from bot.services.talk import advising
from bot.services.work import Work
from bot.storage.tables import Report

SOMETHING = 2
LIVE = "takeover.danger"
"""The numbers in one line, where a person writes as well."""


def add(work: Work, report: Report, text: str, *, notify: bool = True) -> bool:
    """Add words to what was told; danger in these words alone raises the report (reports.yml add_information), and
    alarms again whoever has it already.

    Returns whether it was raised.
    """
    told = reports.told_of(work, report)
    fuller, alone = filing.taken_up(told), Answers(area=told["area"])
    absorbing.absorb(fuller, text, "what")
    absorbing.absorb(alone, text, "what")
    alarm = danger.read(text).level == "emergency"
    return reports.tell_more(work, report, filing.told_by(fuller), notify=notify, fresh=alone.facts, alarm=alarm)


def add_and_say(work: Work, conversation: str, inbox_id: int, report: Report, text: str, *, sure: bool = False) -> None:
    """Add words and say what became of them: a number left now is confirmed and is how the writer is reached, and who
    does not want to be known hears who is told what. `sure`: he said that they are of it."""
    before = filing.taken_up(reports.told_of(work, report))
    add(work, report, text)
    fresh = [one for one in absorbing.phones(text) if one not in before.words_of("safe_contact")]
    named = _gives_his_name(work, report, text)
    key = "report.added.named" if named else _key(before, text, sure=sure)
    if fresh:
        key = "report.added.number" if named else "report.added.number.also"
    mailbox.say(work, conversation, key, {"number": "、".join(fresh)}, reply_to=inbox_id)
    if asides.wants_secrecy(text):
        advising.say_secret(work, conversation, inbox_id, before, text)


def education_told(work: Work, conversation: str, inbox_id: int, report: Report, text: str) -> None:
    """Keep with a filed report that the education department was told, in its own line, and say it back."""
    told = reports.told_of(work, report)
    told["words"].append([keeping.EDUCATION, text])
    reports.tell_more(work, report, told)
    say_education(work, conversation, inbox_id, text)


def say_education(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """Say back that the education department was told, with the hour where one is named."""
    timed = time_of_day(text) is not None
    at = police_told.moment(text, calendar.local(work.now))
    key = "report.education_told.at" if timed else "report.education_told"
    mailbox.say(work, conversation, key, {"time": f"{at:%H:%M}"} if timed else None, reply_to=inbox_id)


def _key(before: Answers, text: str, *, sure: bool) -> str:
    """What fits words that were added: more of the matter; a question or a wish that people read; a mere feeling; or
    words that have nothing to do with what was told, of which it is asked whether they belong to it."""
    if before.childs or purposes.has(text, purposes.FACT):
        known = " ".join(said for _, said in before.words)
        return "report.added" if sure or before.childs or _belongs(text, known) else "report.added.which"
    asks = purposes.has(text, purposes.QUESTION) or purposes.has(text, purposes.REQUEST)
    return "report.asked" if asks else "report.heard"


def _belongs(text: str, known: str) -> bool:
    """Whether words say by themselves that they are of what was told."""
    of_it = later.of_it(text, known) or asides.SAME in asides.kinds(text) or tells_more(text)
    return of_it or corrections.read(text) is not None or police_told.read(text) is not None


def tells_more(text: str) -> bool:
    """Whether words tell of a child, a place or how to reach somebody, and not of a moment alone."""
    found = told_in.read(text)
    of_a_child = found.signs or found.child_ref or found.child_age_years is not None
    return bool(of_a_child or numbers_of.any_told(text) or places.find(text).best)


def _gives_his_name(work: Work, report: Report, text: str) -> bool:
    """Whether somebody who was anonymous says that he is so no more: then the report says it, too."""
    told = reports.told_of(work, report)
    anonymous = told["facts"].get("reporter_type") == "citizen_anonymous"
    if not anonymous or not called.gives_his_name(text):
        return False
    told["facts"]["reporter_type"] = intake.NAMED
    reports.tell_more(work, report, told, notify=False)
    return True


def puts_right(report_told: dict[str, Any], text: str) -> bool:
    """Whether a message puts something right of what a report holds."""
    told = filing.taken_up(copy.deepcopy(report_told))
    return bool(putting_right.facts(told, text)) or putting_right.is_one(told, text)


def corrects(work: Work, report: Report, text: str) -> bool:
    """Whether words put something right that a filed report holds, or say plainly that they do."""
    if codes.find(text) and not absorbing.phones(text):
        return False
    found = corrections.read(text)
    plain = found is not None and found.plain and len(found.new) >= SOMETHING and not question_forms.asks(text)
    return plain or (found is not None and puts_right(reports.told_of(work, report), text))


def put_right(work: Work, report: Report, text: str) -> list[str]:
    """Take a correction of a report that stands; a place that is another one moves it. What was told before stays among
    the words. Returns what holds now; empty: nothing is put right by these words, and nothing was changed."""
    told = reports.told_of(work, report)
    fuller, alone = filing.taken_up(told), Answers(area=told["area"])
    if not puts_right(told, text):
        return []
    said = reporting.not_but(text)
    in_its_words = [said[1]] if said is not None and putting_right.put_right(fuller, text) else []
    absorbing.absorb(fuller, text, "what")
    absorbing.absorb(alone, text, "what")
    fuller.area = told["area"]
    new = putting_right.facts(fuller, text) or in_its_words
    reports.tell_more(work, report, filing.told_by(fuller), fresh=alone.facts)
    return new


def change_contact(work: Work, conversation: str, report: Report, inbox_id: int, text: str) -> bool:
    """Take how the writer wants to hear of a report that stands (别打电话 就在这儿说). Where he proved it in another
    talk, nothing can be sent to that one, and he hears so. False: no wish is told."""
    wish = replies.contact_wish(text)
    if wish is None or report.conversation is None:
        return False
    told = reports.told_of(work, report)
    fuller = filing.taken_up(told)
    wish = "no" if intake.did_it_himself(fuller.facts) else wish
    fuller.said("safe_contact", text)
    if wish == "here" and report.conversation != conversation:
        reports.tell_more(work, report, {**told, **filing.told_by(fuller)})
        mailbox.say(work, conversation, "report.contact.by_code", reply_to=inbox_id)
        return True
    fuller.facts["follow_up"] = "yes" if wish == "here" else "no"
    reports.tell_more(work, report, {**told, **filing.told_by(fuller)})
    report.follow_up = wish == "here"
    mailbox.say(work, conversation, f"report.contact.{wish}", reply_to=inbox_id)
    return True


def warn(work: Work, conversation: str, inbox_id: int, text: str, *, child: bool = False) -> bool:
    """Say what to do now when the words tell of danger, without opening any questions. False: they do not."""
    hit = danger.read(text)
    if hit.level != "emergency":
        return False
    found = advising.kinds(hit.signs, asides.kinds(text), own=asides.own_pain(text))
    for key in advising.cards(found or ["other"], child=child):
        mailbox.say(work, conversation, key, reply_to=inbox_id, priority=mailbox.URGENT)
    return True


def warn_shortly(
    work: Work, conversation: str, inbox_id: int, report: Report, text: str, since: datetime, *, child: bool = False
) -> bool:
    """The same while a person writes here since a moment: the numbers in one line, not again soon. Only a danger that
    was not told before and in which every moment counts (fire, drowning, poison) gets its card; the person is there for
    the rest. False: nothing was said."""
    hit = danger.read(text)
    if hit.level != "emergency":
        return False
    before = advising.kinds(reports.told_of(work, report)["facts"].get("signs", ()))
    found = advising.kinds(hit.signs, asides.kinds(text), own=asides.own_pain(text))
    keys = advising.cards([one for one in found if one in advising.TO_RESCUE and one not in before], child=child)
    lately = mailbox.keys_said(work, conversation, inbox_id, since)
    if not keys and not any(key.startswith(LIVE) for key in lately):
        keys = [f"{LIVE}.child" if child else LIVE]
    for key in keys:
        mailbox.say(work, conversation, key, reply_to=inbox_id, priority=mailbox.URGENT)
    return bool(keys)
