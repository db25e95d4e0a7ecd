"""What an answer in the talk about a visit means for its record. Works on the draft's contents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bot import texts
from bot.care import visit_record
from bot.reading import danger
from bot.reading.measures import ahead
from bot.reading.reports import told
from bot.reading.staff import staff_asides
from bot.reading.talk import answers as short
from bot.reading.visits import need_told, sections, visit_changes, visit_record_said
from bot.reading.visits import visiting as reading
from bot.services.visits import asked_next, need_asking

IN_WORDS = ("how", "section", "words", "voice", "emergency", "finding", "day", "own", "fix", "need")
"""Fields that are answered in words of every kind."""


def add(kept: dict[str, Any], heard: reading.Heard) -> None:
    """Take what a sentence tells. Everything called fine at once is shown and asked about, it fills nothing."""
    record = kept["record"]
    record["sections"].update(heard.sections)
    for name, words in heard.notes.items():
        _add_note(record, name, words)
    for words in heard.unread:
        note(kept, words)
    record["needs"] += [need for need in heard.needs if need not in record["needs"]]
    need_asking.add(kept, heard.follow)
    record["hazards"] = sorted({*record["hazards"], *heard.hazards})
    if heard.hours:
        record["hours"] = heard.hours
    if heard.no_emergency:
        find(kept, None)
    if heard.child_says:
        record["said"], record["voice"] = heard.child_says, "seen_alone" if heard.alone else "seen"
    kept["fine"] = kept["fine"] or heard.all_fine
    kept["on"] = kept["on"] or (heard.day.isoformat() if heard.day is not None else None)
    if heard.outcome is not None:
        kept["outcome"] = heard.outcome


def taken_off(kept: dict[str, Any], text: str) -> str:
    """Take what belongs to another home out of the record (炉筒子不是他家的). Returns the words taken out; "": none."""
    record, thing = kept["record"], reading.not_of_here(text)
    told = [*record["notes"].values(), *record["needs"]] if thing else []
    out = [one for words in told for one in words.split("；") if thing in one]
    if not out:
        return ""
    for name, words in list(record["notes"].items()):
        left = reading.without(words, thing)
        if left != words:
            record["notes"][name] = left
            if not left:  # what was known of it was only this
                record["notes"].pop(name)
                record["sections"].pop(name, None)
    record["needs"] = [need for need in record["needs"] if thing not in need]
    record["hazards"] = list(sections.hazards("；".join(record["notes"].values())))
    return "；".join(out)


def answered(kept: dict[str, Any], asked: str, text: str, said: str | None, today: date) -> None:
    """Words as the answer to a question of the form."""
    taken = _ANSWERS.get(asked)
    if taken is not None:
        taken(kept, text, said, today)
    elif reading.is_all_fine(text):
        settle_rest(kept["record"], "normal")
        add(kept, reading.read(text, today))
    else:
        heard_whole(kept, text, today)


def _hard_in_words(kept: dict[str, Any], text: str, said: str | None, _: date) -> None:
    if said != "skip":
        kept["record"]["notes"][kept["section"]] = text
    kept["ask"] = "each"


def _put_right(kept: dict[str, Any], text: str, _: str | None, today: date) -> None:
    kept["ask"] = None
    add(kept, reading.read(text, today))


def _need_in_words(kept: dict[str, Any], text: str, said: str | None, today: date) -> None:
    if not need_asking.answered(kept, text, said, today):
        heard_whole(kept, text, today)


def heard_whole(kept: dict[str, Any], text: str, today: date) -> None:
    """One more sentence of the visit; what belongs nowhere is kept among the other notes: nothing told is lost."""
    heard = reading.read(text, today)
    if need_told.speaks_of_the_need(text) and need_asking.said_at_the_end(kept, text, today):
        return
    if not heard.needs and need_asking.of_trouble(kept, text, today):
        return
    add(kept, heard)
    said = any((heard.notes, heard.needs, heard.child_says, heard.hours, heard.outcome, heard.day, heard.unread))
    if not said and len(text) > reading.A_NOTE and not (heard.no_emergency or reading.nothing_urgent(text)):
        note(kept, text)


def told_at_once(kept: dict[str, Any], text: str) -> None:
    """Whether the child was met, and that the five or the rest of them are fine, answers what is open of it."""
    if visit_record_said.rest_is_fine(text) and kept["home"] is not None and kept.get("outcome") is None:
        settle_rest(kept["record"], "normal")  # as its button: 五项都正常
    if kept["record"]["voice"] is not None:
        return
    if reading.own_child_not_seen(text):
        kept["record"]["voice"] = "not_seen"
    elif reading.child_seen(text):
        kept["record"]["voice"] = "seen"


def tells_of_mark(kept: dict[str, Any], text: str) -> bool:
    """Whether a mark on the child's body is told for the first time in a record, as no answer to what was found."""
    return not kept.get("marked") and kept["ask"] != "finding" and staff_asides.mark_on_body(text)


