"""What a director says of a home visit: when, how it is in each section, what is wanted, what the child says.

Nothing is decided here: what is heard is shown and confirmed. Words: `data/lexicon/visits.txt`. Never raises.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.reading.measures import ahead, quantities
from bot.reading.normalise import normalise
from bot.reading.visits import deadlines, following, run_on, visit_hours, wants
from bot.reading.visits.sections import HAZARDS as HAZARDS
from bot.reading.visits.sections import SECTIONS, has, hazards, how, less, section_of, words
from bot.reading.wordings import Wordings

_says = Wordings("visits_said.txt")

LONGEST = 1000
A_NOTE = 4
"""A shorter clause that belongs nowhere is no note."""
NOT_MET = ("nobody_home", "refused", "away")
_CLAUSES = re.compile(r"[^,，。;；!！?？、\s~…]+")
_SAYS = re.compile(r"[:：,，\s“”\"'「」]*(?P<words>[^。;；!！\n]{1,200})")
GONE = "gone"
"""The outcome where nobody was in and neighbours say where the family went: only the day to go again is open."""
ENOUGH = 2
IN_VAIN = "in_vain"
"""The outcome of a visit that is said to have been made in vain: 锁门没人，白跑一趟 leaves nothing to ask."""
_WENT = re.compile(
    "(?:走访[了的]?|入户|家访|去(?:[了的]|过)?|到了?|刚从|从|看望了?|探访了?"
    "|上(?![午周次回个星礼]))(?P<home>[^，。,.；;]{1,8}?家)"
)
_DONE = re.compile(
    "(?:^|[,，。;；! ]|[早上午下]晌?)(?P<home>[^,，。;；! ]{1,7}?)(?:家|那家|那户|那儿|那)?(?:我|俺"
    "|都|已经|刚|才)*(?:走访|入户|去|走|看|跑|访)(?:完|过)了?"
)
_BEEN = re.compile(
    "(?:^|[,，。;；! 和跟])(?P<home>[^,，。;；! 和跟]{1,7}?家)"
    "(?:(?:今天|今儿|昨天|前天|上午|下午|刚才?|又|才|已经|也|都)*(?:走访|去|跑|访)了|(?:今天|今儿|昨天|上午|下午|刚才?|又|已经|也|都)*补(?:上|完)了"
    "|(?:今天|今儿|昨天|上午|下午)*(?:我|俺)(?:今天|昨天|上午|下午|都|已经|刚才?|才|又)*(?:走访|去|跑|走|看)了)"
    "(?=$|[,，。;；! ])"
)
LONGEST_OFF = 40
_THING = re.compile("(?:哦|啊|那个?|家里|刚才)*(?P<what>[一-鿿]{2,6})(?:也|可)?不是(?:这|他|她|它)们?家的")
_HAND_IN = re.compile(
    "(?:先)?把(?P<home>[^,，。 ]{1,8}?)(?:家|那)?(?:的|那[家户份个])?(?:走访|记录)?"
    "先?(?:交|提交|存|保存)(?:上|了|掉)?[吧呗]?[。!！]*$"
)


@dataclass(frozen=True)
class Heard:
    """What was heard of a visit.

    `day`: when it was, None when not said. `sections`: a status of `visit_record.STATUSES`, where it is clear;
    `notes`: the words of each section, "other" for what belongs to none. `all_fine`: all was called fine at once.
    `outcome`: nobody_home, gone, in_vain, refused or away when nobody was met. `told`: whether it tells of a visit.
    `hours`: from when to when, in the words used; `hazards`: ids of `visit_record.HAZARDS`; `no_emergency`: it is said
    of the list of emergencies that nothing of it is so. `follow`: who sees to a need and until when, where it was said.
    `unread`: clauses that belong nowhere, and may tell something all the same.
    """

    day: date | None = None
    sections: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    child_says: str = ""
    alone: bool = False
    all_fine: bool = False
    outcome: str | None = None
    told: bool = False
    hours: str = ""
    hazards: tuple[str, ...] = ()
    no_emergency: bool = False
    follow: dict[str, following.Follow] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)


def read(text: str, on: date) -> Heard:
    """Read one sentence about a visit, spoken on a day. Clauses are sorted, never rewritten: notes are own words."""
    said = text[:LONGEST]
    plain = normalise(said).text
    found = Heard(
        alone=has("alone", less("not_alone", plain)), told=has("visited", plain) or _BEEN.search(said) is not None
    )
    own, rest = _child_says(said)
    heard_of = _says.search("hearsay", rest)
    aside = rest[heard_of.start() :] if heard_of is not None and _at_the_door(rest[: heard_of.start()]) else ""
    wanted = wants.Wants(on)
    all_fine = _sort(rest.removesuffix(aside), found, wanted)
    if aside:  # what neighbours say of a home where nobody was tells nothing of how it is there
        found.notes["other"] = "；".join(filter(None, (found.notes.get("other"), aside)))
    for plan in wanted.plans:  # the day by which something is to be done is not the day of the visit
        said = said.replace(plan, "")
    return Heard(
        day_of(said, on),
        found.sections,
        found.notes,
        tuple(wanted.needs),
        own,
        found.alone,
        all_fine,
        None if all_fine else GONE if _back_on(aside) else _outcome(plain, said, met=bool(found.sections)),
        found.told,
        visit_hours.of(said),
        hazards(plain),
        no_emergency(text),
        wanted.follow,
        found.unread,
    )


def _sort(text: str, found: Heard, wanted: wants.Wants) -> bool:
    """Every clause where it belongs. Whether everything is called fine at once."""
    all_fine = False
    for clause in run_on.clauses(text):
        if wanted.takes(clause):
            continue
        if fine := _fine_in(clause):
            found.sections.update(dict.fromkeys(fine, "normal"))
            for name in fine:
                found.notes[name] = "；".join(filter(None, (found.notes.get(name), clause)))
        elif has("all_fine", clause):
            all_fine = True
        else:
            _keep(found, clause)
    return all_fine


def _fine_in(clause: str) -> tuple[str, ...]:
    """The sections called fine together with everything of them: 吃住都挺好 is of the living and of nothing else."""
    if not has("all_fine", clause) or how(clause) != "normal":
        return ()
    return tuple(name for name in SECTIONS if any(word in clause for word in words()[name]))


def _at_the_door(text: str) -> bool:
    return has("nobody_home", normalise(text).text) or _says("nobody", text)


def _back_on(aside: str) -> bool:
    """Whether neighbours know when the family comes back: 上长春瞧病去了 后天回."""
    return _says("back_on", aside)


def lasts(text: str) -> bool:
    """Whether something is told to have gone on for days: 三天了."""
    return _says("for_days", normalise(text[:LONGEST]).text)


def not_of_here(text: str) -> str:
    """What was told and belongs to another home, as it is named: 哦炉筒子不是他家的 → 炉筒子; "" where it is not."""
    found = _THING.search(text)
    return found["what"] if found is not None else ""


def without(text: str, thing: str) -> str:
    """Notes without the clauses that name a thing."""
    return "；".join(one for one in text.split("；") if thing not in one)


def handed_in(text: str) -> str | None:
    """The home whose record somebody wants handed in, as he calls it: 先把小满的交了; None: he wants nothing such."""
    found = _HAND_IN.search(text.strip())
    return found["home"] if found is not None else None


def no_emergency(text: str) -> bool:
    """Whether it is said of the list of emergencies that nothing of it is so: 紧急情况都没有."""
    return _says("no_emergency", normalise(text[:LONGEST]).text)


def nothing_urgent(text: str) -> bool:
    """Whether it is said that there is no emergency: the list itself is answered when it is asked."""
    return _says("nothing_urgent", normalise(text[:LONGEST]).text)


def _of_the_list(clause: str) -> bool:
    """Whether a clause only says that there is no emergency."""
    return no_emergency(clause) or nothing_urgent(clause)


def own_words(text: str) -> str:
    """What a child said, without what the visitor adds after it: 想妈妈了 没有紧急情况 → 想妈妈了."""
    return _apart(text)[0]


def _apart(text: str) -> tuple[str, str]:
    """The child's words, and what begins with a clause that no child says: no emergency, or how all of it is."""
    for hit in _CLAUSES.finditer(text):
        clause = normalise(hit.group()).text
        if hit.start() and (_of_the_list(clause) or has("all_fine", clause) or _says.whole("none_else", clause)):
            return text[: hit.start()].rstrip(" ,，"), text[hit.start() :]
    return text, ""


