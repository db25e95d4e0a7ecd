"""A talk that the question about odd words came into: whoever does not say that there is danger goes on where he was.

The question itself is always asked (`urgency`); here only the way back is.
"""

from __future__ import annotations

from bot.reading import danger
from bot.reading.talk import answers as short
from bot.reading.talk import replies
from bot.services import conversations, drafts, flows
from bot.services.mail import mailbox
from bot.services.reporting import intake
from bot.services.talk import advising
from bot.services.talk.meaning import Meant
from bot.services.work import Work
from bot.storage.tables import Draft

EFFECT = "danger"
NO_HARM = frozenset({"guardian_struggling"})
"""What a guardian tells of himself; it is no harm, and the talk it came into goes on."""
HEARD_AGAIN = frozenset({"eligibility", "entrusted"})
"""Talks that take what sounded odd together with what is said now; the others take only the latter."""


def go_back(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Go on with the talk that was open before the question about odd words. The caller has seen that nothing told is
    harm. False: there was none, or danger is affirmed."""
    before = talk_before(work, conversation)
    odd = drafts.current(work, conversation, intake.FLOW)
    said = short.short_answer(text)
    lead = replies.lead(text)
    led_yes = lead is not None and lead.kind == "yes" and not lead.agrees
    yes = (said == "yes" and not short.only_agrees(text)) or led_yes
    if before is None or odd is None or yes or said in ("unsure", "cancel", "human") or danger.read(text).if_now:
        return False
    if not mailbox.take_effect(work, inbox_id, EFFECT):
        return True
    answers = drafts.answers(work, odd)
    words = _to_be_heard_again(answers)
    _let_go(work, conversation, odd, before)
    advising.held_back(work, conversation, inbox_id, answers)
    rest = "" if said == "no" else lead.rest if lead is not None else text
    told = "，".join([*(words if before.flow in HEARD_AGAIN else []), *([rest] if rest else [])])
    flow = flows.FLOWS[before.flow]
    if told and not (lead is not None and not rest and before.flow not in HEARD_AGAIN):
        flow.turn(work, conversation, inbox_id, told, Meant())
    else:
        flow.start(work, conversation, inbox_id, told_rasa=False)
    return True


def denied(work: Work, conversation: str, inbox_id: int) -> bool:
    """The button that there is no danger, in such a talk. False: there was none, or harm was told."""
    before, odd = talk_before(work, conversation), drafts.current(work, conversation, intake.FLOW)
    if before is None or odd is None or odd.report is not None or odd.asked != "danger_now":
        return False
    answers = drafts.answers(work, odd)
    told = set(answers.facts.get("signs", ())) - NO_HARM
    if intake.ODD not in answers.advised or told or answers.doubtful:
        return False
    words = _to_be_heard_again(answers)
    _let_go(work, conversation, odd, before)
    advising.held_back(work, conversation, inbox_id, answers)
    go_on(work, conversation, inbox_id, before, words)
    return True


def go_on(work: Work, conversation: str, inbox_id: int, before: Draft, words: list[str]) -> None:
    """Go on with the talk that was open before, which hears the words that led away from it."""
    flow = flows.FLOWS[before.flow]
    if before.flow in HEARD_AGAIN and words:
        flow.turn(work, conversation, inbox_id, "，".join(words), Meant())
    else:
        flow.start(work, conversation, inbox_id, told_rasa=False)


def _to_be_heard_again(answers: drafts.Answers) -> list[str]:
    """The odd words, for the talk they came into; anger that was heard and answered says nothing to it."""
    return [] if advising.URGE in answers.advised else answers.words_of("what")


def talk_before(work: Work, conversation: str) -> Draft | None:
    """The talk beside a report that is open and was touched last; None: there is none."""
    open_ones = [drafts.current(work, conversation, flow) for flow in flows.FLOWS]
    return max((one for one in open_ones if one is not None), key=lambda one: one.updated_at, default=None)


def _let_go(work: Work, conversation: str, odd: Draft, before: Draft) -> None:
    drafts.close(work, odd, "cancelled")
    conversations.enter(work, conversation, before.flow, told_rasa=False)
