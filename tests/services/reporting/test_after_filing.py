"""After a report was filed only more of that child, or a correction of it, is written into it; what asks is answered,
another matter goes its own way, and of what may be either it is asked."""

from __future__ import annotations

import pytest

from bot.reading.reports import later
from bot.services.reporting import keeping
from bot.storage.database import Database
from tests.builders import World
from tests.services.talking import STORY, answers_of, asked_for, last, words


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Talking; nothing here differs between the databases."""
    return sqlite


@pytest.fixture
def filed(world: World) -> str:
    """The conversation of a neighbour's report that was filed just now."""
    talk = asked_for(world, "confirm", STORY)
    world.say(talk, "提交")
    return talk


def told(world: World, field: str) -> list[str]:
    return [said for name, said in words(world) if name == field]


@pytest.mark.parametrize(
    "said",
    [
        "谁去他家了啊 咋处理的",
        "你们是不是就糊弄人 一天了啥动静没有",
        "你别磨叽了快点找人来啊问这问那的",
        "催催呗 都两天了",
    ],
)
def test_who_presses_hears_how_it_stands_and_nothing_is_written(world: World, filed: str, said: str) -> None:
    before = words(world)
    assert "reporter.status" in world.say(filed, said)
    assert words(world) == before


def test_what_is_told_with_the_pressing_is_kept(world: World, filed: str) -> None:
    assert "reporter.status" in world.say(filed, "那孩子今早又没上学 你们到底管不管")
    assert "那孩子今早又没上学" in told(world, "what")


@pytest.mark.parametrize(
    "said",
    [
        "我还有别的事 我家那口子要上大连打工 孩子搁家咋办",
        "跟刚才那个事没关系 我想问问低保",
        "我婆婆腿摔了 谁能帮着看孩子",
        "我们班还有个男生也天天不来上学",
    ],
)
def test_another_matter_is_not_written_into_the_report(world: World, filed: str, said: str) -> None:
    before = words(world)
    assert "report.apart" in world.say(filed, said)
    assert words(world) == before


def test_the_education_department_told_afterwards_stands_in_its_line(world: World, filed: str) -> None:
    assert world.say(filed, "教育局报完了 跟刘科长说的") == ["report.education_told"]
    assert world.say(filed, "我是说教育局我九点半报完了 刘科长接的 记上") == ["report.education_told.at"]
    assert told(world, keeping.EDUCATION)[0] == "教育局报完了 跟刘科长说的"
    world.say(filed, "教育局那条记上没")
    assert "刘科长" in last(world, filed)


@pytest.mark.parametrize("taken_for", ["eligibility", "supplement"])
def test_what_is_told_of_the_childs_family_is_more_of_it(world: World, filed: str, taken_for: str) -> None:
    assert "report.added" in world.means(filed, "他妈前年就走了 跟他爸两个人过", taken_for)
    assert told(world, "what")[-1] == "他妈前年就走了 跟他爸两个人过"


def test_how_the_report_stands_is_told_amid_the_own_wish(world: World, filed: str) -> None:
    world.say(filed, "我还有别的事 我家那口子要上大连打工 孩子没人看 想托给我婆婆")
    assert world.flow(filed) == "entrusted"
    before = words(world)
    assert "reporter.status" in world.say(filed, "刚才我报的那事 谁去他家了")
    assert world.flow(filed) == "entrusted"
    assert words(world) == before


def test_who_only_says_that_there_is_another_matter_is_asked_which(world: World, filed: str) -> None:
    before = words(world)
    assert world.say(filed, "我还有点自己的事儿") == ["report.apart", "report.apart.which"]
    assert words(world) == before


def test_what_is_told_with_no_contact_wanted_is_kept(world: World) -> None:
    talk = asked_for(world, "follow_up")
    world.say(talk, "不想留电话 女孩七八岁吧叫啥甜甜 她奶奶打的")
    answers = answers_of(world, talk)
    assert any("奶奶打的" in said for said in answers.words_of("what"))
    assert any("甜甜" in said for said in answers.words_of("child_ref"))


def test_code_and_pin_where_something_is_to_be_added_show_how_it_stands(world: World, filed: str) -> None:
    receipt = next(said.text for said in world.said(filed) if said.kind == "receipt")
    code, pin = receipt.split("查询码 ")[1][:11], receipt.split("密码 ")[1][:4]
    world.tap(filed, "flow:supplement")
    assert "reporter.status" in world.say(filed, f"码{code}密码{pin}")
    assert not any(code in said for _, said in words(world))


def test_who_wants_his_code_once_more_hears_where_it_stands(world: World, filed: str) -> None:
    assert world.say(filed, "行了就这些 你给我个号我明个好问问") == ["report.faq.code_above"]


def test_what_may_be_of_another_matter_is_kept_and_asked_about(world: World, filed: str) -> None:
    assert world.say(filed, "镇上今儿来收粮了") == ["report.added.which"]
    world.tap(filed, "apart:words")
    assert told(world, "what")[-1] != "镇上今儿来收粮了"
    assert "镇上今儿来收粮了" in told(world, keeping.BESIDE)


@pytest.mark.parametrize(
    ("said", "own"),
    [("我男人要出去打工 孩子托给谁", True), ("我妈看见他又挨打了", False), ("我闺女跟他一个班", False)],
)
def test_the_writers_family_is_another_matter_unless_it_tells_of_the_child(said: str, own: bool) -> None:
    assert later.of_own_family(said, STORY) is own


def test_the_button_moves_nothing_that_was_said_after_it(world: World, filed: str) -> None:
    world.say(filed, "镇上今儿来收粮了")
    world.say(filed, "那孩子今早又没上学")
    before = words(world)
    assert world.tap(filed, "apart:words") == ["chat.expired_button"]
    assert words(world) == before
