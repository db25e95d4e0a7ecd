"""The talk itself: taking up an open flow when Rasa has forgotten it, stopping, and not having understood."""

from __future__ import annotations

from actions.base import Happening, Heard, ServiceAction, slot
from actions.flows import requested
from bot.services.talk import doors
from bot.services.work import Work


class SessionStart(ServiceAction):
    """A new memory in Rasa: fill it from our drafts, so that the talk goes on where it was."""

    action_name = "action_session_start"

    def serve(self, work: Work, heard: Heard) -> list[Happening]:
        """Restore the open loop and the question that was asked."""
        opened = doors.whats_open(work, heard.conversation)
        happenings: list[Happening] = [{"event": "session_started"}]
        if opened.flow is not None:
            happenings += [
                {"event": "active_loop", "name": f"{opened.flow}_form"},
                slot("requested_slot", requested(opened.flow, opened.asked)),
            ]
        return [*happenings, {"event": "action", "name": "action_listen"}]


class Unclear(ServiceAction):
    """Nothing was understood."""

    action_name = "action_unclear"

    def serve(self, work: Work, heard: Heard) -> list[Happening]:
        """Offer buttons, a human the second time."""
        doors.unclear(work, heard.conversation, heard.inbox_id, heard.text)
        return []


class Cancel(ServiceAction):
    """Stopping when nothing is open."""

    action_name = "action_cancel"

    def serve(self, work: Work, heard: Heard) -> list[Happening]:
        """Say that nothing was open."""
        doors.nothing_open(work, heard.conversation, heard.inbox_id, heard.text)
        return []
