"""Two children in one talk: what is told of one is never the other's, the graver goes first, and neither is lost."""

from __future__ import annotations

import pytest

from bot.reading.reports import second_child
from bot.services.casework import reports
from bot.services.drafts import Answers
from bot.storage.database import Database
from bot.storage.tables import Report
from tests.builders import World
from tests.services.talking import answers_of, asked_now, filed

AWAY = "我是舒兰市平安镇中心小学老师 六年级有个女孩何雨欣两个星期没来上学了 该找谁"
BEATEN = "另外还有个更急的 我班一个男孩后背一条一条的紫印子 他后爸拿皮带抽的"
NEED = "公主岭市范家屯镇平洋村有个丫头叫王雪快俩月没上学了 在家放羊"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Talking; nothing here differs between the databases."""
    return sqlite


def _two(world: World) -> str:
    talk = world.citizen()
    world.means(talk, AWAY, "report")
    assert world.say(talk, BEATEN)[0] == "report.other.first"
    return talk


def _told(world: World, report: Report) -> str:
    with world.work() as work:
        return str(reports.told_of(work, report)["words"])


@pytest.mark.parametrize(
    "said",
    [
        BEATEN,
        "再说个事 后院还有个小丫头 她妈把她扔下走了 三个月没回来",
        "对了还有一个事 前趟房老李家小子天天捡破烂吃 没人管",
        "还有件事儿 我班另一个学生叫刘洋的 胳膊上有烟头烫的疤",
        "还有个男生叫李强 昨天他爸用棍子打的 腿都肿了",
    ],
)
def test_another_child_is_known_by_how_it_is_begun(said: str) -> None:
    assert second_child.begins(said)


@pytest.mark.parametrize(
    "said",
    [
        "他还有个弟弟 五岁 也挨打",
        "他家还有个小丫头 也老挨打",
        "还有一次他爸拿棍子打他",
        "还有个孩子在场看见他挨打了",
        "对了 还有个情况 孩子奶奶也打他",
        "另外他还不让孩子吃饭",
    ],
)
def test_what_belongs_to_the_child_or_its_home_begins_no_other(said: str) -> None:
    assert not second_child.begins(said)


def test_the_graver_goes_first_and_nothing_of_the_other_is_in_its_report(world: World) -> None:
    talk = _two(world)
    told = _told(world, world.report())
    assert "何雨欣" not in told
    assert "两个星期" not in told
    answers = answers_of(world, talk)
    assert answers.facts["child_sex"] == "male"
    assert not answers.words_of("when")
    first = Answers(**answers.other["answers"])
    assert first.facts["child_sex"] == "female"
    assert first.words_of("when") == ["两个星期"]


def test_what_is_told_of_the_one_set_aside_is_kept_with_it(world: World) -> None:
    talk = _two(world)
    world.say(talk, "现在没危险")
    assert world.say(talk, "何雨欣她奶奶姓何 住老粮库后头")[0] == "report.other.kept"
    assert "老粮库" not in _told(world, world.report())
    assert "老粮库" in str(answers_of(world, talk).other["answers"]["words"])


def test_who_asks_whether_the_other_was_taken_down_hears_the_truth_and_goes_on_with_it(world: World) -> None:
    talk = _two(world)
    world.say(talk, "现在没危险")
    keys = world.say(talk, "民警把孩子接走了。那个何雨欣的事你给我记上没有？别整丢了")
    assert keys.index("report.other.not_yet") < keys.index("report.receipt") < keys.index("report.other.now")
    assert filed(world, talk)
    assert "接走了" in _told(world, world.report())
    assert "何雨欣" not in _told(world, world.report())
    assert asked_now(world, talk) == "danger_now"
    world.say(talk, "没危险")
    world.say(talk, "她奶奶姓何，就在镇上老粮库后头那趟房，电话没有")
    answers = answers_of(world, talk)
    assert "老粮库" in str(answers.words)
    assert not answers.words_of("safe_contact")
    for _ in range(8):
        if asked_now(world, talk) is None:
            break
        world.say(talk, "没错 提交" if asked_now(world, talk) == "confirm" else "跳过")
    assert len(world.reports()) == 2
    assert "紫印子" not in _told(world, world.reports()[1])


def test_harm_told_of_a_second_child_is_with_people_at_once_in_a_report_of_its_own(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "公主岭市范家屯镇平洋村有个男孩总挨他爸打 身上都是伤")
    world.say(talk, "没危险")
    keys = world.say(talk, "再说个事 后院还有个小丫头 她妈把她扔下走了 三个月没回来")
    assert keys[0] == "report.other.aside.open"
    first, second = world.reports()
    assert "小丫头" not in _told(world, first)
    assert "小丫头" in _told(world, second)
    assert second.severity in ("S0", "S1")
    assert second.area is not None
    assert second.area.startswith(str(first.area)[:9])


def test_the_second_is_not_reported_where_nobody_wants_it(world: World) -> None:
    talk = _two(world)
    world.say(talk, "现在没危险")
    world.say(talk, "那个何雨欣的事记上没有")
    world.say(talk, "不报了")
    assert asked_now(world, talk) is None
    assert len(world.reports()) == 1


def test_a_place_is_nobodys_name(world: World) -> None:
    assert second_child.names(["我是德惠市朱城子镇的老师 我班王雪一个月没来上学了"]) == ("王雪",)
    assert second_child.names(["六年级有个女孩何雨欣两个星期没来", "她奶奶姓何"]) == ("何雨欣",)
