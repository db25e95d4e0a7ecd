"""The intent of a message, with a confidence that means what it says."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.reading import danger
from nlu.asked import questions
from nlu.calibration import probabilities, temperature
from nlu.fused import Fused
from nlu.meaning import VECTOR, Encoder
from nlu.views import Views, sounded

FILE = "learned.npz"


def untrained(config: dict[str, Any], encoder: Encoder, sounds: Callable[[str], str] = sounded) -> Fused:
    """A classifier as the settings want it, which has learned nothing yet. sounds: see `Views`."""
    views = Views(config["softness"], config["pinyin_weight"], config["joined"], sounds)
    return Fused(views, encoder, config["meaning_share"])


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(GraphComponent, IntentClassifier):
    """Rasa's side of `Fused`. Argument names carry meaning to Rasa's graph and annotations are required."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings of `Views`, the share of meaning, and how many intents the ranking names."""
        return {"softness": 1.0, "pinyin_weight": 1.0, "joined": 60, "meaning_share": 0.7, "ranking": 10}

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._opinion = untrained(config, Encoder())
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
        texts, intents = [one.get(TEXT) for one in examples], [one.get(INTENT) for one in examples]
        voices = [one.get("metadata", {}).get("intent", {}).get("voice", "") for one in examples]
        encoder, sounds, asked = Encoder(remembers=True), cache(sounded), questions()
        self._temperature = temperature(
            lambda: untrained(self._config, encoder, sounds).learning_also(asked), texts, intents, voices
        )
        self._opinion = untrained(self._config, encoder).learning_also(asked).fit(texts, intents)
        self.persist()
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the most likely intent and the ranking, with calibrated confidence, on each message."""
        texts = [one.get(TEXT) or "" for one in messages]
        vectors = self._opinion.vectors(texts)
        scores = self._opinion.scores(texts, vectors)
        if vectors is not None:
            for message, vector in zip(messages, vectors, strict=True):
                message.set(VECTOR, vector)
        for message, row in zip(messages, probabilities(scores, self._temperature), strict=True):
            best_first = np.argsort(-row)[: self._config["ranking"]]
            ranking = [{"name": self._opinion.intents[i], "confidence": float(row[i])} for i in best_first]
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def persist(self) -> None:
        """Write what was learned as plain arrays: a model file cannot bring code along."""
        with self._model_storage.write_to(self._resource) as folder:
            np.savez_compressed(folder / FILE, temperature=self._temperature, **self._opinion.learned())

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LinearIntentClassifier:
        """The component as it was persisted. Raises ValueError when the file holds more than plain arrays."""
        component = cls(config, model_storage, resource)
        danger.prepare()  # a second, which no first message should wait for
        with model_storage.read_from(resource) as folder, np.load(folder / FILE, allow_pickle=False) as learned:
            component._opinion.restore(learned)
            component._temperature = float(learned["temperature"])
        return component
