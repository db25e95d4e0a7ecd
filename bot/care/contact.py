"""The next step with a parent far away: a question, a rung of the silence ladder, or nothing. It never blames.

Source: WBF-23, JTJY-20/21/48, JL-3.4.c, JL-3.8.k; the order of contact_prompts.md §4a. All numbers but the week are
PROPOSED (parameters.yml).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.care import calendar, contact_data, parameters, weeks
from bot.care.contact_history import History, ThisWeek, moment, read

SYSTEM, DIRECTOR, SUPERVISOR, PARENT = "system", "child_director", "child_supervisor", "parent_guardian"


@dataclass(frozen=True)
class Step:
    """What is due next. `due` is a moment, a day, or None when nothing is; `keys` are natural keys, one per child."""

    step: str
    reason: str
    actor: str | None = None
    due: datetime | date | None = None
    keys: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The keys under `expect` in contact_cases.yml; moments as minutes of Asia/Shanghai."""
        due = self.due
        if isinstance(due, datetime):
            written: str | None = calendar.local(due).strftime("%Y-%m-%dT%H:%M")
        else:
            written = due.isoformat() if due else None
        return {
            "step": self.step,
            "actor": self.actor,
            "due": written,
            "key": list(self.keys) or None,
            "reason": self.reason,
        }


def next_step(history: Mapping[str, Any], now: datetime) -> Step:
    """What is due next with this parent at `now`; `step` is "none" when nothing is.

    `history` has the keys of contact_cases.yml#meta.input (and `chosen.zone`, the parent's own time zone); `now` and
    moments without a zone are Asia/Shanghai. The first rule of the order that applies decides. Raises ValueError
    naming a key that is missing or wrong.
    """
    known, now = read(history), moment("now", now)
    for rule in ORDER:
        step = rule(known, now)
        if step is not None:
            return step
    return _of_this_week(known, now)


def _emergency(known: History, now: datetime) -> Step | None:
    if "urgent_words" in known.said:
        return Step("emergency_p1", "urgent_words", SYSTEM, now)
    if "child_unattended" in known.said:
        return Step("emergency_e3", "child_unattended", SYSTEM, now)
    return None


def _low_for_long(known: History, now: datetime) -> Step | None:
    many = int(parameters.number("contact.mood_low.task_after"))
    if not _low(known, many):
        return None
    days = timedelta(days=contact_data.amount("mood_low.task_within"))
    return Step("director_task", f"mood_low_{many}", DIRECTOR, now.date() + days, _keys("mood_task", known, now))


def _forbidden(known: History, now: datetime) -> Step | None:
    return None if known.prompt_allowed else Step("none", "prompt_forbidden")


def _told_of_silence(known: History, now: datetime) -> Step | None:
    reason = "no_contact_by_child_or_carer"
    if reason not in known.said or known.open_task != "none":
        return None
    return Step("director_task", reason, DIRECTOR, now.date(), _keys("contact_task", known, now))


def _unanswered_notice(known: History, now: datetime) -> Step | None:
    notice = known.abnormality
    if notice is None:
        return None
    if notice.director_called:
        if notice.acted != "no":
            return None
        return Step("tell_supervisor", "abnormality_no_action", SUPERVISOR, _workdays(now, "supervisor_task.within"))
    late = _reply_due(notice.sent_at)
    if notice.replied or now < late:
        return None
    return Step("director_calls", "abnormality_no_reply", DIRECTOR, late)


def _lost(known: History, now: datetime) -> Step | None:
    if not known.all_numbers_failed or known.family_reaches:
        return None
    due = _workdays(now, "lost_contact.record_within")
    return Step("lost_contact_record", "all_numbers_failed", DIRECTOR, due, _keys("lost_contact", known, now))


def _missed_weeks(known: History, now: datetime) -> Step | None:
    if _confirmed(known) or known.other_parent_covers:
        return None
    missed = _missed(known)
    many = int(parameters.number("contact.missed_weeks.to_supervisor"))
    if missed >= many and known.open_task != SUPERVISOR:
        due, keys = _workdays(now, "supervisor_task.within"), _keys("contact_supervisor", known, now)
        return Step("supervisor_task", f"missed_weeks_{many}", SUPERVISOR, due, keys)
    some = int(parameters.number("contact.missed_weeks.to_child_director"))
    if missed >= some and known.open_task == "none":
        return _director(known, now, f"missed_weeks_{some}")
    return None