def is_all_fine(text: str) -> bool:
    """Whether everything is called fine at once."""
    plain = normalise(text[:LONGEST]).text
    return any(has("all_fine", clause) and not _fine_in(clause) for clause in run_on.clauses(plain))


def child_not_seen(text: str) -> bool:
    """Whether somebody says that the child was not seen."""
    return has("not_seen", normalise(text[:LONGEST]).text)


def child_seen(text: str) -> bool:
    """Whether a clause says that the child was met: 见到孩子了."""
    return any(_says.whole("saw", one) for one in _CLAUSES.findall(text[:LONGEST]))


def only_met(text: str) -> bool:
    """Whether a message says that the child was met or talked to, and nothing it said: 单独和孩子聊了."""
    every = _CLAUSES.findall(text[:LONGEST])
    return bool(every) and all(_says.whole("only_met", one) for one in every)


def without_seen(text: str) -> str:
    """A message without the clauses that only say that the child was met."""
    return " ".join(one for one in _CLAUSES.findall(text[:LONGEST]) if not _says.whole("saw", one))


def own_child_not_seen(text: str) -> bool:
    """Whether a clause of a longer telling says that the child itself was not seen: 孩子上学了没见着."""
    clauses = _CLAUSES.findall(normalise(text[:LONGEST]).text)
    return any(has("not_seen", one) and _says("the_child", one) for one in clauses)


