"""What a worker says of the register of children (a list, a file, a new child, a change), and of the staff page.

Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re

LONGEST_PART = 4
"""Characters of a word that may be a name, or a part of one."""
_BY_MONTH = re.compile("按月|走势|趋势")
_FILING = re.compile(
    "(?:我要|我想|帮我|请|再|新)*(?:建档|建(?:一?个)?(?:新)?档案)(?=.*(?:男|女|岁|出生|生日|[0-9]{4}))(?!.*(?:什么|怎么|哪|[?？吗]))"
)
_FILTERS = (
    ("key_focus", re.compile("重点")),
    ("overdue", re.compile("逾期|超期|没走访|该走访")),
    ("unassessed", re.compile("没评|未评|没定级")),
    ("reassess", re.compile("再评|重评|复评|满半年")),
    ("level_waits", re.compile("确认.*(?:监护|等级)|(?:监护|等级).*确认")),
    ("hardship", re.compile("困境|困难")),
    ("left_behind", re.compile("留守")),
    ("draft", re.compile("待审|审核")),
)
_OF_THE_REGISTER = re.compile("档(?!立卡)|名册|名单|花名|登记|哪些孩子|多少孩子|几个孩子|孩子有几个|我村|我们村|本村")
_OF_ALL = re.compile("(?:几|多少)个?(?:孩子|娃|儿童)")
_SPOKEN = re.compile(
    "查一下|查查|查询|查|看一下|看看|看下|看|打开|调阅|调取|调|给我|帮我|我想|请|找一下|找|搜一下|搜索|搜|档案|资料|信息|情况|记录|详细|基本"
    "|孩子|娃|儿童|叫|名字|是|的|了|吗|呢|家|老|小名|现在|谁|在|哪|更新|修改|改成|改|搬走|搬|转学|把|一下|监护|等级|电话|多大"
)
"""Words around a name in what people ask for; what is left may be a part of a name."""
_CHINESE = re.compile("[㐀-鿿·]{2,}")
_LEVELS = {"较好": "good", "一般": "average"}
_LEVEL_TOLD = "监护(?:状况|等级|情况)?.{0,6}(较好|一般)"
_CHANGES = (
    ("level", re.compile(f"{_LEVEL_TOLD}|(?:等级|级别|评级)")),
    ("place", re.compile("搬|迁|转走|不在.{0,4}村|出村")),
    ("school", re.compile("转学|学校|升[初高]中|上初中|上高中|几年级|年级|念书")),
    ("carer", re.compile("监护人|照护人|照料人|照顾|谁带|电话")),
    ("address", re.compile("地址|住址")),
    ("birth_date", re.compile("出生|生日|年龄")),
)
_THE_PAGE = re.compile(
    r"(?:请|帮我|我要|我想|给我){0,3}(?:打开|进入|进|登录|登陆|开)(?:一下)?(?:工作|办公|我的|工作人员)?(?:网页|页面|网站|后台)(?:版)?"
    r"|(?:我的|工作|办公|工作人员)(?:网页|页面)"
)
_TRIMMED = re.compile(r"[\s。.!！?？,，~～吧啊呢]+")


def of_the_register(text: str) -> bool:
    """Whether words speak of the register at all: 我村有哪些孩子."""
    return _OF_THE_REGISTER.search(text) is not None


def of_all(text: str) -> bool:
    """Whether it is asked how many children there are, whichever: 我手底下几个孩子."""
    return _OF_ALL.search(text) is not None


def by_month(text: str) -> bool:
    """Whether a list is wanted month by month: 走访走势."""
    return _BY_MONTH.search(text) is not None


def filters(text: str) -> list[str]:
    """What a list of children is to be narrowed to: key_focus, overdue, unassessed, hardship, left_behind, draft."""
    return [name for name, words in _FILTERS if words.search(text)]


def files_a_child(text: str) -> bool:
    """Whether a child is to be put on the register, and is told: 建档 王小明 男 2015-03-02. 建档要什么材料 asks."""
    return _FILING.match(text.strip()) is not None


def parts_of_names(text: str) -> list[str]:
    """Words that may be a name or a part of one, without those around it: 查一下小明的档案 → 小明."""
    return [word for word in _CHINESE.findall(_SPOKEN.sub(" ", text)) if len(word) <= LONGEST_PART]


def changed(text: str) -> str | None:
    """What changed: level, place, school, carer, address or birth_date; None: it is not said."""
    return next((what for what, words in _CHANGES if words.search(text)), None)


def level_told(text: str) -> str | None:
    """The level of guardianship told as such: 监护状况较好 → good; None: none is."""
    found = re.search(_LEVEL_TOLD, text)
    return _LEVELS[found[1]] if found is not None else None


def level(text: str) -> str:
    """The level in an answer to the question for it: good or average; empty: neither."""
    return next((code for word, code in _LEVELS.items() if word in text), "")


def asks_for_the_page(text: str) -> bool:
    """Whether a worker wants the staff page: 打开网页, 我的页面."""
    return _THE_PAGE.fullmatch(_TRIMMED.sub("", text)) is not None
