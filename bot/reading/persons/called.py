"""What a child is called where no full name is told (孩子叫小雨, 老李家的小军), and where somebody who tells says in
one breath with it how he wants to hear of it. Any text is taken; nothing here raises."""

from __future__ import annotations

import re

from bot.reading.talk import replies

Span = tuple[int, int]
LONGEST_WISH, READ = 14, 400
_NO_NAME = (
    "[^\\W\\da-zA-Z_学孩子时便偏区卖店车河桥镇村路姑姨叔舅爷奶心腿腹声灵说事工组队班伙朋姐哥弟妹年月饭米猪狗鸡羊]"
)
_NO_THING = "[^\\W\\da-zA-Z_孩儿妻鸭鞋饺桌椅房日嗓肚脖裤袜帽瓶筷盘杯]"
_ANY = "[^\\W\\da-zA-Z_]"
_CHILD = "孩子?|娃|男孩|女孩|小子|丫头|闺女|侄[子女]|外甥女?|学生|[他她]"
_CALLED = re.compile(
    f"(?:(?:名字?|小名|大名|{_CHILD}|岁[吧了多]?)叫|(?:^|[,，。;； ])叫|小名|老{_ANY}家的?"
    "|叫个?(?:啥|什么)(?=[小阿]|(?P<again>.)(?P=again)))"  # 叫啥亮亮
    f"(?P<name>[小阿]{_NO_NAME}{{1,2}}?|(?P<twice>(?![爸妈爷奶姑叔舅姐哥弟妹]){_ANY})(?P=twice)|{_NO_THING}子"
    f"|{_ANY}{{1,2}}(?:妞|宝|娃|蛋|丫))"
    "(?=$|[,，。;； 0-9]|[一二三四五六七八九十]{1,3}岁|今年|男|女|才|上[一二三四五六七八九]|在)"
)
_CLAUSES = re.compile("[^,，。;；!！?？ \\n]+")
_A_WORD = re.compile("[回信]|告诉|联系|通知|消息|电话")
_NAMED_NOW = re.compile(
    "(?:不|别)(?:想|用|要)?(?:再)?匿名|实名|[我俺](?:姓|叫)(?!啥|什么|他|她|孩|人)|[我俺]的?名字?(?:就|可以|能)写"
)
_OF_OTHERS = re.compile("[他她爸妈爷奶姥]|孩子|老师说")


def soft_name(text: str) -> Span | None:
    """Where a child's pet name stands: 小雨, 虎子, 妞妞. None: none is told."""
    found = _CALLED.search(text[:READ])
    return found.span("name") if found is not None else None


def wants_word(text: str) -> str:
    """The clause in which somebody who tells says that he is to be answered here; empty: none says so."""
    said = (one for one in _short_clauses(text) if _A_WORD.search(one) and not _OF_OTHERS.search(one))
    return next((one for one in said if replies.contact_wish(one) == "here"), "")


def gives_his_name(text: str) -> bool:
    """Whether somebody says that he is anonymous no longer, or who he is: 我不想再匿名了, 我姓贾."""
    return _NAMED_NOW.search(text[:READ]) is not None


def leaves_no_number(text: str) -> bool:
    """Whether a clause of a telling says that no number is left: 不留电话."""
    return any(map(replies.leaves_no_contact, _short_clauses(text)))


def _short_clauses(text: str) -> list[str]:
    return [one for one in _CLAUSES.findall(text[:READ]) if len(one) <= LONGEST_WISH]
