"""What a message says has happened to a child, or is wanted: the signs of policy reports.yml that are not danger now.

The words are in `data/lexicon/signs.txt`; how they are meant (denied, quoted, asked about rules, only imagined, a work
note about something settled) comes from `scope`. Signs of severity S0 are told by `danger` alone, which knows "now".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bot.reading.danger import without_harmless
from bot.reading.dangers import planning, urges
from bot.reading.dangers.scope import Scene
from bot.reading.dangers.weighing import by_a_creature, of_a_creature
from bot.reading.lexicon import lines, regex
from bot.reading.persons import people
from bot.reading.phrases import Phrases, spaces

MODES = PLAIN, ASKED, QUOTED, CHILD = "-", "asked", "quoted", "child"
REACH_BEFORE = 20
"""Characters before a sign in which 如果, a doubt or a person is looked for."""
HARMLESS = frozenset(
    {
        "guardian_struggling", "carer_problem", "parents_silent", "informal_adoption", "out_of_school",
        "no_hukou", "child_labour", "bullying", "psych_concern", "hardship", "eligibility_question",
        "conference_request", "complaint", "policy_question",
    }
)  # fmt: skip
"""Signs that tell of no harm (`harm: false` in reports.yml)."""
ONLY_ASKING = frozenset({"hardship", "eligibility_question", "conference_request", "policy_question"})
"""Signs that only want something."""
DONE_BY_SOMEBODY = frozenset(
    {
        "beaten", "witnesses_violence", "carer_hits", "threatened", "locked_in", "sexual_harm",
        "private_part_injury", "drugged", "unlawful_harm", "other_serious_harm", "abandoned",
        "guardian_not_performing", "organised_begging", "child_labour_dangerous", "bullying",
        "bullying_serious", "online_harm", "complaint", "complaint_harm", "carer_problem",
    }
)  # fmt: skip
"""Signs somebody is to blame for: who is named beside them may be the one."""
OVERTAXED = "guardian_struggling"
"""What is told of himself by who is angry enough to strike and does not."""
_MACRO = re.compile("&([a-z]+)")
_IMAGINED = re.compile("(?:如果|要是|假如|假设|假使|万一|倘若|若是|比如|比方|例如|一旦|哪怕)(?![^,。]{0,8}再)")
_OWN = re.compile("[我俺咱]")
_SOMEBODY = re.compile("[他她]|[这那](?:孩子|娃|家|小孩|丫头|小子)|孩子[他她]?[爸妈爹娘]")
_HITTING = ("打", "揍", "吵")
_BY_BEATING = frozenset({"beaten", "carer_hits", "complaint_harm", "witnesses_violence"})
_SOMEBODYS = re.compile("疑似|怀疑|[我俺咱]们?[^,。]{0,4}(?:班|年级|校|园|屯|村)[^,。]{0,4}(?:有|一)?个")
"""我们六年级有个女孩…，这种情况该找谁: asked of a child the speaker knows."""
_GONE = re.compile("[跑走离死]|改嫁|坐牢|判刑|没了|去世|打工")
_AT_WORK = re.compile("工友|同事|师傅|工人|工地|架子|上工|上班|干活|打工|(?:工|木|煤|石|砖)?厂[里子]|矿上|井下")
"""Where only grown-ups fall, in the words of the fall itself."""
_LIFE_OF_GROWN = re.compile("残疾证|工友|(?:[三四五六七八]十|[3-8][0-9])[多来几一二三四五六七八九]?岁")
"""What no child has."""
_MAYBE_GROWN = re.compile("儿子|女儿|闺女|姑娘|哥哥?|姐姐?|弟弟?|妹妹?|侄子?|外甥")
"""Whom people call so at any age: 我儿子在工地摔下来 may be forty."""
_CHILDHOOD = re.compile(
    "[上放下]学|幼儿园|年级|作业|玩|学校|初[一二三]|[暑寒]假|童工|小学|初中"
    "|(?<![0-9])(?:1[0-7]|[0-9])岁|(?<![三四五六七八])(?:十[一二三四五六七]?|(?<!十)[一二三四五六七八九])岁"
)
_WITHDRAWN = re.compile("不(?:爱|愿意?|怎么|太)?(?:说话|吱声|理人|出屋|出门|出来|见人)")
_BY_SOMEBODY = re.compile("[把被锁绑拴捆]|[他她]?[爸妈爹娘爷奶]|后[爸妈]|不让|反锁")
_GROWN_UP = frozenset({"parent", "step_parent", "adoptive_parent", "grandparent", "relative", "carer"})


@dataclass(frozen=True)
class Entry:
    """A line of `signs.txt`; the modes are described there."""

    sign: str
    mode: str
    pattern: str


@dataclass(frozen=True)
class Found:
    """A sign told at `start:end` of the plain text."""

    entry: Entry
    start: int
    end: int

    @property
    def sign(self) -> str:
        """The id of the sign in policy reports.yml."""
        return self.entry.sign


def find(scene: Scene) -> list[Found]:
    """Every entry that is told, in the order of the lexicon, also several of one sign."""
    words = scene.text
    patterns, entries = lexicon()
    calm = without_harmless(scene.plain) if any(verb in words for verb in _HITTING) else words
    found: list[Found] = []
    soft = spaces(scene.plain)
    for index in patterns.worth_trying(words):
        for hit in patterns.hits(index, words, soft):
            if _is_meant(entries[index], scene, hit, calm):
                found.append(Found(entries[index], hit.start(), hit.end()))
                break
    if (struck := urges.struck(scene)) is not None and not any(one.sign in _BY_BEATING for one in found):
        found.append(Found(Entry("carer_hits", PLAIN, ""), struck, struck + 1))
    felt = urges.of_writer(scene)
    if felt is not None and not any(one.sign in DONE_BY_SOMEBODY for one in found):
        found.append(Found(Entry(OVERTAXED, PLAIN, ""), *felt))
    if any(one.sign in planning.OF_CARE for one in found) and planning.only_planned(words):
        return [one for one in found if one.sign not in planning.OF_CARE]  # nobody is alone yet
    return found


def _is_meant(entry: Entry, scene: Scene, hit: re.Match[str], calm: str) -> bool:
    """Whether a hit is told of somebody. A question about somebody the speaker knows tells of them all the same.

    `calm`: the text without harmless turns of speech."""
    if any(scene.negated(core) for core in _cores(hit)):
        return False
    scope = scene.at(hit.start(), hit.end())
    if scope.negated or (scope.quoted and entry.mode != QUOTED) or (scope.note and scope.over):
        return False
    left = calm[hit.start() : hit.end()]
    if entry.sign in _BY_BEATING and any(verb in hit.group() and verb not in left for verb in _HITTING):
        return False  # 打电话 and all the other things one can 打
    if _of_no_child(entry, scene, hit, over=scope.over):
        return False  # a fall that has healed is nobody's fault; a beating that is over still counts
    if entry.sign in _BY_BEATING and urges.only_urge(scene, *hit.span()):
        return False  # wished for or held back: nobody was struck
    if of_a_creature(scene, hit) or (entry.sign in _BY_BEATING and by_a_creature(scene, hit)):
        return False  # somebody's dog was beaten, or did it
    if entry.mode == ASKED:
        return True
    if entry.mode == CHILD and _of_a_grown_up(scene, hit):
        return False
    known = scope.real or scope.when == "now" or scope.urgent or _OWN.search(hit.group()) is not None
    if scope.asking and not (known or _SOMEBODY.search(hit.group()) or _SOMEBODYS.search(_before(scene, hit))):
        return False
    return known or _IMAGINED.search(_before(scene, hit) + hit.group()) is None


def _of_a_grown_up(scene: Scene, hit: re.Match[str]) -> bool:
    """Whether the person named last before the hit is no child: 他爸骨折了, but not 奶奶住院没人照看孩子."""
    if _child().match(scene.text, hit.end()) or _child().search(hit.group()):
        return False
    before = scene.text[max(scene.clause(*hit.span())[0], hit.start() - REACH_BEFORE) : hit.start()]
    grown = [one for one in people.find(before) if one.group in _GROWN_UP]
    children = [one.start() for one in _child().finditer(before)]
    if not grown or grown[-1].start < max(children, default=0):
        return False
    return _GONE.search(before[grown[-1].end :]) is None


def _of_no_child(entry: Entry, scene: Scene, hit: re.Match[str], *, over: bool) -> bool:
    """Whether a fall is over or a grown-up's, or nobody keeps the child where it is."""
    if entry.sign == "accident_injury":
        return over or _in_grown_life(scene, hit)
    return entry.sign == "locked_in" and _shuts_itself_in(scene, hit)


