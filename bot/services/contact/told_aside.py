"""What somebody who joined, or is about to, tells of the week beside something else: it counts as told (§3)."""

from __future__ import annotations

from datetime import datetime

from bot.care import contact_data
from bot.reading.contact import weekly
from bot.services.contact import answers as contact_answers
from bot.services.contact import plans as contact_plans
from bot.services.work import Work
from bot.storage.tables import ContactPlan

OF_A_CHILD = ("孩子", "娃", "闺女", "儿子", "丫头", "小子", "姑娘")
OF_THE_WEEK = frozenset({"contact", "carer", "life", "study", "mood", "calls"})


def tells(text: str) -> bool:
    """Whether a message tells of the week: 昨晚视频了, 跟他奶也唠了两句. 烦死了 may be of himself: none of it."""
    found = weekly.read(text)
    grave = contact_data.gravest(found.signals)
    of_the_child = found.general is not None and any(one in text for one in OF_A_CHILD)
    return bool(OF_THE_WEEK & found.items.keys()) or of_the_child or (grave is not None and grave.level != "routine")


def keep(work: Work, plans: list[ContactPlan], text: str, at: datetime | None = None) -> bool:
    """Note it for the only child, or what holds for each of several, in the week of a moment (now). False: nothing of
    the week is told."""
    if not plans or not tells(text):
        return False
    found = weekly.read(text)
    for plan in plans:
        row = contact_plans.keep_record(work, plan, at)
        told = contact_plans.answers(work, row)
        if len(plans) == 1:  # of several it may be another child's
            contact_answers.read_in(told, found, plan.voice)
        contact_answers.keep_words(told, text)
        contact_answers.settle(work, plan, row, told)
    return True
