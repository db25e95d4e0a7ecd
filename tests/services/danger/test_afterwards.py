"""After an emergency was told there is a talk: each message gets what fits it, who writes and how far it has come."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.reading.where import places
from bot.services.casework import reports
from bot.storage.database import Database
from tests.builders import World
from tests.conftest import Hands
from tests.services import family as homes
from tests.services.talking import PLACE, alarmed, is_kept, words

BY_FATHER = f"我闺女发信息说不想活了 她搁家跟她奶呢 {PLACE} 我在天津"
BY_TEACHER = f"我是老师 我班一个女生在本子上写活着没意思 {PLACE}"
BY_CHILD = f"我爸拿棍子打我 快来人救我 我在{PLACE}"
NEIGHBOUR = f"隔壁又打孩子呢 打得嗷嗷叫 {PLACE}"
FUMES = f"屋里煤烟太大 俺孙子迷糊了 叫他不咋答应 {PLACE}"
MISSING = f"俺孙子跑了 天都黑了还没回来 {PLACE}"
THE_NEXT_DAY = timedelta(hours=15)


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Talking; nothing here differs between the databases."""
    return sqlite


@pytest.mark.parametrize(
    "told",
    [
        "俺闺女今天哭着跟我说她活着没意思",
        "我是她姥姥 孩子昨晚上说活够了 不想念书",
        "我外甥女在QQ上写想死",
        "我是班主任 班里有个女生日记里写活着没意思",
        BY_TEACHER,
        "我弟说他不想活了",
        "老二跟我说要跳楼",
        "我孙子说奶我不想活了 咋整",
        "她给我留言 我不想活了",
        "微信里写的 妈我活够了",
        "接到闺女电话 说妈我不想活了",
        "学生说活着太累 想死",
    ],
)
def test_who_tells_that_another_wants_to_die_is_not_spoken_to_as_the_one(told: str, world: World) -> None:
    talk = world.citizen()
    assert world.say(talk, told)[0] == "danger.self_harm"


@pytest.mark.parametrize(
    "told", ["我不想活了", "我弟老打我 我不想活了", "我妈骂我 我不想活了", "奶奶死了 我也不想活了"]
)
def test_a_child_that_speaks_of_itself_is_spoken_to_itself(told: str, world: World) -> None:
    assert world.say(world.citizen(), told)[0] == "danger.self_harm.child"


def test_a_child_that_tells_of_its_own_home_is_known_by_its_words(world: World) -> None:
    assert world.say(world.citizen(), "屋里有烟呛得慌 我弟吐了 家里没大人")[0] == "danger.fire.child"
    assert world.say(world.citizen(), "那个叔叔拿衣架抽我 我妈上夜班 我好怕")[0] == "danger.child"


@pytest.mark.parametrize(
    ("first", "said", "key"),
    [
        (BY_FATHER, "不能吧 她就是赌气", "after.minimised"),
        (BY_FATHER, "那我现在干啥", "after.now.self_harm.far"),
        (BY_FATHER, "我先给我妈打个电话", "after.calls"),
        (BY_FATHER, "我妈上她屋陪着呢", "after.with"),
        (BY_FATHER, "能不能骂她两句", "after.scold"),
        (BY_FATHER, "我跟她唠点啥好 我嘴笨", "after.say.self_harm"),
        (BY_FATHER, "这就算过去了吧", "after.over.self_harm"),
        (BY_FATHER, "她不接电话了", "after.child_silent"),
        (BY_FATHER, "家里那点农药咋整", "after.poison.self_harm"),
        (BY_TEACHER, "要不要通知家长", "after.parents"),
        (BY_TEACHER, "放学能让她自己回家吗", "after.home"),
        (BY_TEACHER, "我还用干啥", "after.now.duty"),
        (NEIGHBOUR, "孩子让她姑领走了", "after.safe_place"),
        (NEIGHBOUR, "那男的让警察带走了", "after.seized"),
        (NEIGHBOUR, "他要是回来报复我咋整", "after.revenge"),
        (BY_CHILD, "他不砸门了 睡着了", "after.stopped.child"),
        (BY_CHILD, "我能去我姥家吗", "after.go_to.child"),
        (BY_CHILD, "我爸会不会坐牢", "after.punish"),
        (BY_CHILD, "警察叔叔来了", "after.police_here.child"),
        (FUMES, "抱外头来了 窗户都开了", "after.outside"),
        (FUMES, "给他喝点水行不", "after.drink"),
        (FUMES, "车到了 俺跟着上车", "after.taken_off"),
        (FUMES, "大夫说住两天 兜里没钱啊", "after.things.illness"),
        (FUMES, "那炉子还能烧不", "after.stove"),
        (MISSING, "有人看见他上公路了", "after.seen"),
        (MISSING, "冻得够呛 喝点热水行不", "after.drink.missing"),
    ],
)
def test_each_message_is_answered_by_what_it_says_and_kept(first: str, said: str, key: str, world: World) -> None:
    talk = alarmed(world, first)
    assert key in world.say(talk, said)
    assert is_kept(words(world), said), "nothing said is lost"


