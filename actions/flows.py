"""What the actions of all flows share: hand one message to a flow, tell Rasa whether something is still asked; and
what staff ask for in words.

The report flows tell Rasa which field is asked; every other flow has one slot, `<flow>_said`.
"""

from __future__ import annotations

from actions.base import Happening, Heard, ServiceAction, slot
from bot.services.talk import doors
from bot.services.work import Work

WITH_FIELDS = frozenset({"report", "status", "supplement"})


def requested(flow: str, asked: str | None) -> str | None:
    """The slot that stands for the open question of a flow; None when nothing is asked."""
    return asked if asked is None or flow in WITH_FIELDS else f"{flow}_said"


class FlowAction(ServiceAction):
    """Hand one message to a flow; Rasa's loop follows what our draft asks next."""

    flow: str
    first: str | None = None

    def serve(self, work: Work, heard: Heard) -> list[Happening]:
        """One service call; the answer's content never enters Rasa, only that there was one."""
        before = doors.whats_open(work, heard.conversation).asked
        asked = doors.words(work, heard.conversation, heard.inbox_id, self.flow, heard.text, heard.meant)
        answered = requested(self.flow, before or asked or self.first or "said")
        return [slot(str(answered), "given"), slot("requested_slot", requested(self.flow, asked))]


class StaffAction(ServiceAction):
    """One thing staff ask for in words, one of `talk.STAFF_MATTERS`."""

    matter: str

    def serve(self, work: Work, heard: Heard) -> list[Happening]:
        """One service call."""
        doors.staff_matter(work, heard.conversation, heard.inbox_id, self.matter, heard.text, heard.meant)
        return []
