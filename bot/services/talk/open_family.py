"""What the talks of joining, of a family's week, of 委托照护 and of a visit say of themselves to a message that is no
answer (`open_question`)."""

from __future__ import annotations

from typing import Any

from bot import texts
from bot.care import visit_record
from bot.services import drafts
from bot.services.contact import hearing, joining, reading_back
from bot.services.contact import plans as contact_plans
from bot.services.entrusted import beside as entrusted_beside
from bot.services.entrusted import doing as entrusted_doing
from bot.services.entrusted import steps, wishing
from bot.services.talk.still_open import still_open
from bot.services.visits import asking as visit_asking
from bot.services.visits import unfinished
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Draft

WEEK, CARE, VISIT = "contact", "entrusted", unfinished.FLOW


def _named(draft: Draft) -> str:
    """What the open question is called; empty where it has no name."""
    name = f"open.field.{draft.flow}.{draft.asked}"
    return texts.phrase(name) if texts.known(name) else ""


class Week:
    """The week of somebody who joined."""

    def ask_shortly(self, work: Work, draft: Draft, inbox_id: int) -> None:
        """Say what is still open, by its name."""
        still_open(work, draft, inbox_id, _named(draft))

    def kept(self, work: Work, draft: Draft) -> tuple[str, dict[str, Any]]:
        """The answers of this week, of each child where there are several."""
        person = contact_plans.speaker(work, draft.conversation)
        plans = contact_plans.of_person(work, person) if person is not None else []
        told = hearing.told(work, plans)
        if not any(reading_back.of_note(told).values()):
            return "open.kept.nothing", {}
        return "open.kept", {"recap": reading_back.each(plans, told)}

    def left(self, work: Work, draft: Draft) -> int:
        """How many questions of the week are to come."""
        return len(drafts.contents(work, draft).get("left", ()))

    def keep(self, work: Work, draft: Draft, text: str) -> None:
        """Keep what was told beside, for what may become of it."""
        kept = drafts.contents(work, draft)
        drafts.keep(work, draft, {**kept, "said": [*kept.get("said", ()), text]}, draft.asked)


class Care:
    """委托照护, or the wish for it of somebody not known here."""

    def ask_shortly(self, work: Work, draft: Draft, inbox_id: int) -> None:
        """Say what is still open, by its name."""
        still_open(work, draft, inbox_id, _named(draft))

    def kept(self, work: Work, draft: Draft) -> tuple[str, dict[str, Any]]:
        """What was told, and for a parent what is still to be asked."""
        kept = drafts.contents(work, draft)
        if wishing.is_one(kept):
            return "open.kept", {"recap": "\n" + wishing.recap(kept)}
        if kept["doing"] in entrusted_beside.OF_PARENTS:
            return "entrusted.beside.progress", entrusted_beside.progress(kept)
        recap = entrusted_doing.recap(work, kept)
        return ("open.kept", {"recap": "\n" + recap}) if recap else ("open.kept.nothing", {})

    def left(self, work: Work, draft: Draft) -> int:
        """How many questions are to come."""
        kept = drafts.contents(work, draft)
        order = wishing.STEPS[kept["doing"]] if wishing.is_one(kept) else steps.order(kept)
        return sum(step not in kept["told"] for step in order)

    def keep(self, work: Work, draft: Draft, text: str) -> None:
        """Keep words that answer nothing with what the family says."""
        kept = drafts.contents(work, draft)
        if wishing.is_one(kept):
            kept["words"] = [*kept["words"], text.strip()][-wishing.MOST_WORDS :]
        else:
            entrusted_beside.keep(kept, text)
        drafts.keep(work, draft, kept, draft.asked)


class Visit:
    """The record of a visit."""

    def ask_shortly(self, work: Work, draft: Draft, inbox_id: int) -> None:
        """Say what is still open; of a section its own name."""
        record = unfinished.contents(work, draft)["record"]
        left = visit_record.missing(record)
        if draft.asked in ("section", "how") and left:
            names = [visit_words.section(one) for one in (left[:1] if draft.asked == "section" else left)]
            still_open(work, draft, inbox_id, "、".join(names))
        else:
            still_open(work, draft, inbox_id, _named(draft))

    def kept(self, work: Work, draft: Draft) -> tuple[str, dict[str, Any]]:
        """The record as far as it was told."""
        said = visit_words.heard(unfinished.contents(work, draft)["record"])
        return ("open.kept", {"recap": "\n" + "\n".join(said)}) if said else ("open.kept.nothing", {})

    def left(self, work: Work, draft: Draft) -> int:
        """How many lines of the record are open."""
        record = unfinished.contents(work, draft)["record"]
        return len(visit_record.missing(record)) + sum(record[one] is None for one in ("voice", "emergency"))

    def keep(self, work: Work, draft: Draft, text: str) -> None:
        """Keep what belongs to no section among the other notes."""
        kept = unfinished.contents(work, draft)
        visit_asking.note(kept, text)
        drafts.keep(work, draft, kept, draft.asked)


FLOWS = (WEEK, CARE, VISIT)


def help_too(work: Work, draft: Draft) -> dict[str, Any]:
    """What is said needs besides: for a child or a carer in the week the button that calls somebody."""
    person = contact_plans.speaker(work, draft.conversation) if draft.flow == WEEK else None
    plans = contact_plans.of_person(work, person) if person is not None else []
    if not plans or plans[0].voice == contact_plans.PARENT:
        return {}
    return {"choices": [[texts.phrase("contact.help_button"), "help:me", "quiet"]]}


def puts_aside(work: Work, draft: Draft) -> bool:
    """Whether the flow itself says how it waits: the record of a known home, and a wish."""
    if draft.flow == VISIT:
        return unfinished.contents(work, draft)["home"] is not None
    return draft.flow == CARE and wishing.is_one(drafts.contents(work, draft))


TALKS: dict[str, Week | Care | Visit] = {WEEK: Week(), CARE: Care(), VISIT: Visit()}


class Joining:
    """Somebody joins; nothing but a few choices is kept."""

    def ask_shortly(self, work: Work, draft: Draft, inbox_id: int) -> None:
        """Say what is still open, by its name."""
        still_open(work, draft, inbox_id, texts.phrase(f"open.field.join.{draft.asked or 'code'}"))

    def kept(self, work: Work, draft: Draft) -> tuple[str, dict[str, Any]]:
        """Nothing of what was told."""
        return "open.kept.nothing", {}

    def left(self, work: Work, draft: Draft) -> int:
        """How many steps are to come."""
        said = drafts.contents(work, draft).get("said")
        return len(joining.STEPS) - len(said) if isinstance(said, dict) else len(joining.STEPS)

    def keep(self, work: Work, draft: Draft, text: str) -> None:
        """Joining keeps no words."""
