"""Staff: binding a conversation with an invite code."""

from __future__ import annotations

from actions.reports import FlowAction


class ValidateBindForm(FlowAction):
    """Binding with an invite code."""

    action_name, flow, first = "validate_bind_form", "bind", "invite_code"
