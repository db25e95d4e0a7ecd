"""Something is asked in the middle of a record that is nothing of it: what else was told is kept, its question comes
again."""

from __future__ import annotations

from bot.services import drafts
from bot.services.register import in_sight
from bot.services.staff.accounts import Member
from bot.services.visits import asking as visit_asking
from bot.services.visits import unfinished, visiting
from bot.services.work import Work
from bot.storage.tables import Conversation


def hear(work: Work, conversation: str, text: str) -> None:
    """What is told beside goes into the record that is open; its question stays."""
    draft = drafts.current(work, conversation, unfinished.FLOW)
    if draft is None:
        return
    kept = unfinished.contents(work, draft)
    visit_asking.heard_whole(kept, text, work.today)
    drafts.keep(work, draft, kept, draft.asked)


def asks_a_day(work: Work, conversation: str) -> bool:
    """Whether no visit is told just now and only a day is asked for."""
    draft = drafts.current(work, conversation, unfinished.FLOW)
    return draft is not None and draft.asked in unfinished.ONLY_A_DAY


def ask_again(work: Work, conversation: str, inbox_id: int) -> None:
    """The question of the record, if it is still the open one."""
    draft = drafts.current(work, conversation, unfinished.FLOW)
    still = work.session.get_one(Conversation, conversation).flow == unfinished.FLOW
    if draft is not None and draft.asked not in (None, *unfinished.ONLY_A_DAY) and still:
        visiting.start(work, conversation, inbox_id, told_rasa=True)


def of_another(work: Work, conversation: str, member: Member, text: str) -> bool:
    """Whether words name a child that is not of the home whose record is open."""
    draft = drafts.current(work, conversation, unfinished.FLOW)
    here = unfinished.contents(work, draft)["home"] if draft is not None else None
    rows = in_sight.called(work, member, text)
    return bool(rows) and all(row.household != here for row in rows)
