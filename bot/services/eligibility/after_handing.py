"""What is told once a check was handed over, with nothing open: something of it is another now (低保批下来了), the
other child is to go too (大孙子那个也交给他), or a check of another day is meant that is not kept here.

What changes goes into what was handed over, whoever works on it is told, and the family hears how it stands now.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.reading.families import child_labels, family, family_answers, handed
from bot.reading.reports import told as harm
from bot.services import conversations, drafts
from bot.services.eligibility import answer, handing, hearing, other_child, other_kept, recap
from bot.services.eligibility import talk as eligibility_talk
from bot.services.eligibility.state import BESIDE, FLOW, Check
from bot.services.mail import mailbox
from bot.services.staff import accounts
from bot.services.tasks import care_tasks
from bot.services.work import Work
from bot.storage.tables import CareTask

EFFECT = "words"
KEPT = timedelta(days=7)
"""So long words with nothing open are heard as told of what was handed over (PROPOSED, ours)."""


def takes(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Take what is told of a check that was handed over, or of one of another day. False: nothing of that."""
    if accounts.member(work, conversation) is not None or harm.read(text).signs:
        return False
    task = _last(work, conversation)
    if task is not None and handed.other_goes_too(text) is not None:
        return _other_too(work, conversation, inbox_id, text, task)
    if task is not None and handed.tells_a_change(text) and _put_right(work, conversation, inbox_id, text, task):
        return True
    return _another_day(work, conversation, inbox_id, text, task)


def _last(work: Work, conversation: str) -> CareTask | None:
    found = [care_tasks.last_of(work, conversation, kind, work.now - KEPT) for kind in care_tasks.FROM_FAMILIES]
    return max((one for one in found if one is not None), key=lambda one: one.created_at, default=None)


def _put_right(work: Work, conversation: str, inbox_id: int, text: str, task: CareTask) -> bool:
    held = care_tasks.payload(work, task)
    before: dict[str, Any] = dict(held.get("facts") or {})
    check = Check(facts=dict(before), english=bool(held.get("english")))
    fixed = family_answers.corrected(text, check.facts, work.today)
    check.tell(fixed)
    if not fixed:
        hearing.absorb(work, check, text, None)
    new = {fact: value for fact, value in check.facts.items() if before.get(fact) != value}
    if not new:
        return False
    if not mailbox.take_effect(work, inbox_id, EFFECT):
        return True
    said = {**(held.get("said") or {})}
    said[BESIDE] = [*said.get(BESIDE, ()), text.strip()]
    care_tasks.put_right(
        work,
        task,
        {**held, **handing.contents(check, said, work.today)},
        f"check:{inbox_id}",
        "staff.care_task.check_changed",
    )
    args = {
        "recap": (recap.in_english if check.english else recap.recap)(new, work.today),
        "outcomes": answer.outcomes(check.facts, work.today, in_english=check.english, settled=True),
    }
    mailbox.say(work, conversation, "eligibility.handed.changed", args, reply_to=inbox_id)
    return True


def _other_too(work: Work, conversation: str, inbox_id: int, text: str, task: CareTask) -> bool:
    """The other child goes to the same people, where it was checked; else its check begins, with the same parents."""
    if not mailbox.take_effect(work, inbox_id, EFFECT):
        return True
    held = care_tasks.payload(work, task)
    if held.get(care_tasks.ALL_WENT):
        mailbox.say(work, conversation, "eligibility.handed.all_went", reply_to=inbox_id)
        return True
    shelf = next(iter(drafts.shelved(work, conversation, other_kept.FLOW)), None)
    check = Check(**drafts.contents(work, shelf)) if shelf is not None else _handed_check(held, text)
    if shelf is not None:
        drafts.close(work, shelf, "done")
    conversations.enter(work, conversation, FLOW, told_rasa=False)
    draft = drafts.begin(work, conversation, FLOW)
    if check.judged == check.facts and check.facts and not check.other and shelf is not None:
        check.hand = {
            "kind": handing.HANDED,
            "area": task.area,
            "coarse": True,
            "name": held.get("name") or "",
            "contact": held.get("contact") or "",
        }
        handing.at_once(work, draft, check, inbox_id, text)
        return True
    mailbox.say(work, conversation, "eligibility.other_first", reply_to=inbox_id)
    other_child.begin(work, draft, check, inbox_id)
    return True


def _handed_check(held: dict[str, Any], text: str) -> Check:
    """The check that was handed over, so far as it is known of the family, with the words that name the other child."""
    named = str(handed.other_goes_too(text))
    called = str(held.get(care_tasks.LABEL) or child_labels.other_than(named))
    return Check(
        facts=dict(held.get("facts") or {}), called=called, other_called=named, other=[text.strip()], siblings=True
    )


def _another_day(work: Work, conversation: str, inbox_id: int, text: str, task: CareTask | None) -> bool:
    """昨天那个 再给看看: goes on with the check that is still kept here; else it is said that none is, and one begins
    with what is told now."""
    open_still = drafts.current(work, conversation, FLOW)
    means_one = handed.means_an_earlier_one(text)
    if not means_one and not (open_still is not None and handed.tells_a_change(text) and _tells(work, text)):
        return False
    if task is not None and open_still is None:
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        if open_still is None:
            mailbox.say(work, conversation, "eligibility.not_kept_here", reply_to=inbox_id)
        eligibility_talk.start(work, conversation, inbox_id, text)
    return True


def _tells(work: Work, text: str) -> bool:
    return bool(family.read(text, work.today).facts)
