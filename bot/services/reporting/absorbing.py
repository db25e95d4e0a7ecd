"""Reading one message for everything it tells: signs, place, who, since when; unknown things stay unknown."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, NamedTuple

from bot import texts
from bot.care import parameters, reports, roles
from bot.reading import danger
from bot.reading.measures import numbers_of
from bot.reading.normalise import normalise
from bot.reading.persons import called, children, people, suspects
from bot.reading.reports import asides, fitting, reporting, told, told_before
from bot.reading.talk import replies
from bot.reading.talk.answers import correction
from bot.reading.where import places
from bot.reading.where.gazetteer import Area
from bot.services.drafts import Answers
from bot.services.reporting import keeping, whose_pain

COUNTY_DIGITS, TOWNSHIP_DIGITS, VILLAGE_DIGITS = 6, 9, 12
_VILLAGE_CALLED = re.compile(
    "(?:村|屯|屯子|村子)(?:名)?(?:就)?(?:叫|是)(?P<name>[一-鿿]{2,5}?)(?:的|啊|吧)?(?=$|[,，。 ])"
)
CODED = (
    "harm_tense",
    "suspect_relation",
    "suspect_is_reporter",
    "child_age_years",
    "child_sex",
    "other_adult_cares",
    "injured_now",
)
WHO = ("reporter_type", "unit")
CORRECTED = ("child_age_years", "child_sex")
WHO_IT_IS = "他她孩子是今年才"
READ_BY_US = "danger_now:read"
"""Among what was advised: nobody said that there is danger, we read it in what was told."""
NEIGHBOUR = "value.neighbour"
OF_KIN = "value.of_kin"
"""Who tells of his nephew is kin of the child; the nephew is not who writes."""
# The same matter when it is not happening at this moment.
_NOT_NOW = {"beaten_now": "beaten", "suspect_with_child_now": "threatened"}


class Note(NamedTuple):
    """Something to say because of what was read: a text key and its arguments."""

    key: str
    args: dict[str, Any]


def most_clarifying() -> int:
    """How often one unclear point is asked about (report.clarifying_questions.max)."""
    return int(parameters.number("report.clarifying_questions.max"))


def allowed(field: str, value: str) -> bool:
    """Whether a tapped value is one of those a button of this field can carry."""
    if field == "kind":
        return value == "unclear" or value in reports.sign_ids()
    if field == "follow_up":
        return value in ("yes", "no")
    return value in reports.allowed_values(field)


def is_area(value: str) -> bool:
    """Whether a tapped value is a division code we know."""
    return value.isdigit() and places.get(value) is not None


def absorb(answers: Answers, text: str, asked: str) -> list[Note]:
    """Take everything a message tells into the answers. `asked`: the open question. Returns what to say about it."""
    found, hit = _as_told_by(answers, text, asked), danger.read(text)
    if replies.is_empty(text) and hit.level == "none":
        answers.place_missed = False
        return []
    _take_signs(answers, found.signs, hit, text)
    beside = asides.kinds(text)
    whose_pain.take(answers, found, hit, text)
    answers.cards = sorted(kind for kind in beside if kind.startswith("card.") or kind == asides.ANIMAL)
    notes = _left_out(answers, text) or _complained_of(answers, found)
    if asides.OWN_HANDS in beside:
        notes.append(Note("report.own_hands", {}))
    _take_coded(answers, found, text, asked)
    if answers.facts.get("child_age_years") is None and (years := fitting.bare_age(asked, text)) is not None:
        answers.facts["child_age_years"] = years  # 十二 舒兰的 平安镇
    if hit.level == "emergency" or found.danger_now == "yes":
        ours = found.danger_now != "yes" and "danger_now" not in answers.given
        answers.advised += [READ_BY_US] if ours else []
        answers.facts["danger_now"] = "yes"
        answers.given["danger_now"] = "given"
    elif says_no_danger(answers, found, text, hit, asked) or (
        found.danger_now == "no" and _denies_our_reading(answers, text, hit)
    ):
        answers.facts["danger_now"] = "no"
        answers.given["danger_now"] = "given"
    if answers.replaces == asked:
        answers.replaces = None
        answers.words = [pair for pair in answers.words if pair[0] != asked or asked == "what"]
    _take_spans(answers, found, text, asked)
    if "child_labour" in answers.facts["signs"] and "report.labour" not in answers.advised:
        answers.advised.append("report.labour")
        notes.append(Note("report.labour", {}))
    notes += _place(answers, text, asked)
    keeping.own_words(answers, text, asked)
    if answers.childs and hit.level == "emergency" and asked != "place":
        keeping.spot_of_a_child(answers, text)
    _take_back(answers, text)
    return notes


def _as_told_by(answers: Answers, text: str, asked: str) -> told.Told:
    """What a message tells, read as of who writes it."""
    found = told.read(text)
    if found.reporter_type is None and asides.tells_as_a_child(text):
        found = replace(found, reporter_type="child_self")
    if asked in WHO:
        found = _who_answers(answers, found, text)
    itself = "child_self" in (found.reporter_type, answers.facts.get("reporter_type"))
    return _of_itself(answers, _by_its_name(found, text), text) if itself else found


def _by_its_name(found: told.Told, text: str) -> told.Told:
    """The same of a child known to write, whose own name counts: 我在姜家店小学 五年二班 我叫小彤."""
    plain = normalise(text)
    span = None if found.child_ref else children.reference(plain, own_name=True)
    return replace(found, child_ref=plain.span(*span)) if span else found


def _of_itself(answers: Answers, found: told.Told, text: str) -> told.Told:
    """Of a child that writes its own age and sex count, not those of the brother it tells of: 我13弟弟7岁."""
    if not children.of_siblings(text) or found.signs:
        return found
    mine = children.own_age(normalise(text).text)
    if mine is not None:
        answers.facts["child_age_years"] = mine
    return replace(found, child_age_years=mine, child_sex="unknown")


def says_no_danger(answers: Answers, found: told.Told, text: str, hit: danger.Danger, asked: str) -> bool:
    """Whether somebody says that there is no danger now: as the answer, before he is asked with nothing grave told, or
    of what our own reading took for danger (没现在打). What was raised for people stays raised (`filing.keep_up`)."""
    if found.danger_now == "no" and asked == "danger_now":
        return True
    if not set(hit.kinds) <= {danger.HUNCH} or {asides.ALARM, asides.RETURNED} & asides.kinds(text):
        return False
    if answers.facts.get("danger_now") in ("yes", "unknown"):
        return (reporting.no_danger(text) or replies.is_safe(text)) and not reporting.expects_it(text)
    grave = reports.triage({"signs": answers.facts.get("signs", ())}).severity in ("S0", "S1")
    return hit.level == "none" and not grave and "danger_now" not in answers.given and reporting.no_danger(text)


def _denies_our_reading(answers: Answers, text: str, hit: danger.Danger) -> bool:
    """Whether a grown-up says that there is no danger where only we read one in what he told (她说是继父拿皮带抽的 …
    孩子在学校呢现在没危险). His word is kept; the report stays as grave as what was told makes it (reports.md §5)."""
    signs = answers.facts.get("signs", ())
    as_grave = reports.triage({"signs": signs}).severity == "S0" and "suspect_with_child_now" not in signs
    ours = READ_BY_US in answers.advised and not answers.childs
    return ours and as_grave and hit.level == "none" and reporting.no_danger(text)


def _who_answers(answers: Answers, found: told.Told, text: str) -> told.Told:
    """At the question who somebody is, or where he works, the bare words are the answer: 班主任."""
    who = people.answered(text)
    kind = found.reporter_type or who.kind
    duty = "mandatory_reporter" in (kind, answers.facts.get("reporter_type"))
    return replace(found, reporter_type=kind, unit=found.unit or (who.unit if duty else None))


def _left_out(answers: Answers, text: str) -> list[Note]:
    """Who asks to keep an office of our chain out of it hears that it is bypassed, once."""
    fresh = set(suspects.left_out(text)) - set(answers.facts.get("conflicted", ()))
    return [Note("report.left_out", {"office": suspects.office_left_out(text)})] if fresh else []


def _complained_of(answers: Answers, found: told.Told) -> list[Note]:
    """Who complains of an office of our chain hears that it is bypassed, once."""
    fresh = [one for one in found.suspect_is_chain if one not in answers.facts.get("conflicted", ())]
    if not fresh or "complaint" not in found.signs:
        return []
    return [Note("report.left_out", {"office": "、".join(roles.label_zh(one) for one in fresh)})]


def _take_back(answers: Answers, text: str) -> None:
    """What a message corrects in its own words, or in what was said before, holds: 叫小刚 8岁 不对 是9岁."""
    change = correction(text)
    new = replies.taken_back(text) or (change[1] if change is not None and change[0] is None else None)
    if not new:
        return
    later = told.read(new)
    for name in CORRECTED:
        if getattr(later, name) not in (None, "unknown"):
            answers.facts[name] = getattr(later, name)
    if later.child_age_years is None and (years := fitting.bare_age("child_ref", new.lstrip(WHO_IT_IS))) is not None:
        answers.facts["child_age_years"] = years  # 14，初一。哦不对，她13
    best = places.find(new, within=answers.area).best
    if best is not None:
        answers.area, answers.candidates = best.code, []


def _take_coded(answers: Answers, found: told.Told, text: str, asked: str) -> None:
    """Take what has an id and a value in reports.yml; what was known before stays."""
    if answers.given.get("reporter_type") == "skipped" and found.reporter_type:
        answers.facts.pop("reporter_type", None)  # skipped before, told now
    for name in (*CODED, *WHO):
        value = getattr(found, name)
        if value not in (None, "", "unknown", "none") and answers.facts.get(name) in (None, "unknown"):
            answers.facts[name] = value
    if found.reporter_type and asked != "reporter_type":
        answers.given["reporter_type"] = "given"
    untold = found.signs and "reporter_type" not in {**answers.given, **answers.facts}
    if untold and (who := _neighbour(text) or (reporting.of_kin(text) and texts.phrase(OF_KIN))):
        answers.facts["reporter_type"] = "citizen_anonymous"
        answers.said("reporter_type", who)
    if found.unit not in (None, "unknown"):
        answers.given["unit"] = "given"
    if found.suspect_is_chain:
        answers.facts["conflicted"] = sorted({*answers.facts.get("conflicted", ()), *found.suspect_is_chain})


def _neighbour(text: str) -> str:
    """Who tells of 我家前院 is a neighbour; the words say which."""
    near, plain = reporting.near(text), texts.phrase(NEIGHBOUR)
    return plain if plain in near else texts.render(f"{NEIGHBOUR}.of", {"near": near}).text if near else ""


def _take_spans(answers: Answers, found: told.Told, text: str, asked: str) -> None:
    """Take what answers another question than the one asked, as it was written."""
    if found.child_ref and (known := answers.words_of("child_ref")) and asked not in (answers.replaces, "child_ref"):
        ref = text[slice(*found.child_ref)]
        named = [one for one in known if told.read(one).child_ref]  # 七八岁 姓啥不知道 names none
        answers.another = answers.another or (bool(named) and not any(ref in one or one in ref for one in known))
    whole = fitting.target(asked, text) == "child_ref"  # 九岁，叫豆豆 is kept as it is, the pet name with it
    ref_at = found.child_ref or (None if whole else called.soft_name(text))
    ref_at = ref_at or (None if whole else told_before.name_by_itself(text, alone=asked == "place"))
    when = None if found.when and reporting.of_their_life(text, found.when, bool(found.signs)) else found.when
    for name, span in (("when", when), ("child_ref", ref_at)):
        unnamed = name == "child_ref" and not any(map(_names_a_child, answers.words_of(name)))
        if span and (unnamed or answers.given.get(name) != "given") and asked != name:
            answers.said(name, text[span[0] : span[1]])
    _who_says_so(answers, found, text, asked)
    for number in phones(text) if asked != "safe_contact" else ():
        answers.said("safe_contact", number)
    _take_wish(answers, text, asked)


def _names_a_child(words: str) -> bool:
    """八九岁 叫啥不知道 names none: a name learnt later is told there, too."""
    return told.read(words).child_ref is not None or called.soft_name(words) is not None


def _take_wish(answers: Answers, text: str, asked: str) -> None:
    """How somebody wants to hear of it, told amid the matter: it is not asked again."""
    if asked in ("follow_up", "safe_contact"):
        return
    if "follow_up" not in answers.given and (wish := called.wants_word(text)):
        answers.facts["follow_up"] = "yes"
        answers.given["follow_up"] = "given"
        answers.said("safe_contact", wish)
    if "safe_contact" not in answers.given and called.leaves_no_number(text):
        answers.settle("safe_contact", "skipped")


def _who_says_so(answers: Answers, found: told.Told, text: str, asked: str) -> None:
    """Who somebody says he is, in his own words; to be the child's aunt (我是她姑) is more than to be of its kin."""
    kin = reporting.i_am_kin(text)
    who = reporting.i_am(text) if found.reporter_type else kin
    if not who or asked in WHO:
        return
    own = ["reporter_type", texts.phrase(OF_KIN)]
    answers.words = [pair for pair in answers.words if not (kin and pair == own)]
    if fitting.target(asked, text) == "reporter_type":
        return  # kept whole: 我是她姑 在长春
    if "reporter_type" not in {field for field, _ in answers.words}:
        answers.said("reporter_type", who)
        answers.facts.setdefault("reporter_type", "citizen_anonymous")


