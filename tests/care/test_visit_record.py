"""What makes a record of a visit complete (visits.md §5)."""

from __future__ import annotations

import pytest

from bot.care import visit_record

FINE = {**visit_record.empty(), "sections": dict.fromkeys(visit_record.SECTIONS, "normal"), "emergency": "none"}


def test_what_was_not_learned_twice_makes_a_visit_incomplete() -> None:
    once = {**FINE, "sections": {**FINE["sections"], "health": "not_learned"}}
    assert visit_record.is_complete(once, [])
    assert visit_record.is_complete(once, [FINE])
    assert not visit_record.is_complete(once, [once])


def test_an_emergency_list_nobody_answered_is_no_record() -> None:
    with pytest.raises(ValueError, match="emergency is not answered"):
        visit_record.check(visit_record.empty())
    with pytest.raises(ValueError, match="contradict"):
        visit_record.check({**FINE, "findings": ["alone"]})
