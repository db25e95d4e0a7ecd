"""Adding what somebody says to a report that stands, and the numbers to call at once when it tells of danger."""

from __future__ import annotations

from bot.reading import danger
from bot.services import absorbing, filing, mailbox, reports
from bot.services.drafts import Answers
from bot.services.work import Work
from bot.storage.tables import Report


def add(work: Work, report: Report, text: str, *, notify: bool = True) -> bool:
    """Add words to what was told; danger in these words alone raises the report (reports.yml add_information).

    Returns whether it was raised.
    """
    told = reports.told_of(work, report)
    fuller = Answers(facts=told["facts"], given=told["given"], words=told["words"], area=told["area"])
    absorbing.absorb(fuller, text, "what")
    alone = Answers(area=told["area"])
    absorbing.absorb(alone, text, "what")
    told = {"facts": fuller.facts, "words": fuller.words, "area": fuller.area, "given": fuller.given}
    return reports.tell_more(work, report, told, notify=notify, fresh=alone.facts)


def warn(work: Work, conversation: str, inbox_id: int, text: str, *, child: bool = False) -> bool:
    """Say what to do now when the words tell of danger, without opening any questions. False: they do not."""
    hit = danger.read(text)
    if hit.level != "emergency":
        return False
    for key in filing.advice_for(set(hit.signs), child=child) or ["danger.child" if child else "danger.other"]:
        mailbox.say(work, conversation, key, reply_to=inbox_id, priority=mailbox.URGENT)
    return True
