"""Policy questions: answered from the reviewed set."""

from __future__ import annotations

from actions.base import Happening, Heard, ServiceAction
from bot.services.talk import policy_talk
from bot.services.work import Work


class Policy(ServiceAction):
    """A question about what the plan and the law say."""

    action_name = "action_policy"

    def serve(self, work: Work, heard: Heard) -> list[Happening]:
        """Answer it; nothing of it enters Rasa."""
        policy_talk.take(work, heard.conversation, heard.inbox_id, heard.text)
        return []
