"""Visits: recording one, what is to be done, another day, the work log."""

from __future__ import annotations

from actions.base import Happening, Heard, ServiceAction
from actions.flows import FlowAction
from bot.services import visit_cards, visit_taps, work_logs
from bot.services.work import Work


class ValidateVisitForm(FlowAction):
    """Recording a visit."""

    action_name, flow = "validate_visit_form", "visit"


class DueVisits(ServiceAction):
    """A worker asks whom to visit."""

    action_name = "action_due_visits"

    def serve(self, work: Work, heard: Heard) -> list[Happening]:
        """List the homes to go to."""
        visit_cards.asked_for(work, heard.conversation, heard.inbox_id)
        return []


class RescheduleVisit(ServiceAction):
    """A worker wants to go another day."""

    action_name = "action_reschedule_visit"

    def serve(self, work: Work, heard: Heard) -> list[Happening]:
        """Take the home and the day from the words, else ask for what is missing."""
        visit_taps.another_day(work, heard.conversation, heard.inbox_id, heard.text)
        return []


class WorkLog(ServiceAction):
    """A worker asks for the work log."""

    action_name = "action_work_log"

    def serve(self, work: Work, heard: Heard) -> list[Happening]:
        """Show the log of the day named, else of today."""
        work_logs.asked_for(work, heard.conversation, heard.inbox_id, heard.text)
        return []
