"""Thirty different people tell of a child (people.yml): each reaches a code or is helped in danger: no dead end."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot import shipped
from tests.conversations.conftest import Person, Running

PEOPLE: list[Mapping[str, Any]] = shipped.content(Path(__file__).parent / "people.yml")
MOST_TURNS = 16
NUMBERS = ("110", "120", "119")
LEADS_ON = (
    "没错，提交", "行，告诉他们", "现在没有", "不是，没有危险", "不是，现在安全", "现在安全", "邻居、路人（匿名）",
    "学校、幼儿园", "挨打、受伤", "就在那儿", "就知道这些", "跳过", "先不说", "不留", "可以", "no", "No",
)  # fmt: skip
"""Buttons, the first that is there is tapped."""
IN_WORDS = {
    "有危险": "现在没打",
    "现在安全": "现在安全",
    "什么时候": "有一阵子了",
    "叫什么": "不知道叫啥",
    "姓名": "不知道叫啥",
    "什么人": "邻居",
    "联系": "不留了",
    "回复": "不用了",
    "跟你说": "行",
    "告诉你": "行",
    "行吗": "行",
    "发生": "天天打骂 不给饭吃",
    "哪一类": "说不清",
}
"""What who types every answer answers to a question that holds these words."""
WHERE = ("哪个县", "在哪儿", "在哪里", "哪个镇", "乡镇", "where", "Where", "县（市、区）", "说个县")


@pytest.mark.parametrize("one", PEOPLE, ids=[str(one["who"]) for one in PEOPLE])
def test_each_of_them_reaches_a_code_or_is_helped_in_danger(one: Mapping[str, Any], running: Running) -> None:
    somebody = Person(running.gateway.url)
    first = [somebody.say(str(said)) for said in one["says"]][-1]
    if one.get("danger"):
        assert any(number in first for number in NUMBERS), first
    told_where, before = False, ""
    for _ in range(MOST_TURNS):
        if any(message["kind"] == "receipt" for message in somebody.heard):
            return
        last = somebody.heard[-1]
        text = str(last["text"])
        if any(word in text for word in WHERE) and not told_where:
            told_where, answer = True, somebody.say(str(one["place"]))
        else:
            answer = _answer(somebody, str(one["manner"]), last)
        assert answer, text
        assert answer != before, answer
        before = answer
    raise AssertionError([message["text"] for message in somebody.heard])


def _answer(somebody: Person, manner: str, last: Mapping[str, Any]) -> str:
    labels = [choice["label"] for choice in last["choices"]]
    wanted = next((label for label in LEADS_ON if any(label in one for one in labels)), None)
    if manner == "taps" and wanted is not None:
        return somebody.tap(wanted)
    if manner == "unsure" and "没错，提交" not in labels:
        return somebody.say("不知道")
    return somebody.say(next((said for word, said in IN_WORDS.items() if word in str(last["text"])), "行"))


def test_there_are_thirty_of_them() -> None:
    assert len({one["who"] for one in PEOPLE}) == 30
