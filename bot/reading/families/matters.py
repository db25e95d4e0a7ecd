"""Two matters told in one message (一个是我侄女…，再一个我们屯有个小子…), and which of them somebody turns to."""

from __future__ import annotations

import re

from bot.reading.normalise import normalise

LONGEST, LONGEST_TURN, SHORTEST = 400, 40, 4
_NEXT = re.compile(
    "(?:^|(?<=[,，。;；!！ ]))(?:"
    "(?:我)?(?:想)?(?:问|说|反映)?[两俩2二](?:个|件)事(?:儿)?[,，:： ]*"
    "|(?:再|还有|另外?|又)(?:有)?(?:一|1)(?:个|件)(?:事(?:儿)?)?(?:是|就是)?"
    "|(?:头|第)?(?:一|二|1|2)(?:个|件|来)?(?:事(?:儿)?)?(?:是|就是)[,，:： ]*"
    "|第[一二](?:个|件)(?:事(?:儿)?)?(?:是)?)"
)
_TURNS = re.compile(
    "(?:先|还是|就|想|得)[^,，。]{0,3}(?:说|报|反映|管|讲|看)"
    "|(?:第二|后面?|另|前面?|头)(?:一)?(?:个|件|样)|(?:那个|那家|那孩子)[^,，。]{0,4}(?:吧|的?事)"
)
_HAN = re.compile("[一-鿿]")
_OF_ANY = frozenset("我们有个孩子一的了那这是在没说先不就事人管他她老家")
"""Characters that any two tellings share."""


def parts(text: str) -> tuple[str, ...]:
    """The matters a message announces as several; the whole message where it does not."""
    found = [one.strip(" ,，。;；:：") for one in _NEXT.split(text[:LONGEST])]
    told = tuple(one for one in found if len(one) >= SHORTEST)
    return told if len(told) > 1 else (text,)


def turns_to(text: str, matter: str) -> bool:
    """Whether somebody who told several matters turns to this one, in words of it: 先说捡破烂那个吧."""
    if len(text) > LONGEST_TURN or _TURNS.search(normalise(text).text) is None:
        return False
    return bool((set(_HAN.findall(text)) & set(_HAN.findall(matter))) - _OF_ANY)
