"""Words that come after a report and are of another matter: they are kept out of it. What was kept with it in doubt
stands there until its writer says that it is another matter."""

from __future__ import annotations

from datetime import timedelta

from bot.reading.reports import later
from bot.services.casework import reports
from bot.services.mail import mailbox
from bot.services.reporting import keeping, proofs
from bot.services.work import Work
from bot.storage.tables import Report

TAP = "apart"
OPEN_FOR = timedelta(days=1)
OF_THE_FAMILY = ("guardian", "entrusted_carer", "child_self")
"""Reporters whose own family is the matter."""


def of_another(work: Work, report: Report, text: str) -> bool:
    """Whether words name another matter, house or child than that of a report, or are of the family of a writer who
    told of other people's child."""
    if not (later.another(text) or later.of_own_family(text)):
        return False
    told = reports.told_of(work, report)
    known = " ".join(said for _, said in told["words"])
    if later.another(text, known):
        return True
    return told["facts"].get("reporter_type") not in OF_THE_FAMILY and later.of_own_family(text, known)


def tap(work: Work, conversation: str, inbox_id: int, name: str, rest: str) -> bool:
    """The writer says that what was added last is another matter: it stands apart from what was told. False: there is
    nothing of the kind, or more was said since: an old button moves nothing that it was not shown for."""
    last = mailbox.last_said(work, conversation, inbox_id, work.now - OPEN_FOR)
    if last is None or last.key != "report.added.which":
        return False
    report = proofs.spoken_of(work, conversation)
    told = reports.told_of(work, report) if report is not None else None
    if report is None or not told or not told["words"] or told["words"][-1][0] != "what":
        return False
    told["words"][-1] = [keeping.BESIDE, told["words"][-1][1]]
    reports.tell_more(work, report, told, notify=False)
    mailbox.say(work, conversation, "report.apart.told", reply_to=inbox_id)
    return True
