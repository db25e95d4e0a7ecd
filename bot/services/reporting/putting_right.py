"""A correction of what was said earlier, wherever the talk stands: 不是初一二班，是初一三班; 啊不对，六岁.

What holds now is read back; the words that were wrong stay with what happened where they told more than one fact.
"""

from __future__ import annotations

import re

from bot import texts
from bot.reading.measures import codes
from bot.reading.reports import corrections, fitting, reporting, told
from bot.reading.where import landmarks, places
from bot.reading.where.gazetteer import Area
from bot.services.drafts import Answers

_WHERE = re.compile("^(?:(?:孩子|他|她|人)(?:们)?(?:家|住)?)?(?:在|是|叫)")
_HOUSE = re.compile(
    "[0-9]{1,3}(?:号楼|栋|号)(?:[0-9]{1,2}(?:单元|门))?(?:[0-9]{2,4}(?:室|号)?)?|[0-9]{1,2}(?:单元|门)(?:[0-9]{2,4}(?:室|号)?)?"
)
COUNTY, TOWNSHIP = 6, 9
"""Digits of a county's and of a township's code."""
CHANGED, TOLD = "changed", ("what", "place")
"""Words under this name tell what stood there before, for people to read: 二道沟村 → 三道沟村. What is known of how to
reach somebody is never among them."""
LONGEST_NAME, ALIKE = 8, 2
"""Characters of a village's name, and how many of them two names share where one was meant for the other."""
VILLAGES = ("村", "屯", "沟", "子", "堡", "岭")
OF_PLACE = ("地方", "地址", "地点", "位置", "村", "村名", "那儿", "镇名", "乡")
_UNITS = "一二三四五六七八九"
NAMES = ("名", "名字", "姓名", "大名", "小名")


def is_one(answers: Answers, text: str) -> bool:
    """Whether words put right, in so many words, what was told before."""
    return bool(_found(answers, text))


def corrects(answers: Answers, text: str) -> bool:
    """The same, or the place by a name of the tables."""
    return is_one(answers, text) or place(answers, text) is not None


def put_right(answers: Answers, text: str) -> str:
    """Write what holds instead in the words it was told with, and return it; a bare correction is not kept twice.
    Empty: it is none, or nothing of it was told before."""
    found = _found(answers, text)
    for index, old, new in found:
        field, said = answers.words[index]
        answers.words[index] = [field, new.join(_as_words(old).split(said))]
        _anew(answers, answers.words[index][1], new)
        if field in TOLD:
            _keep(answers, old, new)
        if field == "place" and answers.area is not None and len(answers.area) > TOWNSHIP:
            answers.area = answers.area[:TOWNSHIP]  # what the wrong name was taken for is known no longer
    return found[0][2] if found else ""


def _anew(answers: Answers, said: str, new: str) -> None:
    """Facts that the right words tell are read anew: 不是后爹是亲爹."""
    for one, name in ((said, "suspect_relation"), (new, "child_age_years"), (new, "child_sex")):
        value = getattr(told.read(one), name)
        if value not in (None, "", "unknown", "none") and name in answers.facts:
            answers.facts[name] = value


def _keep(answers: Answers, old: str, new: str) -> None:
    """What stood there before stays beside what holds."""
    line = f"{old} → {new}"
    if old and old != new and [CHANGED, line] not in answers.words:
        answers.words.append([CHANGED, line])


def place(answers: Answers, text: str) -> str | None:
    """The full name of the place that holds instead of the one told: 不是合成村 是更新乡房身地村. None: no place is put
    right by these words, or none was known."""
    found = reporting.not_but(text)
    if found is None or answers.area is None:
        return None
    best = _meant(answers.area, found[1])  # a village alone lies in the township told before
    return places.full_name(best.code) if best is not None and len(best.code) > COUNTY else None


def facts(answers: Answers, text: str) -> list[str]:
    """Take what a message in free words puts right of the child, the place, the time, or how to reach the writer.
    Returns what holds now, to be read back; empty: it puts none of these right."""
    found = corrections.read(text)
    if found is None:
        return []
    new = [one for take in (_child, _place, _when, _room, _phone) if (one := take(answers, found))]
    return [*new, *_name(answers, found)]


