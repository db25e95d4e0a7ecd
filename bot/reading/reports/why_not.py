"""Why somebody would rather not report, said behind 算了吧: 我家跟他家还做着买卖呢."""

from __future__ import annotations

import re

from bot.reading.reports import told

_CLAUSES = re.compile(r"[^,，。;；!！?？、\s~…]+")
_REASON = re.compile(
    "^(?:我|俺|可|也|就|是|主要|毕竟|都|大家)*(?:怕(?!孩子|他再|她再)|得罪|不敢|担心[^,。]{0,6}(?:报复|知道|找))|报复|得罪|做着?[^,。]{0,2}(?:买卖|生意)"
    "|低头不见|抬头见|一个[村屯楼院]住|[邻亲]居?住着|处得?(?:挺好|不错)|(?:街坊|邻居|亲戚|本家|一家子)(?:的|住着|之间)?$|撕破脸|面子|闹僵|更不(?:让|给|肯)|找我(?:家)?麻烦|以后[^,。]{0,4}(?:咋|怎么|没法)?[处见]"
)
_OTHER_WAY = re.compile(
    "(?:先|再|等|去|给|跟|和|问|找|看)[^,，。]{0,10}(?:说说|唠唠|谈谈|问问|打个?电话|商量|看看|再说|合计|回来)"
    "|(?:不(?:好使|行|中|成)|有事|有啥|回头|以后)[^,，。]{0,4}再[^,，。]{0,3}(?:找|来|说|报|联系)"
)


def is_only(clause: str) -> bool:
    """Whether a clause only says why, and tells nothing of the child."""
    return _REASON.search(clause) is not None and not told.read(clause).signs


def is_told(text: str) -> bool:
    """Whether any clause says that the writer has to live with those he told of, or fears them."""
    return any(map(is_only, _CLAUSES.findall(text[:200])))


def goes_another_way(clause: str) -> bool:
    """Whether a clause says what the writer tries first instead: 我跟他家唠唠再说."""
    return _OTHER_WAY.search(clause) is not None and not told.read(clause).signs
