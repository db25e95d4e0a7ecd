"""A supervisor reminds a director of a visit, in chat: 给周丽提醒一下 让她抓紧去王思琪家.

What goes out is neutral: no child, no place; the home is behind the button. Once a day for the same home. That it was
sent is never said, only that it goes out, or why it cannot.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.care import calendar
from bot.reading.staff import colleagues as called
from bot.reading.staff import work_asked
from bot.services import journal
from bot.services.mail import mailbox
from bot.services.register import in_sight, late_told, supervising
from bot.services.staff import accounts
from bot.services.staff.accounts import Member
from bot.services.visits import visitors
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Child

MOST = 8


def asked(work: Work, member: Member, conversation: str, inbox_id: int, text: str) -> bool:
    """Remind whoever answers for the home named, or for the late homes of the director named. False: no home of the
    asker's places is meant, or somebody else is named than who answers for it."""
    areas = supervising.areas(work, member)
    rows = in_sight.named(work, member, text) or _late_of(work, member, text)
    rows = [row for row in rows if row.area.startswith(areas)] if areas else []
    if not rows or len({row.area for row in rows}) > 1:
        return False
    village = rows[0].area
    people = visitors.people_of(work, village, work.today).holding(visitors.DIRECTOR, village)
    names = {one: accounts.label(work, one) for one in people if one != member.account}
    others = [one for one in names.values() if called.called(one, text) < 0]
    if not names or (len(others) == len(names) and _names_another(work, member, text)):
        return False
    talks = visitors.conversation_of(work, list(names))
    fresh = [_send(work, member, account, talks[account], rows) for account in talks]
    key = "remind.unbound" if not talks else "remind.sent" if any(fresh) else "remind.again"
    args = {
        "who": "、".join(names[one] for one in talks or names),
        "names": visit_words.names(work, rows[:MOST]),
        "moment": calendar.spoken(calendar.next_allowed(work.now)),
        "children": [row.uid for row in rows[:MOST]],
    }
    now = calendar.next_allowed(work.now) <= work.now
    mailbox.say(work, conversation, f"{key}.now" if key == "remind.sent" and now else key, args, reply_to=inbox_id)
    return True


def _late_of(work: Work, member: Member, text: str) -> list[Child]:
    """The late homes of a director named, where the words are of visits: 催一下王主任 alone may be of anything."""
    return late_told.of_director(work, member, text) if work_asked.of_visits(text) else []


def _names_another(work: Work, member: Member, text: str) -> bool:
    """Whether a director of another village of the asker's is named."""
    areas = [village.area for town in supervising.townships(work, member) for village in town.villages]
    held = supervising.directors(work, areas)
    return any(called.called(name, text) >= 0 for names in held.values() for name in names)


def _send(work: Work, member: Member, account: str, talk: str, rows: Sequence[Child]) -> bool:
    """Put the reminder on its way. False: the same went out today."""
    homes = {row.household for row in rows}
    one = len(homes) == 1
    args = {"count": len(homes), **({"home": rows[0].household} if one else {})}
    about = rows[0].household if one else rows[0].area
    journal.record(work, member.account, "visit reminded", rows[0].uid, who=account, homes=len(homes))
    return mailbox.say(
        work,
        talk,
        "remind.one" if one else "remind.some",
        args,
        push=True,
        natural_key=f"remind:{about}:{account}:{work.today.isoformat()}",
        not_before=calendar.next_allowed(work.now),
    )
