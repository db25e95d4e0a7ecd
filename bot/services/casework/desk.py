"""A staff member's desk in chat: buttons for the most needed moves, and short texts asked for where a move needs them.

A tap is "case:<what>:<report>" or "case:<what>:<report>:<choice>"; rights are read anew at each. Longer work is done on
the staff page. The words asked for never reach Rasa.
"""

from __future__ import annotations

from collections.abc import Callable

from bot import texts
from bot.reading.talk import answers as short
from bot.services import drafts
from bot.services.casework import acts, asking, closing, owed, police, takeover, transferring
from bot.services.casework.reports import Outcome
from bot.services.mail import mailbox
from bot.services.reporting import adding
from bot.services.staff import access, accounts
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.tables import Report, Takeover

FLOW = "staff"
END_WORDS = frozenset({"结束对话", "结束谈话", "结束"})
# Taps that ask for words first; the text "case.<what>" says which.
ASKED = ("police", "ask", "refuse", "decline", "note")
BUTTONS = (
    ("handle", "start_handling"),
    ("watch", "watch"),
    ("ask", "ask_reporter"),
    ("transfer", "transfer"),
    ("close", "close"),
)


def buttons(work: Work, member: Member, report: Report) -> list[list[str]]:
    """What this member may tap under a report's content, as [label, value] for the text."""
    found = []
    if takeover.offered(work, member, report):
        found.append(_button("talk", report))
    if access.may_act_on(work, member, report) is None or report.acknowledged_at is None:
        return found
    if police.duty_open(work, report):
        found.append(_button("police", report))
    possible = acts.moves_open_to(work, member, report)
    found += [_button(name, report) for name, event in BUTTONS if event in possible]
    found.append(_button("result", report))
    return found


def _button(name: str, report: Report) -> list[str]:
    return [texts.phrase(f"button.case.{name}"), f"case:{name}:{report.uid}"]


def tap(work: Work, conversation: str, inbox_id: int, rest: str) -> None:
    """Settle a tap on "case:…". A forged one, and one on a report not for these eyes, get the same answer."""
    what, _, rest = rest.partition(":")
    uid, _, choice = rest.partition(":")
    member = accounts.member(work, conversation)
    if member is None or access.reach(work, member, uid) is None:
        mailbox.say(work, conversation, "staff.gone", reply_to=inbox_id)
    elif what in ASKED or (what == "close" and choice):
        _ask(work, conversation, inbox_id, what, uid, choice)
    elif what in ("close", "result") and not choice:
        _offer(work, conversation, inbox_id, what, uid)
    elif what == "transfer":
        mailbox.say(work, conversation, "case.transfer_page", reply_to=inbox_id)
    else:
        settle = _AT_ONCE.get(what)
        outcome = settle(work, member, uid, choice) if settle is not None else None
        _say(work, conversation, inbox_id, outcome, what)


_AT_ONCE: dict[str, Callable[[Work, Member, str, str], Outcome]] = {
    "handle": lambda work, member, uid, _: acts.start_handling(work, member, uid),
    "watch": lambda work, member, uid, _: acts.watch(work, member, uid),
    "confirm": lambda work, member, uid, _: closing.confirm(work, member, uid),
    "result": lambda work, member, uid, choice: acts.tell_result(work, member, uid, choice),
    "take": lambda work, member, uid, _: transferring.take_over(work, member, uid, texts.phrase("case.take")),
    "talk": lambda work, member, uid, _: takeover.start(work, member, uid),
}


def _offer(work: Work, conversation: str, inbox_id: int, what: str, uid: str) -> None:
    """Show the choices there are: reasons to close, or results to tell."""
    pairs = closing.reasons() if what == "close" else [(code, _result(code)) for code in acts.RESULTS]
    choices = [[label, f"case:{what}:{uid}:{code}"] for code, label in pairs]
    mailbox.say(work, conversation, f"case.which.{what}", {"choices": choices}, reply_to=inbox_id)


def _result(code: str) -> str:
    return texts.phrase(f"button.result.{code}")


def _ask(work: Work, conversation: str, inbox_id: int, what: str, uid: str, choice: str) -> None:
    """Ask for the words a move needs; the next message is taken for them."""
    owed.ask(work, conversation, FLOW, uid, what, choice=choice)
    key = "case.close.withdrawn" if (what, choice) == ("close", "withdrawn") else f"case.{what}"
    mailbox.say(work, conversation, key, reply_to=inbox_id)


