"""Harm that a worker told of at a visit, and was asked which kind it is, goes up also when no answer comes."""

from __future__ import annotations

from typing import Any

from bot.services import drafts
from bot.services.casework import police
from bot.services.mail import mailbox
from bot.services.staff import accounts
from bot.services.staff.accounts import Member
from bot.services.visits import asking, recording, told_back, unfinished
from bot.services.work import Work
from bot.storage.tables import Draft


def recorded(work: Work, member: Member, conversation: str, kept: dict[str, Any]) -> recording.Made:
    """Record the visit that a draft holds; an emergency waits for no day that would have to be put right."""
    record, on = kept["record"], unfinished.day(work, kept)
    made = recording.record(work, member, conversation, kept["children"], on, record, kept.get("own"))
    if made.refusal not in (None, "absent") and record["emergency"] == "found":
        kept["on"] = work.today.isoformat()
        made = recording.record(work, member, conversation, kept["children"], work.today, record, kept.get("own"))
    return made


def goes_up(work: Work, draft: Draft) -> bool:
    """Report a suspicion (JL-3.8.k) whose kind was asked and never named, for the clock; the record itself waits on,
    and whoever wrote it hears of the report. False: none waits here, or its writer may not record any more: what he
    wrote is kept as long as any record."""
    kept = unfinished.contents(work, draft)
    member = accounts.member(work, draft.conversation) if unfinished.harm_waits(kept) else None
    if member is None:
        return False
    told = "；".join(map(str, kept["record"]["notes"].values()))
    asking.find(kept, asking.finding_in(told))
    made = recorded(work, member, draft.conversation, kept)
    put_aside = draft.state == drafts.SHELVED
    if made.report is None:
        if put_aside:
            drafts.keep(work, draft, {**unfinished.contents(work, draft), "harm": False}, None)
            drafts.shelve(work, draft, unfinished.KEPT_FOR)
        return False
    told_back.police_of(work, kept, made.report)
    kept["urgent"] = False
    drafts.keep(work, draft, kept, None)
    if put_aside:
        drafts.shelve(work, draft, unfinished.KEPT_FOR)
    mailbox.say(
        work,
        draft.conversation,
        "visit.emergency_left",
        {"number": made.report.number, "choices": [police.button(work, made.report)]},
        push=True,
        priority=mailbox.URGENT,
        natural_key=f"harm_left:{draft.uid}",
    )
    return True
