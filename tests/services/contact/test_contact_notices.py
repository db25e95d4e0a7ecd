"""A notice of an abnormal state answered in words; nothing told in the night reaches who may be the source of harm by
the morning; looks at referrals go on whatever becomes of one family."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot import jobs
from bot.reading.contact import noticed
from bot.services.contact import consents as contact_consents
from bot.services.contact import referrals
from bot.services.contact import staff as contact_staff
from bot.services.work import Work
from bot.storage.database import Database
from bot.storage.tables import AbnormalNotice, Child, ContactPlan, Outbox, Referral
from tests.builders import World
from tests.conftest import Hands
from tests.services import family as homes
from tests.services.cases import Person as Staff
from tests.services.contact.test_contact_back import _agree, _confirm, _visited

CALLED = (
    "已经通话了",
    "通了",
    "打过了，孩子没事了",
    "昨晚打了",
    "聊过了，她说想我",
    "跟他视频了一会儿",
    "刚给娃打完电话了",
)
NOT_REACHED = ("打不通啊", "孩子不接我电话", "打了好几遍没打通", "一直没人接", "联系不上他")
LATER = ("收到", "知道了 我请假回去", "好的，今晚打", "下班就给她打", "这就回去看他", "嗯嗯，马上给孩子打电话")
OTHER = ("他奶奶身体咋样", "低保咋办", "你是谁", "孩子在学校被欺负了")


@pytest.fixture
def database(sqlite: Database) -> Database:
    """The same rows on PostgreSQL are what test_contact looks at."""
    return sqlite


def _plan(work: Work, home: homes.Family) -> ContactPlan:
    return work.session.scalars(
        select(ContactPlan).where(ContactPlan.child == home.child, ContactPlan.person == home.people["father"])
    ).one()


def _notified(world: World) -> tuple[str, homes.Family, str]:
    """The director, a family, and the father's talk: he has just read of it."""
    director = world.staff("child_director")
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    with world.work() as work:
        assert contact_staff.notify_abnormal(
            work, Staff(world, director).member(work), _plan(work, home), "孩子总哭"
        ).allowed
    world.tap(talk, "notice:show")
    return director, home, talk


def _notice(world: World) -> AbnormalNotice:
    with world.work() as work:
        return work.session.scalars(select(AbnormalNotice)).one()


def _a_day_later(world: World, hands: Hands, home: homes.Family) -> list[tuple[str, str, bool]]:
    hands.forward(hours=26)
    homes.tick(world)
    homes.tick(world)
    return homes.rungs(world, home)


@pytest.mark.parametrize("words", CALLED)
def test_a_call_told_in_words_is_a_reply_as_good_as_the_button(world: World, hands: Hands, words: str) -> None:
    _, home, talk = _notified(world)
    hands.forward(hours=3)
    assert world.say(talk, words)[0] == "contact.notice.thanks"
    assert _notice(world).acted
    assert homes.answers(world, home, "father")["contact"] == "yes", "and he is not asked again this week"
    assert _a_day_later(world, hands, home) == []


@pytest.mark.parametrize("words", NOT_REACHED)
def test_who_reaches_nobody_is_called_and_not_said_to_be_silent(world: World, hands: Hands, words: str) -> None:
    _, home, talk = _notified(world)
    assert world.say(talk, words)[0] == "contact.notice.not_reached"
    assert _a_day_later(world, hands, home) == [("wants_help", "notice_not_reached", True)]


@pytest.mark.parametrize("words", LATER)
def test_a_promise_is_heard_and_the_day_still_runs(world: World, hands: Hands, words: str) -> None:
    _, home, talk = _notified(world)
    assert world.say(talk, words) == ["contact.notice.later"]
    assert "notice:done" in [choice.value for choice in world.said(talk)[-1].choices]
    assert _notice(world).closed_at is None
    assert _a_day_later(world, hands, home) == [("director_calls", "abnormality_no_reply", True)]


@pytest.mark.parametrize("words", OTHER)
def test_other_words_answer_no_notice(world: World, words: str) -> None:
    _, _, talk = _notified(world)
    assert not any(key.startswith("contact.notice") for key in world.say(talk, words))
    assert _notice(world).replied_at is None


def test_a_reply_that_comes_late_takes_the_directors_task_away(world: World, hands: Hands) -> None:
    _, home, talk = _notified(world)
    assert _a_day_later(world, hands, home) == [("director_calls", "abnormality_no_reply", True)]
    world.say(talk, "打过了")
    assert homes.rungs(world, home) == [("director_calls", "abnormality_no_reply", False)]


def test_words_about_a_call_without_a_notice_are_no_reply(world: World) -> None:
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    assert "contact.notice.thanks" not in world.say(talk, "打过了")


