"""Which question about a report comes next: only what is needed, in the order a kind official would ask.

Pure. The required fields are those of reports.yml#fields; what is known or was skipped is never asked again.
"""

from __future__ import annotations

from collections.abc import Mapping

EMERGENCY = ("place", "safe_contact", "follow_up")
CHILD = ("danger_now", "what", "place", "child_ref", "follow_up", "confirm")
EVERYBODY = (
    "danger_now",
    "what",
    "kind",
    "place",
    "when",
    "child_ref",
    "reporter_type",
    "unit",
    "safe_contact",
    "follow_up",
    "confirm",
)
FIELDS = EVERYBODY[:-1]
NAMED = "citizen_named"


def next_field(given: Mapping[str, str], facts: Mapping[str, object], severity: str) -> str | None:
    """The next field to ask for, or None when nothing is missing.

    `given`: field → "given", "unclear" or "skipped"; `facts`: told facts (reports.yml); `severity`: S0…S4 so far.
    In danger only the place, a safe contact and whether we may answer are asked (reports.md §3.2); else only who gives
    his name is asked for it.
    """
    track = EMERGENCY if severity == "S0" else CHILD if facts.get("reporter_type") == "child_self" else EVERYBODY
    for field in track:
        asked_of_all = track is EMERGENCY and field == "safe_contact"
        if field not in given and (asked_of_all or _applies(field, facts)):
            return field
    return None


def left(given: Mapping[str, str], facts: Mapping[str, object]) -> int:
    """How many questions are still to come, the reading back not counted."""
    track = CHILD if facts.get("reporter_type") == "child_self" else EVERYBODY
    open_ones = [field for field in track if field != "confirm" and field not in given and _applies(field, facts)]
    return max(1, len(open_ones))


def did_it_himself(facts: Mapping[str, object]) -> bool:
    """Whether the writer, a grown-up, says that he may be the source of harm himself: nothing is sent to him unasked
    (reports.md §1.7), he looks with his code."""
    return facts.get("suspect_is_reporter") == "yes" and facts.get("reporter_type") != "child_self"


def _applies(field: str, facts: Mapping[str, object]) -> bool:
    if field == "follow_up" and did_it_himself(facts):
        return False
    if field == "unit":
        return facts.get("reporter_type") == "mandatory_reporter"
    if field == "safe_contact":
        return facts.get("reporter_type") == NAMED
    if field == "kind":
        return not facts.get("signs")
    return True
