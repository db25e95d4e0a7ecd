"""What a message tells a self-check: each fact put where it belongs, whoever it is told of."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from bot.care import model
from bot.reading.families import (
    assistance,
    check_handing,
    checking,
    family,
    family_answers,
    grades,
    retold,
    said_plainly,
    two_of_us,
    unnamed,
    which_child,
)
from bot.reading.families import away as away_reading
from bot.reading.normalise import normalise
from bot.reading.persons import kin
from bot.services.eligibility import beside
from bot.services.eligibility.state import AGE, CANNOT_BE_FOUND, ELSEWHERE, NOT_AMONG_US, OF_AGE, UNKNOWN, Check
from bot.services.work import Work


def doubt_again(work: Work, check: Check, text: str, fixed: Collection[str] = ()) -> None:
    """What a correction only touches on (他妈也走了) no longer stands as it was told: it is asked. `fixed`: what it put
    in the place of something, which stands."""
    touched = family.read(text, work.today, check.speaker, None, check.home).to_ask
    # He is away all the same where only the day of it was put right: what he does there still stands.
    touched = tuple(f for f in touched if not (f.endswith("_away_status") and check.away(f.partition("_")[0])))
    touched = tuple(fact for fact in touched if fact not in fixed)
    for fact in touched:
        check.facts.pop(fact, None)
    check.doubtful += [fact for fact in touched if fact not in check.doubtful]


SHARED = ("lives_without_guardian", "guardian_not_performing")
"""With whom children live, and how it goes there, where it is told of both."""


NO_PARENT = (kin.PATERNAL, kin.MATERNAL, kin.OTHER, kin.CHILD)
"""Who is neither the father nor the mother: what they tell of themselves is told of none of the two."""


def absorb(work: Work, check: Check, text: str, asked: str | None) -> dict[str, Any]:
    """Take everything a message tells. Returns the sure facts."""
    beside.take(work, check, text)
    text = two_of_us.named(family_answers.asked_back(text), check.speaker, _whose_disability(check))
    asked = meant_fact(check, text, asked)
    text = check_handing.without_own_way(checking.without_our_question(text))
    whose, text = _who_left(check, text)
    journey = unnamed.left_so_long_ago(text) if whose is not None else text
    read = family.read(journey, work.today, check.speaker, asked, check.home, whose)
    _who_speaks(check, text, read)
    check.home, check.carer = read.home or check.home, check.carer or read.carer
    check.outside += [
        who for who in (kin.FATHER, kin.MOTHER) if _somewhere_else(read, who) and who not in check.outside
    ]
    if read.whose_unknown and check.speaker not in NO_PARENT:
        check.mine.append(text)
    touched = [one for one in read.to_ask if grades.DISABILITY in one]
    of_nobody = {**_of_nobody_named(check, text, touched), **unnamed.at_home_with(text)}
    if unnamed.with_the_old(text) and any(
        value in ELSEWHERE for value in (*check.facts.values(), *read.facts.values())
    ):
        of_nobody.setdefault("child_lives_with_away_parent", "no")
    if unnamed.grown_up_with(text, check.speaker):
        of_nobody.setdefault("lives_without_guardian", "no")
    told = {**family_answers.went_along(text, check.facts), **of_nobody, **read.facts}
    told |= _brought_up_alone(check, text, told)
    told |= _home_together(check, text, told) or _home_unnamed(check, text, told)
    told |= said_plainly.difficulties(text, {**check.facts, **told})
    told = _told_plainly(check, text, told)
    for parent in _dead(check):
        if told.get(f"{parent}_life_status") == "alive" and not unnamed.names_parent(text, parent):
            told = {fact: value for fact, value in told.items() if not fact.startswith(parent)}
    check.tell(told)
    if which_child.of_both(text):
        check.shared += [fact for fact in SHARED if fact in told and fact not in check.shared]
    if read.between is not None and not any(fact in {**check.facts, **told} for fact in OF_AGE):
        told |= _by_school_year(work, check, read.between, text)
    _no_guess_of_the_kind(check, told)
    asked_on = [one for one in read.to_ask if not (one == AGE and AGE in check.facts and _only_born(text))]
    if retold.married_still(text):
        asked_on = [one for one in asked_on if one != "single_parent_family"]  # it says itself what there is
    check.doubtful += [one for one in asked_on if one not in (*check.doubtful, *check.settled, *told)]
    check.precise += [one for one in read.precise if one not in check.precise and one not in check.settled]
    return told


def _who_speaks(check: Check, text: str, read: family.Family) -> None:
    """Take who writes, as far as the words say it."""
    says_who = check.speaker == kin.PARENT and read.speaker == kin.outright(text)  # 我家孩子, and then 我是他奶奶
    if read.speaker in ("father", "mother") or check.speaker is None or says_who:
        check.speaker = read.speaker
    if check.speaker in (None, kin.PARENT):
        check.speaker = said_plainly.divorced_parent(text) or check.speaker
    if check.speaker in (None, kin.PARENT) and retold.of_a_spouse(text) and kin.the_other(text) in two_of_us.OTHER:
        check.speaker = kin.the_other(text)  # 我一个人带 他妈跑了 没离婚: so writes the father
    if check.speaker is None:
        check.speaker = two_of_us.one_of(text, check.mine)


def _told_plainly(check: Check, text: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """The facts without an illness of the old, with where people work, who cares, since when nobody was heard of."""
    facts = dict(told)
    if said_plainly.ails_the_old(text):
        facts = {fact: value for fact, value in facts.items() if not fact.endswith("_illness")}
    if said_plainly.at_a_place_of_work(text):
        facts |= {f"{who}_away_status": "away_for_work" for who in _somewhere(check, facts)}
    if said_plainly.is_cared_for(text):
        facts.setdefault("guardian_not_performing", "no")
    if "household_assistance" not in facts and (help_held := assistance.held(checking.clauses(text))) is not None:
        facts["household_assistance"] = help_held
    parent, _, asked = (check.fact or "").partition("_")
    months = facts.get(f"{parent}_away_months")
    if asked == "lost_contact" and isinstance(months, int) and not unnamed.only_a_length(text):
        del facts[f"{parent}_away_months"]
        facts[f"{parent}_lost_contact"] = "lt_6m" if months < HALF_A_YEAR else "ge_6m_unproven"
    return facts


HALF_A_YEAR = 6


def _somewhere(check: Check, told: Mapping[str, Any]) -> list[str]:
    """The parents whose place is told now, or was, of whom nobody said what they do there."""
    places = [who for who in (kin.FATHER, kin.MOTHER) if f"{who}_work_place" in told]
    known = {**check.facts, **told}
    return [who for who in places if known.get(f"{who}_away_status", UNKNOWN) == UNKNOWN]


def _brought_up_alone(check: Check, text: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """我自己带孩子, and that the parents are divorced, be it said later: there is a grown-up, and one parent."""
    check.alone, check.parted = check.alone or retold.brings_up_alone(text), check.parted or retold.parted(text)
    found: dict[str, Any] = {}
    if retold.brings_up_alone(text) and check.speaker != kin.CHILD:
        found["lives_without_guardian"] = "no"
    if check.alone and check.parted and check.speaker != kin.CHILD:
        found["single_parent_family"] = "yes"
    known = {**check.facts, **told}
    if check.alone and check.speaker in two_of_us.OTHER and not (check.away(check.speaker) or _ELSEWHERE.search(text)):
        found[f"{check.speaker}_away_status"] = "at_home"  # 我一个人在农村带着
    if retold.married_still(text) and not (check.alone or _one_is_gone(known)):
        found["single_parent_family"] = "no"
    return {fact: value for fact, value in found.items() if known.get(fact, UNKNOWN) == UNKNOWN}


_ELSEWHERE = re.compile("打工|外地|城里|租|上班")


def _one_is_gone(known: Mapping[str, Any]) -> bool:
    """Whether a parent is dead or cannot be found: who is not divorced may bring the child up alone all the same."""
    return any(known.get(f"{one}_life_status") in (*NOT_AMONG_US, CANNOT_BE_FOUND) for one in (kin.FATHER, kin.MOTHER))


def _home_together(check: Check, text: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """五一回来待了五天, of two who left together: both were home, unless one is named or the other was told of."""
    stays = {who: f"{who}_home_stays" for who in (kin.FATHER, kin.MOTHER)}
    heard = [who for who, fact in stays.items() if told.get(fact) == "short_visit"]
    both_away = all(check.away(who) for who in stays)
    named = any(unnamed.names_parent(text, who) for who in stays) or check.speaker in stays
    if len(heard) != 1 or not both_away or named or not _left_together(check):
        return {}
    other = stays[kin.MOTHER if heard[0] == kin.FATHER else kin.FATHER]
    return {other: "short_visit"} if check.facts.get(other, UNKNOWN) == UNKNOWN else {}


_CAME = re.compile(
    "^(?:中间|期间|过年|春节|今年|去年|五一|十一|国庆|端午|中秋|八月节|清明|暑假|就|也|都|俩人?|他俩|他们)*(?:回来|回家|回)(?:过|了|待|住)"
)


def _home_unnamed(check: Check, text: str, told: Mapping[str, Any]) -> dict[str, str]:
    """中间回来过一趟 待了四五天, of nobody who is named: of those who are away and of whom it was not told yet."""
    said = [normalise(one).text for one in checking.clauses(text)]
    if not any(_CAME.match(one) for one in said) or any(fact.endswith("home_stays") for fact in told):
        return {}
    if any(unnamed.names_parent(one, who) for one in said for who in (kin.FATHER, kin.MOTHER)):
        return {}
    stays = away_reading.home_stays(",".join(said))
    known = [who for who in (kin.FATHER, kin.MOTHER) if check.away(who)]
    open_still = [who for who in known if check.facts.get(f"{who}_home_stays", UNKNOWN) == UNKNOWN]
    open_still = [who for who in open_still if check.facts.get(f"{who}_away_status") != "away_other"]  # 他妈改嫁了
    return {f"{who}_home_stays": stays for who in open_still} if stays == "short_visit" else {}


def _left_together(check: Check) -> bool:
    times = [[check.facts.get(f"{who}_{one}") for one in OF_TIME[:2]] for who in (kin.FATHER, kin.MOTHER)]
    return times[0] == times[1] != [None, None]


def _dead(check: Check) -> list[str]:
    """Parents told to be dead: nobody comes back to life by words that do not name them."""
    return [one for one in (kin.FATHER, kin.MOTHER) if check.facts.get(f"{one}_life_status") in NOT_AMONG_US]


def _of_nobody_named(check: Check, text: str, touched: list[str]) -> dict[str, Any]:
    """A grade (本儿上是三级), or that somebody can earn nothing, of the one parent it can be told of."""
    found: dict[str, Any] = {}
    grade, of = grades.told(text), grades.whose(text, _disabilities(check) or touched)
    if grade is not None and of is not None:
        found[of] = grade
    if unnamed.cannot_support(text) and (only := check.only_parent()) is not None:
        found[f"{only}_unable_to_support"] = "yes"
    return found


def _disabilities(check: Check) -> list[str]:
    """Facts of a parent's disability that were told or touched on."""
    told = [one for one, value in check.facts.items() if grades.DISABILITY in one and value != "none"]
    return [*told, *(one for one in check.doubtful if grades.DISABILITY in one)]


