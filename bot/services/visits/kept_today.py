"""What of a worker's day is stored, for whoever asks (你给记上没): each home's visit or attempt as the day's log has
it, and the record that is still open."""

from __future__ import annotations

from bot import texts
from bot.services import drafts
from bot.services.mail import mailbox
from bot.services.staff.accounts import Member
from bot.services.visits import day_lines, unfinished
from bot.services.visits import homes as visit_homes
from bot.services.visits import lists as visit_lists
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Child

OF_A_HOME = "visit:"


def tell(work: Work, member: Member, conversation: str, inbox_id: int, text: str) -> bool:
    """Say what is stored of the home named, else of the whole day. False: whoever asks records no visits."""
    if not visit_homes.of_member(work, member):
        return False
    home = visit_homes.named(work, member, text)
    made = day_lines.of(work, member, work.today)
    lines = [one.words for one in made if home is None or one.key.startswith(f"{OF_A_HOME}{home}:")]
    open_ones = _open(work, conversation, home)
    if not lines and home is not None and not open_ones:
        args = {"names": visit_words.names(work, visit_lists.read_at_home(work, member, home))}
        mailbox.say(work, conversation, "office.kept.not_yet", args, reply_to=inbox_id)
        return True
    told = "\n".join(f"{number}. {words}" for number, words in enumerate(lines, 1))
    told = texts.phrase("office.kept.lines").format(lines=told) if lines else texts.phrase("office.kept.nothing")
    told += "".join(texts.phrase("office.kept.open").format(names=names) for names in open_ones)
    mailbox.say(work, conversation, "office.kept", {"told": told}, reply_to=inbox_id)
    return True


def stands(work: Work, text: str, member: Member | None) -> bool:
    """Whether a visit or an attempt at the home named is stored today already."""
    home = visit_homes.named(work, member, text) if member is not None else None
    if member is None or home is None:
        return False
    return any(one.key.startswith(f"{OF_A_HOME}{home}:") for one in day_lines.of(work, member, work.today))


def _open(work: Work, conversation: str, home: str | None) -> list[str]:
    """The names at the homes whose record is open or waits."""
    now = drafts.current(work, conversation, unfinished.FLOW)
    every = [*([now] if now is not None else []), *drafts.shelved(work, conversation, unfinished.FLOW)]
    kept = [unfinished.contents(work, one) for one in every if one.asked not in unfinished.ONLY_A_DAY]
    return [
        visit_words.names(work, (work.session.get_one(Child, uid) for uid in one["children"]))
        for one in kept
        if one["home"] and home in (None, one["home"])
    ]
