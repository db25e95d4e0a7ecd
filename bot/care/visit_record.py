"""What a visit record holds (visits.md §5) and what an emergency finding means (§6, JL-3.8.h-k). Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.care import parameters

SECTIONS = ("living", "guardianship", "health", "schooling", "care_activities")
"""Sections with a status of their own: 生活保障, 家庭监护, 就医, 就学, 关爱活动."""
STATUSES = ("normal", "difficulty", "not_learned")
"""正常, 有困难, 未了解."""
VOICES = ("seen_alone", "seen", "not_seen")
HAZARDS = ("water", "fire", "electricity", "traffic", "online")
FINDINGS: Mapping[str, str] = {
    "alone": "lives_alone",
    "missing": "missing",
    "lost_capacity": "guardian_lost_capacity",
    "not_performing": "guardian_not_performing",
    "violence": "beaten",
    "accident": "accident_injury",
    "unlawful": "unlawful_harm",
    "other": "other_serious_harm",
}
"""The eight findings of §6 in their order, and the sign of reports.yml that each is reported as."""
HEARD_AS: Mapping[str, tuple[str, ...]] = {
    "missing": ("missing", "run_away"),
    "alone": ("lives_alone",),
    "lost_capacity": ("guardian_lost_capacity",),
    "not_performing": ("guardian_not_performing", "abandoned", "long_without_care"),
    "violence": ("beaten_now", "beaten", "carer_hits", "multiple_injuries", "witnesses_violence"),
    "accident": ("accident_injury", "drowning", "fire", "poisoning"),
    "unlawful": ("unlawful_harm", "sexual_harm", "private_part_injury", "threatened", "locked_in"),
}
"""Signs that may be heard in a worker's words, by the finding they come under."""
ANSWERS = ("none", "found")


def empty() -> dict[str, Any]:
    """A record in which nothing has been answered: nothing is prefilled, least of all the emergency list.

    "follow": of a need who sees to it ("who") and until when ("due", as 2026-11-30), and the "words" that said it.
    """
    return {
        "sections": {},
        "notes": {},
        "needs": [],
        "follow": {},
        "hazards": [],
        "voice": None,
        "said": "",
        "emergency": None,
        "findings": [],
    }


def of_child(record: Mapping[str, Any], own: Mapping[str, Any] | None) -> dict[str, Any]:
    """The record of one of several children of a home: what was seen of all, and on top what differs for this one.

    `own`: "sections" and "notes" of this child; None: nothing differs. The emergency list is never a child's own: what
    was found at a home is reported for everybody in it.
    """
    if own is None:
        return dict(record)
    sections, notes = {**record["sections"], **own["sections"]}, {**record["notes"], **own["notes"]}
    return {**record, "sections": sections, "notes": notes}


def check(record: Mapping[str, Any]) -> None:
    """Raise ValueError naming what is wrong: an unknown section, status, finding; an emergency list left unanswered."""
    _known("sections", record["sections"], SECTIONS)
    _known("status", record["sections"].values(), STATUSES)
    _known("notes", record["notes"], (*SECTIONS, "other"))
    _known("hazards", record["hazards"], HAZARDS)
    _known("follow", record.get("follow", {}), record["needs"])
    _known("findings", record["findings"], tuple(FINDINGS))
    if record["voice"] is not None:
        _known("voice", (record["voice"],), VOICES)
    if record["emergency"] not in ANSWERS:
        raise ValueError("emergency is not answered; allowed: none, found")
    if (record["emergency"] == "found") != bool(record["findings"]):
        raise ValueError("emergency and findings contradict each other")


def _known(key: str, found: Any, allowed: Sequence[str]) -> None:
    wrong = [str(one) for one in found if one not in allowed]
    if wrong:
        raise ValueError(f"{key} has {', '.join(wrong)}; allowed: {', '.join(allowed)}")


def missing(record: Mapping[str, Any]) -> list[str]:
    """Sections nobody has said anything about, in their order."""
    return [name for name in SECTIONS if name not in record["sections"]]


def not_learned(record: Mapping[str, Any]) -> set[str]:
    """Sections of which nothing was learned: said so, or left open."""
    return {name for name in SECTIONS if record["sections"].get(name, "not_learned") == "not_learned"}


def is_complete(record: Mapping[str, Any], before: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a visit counts as complete: no section was left unlearned at this and the visits right before it.

    `before`: earlier records of the child, newest first (visit.not_learned.incomplete_after, PROPOSED).
    """
    times = int(parameters.number("visit.not_learned.incomplete_after"))
    row = [record, *before[: times - 1]]
    return len(row) < times or not set.intersection(*(not_learned(one) for one in row))


def signs(record: Mapping[str, Any]) -> list[str]:
    """The signs of reports.yml that a record is reported as: of its findings, and those heard in the worker's words."""
    return sorted({FINDINGS[finding] for finding in record["findings"]} | set(record.get("signs", ())))


def finding_of(signs: Sequence[str]) -> str:
    """The finding of §6 that signs heard in words come under; "other" for what has no line of its own."""
    lines = {sign: finding for finding, of_it in HEARD_AS.items() for sign in of_it}
    return next((lines[sign] for sign in signs if sign in lines), "other")
