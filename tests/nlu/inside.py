"""Run by Rasa's Python (3.10, no pytest): tries our components in its process and prints what it found as JSON.

conftest.py starts it, with the stand-in for TensorFlow in place before the first import.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import sys
import tempfile
import typing
from pathlib import Path
from typing import Any
from unittest.mock import patch

from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.engine.recipes import default_components
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu import checking, meaning, standin
from nlu.calibration import probabilities, temperature
from nlu.channel import GuardedRest, inert
from nlu.classifier import LinearIntentClassifier, untrained
from nlu.doubt import Doubt
from nlu.features import plain, sound
from nlu.meaning import VECTOR, Encoder
from nlu.topics import POLICY_TOPICS, RankTopics, Topics
from nlu.tracker_store import BoundedTrackerStore, shortened
from nlu.views import Views, _framed, _pairs

DOMAIN = Domain.from_dict(
    {
        "intents": ["greet"],
        "slots": {"what": {"type": "text", "influence_conversation": False, "mappings": [{"type": "custom"}]}},
        "forms": {"report_form": {"required_slots": ["what"]}},
    }
)


def _turn(number: int) -> list[Any]:
    return [UserUttered(f"第{number}句"), ActionExecuted("report_form"), ActionExecuted("action_listen")]


def _talk(sender: str, turns: int) -> DialogueStateTracker:
    begin = [ActionExecuted("action_listen"), UserUttered("开始"), ActionExecuted("report_form")]
    begin += [ActiveLoop("report_form"), SlotSet("what", "given"), SlotSet("requested_slot", "what")]
    events = [event for number in range(turns) for event in _turn(number)]
    return DialogueStateTracker.from_events(sender, [*begin, ActionExecuted("action_listen"), *events], DOMAIN.slots)


def memory() -> dict[str, Any]:
    """The tracker store: number, age, length."""
    now = [0.0]
    store = BoundedTrackerStore(DOMAIN, conversations=3, events=30, minutes=10, clock=lambda: now[0])

    async def live() -> dict[str, Any]:
        for sender in ("a", "b", "c", "d"):
            await store.save(_talk(sender, 1))
        crowded = list(await store.keys())
        now[0] = 601.0
        forgotten = await store.retrieve("d")
        for turn in range(200):
            talk = await store.retrieve("long") or _talk("long", 0)
            talk.update_with_events(_turn(turn), DOMAIN)
            await store.save(talk)
        kept = await store.retrieve("long")
        assert kept is not None
        return {
            "crowded": crowded,
            "forgotten": forgotten is None,
            "left": list(await store.keys()),
            "events": len(kept.events),
            "loop": kept.active_loop_name,
            "slot": kept.get_slot("what"),
            "asked": kept.get_slot("requested_slot"),
            "latest": [event.text for event in kept.events if isinstance(event, UserUttered)][-1],
            "action": kept.latest_action_name,
        }

    return asyncio.run(live())


def short_talk_is_left_alone() -> bool:
    """A short tracker is the same object; one long turn is not cut in the middle."""
    talk = _talk("short", 2)
    single = DialogueStateTracker.from_events(
        "single", [ActionExecuted("action_listen"), *[SlotSet("what", "given")] * 40], DOMAIN.slots
    )
    return shortened(talk, 30) is talk and shortened(single, 30) is single


def hollow_tensorflow() -> dict[str, Any]:
    """Rasa's whole component list is importable and no part of TensorFlow was loaded."""
    parts = [module for name, module in sys.modules.items() if name.partition(".")[0] in standin.NOT_NEEDED]
    try:
        standin.install()
        late = "accepted"
    except RuntimeError as error:
        late = str(error)
    return {
        "components": len(default_components.DEFAULT_COMPONENTS),
        "really_loaded": [module.__name__ for module in parts if getattr(module.__spec__, "origin", None)],
        "late": late,
    }


def doors() -> dict[str, Any]:
    """The channel's own checks."""
    try:
        GuardedRest.from_credentials({"token": ""})
        open_door = True
    except ValueError:
        open_door = False
    return {"opens_without_token": open_door, "inert": [inert(text) for text in ("/greet", "  /greet{}", "1/2 你好")]}


