"""The intent of a message: characters and syllables, a linear classifier, one temperature for honest confidence."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import skops.io
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from nlu.calibration import probabilities, temperature
from nlu.features import plain, sound

SEED = 7
ANY_SYLLABLE = r"\S+"  # by default sklearn drops words of one letter
EXPECTED_TYPES = ["scipy.sparse._csr.csr_matrix"]
"""What the file may hold beside plain data and what skops trusts by itself."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(GraphComponent, IntentClassifier):
    """One linear support vector machine over two views of the text, each of unit length times its weight."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """C: softness of the margin. joined: two-sentence examples added per intent. ranking: intents named."""
        return {"C": 0.5, "pinyin_weight": 0.7, "joined": 20, "ranking": 10}

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._characters = TfidfVectorizer(analyzer="char", ngram_range=(1, 4), sublinear_tf=True)
        self._syllables = TfidfVectorizer(
            analyzer="word", token_pattern=ANY_SYLLABLE, ngram_range=(1, 3), sublinear_tf=True
        )
        self._machine = LinearSVC(C=config["C"], class_weight="balanced", random_state=SEED)
        self._temperature = 1.0

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearIntentClassifier:
        """A new untrained component."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all sentences with an intent. The voice that wrote a sentence is in its block's metadata."""
        examples = [one for one in training_data.intent_examples if one.get(TEXT)]
        texts = [plain(one.get(TEXT)) for one in examples]
        intents = [one.get(INTENT) for one in examples]
        voices = [one.get("metadata", {}).get("intent", {}).get("voice", "") for one in examples]
        self._characters.fit(texts)
        self._syllables.fit(map(sound, texts))
        self._temperature = temperature(self._machine, self._look(texts), np.array(intents), voices)
        joined = _joined(texts, intents, self._config["joined"])
        texts += [text for text, _ in joined]
        self._machine.fit(self._look(texts), intents + [intent for _, intent in joined])
        self.persist()
        return self._resource

    def _look(self, texts: list[str]) -> csr_matrix:
        sounds = self._syllables.transform(map(sound, texts))
        return hstack([self._characters.transform(texts), self._config["pinyin_weight"] * sounds], format="csr")

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the most likely intent and the ranking, with calibrated confidence, on each message."""
        scores = self._machine.decision_function(self._look([plain(one.get(TEXT) or "") for one in messages]))
        for message, row in zip(messages, probabilities(scores, self._temperature), strict=True):
            best_first = np.argsort(-row)[: self._config["ranking"]]
            ranking = [{"name": str(self._machine.classes_[i]), "confidence": float(row[i])} for i in best_first]
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def persist(self) -> None:
        """Write what was learned as skops, which holds no executable objects."""
        learned = [self._characters, self._syllables, self._machine, self._temperature]
        with self._model_storage.write_to(self._resource) as folder:
            skops.io.dump(learned, folder / "learned.skops")

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LinearIntentClassifier:
        """The component as it was persisted. Raises when the model holds types nobody expects."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            learned = skops.io.load(folder / "learned.skops", trusted=EXPECTED_TYPES)
        component._characters, component._syllables, component._machine, component._temperature = learned
        return component


def _joined(texts: list[str], intents: list[str], per_intent: int) -> list[tuple[str, str]]:
    """Two sentences of one intent in one breath: written examples are shorter than what people send."""
    draw = random.Random(SEED)  # noqa: S311 - no secret; the same model every time
    by_intent: dict[str, list[str]] = {}
    for text, intent in zip(texts, intents, strict=True):
        by_intent.setdefault(intent, []).append(text)
    return [
        ("".join(draw.sample(said, 2)), intent)
        for intent, said in sorted(by_intent.items())
        if len(said) > 1
        for _ in range(per_intent)
    ]