def tells_something(text: str) -> bool:
    """Whether a message tells anything about a child, a place or a moment, or how to reach somebody."""
    found = told.read(text)
    about_a_child = found.signs or found.child_ref or found.when or found.child_age_years
    return bool(about_a_child or numbers_of.any_told(text) or places.find(text).best)


def phones(text: str, *, asked: bool = False) -> list[str]:
    """The writer's telephone numbers in a message, as they were written (`reading.numbers_of`)."""
    return numbers_of.own(text, asked=asked)


def only_a_number(text: str) -> bool:
    """Whether a message is a telephone number and nothing else."""
    found = phones(text, asked=True)
    return len(found) == 1 and not any(char.isalnum() for char in text.replace(found[0], "", 1))


def _take_signs(answers: Answers, told_signs: tuple[str, ...], hit: danger.Danger, text: str) -> None:
    """Add what is told. A sign of something happening now counts only when it evidently is; doubtful ones wait
    for the answer to the danger question (`Answers.doubtful`)."""
    signs = {*answers.facts.get("signs", ()), *told_signs}
    if hit.level == "emergency":
        signs |= set(hit.signs)
    elif hit.level == "concern":
        signs |= {_NOT_NOW.get(sign, sign) for sign in hit.signs if sign in _NOT_NOW or not reports.is_s0(sign)}
        answers.doubtful = sorted({*answers.doubtful, *(sign for sign in hit.if_now if reports.is_s0(sign))})
    if hit.level != "emergency":
        signs = {_NOT_NOW.get(sign, sign) if sign not in answers.facts.get("signs", ()) else sign for sign in signs}
    if asides.SCALD in asides.kinds(text) and "accident_injury" in signs:
        signs.discard("drowning")  # held into hot water: it is no river; it stays as urgent
    answers.facts["signs"] = sorted(signs)


