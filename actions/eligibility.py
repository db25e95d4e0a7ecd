"""Eligibility: the self-check whether a child is left behind or in difficulty."""

from __future__ import annotations

from actions.flows import FlowAction


class ValidateEligibilityForm(FlowAction):
    """The self-check."""

    action_name, flow = "validate_eligibility_form", "eligibility"
