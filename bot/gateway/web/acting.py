"""What can be done with a report on the staff page: each act is one service call, which judges it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.care import calendar
from bot.gateway.web.signing import Form
from bot.services.casework import acts, asking, child_links, closing, glass, linking, police, reports, transferring
from bot.services.casework.reports import Outcome
from bot.services.staff import access, accounts, roster
from bot.services.work import Work

Act = Callable[[Work, accounts.Member, str, Form], Outcome]


@dataclass(frozen=True)
class Doing:
    """How an act is done, and which sentence (page.done.*) says that it was."""

    act: Act
    done: str = "saved"


def _when(written: str) -> datetime | None:
    """A moment as an input of type datetime-local sends it; None for anything else."""
    try:
        read = datetime.fromisoformat(written)
    except ValueError:
        return None
    return read.replace(tzinfo=calendar.ZONE) if read.tzinfo is None else read


def _police(work: Work, member: accounts.Member, uid: str, form: Form) -> Outcome:
    told_at = _when(form.get("told_at", ""))
    if told_at is None:
        return Outcome(False, "wrong_moment")
    return police.record(work, member, uid, form.get("station", ""), told_at, form.get("number"))


def _call(work: Work, member: accounts.Member, uid: str, form: Form) -> Outcome:
    at, spoke_with = _when(form.get("called_at", "")), form.get("spoke_with", "")
    if at is None:
        return Outcome(False, "wrong_moment")
    if at > work.now:
        return Outcome(False, "time_in_future")
    words = f"{spoke_with}（{calendar.spoken(at)}）" if spoke_with else ""
    return transferring.called(work, member, uid, form.get("target", ""), words)


def _receiver(form: Form) -> transferring.To:
    kind, _, name = form.get("receiver", "").partition(":")
    return transferring.To(role=name) if kind == "role" else transferring.To(department=name)


def _transfer(work: Work, member: accounts.Member, uid: str, form: Form) -> Outcome:
    return transferring.offer(work, member, uid, _receiver(form), form.get("reason", ""))


def _close(work: Work, member: accounts.Member, uid: str, form: Form) -> Outcome:
    checked = form.get("checked") == "yes"
    return closing.propose(work, member, uid, form.get("close_reason", ""), form.get("reason", ""), checked=checked)


def _lower(work: Work, member: accounts.Member, uid: str, form: Form) -> Outcome:
    to, reason, checked = form.get("severity", ""), form.get("reason", ""), form.get("checked") == "yes"
    return acts.lower_severity(work, member, uid, to, reason, checked=checked)


def _raise(work: Work, member: accounts.Member, uid: str, form: Form) -> Outcome:
    return acts.raise_emergency(work, member, uid, form.get("severity", ""), form.get("reason", ""))


def _not_accept(work: Work, member: accounts.Member, uid: str, form: Form) -> Outcome:
    return acts.not_accept(work, member, uid, form.get("competent", ""), form.get("reason", ""))


def _join(work: Work, member: accounts.Member, uid: str, form: Form) -> Outcome:
    """Two reports are joined by the number of the other one; one that may not be seen is one that is not there."""
    other = access.by_number(work, member, form.get("number", ""))
    return linking.link_duplicate(work, member, uid, other.uid if other is not None else "", form.get("reason", ""))


def enter_duty(work: Work, member: accounts.Member, form: Form) -> Outcome:
    """Put somebody on the roster, as the form says."""
    since, until = _when(form.get("since", "")), _when(form.get("until", ""))
    if since is None or until is None:
        return Outcome(False, "wrong_moment")
    account, deputy = form.get("account", ""), form.get("deputy") or None
    return roster.enter(work, member, form.get("area", ""), account, deputy, since, until)


ACTS: dict[str, Doing] = {
    "accept": Doing(lambda work, member, uid, _: reports.accept(work, member, uid), "accept"),
    "refuse_transfer": Doing(lambda work, member, uid, f: transferring.refuse(work, member, uid, f.get("reason", ""))),
    "start_handling": Doing(lambda work, member, uid, _: acts.start_handling(work, member, uid), "moved"),
    "make_plan": Doing(lambda work, member, uid, f: acts.make_plan(work, member, uid, f.get("text", "")), "moved"),
    "watch": Doing(lambda work, member, uid, _: acts.watch(work, member, uid), "moved"),
    "route": Doing(lambda work, member, uid, f: transferring.route(work, member, uid, _receiver(f)), "moved"),
    "transfer": Doing(_transfer, "transfer"),
    "close": Doing(_close, "close"),
    "confirm_close": Doing(lambda work, member, uid, _: closing.confirm(work, member, uid), "close"),
    "refuse_close": Doing(lambda work, member, uid, f: closing.decline(work, member, uid, f.get("reason", ""))),
    "not_accept": Doing(_not_accept, "moved"),
    "lower_severity": Doing(_lower, "moved"),
    "raise_emergency": Doing(_raise, "moved"),
    "reopen": Doing(lambda work, member, uid, f: acts.reopen(work, member, uid, f.get("reason", "")), "moved"),
    "link_duplicate": Doing(_join, "joined"),
    "link_child": Doing(lambda work, member, uid, f: child_links.link(work, member, uid, f.get("child", "")[:40])),
    "unlink_child": Doing(lambda work, member, uid, f: child_links.unlink(work, member, uid, f.get("child", "")[:40])),
    "ask_reporter": Doing(lambda work, member, uid, f: asking.ask(work, member, uid, f.get("text", "")), "asked"),
    "note": Doing(lambda work, member, uid, f: acts.add_note(work, member, uid, f.get("text", ""))),
    "result": Doing(lambda work, member, uid, f: acts.tell_result(work, member, uid, f.get("result", "")), "told"),
    "police": Doing(_police),
    "call": Doing(_call, "called"),
    "glass": Doing(
        lambda work, member, uid, f: glass.break_it(work, member, uid, glass.IDENTITY, f.get("purpose", "")), "glass"
    ),
}


def do(work: Work, member: accounts.Member, uid: str, act: str, form: Form) -> Outcome:
    """Do one act. An act that does not exist and a report that may not be seen answer alike."""
    found = ACTS.get(act)
    return found.act(work, member, uid, form) if found is not None else Outcome(False, "absent")


def done(act: str, outcome: Outcome) -> str:
    """Which sentence says that an act was done, or prepared for a second person."""
    return "waiting" if outcome.waiting else ACTS[act].done
