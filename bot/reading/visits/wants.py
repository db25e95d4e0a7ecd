"""What is wanted at a home, and who sees to it until when, as it is told clause by clause.

Works on the clauses of one telling of a visit (`bot/reading/visits/visiting.py`); nothing here raises.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bot.reading.visits import following
from bot.reading.visits.sections import has, hazards, how, section_of
from bot.reading.wordings import Wordings

_says = Wordings("need_told.txt")
A_THING = 10
"""A longer clause that tells no trouble is no mere thing to be seen to."""


@dataclass
class Wants:
    """What is wanted, and who sees to it until when; `plans`: the words that say so, which name no day of a visit."""

    on: date
    needs: list[str] = field(default_factory=list)
    follow: dict[str, following.Follow] = field(default_factory=dict)
    plans: list[str] = field(default_factory=list)
    before: str = ""

    def takes(self, clause: str) -> bool:
        """Take a clause that tells a need, or who sees to the one told before; to what is hard there as well."""
        if _says.whole("orders", clause):
            return True  # 给我记上 tells nothing, and what was told before it is still that
        if self.needs and _says.whole("help_with_it", clause):
            self._with_more(clause)
            return True
        what, plan = following.found(clause, self.on) or (clause, None)
        before = self.follow.get(self.needs[-1]) if self.needs else None
        if plan is None and before is not None and before.due is None:  # 我领着去县里办，下周四
            plan = following.day_alone(clause, self.on)
            what = "" if plan is not None else what
        told = self._told(what, plan)
        if plan is not None and (told if what else told or self.needs):
            self.needs += [told] if told and told not in self.needs else []
            need = told or self.needs[-1]
            self.follow[need] = following.both(self.follow.get(need), plan)
            self.plans.append(clause.removeprefix(what))
            return True
        if plan is not None and plan.who and plan.due is not None:
            self.plans.append(clause)  # whatever it is about, that day is none of a visit
        if wanted := has("need", clause):
            self.needs.append(clause)
        self.before = clause
        return wanted

    def _with_more(self, clause: str) -> None:
        """想要双棉鞋 得帮着申请: one need, not two."""
        need = f"{self.needs[-1]}，{clause}"
        if self.needs[-1] in self.follow:
            self.follow[need] = self.follow.pop(self.needs[-1])
        self.needs[-1] = need

    def _told(self, what: str, plan: following.Follow | None) -> str:
        """The need a clause tells, else the trouble or the thing told just before it; "": neither."""
        given = plan is not None and (plan.who not in ("", following.ME) or plan.due is not None)
        if what:
            return what if is_trouble(what) else following.bare(what) if given and is_thing(what) else ""
        if self.before in self.needs:
            return ""
        trouble = bool(self.before) and is_trouble(self.before)
        if trouble:
            return self.before
        return following.bare(self.before) if given and is_thing(self.before) else ""


def is_thing(clause: str) -> bool:
    """Whether a clause only names something of a home that can be seen to: 炉子, 学费这块."""
    return 0 < len(clause) <= A_THING and section_of(clause) is not None and how(clause) != "normal"


def is_trouble(what: str) -> bool:
    """Whether a clause tells something that is wanted, or hard."""
    return has("need", what) or how(what) == "difficulty" or bool(hazards(what))
