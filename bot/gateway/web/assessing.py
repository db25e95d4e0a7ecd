"""`POST /api/assess`: a first indication for facts somebody already has. Nothing is stored, nothing is logged of it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse

from bot.care import eligibility, model
from bot.gateway.web import limits, schemas
from bot.gateway.web.problems import Problem, read_body

FIELDS = {"facts", "on", "explain", "model_version"}


class Asked(BaseModel):
    """The facts of a child by the ids of eligibility.yml; absent means never asked, "unknown" asked and not known."""

    facts: dict[str, str | int | None] = Field(examples=[{"child_age_years": 9, "father_life_status": "alive"}])
    on: date | None = Field(None, description="Day of assessment; today where the child is, unless given")
    explain: bool = Field(False, description="Also why: `explanation`, `on` and `model_version` are added")
    model_version: str | None = Field(None, description="Run under an older reading of the rules")


class Considered(BaseModel):
    """A rule the told facts spoke to that is not met."""

    code: str
    cites: list[str]


class Assessed(BaseModel):
    """A first indication (初步判断), no recognition. Results: eligible, not_eligible or needs_verification."""

    left_behind: str
    hardship: str
    hardship_family: str
    hardship_self: str
    hardship_guardianship: str
    rural_single_parent: str
    matched: list[str]
    pending: list[str]
    considered_not_met: list[Considered]
    emergency_report_required: bool
    benefit_flags: dict[str, str]
    citations: list[str]
    unasked: list[str]
    unasked_by: dict[str, list[str]]
    recheck_on: date | None


def routes(today: Callable[[], date]) -> APIRouter:
    """The router with its one endpoint. `today` is the day it is here."""
    callers = limits.Buckets(per_second=200.0, burst=1000)
    router = APIRouter(prefix="/api", tags=["eligibility"], responses=schemas.PROBLEMS)

    async def assess(request: Request) -> JSONResponse:
        if not callers.take("all", time.monotonic()):
            raise Problem(429, "assess.busy")
        return JSONResponse(_answer(await read_body(request), today()))

    router.add_api_route(
        "/assess",
        assess,
        methods=["POST"],
        response_model=Assessed,
        responses={422: schemas.PROBLEM},
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": Asked.model_json_schema()}},
            }
        },
        summary="Does a child count as 留守 or 困境? Nothing is stored",
    )
    return router


def _answer(raw: bytes, today: date) -> dict[str, Any]:
    """The assessment of a request's body. Raises Problem naming everything that is wrong with it."""
    body = _parsed(raw)
    on = _day(body.get("on")) or _day(body["facts"].get(model.ASSESSMENT_DATE)) or today
    under = _version(body.get("model_version"), on)
    try:
        if not body.get("explain"):
            return eligibility.assess(body["facts"], on, under).as_dict()
        explained = eligibility.explain(body["facts"], on, under)
    except eligibility.WrongFacts as wrong:
        raise Problem(422, "assess.wrong_facts", wrong.problems) from None
    labels = {"on": on.isoformat(), "model_version": under.version}
    return explained.assessment.as_dict() | labels | {"explanation": explained.as_dict()}


def _version(given: object, on: date) -> model.Model:
    try:
        return model.in_force(on) if given is None else model.version(str(given))
    except KeyError:
        raise Problem(422, "assess.no_version") from None


def _parsed(raw: bytes) -> dict[str, Any]:
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        raise Problem(400, "assess.no_facts") from None
    if not isinstance(body, dict) or not isinstance(body.get("facts"), dict) or not set(body) <= FIELDS:
        raise Problem(400, "assess.no_facts")
    return body


def _day(given: object) -> date | None:
    try:
        return None if given is None else date.fromisoformat(str(given))
    except ValueError:
        raise Problem(422, "assess.no_day") from None
