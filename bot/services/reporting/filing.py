"""From draft to report: opened at once in danger, fed while the talk goes on, and the receipt at the end."""

from __future__ import annotations

from typing import Any

from bot import texts
from bot.care import intake, roles
from bot.reading.aftermath import police_told
from bot.reading.normalise import normalise
from bot.reading.persons import children
from bot.reading.reports import asides, why_not
from bot.reading.where import places
from bot.services import conversations, drafts, passes
from bot.services.casework import alerts, linking, police, reports
from bot.services.drafts import Answers
from bot.services.mail import mailbox
from bot.services.privacy import retention
from bot.services.reporting import attachments, readback, receipts
from bot.services.staff.access import ENDED
from bot.services.talk import advising
from bot.services.work import Work
from bot.storage.tables import Draft, Report

WRITTEN, POLICE = "written", "police"
MUST_REPORT = ("mandatory_reporter", "staff")
HARM = ("S0", "S1")
TELLING = frozenset({"what", "place", "child_ref", "when"})
"""Fields whose words tell something of the matter itself."""


def severity_of(answers: Answers) -> str:
    """Severity of what has been told so far (reports.yml#triage_rules)."""
    return reports.severity_of({"facts": answers.facts, "area": answers.area})


def keep_up(work: Work, draft: Draft, answers: Answers, inbox_id: int) -> str:
    """Open the report the moment it may not wait, feed an open one, and say what to do in danger. Severity so far.

    S0 waits for nothing. S1 waits until the place was asked for once, at most until the writer has been silent for
    some minutes (`jobs`): a place that is not known by then, or may be one of several, goes to whoever is over all of
    them, at last the province's duty officer, and moves when it is told (reports.md, place unknown).
    """
    severity = severity_of(answers) if answers.facts.get("signs") or answers.facts.get("danger_now") else "S4"
    severity = _stays_raised(work, draft, severity)
    police_said = _police_in_the_telling(work, draft, answers)
    urgent = answers.urgent
    if severity == "S0":
        advising.say(work, draft, answers, inbox_id)
    if police_said:
        police.confirm(work, draft.conversation, inbox_id, police_said)
    if severity == "S1":
        _point_to_police(work, draft, answers, inbox_id)
    if draft.report is not None:
        report = work.session.get_one(Report, draft.report)
        told = told_by(answers)
        again = report.state in ENDED and answers.facts.get("danger_now") == "yes"
        if again or urgent or told != reports.told_of(work, report):
            fresh = answers.facts if urgent or again else None  # danger said anew raises what was lowered or ended
            added = report.acknowledged_at is not None or report.code_key is not None
            reports.tell_more(work, report, told, notify=added, fresh=fresh, alarm=urgent)
    elif severity == "S0" or (
        severity == "S1" and _place_was_asked(answers) and not nothing_told(work, draft, answers)
    ):
        open_now(work, draft, answers)
    return severity


def _stays_raised(work: Work, draft: Draft, severity: str) -> str:
    """The severity with which the talk goes on: a report that was raised is not lowered by who says that it is quiet
    now; only staff lower it (reports.md §8, lower_severity)."""
    report = work.session.get(Report, draft.report) if draft.report is not None else None
    raised = report is not None and report.severity_by == reports.SYSTEM and report.severity == "S0"
    return "S0" if raised else severity


def _place_was_asked(answers: Answers) -> bool:
    """Whether a place was told, be it one of several, or was asked for and not told."""
    asked = any(key.startswith("report.place") for key in answers.times)
    return asked or bool(answers.area or answers.candidates or answers.pinned) or "place" in answers.given


def _point_to_police(work: Work, draft: Draft, answers: Answers, inbox_id: int) -> None:
    """Once: the police are to be told of a real sign; where the kind is merely unclear, only that they can be. Whoever
    must report himself hears the whole rule."""
    clear = only_unclear(answers) is False
    key = "report.first.S1" if clear else "report.first.unclear"
    if key in answers.advised or "report.first.S1" in answers.advised or (not clear and told_nothing(answers)):
        return
    answers.advised.append(key)
    if clear and not (must_report(answers) or answers.childs) and answers.words_of(POLICE):
        return  # the police know: nobody is sent to them once more
    own = f"{key}.child"
    school = answers.facts.get("unit") == "school"
    if clear and must_report(answers) and answers.words_of(POLICE):
        if not school:
            return  # the police know: nobody is sent to them once more
        key = f"{key}.school.told"
    elif clear and must_report(answers):
        key = f"{key}.school" if school else f"{key}.duty"
    said = own if answers.childs and texts.known(own) else key
    mailbox.say(work, draft.conversation, said, reply_to=inbox_id)


