"""How it stands with what is kept on the staff page, told in chat as counts and names of the asker's own places only:
who of the parents has been in touch this week, which arrangements of entrusted care are open, who is late longest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bot import texts
from bot.care import entrusted
from bot.reading.staff import overseeing
from bot.services.contact import desk as contact_desk
from bot.services.entrusted import desk as entrusted_desk
from bot.services.register import late_list
from bot.services.register import overseeing as register_overseeing
from bot.services.talk.office_asides import Wanted, page
from bot.services.visits import cards as visit_cards
from bot.services.visits import words as visit_words

MOST = 12
WAITING = "waiting"
CARED_FOR = "active"
PARENTS = ("father", "mother", "guardian")


def _lines(found: Sequence[str]) -> str:
    more = [texts.phrase("overseeing.late_list.more").format(count=len(found) - MOST)] if found[MOST:] else []
    return "".join(f"\n{one}" for one in (*found[:MOST], *more))


def _contact(wanted: Wanted) -> bool:
    """Parents of the asker's children by how this week stands with them; those asked who have not answered by child.
    Whoever has not joined is never asked, so nothing is known of him: that is said."""
    work, member, _, _ = wanted.where
    if not contact_desk.holds(work, member):
        return wanted.say("office.contact.not_yours", choices=page())
    families = contact_desk.families(work, member)
    parents = [(one.child, kind, state) for one in families for kind, state in one.people if kind in PARENTS]
    counted = {name: sum(state == name for _, _, state in parents) for name in ("in_touch", "answered", WAITING)}
    silent = [
        texts.phrase("office.contact.line").format(name=child.name, who=texts.phrase(f"child.kin.{kind}"))
        for child, kind, state in parents
        if state == WAITING
    ]
    told = {
        "joined": len(parents),
        "other": len(parents) - sum(counted.values()),
        "tasks": len(contact_desk.open_rungs(work, member)),
        "lines": _lines(silent),
    }
    return wanted.say("office.contact" if parents else "office.contact.none", **told, **counted, choices=page())


def _entrusted(wanted: Wanted) -> bool:
    """The arrangements of the asker's places that are still being made or are in trouble, each with where it stands."""
    work, member, _, _ = wanted.where
    if not entrusted_desk.areas(work, member):
        return wanted.say("office.entrusted.not_yours", choices=page())
    listed = entrusted_desk.listed(work, member)
    unfinished = [one for one in listed if one.row.state != CARED_FOR]
    lines = [
        texts.phrase("office.entrusted.line").format(
            name=one.child or texts.phrase("office.entrusted.no_file"),
            state=entrusted.state_label(one.row.state),
            due=_due(one),
        )
        for one in unfinished
    ]
    args = {"count": len(unfinished), "going": len(listed) - len(unfinished), "lines": _lines(lines)}
    return wanted.say("office.entrusted" if lines else "office.entrusted.none", **args, choices=page())


def _due(one: entrusted_desk.Line) -> str:
    day = one.row.due_on
    key = "office.entrusted.late" if one.late else "office.entrusted.due"
    return texts.phrase(key).format(date=visit_words.day(day)) if day is not None else ""


def _longest(wanted: Wanted) -> bool:
    """Who is late longest and how long, where the words are of being late; else who is unseen longest."""
    work, member, conversation, inbox_id = wanted.where
    words = wanted.asked.words
    if overseeing.late_longest(words) and late_list.longest(work, member, conversation, inbox_id):
        return True
    if not register_overseeing.unseen(work, member, conversation, inbox_id):
        visit_cards.tell(work, conversation, inbox_id)
    return True


ANSWERS: dict[str, Callable[[Any], bool]] = {"contact": _contact, "entrusted": _entrusted, "longest": _longest}
