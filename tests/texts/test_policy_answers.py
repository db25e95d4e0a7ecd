"""The reviewed set of policy answers: true to its sources, honest about what is ours, short, each leading on."""

from __future__ import annotations

import re

import pytest

from bot import texts
from bot.care import clauses, parameters, policy_data
from bot.reading.measures import quantities
from bot.reading.policy import policy_questions, policy_words
from bot.texts import policy_answers
from bot.texts.policy_answers import Topic, is_parameter

TOPICS = tuple(policy_answers.topics().values())
LONGEST = 130
HONEST = re.compile("我们|本服务|建议|理解")
UNSURE = re.compile("核实|摘要|没有写|号码|不能乱说")
FLOWS = {"eligibility", "report"}
_FIGURES = re.compile("[0-9]+")
_NUMERALS = re.compile("[一二两三四五六七八九十百]+")
_SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_WORDS = {word: value for value, word in enumerate(_SMALL, 1)}


def _names(topic: Topic) -> str:
    return topic.id


def test_there_are_at_least_a_hundred_and_seventy_topics_each_asked_in_many_ways() -> None:
    assert len(TOPICS) >= 170
    assert [topic.id for topic in TOPICS if len(topic.asked) < 6] == []
    assert [topic.id for topic in TOPICS if len(topic.answer) > LONGEST] == []


def test_every_clause_of_the_plan_is_answered_somewhere() -> None:
    every = {entry["id"] for entry in policy_data.read("clauses")["clauses"]}
    assert every - {one for topic in TOPICS for one in topic.basis} == set()


@pytest.mark.parametrize("topic", TOPICS, ids=_names)
def test_a_topic_rests_on_sources_that_may_be_quoted_and_says_what_is_ours(topic: Topic) -> None:
    for one in topic.basis:
        if is_parameter(one):
            assert parameters.value(one).basis == "FIXED" or HONEST.search(topic.answer), one
        else:
            status = clauses.source(one).status
            assert status != "UNVERIFIED", one
            whole_number = one.startswith("HOT") and status == "PARTLY_VERIFIED"
            assert not whole_number or topic.unsure or "12355" in topic.answer, one
    if topic.interpretation or topic.ours:
        assert HONEST.search(topic.answer), "our reading or practice is told as the plan's rule"
    if topic.unsure and topic.id != "hotline_all":
        assert UNSURE.search(topic.answer) or topic.id == "hotline_legal"


@pytest.mark.parametrize("topic", [topic for topic in TOPICS if topic.quote], ids=_names)
def test_a_quoted_phrase_stands_word_for_word_in_a_clause_it_names(topic: Topic) -> None:
    cited = [topic.quote_from] if topic.quote_from else [one for one in topic.basis if one.startswith("JL-")]
    assert any(topic.quote in phrase for one in cited for phrase in clauses.clause(one).phrases)


@pytest.mark.parametrize("topic", TOPICS, ids=_names)
def test_every_figure_of_an_answer_stands_in_what_it_rests_on(topic: Topic) -> None:
    told = {int(figure) for figure in _FIGURES.findall(topic.answer)}
    assert told - _known_figures(topic) == set()


@pytest.mark.parametrize("topic", TOPICS, ids=_names)
def test_buttons_lead_somewhere_and_somebody_can_be_asked(topic: Topic) -> None:
    assert topic.related
    assert set(topic.related) <= set(policy_answers.topics()) - {topic.id}
    assert set(topic.offers) <= FLOWS
    assert texts.known(f"policy.ask.{topic.who}")
    assert len(f"ask:{topic.id}".encode()) <= 64


def test_its_own_question_finds_a_topic_first() -> None:
    finder = policy_answers.finder()
    wrong = [topic.id for topic in TOPICS if finder.rank(topic.question)[0].topic != topic.id]
    assert wrong == []


def test_no_two_topics_are_asked_in_the_very_same_words() -> None:
    seen: dict[str, str] = {}
    twice = []
    for topic in TOPICS:
        for one in {policy_words.plain(asked) for asked in (topic.question, *topic.asked)}:
            if seen.setdefault(one, topic.id) != topic.id:
                twice.append((one, seen[one], topic.id))
    assert twice == []


def test_a_question_however_long_or_broken_is_looked_up() -> None:
    finder = policy_answers.finder()
    for text in ("那我想问一下像我这种情况孩子到底算不算留守儿童啊" * 2, "留守" * 5000, "\ud800\0", ""):
        assert isinstance(finder.find(text), policy_questions.Found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("父母双方残疾算不算困境", "父母只有一方残疾算不算困境"),
        ("父母双方服刑的孩子算不算", "父母只有一方服刑的孩子算不算"),
        ("监护状况较好的多久走访", "监护状况一般的多久走访"),
        ("留守儿童到多少岁", "困境儿童到多少岁"),
        ("智力残疾三级算吗", "智力残疾四级算吗"),
        ("孤儿一个月多少钱", "事实无人抚养一个月多少钱"),
        ("数据多久更新一次", "档案多久抽查一次"),
        ("出国打工算不算", "在本县打工算不算"),
    ],
)
def test_questions_that_differ_in_one_word_get_different_answers(one: str, other: str) -> None:
    finder = policy_answers.finder()
    assert finder.rank(one)[0].topic != finder.rank(other)[0].topic


def _known_figures(topic: Topic) -> set[int]:
    said = [topic.also]
    for one in topic.basis:
        if is_parameter(one):
            said.append(str(parameters.value(one).value))
        else:
            source = clauses.source(one)
            said += [one, source.number, source.title_zh, source.gist]
            said += clauses.clause(one).phrases if one.startswith("JL-") else []
            said.append(str(_document(one)))
    text = " ".join(said)
    words = {value for word, value in _WORDS.items() if re.search(rf"\b{word}\b", text, re.IGNORECASE)}
    numerals = {quantities.number(found) or 0 for found in _NUMERALS.findall(text)}
    return {int(figure) for figure in _FIGURES.findall(text)} | words | numerals


def _document(cited: str) -> object:
    name = cited.partition("-")[0]
    return next((entry for entry in policy_data.read("sources")["sources"] if entry["id"] == name), "")
