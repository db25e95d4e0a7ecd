"""The check of `make lint` that training sentences differ."""

from __future__ import annotations

from pathlib import Path

from deploy import repeats

VARIED = ["孩子没人管", "前院那丫头不念书了", "他家冬天没柴火", "爷爷瘫在炕上没人做饭", "老师打手心打肿了"]


def written(folder: Path, **blocks: list[str]) -> Path:
    """A folder of training data with one block for each intent, one level down as the voices are."""
    lines = ["nlu:"]
    for intent, said in blocks.items():
        lines += [f"- intent: {intent}", "  examples: |", *(f"    - {one}" for one in said)]
    (folder / "voices").mkdir()
    (folder / "voices" / "one.yml").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_varied_sentences_pass(tmp_path: Path) -> None:
    assert repeats.wrong(written(tmp_path, report_concern=VARIED, deny=["没有", "不是"])) == []


def test_a_sentence_said_again_with_another_ending_is_found(tmp_path: Path) -> None:
    [said] = repeats.wrong(written(tmp_path, report_concern=[*VARIED, "前院那丫头,不念书了!"]))
    assert said.startswith("report_concern: 1 of 6")
    assert repeats.near(["村东头有个孩子天天没人管饭", "村东头有个孩子天天没人管饭啊"]) == {1}


def test_short_answers_may_be_alike_but_not_the_same() -> None:
    assert repeats.near(["不是", "不是啊", "不是的"]) == set()
    assert repeats.near(["不是", "不是"]) == {1}


def test_the_same_words_may_not_mean_two_things(tmp_path: Path) -> None:
    assert repeats.wrong(written(tmp_path, deny=["算了。"], cancel=["[算了](word)"])) == ["under cancel and deny: 算了"]


def test_the_project_s_own_sentences_are_varied() -> None:
    assert repeats.wrong(repeats.ROOT / "data" / "nlu") == []
