"""What a correction puts in the place of earlier facts of a family: 不是五个月是九个月, 应该是10个月，不是一年多.

Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from bot.reading.families import away, family, grades, left_days, retold
from bot.reading.measures import quantities
from bot.reading.normalise import normalise
from bot.reading.persons import kin
from bot.reading.reports import corrections
from bot.reading.talk import answers as short
from bot.reading.talk import replies

Value = str | int
_MONTHS = ("away_months", "months_since_return")
_NOT_BUT = re.compile(
    "不是(?P<old>[^,。是]{1,14}?)[,。 ]*(?:而是|应该是|是|[他她]?(?:其实|也)?才(?=走|出|去|[0-9一二三四五六七八九十]))"
    "(?P<new>[^,。]{1,40})"
)
_AGE_SAID = f"(?:{quantities.NUMBER})周?岁半?"
_NOT_THIS_AGE = re.compile(f"不是(?P<old>{_AGE_SAID})[,。 ]*(?P<new>{_AGE_SAID})")
"""不是七岁 六岁半: nothing stands between the two."""
_OF_ME = re.compile("^(?!说).+[我俺咱]$")
"""不是一个人 跟我过呢 我是肢体三级 tells two things and puts nothing right."""
_BUT_NOT = re.compile(
    "(?:(?:应该|其实|实际)(?:上)?(?:就)?|^|错了|[,。 ])是"
    "(?P<new>[^,。是不]{1,14}?)[,。 ]*(?:可|并)?不是(?P<old>[^,。是]{1,14})$"
)
"""应该是10个月，不是一年多: what holds comes first."""
_FIRST_WRONG = re.compile(
    r"\s*(?:哦|噢|啊)?(?:不对不对|不对|[我俺]?(?:说|打|记|写)?错了|sorry,? wrong|wrong|no)[,，。.\s]+(?P<new>\S.*)$",
    re.I | re.S,
)


_DENIED_OF = "不是(?:说)?我?家?(?:孩子|娃|儿子|闺女|姑娘|女儿)(?:残疾|有病|有残疾|有证|的事|的证)?"
_NOT_THE_CHILD = re.compile(
    "(?:是|说的是|指的是)(?:我|俺|我自己|我本人|[他她孩子娃]+(?:爸|妈|爹|娘))[^,，。]{0,6}[,，。 ]*可?"
    f"{_DENIED_OF}|{_DENIED_OF}[,，。 ]*而?(?:是|说的是)(?:我|俺|[他她孩子娃]+(?:爸|妈|爹|娘))"
    "|(?:孩子|娃|儿子|闺女)(?:没(?:有)?残疾|没(?:有)?病|好好的)[,，。 ]*(?:是|有残疾的是|残疾的是)(?:我|俺)"
)
OF_CHILDS_HEALTH = ("child_disability", "child_illness")


def not_of_the_child(text: str, facts: Mapping[str, Value]) -> list[str]:
    """What was taken for the child's and is put right to be another's (是我残疾 不是孩子): no longer told of the child,
    and not denied of it either."""
    told = [fact for fact in OF_CHILDS_HEALTH if facts.get(fact, "none") not in ("none", "unknown")]
    return told if told and _NOT_THE_CHILD.search(normalise(text[:200]).text) else []


_DENIAL = re.compile(f"可?{_DENIED_OF}")
_IS_OTHERS = re.compile(
    "(?:^|(?<=[,，。 ]))(?:不对|错了|说错了)?[,，。 ]*(?:说的|指的)?是(?=我|俺|[他她孩子娃]+(?:爸|妈|爹|娘))"
)


def of_the_other(text: str) -> str:
    """The words without what they deny of the child: 不对 是我残疾 不是孩子 → 我残疾."""
    return _IS_OTHERS.sub("", _DENIAL.sub("", text)).strip()


_DENIES_STATE = re.compile(
    "^(?:不对[,，。 ]*)?(?:[他她](?:爸|妈))?(?:也|并)?(?:不是|没|没有)"
    "(?:找不[着到](?:人)?|失踪|失联|没信|跑(?:了)?|没了|死|去世|判(?:刑|了)?|进去|坐牢|被抓)"
    "(?:了|的|啊|呀|呢)*[,，。 ]*(?P<new>(?:[他她](?![爸妈爹娘])|人|是|现在|在).+)$"
)
_IS_SO = {
    "life_status": ("whereabouts_unknown", "dead", "declared_missing"),
    "custody": ("imprisoned", "compulsory_rehab"),
}


def _not_gone(text: str, facts: Mapping[str, Value], on: date, speaker: str | None) -> dict[str, Value]:
    """不是找不着 她在长春打工呢: what holds of the one parent of whom it was told; empty: nothing of that."""
    hit = _DENIES_STATE.match(text.strip()[:120])
    of = [
        who for who in (kin.FATHER, kin.MOTHER) for kind, some in _IS_SO.items() if facts.get(f"{who}_{kind}") in some
    ]
    if hit is None or len(set(of)) != 1:
        return {}
    named = "他爸" if of[0] == kin.FATHER else "他妈"
    told = family.read(named + hit["new"].lstrip("他她人"), on, speaker).facts
    if not told:
        return {}
    back: dict[str, Value] = {f"{of[0]}_life_status": "alive"}
    if facts.get(f"{of[0]}_custody") in _IS_SO["custody"]:
        back[f"{of[0]}_custody"] = "none"
    if f"{of[0]}_lost_contact" in facts:
        back[f"{of[0]}_lost_contact"] = "no"
    return {**back, **told}


_OF_TIME = ("departure_date", "away_months")


def _together(text: str, facts: Mapping[str, Value], on: date, speaker: str | None) -> dict[str, Value]:
    """她妈跟她爸一块堆走的: since when and where is, of the one named first, what is known of the other; empty: nothing
    of that, or the day is told with it."""
    who = retold.left_with_the_other(text)
    told = family.read(text, on, speaker).facts if who is not None else {}
    if who is None or any(fact.endswith(_OF_TIME) for fact in told):
        return {}
    other = "father" if who == "mother" else "mother"
    known = {kind: facts.get(f"{other}_{kind}", "unknown") for kind in (*_OF_TIME, "away_status", "work_place")}
    if known["departure_date"] == known["away_months"] == "unknown":
        return {}
    fresh = {f"{who}_{kind}": value for kind, value in known.items() if value != "unknown"}
    return {
        fact: value
        for fact, value in fresh.items()
        if fact.endswith(_OF_TIME) or facts.get(fact, "unknown") == "unknown"
    }


def corrected(
    text: str, facts: Mapping[str, Value], on: date, speaker: str | None = None, last: str | None = None
) -> dict[str, Value]:
    """What a correction puts in the place of earlier facts; empty when the message corrects nothing that is known.

    `last`: the fact that was answered last, for corrections that name nothing (不对，是九岁).
    """
    text = retold.plainly(text)
    if (
        plainly := _together(text, facts, on, speaker)
        or grades.corrected(text, facts)
        or left_days.corrected(text, facts, on, speaker, last)
    ):
        return plainly
    if gone := _not_gone(text, facts, on, speaker):
        return gone
    said = normalise(text[:200]).text
    swap = _NOT_BUT.search(said) or _BUT_NOT.search(said) or _NOT_THIS_AGE.search(said)
    if swap is not None and _OF_ME.search(swap["old"]):
        return {}
    new = swap["new"] if swap else _put_right(text)
    if not new:
        return {}
    named = family.read(said[: swap.start()] + new if swap else new, on, speaker, last)
    if swap and not named.facts and (fresh := _of_either(swap["old"], swap["new"], facts, on)):
        return fresh
    if swap and (both := _numbers(swap["old"], swap["new"])):
        unit, old, now = both
        fitting = [fact for fact, value in facts.items() if fact.endswith(unit) and value == old]
        fitting = fitting or ([] if _NOT_OF_GOING.search(said) else _only_one(unit, facts))
        about = [one for one in fitting if one in named.facts] or _of_who_is_named(
            said[: swap.start()], speaker, fitting
        )
        return dict.fromkeys(about, now)
    return {**named.facts}


def _put_right(text: str) -> str:
    """What holds now, after words that say that something was wrong (不对，是九岁; 我刚才说岔了 他爸在家呢)."""
    new = (short.correction(text) or ("", replies.taken_back(text) or ""))[1]
    if not new and (first := _FIRST_WRONG.match(text)):
        new = normalise(replies.without_slips(first["new"])).text
    found = corrections.read(text) if not new else None
    return found.new if found is not None and found.plain else new


def _only_one(unit: tuple[str, ...], facts: Mapping[str, Value]) -> list[str]:
    """不是一年零两个月 是四个月, though nobody wrote the first down: it is of the one parent who is away."""
    away = [
        fact.partition("_")[0]
        for fact, value in facts.items()
        if fact.endswith("_away_status") and str(value)[:4] == "away"
    ]
    told = len(away) == 1 and isinstance(facts.get(f"{away[0]}_away_months"), int)
    return [f"{away[0]}_away_months"] if unit == _MONTHS and told else []


_NOT_OF_GOING = re.compile("[没死病判生]|去世|过世|离婚|改嫁|结婚|低保")
"""不是两年前是三年前没的 tells when somebody died."""


def _of_who_is_named(before: str, speaker: str | None, fitting: list[str]) -> list[str]:
    """Of facts of both parents those of the one named before the correction: 媳妇不是八个月."""
    whom = {one.who for one in kin.mentions(before, speaker)} & {kin.FATHER, kin.MOTHER}
    return [one for one in fitting if len(whom) != 1 or one.startswith(tuple(whom))]


def _of_either(old: str, new: str, facts: Mapping[str, Value], on: date) -> dict[str, Value]:
    """不是判了 是强制隔离戒毒, which names nobody: it is of the parent of whom the old was told."""
    for who in ("他妈", "他爸"):
        before, after = family.read(who + old, on).facts, family.read(who + new, on).facts
        same = {fact: value for fact, value in after.items() if before.get(fact) == facts.get(fact) != value}
        if same := {fact: value for fact, value in same.items() if fact in facts}:
            return same
    was, is_now = (family.read(f"他爸在{place}打工", on).facts.get("father_work_place") for place in (old, new))
    if was is None or is_now is None:
        return {}
    return {
        fact: is_now for fact in ("father_work_place", "mother_work_place") if facts.get(fact) == was
    }  # 不是大连 是韩国


def _numbers(old: str, new: str) -> tuple[tuple[str, ...], int, int] | None:
    """The old and the new number of a correction, and the endings of the facts it may be about."""
    before, after = away.lengths(old), away.lengths(new)
    if before and after and before[0].months is not None and after[0].months is not None:
        return _MONTHS, before[0].months, after[0].months
    one, two = quantities.number(old.rstrip("岁个月了")), quantities.number(new.rstrip("岁个月了"))
    if one is None or two is None:
        return None
    return (("child_age_years",) if "岁" in old + new else (*_MONTHS, "child_age_years")), one, two