def ask_of_mark(kept: dict[str, Any], text: str) -> None:
    """A mark may be one of the list of emergencies (visits.md §6): asked once, wherever it is said to come from."""
    if tells_of_mark(kept, text):
        kept["ask"], kept["marked"] = "finding", True


def suspects(kept: dict[str, Any], asked: str, text: str) -> bool:
    """Take a finding named in a few words while something else of the record is asked (疑似家暴吧): a suspicion is told
    at once (JL-3.8.k), it does not wait for the list. False: none is named, or the list itself is open."""
    named = visit_record_said.finding_named(text) if asked not in ("emergency", "finding") else None
    if named is not None:
        note(kept, text)
        find(kept, named)
    return named is not None


def plainly_found(text: str) -> bool:
    """Whether days alone are told, or a mark on a child together with who of its family beat it."""
    beaten = staff_asides.mark_on_body(text) and staff_asides.beaten_by_kin(text)
    return beaten or ("alone" in danger.read(text).kinds and reading.lasts(text))


def tells_violence(text: str) -> bool:
    """Whether somebody is told to hurt the child, beside what names a line of the list itself (疑似家暴吧)."""
    hurt = {*visit_record.HEARD_AS["violence"], *visit_record.HEARD_AS["unlawful"]} - {"multiple_injuries"}
    return not hurt.isdisjoint(told.read(text).signs) and visit_record_said.finding_named(text) is None


def finding_in(text: str) -> str:
    """The finding of the list (visits.md §6) that told harm comes under; who of the family beat says which it is."""
    hit = danger.read(text)
    if "alone" in hit.kinds:
        return "alone"
    of_kin = ("carer_hits",) if staff_asides.beaten_by_kin(text) else ()
    return visit_record.finding_of(hit.signs or told.read(text).signs or of_kin)


def met_after_all(kept: dict[str, Any]) -> None:
    """What is told anew of a home takes the place of what was told of its locked door, the words of which stay."""
    if kept.pop("outcome", None) is not None and (words := kept.pop("at_the_door", "")):
        note(kept, words)


def words_of_attempt(kept: dict[str, Any]) -> str:
    """The words in which it was told that nobody was met, else what was told of the home."""
    return str(kept.get("at_the_door") or "；".join(kept["record"]["notes"].values()))


def gone_away(kept: dict[str, Any]) -> bool:
    """Whether it is told with the locked door that the family is away for longer: 对门说回娘家去了."""
    return staff_asides.why_nobody(str(kept.get("at_the_door") or "")) == "away"


def not_met(kept: dict[str, Any], text: str) -> None:
    """The words in which it was told that nobody was met are kept with the attempt."""
    if kept.get("outcome") is not None:
        kept["at_the_door"] = text[: reading.LONGEST]


def tells(heard: reading.Heard) -> bool:
    """Whether a sentence tells anything of a home, though it names no visit."""
    return bool(heard.sections or heard.notes or heard.needs or heard.child_says)


def back_on(kept: dict[str, Any], text: str, today: date) -> None:
    """The day a family that was not met is back, where it was said with it."""
    day = ahead.day(text, today) if kept.get("outcome") == reading.GONE else None
    if day is not None:
        kept["back"] = day.isoformat()


def heard_too(kept: dict[str, Any], text: str, today: date, names: list[str]) -> None:
    """A sentence told while it is asked which home it is of: all of it is kept, but for the mere name."""
    rest = text
    for name in names:
        rest = rest.replace(name, "")
    if len(rest.strip(" ，,。.")) > reading.A_NOTE:
        heard_whole(kept, text, today)
    else:
        add(kept, reading.read(text, today))


def put_right(kept: dict[str, Any], asked: str, text: str, today: date) -> str | None:
    """Put right what was told before: what holds stands beside the words that do not, the day is changed. Returns what
    holds now; None: nothing is put right."""
    said = visit_record_said.put_right(text) if asked not in ("off", "away", "voice") else None
    if said is None:
        return None
    new, old = said
    record = kept["record"]
    if day := reading.day_of(new, today):
        kept["on"] = day.isoformat()
    for name, words in record["notes"].items():
        clauses = words.split("；")
        wrong = next((at for at, one in enumerate(clauses) if old and old in one), None)
        if wrong is not None:
            clauses[wrong] = texts.phrase("visit.put_right.note").format(old=clauses[wrong], new=new)
            record["notes"][name] = "；".join(clauses)
            return new
    if not (day and not tells(reading.read(new, today))):  # of a day put right nothing more is told
        heard_whole(kept, new, today)
    return new


def note(kept: dict[str, Any], text: str) -> None:
    """Keep words that belong to no section among the other notes."""
    _add_note(kept["record"], "other", text.strip()[: reading.LONGEST])


def _add_note(record: dict[str, Any], name: str, words: str) -> None:
    before = record["notes"].get(name)
    record["notes"][name] = f"{before}；{words}" if before and before != words else words


