"""Names of people are found in what people tell, for covering them on paper."""

from __future__ import annotations

import pytest

from bot.reading.persons import naming


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("王小明他爸王大江喝多了打他，隔壁老李家看见的", ["王小明", "王大江", "李"]),
        ("赵老师也知道，张主任说过，高大爷不管", ["赵", "张", "高"]),
        ("老王打的，小刘看见了", ["王", "刘"]),
        ("他爸叫刘德柱，后妈于春梅老是掐他", ["刘德柱", "于春梅"]),
        ("那人姓马，大伙叫马三", ["马", "马三"]),
        ("响水派出所张警官，欧阳大夫给看的", ["张", "欧阳"]),
        ("李某某上门要账", ["李"]),
    ],
)
def test_people_are_found(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in naming.persons(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "范家屯镇平洋村李家屯的孩子一张脸都肿了",
        "周末孩子没上学，严重营养不良，马上要出事",
        "跟着爷爷，爷爷眼睛不好，常年没人管",
        "送到姑姑家；派出所告诫；每周看一次",
        "大白天把孩子关在屋里，叫他不许出来",
        "孩子初三了，高烧不退，叫救护车",
        "",
    ],
)
def test_what_is_no_name_stays_readable(text: str) -> None:
    assert naming.persons(text) == ()
