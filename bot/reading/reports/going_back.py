"""Whether words go back to what the same writer told on an earlier day: 昨天说的那孩子今天没来上学, 那男的又回来了."""

from __future__ import annotations

import re

from bot.reading.normalise import normalise

LONGEST = 200
_WHEN = (
    "(?:昨(?:天|儿个?|晚|日|夜)?(?:早上|上午|中午|下午|晚上|夜里)?|前(?:天|儿个?|晚)|大前天|上[回次]|那天|前(?:几|两)天|头[几两]天"
    "|上个?(?:周|礼拜|星期)[一二三四五六日天]?|之前|先前|早先|早上|上午|下午)"
)
_TELL = "(?:说|报|讲|反映|登记|举报|上报|提|告诉|写|跟你们?[说讲提]|和你们?[说讲提])"
_TOLD = re.compile(
    f"(?<![他她子师妈爸奶爷姥人]){_WHEN}(?:我|俺|在这儿?|跟你们?|和你们?|给你们?)*{_TELL}(?:[的过了]|那|$|[,。!?;])"
    f"|(?:我|俺)(?:是|就是)?{_WHEN}?(?:在这儿?|跟你们?)*{_TELL}(?:过?的|过|了?那)(?!地方)"
    f"|(?:我|俺)(?:就)?是{_WHEN}[^,。!?;]{{0,6}}(?:那个|的)"
)
_ENGLISH = re.compile(
    r"(?<![a-z])(?:(?:i|we) (?:told|reported|said)(?![a-z])|yesterday'?s? report|(?:told|reported) (?:you )?yesterday)",
    re.IGNORECASE,
)
_CLAUSES = re.compile(r"[^,，。;；!！?？、\s~…]+")
_SOMEBODY = re.compile(
    "^(?:今[天儿早晚个]*(?:早上|上午|中午|下午|晚上)?|昨[天儿晚个]*|刚才|刚刚|这会儿?|现在|对了|可是?|我看[见着]?|又)*"
    "那(?:个|家)?(?:孩子|小孩儿?|娃|丫头|闺女|小子|姑娘|女生|男生|女孩儿?|男孩儿?|学生|男的|女的|人家|家人?|后爹|后妈|老师|事儿?)"
)


def to_told(text: str) -> bool:
    """Whether somebody names what he told before: 我昨天报的那个, 上回说的那家, 我是昨天那个."""
    said = text[:LONGEST]
    return _TOLD.search(normalise(said).text) is not None or _ENGLISH.search(said) is not None


def to_somebody(text: str) -> bool:
    """Whether a clause begins with somebody nobody introduced, as one speaks of who was told of: 今早那男的又回来了."""
    return any(_SOMEBODY.match(clause) is not None for clause in _CLAUSES.findall(text[:LONGEST]))