def _own_in_words(kept: dict[str, Any], text: str, _: str | None, today: date) -> None:
    """What differs for one child of the home, every word of it kept: in its section, or among the other notes."""
    uid, name = kept["whose"]
    heard = reading.read(text, today)
    sections = [name for name in heard.notes if name != "other"]
    notes = {sections[0] if len(sections) == 1 else "other": text}
    kept.setdefault("own", {})[uid] = {"name": name, "words": text, "sections": heard.sections, "notes": notes}
    kept["ask"] = None


def _section_in_words(kept: dict[str, Any], text: str, said: str | None, today: date) -> None:
    record = kept["record"]
    name = asked_next.first_open(kept)
    heard = reading.read(text, today)
    of_list = heard.no_emergency or reading.nothing_urgent(text) or visit_record_said.stores_it(text)
    if said is None and name not in heard.sections and (heard.sections or heard.child_says or of_list):
        add(kept, heard)  # it tells of something else of the visit; this section is asked again
        if heard.all_fine:
            settle_rest(record, "normal")
        return
    if said in ("unsure", "skip"):
        record["sections"][name] = "not_learned"
    elif said == "yes" or reading.is_all_fine(text):
        record["sections"][name] = "normal"
    elif (how := sections.how(text)) is not None:
        record["sections"][name] = how
    else:
        kept["either"] = True  # 就那样: what it means is asked, never guessed
    if said is None and not visit_changes.is_status(text):
        _add_note(record, name, text)


def _is_no_voice(text: str, today: date) -> bool:
    """Whether words at the question for the child's own tell of something else: 她奶想问问低保能不能办."""
    heard = reading.read(text, today)
    of_others = bool(heard.sections) and staff_asides.of_the_family(text)  # 姥姥带得挺好
    other = heard.needs or heard.hours or heard.no_emergency or of_others
    return bool(other) and not (heard.child_says or heard.alone)


def _voice(kept: dict[str, Any], text: str, _: str | None, today: date) -> None:
    if _is_no_voice(text, today):
        heard_whole(kept, text, today)
        return
    heard, record = reading.read(text, today), kept["record"]
    if reading.child_not_seen(text):
        record["voice"] = "not_seen"
        return
    record["voice"] = "seen_alone" if heard.alone else "seen"
    record["said"] = heard.child_says or ("" if reading.only_met(text) else reading.own_words(text))
    if heard.no_emergency:
        find(kept, None)


def _emergency_in_words(kept: dict[str, Any], text: str, said: str | None, today: date) -> None:
    """没有 says none, in our own reading of the words: no classifier answers the list. A number or the words of a
    finding name it, 11月28号 names none; what tells of the visit is added and read back."""
    if kept["ask"] != "finding" and (
        need_asking.said_at_the_end(kept, text, today) or need_asking.of_trouble(kept, text, today)
    ):
        return
    names = list(visit_record.FINDINGS)
    picked = [names[number - 1] for number in visit_record_said.numbers_picked(text)]
    picked += [name for name in names if text.strip() and text.strip() in texts.phrase(f"visits.finding.{name}")]
    picked += filter(None, [visit_record_said.finding_named(text)])
    if short.short_answer(text) == "no" or says_none(text):
        find(kept, None)
    elif picked:
        find(kept, picked[0])
    elif said == "yes":
        kept["ask"] = "finding"
    elif visit_record_said.only_to_change(text):
        kept["ask"] = "fix"
    elif kept["ask"] == "finding":  # whoever goes on telling is not asked it again: the list itself comes at the end
        kept["ask"] = None
        add(kept, reading.read(text, today))
    elif (heard := reading.read(text, today)).sections or heard.child_says or heard.needs or heard.hazards:
        add(kept, heard)


_ANSWERS: Mapping[str, Callable[[dict[str, Any], str, str | None, date], None]] = {
    "section": _section_in_words,
    "words": _hard_in_words,
    "own": _own_in_words,
    "voice": _voice,
    "need": _need_in_words,
    "emergency": _emergency_in_words,
    "finding": _emergency_in_words,
    "fix": _put_right,
}


def says_none(text: str) -> bool:
    """Whether words say that nothing of the emergency list is so."""
    listed = text.strip(" 。.") in texts.phrase("visit.answers.none").split()
    none = reading.no_emergency(text) or reading.nothing_urgent(text)
    return listed or none or visit_record_said.none_of_it(text)


def find(kept: dict[str, Any], finding: str | None) -> None:
    """Answer the emergency list: nothing of it, or one more finding, which is told at once."""
    record = kept["record"]
    kept["ask"] = None
    if finding is None:
        if record["emergency"] != "found":  # what has been reported is not taken back by an old button
            record["emergency"], record["findings"] = "none", []
        return
    record["emergency"] = "found"
    record["findings"] = sorted({*record["findings"], finding})
    kept["urgent"] = True


def settle_rest(record: dict[str, Any], status: str) -> None:
    """Everything nobody has said anything clear of is so: 剩下的没了解."""
    for name in visit_record.missing(record):
        record["sections"][name] = status
