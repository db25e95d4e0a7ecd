from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care import calendar

MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - zone given


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=calendar.ZONE)


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [("2026-11-23T20:59", False), ("2026-11-23T21:00", True), ("2026-11-24T07:59", True), ("2026-11-24T08:00", False)],
)
def test_quiet_hours_begin_at_nine_and_end_at_eight(moment: str, quiet: bool) -> None:
    assert calendar.is_quiet(_at(moment)) is quiet


def test_quiet_hours_are_those_of_shanghai_whatever_zone_the_moment_comes_in() -> None:
    assert calendar.is_quiet(datetime(2026, 11, 23, 14, 0, tzinfo=UTC))
    assert not calendar.is_quiet(datetime(2026, 11, 23, 2, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        ("2026-11-23T23:40", "2026-11-24T08:00"),
        ("2026-11-24T02:15", "2026-11-24T08:00"),
        ("2026-12-31T21:00", "2027-01-01T08:00"),
        ("2026-11-24T12:00", "2026-11-24T12:00"),
    ],
)
def test_the_next_allowed_moment_is_the_end_of_the_quiet_hours(moment: str, allowed: str) -> None:
    assert calendar.next_allowed(_at(moment)) == _at(allowed)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-23T10:00", 4, "2026-11-23T14:00"),
        ("2026-11-23T10:00", 12, "2026-11-24T09:00"),
        ("2026-11-23T20:00", 1, "2026-11-23T21:00"),
        ("2026-11-23T23:00", 4, "2026-11-24T12:00"),
        ("2026-11-23T10:00", 30, "2026-11-25T14:00"),
    ],
)
def test_open_hours_count_only_outside_quiet_hours(start: str, hours: int, end: str) -> None:
    assert calendar.add_open_hours(_at(start), hours) == _at(end)


@given(MOMENTS, st.integers(0, 40))
def test_open_hours_agree_with_counting_minute_by_minute(start: datetime, hours: int) -> None:
    at = calendar.next_allowed(start.replace(second=0, microsecond=0))
    end = calendar.add_open_hours(at, hours)
    minutes = int((end - at) / timedelta(minutes=1))
    open_minutes = sum(not calendar.is_quiet(at + timedelta(minutes=minute)) for minute in range(minutes))
    assert open_minutes == hours * 60


@pytest.mark.parametrize(
    ("begin", "end", "quiet_at", "open_at"),
    [(time(12), time(14), "2026-11-23T13:00", "2026-11-23T15:00"), (time(8), time(8), None, "2026-11-23T08:00")],
)
def test_an_operator_may_move_the_quiet_hours_into_one_day_or_do_without(
    monkeypatch: pytest.MonkeyPatch, begin: time, end: time, quiet_at: str | None, open_at: str
) -> None:
    monkeypatch.setattr(calendar, "quiet", lambda: (begin, end))
    assert not calendar.is_quiet(_at(open_at))
    assert quiet_at is None or calendar.next_allowed(_at(quiet_at)) == _at("2026-11-23T14:00")
    day = timedelta(days=1) - (datetime.combine(date.min, end) - datetime.combine(date.min, begin))
    assert calendar.add_open_hours(_at("2026-11-23T15:00"), day / timedelta(hours=1)) == _at("2026-11-24T15:00")


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        calendar.is_quiet(datetime(2026, 11, 23, 10, 0))  # noqa: DTZ001 - naive on purpose


def test_a_shifted_saturday_is_a_workday_and_a_holiday_monday_is_not() -> None:
    assert calendar.is_workday(date(2026, 10, 10)) == (True, True)
    assert calendar.is_workday(date(2026, 10, 5)) == (False, True)


def test_workdays_are_counted_over_a_holiday_week() -> None:
    assert calendar.add_workdays(date(2026, 9, 30), 3) == calendar.Workday(date(2026, 10, 10), known=True)
    assert calendar.add_workdays(date(2026, 11, 23), 5) == calendar.Workday(date(2026, 11, 30), known=True)
    assert calendar.add_workdays(date(2026, 11, 22), 0).day == date(2026, 11, 22)


def test_a_year_whose_arrangement_is_not_known_counts_monday_to_friday_and_says_so() -> None:
    assert calendar.add_workdays(date(2099, 1, 2), 1) == calendar.Workday(date(2099, 1, 5), known=False)


def test_workdays_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forward"):
        calendar.add_workdays(date(2026, 11, 23), -1)


def test_what_is_written_down_goes_before_the_shipped_calendar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "_written", lambda: ({date(2027, 2, 8): False, date(2027, 2, 20): True}, {2027}))
    assert calendar.is_workday(date(2027, 2, 8)) == (False, True)
    assert calendar.is_workday(date(2027, 2, 20)) == (True, True)
    assert calendar.is_workday(date(2027, 3, 1)) == (True, True)
    assert calendar.is_workday(date(2028, 3, 1)) == (True, False)


@pytest.mark.parametrize(
    ("day", "count", "later", "clamped"),
    [
        ("2026-08-31", 3, "2026-11-30", True),
        ("2028-01-31", 1, "2028-02-29", True),
        ("2026-12-31", 1, "2027-01-31", False),
        ("2026-02-28", 1, "2026-03-28", False),
        ("2008-02-29", 216, "2026-02-28", True),
    ],
)
def test_months_later_is_the_same_day_or_else_the_last_one(day: str, count: int, later: str, clamped: bool) -> None:
    assert calendar.add_months(date.fromisoformat(day), count) == (date.fromisoformat(later), clamped)


def _as_the_second_library_has_it(line: str) -> tuple[int, str, list[str]]:
    year, kind, *days = line.split()
    return int(year), kind, days


@pytest.mark.parametrize(
    ("year", "kind", "days"),
    [
        _as_the_second_library_has_it(line)
        for line in (Path(__file__).parent / "workdays_second.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ],
)
def test_workdays_of_announced_years_are_those_of_a_second_library(year: int, kind: str, days: list[str]) -> None:
    ours = []
    for number in range(366):
        day = date(year, 1, 1) + timedelta(days=number)
        works, known = calendar.is_workday(day)
        if day.year == year and works != (day.weekday() < calendar.SATURDAY):
            assert known
            ours += [f"{day:%m%d}"] if works == (kind == "work") else []
    assert ours == days
