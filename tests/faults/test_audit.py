"""`make audit`: what is known of our pins, and that an audit which could ask nobody never looks like a clean one."""

from __future__ import annotations

import importlib.util
from typing import Any

import httpx
import pytest

from tests.faults.gateway_process import ROOT

_found = importlib.util.spec_from_file_location("audit", ROOT / "deploy" / "audit.py")
assert _found is not None
assert _found.loader is not None
audit = importlib.util.module_from_spec(_found)
_found.loader.exec_module(audit)

KNOWN = {"id": "PYSEC-1", "aliases": ["CVE-2024-3772"], "fixed_in": ["1.10.13"]}
NEW = {"id": "PYSEC-2", "aliases": ["CVE-2030-1"], "fixed_in": ["99"]}


def run(answer: Any) -> tuple[int, str]:
    said: list[str] = []
    return audit.main(answer, said.append), "\n".join(said)


@pytest.mark.parametrize("error", [httpx.ConnectError("away"), ValueError("a page instead of JSON")])
def test_without_a_source_it_says_first_that_nothing_was_audited(error: Exception) -> None:
    def away(package: str, version: str) -> list[dict[str, Any]]:
        raise error

    status, said = run(away)
    assert status == 2
    assert said.startswith("NOT AUDITED")
    assert "CVE-2024-3660" in said, "what was reviewed by hand is printed all the same"


def test_a_source_that_knows_of_no_hole_at_all_is_no_source() -> None:
    """An index that mirrors packages answers with an empty list."""
    assert run(lambda *_: [])[0] == 2


def test_what_is_new_is_named_and_what_was_reviewed_is_not() -> None:
    def tells(package: str, version: str) -> list[dict[str, Any]]:
        return {"aiohttp": [NEW] if version == "3.9.5" else [], "pydantic": [KNOWN]}.get(package, [])

    status, said = run(tells)
    assert status == 1
    assert "NEW aiohttp 3.9.5: PYSEC-2 CVE-2030-1; mended in 99" in said
    assert said.count("NEW ") == 2, "pydantic 1 is reviewed; the application's pydantic 2 is another package to review"


def test_the_reviewed_list_is_of_what_is_locked_and_stands_in_the_security_page() -> None:
    pins, page = audit.locked("rasa"), (ROOT / "docs" / "security.md").read_text()
    for one in audit.reviewed():
        assert pins[one["package"]] == str(one["pinned"]), one["package"]
        assert one["contained"]
        assert all(number in page for number in one["ids"]), one["ids"]
