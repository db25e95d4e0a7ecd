"""`python -m actions`: the action server on loopback; every call needs the token shared with Rasa."""

from __future__ import annotations

import hmac
import logging
import os
import sys
import warnings
from typing import Any

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import Request, Sanic
from sanic.exceptions import Unauthorized
from sanic.response import json

from actions import children, contact, conversation, eligibility, entrusted, policy, reports, staff, visits
from actions.base import ServiceAction
from bot import logs, settings
from bot.services.talk import policy_answers

REQUEST_BYTES = 10 * 1024 * 1024
ACTIONS: tuple[type[ServiceAction], ...] = (
    conversation.SessionStart,
    conversation.Unclear,
    conversation.Cancel,
    policy.Policy,
    reports.ValidateReportForm,
    reports.ValidateStatusForm,
    reports.ValidateSupplementForm,
    reports.MyReports,
    staff.ValidateBindForm,
    children.ValidateChildForm,
    eligibility.ValidateEligibilityForm,
    visits.ValidateVisitForm,
    visits.DueVisits,
    visits.RescheduleVisit,
    visits.WorkLog,
    entrusted.ValidateEntrustedForm,
    contact.ValidateContactForm,
    contact.ValidateJoinForm,
    contact.ChildStatus,
    contact.ReturnHome,
    contact.ContactDetails,
    contact.HeavyHeart,
)


def make_server(token: str) -> Sanic[Any, Any]:
    """The SDK's server with our actions and a token check on every call but /health."""
    executor = ActionExecutor()
    for action in ACTIONS:
        executor.register_action(action())
    server: Sanic[Any, Any] = create_app(executor)
    server.config.REQUEST_MAX_SIZE = REQUEST_BYTES

    @server.on_request
    async def only_rasa(request: Request) -> None:
        given = request.args.get("token") or ""
        if request.path != "/health" and not hmac.compare_digest(str(given), token):
            raise Unauthorized("token missing or wrong")

    @server.exception(Unauthorized)
    async def refused(_: Request, __: Exception) -> object:
        return json({"error": "unauthorized"}, status=401)

    return server


def main() -> int:
    """Serve until told to stop."""
    logging.getLogger("rasa_sdk.executor").setLevel(logging.WARNING)
    # Rasa 3.6 and SDK 3.21 work together (tests/conversations); the SDK would warn on every call.
    warnings.filterwarnings("ignore", message=".*version.*")
    found = settings.load(os.environ)
    logs.begin(found.log)
    if not found.rasa_token:
        sys.stderr.write("No token shared with Rasa: run `hutong init` or set HUTONG_RASA_TOKEN.\n")
        return 1
    policy_answers.get_ready()
    server = make_server(found.rasa_token)
    server.run(host="127.0.0.1", port=found.actions_port, single_process=True, access_log=False, motd=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
