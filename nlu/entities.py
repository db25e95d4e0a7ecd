"""The entities of a message, as our own reading finds them: no word boundaries, nothing learned."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.reading.persons import named

HERE = ZoneInfo("Asia/Shanghai")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ReadEntities(GraphComponent, EntityExtractorMixin):
    """Rasa's side of `bot.reading.persons.named`."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ReadEntities:
        """There is nothing to set."""
        named.prepare()
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Set what is named in each message: kind, place in the text, value."""
        today = datetime.now(HERE).date()
        for message in messages:
            found = [
                {"entity": one.kind, "start": one.start, "end": one.end, "value": one.value, "confidence_entity": 1.0}
                for one in named.find(message.get(TEXT) or "", today)
            ]
            message.set(ENTITIES, self.add_extractor_name(found), add_to_output=True)
        return messages
