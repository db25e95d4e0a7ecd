"""Homes that words mean without naming them, and several homes in one message.

By number in the list just shown (第二家没人), the home just spoken of (刚才又去了 在家), two homes told in one breath
(欣怡和小宝两家都去了): each is a visit of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.reading.staff import staff_asides
from bot.reading.visits import visiting as reading
from bot.services import drafts
from bot.services.mail import mailbox
from bot.services.register import in_sight
from bot.services.staff.accounts import Member
from bot.services.visits import asking as visit_asking
from bot.services.visits import homes as visit_homes
from bot.services.visits import recording, unfinished, visiting
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Child

FRESH = timedelta(hours=12)
LISTS = ("visits.list", "visit.several", "overseeing.late_list")
OF_ONE_HOME = ("visits.none", "visits.attempted", "visits.attempted.twice", "visits.card", "visits.off")
_OPENS, _FILE = "due:home:", "child.open="
MOST = 4
"""Homes that are told in one message; of more it is asked which."""


def by_number(work: Work, member: Member, conversation: str, inbox_id: int, text: str) -> str | None:
    """The home called by its number in the last list that was shown or told."""
    number = staff_asides.nth(text)
    listed = _listed(work, conversation, inbox_id) if number is not None else []
    home = listed[number - 1] if number is not None and 0 < number <= len(listed) else None
    return _mine(work, member, home)


def spoken_of(work: Work, member: Member, conversation: str, inbox_id: int, text: str) -> str | None:
    """Where it was gone to once more and no home at all is called, the one just spoken of."""
    if not staff_asides.there_again(text) or reading.went_somewhere(text) or staff_asides.nth(text) is not None:
        return None
    said = mailbox.last_under(work, conversation, inbox_id, work.now - in_sight.JUST_NOW, *OF_ONE_HOME)
    last = str(mailbox.args_of(work, said).get("home") or "") if said is not None else ""
    seen = {last} if last else {row.household for row in in_sight.shown(work, member, conversation, inbox_id)}
    return _mine(work, member, seen.pop() if len(seen) == 1 else None)


def _mine(work: Work, member: Member, home: str | None) -> str | None:
    return home if home is not None and recording.household(work, member, home) else None


def _listed(work: Work, conversation: str, inbox_id: int) -> list[str]:
    said = mailbox.last_under(work, conversation, inbox_id, work.now - FRESH, *LISTS)
    args = mailbox.args_of(work, said) if said is not None else {}
    values = [str(choice[1]) for choice in args.get("choices") or ()]
    files = [value.removeprefix(_FILE) for value in values if value.startswith(_FILE)]
    rows = (work.session.get(Child, uid) for uid in files)
    homes = [value.removeprefix(_OPENS) for value in values if value.startswith(_OPENS)]
    return [*map(str, args.get("homes") or ())] or homes or [row.household for row in rows if row is not None]


def several(work: Work, member: Member, text: str) -> list[str]:
    """The homes of several visits told at once, in the order of the words; empty: it is not several."""
    if not reading.read(text, work.today).told:
        return []
    homes = visit_homes.every_named(work, member, text)
    return homes if 1 < len(homes) <= MOST else []


def tell_each(work: Work, conversation: str, inbox_id: int, member: Member, homes: Sequence[str], text: str) -> None:
    """A record for each home: the first at which somebody was met is begun, the others wait with what was told."""
    vain = [home for home in homes if staff_asides.absent(visit_homes.called(work, member, home), text)]
    order = [*(home for home in homes if home not in vain), *vain]
    for home in reversed(order):  # the last one put down is the open one
        _put_down(work, conversation, member, home, homes, text, vain=home in vain)
    names = [visit_words.names(work, _children(work, member, home)) for home in order]
    args = {"homes": list(homes), "first": names[0], "others": "、".join(names[1:])}
    mailbox.say(work, conversation, "visit.several", args, reply_to=inbox_id)
    visiting.start(work, conversation, inbox_id)


def _put_down(
    work: Work, conversation: str, member: Member, home: str, homes: Sequence[str], text: str, *, vain: bool
) -> None:
    """The record of one home with what was told of it."""
    draft = unfinished.of_home(work, conversation, home)
    kept = unfinished.contents(work, draft)
    kept["home"] = home
    kept["children"] = [child.uid for child in _children(work, member, home)]
    kept["began"] = work.today.isoformat()
    told = _of(work, member, home, homes, text)
    visit_asking.add(kept, reading.read(told, work.today))
    day = reading.day_of(text, work.today)
    kept["on"] = day.isoformat() if day is not None else kept["on"]
    kept["outcome"] = "nobody_home" if vain else kept.get("outcome")
    visit_asking.not_met(kept, told)
    visit_asking.told_at_once(kept, told)
    drafts.keep(work, draft, kept, None)


def _of(work: Work, member: Member, home: str, homes: Sequence[str], text: str) -> str:
    """What a message tells of one of its homes: the clauses that name it alone, or tell something of both; a clause
    that names none is of the homes named last before it (小虎家去了 都挺好 雪儿家没去成)."""
    others = [name for one in homes if one != home for name in visit_homes.called(work, member, one)]
    mine = visit_homes.called(work, member, home)
    told, of_it = [], True
    for clause in staff_asides.clauses(text):
        here, there = (any(name in clause for name in names) for names in (mine, others))
        of_it = here or (of_it and not there)
        if of_it and (not there or visit_asking.tells(reading.read(clause, work.today))):
            told.append(clause)
    return " ".join(told)


def _children(work: Work, member: Member, home: str) -> list[Child]:
    return [child for child, _ in recording.household(work, member, home)]
