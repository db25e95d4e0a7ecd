"""Where a text names people: 王小明, 老李家, 赵老师. For covering names on paper, so in doubt a name is found.

The words are those of `data/lexicon/names.txt`.
"""

from __future__ import annotations

import re
from functools import cache

from bot.reading.lexicon import lines

_TITLES = (
    "大爷|大娘|大妈|大叔|大婶|大哥|大姐|大嫂|婶|叔|姨|嫂|姐|哥|奶奶|爷爷|姥姥|姥爷|老师|校长|园长|主任|医生|大夫|护士|警官|民警|所长|书记|"
    "村长|屯长|队长|会计|师傅|老板|阿姨|先生|女士|某某?|家(?![屯村镇乡店窝沟屯子])"
)
_A_MEASURE = "(?<![一两几这那每半双三四五六七八九十开不也允])"
_A_PLACE = "(?![屯村镇乡街路沟岭河])"


def persons(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of every name, in order, not overlapping. Of 赵老师 only the 赵 is the name."""
    return tuple(
        found.span(group)
        for found in _names().finditer(text)
        for group in ("old", "elder", "titled", "full", "called")
        if found.group(group) is not None
    )


@cache
def _names() -> re.Pattern[str]:
    words = {kind.strip(): said.split() for kind, _, said in (line.partition(":") for line in lines("names.txt"))}
    sure = "|".join(sorted(words["family"], key=len, reverse=True))
    family = f"{sure}|{'|'.join(words['also_word'])}"
    given = f"[^\\W\\da-zA-Z_{''.join(words['never'])}]"
    no_name = f"(?!{'|'.join(words['no_name'])})"
    return re.compile(
        f"[老小](?P<old>{sure})(?!{_TITLES})"
        f"|[老小大](?P<elder>{family})(?=家|[,，。！!？?；;、\\s]|$|[{''.join(words['never'])}])"
        f"|{_A_MEASURE}{no_name}(?P<titled>{family})(?={_TITLES})"
        f"|{_A_MEASURE}{no_name}(?P<full>(?:{sure}){given}{{1,2}}){_A_PLACE}"
        f"|[姓叫](?P<called>(?:{family}){given}{{0,2}})"
    )
