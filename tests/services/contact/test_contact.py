from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event, select, update

from bot import jobs
from bot.services.contact import ladder as contact_ladder
from bot.services.talk import silence
from bot.storage.tables import CareTask, Child, ContactPlan, Conversation
from tests.builders import World
from tests.conftest import Hands
from tests.services import family as homes


def _thursday(hands: Hands, hour: int = 19) -> None:
    """From Monday noon to Thursday of the same week."""
    hands.moment = hands.moment.replace(hour=hour) + timedelta(days=3 - hands.moment.weekday())


def test_a_father_answers_four_questions_with_a_tap_each(world: World, hands: Hands) -> None:
    home = homes.make(world, "father", "carer")
    talk = homes.join(world, home, "father")
    _thursday(hands)
    assert homes.tick(world)["sent"] == 1
    assert world.pushes(talk) == ["contact.push.prompt"]
    world.tap(talk, "contact.contact=video")
    world.tap(talk, "contact.carer=yes")
    world.tap(talk, "contact.how=mood_low")
    world.tap(talk, "contact.how=good")
    assert world.tap(talk, "contact.concern=no") == ["contact.thanks.parent"]
    told = homes.answers(world, home, "father")
    assert {key: told[key] for key in ("contact", "kinds", "carer", "life", "study", "mood", "concern")} == {
        "contact": "yes",
        "kinds": ["video"],
        "carer": "yes",
        "life": "good",
        "study": "good",
        "mood": "low",
        "concern": "no",
    }
    assert homes.records(world, home, "father")[0].answer == "contacted"


def test_one_breath_answers_several_questions_and_only_the_rest_is_asked(world: World, hands: Hands) -> None:
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    _thursday(hands)
    homes.tick(world)
    assert world.say(talk, "昨晚视频了娃挺好就是感冒了") == ["contact.q.parent.carer"]
    told = homes.answers(world, home, "father")
    assert (told["contact"], told["kinds"], told["life"]) == ("yes", ["video"], "so_so")


def test_no_gets_no_blame_and_a_reminder_at_the_evening_picked(world: World, hands: Hands) -> None:
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    _thursday(hands)
    homes.tick(world)
    assert world.tap(talk, "contact.contact=no") == ["contact.q.parent.carer.after_no"]
    assert world.tap(talk, "contact.carer=no") == ["contact.no_blame"]
    assert world.tap(talk, "contact.remind=saturday") == ["contact.will_remind"]
    hands.forward(days=1)
    assert homes.tick(world)["sent"] == 0
    hands.forward(days=1, hours=1)
    assert homes.tick(world)["sent"] == 1
    assert world.pushes(talk)[-1] == "contact.push.friendly_reprompt"
    assert world.tap(talk, "contact.contact=call") == ["contact.q.parent.how"]
    assert homes.records(world, home, "father")[0].answer == "contacted"


def test_a_bare_no_typed_after_the_question_is_an_answer_to_it(world: World, hands: Hands) -> None:
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    _thursday(hands)
    homes.tick(world)
    assert world.say(talk, "没有") == ["contact.q.parent.carer.after_no"]
    assert world.say(talk, "没有") == ["contact.no_blame"]
    told = homes.answers(world, home, "father")
    assert (told["contact"], told["carer"]) == ("no", "no")


def test_silence_is_repeated_twice_then_softer_then_told_to_the_director_and_an_answer_closes_it(
    world: World, hands: Hands
) -> None:
    director = world.staff("child_director")
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    for _ in range(21 * 12):
        hands.forward(hours=2)
        homes.tick(world)
    assert world.pushes(talk) == [
        "contact.push.prompt",
        "contact.push.repeat",
        "contact.push.repeat",
        "contact.push.softer_prompt",
        "contact.push.repeat",
        "contact.push.repeat",
        "contact.push.softer_prompt",
        "contact.push.repeat",
        "contact.push.repeat",
    ]
    assert homes.rungs(world, home) == [("director_task", "missed_weeks_2", True)]
    assert world.pushes(director) == ["contact.task"]
    world.tap(talk, "contact.contact=video")
    assert homes.rungs(world, home) == [("director_task", "missed_weeks_2", False)]
    with world.work() as work:
        task = work.session.scalars(select(CareTask)).one()
        told = work.open("care_tasks.payload", task.uid, task.payload_sealed)
        assert (task.kind, task.state, told["reason"]) == ("contact", "done", "missed_weeks_2")
        assert [week[1:3] for week in told["weeks"]] == [["none", None], ["none", None]]


