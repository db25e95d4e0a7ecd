"""What somebody who joined asks or wants in the middle of the week's talk: whether the director came, what becomes of it
if nobody comes, how often they come, to be called, to call a child later, to give a new number.

Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re

from bot.reading.normalise import normalise

CAME, NOBODY_COMES, HOW_OFTEN, CALL_ME, LATER, NEW_NUMBER = (
    "came",
    "nobody_comes",
    "how_often",
    "call_me",
    "later",
    "number",
)
LONGEST = 60
_OFFICE = "(?:主任|你们的?人|督导员|工作人员|村干部|网格员)"
_CAME = re.compile(
    f"{_OFFICE}[^。!?;]{{0,14}}(?P<v>去|来|上门|到)(?:过|了|俺家|我家|家)*(?:没|不|吗|么|过没)|{_OFFICE}[^,。!?;]{{0,8}}(?:啥|什么)时候(?:来|去)过"
    f"|到底(?:去没去|来没来|去了没|来了没)|{_OFFICE}?[^,。!?;]{{0,6}}(?:去没去|来没来)"
)
_NOBODY_COMES = re.compile(
    "(?:不|没)(?:去|来|上门)(?:了)?[^,。!?;]{0,4}(?:没人管|谁管|咋办|咋整|怎么办|找谁|呢)|(?:没人|谁)(?:监督|管)(?:她|他|主任|这事|你们)[^,。!?;]{0,3}(?:吗|么|啊|呢|[?？])?$"
    "|一直(?:不|没)(?:去|来|上门)[^,。!?;]{0,4}(?:找谁|咋|怎么|谁)"
)
_HOW_OFTEN = re.compile(
    "(?:多久|多长时间|几个月|多少天|隔多久)[^,。!?;]{0,6}(?:来|去|上门|走访)(?!过)|(?:走访|上门|来|去)[^,。!?;]{0,4}(?:有没有个?|有)(?:准日子|规定|说法|准数)|一年(?:来|去|上门)?(?:几|来几)[趟回次]"
)
_CALL_ME = re.compile(
    f"(?:让|叫|请|帮我(?:跟|让|叫))(?:她|他|[^,。!?;]{{0,4}}{_OFFICE})[^,。!?;]{{0,8}}(?:(?:给|跟)(?:我|俺)[^,。!?;]{{0,5}}(?:电话|信|话)|打给(?:我|俺)|回(?:我|俺)?个?电话|来个?电话|联系(?:我|俺)|来电)"
)
_LATER = re.compile(
    "(?:回头|晚上|明天|一会儿?|等会儿?|下班|周末|晚点|待会儿?)[^。!?;]{0,10}(?:打(?:一?个|过去|完)?|视频)[^。!?;]{0,8}(?:跟你说|告诉你|再说|行不|用不用|说一声)"
)
_NEW_NUMBER = re.compile(
    "换(?:了|成)?(?:个)?(?:新)?(?:电话|手机)?号|(?:电话|手机)(?:号码?)?(?:改|换|变)(?:成|了)?|(?:电话|手机|号码?)[^,。!?;]{0,3}(?:停|变|换)了|新(?:号码?|电话|手机号|的)[^0-9]{0,4}1[3-9][0-9]{9}|以后(?:打|用)1[3-9][0-9]{9}"
)
_NUMBER = re.compile("(?<![0-9])1[3-9][0-9]{9}(?![0-9])")
_KINDS = (
    (CALL_ME, _CALL_ME),
    (NOBODY_COMES, _NOBODY_COMES),
    (HOW_OFTEN, _HOW_OFTEN),
    (CAME, _CAME),
    (LATER, _LATER),
)


def read(text: str) -> str | None:
    """Which of these a message is; None: none of them."""
    said = normalise(text[:LONGEST]).text
    if _NEW_NUMBER.search(text[:LONGEST]) and _NUMBER.search(text.replace(" ", "")):
        return NEW_NUMBER
    return next((kind for kind, words in _KINDS if words.search(said)), None)


def number(text: str) -> str:
    """The telephone number told; empty: none."""
    hit = _NUMBER.search(text)
    return hit.group() if hit is not None else ""
