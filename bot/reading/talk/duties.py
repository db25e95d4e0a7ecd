"""What somebody asks who meets a child in danger at work: where he works, what he has to do, what others owe; and who
only cries for help, and wants no rule.

Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re

from bot.reading.normalise import normalise
from bot.reading.talk import question_forms

SCHOOL, MEDICAL, HOME_VISITS, OTHER_PLACE = "school", "medical", "home_visits", "other_place"
_SCHOOL_SILENT = "(?:老师|学校|[园校]长)[^,。!?]{0,4}(?:没|不)(?:有|往上|让|敢|肯)?报(?!名|销|考)"
"""老师没报告: who tells of it wonders what a school owes."""
_WORKS_AT = (
    (SCHOOL, re.compile(f"{_SCHOOL_SILENT}|班主任|校医|保健老师|幼儿园|[当是][^,。]*老师|[园校]长|学生|保育员|辅导员")),
    (MEDICAL, re.compile("护士|大夫|医生|卫生[院室所]|医院[^,。]{0,4}(?:上班|工作)|门诊|急诊|接诊|村医")),
    (HOME_VISITS, re.compile("走访|入户|摸底|摸排|(?:儿童|村|我是|当)主任|督导员|网格员|村干部")),
    (OTHER_PLACE, re.compile("宾馆|旅[店馆]|酒店|住宿|前台|社工|培训班|托管班|救助站|福利院")),
)
_ASKS_FOR_DUTY = re.compile(
    "[报打][给告哪谁警]|给谁[打报说]|[跟和向找]谁|先[^,。]{0,8}(?:啥|什么|哪|谁|咋|怎么)|(?:头|第)一(?:个|件|步)|[该用要得能]不[该用要得能]|还是"
    "|[得该][^,。]{0,3}(?:咋|怎么|干啥|做什么)|[报说][^,。]{0,4}[吗不呗]$|是不是[^,。]{0,8}报|等[^,。]{0,8}[中行成]不|罪|责任"
    "|能答应|[能该][^,。]{0,3}(?:瞒|声张|捂)"
)
_HESITATES = re.compile(
    "别声张|别(?:往外|吱声|报)|想等|等[^,。]{1,10}再(?:说|报)|压(?:下|着)|捂着|瞒|不敢报|不让[我俺](?:们)?(?:报|说)|"
    + _SCHOOL_SILENT
)
_PENALTY = re.compile("谁收拾|收拾他|处理我|处分|追责|担责|挨罚|有罪|罚我|追究")
_OF_OTHERS = re.compile(
    "(?:学校|单位|老师|那人|人家|村里|村委会|政府|派出所|医院|他们|平台|家长)[^,。]{0,4}[该得要][^,。]{0,6}[咋怎啥谁哪做]"
    "|申请[^,。]{0,8}[吗不呗]$|请示|保障|救助|待遇|先[^,。]{1,10}再[^,。]{1,8}[吗不呗]$"
)

_CALLS_FOR_HELP = re.compile("[能会](?:不能|不会)?(?:来|派|帮)|快[来点救]|救[救命]")
_SUFFERS = re.compile("[打摸骂掐砍踢揍拧](?:了|着|过)?[我俺]")
_OF_THE_WRITER_OR_NOW = re.compile("[我俺咱]|现在|刚才|正在|今天|这会儿")


def works_at(text: str) -> str | None:
    """Where somebody meets the child he tells of: SCHOOL, MEDICAL, HOME_VISITS, OTHER_PLACE; None: it is not said."""
    said = normalise(text).text
    return next((place for place, words in _WORKS_AT if words.search(said)), None)


def asks_for_duty(text: str) -> bool:
    """Whether words ask what is to be done, to whom it is reported, or whether: 我是班主任 学生身上有伤 报给谁."""
    return _ASKS_FOR_DUTY.search(normalise(text).text) is not None


def hesitates(text: str) -> bool:
    """Whether somebody waits or is told to be silent: 园长让我别声张, 我想等家长会再说."""
    return _HESITATES.search(normalise(text).text) is not None


def fears_penalty(text: str) -> bool:
    """Whether somebody asks after what happens to him who did not report: 没报会追责不."""
    return _PENALTY.search(normalise(text).text) is not None


def asks_what_others_owe(text: str) -> bool:
    """Whether words ask what a school, an office or somebody else must do, or for a benefit; 救救孩子 asks neither."""
    return question_forms.asks(text) and _OF_OTHERS.search(text) is not None


def of_the_writer_or_now(text: str) -> bool:
    """Whether words speak of whoever writes, or of what happens now."""
    return _OF_THE_WRITER_OR_NOW.search(text) is not None


def calls_for_help(text: str) -> bool:
    """Whether words call somebody to come: 能不能快来人, 救救孩子, 救命."""
    return _CALLS_FOR_HELP.search(text) is not None


def suffers(text: str) -> bool:
    """Whether it is the writer that something is done to: 我爸打我."""
    return _SUFFERS.search(text) is not None
