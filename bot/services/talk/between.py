"""Words that belong to people and not to the bot: a talk somebody took over, an answer, a text a staff member owes.

Looked at before danger and before Rasa; what is told of danger in them is answered at once all the same.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from bot.reading import danger
from bot.reading.talk import answers as short
from bot.reading.talk import replies
from bot.services import drafts, flows
from bot.services.casework import asking, desk, police, reports, takeover
from bot.services.mail import mailbox
from bot.services.reporting import absorbing, adding, ending, intake, proofs, returning, standing, taking_back
from bot.services.talk import redirecting
from bot.services.talk.meaning import Meant
from bot.services.visits import visiting
from bot.services.work import Work
from bot.storage.tables import Conversation, Draft

FLOWS = (asking.FLOW, ending.FLOW, police.FLOW, returning.WITHDRAW, desk.FLOW)
PEOPLE = "people"
REPORT = "report"


def is_personal(name: str, rest: str) -> bool:
    """Whether a button leads to what Telegram does not carry in redirect mode."""
    flow = rest if name == "flow" else name.partition(".")[0]
    known = name == "flow" or flow in flows.FLOWS
    return name in ("view", *TAPS, *flows.TAPS) or (known and flow not in flows.OPEN_TO_ALL)


def takes(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Take a message that neither Rasa nor the report talk may see. False: it is theirs.

    In this order: a talk taken over (either side), the open flow of ours, danger found at a visit, 撤回. Each message
    once.
    """
    if takeover.open_here(work, conversation):
        return not mailbox.take_effect(work, inbox_id, PEOPLE) or _talk(work, conversation, inbox_id, text)
    flow = work.session.get_one(Conversation, conversation).flow
    if flow in FLOWS and drafts.current(work, conversation, flow) is not None:
        if mailbox.take_effect(work, inbox_id, PEOPLE):
            _turn(work, conversation, inbox_id, flow, text)
        return True
    if flow == visiting.FLOW and visiting.takes_danger(work, conversation, inbox_id, text):
        return True
    return _withdraws(work, conversation, inbox_id, flow, text)


def _withdraws(work: Work, conversation: str, inbox_id: int, flow: str | None, text: str) -> bool:
    """Somebody takes a report back, also in the middle of the talk about it: asked whether to, or for the code where
    none was made here. False: it is not said, or in a talk whose report nobody has yet (that one is stopped)."""
    wants = replies.withdraws(text)
    if not wants and flow is None and replies.reports_no_more(text):
        wants = proofs.spoken_of(work, conversation) is not None
    talk = drafts.current(work, conversation, REPORT) if flow == REPORT else None
    made = flow is None or (talk is not None and talk.report is not None)
    level = danger.read(text).level
    stands = flow is None and (level != "emergency" if replies.withdraws(text) else level == "none")
    if not (wants and made) or not (stands or level == "none"):
        return False
    if mailbox.take_effect(work, inbox_id, PEOPLE) and not redirecting.refuses(work, conversation, inbox_id):
        if talk is not None:
            drafts.close(work, talk, "cancelled")
        returning.start(work, conversation, inbox_id, returning.WITHDRAW, text)
    return True


def shows_question(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Show a question that waits in this very talk, once, when a message tells nothing itself. False: nothing waits."""
    if work.session.get_one(Conversation, conversation).flow is not None or redirecting.applies(work, conversation):
        return False
    report = proofs.spoken_of(work, conversation)
    question = asking.waiting(work, report) if report is not None else None
    if report is None or question is None:
        return False
    shown = select(Draft.uid).where(
        Draft.conversation == conversation, Draft.flow == asking.FLOW, Draft.created_at >= question.asked_at
    )
    tells = absorbing.tells_something(text) or danger.read(text).level != "none"
    if tells or work.session.scalar(shown.limit(1)) is not None or not mailbox.take_effect(work, inbox_id, PEOPLE):
        return False
    mailbox.say(work, conversation, "reporter.status", standing.words(work, report), reply_to=inbox_id)
    asking.show(work, conversation, inbox_id, report)
    return True


def tap(work: Work, conversation: str, inbox_id: int, name: str, rest: str) -> bool:
    """Settle a tap of ours, one of TAPS. False: it belongs to nothing that is open, or is forged."""
    if name == "case":
        desk.tap(work, conversation, inbox_id, rest)
        return True
    if name == "asked":
        return asking.tapped(work, conversation, inbox_id, rest)
    if name == "end":
        return ending.tapped(work, conversation, inbox_id, rest)
    if name == "told":
        return police.tapped(work, conversation, inbox_id, rest)
    if name == "withdraw":
        return taking_back.settle_withdrawal(work, conversation, inbox_id, rest)
    if name == "answer" and drafts.current(work, conversation, asking.FLOW) is not None:
        asking.turn(work, conversation, inbox_id, "", cancelled=True)
        return True
    if name == "talk" and rest == "end":
        desk.end_talk(work, conversation, inbox_id)
        return True
    return name == "talk" and takeover.joined(work, conversation, inbox_id, rest.removeprefix("join:"))


TAPS = ("case", "asked", "answer", "end", "told", "withdraw", "talk")


def _talk(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    if desk.talking(work, conversation, inbox_id, text) or takeover.relay(work, conversation, inbox_id, text):
        return True
    # The talk had just ended: these words are kept with the report, and the bot has said that it is back.
    report = reports.of_conversation(work, conversation)
    adding.warn(work, conversation, inbox_id, text)
    if report is not None:
        adding.add(work, report, text)
    return True


def _turn(work: Work, conversation: str, inbox_id: int, flow: str, text: str) -> None:
    if redirecting.refuses(work, conversation, inbox_id):
        return
    cancelled = short.short_answer(text) == "cancel"
    if flow == desk.FLOW:
        desk.turn(work, conversation, inbox_id, text)
    elif flow == returning.WITHDRAW and returning.told_instead(work, conversation, flow, text):
        returning.leave(work, conversation, flow, inbox_id)
        intake.start(work, conversation, inbox_id, text)
    elif flow == returning.WITHDRAW:
        adding.warn(work, conversation, inbox_id, text)
        returning.turn(work, conversation, inbox_id, flow, text, Meant())
    else:
        adding.warn(work, conversation, inbox_id, text)
        turns: dict[str, Callable[..., object]] = {
            asking.FLOW: asking.turn,
            ending.FLOW: ending.turn,
            police.FLOW: police.turn,
        }
        turns[flow](work, conversation, inbox_id, text, cancelled=cancelled)
