"""The buttons of the talk in which a visit is recorded. Works on the draft's contents."""

from __future__ import annotations

from typing import Any

from bot.care import visit_record
from bot.services.visits import asking, need_asking


def tapped(kept: dict[str, Any], field: str, value: str) -> bool:
    """A button of the form. False: there is no such button."""
    record = kept["record"]
    if field == "which":
        return True
    if field == "how" and value in ("all_normal", "rest_unknown"):
        asking.settle_rest(record, "normal" if value == "all_normal" else "not_learned")
    elif field == "how" and value in ("each", "day"):
        kept["ask"] = value
    elif field == "section":
        return _section_tapped(kept, value)
    elif field == "fix":
        return _ask_anew(kept, value)
    elif field == "voice" and value in visit_record.VOICES:
        record["voice"] = value
    elif field == "emergency":
        return _emergency_tapped(kept, value)
    elif field == "finding":
        return _finding_tapped(kept, value)
    elif field == need_asking.FIELD:
        return need_asking.tapped(kept, value)
    else:
        return False
    return True


def _emergency_tapped(kept: dict[str, Any], value: str) -> bool:
    """The answer to the list of emergencies, or first something else of the record."""
    if value == "none":
        asking.find(kept, None)
    elif value == "some":
        kept["ask"] = "finding"
    elif value == "edit":
        kept["ask"] = "fix"
    elif value == "need":
        return need_asking.ask(kept)
    elif value == "differs" and len(kept["children"]) > 1:
        kept["ask"] = "whose"
    else:
        return False
    return True


def _ask_anew(kept: dict[str, Any], what: str) -> bool:
    """One line of the record is asked again, the others stay; "nothing" goes back to what was read back."""
    record = kept["record"]
    if what == "voice":
        record["voice"], record["said"] = None, ""
    elif what in visit_record.SECTIONS:
        record["sections"].pop(what, None)
        record["notes"].pop(what, None)
    elif what != "nothing":
        return False
    kept["ask"] = "each"
    return True


def _finding_tapped(kept: dict[str, Any], value: str) -> bool:
    """A finding; "neither" goes on with the form, the emergency list still to be answered."""
    if value == "neither":
        kept["ask"], kept["harm"] = None, False
    elif value in visit_record.FINDINGS:
        asking.find(kept, value)
    else:
        return False
    return True


def _section_tapped(kept: dict[str, Any], value: str) -> bool:
    name, _, status = value.partition(":")
    if name not in visit_record.SECTIONS or status not in visit_record.STATUSES:
        return False
    kept["record"]["sections"][name] = status
    kept["ask"], kept["section"] = ("words", name) if status == "difficulty" else ("each", None)
    return True