def turn(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """Take the words that were asked for. Rights are read anew: who was moved meanwhile hears that there is nothing.

    When they sound like an emergency of its own, the numbers are said as well.
    """
    draft = drafts.current(work, conversation, FLOW)
    if draft is None:
        return
    member, uid, what = accounts.member(work, conversation), str(draft.report), str(draft.asked)
    if short.short_answer(text) == "cancel":
        mailbox.say(work, conversation, "chat.cancelled", reply_to=inbox_id)
        owed.end(work, draft)
        return
    if member is None or access.reach(work, member, uid) is None:
        mailbox.say(work, conversation, "staff.gone", reply_to=inbox_id)
        owed.end(work, draft)
        return
    outcome = _settle(work, member, uid, what, str(drafts.answers(work, draft).facts.get("choice", "")), text)
    if outcome.refusal == "never_ask":
        why = {"why": asking.why_not(text) or ""}
        mailbox.say(work, conversation, "case.never_ask", why, reply_to=inbox_id)
        return  # the question may be put in other words
    adding.warn(work, conversation, inbox_id, text)
    if not (what == "close" and _lacks(work, conversation, inbox_id, member, outcome, text)):
        _say(work, conversation, inbox_id, outcome, what)
    owed.end(work, draft)


def _lacks(work: Work, conversation: str, inbox_id: int, member: Member, outcome: Outcome, text: str) -> bool:
    """Say what a report still lacks to be closed; the reason that was written stands as a note. False: it lacks
    nothing that we know."""
    report = outcome.report
    lines = closing.lacking(work, member, report) if report is not None and not outcome.allowed else []
    if report is None or not lines or not acts.add_note(work, member, report.uid, text).allowed:
        return False
    args = {"lines": "\n".join(lines), "words": text.strip(), "report": report.uid}
    mailbox.say(work, conversation, "case.close.lacks", args, reply_to=inbox_id)
    return True


def _settle(work: Work, member: Member, uid: str, what: str, choice: str, text: str) -> Outcome:
    if what == "police":
        return police.record(work, member, uid, text, work.now)
    if what == "ask":
        return asking.ask(work, member, uid, text)
    if what == "refuse":
        return transferring.refuse(work, member, uid, text)
    if what == "decline":
        return closing.decline(work, member, uid, text)
    if what == "close":
        # The question for this reason says: only when the child was seen and is safe.
        return closing.propose(work, member, uid, choice, text, checked=choice == "withdrawn")
    return acts.add_note(work, member, uid, text)


def _say(work: Work, conversation: str, inbox_id: int, outcome: Outcome | None, what: str) -> None:
    report = outcome.report if outcome is not None else None
    if outcome is None or outcome.refusal == "absent":
        mailbox.say(work, conversation, "staff.gone", reply_to=inbox_id)
    elif not outcome.allowed or report is None:
        reason = texts.phrase(f"refusal.{outcome.refusal}")
        mailbox.say(work, conversation, "staff.refused", {"reason": reason}, reply_to=inbox_id)
    else:
        key = "case.waiting" if outcome.waiting else f"case.done.{what}"
        shown = key if texts.known(key) else "case.done"
        mailbox.say(work, conversation, shown, {"number": report.number, "report": report.uid}, reply_to=inbox_id)


def talking(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Words of a staff member who is in a talk with a reporter go there. False: this is nobody in a talk."""
    member, made = _talk_of(work, conversation)
    if member is None or made is None:
        return False
    if text.strip() in END_WORDS:
        takeover.end(work, made)
    elif not takeover.say(work, member, text):
        takeover.end(work, made)
        mailbox.say(work, conversation, "staff.gone", reply_to=inbox_id)
    return True


def _talk_of(work: Work, conversation: str) -> tuple[Member | None, Takeover | None]:
    """Who of the staff is bound here, and the talk with a reporter they are in."""
    member = accounts.member(work, conversation)
    return member, takeover.open_by(work, member.account) if member is not None else None


def end_talk(work: Work, conversation: str, inbox_id: int) -> None:
    """A tap on 结束对话."""
    if not talking(work, conversation, inbox_id, "结束对话"):
        mailbox.say(work, conversation, "chat.expired_button", reply_to=inbox_id)
