"""委托照护: who looks after the child while the parents are away."""

from __future__ import annotations

from actions.flows import FlowAction


class ValidateEntrustedForm(FlowAction):
    """Arranging care, another carer, how far it is."""

    action_name, flow = "validate_entrusted_form", "entrusted"