def asks_why_this_day(text: str) -> bool:
    """Whether somebody asks why a visit is due on its day, or when the next one is: 李雪家为什么是这天."""
    return _says("why", text)


def asks_why_me(text: str) -> bool:
    """Whether somebody asks why he is to go at all, of whichever home: 咋又让我去."""
    return _says("why_me", text)


def homes_gone_to(text: str) -> tuple[str, ...]:
    """The homes somebody says he went to, as they were called: 去了老王家 → 老王家."""
    found = (hit["home"].strip() for words in (_WENT, _DONE, _BEEN) for hit in words.finditer(text))
    return tuple(home for home in found if not _says.whole("at_home", home))  # 刚才又去了 在家


def gone_to(name: str, text: str) -> bool:
    """Whether right after a child's name it is said that its home was gone to: 小龙那去了 孩子胳膊上有印子."""
    return any(
        _says("gone_to", text[at.end() :])
        or (_says("went_to", text[: at.start()]) and _says("its_home", text[at.end() :]))
        for at in re.finditer(re.escape(name), text)
    )


def of_its_home(name: str, text: str) -> bool:
    """Whether a home is called by a child's name and so told of as nobody tells who was not there."""
    found = [at for at in re.finditer(re.escape(name), text) if _says("home_word", text[at.end() :])]
    heard = read(text, date(2026, 1, 1))
    if in_turn(name, text):  # 再一个小龙家
        return bool(heard.sections or heard.all_fine or heard.needs)
    return bool(found) and (len(heard.sections) >= ENOUGH or heard.all_fine or child_seen(text))


def in_turn(name: str, text: str) -> bool:
    """Whether the home of a child of this name is told of as the next of a round: 第二家李浩然 缺煤; 再一个小龙家."""
    return any(_says("next_home", text[: at.start()]) for at in re.finditer(re.escape(name), text))


def of_a_turn(text: str) -> bool:
    """Whether a message begins with the next home of a round: 第二家…"""
    return _says("turn", text)


def of_a_round(text: str) -> bool:
    """Whether a whole round is spoken of, and no one home: 这一圈九点到的."""
    return _says("round", text)


def phoned(text: str) -> bool:
    """Whether somebody did not go there and telephoned instead: 没去成 打电话唠的. A parent's call is none."""
    every = _CLAUSES.findall(text[:LONGEST])
    apart = any(_says("not_gone", one) for one in every) and any(_says("by_phone", one) for one in every)
    return apart or any(_says("phoned", one) for one in every)


def of_the_child(names: Sequence[str], text: str) -> str:
    """A message in which a child of these names who says something is called the child: 子轩说累 → 孩子说累."""
    every = "|".join(map(re.escape, names))
    return re.sub(f"(?:{every})(?=(?:自己|就|还|也|跟我|老)*(?:说|讲|念叨))", "孩子", text) if every else text


