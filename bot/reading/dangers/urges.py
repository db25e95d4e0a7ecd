"""The writer's own anger at a child that went no further: 真想揍她一顿, 刚才差点动手, 气得想抽他.

Such words tell of no blow: whoever feels so needs somebody beside him, and is asked once whether the child is safe. A
blow told in the same breath, another who feels so, and words of killing or of a weapon stay what they are.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.reading.dangers.scope import Scene
from bot.reading.normalise import FRESH, normalise

_NEARLY = "差一?点儿?[就没要]?|险些就?"
_WISHES = (
    "恨不得|恨不能|巴不得|手[都]?痒痒?|(?:(?<=[真好就都老总也又])|(?<=[气恨烦急]得)|(?<=[气恨烦急]的)|(?<=忍不住)|(?<=控制不住)"
    "|(?<=[我俺])|(?<=^)|(?<=[,。!?;]))(?:就|都|真|好)?想"
)
_BETWEEN = (
    "(?:要|就|又|上去|过去|一巴掌|两巴掌|一脚|巴掌|狠狠地?|好好|给|对|跟|冲|把|拿|抡|直接|这|那|个|他|她|孩子|娃|丫头|小子|闺女|儿子|姑娘|我家|棍子|皮带|笤帚"
    "|鞋底子?)"
)
_BLOW = (
    "(?:动(?:了)?手(?![术机写做])|上手|揍|踹|打(?![0-9电听算工车针招扫麻牌球游扮印卡视字个包雷])|削(?![皮苹铅土水减])"
    "|抽(?![烟时空查血签奖屉])|踢(?![球足毽])|捶(?![背腿肩])|扇(?![扇风])|收拾(?=[他她这那孩]))"
)
_WORSE = "(?![^,。!?;]{0,3}[死残断晕昏]|人贩)"
_FEARS = "(?<=[我俺])(?:真|就|好|很|也|都|老|总)*怕(?:我|自己|会|要|哪天|有一天|又|忍不住|控制不住|一生气|一急)*(?:把)?"
_CHILD = "(?=[了到]?(?:他|她|孩子|娃|儿子|闺女|女儿|姑娘|丫头|小子))"
"""Whose blow is feared must be said: of 我怕打 a child tells."""
_URGE = re.compile(f"(?:(?:{_NEARLY}|{_WISHES}){_BETWEEN}{{0,4}}|{_FEARS}(?={_BLOW}{_CHILD}))(?P<blow>{_BLOW}){_WORSE}")
_STRUCK = re.compile(
    f"(?<![没未想要不])(?:{_BLOW}(?:了|过|完|着|得|的[^时话])|扇了|推了|掐|勒|踢了|(?<!点)没忍住|(?<!点)没控制住)(?!电话|招呼|工|视频|车|卡)"
)
_OTHERS = re.compile(
    "[爸妈爹娘爷奶叔舅姑姨伯婶公婆]|老师|主任|邻居|隔壁|楼[上下]|对门|[男女][的人]|老公|媳妇|对象|人家|有人|[哥姐]|同学|同桌|那人|那家"
)
_BY_OTHER = re.compile("[他她][^我俺,。!?;]{0,6}$")
_BY_ME = re.compile("[我俺咱]")
_AT_ME = re.compile("(?:了|一顿)?[我俺](?![弟妹儿闺女姑家孩外侄孙们])")
_TO_ME = re.compile("[给对跟冲把][我俺]$")


_WENT_ASIDE = re.compile(
    "(?:我|俺|自己|自个儿?)[^,。!?;他她孩娃]{0,4}(?:躲|藏|猫|待|呆|跑)[^,。!?;他她孩娃]{0,2}(?:厕所|外屋|屋里|里屋|厨房|灶房|院子|门外|外头|外面|被窝|仓房)"
)
"""What somebody does who is angry and was told to: 我自己躲厕所哭呢."""


def went_aside(text: str) -> bool:
    """Whether the writer tells that he himself went aside."""
    return _WENT_ASIDE.search(normalise(text).text) is not None


def only_urge(scene: Scene, start: int, end: int) -> bool:
    """Whether the blow told at this stretch is only one that the writer wished for or held back."""
    return any(start <= at < end for at in _blows(scene))


def of_writer(scene: Scene) -> tuple[int, int] | None:
    """Where the writer tells of such an urge of his own; None: nowhere."""
    blows = _blows(scene)
    return (blows[0], blows[0] + 1) if blows else None


def struck(scene: Scene) -> int | None:
    """Where a blow of the writer's is told beside such an urge: 气得我想打他，昨天真打了. None: none is."""
    own = _own(scene)
    return _struck(scene.text, own) if own else None


@lru_cache(maxsize=FRESH)
def _own(scene: Scene) -> tuple[re.Match[str], ...]:
    """Such urges of the writer: looked for once, though every blow of a message asks."""
    return tuple(hit for hit in _URGE.finditer(scene.text) if _is_own(scene.text, scene, hit))


def _struck(text: str, urges: tuple[re.Match[str], ...]) -> int | None:
    left = list(text)
    for hit in urges:
        left[hit.start() : hit.end()] = "○" * (hit.end() - hit.start())
    found = _STRUCK.search("".join(left))
    return found.start() if found else None


def _blows(scene: Scene) -> list[int]:
    """Where the blows of such urges stand; none where a blow is told beside them."""
    found = _own(scene)
    if not found or _struck(scene.text, found) is not None:
        return []
    return [hit.start("blow") for hit in found]


def _is_own(text: str, scene: Scene, hit: re.Match[str]) -> bool:
    """Whether the writer himself feels it, and not towards himself: 他真想揍我 and 我爸差点动手 are another's."""
    begins, ends = scene.clause(hit.start("blow"), hit.end())
    if _AT_ME.match(text, hit.end(), ends) or _TO_ME.search(text[hit.start() : hit.start("blow")]):
        return False
    before = text[begins : hit.start()]
    mine = [one.end() for one in _BY_ME.finditer(before) if not _OTHERS.match(before, one.end())]
    if mine:
        return not _OTHERS.search(before[mine[-1] :])
    return not (_OTHERS.search(text[: hit.start()]) or _BY_OTHER.search(before))
