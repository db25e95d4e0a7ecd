"""What parents get back: the confirmed words of a visit by consent, safety cards, cards of work near home."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot import texts
from bot.care import calendar, contact_data, visit_record
from bot.services.casework.reports import Outcome
from bot.services.contact import cards as contact_cards
from bot.services.contact import staff as contact_staff
from bot.services.visits import news as visit_news
from bot.services.visits import recording
from bot.storage.database import Database
from bot.storage.tables import ContactPlan, Outbox, VisitNeed
from tests.builders import World
from tests.conftest import Hands
from tests.services import family as homes
from tests.services.cases import Person as Staff

SECTIONS = {"living": "normal", "schooling": "normal", "health": "difficulty", "guardianship": "difficulty"}


@pytest.fixture
def database(sqlite: Database) -> Database:
    """The same rows on PostgreSQL are what test_contact looks at."""
    return sqlite


def _visited(world: World, director: str, home: homes.Family, **more: object) -> str:
    """The director was there and wrote down what the child said in private, too."""
    record = {
        **visit_record.empty(),
        "sections": SECTIONS,
        "emergency": "none",
        "voice": "seen_alone",
        "said": "我恨我爸",
        "notes": {"other": "奶奶说爸爸不管"},
        "needs": ["周末补数学，村里找志愿者"],
        **more,
    }
    with world.work() as work:
        made = recording.record(work, Staff(world, director).member(work), director, [home.child], work.today, record)
        assert made.refusal is None
        return made.visits[0].uid


def _confirm(world: World, director: str, home: homes.Family, visit: str, **more: str) -> Outcome:
    with world.work() as work:
        needs = set(work.session.scalars(select(VisitNeed.uid)))
        return visit_news.confirm(
            work, Staff(world, director).member(work), home.child, visit, needs, more.get("from_child", "我数学考了90")
        )


def _agree(world: World, director: str, home: homes.Family, who: str) -> Outcome:
    with world.work() as work:
        return visit_news.agree(work, Staff(world, director).member(work), home.child, who)


def test_a_father_asks_how_his_child_is_and_hears_what_was_confirmed_and_nothing_else(
    world: World, hands: Hands
) -> None:
    director = world.staff("child_director")
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    visit = _visited(world, director, home)
    assert _confirm(world, director, home, visit).refusal == "no_consent"
    assert _agree(world, director, home, "carer").allowed
    assert _confirm(world, director, home, visit).allowed
    assert world.pushes(talk) == ["contact.visited"]
    assert world.tap(talk, "news:show") == ["contact.status"]
    said = world.said(talk)[-1].text
    for told in ("儿童主任王来家里看过", "吃住正常", "身体有困难", "参加活动这次没了解", "周末补数学", "我数学考了90"):
        assert told in said
    for never in ("恨", "不管", "监护", "测试娃"):
        assert never not in said
    _agree(world, director, home, "")
    world.tap(talk, "news:show")
    assert "吃住正常" not in world.said(talk)[-1].text


def test_nothing_of_a_visit_is_told_to_who_may_be_the_source_of_harm_or_of_an_emergency(
    world: World, hands: Hands
) -> None:
    director = world.staff("child_director")
    home = homes.make(world, "father", "mother")
    father, mother = (homes.join(world, home, kind) for kind in ("father", "mother"))
    _agree(world, director, home, "guardian")
    visit = _visited(world, director, home)
    with world.work() as work:
        plan = work.session.scalars(select(ContactPlan).where(ContactPlan.person == home.people["father"])).one()
        contact_staff.decide(work, Staff(world, director).member(work), plan, "protection_order", "法院裁定")
    assert _confirm(world, director, home, visit).allowed
    assert (world.pushes(father), world.pushes(mother)) == ([], ["contact.visited"])
    assert world.tap(father, "news:show") == ["contact.ask_director"]
    hands.forward(days=1)
    found = _visited(world, director, home, emergency="found", findings=["violence"])
    assert _confirm(world, director, home, found).refusal == "no_such_visit"
    world.tap(mother, "news:show")
    assert "吃住正常" not in "".join(said.text for said in world.said(mother)[-1:])


def test_a_child_too_young_does_not_agree_for_itself(world: World) -> None:
    director = world.staff("child_director")
    home = homes.make(world, "father", born=homes.BORN.replace(year=2020))
    assert _agree(world, director, home, "child").refusal == "too_young_to_agree"


def _cards(world: World) -> int:
    with world.work() as work:
        return contact_cards.tick(work)


def test_cards_from_home_come_to_who_asked_at_most_monthly_and_never_in_the_night(world: World, hands: Hands) -> None:
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    assert _cards(world) == 0
    assert world.tap(talk, "wish:home=on") == ["contact.wish.home.on"]
    hands.moment = hands.moment.replace(hour=22)
    assert _cards(world) == 0
    days = []
    for day in range(1, 70):
        hands.moment = hands.moment.replace(hour=10) + timedelta(days=1)
        if _cards(world):
            days.append(day)
            assert _cards(world) == 0
    assert days == [1, 31, 61]
    assert world.tap(talk, "workhome:ask") == ["contact.card.home.asked"]
    assert ("family_news", "work_near_home", True) in homes.rungs(world, home)
    assert world.tap(talk, "wish:home=off") == ["contact.wish.home.off"]
    hands.forward(days=40)
    assert _cards(world) == 0
    with world.work() as work:
        row = contact_cards.wish(work, home.people["father"])
        half_a_year = calendar.add_months(work.today - timedelta(days=40), 6)[0]
        assert row.home_off_until == half_a_year


def test_whoever_stopped_or_may_not_be_written_to_gets_no_card(world: World, hands: Hands) -> None:
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    world.tap(talk, "wish:home=on")
    world.tap(talk, "wish:tips=on")
    world.say(talk, "停止")
    assert _cards(world) == 0


def test_the_safety_card_of_the_season_comes_with_the_weekly_question_once_and_on_asking(
    world: World, hands: Hands
) -> None:
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    (key,) = world.say(talk, "安全提示")
    assert key.startswith("contact.card.")
    world.tap(talk, "wish:tips=on")
    hands.moment = hands.moment.replace(hour=19) + timedelta(days=3 - hands.moment.weekday())
    for _ in range(4 * 24):
        homes.tick(world)
        hands.forward(hours=1)
    pushed = world.pushes(talk)
    assert len([one for one in pushed if one.startswith("contact.card.")]) == 1
    with world.work() as work:
        rows = work.session.scalars(select(Outbox).where(Outbox.push.is_(True))).all()
        assert not any(calendar.is_quiet(row.not_before) for row in rows)


def test_every_month_has_a_card_for_every_age() -> None:
    keys = {contact_data.card(age, month, turn) for age in range(18) for month in range(1, 13) for turn in range(5)}
    assert all(texts.known(f"contact.card.{key}") for key in keys)
