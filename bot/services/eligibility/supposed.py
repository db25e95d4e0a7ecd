"""A question in a self-check what would be: answered with the facts changed for this answer only."""

from __future__ import annotations

from bot.reading.families import supposing
from bot.services.eligibility import answer, asking
from bot.services.eligibility.state import Check
from bot.services.mail import mailbox
from bot.services.work import Work
from bot.storage.tables import Draft


def what_if(work: Work, draft: Draft, check: Check, inbox_id: int, text: str) -> str | None:
    """Say what it would come to; what was told stays as it is. Returns what is asked next."""
    supposed = supposing.read(text, work.today, check.speaker, check.home, check.facts)
    if not supposed and asking.told_the_rule(work, draft, inbox_id, text):
        return asking.again(work, draft, check, inbox_id)
    if not supposed:
        mailbox.say(work, draft.conversation, "eligibility.what_if.unclear", reply_to=inbox_id)
        return asking.again(work, draft, check, inbox_id)
    then = Check(facts=dict(check.facts))
    then.tell(supposed)
    args = {"outcomes": answer.outcomes(then.facts, work.today, now=check.facts, in_english=check.english)}
    if draft.asked == "result":  # what is above still stands: the whole of it is not said again
        mailbox.say(work, draft.conversation, "eligibility.what_if.result", args, reply_to=inbox_id)
        return "result"
    mailbox.say(work, draft.conversation, "eligibility.what_if", args, reply_to=inbox_id)
    return asking.again(work, draft, check, inbox_id)
