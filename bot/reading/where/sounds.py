"""Names of places as voice input writes them: other characters of the same sound, or one wrong character."""

from __future__ import annotations

from functools import cache, lru_cache

from bot.reading.where.gazetteer import PROVINCE, forms, load, rows

LONGEST_HEARD = 9
_KINDS = frozenset("县市区旗州道镇乡村屯")
_TELLING = "一二三四五六七八九十东西南北中前后左右上下大小老新"


def heard(text: str, head: str) -> tuple[str, int] | None:
    """The one division below `head` whose name `text` begins with by its sound, and how long that name is.

    `head`: a code; below the province and a county two levels are tried, else only the next. In names of four
    characters and more with their kind (范家电镇) one wrong character of another sound is forgiven. A bare name of two
    characters proves too little unless it is all of `text`. None when nothing or several fit.
    """
    spoken = text[:LONGEST_HEARD].translate(_table())
    shown, bare = _names(head)
    for size in range(len(spoken), 1, -1):
        # The kind must really be there: 通话时 sounds like 通化市.
        codes = shown.get(spoken[:size], frozenset()) if size > 2 and text[size - 1] in _KINDS else frozenset()
        if size > 2 or (size == len(text) and head != PROVINCE):
            codes = codes or bare.get(spoken[:size], frozenset())
        if codes:
            # A township and its village often share a name: the township is what is certain.
            coarsest = [code for code in codes if len(code) == min(map(len, codes))]
            return (coarsest[0], size) if len(coarsest) == 1 else None
    return _slip(text, spoken, shown)


def _slip(text: str, spoken: str, shown: dict[str, frozenset[str]]) -> tuple[str, int] | None:
    fitting: dict[str, int] = {}
    sizes = {size for size in range(4, len(spoken) + 1) if text[size - 1] in _KINDS}
    for name, codes in shown.items() if sizes else ():
        if len(name) in sizes and _one_off(name, spoken):
            fitting.update(dict.fromkeys(codes, len(name)))
    return next(iter(fitting.items())) if len(fitting) == 1 else None


def _one_off(name: str, spoken: str) -> bool:
    wrong = [(one, other) for one, other in zip(name, spoken, strict=False) if one != other]
    # 六家子 is not 八家子, nor 东沟 西沟: such characters are what tells names apart.
    return len(wrong) == 1 and not set(wrong[0]) <= _telling()


def township_meant(text: str, county: str | None) -> str | None:
    """The one township that a mistyped name (响水正) can only mean, sure enough to ask back and no more.

    The same sound anywhere in the province; in a county already known also one wrong character.
    """
    spoken = text.translate(_table())
    if not 3 <= len(spoken) <= LONGEST_HEARD:
        return None
    names = _townships(county[:6] if county and len(county) >= 6 else None)
    codes = names.get(spoken, frozenset())
    if not codes and county and text[-1] in _KINDS:
        close = [found for name, found in names.items() if len(name) == len(spoken) and _one_off(name, spoken)]
        codes = frozenset().union(*close)
    return next(iter(codes)) if len(codes) == 1 else None


@lru_cache(maxsize=128)
def _townships(county: str | None) -> dict[str, frozenset[str]]:
    """Sound of a township's name with its kind → codes, in one county or in the province."""
    known = load()
    names: dict[str, set[str]] = {}
    for code, area in known.areas.items():
        if len(code) == 9 and (county is None or known.inside(code, county)):
            for form in forms(area)[0]:
                if form[-1] in _KINDS:
                    names.setdefault(form.translate(_table()), set()).add(code)
    return _frozen(names)


def sound(char: str) -> str:
    """The character that stands for the sound of one; itself where it sounds like no other of ours."""
    return char.translate(_table())


@cache
def _telling() -> frozenset[str]:
    return frozenset(_TELLING.translate(_table()))


@cache
def _table() -> dict[int, str]:
    """Each character to the one that stands for its sound."""
    return {ord(char): chars[0] for _, chars in rows("sounds.txt") for char in chars}


@lru_cache(maxsize=128)
def _names(head: str) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Sound of a name → codes: names that show their kind, and bare ones."""
    known = load()
    family = list(known.children.get(head, ()))
    if len(head) == 6:
        family += [township for township, county in known.former.items() if county == head]
    if len(head) in (2, 6):
        family += [below for above in family for below in known.children.get(above, ())]
    shown: dict[str, set[str]] = {}
    bare: dict[str, set[str]] = {}
    for code in family:
        exact, variants, stems = forms(known.areas[code])
        for target, found in ((shown, exact | variants), (bare, stems)):
            for form in found:
                target.setdefault(form.translate(_table()), set()).add(code)
    return _frozen(shown), _frozen(bare)


def _frozen(names: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(codes) for name, codes in names.items()}
