"""How long people wait in an emergency, as the records tell; and that what is pushed to phones tells nothing."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

import bot.cli.reports
from bot import texts
from bot.cli import app
from bot.services.casework import acts, asking, closing, figures, police, reports, takeover, transferring
from bot.services.casework.transferring import To
from bot.services.mail import mailbox
from bot.storage.tables import Outbox, Report
from tests.builders import World
from tests.conftest import Hands
from tests.services.cases import HARDSHIP, HARM, staff_of, telegram, tell

SECONDS = timedelta(seconds=1)
NAME, PLACE, DEED, PHONE = "欧阳晓晓", "姜家店", "皮带抽", "13812345678"
# Words of people to each other in a live talk go as they are: that is the talk itself, not a push about a report.
TALK = ("staff.words", "staff.words.parted", "reporter.words")


def _emergency(world: World, talk: str, words: str = "正拿棍子打孩子呢") -> str:
    told = {
        "facts": {"signs": ["beaten_now"], "conflicted": [], "danger_now": "yes"},
        "words": [["what", words], ["child_ref", f"{NAME}，8岁"], ["safe_contact", PHONE]],
        "area": "220184104201",
        "given": {},
    }
    with world.work() as work:
        made = reports.open_report(work, talk, told)
        made.follow_up = True
        return made.uid


def test_the_waits_are_read_from_delivery_records_and_first_words(world: World, hands: Hands) -> None:
    people, start = staff_of(world), hands.moment
    talks = [world.citizen() for _ in range(3)]
    first, _, _ = (_emergency(world, talk) for talk in talks)
    with world.work() as work:
        assert figures.until_told(work, start).times == ()
    hands.forward(seconds=4)
    world.deliver(people.director.talk)
    assert people.duty.does(takeover.start, first).allowed
    hands.forward(minutes=2)
    people.duty.does(takeover.say, "我是值班的")
    with world.work() as work:
        told, human = figures.until_told(work, start), figures.until_a_human_wrote(work, start)
    assert (told.of, told.times) == (3, (4 * SECONDS,) * 3)
    assert (told.at(0.99), told.within(5 * SECONDS)) == (4 * SECONDS, 3)
    assert (human.of, human.times) == (3, (124 * SECONDS,))
    assert human.at(0.5) is None, "two wait still: no median may be told"
    with world.work() as work:
        assert figures.until_told(work, hands.moment).of == 0


def test_the_command_line_tells_how_many_emergencies_had_a_human_within_five_minutes(
    world: World, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    people, start = staff_of(world), hands.moment
    for waited in (5, 6):
        report = _emergency(world, world.citizen())
        hands.forward(minutes=waited)
        assert people.duty.does(takeover.start, report).allowed
        people.duty.does(takeover.say, "我是值班的")
        with world.work() as work:
            talk = takeover.open_by(work, people.duty.account)
            assert talk is not None
            takeover.end(work, talk)
    monkeypatch.setattr(bot.cli.reports, "at_work", world.work)
    asked = ["reports", "figures", "--json", "--since", start.isoformat()]
    _, human = json.loads(CliRunner().invoke(app, asked).stdout)
    assert (human["goal_s"], human["reports"], human["reached"], human["within_goal"]) == (300, 2, 2, 1)


def test_the_wait_begins_when_the_words_came_not_when_they_were_taken_up(world: World, hands: Hands) -> None:
    people, talk, start = staff_of(world), world.citizen(), hands.moment
    world.hear(talk, {"text": "…"})
    hands.forward(seconds=7)
    _emergency(world, talk)
    hands.forward(seconds=2)
    world.deliver(people.director.talk)
    with world.work() as work:
        assert figures.until_told(work, start).times == (9 * SECONDS,)


def test_every_child_who_writes_waits_and_an_emergency_waits_from_when_it_became_one(
    world: World, hands: Hands
) -> None:
    people, start = staff_of(world), hands.moment
    child, neighbour = world.citizen(), world.citizen()
    of_child = tell(world, HARDSHIP, talk=child, reporter_type="child_self")
    tell(world, HARM, talk=world.citizen(), reporter_type="child_self")
    of_neighbour = tell(world, HARM, talk=neighbour)
    with world.work() as work:
        human = figures.until_a_human_wrote(work, start)
    assert (human.of, human.times) == (2, ()), "an S2 and an S1 of children wait, the neighbour's S1 does not"
    assert people.director.does(takeover.start, of_child).allowed
    hands.forward(minutes=3)
    people.director.does(takeover.say, "我在")
    hands.forward(days=3)
    assert people.caseworker.does(acts.raise_emergency, of_neighbour, "S0", "不见了").allowed
    assert people.duty.does(takeover.start, of_neighbour).allowed
    hands.forward(minutes=1)
    people.duty.does(takeover.say, "我是值班的")
    with world.work() as work:
        human = figures.until_a_human_wrote(work, start)
    assert (human.of, human.times) == (3, (60 * SECONDS, 180 * SECONDS))
    assert people.caseworker.does(acts.raise_emergency, of_child, "S0", "孩子说有危险").allowed
    with world.work() as work:
        human = figures.until_a_human_wrote(work, hands.moment)
    assert (human.of, human.times) == (1, (0 * SECONDS,)), "somebody was in the talk already"


def test_not_one_personal_word_is_pushed_in_a_whole_life(world: World, hands: Hands) -> None:
    people, talk = staff_of(world), telegram(world, "777")
    report = _emergency(world, talk, f"{PLACE}的{NAME}让她爸拿{DEED}了")
    people.duty.does(takeover.start, report)
    people.duty.does(takeover.say, f"{NAME}现在在哪")
    with world.work() as work:
        made = takeover.open_for(work, talk)
        assert made is not None
        takeover.end(work, made)
    people.duty.does(asking.ask, report, f"{NAME}平时跟谁住？")
    people.duty.does(police.record, report, f"{PLACE}派出所", world.now(), "07")
    people.duty.does(transferring.offer, report, To(role="county_caseworker"), f"{NAME}要县里管")
    people.caseworker.does(transferring.accept, report)
    people.caseworker.does(acts.make_plan, report, f"把{NAME}送到姑姑家")
    people.caseworker.does(acts.tell_result, report, "helping")
    people.caseworker.does(closing.propose, report, "handed_over", f"{NAME}已交接")
    people.manager.does(closing.confirm, report)
    people.caseworker.does(acts.reopen, report, f"{DEED}又发生了")
    hands.forward(days=20)
    with world.work() as work:
        rows = work.session.scalars(select(Outbox).where(Outbox.push.is_(True), Outbox.key.not_in(TALK))).all()
        said = [texts.render(row.key, mailbox.args_of(work, row)) for row in rows]
    shown = "\n".join(f"{one.text} {[choice.label for choice in one.choices]}" for one in said)
    assert len({row.key for row in rows}) > 8
    assert [word for word in (NAME, NAME[2:], PLACE, DEED, PHONE, "打孩子") if word in shown] == []
    with world.work() as work:
        assert work.session.get_one(Report, report).state != "closed"
