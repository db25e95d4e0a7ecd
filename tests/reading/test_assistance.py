"""Help that is named is told to be had only where nothing in the same breath speaks against it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.reading.families import family, family_answers

ON = date(2026, 11, 23)
FACT = "household_assistance"
CHOICES = (("dibao", "低保"), ("tekun", "特困"), ("none", "都没有"))
ONLY_SPOKEN_OF = (
    *("想办低保", "够不上低保", "低保评不上", "低保正办着呢", "村里说给办低保", "家里没人吃低保", "低保去年没了"),
    *("低保停了", "以前吃低保，去年给取消了", "邻居家吃低保", "他奶奶吃低保"),
)


@pytest.mark.parametrize("said", ONLY_SPOKEN_OF)
def test_help_that_is_only_spoken_of_is_not_had(said: str) -> None:
    assert family.read(said, ON).facts.get(FACT) != "dibao"
    assert family_answers.value(said, FACT, CHOICES, ON) != "dibao"


@pytest.mark.parametrize(
    "said",
    [
        "低保",
        "我家低保",
        "吃着低保呢",
        "吃低保呢一个月那点钱够干啥的",
        "低保批下来了",
        "家里是低保户",
        "跟爷爷奶奶过，吃低保",
    ],
)
def test_help_that_is_told_is_had(said: str) -> None:
    assert family.read(said, ON).facts[FACT] == "dibao"


CARED = (("no", "有人好好照顾"), ("struggling", "照顾得吃力"), ("yes", "监护人不管"))


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("挺好的 今年十岁", "no"),
        ("有人管 七岁了 属狗的", "no"),
        ("挺好，姥姥天天接送", "no"),
        ("挺好的 就是没人辅导作业", None),
        ("好着呢 他爸天天喝酒打他", None),
        ("没人管 天天在外面晃", "yes"),
        ("没人管 奶奶病了", None),
    ],
)
def test_the_first_clause_answers_whether_a_child_is_looked_after(said: str, value: str | None) -> None:
    assert family_answers.value(said, "guardian_not_performing", CARED, ON) == value


def test_an_animal_year_beside_an_age_leaves_nothing_unknown() -> None:
    assert family_answers.not_known("今年十岁 属猴的") is None
    assert family_answers.not_known("属猴的") == ("child_age_years",)


def test_the_speaker_said_later_decides_whose_partner_was_meant() -> None:
    said = "我爱人精神二级，我一个人带孩子"
    assert family.read(said, ON, speaker="mother").facts["father_disab_mental"] == "g2"
    assert family.read(said, ON, speaker="father").facts["mother_disab_mental"] == "g2"