def test_danger_in_a_reply_is_danger_first(world: World) -> None:
    _, _, talk = _notified(world)
    assert world.say(talk, "打过了，孩子说不想活了")[0].startswith("danger.")
    assert world.report().severity == "S0"


@pytest.mark.parametrize("words", ["打了孩子一顿", "刚打了他", "打完了，身上都青了"])
def test_blows_told_under_a_notice_are_no_call(world: World, words: str) -> None:
    _, _, talk = _notified(world)
    assert "contact.notice.thanks" not in world.say(talk, words)
    assert _notice(world).closed_at is None


@pytest.mark.parametrize("text", ["", "他妈打了他", "没打", "打死他", "还没空打", "通知收到了吗"])
def test_words_that_tell_of_no_call_are_none(text: str) -> None:
    assert noticed.answer(text) != noticed.CALLED


def _told_in_the_night(world: World, director: str, home: homes.Family) -> None:
    """A notice, a referral, news of a visit and a question about the child joining: all wait for the morning."""
    with world.work() as work:
        member, plan = Staff(world, director).member(work), _plan(work, home)
        assert contact_staff.notify_abnormal(work, member, plan, "孩子总哭").allowed
        assert referrals.offer(work, member, plan, "soon", "县医院心理科").allowed
        assert contact_consents.ask(work, member, home.child).allowed
    _agree(world, director, home, "guardian")
    assert _confirm(world, director, home, _visited(world, director, home)).allowed


def _waiting(world: World, talk: str) -> set[str]:
    with world.work() as work:
        rows = work.session.scalars(
            select(Outbox.key).where(Outbox.conversation == talk, Outbox.push.is_(True), Outbox.state == "due")
        )
        return set(rows)


WAITS = {"contact.notice", "referral.ask", "contact.visited", "join.child.push"}


@pytest.mark.parametrize("cause", ["decided", "reported", "nothing"])
def test_what_waits_for_the_morning_does_not_reach_who_may_be_the_source_of_harm(
    world: World, hands: Hands, cause: str
) -> None:
    director = world.staff("child_director")
    home = homes.make(world, "father", "self")
    talk, child = homes.join(world, home, "father"), homes.join(world, home, "self")
    hands.moment = hands.moment.replace(hour=22)
    _told_in_the_night(world, director, home)
    assert _waiting(world, talk) == WAITS
    if cause == "decided":
        with world.work() as work:
            contact_staff.decide(
                work, Staff(world, director).member(work), _plan(work, home), "protection_order", "法院裁定"
            )
    elif cause == "reported":
        world.say(child, "我爸打我，打得身上都是印子")
        for answer in ("现在没有", "榆树市弓棚镇长山村", "匿名", "提交"):
            world.say(child, answer)
    for _ in range(9):
        jobs.run(world.database, world.vault, "contact", world.now())
        hands.forward(hours=1)
    assert _waiting(world, talk) & WAITS == (WAITS if cause == "nothing" else set())


@pytest.mark.parametrize("tapped", ["notice:show", "notice:done", "referral:show", "referral:yes"])
def test_a_button_of_before_shows_nothing_to_who_may_not_be_told_any_more(world: World, tapped: str) -> None:
    director, home, talk = _notified(world)
    with world.work() as work:
        referrals.offer(work, Staff(world, director).member(work), _plan(work, home), "soon", "县医院心理科")
        contact_staff.decide(
            work, Staff(world, director).member(work), _plan(work, home), "suspected_harm", "孩子说是爸爸打的"
        )
    assert world.tap(talk, tapped) == ["contact.ask_director"]
    assert _notice(world).closed_at is None
    with world.work() as work:
        assert work.session.scalars(select(Referral.state)).one() == "offered"


@pytest.mark.parametrize("ended", [True, False])
def test_looks_at_referrals_go_on_for_others_when_one_childs_file_ends(world: World, hands: Hands, ended: bool) -> None:
    director = world.staff("child_director")
    families = [homes.make(world, "father") for _ in range(2)]
    for home in families:
        talk = homes.join(world, home, "father")
        with world.work() as work:
            referrals.offer(work, Staff(world, director).member(work), _plan(work, home), "soon", "县医院心理科")
        world.tap(talk, "referral:yes")
    if ended:
        with world.work() as work:
            work.session.get_one(Child, families[0].child).state = "ended"
    hands.moment += timedelta(days=8)
    jobs.run(world.database, world.vault, "contact", world.now())
    looked = [[rung[0] for rung in homes.rungs(world, home)].count("referral_check") for home in families]
    assert looked == [0 if ended else 1, 1]
    with world.work() as work:
        why = work.session.scalar(select(Referral.closed_why).where(Referral.child == families[0].child))
        assert why == ("file_ended" if ended else None)
