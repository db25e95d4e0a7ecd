"""When the classifier is not sure, say so instead of acting."""

from __future__ import annotations

from typing import Any

from rasa.core.constants import POLICY_PRIORITY
from rasa.core.policies.policy import Policy, PolicyPrediction, SupportedData, confidence_scores_for
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class Doubt(Policy):
    """Overrules the rules below a confidence. Inside a loop Rasa's loop prediction overrules this in turn.

    Not Rasa's FallbackClassifier: that hides the intent from /model/parse and from the loop, which wants it.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """below: confidence (0…1) under which `doubt_action` runs; below_for: the same for intents that need more.

        The priority stands above the rules' 6.
        """
        return {POLICY_PRIORITY: 7, "below": 0.3, "below_for": {}, "doubt_action": "action_unclear"}

    @staticmethod
    def supported_data() -> SupportedData:
        """It learns from nothing; rule data keeps Rasa from asking for stories."""
        return SupportedData.RULE_DATA

    def train(self, training_trackers: list[TrackerWithCachedStates], domain: Domain, **kwargs: Any) -> Resource:
        """Nothing to learn."""
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """The doubt action after an uncertain message, listening after it, otherwise no opinion."""
        if tracker.latest_action_name == self.config["doubt_action"]:
            return self._prediction(confidence_scores_for(ACTION_LISTEN_NAME, 1.0, domain))
        heard = tracker.latest_message
        fresh = tracker.latest_action_name == ACTION_LISTEN_NAME
        if fresh and heard is not None and self._doubts(heard.intent):
            return self._prediction(confidence_scores_for(self.config["doubt_action"], 1.0, domain))
        return self._prediction(self._default_predictions(domain))

    def _doubts(self, intent: dict[str, Any]) -> bool:
        needed = self.config["below_for"].get(intent.get("name"), self.config["below"])
        return bool(intent.get("confidence", 0.0) < needed)