def test_a_blocked_message_goes_to_the_other_channel_and_without_one_to_the_director(
    world: World, hands: Hands
) -> None:
    home = homes.make(world, "father")
    old = homes.join(world, home, "father")
    hands.forward(minutes=1)
    new = homes.join(world, home, "father")
    _thursday(hands)
    homes.tick(world)
    homes.failed(world, new)
    hands.forward(minutes=11)
    homes.tick(world)
    assert world.pushes(old) == ["contact.push.other_channel"]
    homes.failed(world, old)
    with world.work() as work:
        for uid in (old, new):
            work.session.get_one(Conversation, uid).unreachable_at = work.now
    hands.forward(minutes=11)
    homes.tick(world)
    assert homes.rungs(world, home) == [("director_task", "unreachable_blocked", True)]


def test_nothing_is_sent_into_a_half_finished_report(world: World, hands: Hands) -> None:
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    _thursday(hands)
    world.tap(talk, "flow:report")
    assert homes.tick(world)["sent"] == 0
    world.say(talk, "取消")
    hands.forward(minutes=11)
    assert homes.tick(world)["sent"] == 1


@pytest.mark.parametrize(("calls", "reason"), [("long", "no_contact_by_child_or_carer"), ("no", None)])
def test_who_at_home_says_that_nobody_called_for_long_makes_a_task_the_same_day(
    world: World, hands: Hands, calls: str, reason: str | None
) -> None:
    home = homes.make(world, "father", "carer")
    homes.join(world, home, "father")
    carer = homes.join(world, home, "carer")
    _thursday(hands)
    world.tap(carer, f"contact.calls={calls}")
    assert [rung[1] for rung in homes.rungs(world, home)] == ([reason] if reason else [])


@pytest.mark.parametrize("first", ["father", "carer"])
def test_what_father_and_grandmother_say_differently_is_a_gentle_task_and_neither_hears_of_it(
    world: World, hands: Hands, first: str
) -> None:
    home = homes.make(world, "father", "carer")
    talks = {"father": homes.join(world, home, "father"), "carer": homes.join(world, home, "carer", simple="yes")}
    _thursday(hands)
    homes.tick(world)
    says = {"father": "contact.contact=call", "carer": "contact.calls=no"}
    for kind in (first, "carer" if first == "father" else "father"):
        world.tap(talks[kind], says[kind])
    assert ("contact_differs", "voices_differ", True) in homes.rungs(world, home)
    heard = [said.text for said in world.said(talks["father"])]
    assert not any("好久没打" in text or "没打电话" in text for text in heard)


def test_the_mother_covers_for_a_silent_father_unless_they_live_apart(world: World, hands: Hands) -> None:
    home = homes.make(world, "father", "mother")
    homes.join(world, home, "father")
    mother = homes.join(world, home, "mother")
    for _ in range(4):
        _thursday(hands)
        homes.tick(world)
        world.tap(mother, "contact.contact=video")
        hands.forward(days=4)
        homes.tick(world)
    assert homes.rungs(world, home) == []
    with world.work() as work:
        work.session.get_one(
            type(homes.plan(world, home, "father")), homes.plan(world, home, "father").uid
        ).apart = True
    hands.forward(days=7)
    homes.tick(world)
    assert [rung[0] for rung in homes.rungs(world, home)] == ["supervisor_task"]


def test_two_low_moods_are_a_question_and_three_a_task(world: World, hands: Hands) -> None:
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    steps = []
    for _ in range(3):
        _thursday(hands)
        homes.tick(world)
        for answer in ("contact=video", "carer=yes", "how=mood_low", "how=good", "concern=no"):
            world.tap(talk, f"contact.{answer}")
        homes.tick(world)
        steps.append([rung[0] for rung in homes.rungs(world, home)])
        hands.forward(days=4)
    assert steps == [[], ["ask_talk_with_director"], ["ask_talk_with_director", "mood_task"]]


