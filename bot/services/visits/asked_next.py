"""What the talk about a visit asks next, and in which words. Works on the draft's contents."""

from __future__ import annotations

from typing import Any

from bot import texts
from bot.care import visit_record
from bot.services.visits import words as visit_words

OF_SECTIONS = ("how", "section")
"""Fields that ask how it is there."""


def next_field(kept: dict[str, Any]) -> str | None:
    """The field to ask next; None when the record is whole."""
    record = kept["record"]
    if kept["ask"] in ("day", "words", "finding", "whose", "own", "fix", "need"):
        return str(kept["ask"])
    if left := visit_record.missing(record):
        told = all(name in record["notes"] for name in left)
        return "section" if kept["ask"] == "each" or told else "how"
    if record["voice"] is None:
        return "voice"
    return "emergency" if record["emergency"] is None else None


def question(
    kept: dict[str, Any], field: str, head: dict[str, str], *, again: bool = False
) -> tuple[str, dict[str, Any]]:
    """The text key and arguments of a question. `again`: the talk goes on, what was read back is not read back anew."""
    record = kept["record"]
    if field in OF_SECTIONS and kept.pop("either", False):
        return f"visit.{field}.either", _still_open(kept)
    if field == "how":
        return _how(kept, head, again=again)
    if field == "section":
        args = _still_open(kept)
        args["words"] = record["notes"].get(args["name"], "")
        return "visit.section.told" if args["words"] else "visit.section", args
    if field == "emergency":
        lines = [visit_words.recap(record, texts.phrase("visit.recap.head").format(**head), head["need_by"])]
        for own in kept.get("own", {}).values():
            lines.append(texts.phrase("visit.recap.own").format(name=own["name"], words=own["words"]))
        home = ".home" if len(kept["children"]) > 1 else ""
        asked = texts.phrase(f"visit.emergency.asked{home}")
        needs = ".needs" if record["needs"] else ""
        return f"visit.emergency{home}{needs}", {"recap": "\n".join(lines), "asked": asked}
    if field == "finding":
        choices = [
            [texts.phrase(f"visits.finding.{finding}"), f"visit.finding={finding}"] for finding in visit_record.FINDINGS
        ]
        choices.append([texts.phrase("visit.finding.neither"), "visit.finding=neither", "quiet"])
        return "visit.finding", {"choices": choices}
    if field == "words":
        return "visit.words", {"section": visit_words.section(kept["section"])}
    if field == "own":
        return "visit.own", {"name": kept["whose"][1]}
    return f"visit.{field}", {}


def _how(kept: dict[str, Any], head: dict[str, str], *, again: bool) -> tuple[str, dict[str, Any]]:
    """How it is there: all five sections at once, or those that are open of a visit that was told."""
    record = kept["record"]
    lines = visit_words.heard(record)
    beside = kept.pop("beside", False)
    if (kept.get("shown") if lines else record["voice"] is not None) and again:
        return "visit.rest.open" if beside else "visit.rest.again", {"open": visit_words.open_sections(record)}
    if lines:
        kept["shown"] = True
        return "visit.rest", {**head, "heard": "\n".join(lines), "open": visit_words.open_sections(record)}
    return "visit.how", {**head, "heard": texts.phrase("visit.heard_fine") if kept["fine"] else ""}


def first_open(kept: dict[str, Any]) -> str:
    """The section to ask first: one that was called wrong, else the first nobody has said anything clear of."""
    left = visit_record.missing(kept["record"])
    return str(kept["first"]) if kept.get("first") in left else left[0]


def _still_open(kept: dict[str, Any]) -> dict[str, str]:
    """The sections nobody has said anything clear about, and the first of them."""
    name = first_open(kept)
    left = visit_words.open_sections(kept["record"])
    return {"open": left, "section": visit_words.section(name), "name": name}
