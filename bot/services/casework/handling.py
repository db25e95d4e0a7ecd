"""What a staff member does with a report in chat: taking it on, reading it, listing what is theirs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot import texts
from bot.care import calendar, roles
from bot.care import reports as rules
from bot.services.casework import acts, desk, glass, overview, reports
from bot.services.mail import mailbox
from bot.services.reporting import attachments, readback
from bot.services.staff import accounts
from bot.services.talk import redirecting
from bot.services.work import Work
from bot.storage.tables import Account, Report

TAPS = ("accept", "view", "waiting")
MOST_BUTTONS = 20
PAGE = 1800  # characters; even if each is an emoji, which Telegram counts as two, a message has room for them


def tap(work: Work, conversation: str, inbox_id: int, name: str, report: str) -> None:
    """A tap on "accept:<report>", "view:<report>" or "waiting:". Rights are read anew; a forged tap sees nothing."""
    member = accounts.member(work, conversation)
    if member is None:
        mailbox.say(work, conversation, "staff.gone", reply_to=inbox_id)
    elif name == "accept":
        _accept(work, conversation, inbox_id, member, report)
    elif name == "waiting":
        _list_waiting(work, conversation, inbox_id, member)
    else:
        _view(work, conversation, inbox_id, member, report)


def _accept(work: Work, conversation: str, inbox_id: int, member: accounts.Member, uid: str) -> None:
    outcome = reports.accept(work, member, uid)
    report = outcome.report
    if report is None or outcome.refusal == "absent":
        mailbox.say(work, conversation, "staff.gone", reply_to=inbox_id)
    elif outcome.allowed:
        args = {"number": report.number, "report": report.uid}
        mailbox.say(work, conversation, "staff.accepted", args, reply_to=inbox_id)
    elif report.acknowledged_at is not None and outcome.refusal != "offered_to_another":
        args = {
            "number": report.number,
            "role": holder_role(work, report),
            "moment": calendar.spoken(report.acknowledged_at),
        }
        mailbox.say(work, conversation, "staff.already_taken", args, reply_to=inbox_id)
    else:
        reason = texts.phrase(f"refusal.{outcome.refusal}")
        mailbox.say(work, conversation, "staff.refused", {"reason": reason}, reply_to=inbox_id)


def holder_role(work: Work, report: Report) -> str:
    """The post of whoever took a report on. For callers who have checked that somebody did."""
    holder = work.session.get_one(Account, report.acknowledged_by)
    member = accounts.member(work, holder.conversation) if holder.conversation else None
    return roles.label_zh(member.posts[0][0]) if member and member.posts else accounts.name_of(work, holder)


def _view(work: Work, conversation: str, inbox_id: int, member: accounts.Member, uid: str) -> None:
    opened = reports.content(work, member, uid)
    if opened is None:
        mailbox.say(work, conversation, "staff.gone", reply_to=inbox_id)
        return
    report, told = opened
    key = "staff.content.open" if report.acknowledged_at is None else "staff.content"
    words, *more = _pages(_words(work, report, told))
    args = {**_content(work, report, told), "words": words, "choices": desk.buttons(work, member, report)}
    mailbox.say(work, conversation, key, args, reply_to=inbox_id)
    for page in more:
        args = {"number": report.number, "words": page}
        mailbox.say(work, conversation, "staff.content.more", args, reply_to=inbox_id)


def _words(work: Work, report: Report, told: dict[str, Any]) -> str:
    """Everything that was told, in the order it was told."""
    told_in = [*told["words"], *(["what", text] for text in redirecting.originals(work, report.conversation))]
    lines = [
        f"{texts.phrase(f'field.{field}')}：{texts.phrase('value.behind_glass') if glass.hides(told, field) else words}"
        for field, words in told_in
    ]
    for field in ("reporter_type", "unit", "danger_now"):
        value = told["facts"].get(field)
        if value is not None:
            lines.append(f"{texts.phrase(f'field.{field}')}：{texts.phrase(f'value.{value}')}")
    if acts.mistaken(work, report):
        lines.insert(0, texts.phrase("office.mistaken.seen"))
    brought = attachments.summary(work, report.uid)
    if brought is not None:
        lines.append(f"{texts.phrase('field.attachments')}：{brought}")
    return "\n".join(lines)


def _pages(words: str) -> list[str]:
    """Cut where a message is full, so that nothing of what was told is kept from who must act on it."""
    return [words[at : at + PAGE] for at in range(0, max(len(words), 1), PAGE)]


def _content(work: Work, report: Report, told: dict[str, Any]) -> dict[str, Any]:
    triage = reports.triage_of(work, report, told)
    return {
        "number": report.number,
        "report": report.uid,
        "severity": rules.severity_label(report.severity),
        "status": rules.public_status(report.state),
        "categories": "、".join(rules.category_label(code) for code in triage.categories),
        "place": readback.place_for_staff(told),
        "received": calendar.spoken(report.received_at),
    }


def list_mine(work: Work, conversation: str, inbox_id: int, text: str = "") -> None:
    """The staff member's open reports as buttons, most urgent first."""
    if not mailbox.take_effect(work, inbox_id, "words"):
        return
    member = accounts.member(work, conversation)
    if member is None:
        choices = [[texts.phrase("button.invite"), "flow:bind"]]
        mailbox.say(work, conversation, "chat.not_staff", {"choices": choices}, reply_to=inbox_id)
        return
    found = reports.mine(work, member)
    _say_list(work, conversation, inbox_id, "staff.list" if found else "staff.list_empty", found)


def say_mine_or_waiting(
    work: Work, conversation: str, inbox_id: int, member: accounts.Member, mine: Sequence[Report]
) -> None:
    """These reports of a member's, else those of the member's places that nobody has taken on."""
    if mine:
        _say_list(work, conversation, inbox_id, "staff.list", mine)
    else:
        _list_waiting(work, conversation, inbox_id, member)


def _list_waiting(work: Work, conversation: str, inbox_id: int, member: accounts.Member) -> None:
    """The reports of a member's places that nobody has taken on, most urgent first."""
    whose = overview.AREA if overview.sees_an_area(member) else overview.MINE
    found = [line.report for line in overview.queue(work, member, "waiting", whose).lines][:MOST_BUTTONS]
    _say_list(work, conversation, inbox_id, "staff.waiting" if found else "staff.waiting_empty", found)


def _say_list(work: Work, conversation: str, inbox_id: int, key: str, found: Sequence[Report]) -> None:
    choices = [
        [f"{report.severity} {report.number} {rules.public_status(report.state)}", f"view:{report.uid}"]
        for report in found
    ]
    choices.append([texts.phrase("button.page"), "page:", "quiet"])
    mailbox.say(work, conversation, key, {"choices": choices}, reply_to=inbox_id)