def test_no_line_comes_twice_running(world: World) -> None:
    talk = alarmed(world, BY_FATHER)
    said = [world.say(talk, one)[0] for one in ("我妈陪着呢", "她奶陪着呢", "我姐也上她屋去了", "邻居也陪着呢")]
    assert len({*said}) == len(said)


def test_a_number_told_after_it_is_taken_and_shown_when_asked_for(world: World) -> None:
    talk = alarmed(world, BY_FATHER)
    assert world.say(talk, "我妈手机号13804361122 你记一下") == ["after.number"]
    assert "1122" in world.said(talk)[-1].text
    assert world.say(talk, "我那号你记上没") == ["after.kept_number"]
    assert "1122" in world.said(talk)[-1].text


def test_a_number_nobody_told_is_not_said_to_be_kept(world: World) -> None:
    talk = alarmed(world, BY_FATHER)
    assert world.say(talk, "我那号你记上没") == ["after.kept_no_number"]


def test_whether_somebody_comes_is_told_from_the_rows_and_not_twice_in_the_same_words(world: World) -> None:
    talk = alarmed(world, BY_FATHER)
    assert world.say(talk, "你们会有人去看看吗") == ["beside.coming.nobody"]
    assert world.say(talk, "那有没有人跟进啊") == ["after.coming.same"]


def test_thanks_close_it_gently_with_the_code_and_no_wall_of_words(world: World) -> None:
    talk = alarmed(world, BY_FATHER)
    world.say(talk, "我妈上她屋陪着呢")
    assert world.say(talk, "行 先这样 谢谢你") == ["after.close", "report.receipt"]
    assert world.say(talk, "谢谢你啊") == ["after.close.again"]
    assert "other_serious_harm" not in _facts(world)["signs"]


def test_help_on_its_way_says_that_there_is_danger(world: World) -> None:
    talk = world.citizen()
    assert world.say(talk, f"楼上两口子拿扫帚打孩子 孩子嗓子都喊哑了 {PLACE}") == ["report.danger_doubt"]
    assert world.say(talk, "110说派人了")[0] == "after.waits_rescue.violence"
    assert world.report().severity == "S0"


def test_thanks_in_the_middle_of_it_end_nothing(world: World) -> None:
    talk = alarmed(world, MISSING)
    assert world.say(talk, "谢谢你")[0] == "report.courtesy"
    assert world.say(talk, "行 先这样") == ["after.close.during"]
    assert world.flow(talk) == "report"


def test_a_child_found_again_stays_told_however_the_talk_goes_on(world: World) -> None:
    talk = alarmed(world, MISSING)
    assert world.say(talk, "找着了 在同学家呢")[0] == "report.found"
    world.say(talk, "用不用跟派出所说一声")
    assert any("找着了" in text for _, text in words(world))


