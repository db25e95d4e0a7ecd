"""Fumes of a stove: only feared (冬天屋里烧炉子 我怕中煤烟), or smelled, seen or felt by somebody.

Any text is taken; nothing here raises."""

from __future__ import annotations

import re

_NAMED = re.compile("[煤炭碳烟]")
_FEARS = re.compile(
    "(?:怕|担心|惦记着?|提心吊胆|不放心)(?!是)"
    "(?:[他她它们俩]|孩子|娃|老人|老太太|哪天|哪宿|半夜|夜里|晚上|睡觉|睡着|会|要|再|给|把|让|被|别|一不小心){0,4}$"
)
_BODY = "(?<!心)[疼痛晕昏吐]|迷糊|迷胡|恶心|打蔫|发蔫|不醒|不应|叫不|喊不|没反应|一直睡|站不|脸[红紫青]|嘴唇|抽抽"
_FELT = re.compile(_BODY)
_THERE = re.compile(
    f"{_BODY}|[呛抽喘味漏疼痛]|难受|没劲|没力|不吱声|发沉|心慌|[冒倒返串大全都是满有]烟|倒风|烟[大挺]|中毒了|中了|熏[着了]|报警器"
)
"""A word too many only leaves the alarm."""


def named(phrase: str) -> bool:
    """Whether a phrase of danger is of coal, charcoal or smoke."""
    return _NAMED.search(phrase) is not None


def only_feared(text: str, start: int) -> bool:
    """Whether they are only feared, by the words before `start`: one question, no alarm. Whoever smells, sees or feels
    something, or says that it happened (怕中毒了), is heard at once."""
    return _FEARS.search(text[:start]) is not None and _THERE.search(text) is None


def felt(text: str) -> bool:
    """Whether somebody is unwell (我怕孩子煤气中毒了 他直吐): whatever is only feared beside it, that is an alarm."""
    return _FELT.search(text) is not None
