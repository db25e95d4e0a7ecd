"""Whether somebody in the check wants it to go to people, or goes to an office himself.

Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re

from bot.reading.talk import purposes

TO_PEOPLE = re.compile(
    "(?<![别不没])(?<!不要)(?<!不想)(?:找|交给|转给)[^，。]{0,4}主任|(?:帮我|给我|给俺|替我)找个?人(?:问|看|说|办|$)"
    "|^(?:那|就)?谁(?:能|可以|来)(?:来)?帮"
    "|(?:村里|村上|主任|社区)[^，。]{0,6}来[^，。没]{0,3}(?:看看|看一眼|瞅瞅|瞅一眼)[^，。]{0,3}(?:可以|行|中|成|能|好)"
)
_HANDS_OVER = re.compile(
    "(?<![别不没])(?:帮|替)(?:我|俺)(?:家)?(?:们)?(?:跟|和|向)[^,，。？?]{0,5}(?:主任|村里|民政|社区)(?:说说|说一声|说一下|反映反?映?|讲讲|提提?)|(?:让|叫|派|请|找)(?:个|你们的?)?人(?:来|上门|过来)(?:家里?|我家|俺家)?(?:看看|瞅瞅|问问|一趟|趟)?(?:吧|呗|就行|$|"
    "[,，。 ])|^(?:那|行|中|好)?[,， ]*来人(?:吧|看看|呗)|"
    "(?<![别不没])(?<!不要)(?<!不想)(?:递|转|交|报|送)(?:给|到)[^,，。？?]{0,5}(?:主任|村里|村上|"
    "社区|民政|镇上|乡里|街道)"
    "|(?<![我俺])(?:给|跟|和|向)(?:咱)?(?:村里|村上|村委|主任|社区|镇上|民政|街道)[^,，。？?没过]{0,3}(?:说一声|说说|说一下|打个招呼|报一下|报上)"
    "|(?:告诉|通知)(?:她|他|主任|村里)[^,，。]{0,2}一声"
    "|(?:让|请|叫)[^,，。？?]{0,5}主任(?:来|上门|过来|到家|去家里|来家)[^,，。？?]{0,5}(?:吧|呗|就行|$|[,，。 ])"
    "|(?:^|[,，。 中行好成妥])(?:你|您|就|那)*(?:给|帮)(?:我|俺)?转(?:上去|过去|一下|吧|呗|得了|给|你|我|$|[,，。 ])"
    "|(?:递|转|交|报)(?:上去|过去|一下)(?:吧|呗|得了|就行|$|[,，。 ])|(?:交|转|报)(?:上)?吧"
    "|(?<![别不没])(?:给|帮|替)(?:我|俺)?(?:们|家|们家)?(?:挂(?:个|上|一?个)*号|登记(?:上|一下|个)|报上(?:名|去)?|备(?:个|上)案)"
    "|(?<![别不没])(?:让|请|叫)[^,，。？?不没]{0,5}(?:主任|人|村里|民政|社区|工作人员)"
    "(?:给(?:我|俺)(?:打|来|回)个?(?:电话)?|(?:跟|和)?(?:我|俺)?联系(?:一下)?(?:我|俺)?|找(?:我|俺))"
    "|^(?:那|就|行|好|中|,|，| )*(?:俩|两个?|三个|都|全)+(?:孩子|娃)?的?(?:都|也|一起|一块)?"
    "(?:交|报|转|递)(?:上去?|了|吧|呗|去)*(?:$|[,，。 ])"
)
_REST = "[^,，。;；!！?？\\s]"
_HOW_REACHED = re.compile(
    f"{_REST}*(?:能不能|能|可以|会|有人|让他|让她|谁){_REST}{{0,6}}(?:打个?|来个?|回个?)电话{_REST}*[?？]?"
    f"|{_REST}*(?:那个)?(?:号码?|电话)(?:你们?|您)(?:有|知道|记){_REST}*[?？]?"
)
"""能不能让他给我打个电话 asks how the family is reached; that people are to come stands beside it."""
_NOT_YET = re.compile("[吗么?？]|能不能|要不要|用不用|先不|再说|怎么|咋|谁|哪")
_GOES_ONESELF = re.compile(
    "^(?:那|行|好|嗯|了|不用(?:转|交|麻烦|你们|您)?了?|算了|[,，。 ])*"
    "(?:我|俺|咱)(?:们|就|先|再|得|要|还是|这就|自己|自个儿?|亲自|明[天儿个]*|后天|下午|改天|回头|抽空|这两天|[ ])*"
    "(?:去|上|到|奔)(?:一?趟)?(?:镇|乡|街道|县|村部|村委|村上|村里|社区|民政|残联|政府)[^,，。；;!！?？吗打干住工过]{0,8}$"
)
_WENT = re.compile(
    "(?:问|去|办|找|跑|说)(?:过|了)(?!吧)|没(?:批|给|成|办)|打工|干活|上班|住|学|卖|咋|怎么|哪"
    "|医院|看病|透析|取药|复查|接孩子|赶集|开会"
)
_OF_REACHING = re.compile(
    "[0-9]{5,}|电话|手机|号(?:码|你|您|是)|微信|联系|[市县区乡镇村屯]|(?:我|俺)(?:姓|叫|是)|^就?(?:写|记|找)"
)
_CLAUSES = re.compile("([,，。;；!！?？\\s]+)")


def wants_people(text: str) -> bool:
    """Whether somebody wants to be brought to people: 找俺们村主任就行."""
    return TO_PEOPLE.search(text) is not None


def hands_over(text: str) -> bool:
    """Whether somebody says in so many words that what he told is to go to people: 你给递上去吧 找俺们村主任就行."""
    return _HANDS_OVER.search(text) is not None and _NOT_YET.search(_HOW_REACHED.sub("", text)) is None


def call_wanted(text: str) -> str:
    """The words that ask for a call (能不能让他给我打个电话), which whoever it goes to reads; empty: none do."""
    hit = _HOW_REACHED.search(text)
    return hit.group().strip() if hit is not None else ""


def told_with(text: str) -> str:
    """The clauses that tell something beside the wish that it goes to people, so far as these are other ones: no place,
    number or name, which the handing over takes itself."""
    each = [one for one in _CLAUSES.split(text) if one.strip(" ,，。;；!！?？")]
    facts = {one.text for one in purposes.read(text) if one.purpose == purposes.FACT}
    rest = [one for one in each if one in facts and not (hands_over(one) or TO_PEOPLE.search(one))]
    return " ".join(one for one in rest if not _OF_REACHING.search(one)) if len(rest) < len(each) else ""


def goes_oneself(clause: str) -> bool:
    """Whether a clause says that the family goes to an office by itself (我自己去镇上办): nothing of where a parent
    works. 我去镇上问了 没批 tells what was."""
    return _GOES_ONESELF.search(clause.strip()) is not None and _WENT.search(clause) is None


def without_own_way(text: str) -> str:
    """The words without the clauses that say so: where somebody goes to ask is no place of work."""
    return "".join(one for one in _CLAUSES.split(text) if not goes_oneself(one))
