"""A message that tells of danger: the answer comes before everything else and needs neither Rasa nor a flow."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import cast

from sqlalchemy import select

from bot.reading import danger
from bot.reading.aftermath import after_topics, afterwards, police_told
from bot.reading.reports import asides, going_back, reporting, unsaying
from bot.reading.talk import answers as short
from bot.reading.talk import replies
from bot.services import conversations, drafts
from bot.services.casework import acts, reports
from bot.services.mail import mailbox, withholding
from bot.services.reporting import (
    absorbing,
    adding,
    coming_back,
    doubting,
    filing,
    intake,
    proofs,
    questions,
    receipts,
    turning,
)
from bot.services.staff import access
from bot.services.talk import advising, after_stands
from bot.services.work import Work
from bot.storage.tables import Draft, Outbox, Report

SAME_MATTER = timedelta(hours=24)
STILL_SPOKEN_OF = timedelta(hours=72)
"""So long 那男的又回来了, said by who told of one, is said of him."""
SUPPLEMENT = "supplement"
AGAIN = "again"
QUIET = "report.danger_doubt.quiet"
"""The question whether what is not heard any more is over."""
QUIET_OUTSIDE = "report.quiet_outside"
"""What whoever told of a beating and hears no more of it is told to do: he may stand behind a wall."""
LOOKED_UP = timedelta(hours=1)
"""So long whoever asked how an older report stands, or added to it, is still speaking of it."""
SPOKEN_OF = ("reporter.status", *receipts.KEYS, "report.added")
BACK_IS_GOOD = frozenset({"missing", "run_away", "lives_alone", "long_without_care"})
"""Signs of a child that is away or alone: there, that somebody is back is no alarm."""
BLOWS = frozenset({"violence", danger.HUNCH})
LATE = 2
"""Messages after the danger question within which a bare 有 still answers it."""


def answer(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """Say what to do now, open or raise the report, alert everybody, and let the person go on.

    An emergency in the middle of any flow goes into the report talk; the interrupted flow's draft stays and can
    be taken up again. Words about a report filed here within a day raise that report (reports.md §1-3).
    """
    if drafts.current(work, conversation, intake.FLOW) is None:
        proved = proofs.proved(work, conversation)  # ended or not: who proved it speaks of it
        report = being_added_to(work, conversation) or proved or recent(work, conversation, text)
        if report is not None and not turning.of_another(work, report, text):
            join(work, conversation, report, urgent=True)
    intake.start(work, conversation, inbox_id, text, urgent=True)


def past_blow(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Whoever reported tells of a blow of a day before (前天晚上又揍了 昨天没揍): added to that report, and said what
    to do when it comes again. False: more is told, it may be now, or nothing was reported here."""
    report = proofs.spoken_of(work, conversation)
    if report is None or report.state in access.ENDED or report.received_at < work.now - STILL_SPOKEN_OF:
        return False
    if drafts.current(work, conversation, intake.FLOW) is not None or not set(danger.read(text).kinds) <= BLOWS:
        return False
    if not reporting.on_another_day(text) or reporting.gone_quiet(text) or turning.of_another(work, report, text):
        return False
    if mailbox.take_effect(work, inbox_id, AGAIN):
        adding.add(work, report, text)
        mailbox.say(work, conversation, "report.added.past", reply_to=inbox_id)
    return True


def being_added_to(work: Work, conversation: str) -> Report | None:
    """The report somebody has just proved to be theirs and is adding to, ended or not; None: nobody is."""
    draft = drafts.current(work, conversation, SUPPLEMENT)
    if draft is None or draft.asked != "addition":
        return None
    return work.session.get(Report, drafts.answers(work, draft).facts.get("report", ""))


