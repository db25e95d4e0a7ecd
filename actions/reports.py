"""Reports: the report talk, asking how one stands, adding to one, and a staff member's list."""

from __future__ import annotations

from actions.base import Happening, Heard, ServiceAction, slot
from bot.services import handling, talk
from bot.services.work import Work


class FlowAction(ServiceAction):
    """Hand one message to a flow; Rasa's loop follows what our draft asks next."""

    flow: str
    first: str

    def serve(self, work: Work, heard: Heard) -> list[Happening]:
        """One service call; the answer's content never enters Rasa, only that there was one."""
        before = talk.whats_open(work, heard.conversation).asked
        asked = talk.words(work, heard.conversation, heard.inbox_id, self.flow, heard.text, heard.meant)
        return [slot(before or asked or self.first, "given"), slot("requested_slot", asked)]


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
