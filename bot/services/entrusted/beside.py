"""What a parent tells or asks in the talk about 委托照护 beside the open question: it goes where it belongs, is
answered, and the open question comes again. What is told of the person is the family's word only; staff find out
(WBF-22).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot import texts
from bot.care import calendar
from bot.reading.entrusted import entrusted_told, entrusting
from bot.reading.measures import clocks
from bot.services.contact import plans as contact_plans
from bot.services.contact.answers import kind_of
from bot.services.entrusted import doing, steps
from bot.services.mail import mailbox
from bot.services.talk import policy_answers
from bot.services.work import Work

OF_PARENTS = ("family", "another")
"""Talks of a parent in which this is heard."""
CONTACT_TOPIC, BARS_TOPIC, DIVORCE_TOPIC = "weekly", "ent_who_cannot", "law_divorce"
MOST_WORDS = 400
MOST = 2
"""So often one thing is asked before the others are."""
FREE = ("carer", "carer_name", "carer_phone", "reason", "away", "phones", "school", "unfit")
"""Questions whose answer is words: what is plainly something else is none."""
OLD_ENOUGH, OLD = entrusting.ADULT, 60
ELDERS = ("爷爷", "奶奶", "姥姥", "姥爷", "爷爷奶奶", "姥姥姥爷")
"""As a child calls them (`entrusted_told`); whoever names one often asks whether age is a bar."""
JOINT = "；"


def begin(work: Work, conversation: str, kept: dict[str, Any], text: str) -> None:
    """What the first words tell already: who is to look after the child, and the journey."""
    told = entrusted_told.person(text, by(work, conversation))
    if told.relation:
        _name(kept["told"], told, text)
    if entrusted_told.journey(text):
        _journey(kept["told"], text)


def heard(work: Work, conversation: str, inbox_id: int, kept: dict[str, Any], step: str, text: str) -> bool:
    """Take and answer what these words tell or ask beside the open question. False: they are an answer to it, or
    nothing of ours."""
    if kept["doing"] not in OF_PARENTS or _answers(step, text):
        return False
    person = entrusted_told.person(text, by(work, conversation))
    said = list(_told(kept, step, person, text))
    if (asked := entrusted_told.asks(text)) is not None:
        said += _answered(work, conversation, inbox_id, kept, asked, text)
    for key, args in said:
        if key:
            mailbox.say(work, conversation, key, args, reply_to=inbox_id)
    return bool(said)


def by(work: Work, conversation: str) -> str:
    """Whether the father or the mother writes, as far as the file says."""
    person = contact_plans.speaker(work, conversation)
    plans = contact_plans.of_person(work, person) if person is not None else []
    return kind_of(work, plans[0]) if plans else ""


def takes(text: str) -> bool:
    """Whether words tell or ask something of this talk, whatever is open in it."""
    return entrusted_told.tells(text)


def _answers(step: str, text: str) -> bool:
    """Whether these words are what was asked for, whatever else may be read in them."""
    if step == "reason":
        return steps.label_named(step, text) is not None
    if step in steps.CHOICES and step not in ("unfit", "d1", "d2"):
        return steps.read(step, text) is not None
    if step in ("d1", "d2", "unfit"):
        return steps.label_named(step, text) is not None or (not entrusted_told.tells(text))
    return step == "carer_phone" and bool(steps.phone_in(text)) and not entrusted_told.another(text)


Said = tuple[str, dict[str, Any] | None]


def _told(kept: dict[str, Any], step: str, person: entrusted_told.Person, text: str) -> Iterator[Said]:
    """Everything told beside the question, each put where it belongs; what is said to it."""
    change = _person(kept, step, person, text)
    told = kept["told"]
    if change is not None:
        yield change
    yield from _of_the_carer(kept, step, text, put=change is not None)
    if step != "child_says" and (opinion := entrusted_told.child_says(text)) is not None:
        told["child_says"] = opinion
        asked = ".not_asked" if opinion == "not_asked" else ""
        yield f"entrusted.beside.child_says{asked}", None
    if entrusted_told.same_school(text):
        told["stays"] = text.strip()[: steps.LONGEST]
        yield "entrusted.beside.same_school", None
    asks = entrusted_told.asks(text) is not None  # 那我在韩国咋跟孩子联系 tells of no journey
    if step != "away" and entrusted_told.journey(text) and not (change or asks or told.get("stays") == text.strip()):
        _journey(told, text)
        yield "entrusted.beside.journey", {"away": told.get("away") or told["journey"]}


def _of_the_carer(kept: dict[str, Any], step: str, text: str, *, put: bool) -> Iterator[Said]:
    """What is told of the person named: what may be a bar, that nothing of it is so, another age."""
    told = kept["told"]
    if not told.get("carer"):
        return
    for name, value in entrusted_told.bars(text).items():
        told[name] = "yes" if "yes" in (value, told.get(name)) else value
        told["doubts"] = _joined(told.get("doubts"), text, MOST_WORDS)
        yield f"entrusted.beside.{name}.{told[name]}", None
        return
    denied = [name for name in entrusted_told.clean(text) if told.get(name, "no") == "no" and name != step]
    if denied:
        told.update(dict.fromkeys(denied, "no"))
        told["doubts"] = _joined(told.get("doubts"), text, MOST_WORDS)
        yield "entrusted.beside.clean", {"said": entrusted_told.denials(text)}
    if not put and (years := entrusted_told.age_corrected(text)) is not None:
        told["age"], told["full_capacity"] = years, "yes" if years >= OLD_ENOUGH else "no"
        yield "entrusted.beside.age", {"carer": doing.carer_told(told), "age": years}


def keep(kept: dict[str, Any], text: str) -> None:
    """Keep words that answer nothing with what the family says, for whoever looks into it: nothing told is lost."""
    kept["told"]["doubts"] = _joined(kept["told"].get("doubts"), text, MOST_WORDS)


def next_step(kept: dict[str, Any]) -> str | None:
    """The next open question; one that a parent was asked twice comes after the others."""
    step, told = steps.next_step(kept), kept["told"]
    times = kept.setdefault("times", {})
    if kept["doing"] in OF_PARENTS and times.get(step, 0) >= MOST and step in steps.MAY_STAY_OPEN:
        others = (one for one in steps.order(kept) if one not in told and one != "send" and times.get(one, 0) < MOST)
        step = next(others, step)
    if step is not None:
        times[step] = times.get(step, 0) + 1
    return step


def _person(kept: dict[str, Any], step: str, person: entrusted_told.Person, text: str) -> Said | None:
    """Who is to look after the child, told for the first time, more of him, or somebody else in his place."""
    told = kept["told"]
    if step == "carer":
        if not (person.relation or person.name):
            return None
        _name(told, person, text)
        return "", None
    other = bool(person.relation) and person.relation != told.get("relation")
    named = step == "carer_name" and bool(person.name)
    if other and (entrusted_told.another(text) or step == "unfit" or named):
        kept["told"] = told = {name: told[name] for name in steps.STAYS if name in told}
        _name(told, person, text)
        elder = person.relation in ELDERS or (person.years or 0) >= OLD
        how = ".lives" if person.place else ".elder" if elder else ""
        key = f"entrusted.beside.another{how}"
        return key, {"carer": doing.carer_told(told), "place": person.place}
    same = person.relation in ("", told.get("relation"))
    if step == "carer_name" and same and person.name:
        _name(told, person, text)
        return "", None
    return None


def _name(told: dict[str, Any], person: entrusted_told.Person, text: str) -> None:
    """Put down who it is, and what of age and health was told with it."""
    told["relation"] = person.relation or told.get("relation", "")
    told["name"] = person.name
    told["carer"] = f"{told['relation']}{person.name}" or text.strip()[: steps.NAME]
    if not person.name:
        told.pop("carer_name", None)
    if phone := steps.phone_in(text):
        told["carer_phone"] = phone
    if person.years is not None:
        told["full_capacity"] = "yes" if person.years >= OLD_ENOUGH else "no"
        told["age"] = person.years
    if entrusting.answer("care_ability", text) == "yes" or entrusted_told.healthy(text):
        told["care_ability"] = "yes"


def _journey(told: dict[str, Any], text: str) -> None:
    """Keep what is told of the journey; while nobody said for how long, the question after it still comes."""
    so_far = _joined(told.pop("journey", None) or told.get("away"), entrusted_told.of_the_journey(text))
    told["away" if "away" in told or entrusted_told.lasts(so_far) else "journey"] = so_far
    if "reason" not in told and entrusted_told.for_work(text):
        told["reason"] = "work"


def _joined(before: str | None, text: str, most: int = steps.LONGEST) -> str:
    return JOINT.join(one for one in (before, text.strip(" 。")) if one)[:most]


def _answered(work: Work, conversation: str, inbox_id: int, kept: dict[str, Any], asked: str, text: str) -> list[Said]:
    """The answer to a question about this talk, or the hour of the weekly question put right."""
    said: list[Said] = []
    hour = clocks.time_of_day(text)
    if hour is not None and (asked == entrusted_told.REMINDER or kept.get("hour")):
        said.append(_hour(work, conversation, kept, hour))
    elif asked == entrusted_told.REMINDER:
        said.append(("entrusted.beside.reminder", None))
    if asked == entrusted_told.PROGRESS:
        said.append(("entrusted.beside.progress", progress(kept)))
    elif asked == entrusted_told.WRITTEN:
        said.append(("entrusted.beside.written", None))
    elif asked in (entrusted_told.NOTICE, entrusted_told.SCHOOL):
        said.append((f"entrusted.beside.{asked}", None))
    elif asked in _TOPICS and policy_answers.tapped(work, conversation, inbox_id, _TOPICS[asked]):
        said.append(("", None))
    return said


_TOPICS = {
    entrusted_told.CONTACT: CONTACT_TOPIC,
    entrusted_told.OTHER_PARENT: DIVORCE_TOPIC,
    entrusted_told.WHY: BARS_TOPIC,
}
"""Questions that a rule answers."""


def progress(kept: dict[str, Any]) -> dict[str, Any]:
    """What was told so far, and what is still to be asked before it goes to the child director."""
    told, known = kept["told"], []
    if told.get("carer"):
        known.append(doing.carer_told(told))
    has = [one for one in ("away", "phones", "child_says") if told.get(one) and told[one] != "not_asked"]
    known += [texts.phrase(f"entrusted.beside.has.{one}") for one in has]
    left = [one for one in steps.order(kept) if one not in told and one != "send"]
    named = dict.fromkeys(_LEFT.get(one, one) for one in left)
    missing = [texts.phrase(f"entrusted.beside.left.{one}") for one in named]
    return {"known": "、".join(known) or texts.phrase("entrusted.nobody_yet"), "left": "、".join(missing)}


_LEFT = {**dict.fromkeys(steps.SCREEN, "screen"), "carer_name": "carer", "carer_phone": "carer"}


def _hour(work: Work, conversation: str, kept: dict[str, Any], hour: clocks.TimeOfDay) -> Said:
    """The hour at which the week is asked about; in the night nobody is written to (message.quiet_hours)."""
    person = contact_plans.speaker(work, conversation)
    plans = contact_plans.of_person(work, person) if person is not None else []
    if not plans:
        return "entrusted.beside.reminder", None
    asked = hour.hour if hour.sure or not kept.get("hour") or hour.hour > clocks.NOON else hour.hour + clocks.NOON
    begins, ends = calendar.quiet()
    clock = f"{asked:02d}:{hour.minute:02d}"
    kept["hour"] = True
    if not f"{ends:%H:%M}" <= clock < f"{begins:%H:%M}":
        return "entrusted.beside.night", {"begins": f"{begins:%H:%M}", "ends": f"{ends:%H:%M}"}
    abroad = plans[0].zone != calendar.ZONE.key
    for plan in plans:
        plan.clock = clock
    contact_plans.look_again(plans, work.now)
    return f"entrusted.beside.hour{'.there' if abroad else ''}", {"hour": clock}
