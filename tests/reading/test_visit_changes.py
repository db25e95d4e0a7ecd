"""What puts the record of a visit right: several things in one message, and nothing that only sounds like it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.aftermath import police_told
from bot.reading.staff import staff_asides, work_asked
from bot.reading.visits import visit_changes, visit_record_said, visiting

ON = date(2026, 11, 28)
FINE, HARD, OPEN = "normal", "difficulty", "not_learned"


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("就学改成正常 关爱活动改成没了解", {"schooling": FINE, "care_activities": OPEN}),
        ("上学没落下就是正常", {"schooling": FINE}),
        ("就学和活动都改正常", {"schooling": FINE, "care_activities": FINE}),
        ("上学 活动 两样都是正常", {"schooling": FINE, "care_activities": FINE}),
        ("上学那块写岔了 孩子天天去呢 正常", {"schooling": FINE}),
        ("活动那项我没问 别写有困难", {"care_activities": OPEN}),
        ("学习没问题你咋给写困难了", {"schooling": FINE}),
        ("第五项没了解 第四项正常", {"schooling": FINE, "care_activities": OPEN}),
        ("监护那块改一下 有困难 他奶瘫了", {"guardianship": HARD}),
    ],
)
def test_each_section_named_is_put_right(text: str, sections: dict[str, str]) -> None:
    assert visit_changes.read(text, ON).sections == sections


@pytest.mark.parametrize(
    "text",
    [
        "不是22号 是今天上午去的",
        "日子改成今天11月28号",
        "是今天不是昨天",
        "你记错了 我今天去的",
        "不是27号 我今儿上午刚去的",
    ],
)
def test_the_day_that_holds_is_read_and_not_the_one_denied(text: str) -> None:
    assert visit_changes.read(text, ON).day == ON


def test_what_is_only_called_wrong_is_told_so_that_it_can_be_asked() -> None:
    assert visit_changes.read("就医那项写错了", ON).wrong == ["health"]
    assert visit_changes.read("活动跟就学都不是有困难", ON).wrong == ["care_activities", "schooling"]
    assert visit_changes.read("日子写错了", ON).day_wrong


def test_a_child_seen_after_all_is_seen_and_a_fathers_absence_is_no_childs() -> None:
    assert visit_changes.read("孩子我见着了 不是没见", ON).voice == "seen"
    assert visit_changes.read("他爸没见着", ON).voice is None


def test_what_is_no_part_of_the_correction_is_handed_back() -> None:
    found = visit_changes.read("就学正常 院里停着辆外地车", ON)
    assert (found.sections, found.rest) == ({"schooling": FINE}, ["院里停着辆外地车"])


@pytest.mark.parametrize(
    "text",
    ["炕烧得热乎", "孩子上学路远 得走半个点", "他爸昨天视频了", "监护一般的多长时间走一趟来着", "就学正常是啥意思"],
)
def test_what_is_told_of_the_home_puts_nothing_right(text: str) -> None:
    assert not visit_changes.read(text, ON).any


@given(st.text(max_size=90))
def test_any_text_is_taken(text: str) -> None:
    found = visit_changes.read(text, ON)
    assert set(found.sections) <= set(visiting.SECTIONS)
    visit_record_said.none_of_it(text)
    assert set(visit_record_said.numbers_picked(text)) <= set(range(1, 9))


@pytest.mark.parametrize("text", ["活动没问", "活动没来得及问", "就医没顾上打听", "活动忘问了", "监护不清楚"])
def test_what_nobody_asked_is_not_learned_and_no_difficulty(text: str) -> None:
    assert set(visiting.read(text, ON).sections.values()) == {OPEN}


@pytest.mark.parametrize("text", ["孩子上学没落下", "功课没耽误", "学习跟得上", "没缺过课", "从来不旷课"])
def test_nothing_missed_at_school_is_fine(text: str) -> None:
    assert visiting.read(text, ON).sections == {"schooling": FINE}


@pytest.mark.parametrize("text", ["功课落下不少", "成绩跟不上", "学校老师说没写作业"])
def test_what_is_missed_at_school_stays_a_difficulty(text: str) -> None:
    assert visiting.read(text, ON).sections == {"schooling": HARD}


@pytest.mark.parametrize(
    "text",
    ["爸妈礼拜天视频了", "她妈前天给寄了棉袄", "他姑昨天来看的孩子", "孩子礼拜五考的试", "妈上礼拜三回来住了两天"],
)
def test_a_day_on_which_others_did_something_is_not_the_day_of_the_visit(text: str) -> None:
    assert visiting.read(f"去了老孙家 {text}", ON).day is None


def test_the_day_of_the_visit_stands_beside_other_peoples_days() -> None:
    assert visiting.read("昨天去的老孙家 他妈礼拜六打的电话", ON).day == date(2026, 11, 27)


@pytest.mark.parametrize(
    "text", ["以上都没有 保存吧", "都没有 存上", "没这些事 记吧", "没 存上吧", "哪样都没有 提交", "一样没有 记上"]
)
def test_that_nothing_of_the_list_is_so_is_heard_with_the_wish_to_store_it(text: str) -> None:
    assert visit_record_said.none_of_it(text)


@pytest.mark.parametrize(
    "text",
    [
        *("好像都没有吧", "保存吧", "都没有 就是胳膊有块青", "没失踪", "没存上吧", "都没有 除了第四个", "应该没有吧"),
        *("没问", "没有吧 我也不太清楚", "家暴没有 别的没问"),
    ],
)
def test_whatever_doubts_or_names_a_danger_is_never_none(text: str) -> None:
    assert not visit_record_said.none_of_it(text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("5", [5]),
        ("有5和7", [5, 7]),
        ("第3项 他爸打的", [3]),
        ("日子改成今天11月28号", []),
        ("12点20", []),
        ("5岁", []),
    ],
)
def test_a_day_an_hour_or_an_age_names_no_line_of_the_list(text: str, numbers: list[int]) -> None:
    assert visit_record_said.numbers_picked(text) == numbers


@pytest.mark.parametrize("text", ["敲半天门没人 邻居说上县里赶集去了", "他奶下地了", "都上地里了"])
def test_what_a_family_is_out_for_is_a_reason(text: str) -> None:
    assert staff_asides.out_for_a_while(text)


@pytest.mark.parametrize("text", ["没人", "邻居说去她姥家了", "邻居说出远门了", "全家去打工了"])
def test_a_journey_or_nothing_said_is_no_short_errand(text: str) -> None:
    assert not staff_asides.out_for_a_while(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *((one, "kept") for one in ("你给记上没", "记了没", "存上没", "佳怡家记好了吗", "今天都记上啥了")),
        *((one, "log") for one in ("工作日志咋整", "日志给我看看", "日志在哪看", "查一下今天的日志")),
    ],
)
def test_whether_it_is_stored_and_the_log_are_asked_of_the_system(text: str, kind: str) -> None:
    asked = work_asked.read(text)
    assert asked is not None
    assert asked.kind == kind


def test_a_home_gone_to_in_vain_asks_nobody_whether_he_went() -> None:
    assert work_asked.read("梦瑶家没人 去过没见着") is None


@pytest.mark.parametrize(
    "text", ["刚给派出所打电话了 12点20 李警官 响水派出所", "派出所那头联系上了 12点20 姓李的警官", "110打完了 12:20"]
)
def test_a_call_to_the_police_is_told_of_the_police(text: str) -> None:
    assert police_told.read(text) is not None


@pytest.mark.parametrize("text", ["我给派出所打电话行不", "要不要给派出所打电话", "给派出所打电话没人接"])
def test_a_call_still_to_be_made_or_in_vain_is_none(text: str) -> None:
    assert police_told.read(text) is None


def test_a_child_not_seen_alone_is_not_said_to_have_been() -> None:
    assert not visiting.read("见着了 没单独 孩子说挺好", ON).alone
    assert visiting.read("我俩单唠的 她说想养只小猫", ON).alone