def danger_confirmed(answers: Answers) -> None:
    """The person says it is happening now: what was doubtful counts."""
    answers.facts["signs"] = sorted({*answers.facts.get("signs", ()), *answers.doubtful})
    answers.doubtful = []


def place_named(answers: Answers, text: str) -> None:
    """Take the place from words of which nothing else is taken, where nobody knows it yet: 爷睡着呢 我是姜家店村的."""
    if answers.area is None:
        _place(answers, text, "what")


def _place(answers: Answers, text: str, asked: str) -> list[Note]:
    first, text = text, replies.taken_back(text) or text  # 广隆屯 不对 这边叫双井村
    reading = places.find(text, within=_township(first, text) or answers.area)
    if reporting.on_the_way_back(text) or reporting.kin_elsewhere(text):
        return []  # 我在延吉呢 正往回赶: where the writer is
    asked_about = answers.candidates
    fits = asked == "place" and fitting.target(asked, text) == "place"
    if reading.candidates or reading.best is not None or (fits and len(asked_about) == 1):
        answers.candidates = [area.code for area in reading.candidates]
    best = _settled(answers, text, reading, asked_about)
    if fits:
        answers.place_tries += 1
        tells_other_things = danger.read(text).level != "none" or told.read(text).signs or phones(text)
        named_none = best is None and not answers.candidates and not fitting.only_with_whom(text)
        answers.place_missed = named_none and not tells_other_things
    best = _village_named_apart(answers, text, best) or best
    if best is not None and (answers.area is None or best.code.startswith(answers.area) or asked == "place"):
        answers.area = best.code
    level = len(answers.area or "")
    at_school = level >= COUNTY_DIGITS and places.names_a_school(text)
    if (level >= 9 or at_school or (answers.area and answers.pinned)) and not answers.candidates:
        answers.given["place"] = "given"
    elif asked == "place" and answers.place_tries >= most_clarifying() and not _which_is_open(answers):
        answers.given["place"] = "given" if answers.area else "unclear"
    if not reading.outside:
        return []
    fresh = reading.outside not in answers.outside
    if fresh:
        answers.outside.append(reading.outside)
    if asked != "place" or best is not None or answers.candidates:
        return []
    answers.given["place"] = "given"
    return [Note("report.place_outside", {"place": reading.outside})] if fresh else []


