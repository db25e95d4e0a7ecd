"""The first reader of every message: is somebody in danger, now? Deterministic, no model, no network.

What danger sounds like is in `data/lexicon/danger.txt`, what only sounds like it in `harmless.txt`; how a phrase is
meant (denied, past, quoted …) comes from `scope`, what that makes of a finding from `weighing`. Levels follow
policy reports §3 step 1 and §5: in doubt one question is asked, about self-harm never.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.reading.dangers import hunch, planning, urges
from bot.reading.dangers.scope import Scene
from bot.reading.dangers.weighing import ASK, CONCERN, EMERGENCY, NOTHING, URGE, Entry, told_signs, weigh
from bot.reading.lexicon import first_of, lines
from bot.reading.normalise import FRESH, Plain, normalise
from bot.reading.phrases import Phrases, spaces

_MASK = "○"
HUNCH = "unclear"
"""The kind of what only sounds odd (`hunch`)."""
_UNCLEAR = Entry(HUNCH, "ask", (), "")
_STRUCK = Entry("violence", "ask", ("carer_hits",), "")
_LEFT_BEHIND = Entry("alone", "sure", ("lives_alone",), "")
"""邻居家小孩 爹妈都不见了: not the child is missing, it has nobody. As urgent as the other."""
_PLANNED = Entry("alone", "ask", (), "")
"""What stands for a child that somebody asks whether he may leave alone: one question, and the rule."""
_LEVELS = {NOTHING: "none", CONCERN: "concern", ASK: "concern", EMERGENCY: "emergency"}


_PARENTS_GONE = re.compile(
    "(?<![和跟与同])(?<![和跟与同][他她])(?<![和跟与同]孩子)(?:爹妈|爸妈|爸爸妈妈|父母|爹娘|大人|两口子|家长)"
    "(?:[都也全又就早]|俩|两个|突然|忽然|双双|一起)*"
    "(?:不见了?|不见人影|没影了?|没影儿|失踪了?|失联了?|不知去向|下落不明|消失了?|跑没影|(?:跟人|跟别人)(?:家)?[走跑]了?|不知(?:道)?(?:去|上|跑)?哪(?:儿|里)?(?:去|跑)?了?)$"
    "|(?<![和跟与同])(?<![和跟与同][他她])(?:妈妈|爸爸|[爸妈爹娘])(?:跟人|跟别人)(?:家)?[走跑]了?$"
)


@dataclass(frozen=True)
class Danger:
    """What a message says about danger.

    `level`: "none", "concern" (harm told, not evidently now) or "emergency" (S0-like, answer at once). `ask`: the level
    is a doubtful "concern" and one question 孩子现在有危险吗？ should settle it. `kinds` and `signs` (ids of policy
    reports `signs`; those of severity S0 only in an emergency) name what was found, the gravest first.
    `evidence`: (start, end, kind) in the text as written. `if_now`: the signs it tells of if it is happening now.
    """

    level: str
    kinds: tuple[str, ...] = ()
    evidence: tuple[tuple[int, int, str], ...] = ()
    ask: bool = False
    signs: tuple[str, ...] = ()
    if_now: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One entry of the lexicon found at `start:end` of the plain text, and how much it weighs."""

    entry: Entry
    start: int
    end: int
    weight: int


@lru_cache(maxsize=FRESH)
def read(text: str) -> Danger:
    """Read one message. Any text is taken, of any length (see `normalise`); never raises."""
    plain = normalise(text)
    scene = Scene(plain)
    found = findings(scene)
    if not found:
        return Danger("none")
    gravest = sorted(found, key=lambda finding: (-finding.weight, finding.start))
    weight = gravest[0].weight
    if weight == CONCERN and scene.said("now") and not (scene.said("note") or scene.said("over")):
        weight = ASK  # harm of other days, and something that happens now: which is it?
    places = {(*plain.span(finding.start, finding.end), finding.entry.kind) for finding in found}
    return Danger(
        level=_LEVELS[weight],
        kinds=tuple(dict.fromkeys(finding.entry.kind for finding in gravest)),
        evidence=tuple(sorted(places)),
        ask=weight == ASK,
        signs=tuple(dict.fromkeys(sign for finding in gravest for sign in told_signs(finding.entry, finding.weight))),
        if_now=tuple(
            dict.fromkeys(sign for finding in gravest if finding.weight >= ASK for sign in finding.entry.signs)
        ),
    )


def prepare() -> None:
    """Make everything `read` needs, which takes about a second: whoever serves people does it beside the start."""
    for patterns in (lexicon()[0], _harmless(), _harmless_before()[0]):
        patterns.compile_all()
    _ = hunch.learned().names


