"""The real divisions of Jilin to village level, loaded once, and every form under which people name them."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[3] / "data" / "regions"
LEVELS = {2: "province", 4: "prefecture", 6: "county", 9: "township", 12: "village"}
FILES = ("prefectures", "counties", "townships", "villages")
PROVINCE = "22"

_NOTE = re.compile("（[^）]*）")  # such as （合隆经济开发区）（省级）: nobody says it
_PEOPLES = "(?:朝鲜族|满族|蒙古族|回族|锡伯族)"
_VILLAGE_OFFICE = re.compile("(?:村民委员会|村委会|子委会|村委|居民委员会|居委会|委员会)$")
_COMMITTEE = ("村委会", "村民委员会", "村委")
_VILLAGE_TAIL = re.compile(f"{_PEOPLES}?(?:社区|生活区|村|屯)$")
_TOWNSHIP_TAIL = re.compile(f"{_PEOPLES}*(?:街道|民族乡|乡|镇)$")
_COUNTY_TAIL = re.compile(f"(?:{_PEOPLES}*自治县|市|区|县)$")
_SPECIAL = re.compile("^长白山保护开发区|特殊(?:乡镇|街道)$")
_REPEATED = re.compile("(?:街道|镇|乡|社区|居民委员会|村民委员会|村)$")


@dataclass(frozen=True)
class Area:
    """One division: statistical code (2, 4, 6, 9 or 12 digits), name without notes, and level."""

    code: str
    name: str

    @property
    def spoken(self) -> str:
        """The name as people say it: 平洋村 for 平洋村委会."""
        if len(self.code) != 12:
            return _SPECIAL.sub("", self.name)
        core = _VILLAGE_OFFICE.sub("", self.name)
        if core.endswith(("村", "社区")):
            return core
        return f"{core}村" if self.name.endswith(_COMMITTEE) else self.name

    @property
    def level(self) -> str:
        """province, prefecture, county, township or village."""
        return LEVELS[len(self.code)]


@dataclass(frozen=True)
class Gazetteer:
    """All areas by code; names people say → codes. `full`: forms that show what they are (…镇, …村); `stems`: bare.

    `former`: township → a county it once belonged to. `outside`: names of places that are not in Jilin.
    """

    areas: dict[str, Area]
    children: dict[str, tuple[str, ...]]
    full: dict[str, tuple[str, ...]]
    stems: dict[str, tuple[str, ...]]
    former: dict[str, str]
    outside: frozenset[str]

    @cached_property
    def longest(self) -> dict[str, int]:
        """First two characters of a name → length of the longest name that begins so."""
        heads: dict[str, int] = {}
        for names in (self.full, self.stems):
            for name in names:
                heads[name[:2]] = max(len(name), heads.get(name[:2], 0))
        return heads

    def inside(self, code: str, head: str) -> bool:
        """Whether a division lies in another as people see it: also townships that moved, and development zones."""
        if code.startswith(head):
            return True
        if len(head) != 6 or len(code) < 9:
            return False
        return self.former.get(code[:9]) == head or (code[:4] == head[:4] and code[4] == "7")


def rows(name: str) -> Iterator[list[str]]:
    """The lines of a text file of this folder that say something, split at blanks."""
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        words = line.split("#", 1)[0].split()
        if words:
            yield words


@cache
def core_districts() -> dict[str, frozenset[str]]:
    """Prefecture → its core districts, as far as it supplied its list (core_districts.txt).

    Raises ValueError naming a code that is no district of that prefecture.
    """
    found = {city: frozenset(codes) for city, *codes in rows("core_districts.txt")}
    areas = load().areas
    wrong = [code for city, codes in found.items() for code in codes if code[:4] != city or code not in areas]
    if wrong:
        raise ValueError(f"core_districts.txt: no districts of that prefecture: {', '.join(sorted(wrong))}")
    return found


def parent(code: str) -> str:
    """Code of the division above."""
    lengths = sorted(LEVELS)
    return code[: lengths[lengths.index(len(code)) - 1]]


@cache
def load() -> Gazetteer:
    """Read the shipped files once (about 0.1 s)."""
    areas = {PROVINCE: Area(PROVINCE, "吉林省")}
    for file_name in FILES:
        with (FOLDER / f"{file_name}.csv").open(encoding="utf-8", newline="") as file:
            lines = csv.reader(file)
            next(lines)
            for code, label in lines:
                areas[code] = Area(code, _own_name(code, label, areas))
    children: dict[str, list[str]] = defaultdict(list)
    exact: dict[str, list[str]] = defaultdict(list)
    loose: dict[str, list[str]] = defaultdict(list)
    stems: dict[str, list[str]] = defaultdict(list)
    nicknames = {code: names for code, *names in rows("nicknames.txt")}
    for code, area in areas.items():
        if code == PROVINCE:
            continue
        children[parent(code)].append(code)
        shown, variants, bare = forms(area)
        for name in nicknames.get(code, ()):
            (shown if name[-1] in "县区旗" else bare).add(name)
        for target, found in ((exact, shown), (loose, variants - shown), (stems, bare)):
            for form in found:
                target[form].append(code)
    # 合隆乡 may mean 合隆镇, but not where there really is a 合隆乡.
    full = {**loose, **exact}
    return Gazetteer(
        areas,
        {code: tuple(found) for code, found in children.items()},
        {form: tuple(codes) for form, codes in full.items()},
        {form: tuple(codes) for form, codes in stems.items()},
        {township: county for township, county in rows("moved.txt")},
        frozenset(name for (name,) in rows("outside.txt")),
    )


def _own_name(code: str, label: str, areas: dict[str, Area]) -> str:
    """The name without notes and without the names above it: 四平市铁东区平东街道 is 平东街道."""
    if "（" in label:
        label = _NOTE.sub("", label)
    if len(code) < 9 or len(label) < 6:
        return label
    own = label.removeprefix(areas[code[:4]].name).removeprefix(areas[code[:6]].name)
    if len(code) == 12:
        above = areas[code[:9]].name
        own = own.removeprefix(above).removeprefix(above.removesuffix("道"))
    return own if own != label and len(own) > 2 and _REPEATED.search(own) else label


def forms(area: Area) -> tuple[set[str], set[str], set[str]]:
    """How people name a division: forms with their kind showing, the same with another kind, and bare stems."""
    code, name = area.code, area.name
    if len(code) == 12:
        return _village_forms(name)
    if len(code) == 9:
        return _township_forms(name)
    if len(code) == 6:
        return _county_forms(name)
    if name.startswith("延边"):
        return {name, "延边州", "延边自治州"}, set(), {"延边"}
    return {name}, set(), {name.removesuffix("市")} - {"吉林"}


def _county_forms(name: str) -> tuple[set[str], set[str], set[str]]:
    stem = _COUNTY_TAIL.sub("", name)
    if stem == name:
        return {name}, set(), set()
    shown = {name, f"{stem}县"} if "自治县" in name else {name}
    # Older people say 九台市, 德惠县. A district is no city of its own: 西安市 is elsewhere.
    variants = {f"{stem}市", f"{stem}县"} if stem in ("九台", "双阳") or name.endswith(("市", "县")) else set()
    return shown, variants, {stem} if len(stem) >= 2 else set()


def _township_forms(name: str) -> tuple[set[str], set[str], set[str]]:
    plain = _SPECIAL.sub("", name)
    stem = _TOWNSHIP_TAIL.sub("", plain)
    shown, variants = {name, plain}, set[str]()
    if plain.endswith("经济开发区"):
        shown |= {plain.replace("经济开发区", "开发区"), plain.replace("经济开发区", "经开区")}
    if stem == plain:
        return shown, variants, set()
    if plain.endswith("街道"):
        shown |= {stem + tail for tail in ("街道办", "街道办事处")}
    if len(stem) >= 2:
        variants = {stem + tail for tail in ("街道", "乡", "镇")}
        shown |= {stem + "乡"} if "族" in plain else set()
    return shown, variants, {stem} if len(stem) >= 2 else set()


def _village_forms(name: str) -> tuple[set[str], set[str], set[str]]:
    core = _VILLAGE_OFFICE.sub("", name)
    stem = _VILLAGE_TAIL.sub("", core)
    shown = {name, core}
    if stem and (name.endswith(_COMMITTEE) or core.endswith("村")):
        shown |= {f"{stem}村", f"{stem}村委会", f"{stem}村村委会"}
    elif stem and ("社区" in name or "居" in name):
        shown |= {f"{stem}社区"}
    bare = {stem, f"{stem}屯"} if len(stem) >= 2 else set()
    # Two characters prove little (东村): they need the township beside them.
    bare |= {form for form in shown if len(form) == 2}
    return {form for form in shown if len(form) >= 3 and form != stem}, set(), bare