def again(work: Work, conversation: str, inbox_id: int, text: str, beside: Collection[str]) -> bool:
    """News of a danger that is told already (又开始打了, 他进来了, 救): as urgent as the first, and the same report.

    `beside`: kinds of asides in the text. Where nothing grave is told, the danger question is asked once more.
    False: no such news.
    """
    calmed = (asides.OVER in beside and asides.taken_along_by_help(text)) or afterwards.helped(text)
    knocks = asides.stranger_at_door(text)
    if calmed or not (knocks or {asides.ALARM, asides.RETURNED} & {*beside}):
        return False
    draft = drafts.current(work, conversation, intake.FLOW)
    if asides.RETURNED not in beside and reporting.on_another_day(text) and not reporting.gone_quiet(text):
        return draft is not None and draft.report is not None and _of_that_day(work, draft, inbox_id, text)
    report = recent(work, conversation, text) if draft is None else None
    told = _told(work, draft, report)
    alarm = asides.ALARM in beside or (told is not None and advising.at_its_door(told, text))
    if told is None or not (alarm or asides.RETURNED in beside) or (not alarm and _is_home(told, text)):
        return False
    if asides.RETURNED not in beside and _tormentor_is_quiet(told, text):
        return False
    if filing.severity_of(told) not in filing.HARM or not _told_gravely(told):
        return draft is not None and _ask_once_more(work, conversation, inbox_id, draft, text)
    if mailbox.take_effect(work, inbox_id, AGAIN):
        told_again(work, conversation, inbox_id, report, text)
        if "kin_hurt" in after_topics.topics(text, after_stands.Matter(told).matters):  # 我妈没声了
            key = "after.kin_hurt.child" if told.childs else "after.kin_hurt"
            mailbox.say(work, conversation, key, reply_to=inbox_id, priority=mailbox.URGENT)
    return True


def _is_home(told: drafts.Answers, text: str) -> bool:
    """Whether that somebody is back is good news: a child was away or alone, or somebody was at its door."""
    signs = set(told.facts.get("signs", ()))
    with_it = told.childs and asides.with_adult(text) and not asides.stranger_at_door(text)
    return signs <= BACK_IS_GOOD or (with_it and signs <= BACK_IS_GOOD | {advising.AT_THE_DOOR})


def _of_that_day(work: Work, draft: Draft, inbox_id: int, text: str) -> bool:
    """What is told as past and over (昨天夜里又打了) is kept, and what to do when it comes again is said."""
    if mailbox.take_effect(work, inbox_id, AGAIN):
        answers = drafts.answers(work, draft)
        questions.absorb(work, draft, answers, inbox_id, text, asked="what")
        mailbox.say(work, draft.conversation, "report.added.past", reply_to=inbox_id)
        questions.stay_or_ask(work, draft, answers, draft.asked or "what", inbox_id)
    return True


def _tormentor_is_quiet(told: drafts.Answers, text: str) -> bool:
    """Whether a child, or who hides, hears no more of whom it fears (外面没动静了): he may be asleep or listen, nobody
    lies there without a breath. Of whom it names (我妈没动静了) the alarm is heard."""
    hides = told.childs or advising.hides(told)
    topics = after_topics.topics(text, after_stands.Matter(told).matters) if hides else ()
    topics = tuple(one for one in topics if one not in after_topics.WAYS_OUT)  # 外面没声了 我能出去吗
    return topics[:1] == ("stopped",)


def told_again(work: Work, conversation: str, inbox_id: int, report: Report | None, text: str) -> None:
    """News that the danger goes on or begins anew: said, kept and alarmed as the first time, in the same report."""
    draft = drafts.current(work, conversation, intake.FLOW)
    if draft is None:
        draft = join(work, conversation, cast(Report, report), urgent=True)
    answers = drafts.answers(work, draft)
    answers.facts["danger_now"], answers.given["danger_now"] = "yes", "given"
    if advising.at_its_door(answers, text):
        answers.facts["signs"] = sorted({*answers.facts.get("signs", ()), advising.AT_THE_DOOR})
    waits = {*answers.doubtful} - advising.FUMES  # what is feared of a stove does not begin with a man who is back
    answers.doubtful = sorted(waits | {*danger.read(text).if_now})
    absorbing.danger_confirmed(answers)
    drafts.save(work, draft, answers, draft.asked)
    intake.start(work, conversation, inbox_id, text, urgent=True)


def gone_quiet(work: Work, conversation: str, inbox_id: int, text: str, beside: Collection[str]) -> bool:
    """Nothing is to be heard any more, somebody answers the danger question (现在没动静了): whether it is over or
    somebody does not answer is asked, once. False: it is not said, or plainly a no (现在没动静), or no harm told."""
    draft = drafts.current(work, conversation, intake.FLOW)
    if draft is None or not reporting.gone_quiet(text):
        return False
    if draft.asked != "danger_now":
        return draft.report is not None and _quiet_outside(work, draft, inbox_id, text)
    if short.short_answer(text) == "no" and asides.ALARM not in beside:
        return False
    answers = drafts.answers(work, draft)
    if QUIET in answers.advised or not _told_gravely(answers):
        return False
    if mailbox.take_effect(work, inbox_id, AGAIN):
        answers.advised.append(QUIET)
        answers.clarified += 1  # whoever does not answer this either is not asked about it a third time
        questions.absorb(work, draft, answers, inbox_id, text, "what")
        answers.facts["danger_now"] = "unknown"
        answers.given.pop("danger_now", None)
        answers.doubtful = sorted({*answers.doubtful, "unconscious"})
        mailbox.say(work, conversation, QUIET, reply_to=inbox_id)
        drafts.save(work, draft, answers, "danger_now")
    return True


