"""Whether a message begins with what did not happen to a child (没打 没见着打, 不是打的是摔的, 没犯过事): it tells of
the matter, and is no no to anything that was asked. Nothing here raises."""

from __future__ import annotations

import re

_CLAUSES = re.compile(r"[^,，。;；!！?？、\s~…]+")
_WHO = "(?:他|她|他爸|他妈|孩子|谁|倒|也|可|真|就|那|家里|平时|从来|从|都|这个?|人家)*"
_DEED = "(?:打|骂|揍|动手|动|碰|掐|踢|虐待|欺负)(?:过|着)?(?:孩子|他|她|人|娃|谁)?"
_BUT = re.compile("就是(?!没)|只是|但是?|可是|光")
_DENIES = re.compile(
    f"{_WHO}(?:也|都)?(?:没有?|不)(?:人|谁)?{_DEED}(?:(?:也|都)?没有?{_DEED})*(?:啊|呀|的|呢|吧)*"
    "|[^,。]{0,4}没(?:有)?(?:见着?|看见|看到|瞅见|瞧见|听说|听见)(?:过)?[^,。]{0,5}(?:打|骂|动手|揍|掐|踢)[^,。]{0,4}"
    "|(?:也|可)?不是(?:谁|人|他|她|家里)?(?:打|揍|掐)的.{0,6}|[^,。]{0,4}没(?:犯|干|做)过?(?:啥|什么|坏)*(?:事|错|法)儿?"
)


def is_one(text: str) -> bool:
    """Whether the first clause only denies a deed."""
    first = _CLAUSES.search(text[:200])
    denied = _BUT.split(first.group(), maxsplit=1)[0] if first is not None else ""
    return _DENIES.fullmatch(denied) is not None
