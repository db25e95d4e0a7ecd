"""Tasks of an office in chat: the list of what waits, one to read, taken and ended with taps."""

from __future__ import annotations

from typing import Any

from bot import texts
from bot.care import calendar
from bot.reading.where import places
from bot.services.casework.reports import Outcome
from bot.services.mail import mailbox
from bot.services.staff import accounts
from bot.services.tasks import work as care_task_work
from bot.services.work import Work

TAP = "caretask"
LIST = f"{TAP}:list:"
"""The button that opens the list."""
SHOWN = 10


def tap(work: Work, conversation: str, inbox_id: int, name: str, rest: str) -> bool:
    """Settle a button: list, see, take, done (ask what became of it) or end. Only for whoever holds a post there."""
    what, _, about = rest.partition(":")
    uid, _, outcome = about.partition(":")
    member = accounts.member(work, conversation)
    if member is None:
        mailbox.say(work, conversation, "staff.care_task.not_yours", reply_to=inbox_id)
    elif what == "list":
        _list(work, member, conversation, inbox_id)
    elif what == "see":
        _show(work, member, conversation, inbox_id, uid)
    elif what == "take":
        _said(work, conversation, inbox_id, care_task_work.take(work, member, uid), "taken", uid)
    elif what == "end":
        _said(work, conversation, inbox_id, care_task_work.finish(work, member, uid, outcome), "done", uid)
    elif what == "done" and care_task_work.reach(work, member, uid) is not None:
        mailbox.say(work, conversation, "staff.care_task.outcome", {"task": uid}, reply_to=inbox_id)
    else:
        mailbox.say(work, conversation, "staff.care_task.not_yours", reply_to=inbox_id)
    return True


def _list(work: Work, member: accounts.Member, conversation: str, inbox_id: int) -> None:
    found = care_task_work.listed(work, member)
    if not found:
        mailbox.say(work, conversation, "staff.care_task.none", reply_to=inbox_id)
        return
    choices = [
        [_line(one.kind, one.area, one.state, calendar.local(one.created_at).date()), f"{TAP}:see:{one.uid}"]
        for one in found[:SHOWN]
    ]
    args = {"n": len(found), "choices": choices}
    mailbox.say(work, conversation, "staff.care_task.list", args, reply_to=inbox_id)


def _line(kind: str, area: str, state: str, day: object) -> str:
    near = "".join(part.name for part in places.path(area)[-1:])
    args = {"kind": texts.phrase(f"page.task.{kind}"), "near": near, "state": texts.phrase(f"page.task_state.{state}")}
    return texts.render("staff.care_task.line", {**args, "day": f"{day:%m-%d}"}).text


def _show(work: Work, member: accounts.Member, conversation: str, inbox_id: int, uid: str) -> None:
    opened = care_task_work.opened(work, member, uid)
    if opened is None:
        mailbox.say(work, conversation, "staff.care_task.not_yours", reply_to=inbox_id)
        return
    args: dict[str, Any] = {key: opened.held.get(key) or "-" for key in ("name", "contact", "recap", "result")}
    args |= {"task": uid, "place": places.full_name(opened.task.area)}
    if arrangement := opened.held.get("arrangement"):
        args["choices"] = [[texts.phrase("entrusted.do.review"), f"entrusted.review={arrangement}", "primary"]]
    mailbox.say(work, conversation, _words_of(opened), args, reply_to=inbox_id)


def _words_of(opened: care_task_work.Opened) -> str:
    """The text a task is shown with: that of its kind where it has one of its own."""
    if opened.task.state not in (care_task_work.OPEN, care_task_work.TAKEN):
        return "staff.care_task.shown.over"
    usual = "staff.care_task.shown" if opened.held.get("result") else "staff.care_task.shown.plain"
    own = f"staff.care_task.shown.{opened.task.kind}"
    return own if texts.known(own) else usual


def _said(work: Work, conversation: str, inbox_id: int, outcome: Outcome, done: str, uid: str) -> None:
    if outcome.allowed:
        mailbox.say(work, conversation, f"staff.care_task.{done}", {"task": uid}, reply_to=inbox_id)
    else:
        key = "not_yours" if outcome.refusal in ("absent", "task_outcome") else outcome.refusal
        mailbox.say(work, conversation, f"staff.care_task.{key}", reply_to=inbox_id)
