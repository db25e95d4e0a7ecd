"""What a family says of how it is reached, after it handed its check over: its name, a number or where it is found, or
that it leaves nothing. Any text is taken; nothing here raises."""

from __future__ import annotations

import re

from bot.reading.persons import naming

NONE, TOLD = "none", "told"
LONGEST, LONGEST_NAME = 40, 4
_NOTHING = re.compile(
    "(?:不|别|没)(?:想|用|要|愿意|方便|打算)*(?:留|写|给|说|告诉)(?:了|你们?|姓?名|名字|电话|手机|号码?|联系方式|[吧啊呗])*$"
    "|^(?:我|俺|家里)?(?:也)?没(?:有)?(?:电话|手机|号码?)(?:啊|呢|可留)*$"
)
_OF_THE_FILE = re.compile("档案|放进?去?")
_TELLS = re.compile(
    "(?:^|[,，。 ])(?:我|俺|本人)?(?:姓|叫|名叫)[一-鿿]{1,4}(?=$|[,，。 0-9])"
    "|(?:就)?(?:找|说找|打听|问)[一-鿿]{1,6}(?:家|就行|就中)|(?:就)(?:找|说找|写|记)(?:我|俺)?[一-鿿]{2,6}$"
    "|(?:住|在)[^,，。]{0,10}(?:家|院|屯|组|队|号|栋|单元|超市|卖店|隔壁|旁边|后面|前面)"
    "|(?:[一-鿿]{1,3})家(?:的)?$|[一二三四五六七八九十0-9]+(?:组|队|社|屯)(?:的|$)"
)


def read(text: str) -> str | None:
    """NONE, TOLD; None: nothing of how to reach somebody is said."""
    said = text.strip(" ,，。.!！")
    if len(said) > LONGEST or _OF_THE_FILE.search(said) or re.search("[?？吗]", said):
        return None
    if all(_NOTHING.search(one) for one in re.split("[,，。 ]+", said)):
        return NONE
    return TOLD if _TELLS.search(said) else None


def only_a_name(text: str) -> bool:
    """Whether a message is a person's name and nothing else: 李桂芬."""
    said = text.strip(" ,，。.!！")
    return len(said) <= LONGEST_NAME and naming.persons(said) == ((0, len(said)),)
