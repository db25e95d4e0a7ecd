"""Harm that is named in a message and told of no child: the other parent who left and does not care, where the one who
writes brings the child up or arranges who does; the habits of somebody who may look after it; what a question asks of
everybody. Any text is taken; nothing here raises.

Only neglect may be so (`NEGLECT`): a blow, a child alone or hungry is told whatever stands around it.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.reading import danger
from bot.reading.normalise import normalise
from bot.reading.talk import question_forms

NEGLECT = frozenset({"guardian_not_performing", "guardian_lost_capacity", "abandoned"})
"""Signs of a grown-up who does not do his part."""
_BESIDE = frozenset({"guardian_struggling", "parents_silent", "hardship", "eligibility_question", "policy_question"})
"""Signs that are no harm, which may stand beside them."""
_CARE_KINDS = frozenset({danger.HUNCH, "abandoned"})
"""Kinds of danger that words of neglect sound like; all others are told."""
_ASKED_OF_ONESELF = frozenset({"self_harm", "sexual"})
_OTHER_PARENT = (
    "(?:(?:[他她]|孩子|娃|俩孩子|闺女|儿子|丫头|小子)(?:的)?亲?(?:爸爸?|爹|父亲|妈妈?|娘|母亲)|前[夫妻]|[男女]方"
    "|我(?:家)?(?:那个)?(?:前[夫妻]|媳妇|老公|男人|对象))"
)
_DOES_NOTHING = re.compile(
    f"(?<![和跟与]){_OTHER_PARENT}(?![和跟与]|[他她孩](?:子)?[爸妈爹娘])[^。!?;]{{0,14}}"
    "(?:不管|没管过|不养|不要|不抚养|不拉扯|不照顾|不着家|扔下|撇下|跑了)"
)
_BOTH = re.compile(
    "爸妈|爹妈|父母|两口子|俩人?都|两个都|谁都|谁也|[他她子]爸.{0,8}[他她子]妈|[他她子]妈.{0,8}[他她子]爸"
)
_WRITER_CARES = re.compile(
    "[我俺](?:自己|一个人|一人|自个儿?|独自|一直|来|就|把孩子)*(?:带|拉扯|养|照顾|照看|领)(?!不|走)"
    "|跟[我俺](?:过|住|离|一起)|(?:[托放搁送交][在给]?|归|判给|随)[我俺]"
    "|[我俺](?:家|的)?(?:闺女|女儿|儿子|丫头|小子|姑娘|俩?孩子|俩?娃)"
    "|[我俺](?:下|要|得|想|准备|打算|过完|年后|明年|开春|现在想)[^,。!?;]{0,12}(?:打工|出国|上班|干活|外地|出去|走)"
)
_CHILD_SUFFERS = re.compile(
    "没人(?:管|看|照)|[我俺](?:也)?(?:不管|管不了|带不了|带不动|不要|养不起|照顾不了)|自己在家|一个人在家|饿|冻|锁|哭|伤"
    "|打(?!工|电话|麻将|牌|听|针|算|扮)"
)
_MAY_CARE = re.compile(
    "(?:能不能|能|可以|可不可以|行不行|合适|合规)[^,。!?;]{0,4}(?:让|托|给|交|当|由|找)[^,。!?;]{0,12}(?:[吗么不没]|被委托人|照护人)?$"
    "|(?:让|托给|交给|由|放)[^,。!?;]{1,8}(?:带|看|管|照看|照顾|养|家)?(?:行不行|行不|行吗|中不中|中不|中吗|合适不|合适吗|合规不|可以吗|可以不|成不)$"
)
_CLAUSE = re.compile(r"[^,，。;；!！?？\s]+")


def left_out(text: str, signs: Collection[str]) -> frozenset[str]:
    """The signs of `signs` that a message only names; none where anything graver is told beside them."""
    named = NEGLECT & {*signs}
    if not named or {*signs} - NEGLECT - _BESIDE:
        return frozenset()
    return named if of_the_other_parent(text) or _of_who_may_care(text) else frozenset()


def of_the_other_parent(text: str) -> bool:
    """Whether the other parent left and does nothing, told by the one who brings the child up or arranges who does."""
    said = normalise(text).text
    arranges = _DOES_NOTHING.search(said) and _WRITER_CARES.search(said) and not _BOTH.search(said)
    return bool(arranges) and _CHILD_SUFFERS.search(said) is None


def of_a_rule(text: str) -> bool:
    """Whether what holds for all who are so is asked, of no child there is, and of nothing a child asks about itself as
    if for a rule."""
    hit = danger.read(text)
    grave = hit.level == "emergency" or not _ASKED_OF_ONESELF.isdisjoint(hit.kinds)
    return not grave and question_forms.only_of_a_rule(text)


def only_asked(text: str, signs: Collection[str]) -> bool:
    """Whether words that may mean danger or neglect ask what is laid down: of everybody, or what is done about somebody
    who looks after a child badly. Whether a child is in danger is asked all the same. `signs`: what they tell of."""
    if of_a_rule(text):
        return True
    hit = danger.read(text)
    named = bool(NEGLECT & {*signs}) and {*signs} <= NEGLECT | _BESIDE
    calm = hit.level != "emergency" and {*hit.kinds} <= _CARE_KINDS
    return named and calm and question_forms.asks(text)


def _of_who_may_care(text: str) -> bool:
    """Whether it is asked if somebody, no parent, may look after a child: 我小叔子喝大酒能让他带不."""
    said = normalise(text).text
    if re.search(_OTHER_PARENT, said) or _BOTH.search(said) or _CHILD_SUFFERS.search(said):
        return False
    return any(_MAY_CARE.search(normalise(one).text) for one in _CLAUSE.findall(text))
