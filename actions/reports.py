"""Reports: the report talk, asking how one stands, adding to one, and a staff member's list."""

from __future__ import annotations

from actions.flows import FlowAction, StaffAction


class ValidateReportForm(FlowAction):
    """The report talk."""

    action_name, flow, first = "validate_report_form", "report", "what"


class ValidateStatusForm(FlowAction):
    """Asking how a report stands."""

    action_name, flow, first = "validate_status_form", "status", "report_code"


class ValidateSupplementForm(FlowAction):
    """Adding to a report."""

    action_name, flow, first = "validate_supplement_form", "supplement", "report_code"


class MyReports(StaffAction):
    """A staff member asks for the open reports that are theirs."""

    action_name, matter = "action_my_reports", "my_reports"
