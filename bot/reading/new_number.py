"""Somebody tells that he has a new number, and which. Any text is taken."""

from __future__ import annotations

import re

from bot.reading import codes

_NEW = re.compile(
    "换(?:了|过)?(?:一?个)?(?:手机|电话|新)?(?:号|卡|电话)|(?:号码?|电话|手机)(?:也|都|早)?换了|新(?:的)?(?:手机|电话)?号|新电话"
    "|(?:以后|现在|往后)(?:用|打|就打|改用)这个(?:号|电话)?"
)
_OF_ANOTHER = re.compile(
    "[他她孩娃](?:子|们)?(?:[爸妈爹娘]|奶|爷|姥|叔|姑|姨|舅)|(?:奶奶|爷爷|姥姥|姥爷|老师|前夫|前妻)"
)


def told(text: str) -> str | None:
    """The new number of whoever writes; None: none is told, or that of somebody else."""
    if not _NEW.search(text) or _OF_ANOTHER.search(text):
        return None
    return next((one.value for one in codes.find(text) if one.kind == "phone"), None)