def _whose_disability(check: Check) -> set[str]:
    """The parents of whom a disability was told or touched on."""
    return {one.partition("_")[0] for one in _disabilities(check)}


def _no_guess_of_the_kind(check: Check, told: dict[str, Any]) -> None:
    """我和媳妇都有残疾 says of no kind: once a kind is told of a parent, nobody asks for the one that was guessed."""
    known = {fact.partition("_")[0] for fact, value in told.items() if grades.DISABILITY in fact and value != "none"}
    check.doubtful = [
        one for one in check.doubtful if not (grades.DISABILITY in one and one.partition("_")[0] in known)
    ]


def meant_fact(check: Check, text: str, asked: str | None) -> str | None:
    """The fact words speak of that is not the one asked: since when he is gone, or what was only touched on of her."""
    away = [who for who in (kin.FATHER, kin.MOTHER) if check.away(who)]
    if len(away) == 1 and checking.since_when(text):
        return f"{away[0]}_away_months"
    if unnamed.cannot_support(text) and (only := check.only_parent()) is not None:
        return f"{only}_unable_to_support"
    if grades.told(text) is not None and (of := grades.whose(text, _disabilities(check))) is not None:
        return of
    of_parents = [one for one in check.doubtful if one.startswith((kin.FATHER, kin.MOTHER))]
    if checking.of_one(text) and of_parents and len({one.partition("_")[0] for one in of_parents}) == 1:
        return of_parents[0]
    return asked


