"""What a finding of the danger lexicon weighs, once it is known how the words are meant.

The rules are those of policy reports §3 and §5: unknown never lowers, words of self-harm about a real person are never
merely doubtful, other doubtful words cost one question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bot.reading.dangers import fumes
from bot.reading.dangers.scope import Scene, Scope
from bot.reading.lexicon import classes

NOTHING, CONCERN, ASK, EMERGENCY = range(4)

_LASTING = ("missing", "abandoned", "alone", "locked_in", "trafficking", "sexual")
"""Kinds that are not over because they began some days ago."""

_CALMER = {
    "beaten_now": "beaten",
    "weapon": "threatened",
    "suspect_with_child_now": "threatened",
    "self_harm_words": "psych_concern",
    "self_harm_act": "psych_concern",
    "psychosis_signs": "psych_concern",
    "abducted_or_sold": "unlawful_harm",
    "unconscious": "",
    "drowning": "",
    "fire": "",
    "poisoning": "",
    "missing": "",
    "run_away": "",
    "unknown_origin": "",
}
"""Signs of severity S0 (policy reports `signs`) and what is left of them when it is not known to be now."""
_AWAY = ("missing", "trafficking", "alone")
"""Kinds that end when the child is back."""
_DEADLY = ("poisoning", "injury", "drowning", "fire", "missing")
"""Kinds in which the death or disappearance of a grown-up may be told as a family's past."""


@dataclass(frozen=True)
class Entry:
    """A line of `danger.txt`: `level` is self, sure, open, ask or concern."""

    kind: str
    level: str
    signs: tuple[str, ...]
    pattern: str


URGE = Entry("urge", "ask", (), "")
"""What stands for a blow that the writer only wished for or held back (`urges`): it tells of no harm, and one question
is asked."""


def weigh(entry: Entry, scene: Scene, hit: re.Match[str]) -> int:
    """Weight of one hit of an entry: NOTHING, CONCERN, ASK or EMERGENCY."""
    scope = scene.at(hit.start(), hit.end())
    if entry.kind != "sexual" and of_a_creature(scene, hit):
        return NOTHING
    if entry.kind == "violence" and by_a_creature(scene, hit):
        return NOTHING
    denied = scope.negated or any(scene.negated(core) for core in _cores(hit))
    if entry.kind == "self_harm":
        return _weigh_self_harm(entry, scene, scope, hit, denied)
    if denied or scope.quoted or (scope.note and scope.over):
        return NOTHING
    if scope.found and entry.kind in _AWAY:
        return NOTHING if scope.note else CONCERN
    if entry.kind == URGE.kind:
        return CONCERN if scope.over or scope.when == "past" else ASK
    pressing = scope.urgent or scope.when == "now"
    if entry.kind in _DEADLY and _of_a_dead_adult(scene, scope, hit):
        return NOTHING if scope.asking else CONCERN
    if scope.asking == "law":
        grave = entry.level in ("sure", "open") and not scope.supposed
        told = scope.real or _HAPPENED.search(scene.text[hit.start() - 2 : hit.end() + 1]) is not None
        return ASK if grave and (pressing or told) else NOTHING
    if scope.asking == "how" and not pressing:
        return CONCERN if entry.level == "concern" else NOTHING if scope.supposed else ASK
    weight = _LEVELS[entry.level](entry, scope)
    return _by_what_is_told_of_it(entry, scene, scope, hit, weight)


def _by_what_is_told_of_it(entry: Entry, scene: Scene, scope: Scope, hit: re.Match[str], weight: int) -> int:
    """The weight where a blow is only told as where a mark comes from, or fumes are only feared; where they are felt
    beside the fear, it is an alarm."""
    of_fumes = entry.kind in ("fire", "poisoning") and fumes.named(hit.group())
    if weight == ASK and of_fumes and scope.supposed and fumes.felt(scene.text):
        return EMERGENCY
    if weight < EMERGENCY or scope.urgent:
        return weight
    feared = of_fumes and fumes.only_feared(scene.text, hit.start())
    return ASK if feared or _tells_whence(entry, scene, hit) else EMERGENCY


def _tells_whence(entry: Entry, scene: Scene, hit: re.Match[str]) -> bool:
    """Whether a blow is only told as where a mark comes from (她说是她继父拿皮带抽的): it was struck before."""
    if entry.kind != "violence" or entry.level != "open" or hit.end() >= len(scene.text):
        return False
    begins, ends = scene.clause(hit.start(), hit.end())
    told = _WHENCE.fullmatch(scene.text[begins:ends]) is not None
    return told and not scene.has("now", begins, ends)


def told_signs(entry: Entry, weight: int) -> tuple[str, ...]:
    """Signs a finding tells of: what means "now" is told only by an emergency, or a past beating would be an S0."""
    if weight == EMERGENCY:
        return entry.signs
    return tuple(calmer for sign in entry.signs if (calmer := _CALMER.get(sign, sign)))


def _cores(hit: re.Match[str]) -> list[int]:
    start = hit.start()
    return [core for core, _ in hit.regs[1:] if core > start]


def _weigh_sure(entry: Entry, scope: Scope) -> int:
    if scope.over:
        return CONCERN
    pressing = scope.urgent or scope.when == "now"
    if scope.when == "past":
        return ASK if scope.urgent else CONCERN
    if scope.when == "recent" and entry.kind not in _LASTING:
        return EMERGENCY if scope.urgent else ASK
    if scope.habit and not pressing:
        return CONCERN if entry.kind == "violence" and not scope.live else ASK
    if (scope.supposed or scope.doubted or scope.hearsay) and not pressing:
        return ASK
    return EMERGENCY