def graph_traps() -> dict[str, Any]:
    """Names and annotations Rasa's graph relies on."""
    methods = [getattr(LinearIntentClassifier, name) for name in ("create", "load", "train", "process")]
    methods += [getattr(RankTopics, name) for name in ("create", "load", "train", "process")]
    methods += [Doubt.train, Doubt.predict_action_probabilities]
    return {
        "unannotated": [m.__qualname__ for m in methods if "return" not in typing.get_type_hints(m)],
        "train": list(inspect.signature(LinearIntentClassifier.train).parameters)[1:],
        "process": list(inspect.signature(LinearIntentClassifier.process).parameters)[1:],
    }


class _Storage:
    """A model storage in one folder."""

    def __init__(self, folder: Any) -> None:
        self._folder = folder

    def write_to(self, _: Any) -> _Storage:
        return self

    read_from = write_to

    def __enter__(self) -> Any:
        return self._folder

    def __exit__(self, *_: Any) -> None:
        pass


SENTENCES = {
    "greet": ["你好", "您好啊", "早上好", "有人在吗", "在不在", "喂你好"],
    "goodbye": ["再见", "拜拜", "回头聊", "我走了", "先这样吧", "晚安再见"],
    "thank": ["谢谢", "多谢你", "太感谢了", "辛苦了", "谢谢老师", "麻烦你了"],
}


def classifier() -> dict[str, Any]:
    """A small classifier trained, kept, loaded again."""
    examples = [
        Message({"text": text, "intent": intent, "metadata": {"intent": {"voice": f"v{number % 2}"}}})
        for intent, texts in SENTENCES.items()
        for number, text in enumerate(texts)
    ]
    config = LinearIntentClassifier.get_default_config()
    asked = [Message({"text": text}) for text in ("谢谢你啊", "", "你好" * 3000, "\ud800\0")]
    with tempfile.TemporaryDirectory() as folder:
        storage: Any = _Storage(Path(folder))
        trained = LinearIntentClassifier(config, storage, None)
        trained.train(TrainingData(examples))
        files = [file.name for file in Path(folder).iterdir()]
        before = [m.get("intent_ranking") for m in trained.process(asked)]
        again = LinearIntentClassifier.load(config, storage, None, None)
        after = [m.get("intent_ranking") for m in again.process(asked)]
    return {
        "thanks": after[0][0]["name"],
        "same": before == after,
        "sums": [round(sum(one["confidence"] for one in ranking), 6) for ranking in after],
        "files": files,
    }


def confidence() -> dict[str, Any]:
    """A stranger's voice warms the temperature; an intent of one voice only does not stop the calibration."""
    texts = [text for texts in SENTENCES.values() for text in texts]
    intents = [intent for intent, texts in SENTENCES.items() for _ in texts]
    two = ["one" if number % 2 else "two" for number in range(len(texts))]

    def fresh() -> Views:
        return Views(1.0, 1.0, 2)

    lonely = temperature(fresh, [*texts, "查进度"], [*intents, "status"], [*two, "three"])
    learned = fresh().fit(texts, intents)
    asked = ["谢谢", "呜", "", "谢谢谢谢 你好", *texts]
    scores, at_once = learned.scores(asked), learned._look([plain(text) for text in asked]) @ learned._slopes
    return {
        "apart_by": float(abs(scores - at_once - learned._offsets).max()),
        "cold": [round(float(row.max()), 3) for row in probabilities(scores[:2], 0.05)],
        "warm": [round(float(row.max()), 3) for row in probabilities(scores[:2], 2.0)],
        "lonely": lonely,
        "one_voice": temperature(fresh, texts, intents, [""] * len(texts)),
    }