def say_duty(work: Work, draft: Draft, answers: Answers, inbox_id: int) -> bool:
    """Who must report harm himself hears so before anything is asked (reports.md §1.3, §3.6). False: he need not."""
    duty = must_report(answers) and severity_of(answers) == "S1" and not answers.childs
    if duty:
        _point_to_police(work, draft, answers, inbox_id)
    return duty


def must_report(answers: Answers) -> bool:
    """Whether the law makes it this writer's own duty to tell the police (WBF-11)."""
    return answers.facts.get("reporter_type") in MUST_REPORT


def _police_in_the_telling(work: Work, draft: Draft, answers: Answers) -> str:
    """Who must report and says amid the telling that the police know, where and when, is not asked for it again.

    Returns those words, once; "": none.
    """
    if not must_report(answers) or answers.words_of(POLICE):
        return ""
    said = next((part for text in answers.words_of("what") if (part := police_told.part(text))), "")
    if said:
        answers.said(POLICE, said)
    if said and draft.report is not None:
        police.heard(work, work.session.get_one(Report, draft.report), said)
    return said


def only_unclear(answers: Answers) -> bool:
    """Whether harm is assumed only because nobody could say what kind of matter it is."""
    return answers.given.get("kind") == "unclear" and set(answers.facts.get("signs", ())) <= {"other_serious_harm"}


def told_nothing(answers: Answers) -> bool:
    """Whether nothing was told that anybody could look into: no words, no place, no sign, no danger."""
    no_sign = not answers.facts.get("signs") or only_unclear(answers)
    no_place = answers.area is None and not answers.pinned
    no_danger = answers.facts.get("danger_now") != "yes" and not answers.doubtful
    return no_sign and no_place and no_danger and not any(field in TELLING for field, _ in answers.words)


def nothing_told(work: Work, draft: Draft, answers: Answers) -> bool:
    """The same of a whole draft: nothing was brought with it either, and no report stands."""
    return draft.report is None and told_nothing(answers) and not attachments.any_of_draft(work, draft.uid)


def let_go(work: Work, draft: Draft, inbox_id: int) -> str | None:
    """End a talk in which nothing was told: no report is made of nothing."""
    mailbox.say(work, draft.conversation, "report.nothing_told", reply_to=inbox_id)
    _end(work, draft, "done")
    return None


def open_now(work: Work, draft: Draft, answers: Answers) -> Report:
    """Make a report of a draft that goes on being filled."""
    report = reports.open_report(work, draft.conversation, told_by(answers))
    draft.report = report.uid
    work.session.flush()
    attachments.belong(work, draft)
    for text in answers.words_of(POLICE):
        police.heard(work, report, text)
    return report


def told_by(answers: Answers) -> dict[str, Any]:
    own: dict[str, Any] = {"own_pain": answers.own_pain, "grown": answers.grown}
    if answers.area is None and answers.candidates:
        own["candidates"] = answers.candidates
    return {"facts": answers.facts, "words": answers.words, "area": answers.area, "given": answers.given, **own}


def taken_up(told: dict[str, Any]) -> Answers:
    """The answers of a talk that goes on with what a report holds; whoever wrote keeps his voice."""
    return Answers(
        facts=told["facts"],
        given=told["given"],
        words=told["words"],
        area=told["area"],
        candidates=told.get("candidates", []),
        own_pain=told.get("own_pain", False),
        grown=told.get("grown", False),
    )


def file(work: Work, draft: Draft, answers: Answers, inbox_id: int, *, briefly: bool = False) -> str | None:
    """End of the talk: the report stands, the receipt is given, what need not be kept is let go; nothing is asked.
    `briefly`: the code alone, without what was told and who is told of it."""
    keep_up(work, draft, answers, inbox_id)
    report = work.session.get_one(Report, draft.report) if draft.report else open_now(work, draft, answers)
    himself = intake.did_it_himself(answers.facts)
    report.follow_up = answers.facts.get("follow_up") == "yes" and not himself
    linking.propose(work, report)
    conversation = draft.conversation
    if report.code_key is None:
        retention.withdraw_transcript(work, conversation)
        issued = receipts.issue(work, report)
        key = _receipt(work, report, answers)
        mailbox.say(work, conversation, key, {"code": issued.code, "pin": issued.pin}, reply_to=inbox_id)
        if not (briefly or answers.childs):
            _read_back_and_say_who(work, report, answers, inbox_id)
        if must_report(answers):
            _remind_of_duty(work, report, answers, inbox_id)
    elif not briefly:
        mailbox.say(work, conversation, "report.added", reply_to=inbox_id)
    _end(work, draft, "done")
    anonymous = answers.facts.get("reporter_type", "citizen_anonymous") in ("citizen_anonymous", "child_self")
    if anonymous and not answers.other:
        conversations.part(work, conversation, keep_address=report.follow_up and report.conversation == conversation)
    return None


