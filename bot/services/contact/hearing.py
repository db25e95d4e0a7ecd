"""Hearing answers: a tap, a bare yes or no, the words of a button, one breath with several answers; each goes into the
records it is about, and what is answered is not asked again.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from bot import texts
from bot.care import contact_data
from bot.reading.contact import weekly
from bot.services import drafts
from bot.services.contact import answers as contact_answers
from bot.services.contact import plans as contact_plans
from bot.services.contact import questions as contact_questions
from bot.services.work import Work
from bot.storage.tables import ContactPlan, Draft

YES_NO = ("contact", "carer", "concern", "calls")
NOT_SAID = ("unsure", "skip")
WORDS = "words"
_HOW_A_CHILD_IS = frozenset({"life", "study", "mood"})


def told(work: Work, plans: list[ContactPlan]) -> dict[str, dict[str, Any]]:
    """The answers of this week by uid of the plan."""
    return {plan.uid: contact_plans.answers(work, contact_plans.keep_record(work, plan)) for plan in plans}


def tapped(work: Work, draft: Draft, plans: list[ContactPlan], field: str, value: str) -> bool:
    """One tapped answer, for the child it is about or for all of them. False: no such question or value here."""
    known = {one.id: one for one in contact_questions.of_voice(plans[0])}
    if field not in known or value not in known[field].values:
        return False
    kept = drafts.contents(work, draft)
    target = next((uid for question, uid in kept["left"] if question == field), plans[0].uid)
    for plan in plans:
        if plan.uid == target or field not in contact_questions.PER_CHILD:
            row = contact_plans.keep_record(work, plan)
            noted, touched = contact_plans.answers(work, row), kept["touched"].setdefault(plan.uid, [])
            contact_answers.tapped(noted, field, value, touched)
            contact_answers.settle(work, plan, row, noted)
            done = field != "how" or set(touched) >= set(known[field].fills)
            if done or contact_questions.answered(known[field], noted):
                each = plan.uid if field in contact_questions.PER_CHILD else None
                kept["left"] = [one for one in kept["left"] if one[0] != field or each not in (None, one[1])]
    if field == "concern" and value == "yes":
        kept["left"].insert(0, [WORDS, ""])
    kept["missed"] = 0
    drafts.keep(work, draft, kept, draft.asked)
    return True


def typed_label(work: Work, draft: Draft, plans: list[ContactPlan], text: str) -> bool:
    """What stands on a button of a question that is still open, typed: as good as the tap."""
    kept, said = drafts.contents(work, draft), text.strip(" 。.!！~～")
    for question, uid in kept["left"]:
        plan = next((one for one in plans if one.uid == uid), None)
        if plan is None:
            continue
        buttons = contact_questions.choices(work, plan, question, kept["touched"].get(uid, []))
        value = next((value.partition("=")[2] for label, value, *_ in buttons if label == said), "")
        if value and value != said:
            return tapped(work, draft, plans, question, value)
    return False


def plain(work: Work, draft: Draft, plans: list[ContactPlan], asked: str, text: str) -> bool:
    """One or two words that answer the open question and mean nothing by themselves: 还行, 挺好."""
    known = {one.id: one for one in contact_questions.of_voice(plans[0])}
    said = text.strip(" 。.!！~～")
    for value in known[asked].values if asked in known else ():
        key = f"contact.said.{asked}.{value}"
        if texts.known(key) and said in texts.phrase(key).split():
            return tapped(work, draft, plans, asked, value)
    return False


def bare(work: Work, draft: Draft, plans: list[ContactPlan], asked: str, reply: str | None) -> bool:
    """A bare yes, no or 不知道 to the open question."""
    if asked in YES_NO and reply in ("yes", "no"):
        if asked == "contact" and reply == "yes":
            for plan in plans:
                row = contact_plans.keep_record(work, plan)
                contact_answers.settle(work, plan, row, {**contact_plans.answers(work, row), "contact": "yes"})
            return drop(work, draft, asked)
        return tapped(work, draft, plans, asked, reply)
    if reply in NOT_SAID and asked:
        if asked == "how":
            return tapped(work, draft, plans, asked, "unsure")
        return drop(work, draft, asked)
    return False


def grave_signs(text: str) -> bool:
    """Whether a sign that a person should look at is told (contact_prompts.md §6)."""
    signal = contact_data.gravest(weekly.read(text).signals)
    return signal is not None and signal.level != "routine"


def tells_how(text: str) -> bool:
    """Whether it is told how the child is."""
    return bool(_HOW_A_CHILD_IS.intersection(weekly.read(text).items))


def keep_words(work: Work, plan: ContactPlan, text: str) -> None:
    """What answers nothing stays with the week in his own words."""
    row = contact_plans.keep_record(work, plan)
    noted = contact_plans.answers(work, row)
    contact_answers.keep_words(noted, text)
    contact_plans.keep_answers(work, row, noted)


def still_left(work: Work, plans: list[ContactPlan], kept: dict[str, Any]) -> list[Any]:
    """The questions of a talk that nothing told so far has answered."""
    still = contact_questions.left(plans, told(work, plans))
    return [one for one in kept["left"] if one in still or one[0] == WORDS]


def drop(work: Work, draft: Draft, question: str) -> bool:
    """A question is not asked again in this talk."""
    kept = drafts.contents(work, draft)
    kept["left"] = [one for one in kept["left"] if one[0] != question]
    drafts.keep(work, draft, kept, draft.asked)
    return True


def read(work: Work, draft: Draft, plans: list[ContactPlan], text: str) -> bool | None:
    """Take what a message tells of the week into every record it is about. None: it tells nothing."""
    found = weekly.read(text)
    found = weekly.of_the_carer(found, text) if draft.asked == "carer" else found
    if not found.tells:
        return None
    for plan in plans:
        row = contact_plans.keep_record(work, plan)
        noted = contact_plans.answers(work, row)
        contact_answers.read_in(noted, found, plan.voice)
        grave = plan.voice == contact_plans.PARENT and grave_signs(text)
        if grave and noted.get("concern") in (None, "no"):
            noted["concern"] = "yes"  # 孩子不吃饭 老哭 is a worry told, with its words
        if plan is plans[0] and noted.get("concern") == "yes" and (grave or found.items.get("concern") == "yes"):
            contact_answers.keep_words(noted, text)  # the worry itself, for whoever it goes to
        if plan is plans[0] and found.items.get("mood") == "unsure":
            contact_answers.keep_words(noted, text)  # what he saw of it, for whoever looks
        contact_answers.settle(work, plan, row, noted)
    if draft.asked == "how" and found.general is not None:
        _touch(work, draft, plans, found.items)  # 挺好 就是学习跟不上: what was told by itself stays as told
        tapped(work, draft, plans, "how", found.general)
    kept = drafts.contents(work, draft)
    if draft.asked != "how":  # asked for later: only about the rest, and 别的都挺好 leaves what was told as it is
        drafts.keep(work, draft, {**kept, "general": kept.get("general") or found.general}, draft.asked)
        kept = _touch(work, draft, plans, found.items)
    kept["left"] = still_left(work, plans, kept)
    if draft.asked == "how" and _HOW_A_CHILD_IS.intersection(found.items):
        # Some of it was told in the person's own words: asked again in the same words it would seem unheard.
        kept["left"] = [one for one in kept["left"] if one[0] != "how"]
    kept["missed"], kept["signals"] = 0, list(found.signals)
    drafts.keep(work, draft, kept, draft.asked)
    return True


def _touch(work: Work, draft: Draft, plans: list[ContactPlan], items: Container[str]) -> dict[str, Any]:
    """What of 怎么样 was told by itself: no word for the rest changes it. Returns what is kept of the talk now."""
    kept = drafts.contents(work, draft)
    for plan in plans:
        before = kept["touched"].get(plan.uid, [])
        kept["touched"][plan.uid] = sorted({*before, *(item for item in _HOW_A_CHILD_IS if item in items)})
    drafts.keep(work, draft, kept, draft.asked)
    return kept
