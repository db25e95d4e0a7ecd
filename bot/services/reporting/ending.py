"""After the end: did it help, I disagree, and withdrawing. The reporter may do each without a name."""

from __future__ import annotations

from bot.services import conversations, drafts, journal
from bot.services.casework import acts, offers, owed, reports, telling
from bot.services.mail import mailbox
from bot.services.privacy import letting_go
from bot.services.reporting import adding
from bot.services.staff import access
from bot.services.work import Work
from bot.storage.tables import Report

FLOW = "dispute"
OPEN_AGAIN = ("closed", "not_accepted")


def tapped(work: Work, conversation: str, inbox_id: int, rest: str) -> bool:
    """A tap on "end:<yes|no|why>:<report>:<proof>". False: forged, or the report is not at an end."""
    answer, _, rest = rest.partition(":")
    report = owed.proven(work, "ended", rest)
    if report is None or report.state not in OPEN_AGAIN:
        return False
    reports.speak_to_reporter(work, conversation, report)
    if answer in ("yes", "no"):
        acts.keep_note(work, report, "feedback", None, answer)
        mailbox.say(work, conversation, "reporter.thanks" if answer == "yes" else "reporter.sorry", reply_to=inbox_id)
        return True
    if answer != "why":
        return False
    owed.ask(work, conversation, FLOW, report.uid, "why")
    mailbox.say(work, conversation, "reporter.dispute", reply_to=inbox_id)
    return True


def turn(work: Work, conversation: str, inbox_id: int, text: str, *, cancelled: bool = False) -> None:
    """Take the words as why the reporter disagrees: the report is opened again and told anew (reports.yml reopen)."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is None or draft.report is None:
        return
    report = work.session.get_one(Report, draft.report)
    if cancelled:
        mailbox.say(work, conversation, "chat.cancelled", reply_to=inbox_id)
    else:
        dispute(work, report, text)
        mailbox.say(work, conversation, "reporter.disputed", reply_to=inbox_id)
    owed.end(work, draft)


def dispute(work: Work, report: Report, text: str) -> reports.Outcome:
    """The reporter disagrees with the result: the words are added and the report is opened again.

    Refusals: those of the rules. Danger in the words raises it as well.
    """
    outcome = reports.step(work, report, "reopen", reports.REPORTER, "citizen", {"disputed": "yes"}, text)
    if outcome.allowed:
        acts.set_going_again(work, report)
        telling.assigned(work, report, "staff.disputed", once=f"disputed:{outcome.move}")
    adding.add(work, report, text, notify=False)
    return outcome


def withdraw(work: Work, report: Report) -> list[str]:
    """The reporter withdraws: no more words to them, the address and the ways to reach them that they told go; staff
    decide about the report itself. A legal hold keeps what they told, unused, for as long as it lasts.

    It is never closed by this, for S0 and S1 only a staff check may end it (reports.yml#close_reasons withdrawn).
    Returns the text keys that say so honestly.
    """
    report.follow_up = False
    held = letting_go.forget_contact(work, report)
    if report.conversation is not None:
        mailbox.forget_pushes(work, report.conversation, f"reporter:{report.uid}:")
        conversations.let_address_go(work, report.conversation, work.now)
    if report.state not in access.ENDED:
        acts.keep_note(work, report, acts.WITHDRAWN, None, "撤回")
        offers.void_end(work, report)
        telling.assigned(work, report, "staff.withdrawn", once=f"withdrawn:{work.now:%Y%m%dT%H%M%S}")
    else:
        journal.record(work, reports.REPORTER, "report withdrawn", report.uid)
    done = "withdraw.done_urgent" if report.severity in reports.PARALLEL else "withdraw.done"
    return [done, "withdraw.held"] if held else [done]