def _weigh_open(entry: Entry, scope: Scope) -> int:
    if scope.over or scope.when == "past":
        return ASK if scope.urgent else CONCERN
    if scope.urgent:
        return EMERGENCY
    if scope.when == "now":
        return ASK if scope.hearsay or scope.supposed else EMERGENCY
    if scope.habit:
        return ASK if scope.live else CONCERN
    if scope.live and not (scope.when == "recent" or scope.hearsay or scope.supposed):
        return EMERGENCY
    return CONCERN if scope.note else ASK


def _weigh_ask(entry: Entry, scope: Scope) -> int:
    if scope.over or scope.when == "past" or scope.note:
        return CONCERN
    return EMERGENCY if scope.urgent and entry.kind != "help" else ASK


def _weigh_concern(entry: Entry, scope: Scope) -> int:
    pressing = scope.urgent or scope.when == "now"
    return ASK if pressing and not (scope.over or scope.note) else CONCERN


_LEVELS = {"sure": _weigh_sure, "open": _weigh_open, "ask": _weigh_ask, "concern": _weigh_concern}


def _weigh_self_harm(entry: Entry, scene: Scene, scope: Scope, hit: re.Match[str], denied: bool) -> int:
    """Never merely doubtful (reports §3 step 1): joke and past change nothing, a denial of one's own asks."""
    before, after = scene.sentence(hit.start(), hit.end())
    said = scene.text[before:after]
    if denied:
        return ASK if _ONESELF.search(scene.text[before : hit.end()]) else NOTHING
    if scope.quoted:
        return NOTHING
    if _of_a_dead_adult(scene, scope, hit):
        return NOTHING if scope.asking else CONCERN
    somebody = _SOMEBODY.search(said) is not None
    if scope.asking and not somebody:
        return NOTHING if not _ANY_CHILD.search(said) else ASK
    if scope.supposed and not somebody:
        return ASK
    return EMERGENCY if entry.level == "self" else _weigh_ask(entry, scope)


def of_a_creature(scene: Scene, hit: re.Match[str]) -> bool:
    """Told of an animal or a machine, as in 狗吃了耗子药, with no person in what is told and none between."""
    begun = scene.before("creature", hit.start() + 2)
    if begun is None or begun < hit.start() - _CREATURE_REACH:
        return False
    told = scene.text[begun : hit.end()]
    return _PERSON.search(told) is None and _ATTACK.search(told) is None


def by_a_creature(scene: Scene, hit: re.Match[str]) -> bool:
    """Done by an animal, as in 我家狗打孩子: hurt perhaps, but no violence. 遛狗的打孩子 and 狗日的 are people."""
    before = scene.text[max(0, hit.start() - _CREATURE_REACH) : hit.start() + 1]
    done = _BY_CREATURE.search(before)
    return done is not None


def _of_a_dead_adult(scene: Scene, scope: Scope, hit: re.Match[str]) -> bool:
    """Told of a grown-up's death, as in 孩子爹去年跳楼没了: sad, not an emergency of today."""
    start = hit.start()
    nearby = scene.text[max(0, start - 8) : hit.end()]
    if not _adult().search(nearby) or _INTENT.search(nearby) or scope.when == "now" or scope.urgent:
        return False
    return scope.when == "past" or _DEATH.search(scene.text[hit.end() : hit.end() + 6]) is not None


_HAPPENED = re.compile("[一二两俩三四五六七八九十几半0-9]+(?:天|宿|夜|顿|晚)|已经|饿着|饿得|[抱领捡带]回来?[个一]")
"""What is counted or going on is told, whatever is asked with it: 三天没吃饭了，算不算困境."""
_WHENCE = re.compile(".{0,8}(?<!不)是[^的]{2,14}的")
"""A clause that says by whom and with what it was done."""
_CREATURE_REACH = 8
"""Characters before a hit in which an animal may be what it is told of."""
_PERSON = re.compile("[孩娃我俺弟妹女婴丫儿闺孙侄甥他她人]|学生|同学|小子|姑娘")
_ATTACK = re.compile("[咬叼扑撕顶拱踢追撞]")
_BY_CREATURE = re.compile(
    "(?:(?:(?<=家)|(?<=家的)|(?<=[小黄黑白花])|(?<=流浪))狗|(?<![遛放养骂是像如])(?:猫|大鹅|公鸡|兔子)|(?<=[家的头匹])(?:牛|马|驴|羊|猪|鹅))"
    "(?:把|将|给|总|老|又|要|会|刚|都|也|还|就|昨天|今天|一直|天天|经常)*.$"
)
"""An animal just before what is done. 马 and 牛 are surnames too (马老师打孩子), 那条老狗又打孩子了 tells of a man."""
_ONESELF = re.compile("[我俺咱]")
_SOMEBODY = re.compile("[我俺咱他她]|儿子|女儿|闺女|姑娘|弟|妹|同学|同桌|学生说|孩子说|孩子要|孩子想|班")
_ANY_CHILD = re.compile("孩|娃|学生|未成年")
_INTENT = re.compile("[要想闹说嚷]|准备|打算")
_DEATH = re.compile("没了|死了|走了|去世|身亡|死的|死后|之后|以后|留下")


@cache
def _adult() -> re.Pattern[str]:
    return re.compile("|".join(classes()["爹妈"]))
