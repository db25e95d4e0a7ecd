"""Faults planted in the product, one a small year: the checkers of both years must find each, or they prove nothing.

python -m tests.measuring.planted [fault …]
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import update

from bot.care import calendar, visit_days
from bot.services.contact import answers, rungs, sending
from bot.services.register import finding, moving
from bot.services.visits import digests, need_days, need_keeping, visitors
from bot.services.visits import plans as planning
from bot.storage.database import Database, open_vault
from bot.storage.migrate import upgrade
from bot.storage.tables import Responsibility, VisitNeed
from tests.builders import World
from tests.conftest import Hands, in_memory
from tests.measuring.telling import say
from tests.services import contact_story, visit_story
from tests.services.cases import TOWNSHIP
from tests.services.contact_checker import Checker

DAYS, HOMES, FAMILIES, WEEKS, SEED = 240, 15, 28, 11, 20260105
Lived = Callable[[World, Hands], None]
Planted = AbstractContextManager[object]


def visits(world: World, hands: Hands) -> None:
    """The mornings of a township."""
    year = visit_story.Year(world, hands, random.Random(SEED))
    year.build([TOWNSHIP], HOMES)
    visit_story.live(year, DAYS)


def contact(world: World, hands: Hands) -> None:
    """The weeks of some families; half of them answer in chat."""
    year = contact_story.Year(world, hands, FAMILIES, WEEKS, SEED, timedelta(hours=12), talking=2)
    year.run()
    Checker(year).check()


def somebody_is_not_told() -> Planted:
    """A morning's message to one account is missing."""
    right = digests._by_account

    def wrong(*given: Any) -> Any:
        found = right(*given)
        found.pop(min(found, default=None), None)
        return found

    return patch.object(digests, "_by_account", wrong)


def who_is_away_is_told() -> Planted:
    """The deputy of somebody away is not known."""
    right = visitors.people_of
    return patch.object(visitors, "people_of", lambda work, area, on: right(work, area, on - timedelta(days=400)))


def nobody_answers_after_a_move() -> Planted:
    """Whoever takes over after a move answers until a day only."""
    right = moving._carry_out

    def wrong(work: Any, movers: Any, to: Any, by: Any) -> None:
        right(work, movers, to, by)
        open_ended = (Responsibility.child == movers[0].uid, Responsibility.until.is_(None))
        work.session.execute(update(Responsibility).where(*open_ended).values(until=date(2027, 1, 1)))

    return patch.object(moving, "_carry_out", wrong)


def a_need_ends_with_a_move() -> Planted:
    """What a family needed is void when it moves."""
    right = moving._carry_out

    def wrong(work: Any, movers: Any, to: Any, by: Any) -> None:
        right(work, movers, to, by)
        gone = (VisitNeed.child.in_([child.uid for child in movers]), VisitNeed.state == "open")
        work.session.execute(update(VisitNeed).where(*gone).values(state="void"))

    return patch.object(moving, "_carry_out", wrong)


def due_a_month_late() -> Planted:
    """A visit is planned a month after its day."""
    right = planning.visits.plan

    def wrong(facts: Any, on: date) -> Any:
        made = right(facts, on)
        return replace(made, due=made.due and calendar.add_months(made.due, 1)[0])

    return patch.object(planning.visits, "plan", wrong)


def the_supervisor_never_hears() -> Planted:
    """A silence of four weeks goes no further up."""
    right = rungs.open_rung

    def wrong(*given: Any, **more: Any) -> Any:
        return False if given[3] == "supervisor_task" else right(*given, **more)

    return patch.object(rungs, "open_rung", wrong)


@contextmanager
def one_voice_is_heard_by_others() -> Iterator[None]:
    """What somebody wrote last stands in the next question to somebody else."""
    settle, who, last = answers.settle, sending.who, [""]

    def heard(work: Any, plan: Any, row: Any, told: dict[str, Any]) -> None:
        last[0] = told["words"][-1] if told.get("words") else last[0]
        settle(work, plan, row, told)

    with patch.object(answers, "settle", heard), patch.object(sending, "who", lambda plans: who(plans) + last[0]):
        yield


def asked_at_night() -> Planted:
    """The quiet hours are not kept."""
    return patch.object(sending.calendar, "next_allowed", lambda now, *zone: now.replace(hour=23))


FAULTS: dict[str, tuple[Lived, Callable[[], Planted]]] = {
    "nothing_goes_up": (visits, lambda: patch.object(visit_days, "goes_up", lambda owed, on: {})),
    "somebody_is_not_told": (visits, somebody_is_not_told),
    "who_is_away_is_told": (visits, who_is_away_is_told),
    "told_twice": (visits, lambda: patch.object(digests, "key_of", lambda who, day: f"digest:{who}:{random.random()}")),
    "nobody_answers_after_a_move": (visits, nobody_answers_after_a_move),
    "due_a_month_late": (visits, due_a_month_late),
    "an_unconfirmed_level_counts": (
        visits,
        lambda: patch.object(planning, "planned_level", lambda child: child.level or "unassessed"),
    ),
    "a_need_is_named_again": (
        visits,
        lambda: patch.object(need_days, "brought_to_mind", lambda work, needs, day: None),
    ),
    "a_need_is_named_to_nobody": (visits, lambda: patch.object(need_days, "come_due", lambda *given: [])),
    "the_day_of_a_need_is_not_kept": (visits, lambda: patch.object(need_keeping, "day_of", lambda plan: None)),
    "a_need_ends_with_a_move": (visits, a_need_ends_with_a_move),
    "no_level_is_asked_again": (visits, lambda: patch.object(finding, "level_old_from", lambda today: date.min)),
    "voices_are_not_compared": (contact, lambda: patch.object(rungs, "voices_differ", lambda work, parent: None)),
    "the_supervisor_never_hears": (contact, the_supervisor_never_hears),
    "one_voice_is_heard_by_others": (contact, one_voice_is_heard_by_others),
    "asked_at_night": (contact, asked_at_night),
}


def found(lived: Lived, plant: Callable[[], Planted]) -> bool:
    """Whether the checker finds what was planted."""
    hands = Hands(contact_story.FIRST)
    with tempfile.TemporaryDirectory(dir=in_memory()) as folder:
        database = Database(f"sqlite:///{Path(folder) / 'year.db'}")
        upgrade(database)
        try:
            with plant():
                lived(World(database, open_vault(database, Path(folder) / "keys.json"), hands), hands)
        except AssertionError as why:
            say(f"  {str(why)[:100]}")
            return True
        finally:
            database.close()
    return False


def main(names: list[str]) -> None:
    """Plant them one by one."""
    missed = []
    for name in names or FAULTS:
        say(name)
        if not found(*FAULTS[name]):
            missed.append(name)
    say(f"not found: {', '.join(missed) or 'none'}")
    sys.exit(bool(missed))


if __name__ == "__main__":
    main(sys.argv[1:])