def _quiet_outside(work: Work, draft: Draft, inbox_id: int, text: str) -> bool:
    """Nothing more is heard of a beating that people know of: what to do is said once in one line, and the words go to
    them. False: a child writes, anything else than a beating was told (who wanted to die, who swallowed something may
    not breathe now), or it was said before."""
    answers = drafts.answers(work, draft)
    beating = set(advising.kinds(answers.facts.get("signs", ()))) == {"violence"}
    hides = answers.childs or advising.hides(answers)
    if hides or not beating or QUIET_OUTSIDE in answers.advised or not _told_gravely(answers):
        return False
    if mailbox.take_effect(work, inbox_id, AGAIN):
        answers.advised.append(QUIET_OUTSIDE)
        answers.said("what", text)
        mailbox.say(work, draft.conversation, QUIET_OUTSIDE, reply_to=inbox_id, priority=mailbox.URGENT)
        questions.proceed(work, draft, answers, inbox_id)
    return True


def calls_now(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Somebody who told of danger here goes to the telephone (行我现在打): nobody beats. False: it is not said, or
    nothing stands here."""
    draft = drafts.current(work, conversation, intake.FLOW)
    stands = (draft is not None and draft.report is not None) or (draft is None and recent(work, conversation, text))
    if not stands or not replies.calls_now(text) or unsaying.rescue_called(text) or police_told.read(text) is not None:
        return False
    if mailbox.take_effect(work, inbox_id, AGAIN):
        mailbox.say(work, conversation, "report.calls_now", reply_to=inbox_id)
        coming_back.ask_again(work, conversation, inbox_id)
    return True


def found_again(work: Work, conversation: str, inbox_id: int, text: str, beside: Collection[str]) -> bool:
    """A missing child is there again, somebody says: it goes to whoever handles the report, who make sure of it. The
    report stays. False: nobody was missing, or it is not said."""
    if asides.FOUND not in beside:
        return False
    draft = drafts.current(work, conversation, intake.FLOW)
    report = recent(work, conversation, text) if draft is None else drafts.report_of(work, draft)
    told = _told(work, draft, report)
    if report is None or told is None or not set(told.facts.get("signs", ())) & BACK_IS_GOOD:
        return False
    if mailbox.take_effect(work, inbox_id, AGAIN):
        mailbox.say(work, conversation, "report.found", reply_to=inbox_id)
        if draft is None:
            adding.add(work, report, text)
        else:  # what is only added to the report would be gone with the next answer of the talk
            questions.absorb(work, draft, told, inbox_id, text, asked="what")
            filing.keep_up(work, draft, told, inbox_id)
            drafts.save(work, draft, told, draft.asked)
            coming_back.ask_again(work, conversation, inbox_id)
    return True


def _told(work: Work, draft: Draft | None, report: Report | None) -> drafts.Answers | None:
    if draft is not None:
        return drafts.answers(work, draft)
    return filing.taken_up(reports.told_of(work, report)) if report is not None else None


def _told_gravely(told: drafts.Answers) -> bool:
    return bool(told.facts.get("signs")) or told.facts.get("danger_now") == "yes"


def _ask_once_more(work: Work, conversation: str, inbox_id: int, draft: Draft, text: str) -> bool:
    """The danger question once more where it was answered before, and not with a yes."""
    answers = drafts.answers(work, draft)
    if "danger_now" not in answers.given or "doubt" in answers.advised:
        return False
    if not mailbox.take_effect(work, inbox_id, AGAIN):
        return True
    answers.advised.append("doubt")
    drafts.save(work, draft, answers, draft.asked)
    doubting.ask(work, conversation, inbox_id, text)
    return True


def late_yes(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """A bare 有 or 是 to a later question, shortly after the danger question stayed open, answers that one."""
    draft = drafts.current(work, conversation, intake.FLOW)
    if draft is None or draft.asked in ("danger_now", "kind", "follow_up", "confirm", None):
        return False
    if short.short_answer(text) != "yes" or short.only_agrees(text) or (draft.asked == "when" and "有" not in text):
        return False
    if drafts.answers(work, draft).facts.get("danger_now") not in (None, "unknown"):
        return False
    said = work.session.execute(
        select(Outbox.reply_to, Outbox.key)
        .where(Outbox.conversation == conversation, Outbox.reply_to.is_not(None), Outbox.reply_to != inbox_id)
        .order_by(Outbox.id.desc())
        .limit(20)
    ).all()
    latest = list(dict.fromkeys(row.reply_to for row in said))[: LATE + 1]
    asked = any(row.reply_to in latest and row.key.startswith(("report.danger_now", "report.danger_d")) for row in said)
    if asked and mailbox.take_effect(work, inbox_id, AGAIN):
        intake.tap(work, conversation, inbox_id, "danger_now", "yes")
    return asked


def just_doubted(work: Work, conversation: str) -> bool:
    """Whether the question about doubtful words is among the last things said here: it is not asked twice running."""
    said = work.session.scalars(
        select(Outbox.key)
        .where(Outbox.conversation == conversation, Outbox.state.not_in(withholding.UNSAID))
        .order_by(Outbox.id.desc())
        .limit(2)
    )
    return any(key.startswith("report.danger_doubt") for key in said)


def recent(work: Work, conversation: str, text: str = "") -> Report | None:
    """The report filed in this conversation within a day, or looked up or proved here, or that the words go back to
    (昨天说的那孩子), and that has not ended; None: there is none, or the words name another matter."""
    report = proofs.spoken_of(work, conversation)
    if report is None or report.state in access.ENDED or acts.mistaken(work, report):
        return None
    if turning.of_another(work, report, text):
        return None
    meant = not is_old(work, report) or looked_up(work, conversation) or going_back.to_told(text)
    meant = meant or proofs.proved(work, conversation) is not None
    spoken_of = report.received_at >= work.now - STILL_SPOKEN_OF and going_back.to_somebody(text)
    return report if meant or spoken_of else None


def is_old(work: Work, report: Report) -> bool:
    """Whether a report was filed longer ago than a day: whoever adds to it hears how it stands."""
    return report.received_at < work.now - SAME_MATTER


def looked_up(work: Work, conversation: str) -> bool:
    """Whether the writer was shown within the hour how the report stands, or got its code."""
    shown = select(Outbox.id).where(
        Outbox.conversation == conversation,
        Outbox.key.in_(SPOKEN_OF),
        Outbox.created_at >= work.now - LOOKED_UP,
        Outbox.state.not_in(withholding.UNSAID),
    )
    return work.session.scalar(shown.limit(1)) is not None


def join(work: Work, conversation: str, report: Report, *, urgent: bool = False) -> Draft:
    """Begin a report talk that goes on with a report that stands; a supplement that led here is over.

    `urgent`: whoever is to come must know where to, so a place nobody knew is asked for again."""
    supplement = drafts.current(work, conversation, SUPPLEMENT)
    if supplement is not None:
        drafts.close(work, supplement, "done")
    told = reports.told_of(work, report)
    draft = drafts.begin(work, conversation, intake.FLOW)
    draft.report = report.uid
    answers = filing.taken_up(told)
    if urgent and answers.area is None:
        answers.given.pop("place", None)
    if report.severity == "S0":  # its first words were said: what comes now comes again
        answers.advised = [
            "S1",
            *(f"danger.{kind}" for kind in advising.kinds(answers.facts.get("signs", ())) or ["other"]),
        ]
    if report.conversation != conversation:
        answers.given.setdefault("confirm", "given")  # what was told elsewhere is not read back to who has the code
    answers.advised += ["report.labour"] if "child_labour" in answers.facts.get("signs", ()) else []
    drafts.save(work, draft, answers, None)
    conversations.enter(work, conversation, intake.FLOW, told_rasa=False)
    return draft


def doubt(work: Work, conversation: str, inbox_id: int, report: Report, doubtful: list[str]) -> None:
    """Ask whether doubtful words added to a report mean danger now; a yes raises it (reports.md §3.1)."""
    draft = join(work, conversation, report)
    answers = drafts.answers(work, draft)
    answers.doubtful = doubtful
    if answers.facts.get("danger_now") != "yes":  # what was told stays, whatever is doubtful besides
        answers.facts["danger_now"] = "unknown"
    answers.given.pop("danger_now", None)
    mailbox.say(work, conversation, advising.doubt_key(answers), reply_to=inbox_id)
    drafts.save(work, draft, answers, "danger_now")
