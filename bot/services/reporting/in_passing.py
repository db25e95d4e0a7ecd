"""What somebody says in the middle of the report talk that is no answer to its question: that the police were told,
that he telephones now, that it is all and may go, that a child has to leave."""

from __future__ import annotations

from bot.care import intake
from bot.reading import police_told, replies
from bot.services.casework import police
from bot.services.drafts import Answers
from bot.services.mail import mailbox
from bot.services.reporting import absorbing, filing, questions
from bot.services.work import Work
from bot.storage.tables import Draft, Report

NEEDED = ("danger_now", "what", "place", "kind")
"""What is still asked of somebody who has no more to tell; who hands it over is asked nothing more."""
POLICE = "police"
CODED = ("danger_now", "follow_up", "confirm", "safe_contact")
"""Whether an answer is wanted is an answer of its own to these."""
FIRST = ("what", "danger_now", "kind")
"""Questions whose answers come before anything can be handed over."""


def takes(work: Work, draft: Draft, answers: Answers, asked: str, inbox_id: int, text: str) -> bool:
    """Take a message that is one of these; the talk goes on, or is over. False: it is none."""
    if answers.menu:
        return False
    wanted = replies.wants_reply(text)
    if asked not in CODED and wanted is not None:
        # 不用回我了, said at another question: it is taken, and the question stands.
        questions.store(answers, "follow_up", wanted)
        mailbox.say(work, draft.conversation, "report.noted", reply_to=inbox_id)
        questions.proceed(work, draft, answers, inbox_id)
    elif police_told.read(text) is not None:
        _police_told(work, draft, answers, inbox_id, text)
    elif _hands_over(answers, asked, text) and not filing.nothing_told(work, draft, answers):
        _leave(answers, () if asked not in FIRST else ("danger_now", "what", "place"))
        _to_the_end(work, draft, answers, inbox_id)
    elif replies.no_more(text) and asked not in NEEDED and not absorbing.tells_something(text):
        _leave(answers, NEEDED)
        questions.proceed(work, draft, answers, inbox_id)
    else:
        return False
    return True


def _hands_over(answers: Answers, asked: str, text: str) -> bool:
    """At what was read back, asking whether it is in (记上了没), or having nothing to change, hands it over too."""
    if replies.submits(text):
        return not absorbing.tells_something(text)
    asks = replies.question(text) == "report.not_yet" or replies.no_more(text)
    return asked == "confirm" and asks and bool(answers.recap)


def _leave(answers: Answers, but: tuple[str, ...]) -> None:
    for field in intake.FIELDS:
        if field not in answers.given and field not in but:
            questions.leave(answers, field, "skipped")


def _to_the_end(work: Work, draft: Draft, answers: Answers, inbox_id: int) -> None:
    """Hand it over where nothing is missing that must be asked, without reading it back first: it is shown with the
    code and can be added to."""
    severity = filing.keep_up(work, draft, answers, inbox_id)
    left = intake.next_field(answers.given, answers.facts, severity)
    if left in (None, "confirm", "follow_up"):
        questions.leave(answers, "follow_up", "skipped")
        filing.file(work, draft, answers, inbox_id)
    else:
        questions.proceed(work, draft, answers, inbox_id)


def _police_told(work: Work, draft: Draft, answers: Answers, inbox_id: int, text: str) -> None:
    """Kept with the report, on the police record where it stands already; the question comes again."""
    before = answers.words_of(POLICE)
    answers.said(POLICE, text)
    if draft.report is not None:
        police.heard(work, work.session.get_one(Report, draft.report), text)
    police.confirm(work, draft.conversation, inbox_id, text, again=bool(before))
    questions.proceed(work, draft, answers, inbox_id)
