"""Codes and numbers are found in every shape, and nothing else is taken for one."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care import receipt
from bot.reading.measures.codes import find, identity_fits, stand_alone

SPOKEN = dict(zip("0123456789", "零幺二三四五六拐八九", strict=True))
DRAWN = random.Random(20)  # the same codes in every run
CODES = [receipt.new_code(DRAWN.randbytes) for _ in range(40)]
INVITES = [receipt.new_code(DRAWN.randbytes, length=12) for _ in range(20)]

SHAPES = {
    "as shown": lambda code: f"{code[:5]}-{code[5:]}",
    "in one piece": lambda code: code,
    "in small letters": lambda code: code.lower(),
    "with a space": lambda code: f"{code[:5]} {code[5:]}",
    "letter by letter": " ".join,
    "with a hyphen after each": "-".join,
    "with a wide hyphen": lambda code: f"{code[:5].lower()}－{code[5:].lower()}",
    "hyphen spoken": lambda code: f"{code[:5]}杠{code[5:]}",
    "O for nought": lambda code: code.replace("0", "O"),
    "l for one": lambda code: code.replace("1", "l"),
    "digits spoken": lambda code: "-".join("".join(SPOKEN.get(c, c) for c in half) for half in (code[:5], code[5:])),
    "full width": lambda code: "".join(chr(ord(c) + 0xFEE0) for c in code),
    "with a broken line": lambda code: f"{code[:5]}-\n{code[5:]}",
}
AROUND = ["{}", "我的查询码是{}", "查询码：{}，密码4821", "{} 4821", "帮我查一下{}办到哪了", "你好，{}。"]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("around", AROUND)
def test_a_report_code_is_found_however_it_is_written(shape: str, around: str) -> None:
    for code in CODES:
        found = find(around.format(SHAPES[shape](code)))
        assert [one.value for one in found if one.kind == "report_code"] == [code]


@pytest.mark.parametrize("around", ["{} 4821", "查询码：{}，密码4821", "{}密码是四八二幺", "4821 {}", "{}，４８２１"])
def test_a_pin_beside_a_code_is_found(around: str) -> None:
    for code in CODES:
        found = find(around.format(f"{code[:5]}-{code[5:]}"))
        assert [(one.kind, one.value) for one in found if one.kind == "pin"] == [("pin", "4821")]


@pytest.mark.parametrize("around", ["{}", "我有邀请码 {}", "邀请码：{}", "绑定 {}"])
def test_an_invite_code_is_found(around: str) -> None:
    for code in INVITES:
        for said in (f"{code[:4]}-{code[4:8]}-{code[8:]}", f"{code[:4]} {code[4:8]} {code[8:]}".lower()):
            assert [(one.kind, one.value) for one in find(around.format(said))] == [("invite_code", code)]


MISCOPIED = [
    ("查询码7K3M9QX2AA", "report_code", "7K3M9QX2AA"),
    ("7K3M9-QX2AA", "report_code", "7K3M9QX2AA"),
    ("查询码是 7k3m9 qx2uu", "report_code", "7K3M9QX2UU"),
    ("邀请码 7K3M-9QX2-ABCA", "invite_code", "7K3M9QX2ABCA"),
    ("邀请码：7k3m9qx2", "invite_code", "7K3M9QX2"),
    ("我的邀请码是 AB12 CD34 5", "invite_code", "AB12CD345"),
]


@pytest.mark.parametrize(("text", "kind", "value"), MISCOPIED)
def test_a_miscopied_code_is_covered_all_the_same(text: str, kind: str, value: str) -> None:
    assert [(one.kind, one.value) for one in find(text)] == [(kind, value)]


NUMBERS = [
    ("13812345678", "phone", "13812345678"),
    ("我电话138 1234 5678随时打", "phone", "13812345678"),
    ("138-1234-5678", "phone", "13812345678"),
    ("１３８１２３４５６７８", "phone", "13812345678"),
    ("一三八一二三四五六七八", "phone", "13812345678"),
    ("幺三八 零零幺二 三四五六", "phone", "13800123456"),
    ("幺三八洞洞幺两三四五六", "phone", "13800123456"),
    ("+86 13812345678", "phone", "8613812345678"),
    ("0431-85098888", "phone", "043185098888"),
    ("村委会座机 0434 6221234", "phone", "04346221234"),
    ("打85098888找我", "phone", "85098888"),
    ("座机8509888", "phone", "8509888"),
    ("他手机13812345678，微信同号", "phone", "13812345678"),
    ("3岁，13812345678", "phone", "13812345678"),
    ("电话1381234567（少一位我记不清）", "phone", "1381234567"),
    ("QQ 123456789", "phone", "123456789"),
    ("孩子身份证220102201201011234", "identity_card", "220102201201011234"),
    ("22010220120101123X", "identity_card", "22010220120101123X"),
    ("220102 2012 0101 123x", "identity_card", "22010220120101123X"),
    ("二二零一零二二零一二零一零一一二三四", "identity_card", "220102201201011234"),
    ("老身份证 220102800101123", "identity_card", "220102800101123"),
    ("卡号6222 0212 3456 7890 123", "bank_card", "6222021234567890123"),
    ("6217000012345678", "bank_card", "6217000012345678"),
    ("密码是1234", "pin", "1234"),
    ("密码：1 2 3 4", "pin", "1234"),
    ("密码四八二幺", "pin", "4821"),
    ("PIN 0007", "pin", "0007"),
    ("4821", "pin", "4821"),
    ("4821。", "pin", "4821"),
    ("是4821", "pin", "4821"),
    ("四八二一", "pin", "4821"),
    ("洞洞拐拐", "pin", "0077"),
]


@pytest.mark.parametrize(("text", "kind", "value"), NUMBERS)
def test_a_personal_number_is_found(text: str, kind: str, value: str) -> None:
    assert [(one.kind, one.value) for one in find(text)] == [(kind, value)]


NOTHING = [
    "孩子12岁，上三年级",
    "二零一九年他爸就走了",
    "2019年到2024年一直这样",
    "2024-11-15",
    "2024.11.15 晚上8:30",
    "2024-11-15到2024-11-18没来过",
    "20241115",
    "2024年11月15日12:30",
    "今年是二零二四年",
    "欠了5000000元",
    "5000000块钱",
    "每月给3000块",
    "花了一万二",
    "孩子5、6、7、8、9、10、11岁",
    "六七岁八九岁的都有",
    "住七楼702三单元",
    "打110、120、12345、12355、12356都行",
    "密码忘了 2024年报的",
    "my dad hit me",
    "hello world",
    "iPhone15ProMax",
    "三五天了",
    "一天到晚一个人",
    "初一二班三组四个人",
    "下午5:30放学，11-24那天没回来",
    "血压160/100",
    "",
]


@pytest.mark.parametrize("text", NOTHING)
def test_years_ages_and_amounts_are_no_codes(text: str) -> None:
    assert find(text) == ()


def test_places_point_into_the_original_text() -> None:
    text = "我是老张，电话１３８ 1234 5678，身份证22010220120101123x，查密码四八二幺"
    assert [text[one.start : one.end] for one in find(text)] == ["１３８ 1234 5678", "22010220120101123x", "四八二幺"]


@given(st.text(alphabet="0123456789七幺-. ，abKXO岁年密码查询电话\n", max_size=60))
def test_found_places_never_overlap_and_stay_inside(text: str) -> None:
    last = 0
    for one in find(text):
        assert last <= one.start < one.end <= len(text)
        assert one.value
        last = one.end


@pytest.mark.parametrize(
    ("around", "alone"), [("{}", True), ("你好，我的查询码是 {}", True), ("{} 他又打了", False), ("{} 办到哪了", False)]
)
def test_a_code_stands_alone_where_no_more_is_said_than_what_it_is(around: str, alone: bool) -> None:
    text = around.format(f"{CODES[0][:5]}-{CODES[0][5:]}")
    assert stand_alone(text, find(text)) is alone


@pytest.mark.parametrize(
    ("number", "fits"), [("11010519491231002X", True), ("110105194912310021", False), ("110105194912310029", False)]
)
def test_the_last_figure_of_an_identity_number_follows_from_the_others(number: str, fits: bool) -> None:
    assert identity_fits(number) is fits