def _low_mood(known: History, now: datetime) -> Step | None:
    some = int(parameters.number("contact.mood_low.question_after"))
    if not _low(known, some):
        return None
    return Step("ask_talk_with_director", f"mood_low_{some}", SYSTEM, calendar.next_allowed(now, known.zone))


def _nothing_to_ask(known: History, now: datetime) -> Step | None:
    if known.stopped:
        return Step("none", "stopped")
    return Step("none", "confirmed_this_week") if _confirmed(known) else None


def _waiting(known: History, now: datetime) -> Step | None:
    notice = known.abnormality
    if notice is None or notice.replied or now >= _reply_due(notice.sent_at):
        return None
    return Step("wait_for_reply", "abnormality_notice", PARENT, _reply_due(notice.sent_at))


# The order decides (contact_prompts.md §4a): a danger stands before everything, a staff decision before the ladder.
ORDER: tuple[Callable[[History, datetime], Step | None], ...] = (
    _emergency,
    _low_for_long,
    _forbidden,
    _told_of_silence,
    _unanswered_notice,
    _lost,
    _missed_weeks,
    _low_mood,
    _nothing_to_ask,
    _waiting,
)


def _of_this_week(known: History, now: datetime) -> Step:
    week = known.this_week
    if week is None or (week.prompted_at is None and week.answer == "none"):
        return _first(known, now)
    if week.answer == "half_done":
        return Step("none", "half_done_editable_all_week")
    if week.answer == "not_contacted":
        if week.remind_at is None:
            return Step("none", "no_reminder_wanted")
        return _sent("friendly_reprompt", "asked_for_later", known, now, week.remind_at)
    if week.delivered != "yes":
        return _undelivered(known, now, week.delivered)
    return _repeat(known, now, week)


def _first(known: History, now: datetime) -> Step:
    planned = weeks.at(now, known.weekday, known.clock, known.zone)
    if known.dialogue_open and now >= planned:
        return _sent("prompt_after_dialogue", "dialogue_open", known, now, now)
    if _missed(known):
        return _sent("softer_prompt", "missed_last_week", known, now, planned)
    return _sent("prompt", "weekly", known, now, planned)


def _undelivered(known: History, now: datetime, how: str) -> Step:
    if known.other_channel:
        return _sent("other_channel", f"not_delivered_{how}", known, now, now)
    return Step("none", "task_open") if known.open_task != "none" else _director(known, now, f"unreachable_{how}")


def _repeat(known: History, now: datetime, week: ThisWeek) -> Step:
    used = Step("none", "repeats_used")
    after = parameters.value("contact.prompt.repeat_after").value
    if week.prompted_at is None or week.repeats >= len(after):
        return used
    planned = week.prompted_at + timedelta(hours=after[week.repeats])
    step = _sent("repeat", "no_answer", known, now, planned)
    return used if step.step == "none" else step


def _sent(step: str, reason: str, known: History, now: datetime, planned: datetime) -> Step:
    """A message at its hour, or now if that is past; never in the quiet hours there, never after the week."""
    due = calendar.next_allowed(max(planned, now), known.zone)
    if due >= weeks.end(now):
        return Step("none", "week_over")
    return Step(step, reason, SYSTEM, due, _keys("contact", known, now))


def _director(known: History, now: datetime, reason: str) -> Step:
    due = _workdays(now, "director_task.within")
    return Step("director_task", reason, DIRECTOR, due, _keys("contact_task", known, now))


def _confirmed(known: History) -> bool:
    return known.director_recorded or (known.this_week is not None and known.this_week.answer == "contacted")


def _missed(known: History) -> int:
    """How many weeks in a row, up to the last, ended without anybody confirming contact."""
    count = 0
    for week in reversed(known.past_weeks):
        if week != "none":
            break
        count += 1
    return count


def _low(known: History, many: int) -> bool:
    last = known.moods[-many:]
    return len(last) == many and set(last) == {"low"}


def _reply_due(sent_at: datetime) -> datetime:
    return sent_at + timedelta(hours=parameters.number("contact.abnormality_notice.parent_reply_within"))


def _workdays(now: datetime, key: str) -> date:
    return calendar.add_workdays(now.date(), int(parameters.number(f"contact.{key}"))).day


def _keys(kind: str, known: History, now: datetime) -> tuple[str, ...]:
    return tuple(f"{kind}:{known.parent}:{child}:{weeks.named(now)}" for child in known.children)
