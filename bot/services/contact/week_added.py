"""What somebody who joined adds to the week, or puts right in it, after it was told: another kind of call (不是视频
是语音), a call forgotten (昨天忘说了), since when the child is so (也就三四天吧). It goes to the record of its week.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot import texts
from bot.care import calendar
from bot.reading.contact import weekly, weekly_asked
from bot.reading.talk import purposes
from bot.services import drafts
from bot.services.contact import answers as contact_answers
from bot.services.contact import hearing, parents
from bot.services.contact import plans as contact_plans
from bot.services.contact import told_aside as aside
from bot.services.contact.told_harm import tells_harm
from bot.services.mail import mailbox
from bot.services.work import Work
from bot.storage.tables import ContactPlan, ContactRecord

WORDS = "words"
CALLS = frozenset({"contact", "carer"})
LATELY = timedelta(days=2)
"""So long a sign that went to the child director is what a bare duration is said of."""
DAYS_BACK = (("大前", 3), ("前天", 2), ("前晚", 2), ("昨", 1))


def takes(work: Work, conversation: str, inbox_id: int, text: str, *, told_aside: bool = False) -> bool:
    """Take it, whatever else is open; `told_aside`: also a call that is told in the middle of another matter. False:
    these words add nothing of the kind, or nobody joined here."""
    plans = parents.plans_here(work, conversation)
    if not plans or tells_harm(text):
        return False
    asks = purposes.has(text, purposes.QUESTION)
    calls = told_aside and not asks and weekly.read(text).items.keys() & CALLS
    if calls and _add(work, plans, conversation, inbox_id, text):
        return True
    ways = (_kind, _forgotten, _so_long)
    return any(one(work, plans, conversation, inbox_id, text) for one in ways)


def _kind(work: Work, plans: list[ContactPlan], conversation: str, inbox_id: int, text: str) -> bool:
    """Another kind of call than the one told; the call itself stands."""
    found = weekly_asked.kind_put_right(text)
    rows = [(plan, _last(work, plan)) for plan in plans if plan.voice == contact_plans.PARENT]
    called = [(plan, row) for plan, row in rows if row is not None and _told(work, row).get("contact") == "yes"]
    if found is None or not called:
        return False
    if mailbox.take_effect(work, inbox_id, WORDS):
        for plan, row in called:
            contact_answers.settle(work, plan, row, {**_told(work, row), "kinds": [found[0]]})
        mailbox.say(work, conversation, "contact.kind_put_right", {"kind": found[1]}, reply_to=inbox_id)
    return True


def _forgotten(work: Work, plans: list[ContactPlan], conversation: str, inbox_id: int, text: str) -> bool:
    """A call that was not told yet, kept in the week of the day it was made."""
    return weekly_asked.forgotten(text) and _add(work, plans, conversation, inbox_id, text)


def _add(work: Work, plans: list[ContactPlan], conversation: str, inbox_id: int, text: str) -> bool:
    if not aside.tells(text):
        return False
    if mailbox.take_effect(work, inbox_id, WORDS):
        aside.keep(work, plans, text, _made(work, text))
        draft = drafts.current(work, conversation, contact_plans.FLOW)
        if draft is not None:  # what is told so is not asked once more
            kept = drafts.contents(work, draft)
            drafts.keep(work, draft, {**kept, "left": hearing.still_left(work, plans, kept)}, draft.asked)
        told = weekly.read(text).items
        items = {one: told[one] for one in told if one not in contact_answers.NOT_OF[plans[0].voice]}
        keys = [key for key in (f"contact.noted.{one}.{items[one]}" for one in items) if texts.known(key)]
        noted = "、".join(texts.phrase(key) for key in keys)
        mailbox.say(work, conversation, "contact.added", {"noted": noted}, reply_to=inbox_id)
    return True


def _so_long(work: Work, plans: list[ContactPlan], conversation: str, inbox_id: int, text: str) -> bool:
    """How long it goes on, behind a sign that went to the child director: kept with it."""
    row = _last(work, plans[0])
    if row is None or not weekly_asked.so_long(text) or not _told(work, row).get("signals"):
        return False
    said = mailbox.keys_said(work, conversation, inbox_id, work.now - LATELY)
    if not any(one.startswith("contact.signal.") for one in said):
        return False
    if mailbox.take_effect(work, inbox_id, WORDS):
        told = _told(work, row)
        contact_answers.keep_words(told, text)
        contact_answers.settle(work, plans[0], row, told)
        mailbox.say(work, conversation, "contact.added_words", reply_to=inbox_id)
    return True


def _told(work: Work, row: ContactRecord) -> dict[str, object]:
    return contact_plans.answers(work, row)


def _last(work: Work, plan: ContactPlan) -> ContactRecord | None:
    """The record of this week; early in it, where it holds nothing, that of the last one."""
    row = contact_plans.record(work, plan)
    if row is not None and _told(work, row):
        return row
    return contact_plans.record(work, plan, work.now - LATELY)


def _made(work: Work, text: str) -> datetime:
    """When a call was made, by its day: 昨晚, 前天, 大前天; else now."""
    back = next((days for word, days in DAYS_BACK if word in text.replace("昨天忘", "").replace("昨天漏", "")), 0)
    return calendar.local(work.now) - timedelta(days=back)