def test_the_next_day_begins_with_how_it_is_today_once(world: World, hands: Hands) -> None:
    talk = alarmed(world, BY_FATHER)
    world.say(talk, "我妈上她屋陪着呢")
    hands.moment += THE_NEXT_DAY
    assert world.say(talk, "我跟她唠点啥好") == ["after.say.self_harm", "after.today"]
    assert world.say(talk, "挺好的") == ["after.better.self_harm"]


def test_who_tells_how_it_is_today_is_not_asked(world: World, hands: Hands) -> None:
    talk = alarmed(world, BY_CHILD)
    world.say(talk, "我到我姥家了")
    hands.moment += THE_NEXT_DAY
    assert "after.today.child" not in world.say(talk, "昨天来人了 我姥陪着我呢")


@pytest.mark.parametrize("worse", ["那男的放回来了", "又开始打了"])
def test_worse_news_are_an_emergency_again_and_alarm(worse: str, world: World) -> None:
    director = world.staff("child_director", _area())
    talk = alarmed(world, NEIGHBOUR)
    world.say(talk, "警察来了")
    before = world.pushes(director)
    assert world.say(talk, worse)[0].startswith("danger.")
    assert len(world.pushes(director)) > len(before)


def test_the_check_in_it_came_into_is_finished_and_the_wish_for_a_visit_goes_to_the_director(world: World) -> None:
    world.staff("child_director")
    home = homes.make_two(world, "father", "carer")
    talk = homes.join(world, home, "father")
    world.say(talk, "联系了 昨儿晚上视频唠了半个点")
    assert "danger.self_harm" in world.say(talk, "老大礼拜一给我发个信儿说啥活着没意思 我新号是15047118826")
    assert world.say(talk, "我妈搁她屋陪着呢") == ["after.with"]
    assert world.say(talk, "我那新号你记上没") == ["after.kept_number"]
    assert world.say(talk, "咱村那个管孩子的能不能上我家瞅瞅") == ["contact.asked_to_come"]
    keys = world.say(talk, "那这礼拜打卡算完了呗")
    assert keys[:2] == ["report.receipt", "after.week"]
    assert world.flow(talk) == "contact"
    assert world.say(talk, "谢了 上架子了") == ["after.close"]


def test_a_child_that_fears_to_be_sent_away_is_answered_before_it_is_an_emergency(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我奶住院了 家里就我跟我弟 没有大人")
    assert "after.after_home" in world.say(talk, "那会不会把我和我弟送福利院去")


def _facts(world: World) -> dict[str, object]:
    with world.work() as work:
        facts: dict[str, object] = reports.told_of(work, world.report())["facts"]
        return facts


def _area() -> str:
    best = places.find(PLACE).best
    assert best is not None
    return best.code


def test_a_neighbour_who_was_given_time_and_is_there_again_raises_no_alarm(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "隔壁老李家孩子总挨打")
    world.say(talk, "现在没有")
    world.say(talk, "榆树五棵树镇广隆屯")
    world.say(talk, "等会儿啊 孩子叫我")
    assert not any(key.startswith("danger.") for key in world.say(talk, "来了"))
    assert not any(key.startswith("danger.") for key in world.say(talk, "你们几个人能看见我说的"))
    assert world.report().severity != "S0"


def test_a_father_who_called_and_tells_who_is_with_her_is_not_told_of_a_beating(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我闺女给我发微信说活着没意思 不想活了")
    world.say(talk, "榆树五棵树镇")
    said = world.say(talk, "打了 她奶陪着呢")
    assert not any(key.startswith("danger.") for key in said)
    assert "violence" not in "".join(said)


def test_who_takes_leave_with_the_place_told_goes_with_the_code(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "楼上正打孩子呢 叫得可惨了")
    world.say(talk, "榆树五棵树镇")
    assert "report.receipt" in world.say(talk, "先这样 拜拜")
