"""有没有让您担心的事: only what is a worry goes to the child director. Where words do not say whether they are one, it
is asked once, in plain words; who wants it kept to himself has it kept, and nobody is sent (contact_prompts.md §3)."""

from __future__ import annotations

import re

from bot import texts
from bot.care import contact_data
from bot.reading.contact import weekly, worries
from bot.reading.talk import question_forms
from bot.services import drafts
from bot.services.contact import answers as contact_answers
from bot.services.contact import each, hearing, parents
from bot.services.contact import plans as contact_plans
from bot.services.mail import mailbox
from bot.services.talk import asking
from bot.services.work import Work
from bot.storage.tables import ContactPlan, Draft

CONCERN, PASS = "concern", "pass"
SHORTEST = 5
"""Fewer characters than these tell no worry."""
ASKED, SETTLED = "asked", "settled"
"""What came of words at this question: it was asked whether they are a worry, or that is answered."""
_HOW = frozenset({"life", "study", "mood"})
A_TELLING = 8
"""So many characters beside a call tell more than that it was another one."""
_CALLS = frozenset({"contact", "carer"})


def heard(
    work: Work, draft: Draft, plans: list[ContactPlan], inbox_id: int, text: str, reply: str | None
) -> str | None:
    """Take words said to 有没有让您担心的事, or to whether they are passed on. None: they answer something else."""
    if draft.asked not in (CONCERN, PASS):
        return None
    said = worries.read(_but_calls(text))
    passes = _says(text, reply) if draft.asked == PASS else None
    if passes is not None:
        _settle(work, draft, plans, inbox_id, pass_on=passes)
        return SETTLED
    if said == worries.NONE:
        _settle(work, draft, plans, inbox_id, pass_on=False)
        return SETTLED
    if draft.asked == CONCERN and (
        _still_of_the_child(work, plans, text) or (said is None and hearing.tells_how(text))
    ):
        return None
    if said == worries.WORRY:
        _pass_on(work, draft, plans, inbox_id, *_doubted(work, draft), text)
        return SETTLED
    called = weekly.read(text).items.keys() & _CALLS  # 打完了 今晚又视频了二十分钟 is no worry
    if len(text) < SHORTEST or question_forms.asks(text) or called:
        return None
    kept = drafts.contents(work, draft)
    if "doubt" in kept:  # asked before: who says neither is not pressed, and nothing of it goes anywhere
        drafts.keep(work, draft, {**kept, "doubt": [*kept["doubt"], text]}, draft.asked)
        hearing.drop(work, draft, CONCERN)
        return SETTLED
    drafts.keep(work, draft, {**kept, "doubt": [text]}, PASS)
    asking.ask(work, draft.conversation, inbox_id, "contact.pass_on")
    return ASKED


def beside_a_call(text: str) -> bool:
    """Whether nothing of the week but a call is read, and more than a call is told: 爷爷说天宇晚上老做噩梦."""
    items = weekly.read(text).items.keys()
    return bool(items) and items <= _CALLS and len(_but_calls(text)) >= A_TELLING


def _but_calls(text: str) -> str:
    """The words without the clauses that only tell of a call: 视频是跟他奶打的 孩子睡觉了没说上话 is no worry."""
    clauses = [one for one in re.split("[,，。;；!！ ]+", text) if one]
    return " ".join(one for one in clauses if not _CALLS & weekly.read(one).items.keys())


def tapped(work: Work, draft: Draft, plans: list[ContactPlan], inbox_id: int, value: str) -> bool:
    """Settle the button under whether it is to be passed on. False: that is not asked, or is no such answer."""
    if value not in ("yes", "no") or "doubt" not in drafts.contents(work, draft):
        return False
    _settle(work, draft, plans, inbox_id, pass_on=value == "yes")
    return True


def keep(work: Work, draft: Draft | None, plans: list[ContactPlan], *said: str) -> None:
    """A worry in somebody's own words: sealed, for the child director only."""
    row = contact_plans.keep_record(work, plans[0])
    told = contact_plans.answers(work, row)
    contact_answers.keep_words(told, *said)
    told["concern"] = "talk" if told.get("concern") == "talk" else "yes"
    contact_answers.settle(work, plans[0], row, told)
    if draft is not None:
        _note_signals(work, draft, said)
        hearing.drop(work, draft, CONCERN)


