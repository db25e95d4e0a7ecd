"""What a morning must say, counted by the year's checker: by visits.md and the calendar alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from bot import texts
from bot.care import calendar


@dataclass
class Late:
    """What a morning must say to one account: late homes it visits, those that have gone up to it, needs come due."""

    own: set[str] = field(default_factory=set)
    raised: set[str] = field(default_factory=set)
    needs: int = 0

    def said(self, on: date) -> str:
        """In the words of a message that names homes to visit."""
        counts = {"late": len(self.own), "raised": len(self.raised), "needs_too": self.needs}
        found = [texts.phrase(f"visits.digest.{name}").format(count=count) for name, count in counts.items() if count]
        return "".join([*found, unknown_year(on)])


def until(on: date) -> date:
    """The last day before the next workday: a morning speaks for the days until then."""
    last = on
    while not calendar.is_workday(last + timedelta(days=1))[0]:
        last += timedelta(days=1)
    return last


def unknown_year(on: date) -> str:
    """What is added in a year whose holidays nobody has announced."""
    return "" if calendar.is_workday(on)[1] else texts.phrase("visits.digest.year_unknown").format(year=on.year)
