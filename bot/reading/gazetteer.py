"""The real divisions of Jilin to village level, loaded once, and every form under which people name them."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "data" / "regions"
LEVELS = {2: "province", 4: "prefecture", 6: "county", 9: "township", 12: "village"}
FILES = ("prefectures", "counties", "townships", "villages")
PROVINCE = "22"

_NOTE = re.compile("（.*")  # such as （合隆经济开发区）（省级）: nobody says it
_PEOPLES = "(?:朝鲜族|满族|蒙古族|回族|锡伯族)"
_VILLAGE_OFFICE = re.compile("(?:村民委员会|村委会|社区居民委员会|社区居委会|居民委员会|居委会|委员会)$")
_TOWNSHIP_TAIL = re.compile(f"{_PEOPLES}*(?:街道办事处|街道|民族乡|乡|镇)$")
_COUNTY_TAIL = re.compile(f"(?:{_PEOPLES}*自治县|市|区|县)$")
# Names people use that no rule gives.
_COUNTY_NICKNAMES = {
    "220721": ("前郭", "前郭县", "前郭旗"),
    "220172": ("净月", "净月区", "净月开发区"),
    "220171": ("长春经开", "长春经开区"),
    "220173": ("长春高新", "长春高新区"),
    "220174": ("汽开", "汽开区", "长春汽开区"),
    "220871": ("白城经开", "白城开发区"),
    "220771": ("松原经开", "松原开发区"),
}


@dataclass(frozen=True)
class Area:
    """One division: statistical code (2, 4, 6, 9 or 12 digits), official name, and level."""

    code: str
    name: str

    @property
    def spoken(self) -> str:
        """The name as people say it: 平洋村 for 平洋村委会."""
        if len(self.code) != 12:
            return self.name
        core = _VILLAGE_OFFICE.sub("", self.name)
        rural = self.name.endswith(("村委会", "村民委员会")) and not core.endswith("村")
        return f"{core}村" if rural else core

    @property
    def level(self) -> str:
        """province, prefecture, county, township or village."""
        return LEVELS[len(self.code)]


@dataclass(frozen=True)
class Gazetteer:
    """All areas by code; names people say → codes. `full`: forms that show what they are (…镇, …村); `stems`: bare."""

    areas: dict[str, Area]
    children: dict[str, tuple[str, ...]]
    full: dict[str, tuple[str, ...]]
    stems: dict[str, tuple[str, ...]]
    outside: frozenset[str]
    not_places: tuple[str, ...]


@cache
def load() -> Gazetteer:
    """Read the shipped files once."""
    areas = {PROVINCE: Area(PROVINCE, "吉林省")}
    for name in FILES:
        with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            areas.update((code, Area(code, _NOTE.sub("", label))) for code, label in list(csv.reader(file))[1:])
    children: dict[str, list[str]] = defaultdict(list)
    full: dict[str, list[str]] = defaultdict(list)
    stems: dict[str, list[str]] = defaultdict(list)
    for code, area in areas.items():
        if code == PROVINCE:
            continue
        children[parent(code)].append(code)
        shown, bare = _forms(code, area.name)
        for form in shown:
            full[form].append(code)
        for form in bare:
            stems[form].append(code)
    return Gazetteer(
        areas,
        {code: tuple(found) for code, found in children.items()},
        {form: tuple(codes) for form, codes in full.items()},
        {form: tuple(codes) for form, codes in stems.items()},
        frozenset(_lines("outside.txt")),
        _lines("not_places.txt"),
    )


def parent(code: str) -> str:
    """Code of the division above."""
    lengths = sorted(LEVELS)
    return code[: lengths[lengths.index(len(code)) - 1]]


def _lines(name: str) -> tuple[str, ...]:
    return tuple(line for line in (FOLDER / name).read_text(encoding="utf-8").split("\n") if line)


def _forms(code: str, name: str) -> tuple[set[str], set[str]]:
    """Forms with their kind showing, and bare stems of at least two characters."""
    if len(code) == 12:
        return _village_forms(name)
    if len(code) == 9:
        stem = _TOWNSHIP_TAIL.sub("", name)
        shown = {name, name.replace("街道办事处", "街道"), name.replace("街道办事处", "街道办")}
        if stem != name:
            shown |= {stem + tail for tail in (("街道", "街道办") if "街道" in name else ("乡", "镇"))}
        return shown, {stem} if len(stem) >= 2 else set()
    if len(code) == 6:
        stem = _COUNTY_TAIL.sub("", name)
        nicknames = set(_COUNTY_NICKNAMES.get(code, ()))
        shown = {name, *(form for form in nicknames if form[-1] in "县区旗")}
        if "自治县" in name:
            shown.add(stem + "县")
        return shown, ({stem} if len(stem) >= 2 and stem != name else set()) | (nicknames - shown)
    stem = "延边" if name.startswith("延边") else name.removesuffix("市")
    return {name, *({"延边州"} if stem == "延边" else ())}, {stem} - {"吉林"}


def _village_forms(name: str) -> tuple[set[str], set[str]]:
    core = _VILLAGE_OFFICE.sub("", name)
    stem = re.sub("(?:社区|生活区|村|屯)$", "", core)
    shown = {name, core}
    if name.endswith(("村委会", "村民委员会")) or core.endswith("村"):
        shown |= {stem + "村", stem + "村委会"}
    elif "社区" in name or "居" in name:
        shown |= {stem + "社区"}
    return {form for form in shown if len(form) >= 3}, {stem, stem + "屯"} if len(stem) >= 2 else set()
