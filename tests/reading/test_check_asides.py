"""What is asked of the check itself, and what is told beside its questions."""

from __future__ import annotations

import pytest

from bot.reading.families import check_asides
from bot.reading.talk import pausing


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("那这就算办下来了呗", check_asides.SETTLED),
        ("那这就算认定了？", check_asides.SETTLED),
        ("这就行了吧 等着领钱就中了", check_asides.SETTLED),
        ("那我外孙这就是留守儿童了对吧", check_asides.SETTLED),
        ("是不是认定成困境了", check_asides.SETTLED),
        ("啥时候发钱", check_asides.PAID),
        ("你们不会把信息卖了吧", check_asides.DATA),
        ("不要钱吧 我可没钱", check_asides.COST),
        ("补助啥时候能领", check_asides.PAID),
        ("补助啥时候下来", check_asides.PAID),
        ("你们这是骗人的吧", check_asides.TRICK),
        ("不会是诈骗吧", check_asides.TRICK),
        ("要不要钱", check_asides.COST),
        ("是不是套我信息", check_asides.DATA),
        ("你们拿我信息干啥", check_asides.DATA),
        ("残疾证办下来了", None),
        ("低保批下来了", None),
        ("网友骗孩子钱了", None),
        ("看病要不要钱", None),
        ("孩子跟我过", None),
    ],
)
def test_what_is_asked_of_the_check_is_known_from_what_is_told_of_the_family(said: str, kind: str | None) -> None:
    assert check_asides.asked(said) == kind


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("我卖菜一个月两千来块", ["我卖菜一个月两千来块"]),
        ("跟我过 还借了八万块钱", ["还借了八万块钱"]),
        ("申请低保了村里说不够格 我是他爸", ["申请低保了村里说不够格"]),
        ("好好照顾着呢 我腰疼 血压也高", ["我腰疼", "血压也高"]),
        ("能给多少块钱啊", []),
        ("他爸在外头打工", []),
        ("不是8岁是9岁", []),
    ],
)
def test_what_a_family_lives_on_owes_and_suffers_from_is_worth_keeping(said: str, kept: list[str]) -> None:
    assert check_asides.beside(said) == kept


@pytest.mark.parametrize("said", ["等会儿啊锅糊了", "来人了等会", "你先等等 孩子哭了", "我去接个电话"])
def test_who_is_called_away_answers_nothing(said: str) -> None:
    assert pausing.is_one(said)


@pytest.mark.parametrize("said", ["孩子哭了", "锅糊了 孩子烫着了", "等着领钱", "他爸走了", "孩子打电话说他爸打他"])
def test_news_is_no_pause(said: str) -> None:
    assert not pausing.is_one(said)
