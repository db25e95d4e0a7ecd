"""Checking an action's answer without checking, each time, the form it is checked against.

Rasa holds every answer of the action server against a JSON schema of its own, and that schema, anew for every answer,
against the schema of schemas: two thirds of all the work of a turn. The schema never changes, so once is enough.
"""

from __future__ import annotations

from typing import Any


def install() -> None:
    """Let Rasa check answers with one validator, made now. Raises SchemaError when Rasa's own schema is broken."""
    from jsonschema import validators
    from jsonschema.exceptions import best_match
    from rasa.core.actions.action import RemoteAction

    schema = RemoteAction.action_response_format_spec()
    kind = validators.validator_for(schema)
    kind.check_schema(schema)
    validator = kind(schema)

    def check(_: RemoteAction, answer: dict[str, Any]) -> bool:
        """True, or Rasa's own error: as before."""
        wrong = best_match(validator.iter_errors(answer))
        if wrong is not None:
            raise wrong
        return True

    RemoteAction._validate_action_result = check