class _FewLetters:
    """An encoder of three letters, which counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: list[str]) -> Any:
        """How often each letter comes."""
        self.asked += texts
        return [[text.count(letter) for letter in "谢你查"] for text in texts]


def meaning_of_sentences() -> dict[str, Any]:
    """The classifier with an encoder, with one that has gone since, and with none."""
    texts = [text for texts in SENTENCES.values() for text in texts]
    intents = [intent for intent, texts in SENTENCES.items() for _ in texts]
    config, asked, letters = LinearIntentClassifier.get_default_config(), ["谢谢你", "", "\ud800\0"], _FewLetters()
    real = meaning._encoder
    try:
        meaning._encoder = lambda: letters  # type: ignore[assignment]
        encoder = Encoder(remembers=True)
        learned = untrained(config, encoder).fit(texts, intents)
        untrained(config, encoder).fit(texts, intents)
        twice = len(letters.asked) > len(set(texts))
        again = untrained(config, Encoder())
        again.restore(learned.learned())
        with_it, reloaded = learned.scores(asked), again.scores(asked)
        meaning._encoder = lambda: None  # type: ignore[assignment]
        gone, never = untrained(config, Encoder()), untrained(config, Encoder()).fit(texts, intents)
        gone.restore(learned.learned())
        return {
            "encoded_twice": twice,
            "same": bool((with_it == reloaded).all()),
            "counts": bool((with_it[0] != gone.scores(asked)[0]).all()),
            "undecided": bool((with_it[1:] == 0).all()),
            "gone_is_never": bool((gone.scores(asked) == never.scores(asked)).all()),
        }
    finally:
        meaning._encoder = real


def topics_by_meaning() -> dict[str, Any]:
    """Topics learned with an encoder of three letters, kept, read again; and where the encoder has gone."""
    pairs = [("谢谢谢", "thanks"), ("谢谢", "thanks"), ("查查", "codes"), ("查你", "codes")]
    real = meaning._encoder
    try:
        meaning._encoder = lambda: _FewLetters()  # type: ignore[assignment]
        with tempfile.TemporaryDirectory() as folder:
            storage: Any = _Storage(Path(folder))
            kept = RankTopics(storage, storage)
            with patch("nlu.topics.phrasings", lambda: pairs):
                kept.train(TrainingData([]))
            again = RankTopics.load({}, storage, storage, storage)
            asked = [Message({"text": text}) for text in ("谢谢谢谢", "查", "", "\ud800\0")]
            found = [one.get(POLICY_TOPICS) for one in again.process(asked)]
            same = found == [one.get(POLICY_TOPICS) for one in kept.process(asked)]
            letters = _FewLetters()
            meaning._encoder = lambda: letters  # type: ignore[assignment]
            known = Message({"text": "谢谢谢谢", VECTOR: Encoder().vectors(["谢谢谢谢"])[0]})
            letters.asked.clear()
            known_found = again.process([known])[0].get(POLICY_TOPICS)
            meaning._encoder = lambda: None  # type: ignore[assignment]
            gone = [one.get(POLICY_TOPICS) for one in again.process(asked)]
            never = Topics(Encoder()).fit(pairs).nearest("谢谢")
        return {
            "first": [one[0][0] for one in found[:2]],
            "empty": found[2],
            "same": same,
            "known": known_found == found[0] and not letters.asked,
            "gone": gone,
            "never": never,
        }
    finally:
        meaning._encoder = real


def reading() -> dict[str, Any]:
    """What the classifier looks at."""
    return {
        "plain": [plain(text) for text in ("謝謝您", "查ＡＢ１２９９", "８８", "【查询码】")],
        "sound": sound("举报"),
        "longest": len(plain("打" * 5000)),
        "apart": _pairs("打 了我啊"),
        "answer": _framed(" 没有 "),
    }


def answers_of_actions() -> dict[str, Any]:
    """What Rasa thinks of a right and of wrong answers, before and after our quicker check."""
    given = (
        {"events": [{"event": "slot", "timestamp": None, "name": "what", "value": "given"}], "responses": []},
        {"events": [{"event": "no such event"}], "responses": []},
        {"events": {}, "responses": []},
        {"events": [], "responses": ["?"]},
    )

    def verdicts() -> list[str]:
        said = []
        for answer in given:
            try:
                said.append(str(RemoteAction("action_unclear", None)._validate_action_result(answer)))
            except ValidationError as error:
                said.append(f"{error.validator} at {list(error.absolute_path)}")
        return said

    before = verdicts()
    checking.install()
    return {"before": before, "after": verdicts()}


if __name__ == "__main__":
    parts = (
        memory,
        short_talk_is_left_alone,
        hollow_tensorflow,
        doors,
        graph_traps,
        classifier,
        meaning_of_sentences,
        topics_by_meaning,
        confidence,
        reading,
        answers_of_actions,
    )
    sys.stdout.write(json.dumps({part.__name__: part() for part in parts}) + "\n")
