"""Staff: binding a conversation with an invite code."""

from __future__ import annotations

from actions.flows import FlowAction


class ValidateBindForm(FlowAction):
    """Binding with an invite code."""

    action_name, flow = "validate_bind_form", "bind"