def findings(scene: Scene) -> list[Finding]:
    """Every entry of the lexicon that matches and weighs something, in the order of the lexicon."""
    words = without_harmless(scene.plain)
    patterns, entries = lexicon()
    found: list[Finding] = []
    soft = spaces(scene.plain)
    for index in patterns.worth_trying(words):
        for hit in patterns.hits(index, words, soft):
            entry = entries[index]
            if entry.kind == "self_harm" and _only_fell(scene.plain, hit):
                continue
            entry, weight = _weighed(entry, scene, hit)
            if weight:
                found.append(Finding(entry, hit.start(), hit.end(), weight))
            if weight == EMERGENCY and entry is not _LEFT_BEHIND:  # the child may be missing too, further on
                break
    found = _unless_planned(scene, found)
    if not any(finding.weight >= ASK for finding in found) and (felt := urges.of_writer(scene)) is not None:
        found.append(Finding(URGE, *felt, ASK))  # 气得想打他: a word of danger is not even needed
    if not found and (struck := urges.struck(scene)) is not None:
        found.append(Finding(_STRUCK, struck, struck + 1, ASK))
    if all(finding.weight == CONCERN for finding in found) and (uneasy := hunch.uneasy(scene, words)):
        found.append(Finding(_UNCLEAR, *uneasy, ASK))
    return found


def _weighed(entry: Entry, scene: Scene, hit: re.Match[str]) -> tuple[Entry, int]:
    """What a hit tells of, and its weight: a mere urge is no blow, a child whose parents are gone is not missing."""
    if entry.kind == "violence" and urges.only_urge(scene, *hit.span()):
        entry = URGE
    weight = weigh(entry, scene, hit)
    if weight >= ASK and entry.kind == "missing" and parents_are_gone(scene.text[: hit.end()]):
        entry = _LEFT_BEHIND
    return entry, weight


def _unless_planned(scene: Scene, found: list[Finding]) -> list[Finding]:
    """The same, where a child is not alone yet and only may it be is asked: one question about it instead."""
    if not any(one.entry.kind in planning.OF_CARE for one in found) or not planning.only_planned(scene.text):
        return found
    asked = (Finding(_PLANNED, one.start, one.end, ASK) for one in found if one.entry.kind in planning.OF_CARE)
    return [*asked, *(one for one in found if one.entry.kind not in planning.OF_CARE)]


def _only_fell(plain: Plain, hit: re.Match[str]) -> bool:
    """Whether what sounds like 上吊 was written as a fall: 从架子上掉下来."""
    start, end = plain.span(*hit.span())
    return "上掉" in plain.original[start:end] and plain.original[end:].lstrip("了").startswith("下")


def parents_are_gone(said: str) -> bool:
    """Whether whoever is gone, at the end of these words, is both parents: not the child, nor the child with one of
    them (孩子和他妈都不见了), nor one alone, with whom the other may be (他妈没影四年)."""
    return _PARENTS_GONE.search(said) is not None


def without_harmless(plain: Plain) -> str:
    """Plain text of the same length in which harmless turns of speech are blotted out.

    A turn of speech does not reach over a space the person left: in 孩子没了 手机也没带 nobody has lost a telephone.
    What is harmless because of the words behind a space stands in `harmless_before.txt`.
    """

    def blot(harmless: re.Match[str]) -> str:
        within = range(harmless.start() + 1, harmless.end())
        return harmless.group() if plain.soft.intersection(within) else _MASK * len(within) + _MASK

    patterns = _harmless()
    text = plain.text
    for index in patterns.worth_trying(text):
        text = patterns.compiled(index).sub(blot, text)
    turns, following = _harmless_before()
    for index in turns.worth_trying(text):
        for turn in turns.compiled(index).finditer(text):
            if turn.end() in plain.soft and following[index].match(text, turn.end()):
                text = text[: turn.start()] + _MASK * len(turn.group()) + text[turn.end() :]
    return text


@cache
def lexicon() -> tuple[Phrases, tuple[Entry, ...]]:
    """The patterns and entries of `danger.txt`. Raises ValueError naming the line that cannot be read."""
    entries: list[Entry] = []
    for line in lines("danger.txt"):
        parts = [part.strip() for part in line.split(" | ", 3)]
        if len(parts) != 4 or "|" in parts[3]:
            raise ValueError(f"danger.txt: four columns wanted in {line!r}")
        kind, level, signs, pattern = parts
        entries.append(Entry(kind, level, () if signs == "-" else tuple(signs.split(",")), pattern))
    return Phrases(entry.pattern for entry in entries), tuple(entries)


@cache
def _harmless() -> Phrases:
    return Phrases(lines("harmless.txt"))


@cache
def _harmless_before() -> tuple[Phrases, tuple[re.Pattern[str], ...]]:
    """The turns of `harmless_before.txt`, and what must follow each of them behind a space."""
    read_lines = [line.split(" | ") for line in lines("harmless_before.txt")]
    return Phrases(turn for turn, _ in read_lines), tuple(re.compile(first_of(then)) for _, then in read_lines)
