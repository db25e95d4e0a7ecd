"""The register of children in chat."""

from __future__ import annotations

from actions.flows import FlowAction


class ValidateChildForm(FlowAction):
    """My children, one child, a new file, a change."""

    action_name, flow = "validate_child_form", "child"