@pytest.mark.parametrize("ending", ["contact.concern=no", "contact.concern=yes", None])
def test_the_question_about_low_moods_waits_until_a_half_finished_talk_is_over(
    world: World, hands: Hands, ending: str | None
) -> None:
    home = homes.make(world, "father", "carer")
    talk = homes.join(world, home, "father")
    for week in range(2):
        hands.forward(days=4 * week)
        _thursday(hands)
        homes.tick(world)
        for answer in ("contact=video", "carer=yes", "how=mood_low", "how=good"):
            world.tap(talk, f"contact.{answer}")
        hands.forward(minutes=11)
        homes.tick(world)
        assert "contact.mood_question" not in world.pushes(talk)
        assert homes.rungs(world, home) == []
        if week == 0:
            world.tap(talk, "contact.concern=no")
    if ending is None:  # he never comes back to it: it is over when the silence has put it aside
        hands.forward(hours=25)
        with world.work() as work:
            silence.settle(work)
    else:
        world.tap(talk, ending)
        if ending.endswith("yes"):
            world.say(talk, "他最近老是一个人坐着")
    hands.forward(minutes=11)
    homes.tick(world)
    assert homes.rungs(world, home)[-1] == ("ask_talk_with_director", "mood_low_2", True)
    assert world.pushes(talk).count("contact.mood_question") == 1


def test_a_childs_question_about_low_moods_waits_for_the_end_of_the_talk_too(world: World, hands: Hands) -> None:
    home = homes.make(world, "self")
    talk = homes.join(world, home, "self")
    for _ in range(2):
        _thursday(hands)
        homes.tick(world)
        world.tap(talk, "contact.mood=low")
        homes.tick(world)
        assert homes.rungs(world, home) == []
        world.tap(talk, "contact.calls=yes")
        world.tap(talk, "contact.safe=no")
        hands.forward(days=11)
    homes.tick(world)
    assert world.pushes(talk).count("contact.mood_question.child") == 1


def test_stop_ends_the_questions_outside_a_flow_and_asks_inside_one(world: World, hands: Hands) -> None:
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    _thursday(hands)
    homes.tick(world)
    world.tap(talk, "contact.contact=video")
    assert world.say(talk, "停止") == ["contact.stop_which"]
    assert world.tap(talk, "stop:this") == ["contact.stopped.this"]
    assert world.say(talk, "停止") == ["contact.stopped.parent"]
    assert homes.plan(world, home, "father").state == "stopped"
    assert homes.records(world, home, "father")[0].answer == "contacted"
    hands.forward(days=7)
    assert homes.tick(world)["sent"] == 0


def test_a_word_of_wanting_to_die_in_any_answer_is_danger_first(world: World, hands: Hands) -> None:
    home = homes.make(world, "father", "self")
    for kind in ("father", "self"):
        talk = homes.join(world, home, kind)
        _thursday(hands)
        homes.tick(world)
        assert world.say(talk, "不想活了")[0].startswith("danger.")
    assert {report.severity for report in world.reports()} == {"S0"}


def test_a_carer_who_says_she_wants_to_hit_him_is_helped_and_checked(world: World, hands: Hands) -> None:
    home = homes.make(world, "father", "carer")
    talk = homes.join(world, home, "carer")
    _thursday(hands)
    homes.tick(world)
    assert world.say(talk, "管不了了想打他")[0] == "contact.signal.check"
    assert ("signal_check", "carer_may_hit", True) in homes.rungs(world, home)


def test_a_child_nobody_looks_after_is_an_emergency_at_once(world: World, hands: Hands) -> None:
    home = homes.make(world, "carer")
    talk = homes.join(world, home, "carer")
    world.tap(talk, "contact.self=unattended")
    assert world.report().severity in ("S0", "S1")


