"""What of a worker's day is stored, for whoever asks (你给记上没): each home's visit or attempt as the day's log has
it, and the record that is still open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select

from bot import texts
from bot.services import drafts
from bot.services.mail import mailbox
from bot.services.staff.accounts import Member
from bot.services.visits import day_lines, unfinished
from bot.services.visits import homes as visit_homes
from bot.services.visits import lists as visit_lists
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Child, Visit

OF_A_HOME = "visit:"
FRESH = timedelta(hours=12)


def tell(work: Work, member: Member, conversation: str, inbox_id: int, text: str) -> bool:
    """Say what is stored of the home named, else of the whole day. False: whoever asks records no visits."""
    if not visit_homes.of_member(work, member):
        return False
    home = visit_homes.named(work, member, text)
    lines = [words for key, words in _stored(work, member) if home is None or key.startswith(f"{OF_A_HOME}{home}:")]
    open_ones = waiting(work, conversation, home)
    if not lines and home is not None and not open_ones:
        args = {"names": visit_words.names(work, visit_lists.read_at_home(work, member, home))}
        mailbox.say(work, conversation, "office.kept.not_yet", args, reply_to=inbox_id)
        return True
    told = "\n".join(f"{number}. {words}" for number, words in enumerate(lines, 1))
    told = texts.phrase("office.kept.lines").format(lines=told) if lines else texts.phrase("office.kept.nothing")
    told += "".join(texts.phrase("office.kept.open").format(names=names) for names in open_ones)
    mailbox.say(work, conversation, "office.kept", {"told": told}, reply_to=inbox_id)
    return True


def _stored(work: Work, member: Member) -> Iterator[tuple[str, str]]:
    """What was stored today, with its key: what was done today, and visits of other days written down today."""
    for one in day_lines.of(work, member, work.today):
        yield one.key, one.words
    query = select(Visit.on).where(Visit.by == member.account, Visit.changed_at >= work.now - FRESH)
    for on in sorted(day for day in work.session.scalars(query.distinct()) if day != work.today):
        for one in day_lines.of(work, member, on):
            if one.key.startswith(OF_A_HOME):
                yield one.key, texts.phrase("office.kept.of_a_day").format(date=visit_words.day(on), words=one.words)


def stands(work: Work, text: str, member: Member | None) -> bool:
    """Whether a visit or an attempt at the home named is stored today already."""
    home = visit_homes.named(work, member, text) if member is not None else None
    if member is None or home is None:
        return False
    return any(key.startswith(f"{OF_A_HOME}{home}:") for key, _ in _stored(work, member))


def waiting(work: Work, conversation: str, home: str | None = None) -> list[str]:
    """The names at the homes whose record is open or waits; `home`: of this one only."""
    now = drafts.current(work, conversation, unfinished.FLOW)
    every = [*([now] if now is not None else []), *drafts.shelved(work, conversation, unfinished.FLOW)]
    kept = [unfinished.contents(work, one) for one in every if one.asked not in unfinished.ONLY_A_DAY]
    return [
        visit_words.names(work, (work.session.get_one(Child, uid) for uid in one["children"]))
        for one in kept
        if one["home"] and home in (None, one["home"])
    ]
