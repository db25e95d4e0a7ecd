"""Somebody who reads no Chinese: the language of a talk stays, whatever is asked, corrected or handed over."""

from __future__ import annotations

import re

import pytest

from bot import texts
from bot.services.eligibility import page as eligibility_page
from bot.storage.database import Database
from tests.builders import World
from tests.services.talking import answers_of, asked_now, last

LATIN = re.compile("[A-Za-z]{2,}")


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Words only; nothing here differs between the databases."""
    return sqlite


def understood(world: World, talk: str, since: int) -> None:
    """Everything said since then can be understood by somebody who reads no Chinese."""
    for said in world.said(talk)[since:]:
        assert LATIN.search(said.text), said.text
        assert texts.phrase(texts.ONLY_CHINESE) not in said.text, said.text


def test_a_foreign_teacher_reports_in_english_to_the_code(world: World) -> None:
    talk = world.citizen()
    for said in (
        "Hello, I am a foreign teacher. One of my students is beaten by his father.",
        "not right now",
        "gongzhuling, fanjiatun",
        "since last month",
        "he is about 9, called Xiaoming",
        "sorry, wrong. He is 10, not 9",
        "yes please tell me",
    ):
        before = len(world.said(talk))
        world.say(talk, said)
        understood(world, talk, before)
    told = answers_of(world, talk)
    assert told.area == "220184103"
    assert told.facts["reporter_type"] == "mandatory_reporter"
    before = len(world.said(talk))
    world.say(talk, "ok")
    understood(world, talk, before)
    assert any(said.kind == "receipt" for said in world.said(talk))


def test_a_place_in_chinese_characters_does_not_change_the_language_and_a_sentence_does(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "A child in my village does not go to school, can you help?")
    world.say(talk, "公主岭市范家屯镇")
    before = len(world.said(talk))
    world.say(talk, "asdfgh")
    understood(world, talk, before)
    world.say(talk, "我还是用中文说吧，孩子没上学在家放牛")
    assert not LATIN.search(last(world, talk))


def test_a_pinyin_place_in_a_chinese_talk_makes_no_english_of_it(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "有个孩子辍学在家放牛")
    world.tap(talk, "report.danger_now=no")
    assert asked_now(world, talk) == "place"
    world.say(talk, "gongzhuling fanjiatun")
    assert answers_of(world, talk).area == "220184103"
    assert not LATIN.search(last(world, talk))


def test_a_mother_checks_in_english_and_is_asked_nothing_in_chinese_only(world: World) -> None:
    talk = world.citizen()
    for said in (
        "Hello, does my son count as a left-behind child?",
        "his father works in Korea for 8 months",
        "I work in Changchun and come home every week",
        "I am his mother, he is 9",
        "no, wrong, he is 10",
        "I don't know",
        "what if his father came home?",
    ):
        before = len(world.said(talk))
        world.say(talk, said)
        understood(world, talk, before)
    world.tap(talk, "eligibility.hand=start")
    for said in ("gongzhuling fanjiatun pingyang village", "the Smiths", "13812345678"):
        before = len(world.said(talk))
        world.say(talk, said)
        understood(world, talk, before)


NOT_SAID_IN_ENGLISH = re.compile(
    r"eligibility\.(?:begin|heard|noted|corrected|question|age|result|page|of|words|quote|the_plan|alive|made_on"
    r"|unknown_value|too_short|gone_for_long)(?:\.|$)"
)
"""What an English talk says in words of its own (begin.english, heard.english, result.in_english), on the page in both
languages, or to staff and about clauses in Chinese."""


def test_nothing_in_a_check_is_said_in_chinese_alone_to_a_family_that_writes_english() -> None:
    ours = [key for key in list(texts.keys()) if key.startswith("eligibility.") and "english" not in key]
    assert len(ours) > 100
    assert [one for one in ours if not (texts.known(f"{one}.english") or NOT_SAID_IN_ENGLISH.match(one))] == []


def test_a_family_agrees_to_what_it_can_read_and_changes_it_by_buttons_it_can_read(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "Does my son count as a left-behind child? He is 9, we both work in Korea for 2 years")
    world.say(talk, "I am his mother")
    world.tap(talk, "eligibility.edit=menu")
    labels = [one.label for one in world.said(talk)[-1].choices]
    assert "age: 9 years old" in labels
    assert "".join(labels).isascii()
    world.tap(talk, "eligibility.hand=start")
    for said in ("gongzhuling fanjiatun pingyang village", "the Smiths", "13812345678"):
        world.say(talk, said)
    assert "· age: 9 years old" in last(world, talk)
    assert "孩子：" not in last(world, talk)


def test_what_has_no_english_says_so(world: World) -> None:
    said = texts.render("chat.journalist", {"language": "en"})
    assert said.text.endswith(texts.phrase(texts.ONLY_CHINESE))
    assert "language" not in said.text


def test_every_english_text_has_the_same_buttons_and_arguments_as_the_chinese_one() -> None:
    for key in list(texts.keys()):
        base = key.replace(".english", "")
        if not key.endswith((".english", ".english.again")) or not texts.known(base):
            continue
        ours, theirs = texts.entry(key), texts.entry(base)
        assert ours.get("kind") == theirs.get("kind"), key
        assert set(re.findall(r"{\w+}", ours["text"])) == set(re.findall(r"{\w+}", theirs["text"])), key
        assert {one[1] for one in ours.get("choices", ())} <= {one[1] for one in theirs.get("choices", ())}, key


def test_the_page_to_print_is_in_both_languages(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "Does my son count as a left-behind child? He is 9, his father works in Korea for 8 months")
    with world.work() as work:
        sheet = eligibility_page.sheet(work, talk)
    assert sheet is not None
    for words in (sheet.title, sheet.note, sheet.closing, "".join(sheet.told), "".join(sheet.result)):
        assert LATIN.search(words), words
        assert re.search("[一-鿿]", words), words