def test_a_child_who_is_afraid_of_somebody_is_led_to_a_report(world: World, hands: Hands) -> None:
    home = homes.make(world, "self")
    talk = homes.join(world, home, "self")
    world.tap(talk, "contact.safe=yes")
    assert world.flow(talk) == "report"


def test_a_carer_who_was_not_asked_and_says_she_cannot_go_on_is_heard(world: World, hands: Hands) -> None:
    home = homes.make(world, "father", "carer")
    homes.join(world, home, "father")
    talk = homes.join(world, home, "carer")
    assert world.say(talk, "管不了了想打他")[0] == "contact.signal.check"
    assert ("signal_check", "carer_may_hit", True) in homes.rungs(world, home)


def test_what_the_carer_types_of_the_calls_is_no_contact_of_her_own(world: World, hands: Hands) -> None:
    home = homes.make(world, "father", "carer")
    homes.join(world, home, "father")
    talk = homes.join(world, home, "carer")
    _thursday(hands)
    homes.tick(world)
    assert world.say(talk, "他爸一个多月没打电话了") == ["contact.q.carer.how"]
    assert homes.rungs(world, home) == [("director_task", "no_contact_by_child_or_carer", True)]


@pytest.mark.parametrize("typed", ["聊了", "聊了。"])
def test_a_buttons_words_typed_are_as_good_as_the_tap(world: World, hands: Hands, typed: str) -> None:
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    _thursday(hands)
    homes.tick(world)
    world.tap(talk, "contact.contact=video")
    assert world.means(talk, typed, "contact") == ["contact.q.parent.how"]
    assert world.means(talk, "挺好的", "contact") == ["contact.q.parent.concern"]
    assert homes.answers(world, home, "father")["mood"] == "good"


def test_two_weeks_of_text_only_are_a_gentle_nudge(world: World, hands: Hands) -> None:
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    said = []
    for _ in range(2):
        _thursday(hands)
        for answer in ("contact=text", "carer=yes", "how=good", "concern=no"):
            world.tap(talk, f"contact.{answer}")
        said.append(world.said(talk)[-1].text)
        hands.forward(days=4)
    assert ["试试视频" in text for text in said] == [False, True]


def test_questions_end_with_the_childs_file(world: World, hands: Hands) -> None:
    home = homes.make(world, "father")
    homes.join(world, home, "father")
    with world.work() as work:
        work.session.get_one(Child, home.child).state = "ended"
    _thursday(hands)
    assert homes.tick(world)["sent"] == 0
    assert homes.plan(world, home, "father").state == "ended"


def test_a_worry_is_with_the_director_even_if_the_words_for_it_never_come(world: World, hands: Hands) -> None:
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    _thursday(hands)
    assert world.tap(talk, "contact.concern=yes") == ["contact.words"]
    assert homes.rungs(world, home) == [("concern", "concern_told", True)]


def test_more_people_than_are_looked_at_at_once_do_not_wait_for_the_next_tick(
    world: World, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contact_ladder, "AT_ONCE", 2)
    talks = [homes.join(world, homes.make(world, "father"), "father") for _ in range(5)]
    _thursday(hands)
    assert jobs.run(world.database, world.vault, "contact", hands())["sent"] == len(talks)
    assert [world.pushes(talk) for talk in talks] == [["contact.push.prompt"]] * len(talks)


def test_looking_at_many_people_takes_no_more_reading_than_looking_at_two(world: World, hands: Hands) -> None:
    def statements() -> int:
        """Of a tick at which nothing is to be sent."""
        with world.work() as work:
            work.session.execute(update(ContactPlan).values(next_due=work.now))
        found: list[str] = []
        engine = world.database.engine
        event.listen(engine, "before_cursor_execute", lambda *given: found.append(given[2]))
        assert homes.tick(world)["sent"] == 0
        return sum(statement.lstrip().upper().startswith(("SELECT", "WITH")) for statement in found)

    for _ in range(2):
        homes.join(world, homes.make(world, "father", "carer"), "father")
    few = statements()
    for _ in range(6):
        homes.join(world, homes.make(world, "father", "carer"), "father")
    assert statements() == few