def without_names(names: Sequence[str], text: str) -> str:
    """A message without these names of a home where they stand before what is said of it (佳怡家的就学没问)."""
    every = "|".join(map(re.escape, names))
    return re.sub(f"(?:{every})(?:[他她]?(?:家|那)[家户份个儿]?|这孩子)?的?", "", text) if every else text


def without_refusal(text: str) -> str:
    """A message without the words by which nobody let the visitor in: 不给开门 locks no child in. The rest stays."""
    return less("refused", text)


def went_somewhere(text: str) -> bool:
    """Whether somebody went to a home called by a name, known or not: 去了老郑家; not 去了他家."""
    return any(not _says("some", home) for home in homes_gone_to(text))


def of_a_home(text: str) -> bool:
    """Whether words name some home or its door, known or not: 我在老孙家门口呢 敲门没人."""
    return _says("some_home", text)


def speaks_of_that_home(text: str) -> bool:
    """Whether the home just spoken of is meant: 后天我再去他家."""
    return _says("that_home", text)


def names_family(surname: str, text: str) -> bool:
    """Whether a message names a family by its surname: 老李家, 李奶奶."""
    return any(form.replace("X", surname) in text for form in words()["family"])


def day_of(text: str, on: date) -> date | None:
    """The day a visit was made, when exactly one is told."""
    plain = _says.without("so_long", normalise(deadlines.without(text[:LONGEST])).text, "")
    found = [one.first for one in quantities.days(plain, on) if one.first == one.last]
    return found[0] if len(set(found)) == 1 else None


def span_of(text: str, on: date) -> tuple[date, date] | None:
    """The day or the days named first (昨天, 上周, 这个月), none after `on`; None when none are."""
    found = quantities.days(normalise(text[:LONGEST]).text, on)
    return (found[0].first, found[0].last) if found else None


def puts_off(text: str, on: date) -> bool:
    """Whether somebody says that he goes to a home on a day to come: 宋雨桐家我后天再去, 今天下大雪."""
    off = len(text) <= LONGEST_OFF and _says("off", normalise(text).text)
    return off and ahead.day(text, on) is not None


def _keep(found: Heard, clause: str) -> None:
    if _of_the_list(clause) or _says.whole("saw", clause) or visit_hours.only_came(clause):
        return
    left = less("not_seen", less("visited", clause))
    section, status = section_of(left), how(left)
    hazard = any(has(f"hazard.{kind}", clause) for kind in HAZARDS)
    if section is None and status != "difficulty" and not hazard:
        if (
            left == clause
            and len(clause) >= A_NOTE
            and not _says.whole("mere_home", clause)
            and not any(has(kind, clause) for kind in NOT_MET)
        ):
            found.unread.append(clause)
        return
    name = section or "other"
    found.notes[name] = f"{found.notes[name]}；{clause}" if name in found.notes else clause
    if section is not None and status is not None and found.sections.get(section) != "difficulty":
        found.sections[section] = status


def _child_says(text: str) -> tuple[str, str]:
    """The child's own words, and the text without them."""
    told = _says.search("talked", text)
    if told is not None and (hit := _SAYS.match(text, told.end())):  # 孩子单独唠了 说想她妈
        return _without_own(text, told.start(), hit)
    for cue in sorted(words()["child_says"], key=len, reverse=True):
        at = text.find(cue)
        if at >= 0 and (hit := _SAYS.match(text, at + len(cue))):
            return _without_own(text, at, hit)
    return "", text


def _without_own(text: str, at: int, hit: re.Match[str]) -> tuple[str, str]:
    own, after = _apart(hit["words"])
    return own.strip(" “”\"'「」"), f"{text[:at]} {after}{text[hit.end() :]}"


def _outcome(plain: str, said: str, *, met: bool) -> str | None:
    """Whoever was seen at home was not away; who would not let in was there all the same. `said`: as it was written,
    with the spaces after which something else begins (韩旭家没人 邻居说去他姥家了)."""
    kinds = ("refused",) if met else ("refused", "away", "nobody_home")
    found = next((kind for kind in kinds if has(kind, plain)), None)
    if found is None and not met and _says("nobody", said):
        found = "nobody_home"
    return IN_VAIN if found == "nobody_home" and _says("in_vain", plain) else found
