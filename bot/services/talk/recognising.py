"""Who writes here: staff, family, somebody in a talk with a person, who has handed something over. Each message asks it
of many doors."""

from __future__ import annotations

from bot.services.casework import takeover
from bot.services.contact import plans
from bot.services.staff import accounts
from bot.services.tasks import care_tasks
from bot.services.work import Work
from bot.storage.asked import asked_together

_WHO = (accounts.BOUND_HERE, plans.SPEAKS_HERE, takeover.OPEN_HERE, care_tasks.HANDED_HERE)


def recognise(work: Work, conversation: str) -> None:
    """Look it up for this transaction, so that no door has to ask again."""
    asked_together(work.session, _WHO, {"whose": conversation})
