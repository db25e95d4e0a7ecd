"""Reports: the report talk, asking how one stands, adding to one, and a staff member's list."""

from __future__ import annotations

from actions.base import Happening, Heard, ServiceAction
from actions.flows import FlowAction
from bot.services import handling
from bot.services.work import Work


class ValidateReportForm(FlowAction):
    """The report talk."""

    action_name, flow, first = "validate_report_form", "report", "what"


class ValidateStatusForm(FlowAction):
    """Asking how a report stands."""

    action_name, flow, first = "validate_status_form", "status", "report_code"


class ValidateSupplementForm(FlowAction):
    """Adding to a report."""

    action_name, flow, first = "validate_supplement_form", "supplement", "report_code"


class MyReports(ServiceAction):
    """A staff member asks for what is theirs."""

    action_name = "action_my_reports"

    def serve(self, work: Work, heard: Heard) -> list[Happening]:
        """List the open reports assigned to whoever is bound here."""
        handling.list_mine(work, heard.conversation, heard.inbox_id)
        return []