def _child(answers: Answers, found: corrections.Correction) -> str:
    """The age and the sex, the one said last."""
    said = [told.read(one) for one in found.clauses]
    age = next((one.child_age_years for one in said if one.child_age_years is not None), _bare_years(answers, found))
    sex = next((one.child_sex for one in said if one.child_sex != "unknown"), None)
    lines = []
    if age is not None:
        written = _years_written(answers, age)
        answers.facts["child_age_years"] = age
        lines.append(texts.render("value.years", {"years": age}).text)
    if sex is not None:
        answers.facts["child_sex"] = sex
        lines.append(texts.phrase(f"value.{sex}"))
    if lines and not (age is not None and written) and not _told_already(answers, "child_ref", found.new):
        answers.said("child_ref", found.new)
    return "，".join(lines)


def _bare_years(answers: Answers, found: corrections.Correction) -> int | None:
    """The age put right by bare numbers, where the wrong one is the age told before: 不是13 是14."""
    old = found.old.strip("岁 ")
    if not old.isdigit() or int(old) != answers.facts.get("child_age_years"):
        return None
    new = next((one for one in found.clauses if one.isdigit() and len(one) <= len("17")), "")
    return int(new) if new else None


def _in_characters(years: int) -> str:
    """A child's years as people write them: 四, 十二."""
    tens, units = divmod(years, 10)
    return ("十" if tens else "") + (_UNITS[units - 1] if units else "")


def _years_written(answers: Answers, age: int) -> bool:
    """Write the right age where the wrong one was told of the child; what stood there is told beside it. False: it was
    told in no such words."""
    before, done = answers.facts.get("child_age_years"), False
    if before is None or before == age:
        return False
    written = f"(?<![0-9{_UNITS}十])(?:{before}|{_in_characters(int(before))})(?=周?岁)"
    for index, (field, said) in enumerate(answers.words):
        if field == "child_ref" and (right := re.sub(written, str(age), said)) != said:
            answers.words[index], done = [field, right], True
    if done:
        _keep(answers, *(texts.render("value.years", {"years": one}).text for one in (before, age)))
    return done


def _place(answers: Answers, found: corrections.Correction) -> str:
    """The place, in the county told before where it lies there; the words of the old one go to what happened."""
    if answers.area is None and not answers.words_of("place"):
        return ""
    finer = " ".join(places.spots(found.new)) and found.new
    for clause in found.clauses:
        best = _meant(answers.area, clause)
        spots = " ".join(places.spots(clause))
        if best is not None and (best.code != answers.area or spots):
            if len(best.code) == TOWNSHIP and not places.finer(clause):
                clause, best = _with_its_village(answers, found, clause, best)
            _move(answers, best.code, clause)
            _let_go_of_villages(answers, clause)
            return "".join([places.full_name(best.code), *([f"（{spots}）"] if spots else [])])
        if best is None and (right := _unknown_village(answers, found)):
            return right
        if best is None and corrections.PLACE in corrections.kinds(clause):
            answers.said("place", clause)  # a place unknown there: people read it, and no earlier clause is meant
            return clause
    for meant in (_village_meant, _building_meant, _landmark_meant):
        if right := meant(answers, found):
            return right
    if finer and not _told_already(answers, "place", finer):
        answers.said("place", finer)  # 3号楼2门 不对 是2号楼3门
    return finer


def _unknown_village(answers: Answers, found: corrections.Correction) -> str:
    """The place as it holds now where a name in it was wrong and the right one is in no table (不是二道沟): it is read
    by people, and what the wrong name was taken for is known no longer. Empty: no such name was told."""
    if not found.old or corrections.kinds(found.new) - {corrections.PLACE}:
        return ""
    longer = found.old + found.new[-1:]
    of_a_place = [said if field == "place" else " ".join(places.spots(said)) for field, said in answers.words]
    of_a_place = [said for (field, _), said in zip(answers.words, of_a_place, strict=True) if field in TOLD]
    old = longer if any(longer in said for said in of_a_place) else found.old
    stood = any(old in said and found.new not in said for said in of_a_place)
    return _renamed(answers, old, found.new) if stood else ""


def _village_meant(answers: Answers, found: corrections.Correction) -> str:
    """The same where only the right name is said (说错了 是三道沟; 村我说错了 是三道沟村): it stands instead of the
    village told before that sounds like it, or of the last one where the village is named as what was wrong."""
    clauses = [_WHERE.sub("", one) for one in found.clauses]
    new = next((one for one in clauses if 1 < len(one) <= LONGEST_NAME), "")
    if not new or not found.plain or corrections.kinds(new) - {corrections.PLACE}:
        return ""
    told_before = [said for field, said in answers.words if field in TOLD and corrections.read(said) is None]
    if new[-1] in "村屯" and any(new in said for said in told_before):
        return new  # said once more: it stands so already
    spots = [spot for field, said in answers.words if field in TOLD and new not in said for spot in places.spots(said)]
    villages = [spot for spot in spots if spot.endswith(VILLAGES) and len(spot) <= LONGEST_NAME]
    old = next((one for one in villages if len({*one.rstrip("村屯")} & {*new.rstrip("村屯")}) >= ALIKE), "")
    old = old or (villages[-1] if villages and found.of in OF_PLACE else "")
    if not old or old == new:
        return ""
    return _renamed(answers, old, new if new[-1] in "村屯" or old[-1] not in "村屯" else new + old[-1])


