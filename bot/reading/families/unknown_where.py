"""What a family says not to know of papers that somebody else can tell: a prison term, who has custody, a card, whether
an illness is on the list. It is no "no": it is said where to ask.

Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re

TERM, CUSTODY, CARD, LIST = "term", "custody", "card", "list"
LONGEST = 60
_UNKNOWN = re.compile(
    "不知道|不清楚|不晓得|[哪谁]知道|说不[上准好清]|记不[住清得准]|不记得|(?:整|弄|闹|搞)不(?:清|明白|懂)|不懂|没(?:听)?说过|没问过|不好说|没数"
)
_OF = (
    (
        TERM,
        re.compile(
            "判(?:了)?(?:几|多少|多久|多长)|刑期|(?:啥|什么)时候(?:能)?(?:出来|放出来|刑满)|几年(?:刑|徒刑)|哪个(?:监狱|看守所)"
        ),
    ),
    (CUSTODY, re.compile("抚养权|(?:孩子|娃)?(?:判|归)给?(?:了)?谁|监护权|归谁(?:抚养|养|管)")),
    (CARD, re.compile("残疾人?证|残证|(?:几级|评级|等级)")),
    (LIST, re.compile("目录|病种|(?:算|是)不(?:算|是)(?:重病|大病|重特大)|大病(?:里|名单)")),
)


def asked(text: str) -> str | None:
    """TERM, CUSTODY, CARD or LIST; None: nothing of that is said to be unknown."""
    clauses = re.split("[,，。;；!！?？]", text) if len(text) <= LONGEST else []
    unknown = [one for one in clauses if _UNKNOWN.search(one)]
    return next((kind for one in unknown for kind, words in _OF if words.search(one)), None)
