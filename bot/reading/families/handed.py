"""What is said after a check was handed over: whether it may stand in the file, and whether a number was taken down.
Any text is taken; nothing here raises."""

from __future__ import annotations

import re

from bot.reading.families import which_child

_TO_FILE = re.compile(
    "(?:那|就|行|好|中)*(?:可以|能|同意|(?P<no>不用|不要|先不|不|别))?放(?:进去|档案里?|上|着|里|吧|了|呗|啊|得了)*"
)
_NUMBER_KEPT = re.compile(
    "(?:电话|手机|号码?|号儿)[^,，。]{0,4}(?:记|留|存|写)(?:下|上|好|住)?(?:来)?(?:了)?(?:没|吗|么|不|吧|[?？])"
)


def agrees_to_keep(text: str) -> str | None:
    """yes or no to the question whether what was told may stand in the file: 可以放, 别放了; None: neither."""
    found = _TO_FILE.fullmatch(text.strip())
    return None if found is None else "no" if found["no"] else "yes"


def asks_for_number(text: str) -> bool:
    """Whether somebody asks if his number was taken down: 电话记下没."""
    return _NUMBER_KEPT.search(text) is not None


SHORT = 60
_GOES_TOO = re.compile(
    "(?:也|那个|那份|那一个)[^,，。]{0,6}(?:(?:转|交|递|报)(?:给|上去|过去|一下|吧|了|呗|$)|给(?:他|她|主任|儿童主任)(?!看|瞧|瞅|打|说))"
    "|(?:转|交|递|报)(?:给)?[^,，。]{0,6}(?:上去|过去)?也"
)


def other_goes_too(text: str) -> str | None:
    """Which child is to be handed over as well, as `which_child.names` says: 大孙子那个也交给他; None: none."""
    return which_child.names(text) if len(text) <= SHORT and _GOES_TOO.search(text) is not None else None


_WENT = re.compile(
    "(?:交|报|转|递)没(?:交|报|转|递)|(?:就|只|光|才)(?:给我|帮我)?(?:交|报|转)(?:上去?)?了?(?:一个|一份|1个|一个孩子)"
    "|(?:那份|的|那个|那孩子|俩|两个|都|全)+(?:都|也|到底)?(?:交|报|转|递)(?:上去?)?了?"
    "(?:没有?|吗|么|不|吧)(?:啊|呀|呢)?(?=$|[,，。 ?？])"
    "|(?:交|报|转)了?(?:上去)?几(?:个|份)|没(?:有)?给过?(?:我|俺)?[^,，。]{0,3}码"
    "|那份(?:呢|到底|咋样|咋整|有没有)|(?:俩|两个)(?:孩子)?的?都(?:交|报|转)(?:上去?)?了(?!吧)"
)
_LOOKS = re.compile("(?:看看|查查|看下|查下|瞅瞅)[^,，。也]{1,8}(?:那个|那份)$")
_COMING = re.compile(
    "(?:啥时候|什么时候|啥前儿|几号|哪天|多久|多咱|咋还没|怎么还没|咋没|怎么没|还没|也没)[^,，。 ]{0,10}"
    "(?:来|上门|打|联系(?!方式|电话)|回信|信儿|动静|管)|没(?:有)?(?:人)?(?:来|打|联系(?!方式|电话)|回信|信儿|动静)"
    "|(?:昨|前|那|刚才|我|俺)[^,，。]{0,8}(?:交|报|转|递|测|弄)的?[^,，。]{0,8}(?:咋样|怎么样|到哪|有结果|有信|办了没|看了没)"
    "|(?:有人|人)(?:管|来|看|接|接手)了?(?:没|吗|不)|没人(?:打|来|联系|管|理|接)|(?:谁|哪个)(?:来|上门|管|给我打)|(?:人|主任)(?:呢|咋不来|来不来)"
)


_OF_FAMILY = re.compile("[爸妈爹娘爷姥]|老公|媳妇|前夫|前妻|[他她](?:啥时候|也没|还没|没)")


def asks_what_went(text: str) -> bool:
    """Whether somebody asks which of his children's checks went: 你就交了一个 丫头那份呢, 俩都交了没."""
    looks = _LOOKS.search(text) is not None and which_child.names(text) is not None
    return len(text) <= SHORT and (looks or _WENT.search(text) is not None)


def asks_who_comes(text: str) -> bool:
    """Whether somebody asks when anybody comes or calls, or complains that nobody did: 没人打啊, 有人管没."""
    return len(text) <= SHORT and _COMING.search(text) is not None and _OF_FAMILY.search(text) is None


_CHANGED = re.compile(
    "批(?:了|下)|办(?:下来|好|成)|下来了|改(?:成|一下|了)|不对|[说记弄]错|[昨前](?:天|儿)|上[回次]|刚才|那天|再(?:给)?[^,，。]{0,2}(?:看|算|判)|重新|对了|忘了?(?:说|告诉)|补充"
)
_OF_BEFORE = re.compile(
    "(?:[昨前](?:天|儿个?)|上[回次周]|那天|前几天)[^,，。 ]{0,6}(?:那个|那回|(?:问|测|查|算|看)(?:过|的))[^报反]{0,16}"
    "(?:再|重新|批|改|看|算|测|下来)"
)
_OF_A_REPORT = re.compile("反映|举报|报的?(?:那个|案|事)|查询码|进度|编号|走访|协议|平安|视频|电话")


def tells_a_change(text: str) -> bool:
    """Whether something is told anew of what was handed over: 低保今天批下来了, 对了 我是离婚的."""
    return len(text) <= SHORT and _CHANGED.search(text) is not None


def means_an_earlier_one(text: str) -> bool:
    """Whether somebody means a check of another day: 昨天那个 低保批下来了 再给看看; no report."""
    return len(text) <= SHORT and _OF_BEFORE.search(text) is not None and _OF_A_REPORT.search(text) is None
