"""The day by which a need is to be seen to, told or put right while its record is open or waits: 啊不对 十二月五号前.

It is the need's day, never that of a visit; what else the message tells is heard as ever.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bot import texts
from bot.reading.visits import deadlines, following, visit_changes, visit_record_said
from bot.services import drafts
from bot.services.mail import mailbox
from bot.services.staff.accounts import Member
from bot.services.visits import asking as visit_asking
from bot.services.visits import changing, need_asking, unfinished, visiting
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Conversation, Draft

EFFECT, WAITS = "words", "needs.no_visit"
JUST_NOW = timedelta(hours=1)


def takes(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """Take such a day for the record that is open, else for the need just put down for a home not visited yet. False:
    none is told, there is no need, or it sounds of danger."""
    flow = work.session.get_one(Conversation, conversation).flow
    draft = drafts.current(work, conversation, unfinished.FLOW) if flow == unfinished.FLOW else None
    if draft is not None and draft.asked not in (None, "off", "away", "which", "need"):
        return _of_open(work, draft, inbox_id, text, member)
    return flow is None and _of_waiting(work, conversation, inbox_id, text)


def _of_open(work: Work, draft: Draft, inbox_id: int, text: str, member: Member) -> bool:
    kept = unfinished.contents(work, draft)
    found = deadlines.take(text, work.today, kept["record"]["needs"]) if kept["record"]["needs"] else None
    if found is None or kept["home"] is None or changing.sounds(text):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        if need_asking.said_at_the_end(kept, text, work.today):  # all of it says who and until when
            found = [], ""
        lines = _keep(kept, found[0])
        if draft.asked != "emergency":  # where the whole record is read back it says so itself
            _say(work, draft.conversation, inbox_id, lines)
        drafts.keep(work, draft, kept, draft.asked)
        if found[1]:
            _hear(work, draft, inbox_id, member, kept, found[1])
        else:
            visiting.proceed(work, draft, inbox_id, member, kept, again=True)
    return True


def _hear(work: Work, draft: Draft, inbox_id: int, member: Member, kept: dict[str, Any], rest: str) -> None:
    """What else was told: it puts right what stands, answers the list, or is one more sentence of the visit."""
    changes = visit_changes.read(rest, work.today)
    if draft.asked == "emergency" and visit_record_said.none_of_it(rest):
        visit_asking.find(kept, None)
    elif changing.applies(kept, changes):
        changing.put_right(work, draft, inbox_id, member, kept, changes)
    else:
        visit_asking.told_at_once(kept, rest)
        visit_asking.heard_whole(kept, rest, work.today)
    visiting.proceed(work, draft, inbox_id, member, kept, again=True)


def _of_waiting(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    last = mailbox.last_said(work, conversation, inbox_id, work.now - JUST_NOW)
    home = mailbox.args_of(work, last).get("home") if last is not None and last.key == WAITS else None
    draft = unfinished.shelved(work, conversation, str(home)) if home else None
    draft = draft or (drafts.current(work, conversation, unfinished.FLOW) if home else None)
    kept = unfinished.contents(work, draft) if draft is not None else unfinished.fresh()
    found = deadlines.take(text, work.today, kept["record"]["needs"]) if kept["record"]["needs"] else None
    if draft is None or found is None or found[1] or changing.sounds(text):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        lines = _keep(kept, found[0])
        drafts.keep(work, draft, kept, draft.asked)
        drafts.shelve(work, draft, unfinished.KEPT_FOR)
        _say(work, conversation, inbox_id, lines)
    return True


def _keep(kept: dict[str, Any], found: list[tuple[str, following.Follow]]) -> list[str]:
    """Keep each with the need it names, else with all; what holds now of each need, a line."""
    needs, lines = kept["record"]["needs"], {}
    for named, said in found:
        need_asking.add(kept, {need: said for need in ([named] if named else needs)})
    for need in needs:
        plan = kept["record"].get("follow", {}).get(need, {})
        lines[need] = texts.phrase("needs.dated.line").format(need=need, date=_day(plan))
    return list(lines.values())


def _day(plan: dict[str, Any]) -> str:
    return visit_words.day(date.fromisoformat(plan["due"])) if plan.get("due") else texts.phrase("needs.dated.open")


def _say(work: Work, conversation: str, inbox_id: int, lines: list[str]) -> None:
    mailbox.say(work, conversation, "needs.dated", {"lines": "；".join(lines)}, reply_to=inbox_id)
