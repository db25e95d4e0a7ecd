"""What typed words mean while somebody joins: yes or no, a weekday, an hour, a country, the time of day over there."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from bot import texts
from bot.care import calendar, contact_data
from bot.reading.measures import clocks
from bot.reading.talk import answers as short
from bot.reading.talk import no_answer, question_forms

HOURS = ("07:30", "12:30", "19:00", "20:30")
SEVERAL = ("usa", "russia", "canada", "australia")
"""Countries with more than one local time: which part of it is asked next."""
USUAL, PLACE = "usual", "place:"
LAST_EVENING = 8
"""The last full hour that, said by itself, is one of the evening: at nine nobody is written to any more."""
_DENIED = re.compile(
    "^(?:就|可|也)?(?:不是|别|不要|不用)|记成|写成|弄成|整成|不到|以前|之前|(?:以后|之后)才?(?:下班|收工|回)"
)
_EVENING = re.compile("晚上|晚间|下午|傍晚")
USUAL_DAY = 4
LONGEST_NAME = 8
"""Longer words that ask something are no name."""
HALF, DAY = 12, 24


def read(asked: str, text: str, reply: str | None, now: datetime) -> str | None:
    """The value a typed answer stands for; None: it is not clear. `now`: for the time of day somewhere else."""
    if asked in ("consent", "simple"):
        each = {short.short_answer(one) for one in text.split()}
        reply = "yes" if reply is None and each == {"yes"} else reply  # 行 同意
        return {"yes": "yes", "no": "no"}.get(reply or "")
    if asked == "called":
        as_before = (
            reply in ("skip", "unsure", "no", "yes") or text.strip() in texts.phrase("join.called.usual").split()
        )
        if as_before or no_answer.whole(text) == no_answer.AGREES:
            return USUAL
        return None if len(text) > LONGEST_NAME and question_forms.asks(text) else clocks.called(text)
    if asked in ("country", "clock"):
        return _country(text) or (_offset(text, now) if asked == "clock" else None)
    country = _country(text) if asked == "hour" else None
    if country is not None:
        return PLACE + country
    if asked == "hour" and any(word in text for word in texts.phrase("join.abroad.words").split()):
        return "abroad"
    if reply in ("skip", "unsure", "yes"):
        return USUAL
    if asked == "day":
        return _day(text)
    said = [(word, hour) for hour in HOURS for word in texts.phrase(_key(hour)).split() if word in text]
    hour = max(said, key=lambda one: len(one[0]), default=("", None))[1]
    return hour_told(text) or _any_hour(text, text) or hour or (USUAL if clocks.leaves_it_to_us(text) else None)


def hour_told(text: str) -> str | None:
    """The hour on the clock told beside a day, or in the place of one that is denied: 是晚上八点 不是七点 → 20:00."""
    clauses = [one for one in re.split("[,，。;；!！ ]+", text) if one]
    return next((hour for one in clauses if not _DENIED.search(one) and (hour := _any_hour(one, text))), None)


def at_night(hour: str) -> bool:
    """Whether nobody is written to at that hour."""
    begins, ends = calendar.quiet()
    return clocks.is_one(hour) and hour not in HOURS and not f"{ends:%H:%M}" <= hour < f"{begins:%H:%M}"


def night() -> dict[str, str]:
    """When it begins and ends, as it is said."""
    begins, ends = calendar.quiet()
    return {"begins": f"{begins:%H:%M}", "ends": f"{ends:%H:%M}"}


def _day(text: str) -> str | None:
    """The weekday told, or the usual one of whom every day suits: 周几都行. A day that does not suit is none."""
    days = texts.phrase("join.days").split()
    left_out, said = clocks.does_not_suit(text), clocks.our_weekdays(text)
    told = [str(number) for number, day in enumerate(days, 1) if day in said and day not in left_out]
    if told:
        return told[0]
    return USUAL if clocks.leaves_it_to_us(text) and days[USUAL_DAY - 1] not in left_out else None


def spoken(hour: str) -> str:
    """An hour as its button says it (晚上七点); another one as on a clock."""
    return texts.phrase(_key(hour)).split()[0] if hour in HOURS else hour


def _key(hour: str) -> str:
    """The words people say for an hour."""
    return f"join.hour.{hour.replace(':', '')}"


def _country(text: str) -> str | None:
    found = [
        (word, one)
        for one in (*contact_data.zones(), *SEVERAL)
        for word in texts.phrase(f"join.zone.{one}").split()
        if word in text
    ]
    return max(found, key=lambda pair: len(pair[0]))[1] if found else None


def _offset(text: str, now: datetime) -> str | None:
    """The time of day told, as the offset from UTC it means: utc+9, utc-5. None: none is told, or not which half of
    the day."""
    there, ours = clocks.time_of_day(text), now.utcoffset()
    if there is None or not there.sure or ours is None:
        return None
    ahead = round((now.replace(hour=there.hour, minute=there.minute) - now + ours) / timedelta(hours=1))
    return f"utc{(ahead + HALF) % DAY - HALF:+d}"


def _any_hour(said: str, whole: str) -> str | None:
    """The hour on the clock; one of which no half of the day is said is taken in the waking hours after work: 八点 is
    in the evening, 九点 in the morning, unless the `whole` names the evening."""
    told = clocks.time_of_day(said)
    if told is None:
        return None
    late = _EVENING.search(whole) is not None and told.hour < HALF
    evening = HALF if not told.sure and (late or 0 < told.hour <= LAST_EVENING) else 0
    return f"{told.hour + evening:02d}:{told.minute:02d}"


def zone(named: str) -> str | None:
    """The time zone of a country chosen, or of an offset told; None for none."""
    if named.startswith("utc"):
        ahead = int(named.removeprefix("utc"))
        return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"
    return contact_data.zones().get(named)
