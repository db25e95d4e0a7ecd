"""Guarantee 18 at the API's door: whatever the description allows or forbids, the answer is one that it describes.

HUTONG_FUZZ_EXAMPLES: how many requests each operation gets (`make test-faults` sends more than a commit's tests do).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.openapi.loaders import from_asgi
from schemathesis.schemas import APIOperation, BaseSchema
from schemathesis.specs.openapi import checks

from bot.gateway.web.chat import Chat
from bot.gateway.web.hub import Hub
from bot.gateway.web.site import make_site
from bot.services import conversations
from tests.builders import World
from tests.faults.talking import ON_SQLITE, path_of

CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
hard = settings(
    max_examples=int(os.environ.get("HUTONG_FUZZ_EXAMPLES", "15")),
    deadline=None,
    derandomize="HUTONG_FUZZ_EXAMPLES" not in os.environ,  # a commit's tests say the same twice
    suppress_health_check=list(HealthCheck),
)


async def _ready() -> dict[str, str]:
    return {"database": "ok"}


@pytest.fixture
def site(world: World) -> FastAPI:
    chat = Chat(world.database, world.vault, path_of(world), Hub(world.database), world.now)
    return make_site(chat, _ready)


@pytest.fixture
def api(site: FastAPI) -> BaseSchema:
    # An event stream of one's own has no end; a stranger's is refused like every other.
    return from_asgi("/openapi.json", site)


@pytest.fixture
def own(world: World) -> conversations.Opened:
    with world.work() as work:
        return conversations.open_web(work)


def fuzz(api: BaseSchema, prepare: Callable[[schemathesis.Case], None] = lambda case: None) -> None:
    """Requests to every operation, such as fit its description and such as do not; every answer is checked."""
    for found in api.get_all_operations():
        operation = found.ok()
        assert _answers(operation, GenerationMode.POSITIVE, prepare), operation.label
        with suppress(Unsatisfiable):  # where everything fits, nothing does not
            _answers(operation, GenerationMode.NEGATIVE, prepare)


def _answers(operation: APIOperation, mode: GenerationMode, prepare: Callable[[schemathesis.Case], None]) -> int:
    """How many requests of a kind were answered as described; the first that was not fails."""
    answered = 0

    @hard
    @given(case=operation.as_strategy(generation_mode=mode))
    def each(case: schemathesis.Case) -> None:
        nonlocal answered
        prepare(case)
        case.call_and_validate(checks=CHECKS)
        answered += 1

    each()
    return answered


@ON_SQLITE
def test_a_stranger_gets_only_answers_that_are_described(api: BaseSchema) -> None:
    fuzz(api)


@ON_SQLITE
def test_who_has_a_talk_gets_only_answers_that_are_described(api: BaseSchema, own: conversations.Opened) -> None:
    def with_right(case: schemathesis.Case) -> None:
        case.path_parameters["conversation"] = own.conversation
        case.headers["authorization"] = f"Bearer {own.token}"

    fuzz(api.include(path_regex=r"/(messages|sheet)$"), with_right)


@ON_SQLITE
def test_every_refusal_is_described_as_a_problem_and_none_in_another_shape(site: FastAPI) -> None:
    for path, operations in site.openapi()["paths"].items():
        for method, operation in operations.items():
            for status, answer in operation["responses"].items():
                if status >= "400" and path != "/ready":
                    assert list(answer["content"]) == ["application/problem+json"], (method, path, status)