OF_TIME = ("departure_date", "away_months", "home_stays", "return_date", "months_since_return")


def absent(check: Check, text: str = "") -> str | None:
    """Who is known to be away, while another question than theirs is open: who left two years ago is they.

    Asked of one of them nobody is told of but that one, unless words only say for how long and nothing of time was
    asked: 走了快一年了, after both were named as gone, is said of both.
    """
    touched = {who for who in (kin.FATHER, kin.MOTHER) if f"{who}_away_status" in check.doubtful}
    away = [who for who in (kin.FATHER, kin.MOTHER) if check.away(who) or who in touched]
    asked_of_one = check.fact is not None and check.fact.startswith((kin.FATHER, kin.MOTHER))
    if asked_of_one and away and unnamed.only_how_long(text):
        return _whose_time(check, away, text)
    if asked_of_one or not away:
        return None
    return away[0] if len(away) == 1 else _told_last(check, away, text)


NOT_OF_LEAVING = ("_date", "home_stays", "months_since_return", "custody_6m", AGE)
"""Questions that a month standing alone answers itself."""


def _who_left(check: Check, text: str) -> tuple[str | None, str]:
    """Of whom words tell that name nobody, and the words, with a month that stands alone taken for when they left."""
    left = said_plainly.left_in(text)
    of = _left_then(check, text) if left != text else None
    return (of, left) if of is not None else (absent(check, text), text)


