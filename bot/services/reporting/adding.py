"""Adding what somebody says to a report that stands, and the numbers to call at once when it tells of danger."""

from __future__ import annotations

import copy
from datetime import datetime
from typing import Any

from bot.care import intake
from bot.reading import danger
from bot.reading.measures import codes
from bot.reading.persons import called
from bot.reading.reports import asides, corrections, reporting
from bot.reading.talk import question_forms, replies
from bot.services.casework import reports
from bot.services.drafts import Answers
from bot.services.mail import mailbox
from bot.services.reporting import absorbing, filing, putting_right
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


def add_and_say(work: Work, conversation: str, inbox_id: int, report: Report, text: str) -> None:
    """Add words and say what became of them: a number left now is confirmed and is how the writer is reached, and who
    does not want to be known hears who is told what."""
    before = filing.taken_up(reports.told_of(work, report))
    add(work, report, text)
    fresh = [one for one in absorbing.phones(text) if one not in before.words_of("safe_contact")]
    named = _gives_his_name(work, report, text)
    key = "report.added.named" if named else "report.added"
    if fresh:
        key = "report.added.number" if named else "report.added.number.also"
    mailbox.say(work, conversation, key, {"number": "、".join(fresh)}, reply_to=inbox_id)
    if asides.wants_secrecy(text):
        advising.say_secret(work, conversation, inbox_id, before, text)


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
