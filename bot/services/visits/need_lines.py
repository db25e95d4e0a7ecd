"""Needs of a visit in words, as they stand now: what, who sees to it, until when, or what became of it."""

from __future__ import annotations

from collections.abc import Iterable

from bot import texts
from bot.services.staff import accounts
from bot.services.visits import need_days, need_keeping
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Visit, VisitNeed


def of_visits(work: Work, visits: Iterable[Visit]) -> list[str]:
    """A line for each need heard at these visits; one that children of a home share is said once."""
    return list(dict.fromkeys(line(work, need) for need in need_keeping.of_visits(work, visits)))


def line(work: Work, need: VisitNeed) -> str:
    """One need: 炉子坏了：镇民政办去办，王主任跟进，12月4日前回音."""
    what = need_keeping.what(work, need)
    if need.state != need_days.OPEN:
        return texts.phrase("needs.told.over").format(what=what, outcome=texts.phrase(f"needs.outcome.{need.state}"))
    doer = need_keeping.doer(work, need)
    follows = texts.phrase("needs.follows.doer" if doer else "needs.follows")
    late = ".late" if need.due < work.today else ""
    when = texts.phrase(f"needs.when{late}").format(date=visit_words.day(need.due))
    owner = follows.format(owners=accounts.label(work, need.owner), doer=doer)
    return texts.phrase("needs.told").format(what=what, owner=owner, when=when)