def _receipt(work: Work, report: Report, answers: Answers) -> str:
    """The key of the receipt; a child reads two lines, in which also stands whether anybody is told."""
    if not answers.childs or answers.english:
        return "report.receipt"
    heard = reports.triage_of(work, report, reports.told_of(work, report)).alert
    return f"report.receipt.{'telling' if heard else 'nobody'}.child"


def _read_back_and_say_who(work: Work, report: Report, answers: Answers, inbox_id: int) -> None:
    """After the code: what was told, where nothing was confirmed, who hears of it, and how to come back."""
    conversation = str(report.conversation)
    if not answers.recap and not answers.minimum:
        # The short track of danger: nothing was confirmed, but it can be checked.
        read = {"recap": readback.recap(answers)}
        mailbox.say(work, conversation, "report.recap.urgent", read, reply_to=inbox_id)
    _say_who_is_told(work, report, conversation, inbox_id)
    several = any(children.several(normalise(text)) for _, text in answers.words) or answers.another
    key = "report.after_receipt.another" if several else "report.after_receipt"
    key = "report.after_receipt.himself" if intake.did_it_himself(answers.facts) else key
    if not answers.other:
        mailbox.say(work, conversation, key, reply_to=inbox_id)


def _remind_of_duty(work: Work, report: Report, answers: Answers, inbox_id: int) -> None:
    """Last, where its buttons stay in sight: the police are still to be told, or are known to be; the ready text."""
    written = [texts.phrase("button.written"), passes.tap(work, WRITTEN, report.uid)]
    told = bool(answers.words_of(POLICE))
    taps = [written] if told else [police.button(work, report), written]
    key = "report.police_known" if told else "report.police_duty"
    mailbox.say(work, str(report.conversation), key, {"choices": taps}, reply_to=inbox_id)


def _say_who_is_told(work: Work, report: Report, conversation: str, inbox_id: int) -> None:
    triage = reports.triage_of(work, report, reports.told_of(work, report))
    if not triage.alert:
        mailbox.say(work, conversation, "report.nobody", reply_to=inbox_id)
        return
    place = places.full_name(report.area) if report.area else texts.phrase("place.there")
    gaps = "、".join(roles.label_zh(role) for role in triage.gaps)
    if gaps and triage.mode == "parallel":
        mailbox.say(work, conversation, "report.gap_parallel", {"place": place, "roles": gaps}, reply_to=inbox_id)
    elif gaps:
        args = {"place": place, "role": gaps, "next": roles.label_zh(triage.alert[0])}
        mailbox.say(work, conversation, "report.gap", args, reply_to=inbox_id)
    told = "、".join(roles.label_zh(role) for role in triage.alert)
    mailbox.say(work, conversation, "report.telling", {"roles": told}, reply_to=inbox_id)


def cancel(work: Work, draft: Draft, answers: Answers, inbox_id: int, text: str = "") -> str | None:
    """Stop asking; whoever stops out of fear hears first that nobody learns of it. What is already reported stays; told
    harm goes to a human all the same, without a name."""
    if why_not.is_told(text) and not asides.wants_secrecy(text):
        advising.say_secret(work, draft.conversation, inbox_id, answers)
    if draft.report is not None or answers.other.get("report"):
        key = "report.stays.child" if answers.childs else "report.stays"
    elif severity_of(answers) in HARM and answers.facts.get("signs") and not nothing_told(work, draft, answers):
        report = open_now(work, draft, answers)
        people = alerts.assigned_people(work, report)
        key = "report.cancelled_kept" if people else "report.cancelled_kept.nobody"
    else:
        key = "report.cancelled" if reports.of_conversation(work, draft.conversation) is None else "report.filed_stays"
    mailbox.say(work, draft.conversation, key, reply_to=inbox_id)
    if key == "report.cancelled" and not told_nothing(answers):
        drafts.save(work, draft, answers, None)
        drafts.shelve(work, draft)
        conversations.enter(work, draft.conversation, None, told_rasa=False)
    else:
        _end(work, draft, "cancelled")
    return None


def _end(work: Work, draft: Draft, state: str) -> None:
    drafts.close(work, draft, state)
    conversations.enter(work, draft.conversation, None, told_rasa=False)
