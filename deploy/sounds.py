"""Make data/regions/sounds.txt: characters that sound alike, one toneless syllable a line; those that sound like no
other are in sounds_alone.txt, for names written in pinyin. Wants pypinyin (MIT).

Voice input writes another character of the same sound; the reader of places compares by these groups. Kept in the
repository; run again only after the names have changed: python deploy/sounds.py
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

from pypinyin import Style, lazy_pinyin

REGIONS = Path(__file__).resolve().parents[1] / "data" / "regions"
# Kept apart by few speakers in the North-East: zh/z, ch/c, sh/s, -ng/-n after e and i.
_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("eng", "en"), ("ing", "in"))

_SPOKEN = {"囤": "tun"}  # the dictionary's first sound is not the one people write it for (范家囤)


def main() -> None:
    """Give every common character the sound it mostly has in the names, else its first one."""
    heard: dict[str, Counter[str]] = defaultdict(Counter)
    for level in ("prefectures", "counties", "townships", "villages"):
        with (REGIONS / f"{level}.csv").open(encoding="utf-8", newline="") as file:
            for _, name in list(csv.reader(file))[1:]:
                for char, sound in zip(name, lazy_pinyin(name, style=Style.NORMAL, errors=list), strict=True):
                    heard[char][sound] += 1
    sounds: dict[str, list[str]] = defaultdict(list)
    for char in sorted({*_common(), *heard}):
        if "一" <= char <= "鿿":
            sound = _SPOKEN.get(char) or (heard[char].most_common(1)[0][0] if char in heard else lazy_pinyin(char)[0])
            for told, same in _ALIKE:
                sound = sound.replace(told, same)
            sounds[sound].append(char)
    for name, several in (("sounds", True), ("sounds_alone", False)):
        lines = [f"{sound} {''.join(chars)}" for sound, chars in sorted(sounds.items()) if (len(chars) > 1) == several]
        (REGIONS / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _common() -> set[str]:
    """The 3,755 characters of the first level of GB 2312."""
    codes = (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return {code.decode("gb2312", errors="ignore") for code in codes} - {""}


if __name__ == "__main__":
    main()
