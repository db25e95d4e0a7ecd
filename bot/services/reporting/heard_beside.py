"""What somebody says to us in the middle of a telling and wants an answer to at once: that it were never said, that the
ambulance is on its way, where a hiding child is, that it misses its mother. Answered in one sentence; the open question
is kept, and none of it is lost."""

from __future__ import annotations

from collections.abc import Callable

from bot.reading import danger
from bot.reading.aftermath import police_told
from bot.reading.reports import asides, corrections, unsaying
from bot.reading.where import places
from bot.services import drafts
from bot.services.casework import alerts
from bot.services.drafts import Answers
from bot.services.mail import mailbox
from bot.services.reporting import absorbing, filing, putting_right, questions, staying
from bot.services.talk import advising
from bot.services.work import Work
from bot.storage.tables import Draft

POLICE = "police"
ACCIDENTS = frozenset({"poisoning", "drowning", "fire"})
"""Dangers for which doctors or the fire brigade are enough as long as nobody is told to have caused them."""
ONLY_A_WISH = 8
"""Characters of a wish that it were unsaid; a longer message tells something beside it."""
Turn = tuple[Work, Draft, Answers, int, str]


def takes(work: Work, draft: Draft, answers: Answers, asked: str, inbox_id: int, text: str) -> bool:
    """Answer such words and go on. False: they are none of these."""
    if danger.read(text).level == "emergency":
        return False
    kinds: tuple[Callable[[Turn], str | None], ...] = (_unsaid, _rescue, _address, _misses, _waits)
    said = next((key for one in kinds if (key := one((work, draft, answers, inbox_id, text))) is not None), None)
    if said is None:
        return False
    key = f"{said}.child" if answers.childs else said
    args = {"where": staying.where(answers) or text.strip()} if said == "report.stay.address" else {}
    mailbox.say(work, draft.conversation, key, args, reply_to=inbox_id)
    questions.stay_or_ask(work, draft, answers, asked, inbox_id)
    return True


def _unsaid(turn: Turn) -> str | None:
    """能不能当我没说过: what people have stays with them, what nobody has yet can be stopped."""
    work, draft, answers, inbox_id, text = turn
    if not unsaying.unsays(text):
        return None
    if len(text) > ONLY_A_WISH:
        questions.absorb(work, draft, answers, inbox_id, text, asked="what")
    return "report.unsay" if draft.report is not None else "report.unsay.open"


def _rescue(turn: Turn) -> str | None:
    """120打完了: 110 is still to be called where danger was told."""
    work, draft, answers, inbox_id, text = turn
    if not unsaying.rescue_called(text) or police_told.read(text) is not None:
        return None
    questions.absorb(work, draft, answers, inbox_id, text, asked="what")
    found = set(advising.kinds(answers.facts.get("signs", ())))
    grave = filing.severity_of(answers) in filing.HARM and not (found and found <= ACCIDENTS)
    due = grave and not answers.words_of(POLICE)
    return "report.rescue.police_due" if due else "report.rescue"


def _address(turn: Turn) -> str | None:
    """A child in hiding writes late where it is: repeated, and passed on as the place."""
    _, _, answers, _, text = turn
    told = bool(places.spots(text)) and corrections.read(text) is None and not asides.with_adult(text)
    told = told and not putting_right.corrects(answers, text)
    if not staying.goes_on(answers) or not told:
        return None
    answers.said("place", text.strip())
    absorbing.place_named(answers, text)
    return "report.stay.address"


def _misses(turn: Turn) -> str | None:
    _, _, answers, _, text = turn
    if not answers.childs or not asides.misses(text):
        return None
    answers.said("what", text)
    return "report.misses"


def _waits(turn: Turn) -> str | None:
    """那我等着: nobody is sent away with a code; whether anybody can come is said as it is."""
    work, draft, answers, _, text = turn
    if not staying.goes_on(answers) or not unsaying.waits(text):
        return None
    report = drafts.report_of(work, draft)
    heard = report is not None and bool(alerts.assigned_people(work, report))
    return "report.stay.waits" if heard else "report.stay.waits.nobody"
