"""When a report came in, as people say it who look for it: 昨晚, 今早, 前天下午.

Any text is taken; nothing here raises.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.reading.wordings import Wordings

_says = Wordings("case_words.txt")
_SPANS = (
    ("last_night", (-1, 17), (0, 9)),
    ("before_yesterday", (-2, 0), (-1, 0)),
    ("yesterday", (-1, 0), (0, 0)),
    ("this_morning", (0, 4), (0, 12)),
    ("afternoon", (0, 12), (0, 19)),
    ("today", (0, 0), (1, 0)),
)
"""From which hour of which day to which, counted from today; the first that is said counts."""


def hours(text: str, now: datetime) -> tuple[datetime, datetime] | None:
    """From when to when it was, before the moment `now`, which has a zone; None: no time is named."""
    found = next((span for span in _SPANS if _says(span[0], text)), None)
    if found is None:
        return None
    day = datetime.combine(now.date(), time(), now.tzinfo)
    begin, end = (day + timedelta(days=days, hours=hour) for days, hour in found[1:])
    return begin, end
