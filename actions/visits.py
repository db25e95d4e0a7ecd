"""Visits: recording one, what is to be done, another day, the work log."""

from __future__ import annotations

from actions.flows import FlowAction, StaffAction


class ValidateVisitForm(FlowAction):
    """Recording a visit."""

    action_name, flow = "validate_visit_form", "visit"


class DueVisits(StaffAction):
    """A worker asks whom to visit."""

    action_name, matter = "action_due_visits", "due_visits"


class RescheduleVisit(StaffAction):
    """A worker wants to go another day: the home and the day are taken from the words, what is missing is asked for."""

    action_name, matter = "action_reschedule_visit", "another_day"


class WorkLog(StaffAction):
    """A worker asks for the work log, of the day named or of today."""

    action_name, matter = "action_work_log", "work_log"
