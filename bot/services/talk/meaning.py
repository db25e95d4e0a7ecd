"""What the classifier made of a message, weighed against what was just asked. The priors live here, nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

# A question to us in the middle of a flow is answered, then our question is asked again.
ASIDES = {
    "ask_help": "chat.help",
    "talk_to_human": "chat.human",
    "bot_challenge": "chat.bot",
    "ask_policy": "chat.policy",
}
REPLIES = {
    "affirm": "yes",
    "deny": "no",
    "unsure": "unsure",
    "skip": "skip",
    "cancel": "cancel",
    "correct_previous": "correct",
}
# While somebody tells what happened, nearly everything is the telling itself.
TELLING = frozenset({"what", "more", "addition", "child_ref", "when"})
SURE, VERY_SURE = 0.7, 0.9
LISTS = frozenset({"list_due_visits", "export_work_log"})
"""What staff ask for in the middle of a visit's talk; it is no question about the rules, however it sounds."""


@dataclass(frozen=True)
class Meant:
    """Intent name and calibrated confidence (0…1) of one message; no intent when Rasa took no part."""

    intent: str | None = None
    confidence: float = 0.0

    @property
    def reply(self) -> str | None:
        """The short answer this message amounts to, when the classifier is sure of one."""
        return REPLIES.get(self.intent or "") if self.confidence >= VERY_SURE else None

    def aside_while(self, asked: str) -> str | None:
        """Text key of a reply when this was a question to us rather than an answer to `asked`."""
        needed = VERY_SURE if asked in TELLING else SURE
        return ASIDES.get(self.intent or "") if self.confidence >= needed else None