def _in_grown_life(scene: Scene, hit: re.Match[str]) -> bool:
    """Whether a fall happened at work, or the sentence tells of an age or papers no child has, and of nobody who must
    be a child: 儿子前年从架子上摔下来 有残疾证."""
    clause, sentence = (scene.text[slice(*bounds(*hit.span()))] for bounds in (scene.clause, scene.sentence))
    grown = _AT_WORK.search(clause) or _LIFE_OF_GROWN.search(sentence)
    if grown is None or _CHILDHOOD.search(sentence):
        return False
    return _child().search(_MAYBE_GROWN.sub("", sentence)) is None


def _shuts_itself_in(scene: Scene, hit: re.Match[str]) -> bool:
    """Whether a child that does not speak keeps to its room, and nobody keeps it there: 不爱说话 老关屋里."""
    sentence = scene.text[slice(*scene.sentence(*hit.span()))]
    return _WITHDRAWN.search(sentence) is not None and _BY_SOMEBODY.search(sentence) is None


def _before(scene: Scene, hit: re.Match[str]) -> str:
    return scene.text[max(scene.sentence(*hit.span())[0], hit.start() - REACH_BEFORE) : hit.start()]


def _cores(hit: re.Match[str]) -> list[int]:
    """Places after the gaps of a pattern: what a denial inside the gap would deny."""
    return [hit.start(group) for group in range(1, (hit.re.groups or 0) + 1) if hit.start(group) > hit.start()]


@cache
def _child() -> re.Pattern[str]:
    return re.compile(regex("{孩子}"))


@cache
def lexicon() -> tuple[Phrases, tuple[Entry, ...]]:
    """The patterns and entries of `signs.txt`. Raises ValueError naming the line that cannot be read."""
    macros: dict[str, str] = {}
    entries: list[Entry] = []
    for line in lines("signs.txt"):
        if line.startswith("&"):
            name, _, text = line[1:].partition("=")
            macros[name.strip()] = text.strip()
            continue
        parts = [part.strip() for part in line.split(" | ")]
        if len(parts) != 3 or parts[1] not in MODES:
            raise ValueError(f"signs.txt: three columns wanted, the second one of the modes, in {line!r}")
        entries.append(Entry(parts[0], parts[1], _expanded(parts[2], macros, line)))
    return Phrases(entry.pattern for entry in entries), tuple(entries)


def _expanded(pattern: str, macros: dict[str, str], line: str) -> str:
    def text_of(name: re.Match[str]) -> str:
        if name[1] not in macros:
            raise ValueError(f"signs.txt: unknown &{name[1]} in {line!r}")
        return macros[name[1]]

    return _MACRO.sub(text_of, pattern)
