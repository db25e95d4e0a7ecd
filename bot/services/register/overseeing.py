"""What supervisors see of their places, in chat: late by place with the reasons told, workload, unseen longest.

In the order of the codes: no place is ranked, no person is compared. Whoever supervises nothing gets the own list.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from bot import texts
from bot.reading.staff import overseeing
from bot.reading.where import places
from bot.services.mail import mailbox
from bot.services.register import supervising
from bot.services.register.supervising import Township, Village
from bot.services.staff.accounts import Member
from bot.services.work import Work

LATE, UNSEEN = "child.late=show", "child.unseen=show"
MOST, BUTTONS = 30, 8
EFFECT = "words"


def late(work: Work, member: Member, conversation: str, inbox_id: int, area: str) -> bool:
    """Late, workload and reasons: of a township by village (`area`: its code), of one village, of a county by
    township. False: this member supervises nothing."""
    if not supervising.areas(work, member):
        return False
    towns = supervising.townships(work, member)
    chosen = next((town for town in towns if area.startswith(town.area)), towns[0] if len(towns) == 1 else None)
    if chosen is not None:
        own = area if area.isdigit() else ""
        lines, choices = [_village(one) for one in chosen.villages if one.area.startswith(own)], []
    else:
        lines = [_line(town.area, town.villages, ()) for town in towns]
        choices = [[_near(town.area), f"child.late={town.area}"] for town in towns[:BUTTONS] if town.total("late")]
    lines = lines[:MOST] + ([texts.phrase("overseeing.more").format(count=len(lines) - MOST)] if lines[MOST:] else [])
    args = {"lines": "\n".join(lines) or texts.phrase("overseeing.nobody"), "choices": choices}
    mailbox.say(work, conversation, "overseeing.late", args, reply_to=inbox_id)
    return True


def of_place(work: Work, member: Member, conversation: str, inbox_id: int, text: str) -> bool:
    """How it is at one of the places a member supervises, asked by its name (姜家店村最近咋样), or at all of them.
    False: nobody asks that, or it is no place of this member's."""
    where = overseeing.how_is(text)
    if where is None or not supervising.areas(work, member):
        return False
    known = {one.area: _near(one.area) for town in supervising.townships(work, member) for one in town.villages}
    known |= {area[: supervising.TOWNSHIP_DIGITS]: _near(area[: supervising.TOWNSHIP_DIGITS]) for area in known}
    named = [area for area, name in known.items() if where and called(name) == called(where)]
    if where and len(named) != 1:
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        late(work, member, conversation, inbox_id, named[0] if named else "")
    return True


def unseen(work: Work, member: Member, conversation: str, inbox_id: int) -> bool:
    """The children nobody has visited for longest. False: this member supervises nothing."""
    if not supervising.areas(work, member):
        return False
    found = supervising.unseen(work, member, BUTTONS)
    lines = [
        texts.phrase(f"overseeing.unseen.{'last' if one.ever else 'never'}").format(
            number=number, name=one.line.name, near=_near(one.line.child.area), date=one.since
        )
        for number, one in enumerate(found, 1)
    ]
    choices = [[f"{at} {one.line.name}", f"child.open={one.line.child.uid}"] for at, one in enumerate(found, 1)]
    args = {"lines": "\n".join(lines) or texts.phrase("overseeing.nobody"), "choices": choices}
    mailbox.say(work, conversation, "overseeing.unseen", args, reply_to=inbox_id)
    return True


def _village(one: Village) -> str:
    return _line(one.area, (one,), one.directors)


def _line(area: str, villages: Iterable[Village], directors: tuple[str, ...]) -> str:
    """One place: how many children, how many late and why, what else waits there, who looks after it."""
    town = Township(area, tuple(villages))
    told = [texts.phrase("overseeing.children").format(near=_near(area), count=town.total("children"))]
    if town.total("late"):
        reasons: Counter[str] = Counter()
        for village in town.villages:
            reasons.update(dict(village.reasons))
        why = "、".join(f"{texts.phrase(f'late.reason.{name}')}{count}" for name, count in sorted(reasons.items()))
        told.append(texts.phrase("overseeing.is_late").format(count=town.total("late"), why=why))
    for name in ("key_focus", "no_level", "waiting"):
        if town.total(name):
            told.append(texts.phrase(f"overseeing.{name}").format(count=town.total(name)))
    if area == town.villages[0].area:
        who = texts.phrase("overseeing.directors").format(names="、".join(directors))
        told.append(who if directors else texts.phrase("overseeing.no_director"))
    return "，".join(told)


def called(name: str) -> str:
    """A place by the part of its name that people say: 姜家店村委会 → 姜家店."""
    return re.sub("(?:(?:村民|居民)?委员会|[村居]?委会|社区|[村屯镇乡]|街道)+$", "", name)


def _near(area: str) -> str:
    return "".join(part.name for part in places.path(area)[-1:])
