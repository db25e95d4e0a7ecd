"""What each clause of a message is for: a fact of the matter, a question to us, an order or request to us, talk about
the talk itself, a feeling or courtesy.

What bears no mark of another purpose is a fact, and so are words of danger, whatever form they have: nothing told is
lost by this reader. Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from bot.reading import danger
from bot.reading.normalise import FRESH, normalise
from bot.reading.reports import later, told
from bot.reading.talk import courtesies, pausing, replies
from bot.reading.talk.answers import short_answer

FACT, QUESTION, REQUEST, TALK, COURTESY = "fact", "question", "request", "talk", "courtesy"
LONGEST_ORDER = 24
"""Longer clauses tell something, however they begin."""
_PARTS = re.compile(r"[^,，。;；!！?？、\s~…]+[?？]?")
_YOU = "(?:你|您)们?"
_ME = "(?:我|俺|咱)们?"
_SOFT = f"(?:那|就|快|赶紧|麻烦|请|能不能|能|可以|先|再|也|都|还是|{_YOU}|行|啊|哎|对了|给{_ME}|帮{_ME}|替{_ME}|帮忙)*"
_END = "(?:吧|呗|啊|呀|哈|了|嘛|行不|行吗|好吗|中不|成不|一下|下|得了|就行|就中|就好)*"

_REQUEST = re.compile(
    "|".join(
        (
            f"^(?:以后|可|千万|也|就|那|消息|短信|微信)*(?:别|不要|甭|不用|不许|少)(?:再|老|总|往)?(?:给|跟|和|往|到|上|去|来|让)?(?:{_ME}(?:这儿?|家)?)?(?:再|来|老)?"
            "(?:发|打(?:电话|扰|我|过来)|联系|回|来|找|通知|提醒|告诉|说(?:是|出去|我)|讲|写|记|留|加|看|上我?家|查|问我|删|催|转|让)",
            f"^(?:微信|电话|短信|消息|号码?|手机)(?:就|也|可|都)?(?:别|不要|甭|不用|行|中|可以|成)(?:打|发|加|写|留|回)?{_END}$",
            "^(?:就)?(?:打电话|发消息|发短信|发微信)(?:就行|就中|就好|吧|可以|行)*$|^(?:早上|白天|晚上|中午|上班|夜里|平时)(?:别|不要|甭)(?:打|发|来|联系)",
            f"^{_SOFT}(?:撤|撤回|撤销|退|取消|退出|删|停|关)(?:了|掉|回|出|下来|一下)*{_END}$",
            f"^{_SOFT}(?:把|将)[^他她娃]{{1,10}}(?:去掉|删|撤|改|抹|取消|换|发我|转给|交给)(?:掉|了|回|过来|一下|下|{_ME})*{_END}$",
            "(?:密码|查询码|码).{0,6}(?:换|改|重新|重设|再发)|(?:换|改|重新|重弄|重设).{0,5}(?:密码|查询码|码)|(?:能|给)(?:重新)?(?:换|弄|整)(?:一?个)(?:吗|不|呗)?$",
            f"^{_SOFT}(?:换|改)(?:一?个|一下|改|掉|了|过来)*{_END}$|^给(?:这个|那个|这|那)?案子?.{{0,4}}(?:定|做|写|出)",
            f"^{_SOFT}(?:给|发|告诉|要|来).{{0,4}}(?:换|改|弄|整|发|查|重发|看)?.{{0,2}}(?:个|遍|下|新)?(?:密码|查询码|码|号)(?:我|{_ME})?{_END}$",
            f"(?:密码|查询码|码|号)(?:再|也|快|赶紧|就|先)?(?:发|给|告诉|报)(?:一遍|给|一下|我|{_ME}|来|过来)*{_END}$|^再给一遍{_END}$",
            f"^{_SOFT}(?:查|看|问|催)(?:查|看|问|一查|一下|下)?(?:看|看看)?(?:{_ME})?(?:那个|的|报的|案子|这个)*(?:进度|办得|办到|办的|结果|到哪)",
            f"^{_SOFT}(?:转|报|交|递|反映)(?![^,。]*了$)(?:给|到|上去)(?:民政|妇联|公安|派出所|警察|县|镇|村|上面|教育|主任|领导|他们)",
            f"^{_SOFT}(?:叫|派|让|找|请|喊)(?![^,。]*(?:回去了|走了|没有)$)(?:个|几个)?(?:人|主任|村主任|儿童主任|村里|镇里|民政|警察|你们的?人)[^,。]{{0,4}}(?:来|去|过来|上门|到|看|瞅|瞧|管)",
            "^(?:快|快点|赶紧|赶快|麻溜|马上)[点儿]*(?:的)?(?:派|让|叫|来|去|算|查|办|给|整|弄|处理)",
            f"^{_SOFT}(?:做|定|写|出|列|拟|建|搞)(?:个|一个|一份|份|一下)(?:计划|方案|预案|会商|转介|小结|报告单)",
            f"^{_SOFT}(?:问|核实|联系|跟|和|回|告诉|通知|让|叫|请)(?:下|一下|问)*(?:报告人|报案人|举报人|反映人|报的人|报告的人|举报的人)",
            "^(?:叫|让)(?:他|她|他们|孩子)(?:把|拍|发|来|带|给).{0,10}(?:给我|过来|我看|看看|来)",
            "^(?:那|哎|就|也)*(?:周[一二三四五六日天]|那个|这个|昨天|刚才|原来).{0,4}(?:留着|别动|别停|别删|先别删|先别撤|保留|还用)",
            f"^(?:不|先不|就不|也不|还是不)(?:想|用|要)?(?:再)?(?:报|弄|整|换|办|测|算|查|问|举报|说|聊|留|交|看我|来)(?:了|电话|号|联系方式|名字?)*{_END}$",
            "^(?:不用|不要|别|甭)(?:看我|来|上门|管我|找我|测|查|再测|办)",
            "^(?:不留|不写)$|^(?:上报|降级|升级|结案|关掉|接手|转介)(?:吧|一下)*$",
        )
    )
)
_QUESTION = re.compile(
    "|".join(
        (
            "[吗?？]$|(?<![那这怎什要])么$|^(?:那|要是|如果|换成)[^。]{0,10}呢$|^(?:那|然后|后来|结果|人|孩子|报告|号码?|查询码)*呢$|(?:啥|什么|哪|谁|咋|怎么|几|多少)[^。]{0,6}呢$",
            "(?<!了)(?<!要)(?<!可)不$|[着了过到完上下来](?:没|没有)$|(?<!一点)(?<![都也])(?:有人|值班|回信儿?|结果)(?:没|没有)$",
            r"(?<![现太])(..?)[不没]\1",
            "(?<![认不])(?:咋|怎么|怎样|如何)(?:办|整|弄|样|报|说|告|联系|申请|算|处理|走|填|写|查|打)(?![^,。]{0,3}(?:的|得)(?:$|也))",
            "(?<![不没])(?:有|做|干|打|说|带|要|用|问|归|叫|算|是|负|担|犯|得|该|准备|办|当)(?:点|些|个)?(?:啥|什么|哪|谁|多少|几(?:个|天|点|岁|号)?$)(?![^。]{2,}了$)",
            "^(?:啥|什么)(?:叫|是)|(?:啥|什么)(?:玩意|意思|责任|后果|手续|说法|材料|条件|时候|规定)",
            "(?:啥时候|什么时候|啥前儿|多会儿|多久|多长时间|几天|多少钱|哪天)(?:能|会|来|有|才|给|到|办|处理|可以|完)",
            "(?:电话|号码?)(?:是)?多少|多少(?:号|钱|天)|(?:搁|在|到|去|上|往|跟|给|找|打|向|归|问|告诉|听)(?:哪|谁)(?:儿|里|个|家|些|块)?(?:呢|啊|去|了|报|说|管|养|打|问|找|告|反映|电话|举报)*$",
            "哪(?:几|个|些)(?:家|人|部门|单位|电话|村|户)?$|^谁(?!也|都|家)|是谁(?:报|说|举报|告)",
            "(?:到底|究竟).{0,10}[没不]|(?:总|就|能)(?:行|成|可以|中)吧$|对吧$|(?:会|能|得)(?:咋|怎么)样|(?<!不知道)(?:咋|怎么)样了?$",
            "^(?:要是|如果|万一|假如).{2,16}(?:咋|怎么|呢|吗|不|么)$|(?:算不算|归不归|管不管|要不要|用不用|能不能|会不会|可不可以|行不行|有没有|犯不犯|是不是)",
        )
    )
)
_NOT_ASKED = re.compile(
    "叫(?:个)?(?:啥|什么)(?!名|字|呢|来着$|啊$)[一-鿿]{2,3}$|动不动就|有一[下搭]没一|^没有没有|^(?:有人|[他她娃]|人家|孩子|学生|主任|校长|老师|大夫)[^,。]{0,8}(?:说|问|喊|骂|吓唬|念叨)(?!$|[的清明不没了出下问好])|^(?:说(?!不|说)|喊|骂|问[他她]|就是?总?念叨)|整不[清明]|不知道|不清楚|不晓得|不道|不记得|记不[清得]|没人知道|看不清|说不[上清准好]|不确定|(?:谁|哪|啥|什么|咋|怎么|几)[^,。]{0,4}(?:也|都)[^,。]{0,3}[不没]"
    "|(?:孩子|他|她|娃|人家|问[他她]?)[^,。]{0,3}不(?:说|吱声|讲|肯说)$|还(?:干|能干)啥|啥都|什么都|怎么都|哪都|谁都|没(?:啥|什么)"
)
_ASKED_OF_US = re.compile(
    r"不知道(?:该|应该|要|得)?(?:打|找|去|上|跟|给|报|往|向|问)(?:给|到)?(?:哪|谁|啥|什么)|不知道(?:该|应该|要)?(?:咋|怎么)(?:办|报|弄|整|说)|(?:咋|怎么)办[^,。]{0,2}不知道|[我俺]该?(.)不\1$"
)
_OF_OTHERS = re.compile("[他她娃]|孩子|人家|爸|妈")
"""Whoever they say does not know it: 她爸一个大老爷们不知道咋说."""
_TALK = re.compile(
    "|".join(
        (
            "^(?:啊|哎|哦|噢|嗯|那|呃|对了|哎对了|哦对|对|等等|慢着|稍等|停一下|停停|先停|等会|再等等)(?:了|啊|一下|会儿?)*$",
            f"^(?:啊|哎|哦|噢|嗯|{_ME}|刚才|刚刚|刚|又|都)*(?:不对|错了|不是|岔了|走岔|说错|写错|打错|记错|看错|弄错|搞错|说差|说秃噜|讲错|报错|口误|串了)(?:字)?(?:了|啊|不对|错了|岔了|劲)*$",
            "打字(?:打)?(?:快|错|岔|慢)了?|(?:上一?句|刚才那句|前面那句|那句|这句)(?:话)?(?:不算|作废|别记|当没说|不要|算了|没用)",
            f"(?:刚才|刚刚|前面|上面|头前|昨天|早|都|已经|不是)(?:[^,。他她跟和给人]{{0,6}}|[^,。]{{0,3}}(?:跟|给|和){_YOU}[^,。]{{0,3}})(?:说|讲|写|告诉)(?:过|了|清楚|明白|{_YOU})+(?:吗|么|嘛|啊|的)*$|^{_ME}[^,。]{{0,3}}(?:说|讲)过了?$",
            f"^(?:{_ME}|咱俩|那|就|你|您)*(?:接着|继续|往下)(?:说|唠|聊|问|来|讲|办|整|弄)?(?:吧|呗|啊)*$|(?:说|聊|唠|讲|问)到哪",
            f"^(?:{_ME}|那|再|想|还|要|有|得)*(?:补充|补|再说|多说|加|说|讲)(?:一)?(?:句|下|个|点|条|个事|个情况)+(?:事|话|情况|儿)*$|^(?:还有|另外|还有个事|从头说|重说一遍|{_ME}重说(?:一遍)?)(?:啊|呢)?$",
            f"^(?:{_ME}|就|没|先|都|也)*(?:没别的|没了|没啥(?:要)?说的?|就这些|就这么?多?|这些|就这|说完|完了|完事|先这样|说这么多|没啥了|没有了)(?:要|了|吧|啦|呗|啊)*$|^(?:那|行|好)*先这[样么](?:着)?吧?$",
            f"^(?:{_ME})?(?:想|先|再|去)*(?:想想|想一下|想一想|看看|找找|睡觉|忙|吃饭|干活|接电话)(?:去)?(?:了)?$|(?:明天|回头|改天|过会儿?|一会儿?|待会儿?|晚点)(?:再)(?:说|聊|唠|来|整|弄)",
            f"^(?:{_YOU})?(?:先)?等(?:一)?(?:下|会儿?|等)?(?:{_ME})?(?:一下|一会儿?|会儿?)?(?:啊|哈)?$|^(?:有人敲门|孩子叫我|来人了|锅糊了|来电话了|接个电话)$",
            f"^{_ME}?(?:不)?是(?:说|问|讲|办|报)(?:的)?(?!了)[^,。]{{0,8}}$|^{_ME}(?:就|只|光)?(?:是)?问(?![了过他她])[^,。]{{1,10}}$|^不是(?:报|办|问|说)",
            f"^(?:{_YOU})?自己看|^{_ME}(?:就|都|全)?(?:写|说|讲)(?:得|的)?(?:很|都)?(?:清楚|明白|全)了?$",
        )
    )
)
_COURTESY = re.compile(
    "|".join(
        (
            f"^(?:{_ME}|真|可|都|把{_ME}|给{_ME}|心里?|现在|好|有点|太|实在|愁得)*(?:害怕|怕|吓人|吓死|急死|气死|愁死|烦死|烦|急|愁|慌|难受|不得劲|闹心|揪心|心疼|可怜|寒心|堵得慌|堵得难受|不是滋味|睡不着|吓坏)(?:{_ME}|人|了|啊|得|的|死|睡不着)*(?:真是)?$",
            f"^{_ME}(?:真|就|也|是)?(?:怕|担心|害怕)(?:他|她|他家|人家|被|家长|以后|那家)[^,。]{{0,4}}(?:知道|找|报复|堵|认出|恨|是我|来闹|闹)",
            "(?:还是|配当|算)(?:个)?人(?:吗|么)|什么(?:东西|玩意|人|事)(?:啊|呀)?$|(?:太|真)(?:欺负|欺侮|不是|损|狠|可怜|作孽)[^,。]{0,3}$|作孽|造孽|别糊弄|^(?:唉|哎呀|哎)+$|可怜(?:啊|见)",
            "^(?:好的?|行|中|嗯+|成|可以|妥|得了?|(?:姐姐?|哥哥?|阿姨|叔叔|老师|护童)(?:在吗|在不在|在不|在么|你好)|拜拜|再见|晚安|谢[谢了啊]*|多谢|辛苦[^,。]{0,4}|麻烦(?:了|你了|你们了)?|你好|您好|在吗|有人吗|我?困了|睡了|收到|知道了|明白了)(?:吧|啊|呢|了|哈|嘞|谢谢)*$",
            f"^{_ME}(?:明儿个?|明天|就|只是|光|只|也)*(?:想|就是|就|是)*(?:打听|问问|问一?下|咨询|了解)(?:打听|问问|一下|下|政策|规定|了解)*$",
        )
    )
)


@dataclass(frozen=True)
class Clause:
    """Words between two marks or spaces, as they were written, and what they are for."""

    text: str
    purpose: str


@lru_cache(maxsize=FRESH)
def read(text: str) -> tuple[Clause, ...]:
    """The clauses of a message in order. What follows an order to ask somebody is what is to be asked: part of it."""
    found: list[Clause] = []
    hit = danger.read(text)
    alarms = hit.evidence if hit.level == "emergency" else ()
    for part in _PARTS.finditer(text):
        one = part.group()
        purpose = FACT if any(start < part.end() and part.start() < end for start, end, _ in alarms) else _purpose(one)
        purpose = QUESTION if purpose == FACT and of_own_doing(one) else purpose
        if purpose == QUESTION and found and _PASSED_ON.search(found[-1].text):
            purpose = REQUEST
        found.append(Clause(one, purpose))
    return tuple(found)


_OF_OWN_DOING = re.compile("^(?:那|请问)*[我俺咱]们?(?:能不能|可不可以|要不要|用不用|该不该|能|可以|是不是(?:得|该))")
_PASSED_ON = re.compile(
    "^(?:那|再|帮我|你|先|能不能)*(?:问|核实|联系|问问|让|叫|跟)(?:下|一下|问)*(?:报告人|报案人|举报人|反映人|报的人|报告的人|举报的人)"
)


def facts(text: str) -> str:
    """The clauses that tell something of the matter, as they were written; the whole where there is nothing else."""
    return kept(text, FACT)


def kept(text: str, *purposes: str) -> str:
    """The clauses of these purposes with a space between them; a message of these alone comes back as it is."""
    every = read(text)
    some = [one.text for one in every if one.purpose in purposes]
    return text if len(some) == len(every) else " ".join(some)


def has(text: str, purpose: str) -> bool:
    """Whether a clause of a message is for this."""
    return any(one.purpose == purpose for one in read(text))


def _purpose(clause: str) -> str:
    said = normalise(clause).text
    if _PASSED_ON.search(said):
        return REQUEST
    if danger.read(clause).level == "emergency":
        return FACT
    signs = bool(told.read(clause).signs)
    if signs:
        return QUESTION if _asks(said) else FACT
    return next((purpose for purpose, is_one in _READERS if is_one(clause, said)), FACT)


def of_own_doing(clause: str) -> bool:
    """Whether somebody asks what he may do himself: 我能不能再让孩子把衣服脱了拍个照."""
    said = normalise(clause).text
    return _OF_OWN_DOING.search(said) is not None and _asks(said)


def _asks(said: str) -> bool:
    if _NOT_ASKED.search(said):
        found = _ASKED_OF_US.search(said)
        return found is not None and _OF_OTHERS.search(said[: found.start()]) is None
    return _QUESTION.search(said) is not None


def _orders(clause: str, said: str) -> bool:
    if len(clause) > LONGEST_ORDER:
        return False
    stops = short_answer(clause) == "cancel" or replies.gives_up(clause) or replies.withdraws(clause)
    return stops or replies.wants_the_code(clause) or _REQUEST.search(said) is not None


def _feels(clause: str, said: str) -> bool:
    angry = later.scolds(clause) and not later.presses(clause)
    return angry or _COURTESY.search(said) is not None or courtesies.courtesy(clause) is not None


def _of_talk(clause: str, said: str) -> bool:
    ours = later.names_another(clause) or pausing.is_one(clause) or replies.is_empty(clause)
    return ours or _TALK.search(said) is not None


_READERS: tuple[tuple[str, Callable[[str, str], bool]], ...] = (
    (COURTESY, lambda clause, said: _feels(clause, said)),
    (TALK, _of_talk),
    (REQUEST, _orders),
    (QUESTION, lambda _, said: _asks(said)),
)
"""What is asked first: talk has narrow forms, a question has wide ones."""
