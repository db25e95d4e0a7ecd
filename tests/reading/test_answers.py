"""Short answers and corrections as people give them, and information that must not be taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.talk.answers import correction, greets, is_opener, parts, short_answer

ANSWERS = {
    "yes": (
        "是/对/嗯/嗯呐/嗯呢/嗯嗯/昂/可不咋的/可不是咋的/那可不/必须的/没毛病/是的。/对对对/是啊是啊/有的有的/"
        "好的谢谢/行吧/中/妥了/那是/就是这样/在打/还在呢/有危险！/ok/OK/Yes/👍/确认/提交吧/可以的/ 是 /是滴/"
        "得嘞/肯定的/愿意/嗯 有/啊对/没问题/同意"
    ),
    "no": (
        "不是/没有/没/不用/不用了谢谢/没有没有/没有啊/木有/没那回事/那倒没有/从来没有/哪能呢/不行/不可以/"
        "不要/不需要/不同意/现在没有/没危险/没有危险。/别回复了/还没有/没打/no/No!/n/没了/不愿意/暂时没有/"
        "不用联系我/才不是/不必了"
    ),
    "unsure": (
        "不知道/我也不知道啊/不清楚/不太清楚/不道/不道啊/不造/说不准/说不好呢/这我哪知道/谁知道呢/记不清了/"
        "忘了/拿不准/整不明白/没注意/想不起来了/不晓得/可能吧/也许/这个我真不知道/这我还真说不准/没听清/"
        "不大清楚/没问过/难说/不知到/闹不清/心里没数/不认识/没印象了/"
        "不知道叫啥/我也不知道孩子多大了/不太清楚名字/没问过他叫什么/记不清哪天了/名字不知道/几岁说不准"
    ),
    "skip": (
        "跳过/跳过吧/略过/下一题/不想说/不想说了/不方便说/不说/先不说/不填了/不回答/不留/保密/这个先不说吧/"
        "这题跳过/不想回答/pass/不便透露/不想透露/问下一个吧/没法说/跳过这个/先跳过"
    ),
    "cancel": (
        "取消/算了/算了吧/算了不报了/算了我不报了/不报了/我不想报了/不举报了/拉倒吧/停止/退出/撤了吧/不弄了/"
        "当我没说/取消这次报告/我要取消举报/还是别报了/cancel/算了算了/不想反映了/放弃/撤回"
    ),
    "correct": (
        "改一下/我改一下/写错了/我写错了/打错字了/说错了/说秃噜了/填错了/更正/修改/有个地方不对/"
        "我想改一下刚才说的/我要改前面填的/重新填/能改一下前面的吗/整错了/我要改/刚才说错了"
    ),
    "back": ("上一步/返回/回去/后退/上一题/返回上一步/back/往回"),
    "help": ("帮助/怎么用/咋用啊/你能干啥/菜单/help/功能/你会啥/怎么操作/使用说明"),
    "human": (
        "转人工/人工/人工服务/我要人工/我要转人工/能不能给我转个人工/帮我转人工客服/找真人/我想跟真人说话/"
        "找个活人说话/叫人/客服/不想跟机器人说了/接人工/要找工作人员/请转人工/我要跟人说"
    ),
}
CASES = [(said, kind) for kind, all_said in ANSWERS.items() for said in all_said.split("/")]


@pytest.mark.parametrize(("said", "kind"), CASES)
def test_a_short_answer_is_understood(said: str, kind: str) -> None:
    assert short_answer(said) == kind


@pytest.mark.parametrize("said", ["你好", "您好！", "喂，您好", "老师好", "在吗", "有人吗？"])
def test_a_greeting_is_nothing_else(said: str) -> None:
    assert greets(said)
    assert short_answer(said) is None


@pytest.mark.parametrize("said", ["再见", "拜拜", "好的再见。"])
def test_an_everyday_goodbye_is_nothing_else(said: str) -> None:
    assert parts(said)
    assert not parts("再见了")


@pytest.mark.parametrize("said", ["你好，孩子不见了", "好", "家里有人吗", "老师打人", "早恋"])
def test_more_than_a_greeting_is_none(said: str) -> None:
    assert not greets(said)


INFORMATION = [
    "没有人管孩子",
    "孩子不知道去哪了",
    "不知道哪天是头",
    "不知道啥时候能回来",
    "没人管",
    "没有大人",
    "没饭吃",
    "没上学",
    "没户口",
    "没回来",
    "不回家",
    "不上学",
    "不吃饭",
    "不说话",
    "不想说话",
    "不想活了",
    "不想上学",
    "不要打我",
    "不要孩子了",
    "不敢回家",
    "不敢",
    "不管孩子",
    "不见了",
    "别打了",
    "别打我",
    "是他爸",
    "是他爸打的",
    "是老师",
    "是我邻居家的孩子",
    "有人打孩子",
    "有伤",
    "有个孩子没人管",
    "对孩子又打又骂",
    "对门家的",
    "在打孩子",
    "在村里",
    "在打他呢",
    "停手啊",
    "行李都扔出来了",
    "好几天了",
    "好疼",
    "好像是他后爹",
    "能听见哭声",
    "中午还在打",
    "成天打",
    "要饭吃",
    "要打死了",
    "过年就走了",
    "过不下去了",
    "忘了给孩子做饭",
    "不知道他叫什么，就在小卖部后院住",
    "不知道爸妈在哪儿",
    "不清楚名字，三年级的",
    "不认识的人把孩子带走了",
    "说不准哪天打死",
    "算了命的说孩子克他",
    "取消低保了",
    "人工湖那边",
    "找人打孩子",
    "工作人员打孩子",
    "没事就打",
    "可能是他妈打的",
    "一个人",
    "打",
    "跑了",
    "救命",
    "帮助孩子",
    "孩子没了",
    "返回家里就挨打",
    "改嫁了",
    "改不了总打",
    "",
    "，。",
    "😭",
]


@pytest.mark.parametrize("said", INFORMATION)
def test_information_is_no_short_answer(said: str) -> None:
    assert short_answer(said) is None


CORRECTIONS = [
    ("改一下地址，是范家屯", "place", "范家屯"),
    ("改地址 范家屯镇", "place", "范家屯镇"),
    ("地址错了，是范家屯", "place", "范家屯"),
    ("地址不对", "place", ""),
    ("地方说错了，在大岭", "place", "在大岭"),
    ("把地址改成公主岭市大岭镇", "place", "公主岭市大岭镇"),
    ("孩子名字写错了，叫李明", "child_ref", "李明"),
    ("我把名字打错了", "child_ref", ""),
    ("年龄不对，是十二岁", "child_ref", "十二岁"),
    ("岁数说错了是九岁", "child_ref", "九岁"),
    ("时间说错了是前天", "when", "前天"),
    ("日期错了，应该是6月1号", "when", "6月1号"),
    ("更正时间：上个月", "when", "上个月"),
    ("电话写错了", "safe_contact", ""),
    ("把电话改成 138 1234 5678", "safe_contact", "138 1234 5678"),
    ("联系方式填错了 微信 abc", "safe_contact", "微信 abc"),
    ("身份错了，我是老师", "reporter_type", "我是老师"),
    ("不对，时间错了，是昨天晚上", "when", "昨天晚上"),
    ("不是五个月是九个月", None, "九个月"),
    ("不是五个月，是九个月", None, "九个月"),
    ("不是范家屯，是大岭镇", None, "大岭镇"),
    ("不对，不是三年级，是四年级", None, "四年级"),
    ("不对，是昨天", None, "昨天"),
    ("不对不对 是三年级", None, "三年级"),
    ("我说错了，是二道沟村", None, "二道沟村"),
    ("打错了 应该是农安县", None, "农安县"),
    ("改成九台", None, "九台"),
    ("更正：孩子8岁", None, "孩子8岁"),
]


@pytest.mark.parametrize(("said", "field", "new"), CORRECTIONS)
def test_a_correction_gives_its_field_and_the_new_words(said: str, field: str | None, new: str) -> None:
    assert correction(said) == (field, new)


NO_CORRECTIONS = [
    "孩子不对劲，总哭",
    "情况不对，孩子一直哭",
    "孩子错了也不能打",
    "不对劲，是他爸打的",
    "村里不对外说",
    "地方不大，没人管",
    "他爸改嫁了",
    "改一下",
    "写错了",
    "孩子不是亲生的",
    "不是我不管",
    "孩子写错了作业就挨打",
    "名字我不知道",
    "时间不长",
    "电话打不通",
    "他把孩子打错了吗",
    "",
]


@pytest.mark.parametrize("said", NO_CORRECTIONS)
def test_what_tells_of_a_child_is_no_correction(said: str) -> None:
    assert correction(said) is None


@pytest.mark.parametrize(
    "said",
    [
        "我想反映个事",
        "你好，我要举报",
        "反映情况",
        "有个事想说",
        "我要投诉。",
        "报告个事呗",
        "我想反映个问题",
        "想反映个问题",
    ],
)
def test_an_opener_tells_nothing_yet(said: str) -> None:
    assert is_opener(said)


@pytest.mark.parametrize(
    "said", ["我要举报他爸打孩子", "反映村里孩子没人管", "我想反映隔壁孩子总哭", "", "举报儿童主任"]
)
def test_a_message_with_content_is_no_opener(said: str) -> None:
    assert not is_opener(said)


@given(st.text(max_size=40))
def test_any_text_is_taken(text: str) -> None:
    assert short_answer(text) in {*ANSWERS, None}
    change = correction(text)
    assert change is None or isinstance(change[1], str)
