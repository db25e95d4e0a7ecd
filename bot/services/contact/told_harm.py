"""Answers that tell of harm: a tap goes where the same words would go, the report."""

from __future__ import annotations

from collections.abc import Callable

from bot.care import contact_data
from bot.reading.contact import weekly
from bot.services import drafts
from bot.services.contact import plans as contact_plans
from bot.services.reporting import filing, intake
from bot.services.talk import emergencies
from bot.services.work import Work
from bot.storage.tables import Child


def tells_harm(text: str) -> bool:
    """Whether words are a report before they are anything else: told harm, or a signal of which the policy says so
    (contact_prompts.md §6: injuries nobody can explain)."""
    first = any(contact_data.signal(one).report_first for one in weekly.read(text).signals)
    return first or intake.tells_harm(text)


def _unattended(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """E-3: nobody looks after the child now. The report goes out at once, whatever is answered next (JL-3.8.k)."""
    emergencies.answer(work, conversation, inbox_id, text)
    draft = drafts.current(work, conversation, intake.FLOW)
    person = contact_plans.speaker(work, conversation)
    plans = contact_plans.of_person(work, person) if person is not None else []
    if draft is not None and draft.report is None and plans:
        answers = drafts.answers(work, draft)
        if answers.area is None:
            answers.area, answers.given["place"] = work.session.get_one(Child, plans[0].child).area, "given"
        filing.open_now(work, draft, answers)
        drafts.save(work, draft, answers, draft.asked)


HARM: dict[tuple[str, str], Callable[..., object]] = {
    ("safe", "yes"): intake.start,
    ("self", "unattended"): _unattended,
}
"""Answers by a tap that tell of harm: they go where the same words would go."""
