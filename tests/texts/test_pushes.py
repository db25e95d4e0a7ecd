"""What is pushed to a phone lies on a table for everybody to read: its words hold nothing of a person or a deed."""

from __future__ import annotations

from string import Formatter

from bot import texts
from tests.texts import pushed

# Of a report's number, an office, a day, a count: none tells whom or what it is about.
HARMLESS = {"number", "deadline", "role", "status", "day", "days", "due", "date", "count"}
# Words of people to each other in a live talk go as they are: that is the talk itself, not a push about a report.
TALK = {"staff.words", "staff.words.parted", "reporter.words"}
# Between offices a child is a number; which place it moves from or to is what they are asked. No name, no home.
OFFICES = {"place", "from", "county", "duties"}
BETWEEN_OFFICES = ("child.move.", "child.split.")
# Why a written text was not taken, to its own writer; how a parent's own child is called by place in the family.
OWN = {"reporter.not_accepted": {"body"}}
BY_PLACE, OF_FAMILIES = "who", "contact.push."
# Said in answer to a tap alone; the family of their keys is put together where it is pushed.
ANSWERS = {"entrusted.carer.status", "staff.care_task.line", "staff.care_task.list", "staff.care_task.shown"}


def _placeholders(key: str) -> set[str]:
    """What is filled into the words and the buttons' labels a reader sees."""
    entry = texts.entry(key)
    seen = [str(entry["text"]), *(str(choice[0]) for choice in entry.get("choices", ()))]
    return {name for words in seen for _, name, _, _ in Formatter().parse(words) if name}


def _more(key: str) -> set[str]:
    between = OFFICES if key.startswith(BETWEEN_OFFICES) else set()
    family = {BY_PLACE} if key.startswith(OF_FAMILIES) else set()
    return between | family | OWN.get(key, set())


def test_nothing_that_is_pushed_has_room_for_a_name_a_place_or_a_deed() -> None:
    sent = pushed.keys(set(texts.keys())) - TALK - ANSWERS
    assert {"staff.alert.S0", "staff.offered", "reporter.moved.child", "contact.push.prompt"} <= sent
    told = {key: _placeholders(key) - HARMLESS - _more(key) for key in sorted(sent)}
    assert {key: names for key, names in told.items() if names} == {}


def test_the_talk_between_people_and_the_answers_are_still_there_to_be_left_out() -> None:
    assert pushed.keys(set(texts.keys())) >= TALK | ANSWERS
