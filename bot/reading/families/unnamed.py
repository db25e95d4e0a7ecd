"""What a family says without naming whom: for how long somebody is gone, who is at home with the child, that nothing is
paid. Whose it is, only the talk it stands in can say. Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re

from bot.reading.measures import quantities
from bot.reading.normalise import normalise

LONGEST = 40
_LENGTH = (
    f"(?:都|得|有|也|快|将近|大概|差不多|大约|大)*(?:{quantities.NUMBER}(?:个)?多?(?:年|月)(?:多|半|零|又|来)*"
    f"(?:{quantities.NUMBER}个?多?月)?|半年|小半年|大半年|好几年)[多半]?(?:了|都|吧|啦|的|呗|来着|左右|上下)*"
)
_HOW_LONG = re.compile(
    f"(?:他俩|她俩|他们|俩人|两人|爸妈|都|也|是|一起|一块儿?)*(?:走|出去|出来|出门|外出|在外[头面边]?|在那边|离家|去|打工|干)?(?:了|的|都|有|得|已经)*(?P<length>{_LENGTH})"
)
_ONLY_LENGTH = re.compile(_LENGTH)


def only_how_long(text: str) -> bool:
    """Whether words only say for how long somebody is gone, and name nobody: 走了快一年了, 都走两年了, 一年零两个月."""
    return _HOW_LONG.fullmatch(normalise(text[:40]).text.strip(" ,。!?;")) is not None


def left_so_long_ago(text: str) -> str:
    """The same words as our reading of journeys takes them: 都走两年了 → 走了两年了; any others as they are."""
    said = normalise(text[:LONGEST]).text.strip(" ,。!?;")
    found = _HOW_LONG.fullmatch(said)
    return f"走了{found['length']}" if found is not None else text


def names_parent(text: str, parent: str) -> bool:
    """Whether the father, or the mother, is named by a word for him or her alone."""
    words = "爸|爹|父|老公|丈夫|儿子|女婿" if parent == "father" else "妈|娘|母|媳妇|老婆|闺女|女儿|儿媳"
    return re.search(f"{words}|father|mother|dad|mom|mum", text.lower()) is not None


def only_a_length(text: str) -> bool:
    """Whether words are a length of time and nothing else: 一年零两个月."""
    return _ONLY_LENGTH.fullmatch(normalise(text[:40]).text.strip(" ,。!?;")) is not None


_AT_HOME_WITH = re.compile(
    "跟(?:着)?(?:[他她]|孩子)?(?P<who>妈妈?|母亲|娘|爸爸?|父亲|爹)(?:俩|一起)?(?:在|搁)(?:老家|家里?|屯里|村里|农村)(?!打工|干活|上班)"
)


def at_home_with(text: str) -> dict[str, str]:
    """Who is with the child at home is at home: 跟他妈在老家."""
    found = _AT_HOME_WITH.search(normalise(text[:200]).text)
    if found is None:
        return {}
    who = "mother" if found["who"][0] in "妈母娘" else "father"
    return {f"{who}_away_status": "at_home", f"{who}_life_status": "alive"}


_WITH_THE_OLD = re.compile(
    "(?:^|[,。!?;孩娃他她子 ]|就|都)(?:跟|跟着|由|归)(?:[他她]"
    "|孩子)?(?:爷爷|奶奶|姥姥|姥爷|外公|外婆|爷奶|老人|老两口)[^,。!?;]{0,4}"
    "(?:过|住|生活|带|照顾|照看|一起|在(?:家|老家|村|屯)|(?=[,。!?; ]|$))"
)


def with_the_old(text: str) -> bool:
    """Whether the child is told to be with its grandparents, whoever was named before: 爸妈在韩国，跟奶奶住."""
    return _WITH_THE_OLD.search(normalise(text[:200]).text) is not None


_CHILD_SAID = "(?:孩子|娃|大?孙子|大?孙女|外孙女?|他|她)?"
_WE_TWO = "(?:俩|两个?|两口|娘俩|爷俩|祖孙俩)(?:个|人)?"
_TWO_OF_US = re.compile(
    f"[我俺咱]们?[跟和]?{_CHILD_SAID}{_WE_TWO}(?:过|住|生活|在家|相依为命|一起)"
    f"|(?:就|只有|只剩|光)[我俺咱]们?[跟和]?{_CHILD_SAID}{_WE_TWO}(?=$|[,。!?; ])"
)
_GROWN_UP = re.compile(
    "(?:我|俺)?(?:都|今年|快|也|过|奔)*(?:[2-9][0-9]|[二三四五六七八九]十[一二三四五六七八九]?)(?:来|多)?(?:岁|了|的人)"
)


def grown_up_with(text: str, speaker: str | None) -> bool:
    """Whether a child is told to live with the grown-up who writes and nobody else: 就我俩过 我67了. Who only says 就
    我俩过 may be a child with its brother."""
    said = normalise(text[:200]).text
    if _TWO_OF_US.search(said) is None:
        return False
    return speaker in ("father", "mother", "parent", "paternal", "maternal") or _GROWN_UP.search(said) is not None


_NO_HELP = re.compile(
    "^(?:家里|俺家|我家|我们|俺们)?(?:啥|什么|哪样|一样|一个|样样)(?:也|都)?(?:没|不)(?:有|吃|享受|领|办|沾|得|给|占|摊)?(?:着|上|过|到|了)?(?:呢|啊|呀|的|吧|给)*$"
)
"""啥也没吃着, of low-income support; of a child it would be hunger, so only that question takes it so."""


def no_help(said: str) -> bool:
    """Whether plain words say that no assistance is paid: 啥也没吃着, where assistance was asked about."""
    return _NO_HELP.search(said) is not None


_CANNOT_SUPPORT = re.compile(
    "养不起|养不活|养活不了|养不了|抚养不了|供不起|干不了?动?[重啥]?活|干不动|(?:啥|什么)[也都]?(?:干|做)不(?:了|动)"
    "|挣不[来了着到](?!多)|劳动能力"
)
_SOMEBODY_ELSE_CANNOT = re.compile(f"(?:[我俺咱]|奶|爷|姥|舅|姑|姨|叔|伯)[^,，。 ]{{0,4}}(?:{_CANNOT_SUPPORT.pattern})")


def cannot_support(text: str) -> bool:
    """Whether somebody is said to be unable to work or to bring up a child: 她干不了活，根本养不起孩子."""
    return _CANNOT_SUPPORT.search(text) is not None and _SOMEBODY_ELSE_CANNOT.search(text) is None