def _building_meant(answers: Answers, found: corrections.Correction) -> str:
    """The house as it holds (写错了 是3号楼2单元 after 2号楼3单元). Empty: none is put right, or was told."""
    new = max((one for one in found.clauses if _HOUSE.search(one)), key=len, default="")
    spots = [spot for field, said in answers.words if field in TOLD and new not in said for spot in places.spots(said)]
    old = next((house.group() for spot in reversed(spots) if (house := _HOUSE.search(spot))), "")
    if not new or not found.plain or not old or old == new or _HOUSE.fullmatch(new) is None:
        return ""
    area = answers.area
    right = _renamed(answers, old, new)
    answers.area = area
    return right


def _landmark_meant(answers: Answers, found: corrections.Correction) -> str:
    """The place as it holds where only what stands near, or the village, is said anew. Empty: none of these."""
    near = landmarks.put_right(answers.words_of("place"), f"不对 {found.new}")
    return _renamed(answers, *near) if near is not None else ""


def _let_go_of_villages(answers: Answers, clause: str) -> None:
    """Where a village was put right, none told before stands beside it."""
    new = places.finer(clause)
    spots = [spot for field, said in answers.words if field in TOLD for spot in places.spots(said)] if new else []
    for old in dict.fromkeys(spots):
        if old.endswith(VILLAGES) and len(old) <= LONGEST_NAME and old not in clause:
            area = answers.area
            _renamed(answers, old, new)
            answers.area = area


def _renamed(answers: Answers, old: str, new: str) -> str:
    """The place as it holds once one name in it is another; people read it, and what the wrong name was taken for is
    known no longer."""
    right = ""
    for index, (field, said) in enumerate(answers.words):
        if field in TOLD and old in said and new not in said:
            answers.words[index] = [field, said.replace(old, new)]
            right = answers.words[index][1] if field == "place" or not right else right
    if answers.area is not None and len(answers.area) > TOWNSHIP:
        answers.area = answers.area[:TOWNSHIP]
    _keep(answers, old, new)
    return new if len(right) > len(new) + LONGEST_NAME * 2 else right


def _meant(before: str | None, clause: str) -> Area | None:
    """The place a clause names, in the county told before where it lies there. A village alone lies in the township
    told before, or is none we know: another township's of that name is not meant."""
    within = places.find(clause, within=before[:COUNTY] if before else None).best
    best = within if within is not None and len(within.code) > COUNTY else places.find(clause).best
    if best is not None and before is not None and not _may_be_there(before, best, clause):
        return None
    if best is None or before is None or len(before) < TOWNSHIP or len(best.code) <= TOWNSHIP:
        return best
    township = places.get(best.code[:TOWNSHIP])
    if township is None or best.code.startswith(before[:TOWNSHIP]) or township.name.rstrip("镇乡") in clause:
        return best
    return places.find(clause, within=before[:TOWNSHIP]).best


def _may_be_there(before: str, best: Area, clause: str) -> bool:
    """Whether a bare name may mean a place of another county: only where its kind, or what lies above it, is said
    (说错了 是六道沟, after a village, means no township far away)."""
    kind_said = any(mark in clause for mark in ("镇", "乡", "街道", "县", "市", "区"))
    return best.code.startswith(before[:COUNTY]) or kind_said


def _with_its_village(answers: Answers, found: corrections.Correction, clause: str, township: Area) -> tuple[str, Area]:
    """The township put right with the village told before: only where it lies was wrong, whether the table has it there
    or people read it as it was told."""
    before = [text for text in answers.words_of("place") if places.finer(text)]
    known = places.get(answers.area or "")
    village = places.finer(before[-1]) if before else ""
    village = village or (known.spoken if known is not None and len(known.code) > TOWNSHIP else "")
    if not village or village in found.old or township.code == (answers.area or "")[:TOWNSHIP]:
        return clause, township
    return f"{clause} {village}", places.find(village, within=township.code).best or township


