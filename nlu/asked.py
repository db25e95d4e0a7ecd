"""Questions of the reviewed policy set, from which the classifier learns what asking for a rule sounds like.

The people of data/nlu ask a dozen questions each; the set knows 400 matters. Not all of its phrasings are learned: half
a sentence that only means something beside its topic would make a policy question of everything short.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from bot.reading.talk.question_forms import asks

FOLDER = Path(__file__).resolve().parents[1] / "bot" / "texts" / "policy"
INTENT = "ask_policy"
LONG_ENOUGH = 8
"""Characters from which a phrasing says by itself what is asked."""
OF_EACH = 4
"""Questions learned of each topic: with all of them other intents lose more than this one gains."""


def questions() -> list[str]:
    """The title and the first phrasings of each topic."""
    found = []
    for file in sorted(FOLDER.glob("*.yml")):
        for topic in yaml.safe_load(file.read_text(encoding="utf-8")):
            phrased = [one.strip() for one in topic["asked"].split(" / ")]
            found += [topic["question"], *(one for one in phrased if len(one) >= LONG_ENOUGH and asks(one))][:OF_EACH]
    return found


def phrasings() -> list[tuple[str, str]]:
    """Every phrasing of every topic with the topic it asks for."""
    found = []
    for file in sorted(FOLDER.glob("*.yml")):
        for topic in yaml.safe_load(file.read_text(encoding="utf-8")):
            asked = [topic["question"], *(one.strip() for one in topic["asked"].split(" / "))]
            found += [(one, topic["id"]) for one in asked if one]
    return found