def _township(first: str, right: str) -> str | None:
    """The township named before what was put right in one breath: 响水镇张家店 啊不对 姜家店村 is in 响水镇."""
    best = places.find(first.removesuffix(right)).best if right != first else None
    return best.code[:TOWNSHIP_DIGITS] if best is not None and len(best.code) >= TOWNSHIP_DIGITS else None


def _village_named_apart(answers: Answers, text: str, best: Area | None) -> Area | None:
    """The village where it was called by its bare name in another message than its township: 我们村叫十三号, and then
    榆树的 弓棚. None: none was."""
    township = best.code if best is not None else answers.area
    if township is None or len(township) != TOWNSHIP_DIGITS:
        return None
    said = [text, *(one for field, one in answers.words if field in ("what", "place"))]
    names = [hit["name"] for one in said for hit in _VILLAGE_CALLED.finditer(one)]
    for name in names:
        found = places.find(f"{name.rstrip('村屯')}村", within=township).best
        if found is not None and len(found.code) == VILLAGE_DIGITS and found.code.startswith(township):
            return found
    return None


def _which_is_open(answers: Answers) -> bool:
    """Whether the place may be one of several and which was not asked for as often as it may be."""
    return len(answers.candidates) > 1 and answers.times.get("report.place_which", 0) < most_clarifying()


def _settled(answers: Answers, text: str, reading: places.PlaceReading, asked_about: list[str]) -> Area | None:
    """The place read, where it is the only one of its name: 公主岭那个 says which of those that were asked about. Of a
    name that several bear the person is asked; in danger somebody is told at once all the same."""
    best = reading.best
    if best is None:
        return None
    meant = [one for one in asked_about if one.startswith(best.code)]
    if len(meant) == 1:
        return places.get(meant[0])
    several = places.namesakes(text, reading) if answers.area is None else ()
    answers.candidates += [area.code for area in several]
    return None if several and answers.facts.get("danger_now") != "yes" else best