def keeps_it(work: Work, conversation: str, plans: list[ContactPlan], inbox_id: int, text: str) -> None:
    """Somebody wants nobody told of it: his words are kept, what went to the director is taken back, no report is
    opened. A sign that wants a person goes to one all the same, and that is said."""
    draft = drafts.current(work, conversation, "contact")
    row = contact_plans.keep_record(work, plans[0])
    told, found = contact_plans.answers(work, row), weekly.read(text)
    if len(plans) == 1:  # of several it may be another child's
        contact_answers.read_in(told, found, plans[0].voice)
    elif found.signals:
        told["signals"] = sorted({*told.get("signals", []), *found.signals})
    grave = contact_data.gravest(tuple(told.get("signals", ())))
    stays = grave is not None and grave.level != "routine"
    worry = worries.worries(text) or told.get("concern") in ("yes", "talk", contact_answers.OWN)
    asked = draft is not None and draft.asked in (CONCERN, PASS, hearing.WORDS)
    if worry or asked:
        told["concern"] = ("yes" if stays else contact_answers.OWN) if worry else "no"
    doubted = _doubted(work, draft) if draft is not None else []
    contact_answers.keep_words(told, *doubted, text)
    contact_answers.settle(work, plans[0], row, told)
    parents.say_once(work, conversation, inbox_id, f"contact.kept_own{'.not' if stays else ''}")
    if draft is not None and (worry or asked):
        hearing.drop(work, draft, CONCERN)
        hearing.drop(work, draft, hearing.WORDS)


def taken_back(work: Work, draft: Draft, plans: list[ContactPlan], inbox_id: int, text: str) -> bool:
    """算了 没啥事, 不用找主任了, from whoever was just asked for the words of his worry. False: these are the words."""
    said = None if drafts.contents(work, draft).get("listens") else worries.read(text)
    if said == worries.OWN:
        keeps_it(work, draft.conversation, plans, inbox_id, text)
    elif said == worries.NONE:
        _settle(work, draft, plans, inbox_id, pass_on=False)
        hearing.drop(work, draft, hearing.WORDS)
    return said in (worries.OWN, worries.NONE)


def say_taken(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """Say that a worry told inside another answer goes to the child director; a signal is answered in its own words."""
    found = weekly.read(text)
    if found.items.get(CONCERN) == "yes" and not found.signals:
        parents.say_once(work, conversation, inbox_id, "contact.words_taken")


def _still_of_the_child(work: Work, plans: list[ContactPlan], text: str) -> bool:
    """Whether words at this question still answer how the child is, which was not told: they are noted there."""
    found = weekly.read(text)
    if found.items.get("concern") == "yes" or not _HOW & found.items.keys():
        return False
    told = hearing.told(work, plans)
    return any(item not in told[plan.uid] for plan in plans for item in _HOW & found.items.keys())


def _says(text: str, reply: str | None) -> bool | None:
    """Whether it is to be passed on, in so many words; None: not said."""
    said = text.strip(" 。.!！~～")
    known = (one for one in ("yes", "no") if said in texts.phrase(f"contact.said.pass.{one}").split())
    return {"yes": True, "no": False}.get(next(known, reply or ""))


def _settle(work: Work, draft: Draft, plans: list[ContactPlan], inbox_id: int, *, pass_on: bool) -> None:
    """What was not clear goes to the director as a worry, or is kept and is none."""
    said = _doubted(work, draft)
    if pass_on:
        _pass_on(work, draft, plans, inbox_id, *said)
        return
    for plan in plans:
        row = contact_plans.keep_record(work, plan)
        told = contact_plans.answers(work, row)
        if plan is plans[0]:
            contact_answers.keep_words(told, *said)
        contact_answers.settle(work, plan, row, {**told, "concern": "no"})
    hearing.drop(work, draft, CONCERN)


def _pass_on(work: Work, draft: Draft, plans: list[ContactPlan], inbox_id: int, *said: str) -> None:
    for one in said:
        if not each.heard(work, draft, plans, inbox_id, one):
            hearing.read(work, draft, plans, one)
    keep(work, draft, plans, *said)
    mailbox.say(work, draft.conversation, "contact.words_taken", reply_to=inbox_id)


def _doubted(work: Work, draft: Draft) -> list[str]:
    """What was said and not clear, in the order it was said."""
    return [str(one) for one in drafts.contents(work, draft).get("doubt", ())]


def _note_signals(work: Work, draft: Draft, said: tuple[str, ...]) -> None:
    signals = [signal for one in said for signal in weekly.read(one).signals]
    drafts.keep(work, draft, {**drafts.contents(work, draft), "signals": signals}, draft.asked)