def _told_already(answers: Answers, field: str, new: str) -> bool:
    """Whether the very message that puts it right is kept there: 叫小刚 8岁 不对 是9岁."""
    return any(new in one for one in answers.words_of(field))


def _move(answers: Answers, code: str, clause: str) -> None:
    if answers.area is None or not code.startswith(answers.area):
        answers.words = [_as_told(pair) for pair in answers.words if pair[0] != "place" or not _only_place(pair[1])]
    answers.area, answers.candidates, answers.outside = code, [], []
    answers.said("place", clause)


def _as_told(pair: list[str]) -> list[str]:
    return ["what", pair[1]] if pair[0] == "place" else pair


def _only_place(text: str) -> bool:
    return fitting.is_only_a_place(text)


def _when(answers: Answers, found: corrections.Correction) -> str:
    if "when" not in answers.given:
        return ""
    for clause in found.clauses:
        span = told.read(clause).when
        if span is not None:
            if not _told_already(answers, "when", clause):
                answers.words = [pair for pair in answers.words if pair[0] != "when"]
                answers.said("when", clause)
            return clause[slice(*span)]
    return ""


def _room(answers: Answers, found: corrections.Correction) -> str:
    """The school class: written where the old one stands, else told of the child."""
    new = next((one for clause in found.clauses if (one := corrections.room(clause))), "")
    if not new:
        return ""
    rooms = [(index, old) for index, (_, said) in enumerate(answers.words) if (old := corrections.room(said))]
    for index, old in rooms:
        field, said = answers.words[index]
        answers.words[index] = [field, said.replace(old, new)]
    if not rooms:
        answers.said("child_ref", new)
    return new


def _phone(answers: Answers, found: corrections.Correction) -> str:
    known = [one for one in codes.find(" ".join(answers.words_of("safe_contact"))) if one.kind == "phone"]
    numbers = [one.value for one in codes.find(found.new) if one.kind == "phone"]
    if found.of == corrections.ENDING and known:
        numbers = [known[-1].value[: -len(found.new)] + found.new]
    if not numbers or not known:
        return ""
    head, dash, _ = known[-1].value.partition("-")
    if dash and "-" not in numbers[0] and not numbers[0].startswith("1"):
        numbers = [f"{head}-{numbers[0]}"]  # 0434-6280011, 不对 是6280012: the same district
    old = {one.value for one in known}
    kept = [pair for pair in answers.words if pair[0] != "safe_contact" or not _numbers(pair[1]) & old]
    answers.words = kept
    answers.said("safe_contact", numbers[0])
    return numbers[0]


def _numbers(text: str) -> set[str]:
    return {one.value for one in codes.find(text) if one.kind == "phone"}


def _name(answers: Answers, found: corrections.Correction) -> list[str]:
    """What the child is called, where a name is put right by that word (名字错了 是李小明) or told with 叫."""
    if not answers.words_of("child_ref"):
        return []
    for clause in found.clauses:
        span = told.read(clause).child_ref
        name = clause[slice(*span)] if span else clause if found.of in NAMES else ""
        if name and not corrections.room(name):
            answers.words = [
                ["what", said] if _only_a_name(field, said) else [field, said] for field, said in answers.words
            ]
            answers.said("child_ref", name)
            return [name]
    return []


def _only_a_name(field: str, said: str) -> bool:
    span = told.read(said).child_ref if field == "child_ref" else None
    return span == (0, len(said))


def _found(answers: Answers, text: str) -> list[tuple[int, str, str]]:
    """Where in the words the old stands, the old and the new."""
    found = reporting.not_but(text)
    if found is not None and place(answers, text) is not None:
        return []
    hits = []
    for index, (_, said) in enumerate(answers.words):
        if found is not None and _as_words(found[0]).search(said):
            old, new = found
            hits.append((index, old + new[-1] if old + new[-1] in said else old, new))  # 腰围子(村) → 大于村
    near = landmarks.put_right(answers.words_of("place"), text) if not hits else None
    if near is None:
        return hits
    return [(index, *near) for index, (field, said) in enumerate(answers.words) if field == "place" and near[0] in said]


def _as_words(old: str) -> re.Pattern[str]:
    """What was wrong, as it stands in what was told; bare figures are no part of a longer number: 不是12 是11."""
    edges = ("(?<![0-9])", "(?![0-9])") if old.isdigit() else ("", "")
    return re.compile(edges[0] + re.escape(old) + edges[1])
