"""The intent of a message, with a confidence that means what it says."""

from __future__ import annotations

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

from nlu.calibration import probabilities, temperature
from nlu.views import TwoViews

FILE = "learned.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(GraphComponent, IntentClassifier):
    """Rasa's side of `TwoViews`. Argument names carry meaning to Rasa's graph and annotations are required."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings of `TwoViews`, and how many intents the ranking names."""
        return {"softness": 1.0, "pinyin_weight": 1.0, "joined": 60, "ranking": 10}

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._views = self._fresh()
        self._temperature = 1.0

    def _fresh(self) -> TwoViews:
        return TwoViews(self._config["softness"], self._config["pinyin_weight"], self._config["joined"])

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
        self._temperature = temperature(self._fresh, texts, intents, voices)
        self._views.fit(texts, intents)
        self.persist()
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the most likely intent and the ranking, with calibrated confidence, on each message."""
        scores = self._views.scores([one.get(TEXT) or "" for one in messages])
        for message, row in zip(messages, probabilities(scores, self._temperature), strict=True):
            best_first = np.argsort(-row)[: self._config["ranking"]]
            ranking = [{"name": self._views.intents[i], "confidence": float(row[i])} for i in best_first]
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def persist(self) -> None:
        """Write what was learned as plain arrays: a model file cannot bring code along."""
        with self._model_storage.write_to(self._resource) as folder:
            np.savez_compressed(folder / FILE, temperature=self._temperature, **self._views.learned())

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
        with model_storage.read_from(resource) as folder, np.load(folder / FILE, allow_pickle=False) as learned:
            component._views.restore(learned)
            component._temperature = float(learned["temperature"])
        return component