def _left_then(check: Check, text: str) -> str | None:
    """Of whom a month that stands alone tells when they left: of those away of whom it is not known yet; where it was
    asked of one, of that one, unless two left together. None: it may tell something else."""
    if (check.fact or "").endswith(NOT_OF_LEAVING):
        return None
    away = [who for who in (kin.FATHER, kin.MOTHER) if check.away(who)]
    open_still = [
        who for who in away if all(check.facts.get(f"{who}_{one}", UNKNOWN) == UNKNOWN for one in OF_TIME[:2])
    ]
    asked = (check.fact or "").partition("_")[0]
    if asked in open_still and not said_plainly.together(text) and not _OF_BOTH.search(text):
        return asked
    return None if not open_still else open_still[0] if len(open_still) == 1 else kin.BOTH


def _only_born(text: str) -> bool:
    """Whether of the age only a birthday or the year's animal is told, which is kept as it was told."""
    return any(said_plainly.of_birth(one) for one in checking.clauses(text))


_OF_BOTH = re.compile("俩|两个?人|他们|她们|爸妈|父母|一起|一块|也")


def _told_last(check: Check, away: list[str], text: str) -> str:
    """Of whom time is told where both are away and nobody is named: of both, unless it was told of each already, and
    not the same. Then it is said of the one it was told of last (不对啊 正月十六走的 都八个多月了)."""
    times = {who: [fact for fact in check.facts if fact in {f"{who}_{one}" for one in OF_TIME[:2]}] for who in away}
    values = [tuple(check.facts[fact] for fact in facts) for facts in times.values()]
    if not all(times.values()) or len(set(values)) == 1 or _OF_BOTH.search(text):
        return kin.BOTH
    order = list(check.facts)
    return max(away, key=lambda who: max(order.index(fact) for fact in times[who]))


def _whose_time(check: Check, away: list[str], text: str) -> str | None:
    """Of whom it is told for how long: of those away of whom it is not known yet, else of all of them. 走了两年了, to
    the question about the one who is not known to be away, is said of that one."""
    asked, only_length = str(check.fact).partition("_")[0], unnamed.only_a_length(text)
    of_time = str(check.fact).endswith(OF_TIME)
    if of_time and (only_length or not str(check.fact).endswith(OF_TIME[:2])):
        return None  # 快一年了 answers the question since when he is gone; 走了快一年了 tells of those who left
    if asked not in away and not only_length:
        return None
    open_still = [who for who in away if not any(f"{who}_{one}" in check.facts for one in OF_TIME[:2])]
    of = open_still or away
    return of[0] if len(of) == 1 else kin.BOTH


def _somewhere_else(read: family.Family, parent: str) -> bool:
    """Whether a parent is told to be away, though not what for: 搁外头呢."""
    return any(one.fact == f"{parent}_away_status" and str(one.value).startswith("away") for one in read.found)


def _by_school_year(work: Work, check: Check, between: tuple[int, int], text: str) -> dict[str, Any]:
    """About how old the child is. Where a rule is another for some of these ages the very age is asked; else the one in
    the middle is taken, and the words it came from go with it."""
    low, high = between
    bounds = model.in_force(work.today).bounds[AGE]
    told: dict[str, Any] = {}
    if not any(low < bound <= high for bound in bounds):
        told = {AGE: (low + high) // 2}
        check.tell(told)
        check.keep_words(AGE, text)
    check.stage = f"{low}-{high}"
    return told


def away(check: Check) -> tuple[str, ...]:
    """The parents known to be away."""
    return tuple(who for who in (kin.FATHER, kin.MOTHER) if check.away(who))
