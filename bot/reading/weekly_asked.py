"""What somebody who joined asks or wants in the middle of the week's talk: whether the director came, what
becomes of it if nobody comes, how often they come, to be called or visited, to call a child later, to give a new
number, what to talk about, whether a danger told is over, whether the week is done, what is noted, when and why it is
asked, not to be asked the next time, that nobody is to be told.

Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re

from bot.reading import worries
from bot.reading.normalise import normalise

CAME, NOBODY_COMES, HOW_OFTEN = "came", "nobody_comes", "how_often"
CALL_ME, COME, LATER, NEW_NUMBER = "call_me", "come", "later", "number"
WHAT_TO_SAY, OVER, DONE = "what_to_say", "over", "done"
RECORDED, WHEN, WHY, NOT_NEXT, KEEP, SECRET = "recorded", "when", "why", "not_next", "keep", "secret"
LONGEST = 60
_OF_ANOTHER = re.compile(
    "[他她孩娃](?:子|们)?(?:[爸妈爹娘]|奶|爷|姥|叔|姑|姨|舅)|(?:奶奶|爷爷|姥姥|姥爷|老师|前夫|前妻)"
)
_OFFICE = "(?:主任|你们的?人|督导员|工作人员|村干部|网格员)"
_CAME = re.compile(
    f"{_OFFICE}[^。!?;]{{0,14}}(?P<v>去|来|上门|到)(?:过|了|俺家|我家|家)*(?:没|不|吗|么|过没)|"
    f"{_OFFICE}[^,。!?;]{{0,8}}(?:啥|什么)时候(?:来|去)过"
    f"|到底(?:去没去|来没来|去了没|来了没)|{_OFFICE}?[^,。!?;]{{0,6}}(?:去没去|来没来)"
)
_NOBODY_COMES = re.compile(
    "(?:不|没)(?:去|来|上门)(?:了)?[^,。!?;]{0,4}(?:没人管|谁管|咋办|咋整|怎么办|找谁|呢)|(?:没人|"
    "谁)(?:监督|管)(?:她|他|主任|这事|你们)[^,。!?;]{0,3}(?:吗|么|啊|呢|[?？])?$"
    "|一直(?:不|没)(?:去|来|上门)[^,。!?;]{0,4}(?:找谁|咋|怎么|谁)"
)
_HOW_OFTEN = re.compile(
    "(?:多久|多长时间|几个月|多少天|隔多久)[^,。!?;]{0,6}(?:来|去|上门|走访)(?!过)|(?:走访|上门|来|"
    "去)[^,。!?;]{0,4}(?:有没有个?|有)(?:准日子|规定|说法|准数)|一年(?:来|去|上门)?(?:几|"
    "来几)[趟回次]"
)
_CALL_ME = re.compile(
    f"(?:让|叫|请|帮我(?:跟|让|叫))(?:她|他|[^,。!?;]{{0,4}}{_OFFICE})[^,。!?;]{{0,8}}(?:(?:给|"
    f"跟)(?:我|俺)[^,。!?;]{{0,5}}(?:电话|信|话)|打给(?:我|俺)|回(?:我|俺)?个?电话|来个?电话|"
    f"联系(?:我|俺)|来电)"
)
_LATER = re.compile(
    "(?:回头|晚上|明天|一会儿?|等会儿?|下班|周末|晚点|待会儿?)[^。!?;]{0,10}(?:打(?:一?个|过去|完)?|"
    "视频)[^。!?;]{0,8}(?:跟你说|告诉你|再说|行不|用不用|说一声)"
)
_NOT_PAST = "(?!过|了)"
_COME = re.compile(
    f"(?:能不能|能|可不可以|让|叫|请|麻烦)[^,。!?;]{{0,10}}(?:(?:上|来|去|到)(?:我|俺)(?:们)?家|上门|过去)[^,。!?;]{{0,4}}(?:瞅|看|走|转){_NOT_PAST}"
    f"|{_OFFICE}[^,。!?;]{{0,6}}(?:上|来|去|到)(?:我|俺)(?:们)?家[^,。!?;]{{0,4}}(?:瞅|看|走|转){_NOT_PAST}"
)
_WHAT_TO_SAY = re.compile(
    "(?:跟|和|对|同)(?:[他她]|孩子|娃|闺女|儿子|丫头|小子)[^,。!?;]{0,6}(?:唠|聊|说|讲)(?:点|些)?(?:啥|什么)"
    "(?:好|呢|啊|呀)?(?=$|[,，。?？!！ ])"
    "|(?:唠|聊|说|讲)(?:点|些)(?:啥|什么)好|不(?:知道|会)(?:跟[他她孩娃]子?)?(?:咋|怎么)(?:唠|聊|说|开口)"
)
_OVER = re.compile("(?:应该|这回|现在|这下)(?:就|算)?(?:没(?:啥)?事了|好了|过去了)[吧呗]|没(?:啥)?事了吧")
_DONE = re.compile(
    "(?:打卡|报平安|这个?(?:周|礼拜|星期)(?:的|这个)?)[^,。!?;]{0,6}(?:完事|完|够|交差|过关)了?(?:吧|呗|没|吗|么|不|是不)"
)
_RECORDED = re.compile(
    "(?:[你您]们?|刚才|刚)(?:这儿|这|都|给我|刚才|到底|那|记录)*(?:记|写|存)(?:录|了|的|下来?|上|着)*(?:些|点)?"
    "(?:啥|什么|哪些|多少|对不对|对吗|对没)|(?:[你您]们?)(?:都)?(?:给我|给俺)?(?:记|写)(?:了|的|下|上)*[^,。!?;]{0,4}(?:瞅瞅|看看|瞧瞧)"
    "|(?:看看|瞅瞅|瞧瞧|看一眼|看下|念念|说说)(?:[你您]们?)?(?:都|给我|给俺|刚才)*(?:记|写)(?:录|的|了|下)|记的?(?:对不对|对吗|对没)"
)
_WHEN = re.compile(
    "(?:啥|什么)时候(?:还|再|又|会|才|来)*(?:问|发|找|提醒|来问)(?:我|俺|一?[下声次回遍])?(?:[啊呀呢?]|$)|(?:下回|下次)[^,。!?;]{0,5}(?:啥|什么)时候"
    "|(?:每|一|各)(?:个)?(?:礼拜|星期|周)(?:都|也|就)?(?:要|得|来|会)?问(?:我|俺|一?[次回遍])?[啊吗呀么?]*$"
    "|(?:多久|几天|多长时间|隔几天|隔多久)(?:来)?问(?:我|俺)?一?[次回遍]"
)
_WHY = re.compile(
    "问(?:这些|这个|这|来问去|那些|我)*(?:有(?:啥|什么|嘛)(?:用|意思)|图啥|图什么|干啥|干什么|干嘛|顶啥用)|(?:有啥用|有什么用)$"
    "|(?:又|老|总|天天|成天)(?:来|是|在)*问(?:我|俺)?(?:[,，啊呀呢了]|$|[你您]?咋)|(?:咋|怎么)(?:又|老|总)(?:来)?问|[你您]?(?:咋|怎么)不烦|烦不烦"
)
_NOT_NEXT = re.compile(
    "(?:下(?:个)?(?:周|礼拜|星期)|下回|下次)(?:就|先|[你您]|可)*(?:别|不用|甭|不要)(?:再|来|给我)*(?:问|发|提醒|找)"
)
_SECRET = re.compile(
    "(?:别|不要|可别|千万别|甭)(?:跟|和|告诉|让|给)(?:孩子|娃|他|她|我|俺)?(?:们)?(?:的)?(?:爸妈|爸爸?|妈妈?|爹|娘|奶奶?|爷爷?|姥姥|姥爷|家里?|媳妇|儿子|闺女|老公|对象)"
    "(?:家里)?(?:的?人)?(?:他们)?(?:说|讲|知道|听见|$)"
)
_NEW_NUMBER = re.compile(
    "换(?:了|成)?(?:个)?(?:新)?(?:电话|手机)?[号卡]|(?:电话|手机)(?:号码?)?(?:改|换|变)(?:成|了)?"
    "|(?:电话|手机|号码?)[^,。!?;]{0,3}(?:停|变|换)了|新(?:号码?|电话|手机号|的)[^0-9]{0,4}1[3-9][0-9]{9}"
    "|以后(?:打|用)(?:这个?)?(?:号码?|电话)?1[3-9][0-9]{9}"
)
_NUMBER = re.compile("(?<![0-9])1[3-9][0-9]{9}(?![0-9])")
_KINDS = (
    (CALL_ME, _CALL_ME),
    (NOBODY_COMES, _NOBODY_COMES),
    (HOW_OFTEN, _HOW_OFTEN),
    (CAME, _CAME),
    (COME, _COME),
    (WHAT_TO_SAY, _WHAT_TO_SAY),
    (OVER, _OVER),
    (LATER, _LATER),
    (DONE, _DONE),
    (RECORDED, _RECORDED),
    (NOT_NEXT, _NOT_NEXT),
    (SECRET, _SECRET),
    (WHEN, _WHEN),
    (WHY, _WHY),
)


def read(text: str) -> str | None:
    """Which of these a message is; None: none of them."""
    said = normalise(text[:LONGEST]).text
    if _NEW_NUMBER.search(text[:LONGEST]) and _NUMBER.search(text.replace(" ", "")):
        return NEW_NUMBER
    kind = next((kind for kind, words in _KINDS if words.search(said)), None)
    return KEEP if kind is None and worries.keeps_to_himself(text) else kind


def of_another(text: str) -> bool:
    """Whether a number told is that of somebody else: 他妈换号了."""
    return _OF_ANOTHER.search(text) is not None


def number(text: str) -> str:
    """The telephone number told; empty: none."""
    hit = _NUMBER.search(text)
    return hit.group() if hit is not None else ""
