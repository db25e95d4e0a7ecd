"""Which of the policy questions we know a message means, by the frozen encoder: words that nobody asked with before.

Only a second opinion beside the retrieval by characters (`bot/reading/policy/policy_questions.py`), which decides
whether a rule is asked for at all. Rasa's message carries it to the action server; where the encoder is missing it is
empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.asked import phrasings
from nlu.features import plain
from nlu.meaning import VECTOR, Encoder

FILE = "topics.npz"
POLICY_TOPICS = "policy_topics"
"""Name of the list of [topic, score] on a message; actions/base.py reads it."""
SEED = 7
WAVES, SHARPNESS = 2000, 0.6
"""As in `meaning.py`."""
DAMPING = 0.1
SOME = 12
"""Topics that a message names."""


class Topics:
    """Random cosine waves over the vectors and one ridge regression upon the phrasings of all topics."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._slopes = np.empty((0, 0), np.float32)
        self._directions, self._phases = np.empty((0, 0), np.float32), np.empty(0, np.float32)
        self.topics: list[str] = []
        """The topics, in the order of the columns of `scores`."""

    def fit(self, asked: Sequence[tuple[str, str]]) -> Topics:
        """Learn from pairs of a phrasing and its topic; nothing without the encoder."""
        if not self._encoder.there:
            return self
        self.topics = sorted({topic for _, topic in asked})
        vectors = self._encoder.vectors([plain(text) for text, _ in asked])
        draw = np.random.RandomState(SEED)
        self._directions = (draw.randn(vectors.shape[1], WAVES) * SHARPNESS).astype(np.float32)
        self._phases = (draw.rand(WAVES) * 2 * np.pi).astype(np.float32)
        waves = self._waves(vectors).astype(float)
        place = {topic: at for at, topic in enumerate(self.topics)}
        wanted = np.zeros((len(asked), len(self.topics)))
        wanted[np.arange(len(asked)), [place[topic] for _, topic in asked]] = 1.0
        square = waves.T @ waves + DAMPING * np.eye(WAVES)
        self._slopes = np.linalg.solve(square, waves.T @ wanted).astype(np.float32)
        return self

    def nearest(self, text: str, vector: np.ndarray | None = None) -> list[tuple[str, float]]:
        """The nearest topics of a raw text, the nearest first; about 1 the same meaning, 0 nothing in common.

        vector: the text's, when somebody encoded it already.
        """
        if not self.topics or not self._encoder.there or not text.strip():
            return []
        seen = self._encoder.vectors([plain(text)]) if vector is None else vector[None]
        scores = (self._waves(seen) @ self._slopes)[0]
        return [(self.topics[at], round(float(scores[at]), 3)) for at in np.argsort(-scores)[:SOME]]

    def _waves(self, vectors: np.ndarray) -> np.ndarray:
        return np.asarray(np.cos(vectors @ self._directions + self._phases) * np.float32(np.sqrt(2 / WAVES)))

    def learned(self) -> dict[str, np.ndarray]:
        """All that was learned, as plain arrays."""
        return {
            "directions": self._directions,
            "phases": self._phases,
            "slopes": self._slopes,
            "topics": np.array(self.topics, dtype=str),
        }

    def restore(self, learned: Mapping[str, np.ndarray]) -> None:
        """Take up what `learned` gave."""
        self._directions, self._phases = learned["directions"], learned["phases"]
        self._slopes, self.topics = learned["slopes"], [str(topic) for topic in learned["topics"]]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class RankTopics(GraphComponent, IntentClassifier):
    """Rasa's side of `Topics`; it leaves the intent alone."""

    def __init__(self, model_storage: ModelStorage, resource: Resource) -> None:
        self._model_storage, self._resource = model_storage, resource
        self._topics = Topics(Encoder())

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> RankTopics:
        """A new untrained component."""
        return cls(model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the reviewed set of policy questions; nothing of data/nlu."""
        self._topics.fit(phrasings())
        with self._model_storage.write_to(self._resource) as folder:
            np.savez(folder / FILE, **self._topics.learned())
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> RankTopics:
        """Take up what was learned."""
        found = cls(model_storage, resource)
        with model_storage.read_from(resource) as folder, np.load(folder / FILE, allow_pickle=False) as learned:
            found._topics.restore(learned)
        return found

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the nearest topics on each message."""
        for message in messages:
            near = self._topics.nearest(message.get(TEXT) or "", message.get(VECTOR))
            message.set(POLICY_TOPICS, near, add_to_output=True)
        return messages
