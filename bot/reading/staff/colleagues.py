"""Which of one's colleagues somebody speaks of, as people call each other at work: 小丁, 丁姐, 春梅, 李主任.

Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.reading.persons import people

_BEFORE, _AFTER = "小老大", "(?:主任|督导员?|科长|姐|哥|大姐|大哥|叔|婶|嫂|姨|书记|会计|老师|工)"
_NOT = "(?:不是|别[让叫找派]|不[让叫用找派]|不用)"
_WHO = re.compile("(?:主任|督导|活儿?|走访|片区|这摊|村里).*谁来?(?:干|管|接|顶|替|代|做|去)")
_SENT = re.compile(
    "(?:让|叫|派|由|请|换|安排|改|找|是)[成给]?(?P<name>[㐀-鿿]{2,3}?)(?:后天|明天|今天|大后天|周.|礼拜.|替|顶|代|去|跑|走|来)"
)
_AWAY = re.compile("请假|休假|产假|开会|培训|住院|出差|病了|生孩子|坐月子|没空|媳妇|来不了|去不了|走不开")
_VISIT = re.compile("一趟|替|顶|代|走访|入户|跑")
_FOR_DAYS = re.compile("活儿?|几天|一摊|名下|请假|休假|产假")
_MYSELF = re.compile("(?:换|改)[成为]?[由让]?[我俺](?!家|们)|[我俺](?:自己|来|去)?(?:替|顶)[他她](?:去|跑|走)")
_NO_NAME = re.compile("[他她它你我谁咱孩娃人大家爸妈爷奶姥姑舅叔婶]|一下|自己|别人|明天|后天|下周|成|到")


def oneself(text: str) -> bool:
    """Whether the one who writes goes himself, instead of whoever else was to: 吕浩家换成我去, 我替他去."""
    return _MYSELF.search(text) is not None


def called(name: str, text: str) -> int:
    """Where in a text somebody of this name is spoken of, -1: nowhere. A home (老丁家) is no colleague."""
    surname = people.surname(name)
    given = name.removeprefix(surname)
    ways = [re.escape(name)]
    if len(given) > 1:
        ways.append(re.escape(given))
    if surname:
        ways += [f"[{_BEFORE}]{surname}(?!家)", f"{surname}{_AFTER}(?!家)"]
    found = re.search("|".join(ways), text)
    return found.start() if found is not None else -1


def ruled_out(name: str, text: str) -> bool:
    """Whether somebody is spoken of only to say that it is not him: 不是春梅 让小丁去."""
    at = called(name, text)
    return at >= 0 and re.search(f"{_NOT}$", text[:at].rstrip()) is not None


def absent(name: str, text: str) -> bool:
    """Whether this is the one who cannot go: 替国庆跑一趟, 国庆请假了."""
    at = called(name, text)
    if at < 0:
        return False
    after = text[at : at + 14]
    before = re.search("(?:替|代|顶)(?:一下)?$", text[:at]) is not None
    return (
        before or re.search("请假|休假|产假|开会|培训|住院|出差|病了|生孩子|坐月子|没空|媳妇|来不了", after) is not None
    )


def asks_who(text: str) -> bool:
    """Whether it is asked who does somebody's work meanwhile: 主任休产假了 活儿谁干."""
    return _WHO.search(text) is not None


def for_days(text: str) -> bool:
    """Whether it is of all somebody has to do for some days, not of one home: 小丁请假三天 活儿谁顶."""
    return _FOR_DAYS.search(text) is not None


def sent(text: str, known: Collection[str] = ()) -> str:
    """The name of whoever is sent where it is none of those known: 让老周去一趟 → 老周; empty: none is."""
    for found in _SENT.finditer(text):
        name = found["name"]
        if not _NO_NAME.search(name) and _VISIT.search(text) and not any(called(one, name) >= 0 for one in known):
            return name
    return ""
