"""Numbers and codes in a message: report codes, PINs, invite codes, phones, identity and bank card numbers.

They are found in every shape people write or say them, and covered before any text reaches the classifier: in doubt
a code or number is found. Years, dates, ages and amounts are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = {"O": "0", "I": "1", "L": "1"}
_SPOKEN = dict(zip("零〇洞幺一二两三四五六七拐八九勾", "0001122345677899", strict=True))
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_GAP = r"(?:\s{0,3}(?:[\-—–−_·./,，、]|杠|横杠|横线|空格)?\s{0,3})"
_TOKEN = re.compile("[0-9A-Za-z]+")
_SPOKEN_TOKEN = re.compile(f"[0-9A-Za-z{''.join(_SPOKEN)}]+")
_CODE_WORDS = re.compile(r"(?:查询码|查询号|报告码|报告号|回执|编码|编号|单号|查询|码)[^0-9A-Za-z]{0,6}$")
_INVITE_WORDS = re.compile(r"(?:邀请码|邀请|绑定码|绑定|invite(?: code)?)[^0-9A-Za-z]{0,6}$", re.IGNORECASE)
_DIGIT = f"[0-9{''.join(_SPOKEN)}]"
_NUMBER = re.compile(rf"(?<![A-Za-z]){_DIGIT}(?:{_GAP}{_DIGIT}){{6,19}}(?:\s?[Xx](?![A-Za-z]))?")
_TIMES = re.compile(rf"(?:(?P<times>[2-8二两三四五六七八])个)?(?P<figure>{_DIGIT})")
_COUNTED = re.compile(
    rf"(?<![0-9A-Za-z])(?:{_TIMES.pattern}{_GAP}){{4,11}}".replace("?P<times>", "").replace("?P<figure>", "")
)
_DATE = re.compile(
    r"(?<!\d)(?:19|20)\d{2}\s?[年\-/.]\s?(?:1[0-2]|0?[1-9])(?:\s?[月\-/.]\s?(?:3[01]|[12]\d|0?[1-9])[日号]?)?(?!\d)"
    r"|(?<!\d)(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)|(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)"
)
_AMOUNT_AFTER = re.compile(r"\s*(?:[元块人米斤度]|万|亿|多[元块]|平方|公里)")
_PHONE_WORDS = re.compile(r"(?:电话|手机|号码|座机|手机号|联系方式|打给|qq|QQ|微信|加我|vx)[^0-9]{0,6}$")
_FOUR = rf"{_DIGIT}(?:[ \-.,，、]?{_DIGIT}){{3}}"
_PIN_AFTER = re.compile(
    rf"(?:密码|口令|暗号|pin码?|PIN码?)[^0-9a-zA-Z]{{0,6}}?(?P<pin>{_FOUR})(?!{_DIGIT}|[年月元块岁]|[-\s]?\d)"
)
_PIN_ALONE = re.compile(rf"^\s*(?:是|就是|应该是|对)?\s*(?P<pin>{_FOUR})\s*(?:吧|啊|呢)?\s*[。.!！]?\s*$")
_PIN_BESIDE = re.compile(rf"(?<!{_DIGIT})(?P<pin>{_FOUR})(?!{_DIGIT}|[年月元块岁])")
_ONLY_NAMES_IT = re.compile(
    "(?:你好|您好|我有|这是|我的|我|收到|给的|给我的|是|的|个|一个|邀请码|邀请|绑定码|绑定|查询码|查询号|密码|pin|my|invite|invitation|code|is|[\\s:：,，。.!！])*",
    re.IGNORECASE,
)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
LONGEST_READ = 20_000
MOBILE = 11


@dataclass(frozen=True)
class Found:
    """One number: its kind (report_code, pin, invite_code, phone, identity_card, bank_card), its place in the
    original text, and its plain value (O as 0, I and L as 1, spoken digits as digits)."""

    kind: str
    start: int
    end: int
    value: str


def find(text: str) -> tuple[Found, ...]:
    """All codes and numbers, in order, not overlapping. Only the first 20,000 characters are read."""
    read = text[:LONGEST_READ].translate(_FULL_WIDTH)
    found: list[Found] = []
    for reader in (_checked_codes, _counted, _numbers, _other_codes, _pins):
        for candidate in reader(read, found):
            if all(candidate.end <= other.start or candidate.start >= other.end for other in found):
                found.append(candidate)
    return tuple(sorted(found, key=lambda one: one.start))


@dataclass(frozen=True)
class _Window:
    """Ten or twelve characters that may be a code: where they stand, and the lengths of the pieces they come in."""

    start: int
    end: int
    plain: str
    raw: str
    shape: tuple[int, ...]
    gaps: str

    @property
    def as_shown(self) -> bool:
        """Split with hyphens the way we show codes."""
        return self.shape in ((5, 5), (4, 4, 4)) and re.search(r"[-—–−_杠线]", self.gaps) is not None

    @property
    def mixed(self) -> bool:
        """Figures and letters, as they were written: the words "herself, she" hold an l and are no code."""
        return any(c.isdigit() or c in _SPOKEN for c in self.raw) and any(c.isalpha() for c in self.plain)

    @property
    def checks(self) -> bool:
        return all(c in _ALPHABET for c in self.plain) and _check_fits(self.plain)


def stand_alone(text: str, found: Sequence[Found]) -> bool:
    """Whether nothing is said beside the codes found in a text but what they are: 你好，我的邀请码是…"""
    ends = [*(one.start for one in found[1:]), len(text)]
    rest = "".join(text[one.end : end] for one, end in zip(found, ends, strict=True))
    return _ONLY_NAMES_IT.fullmatch(text[: found[0].start] + rest) is not None


def prove_alone(text: str) -> bool:
    """Whether a report code and its PIN are all that is written: that is no information, and says which report."""
    found = find(text)
    return {one.kind for one in found} == {"report_code", "pin"} and stand_alone(text, found)


def checks(said: str) -> bool:
    """Whether a number of ours, as a person wrote it, has the check character that fits (that of a report: 6)."""
    plain = "".join(_READ_AS.get(c, c) for c in said.upper())
    return all(c in _ALPHABET for c in plain) and _check_fits(plain)


def short_number(text: str) -> str | None:
    """The figures of a mobile number that is named as one and has too few of them; None: there is none."""
    hit = _NUMBER.search(text)
    if hit is None or _PHONE_WORDS.search(text[: hit.start()]) is None:
        return None
    figures = "".join(char for char in _plain(hit.group()) if char.isdigit())
    return figures if figures.startswith("1") and len(figures) < MOBILE else None


def identity_fits(number: str) -> bool:
    """Whether the last of the 18 figures of an identity number is the one that follows from the others."""
    total = sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS, strict=False))
    return _ID_CHECKS[total % 11] == number[17]


def _windows(text: str) -> Iterator[_Window]:
    """Every run of 10 or 12 letters and figures that begins and ends with a piece; spoken digits in a second try."""
    for pattern in (_TOKEN, _SPOKEN_TOKEN):
        pieces = list(pattern.finditer(text))
        for first, piece in enumerate(pieces):
            said, shape, gaps, end = piece.group(), [len(piece.group())], "", piece.end()
            for following in pieces[first + 1 : first + 13]:
                if len(said) in (10, 12):
                    yield _Window(piece.start(), end, _plain(said), said, tuple(shape), gaps)
                between = text[end : following.start()]
                if len(said) >= 12 or not re.fullmatch(_GAP, between):
                    break
                said, gaps, end = said + following.group(), gaps + between, following.end()
                shape.append(len(following.group()))
            else:
                if len(said) in (10, 12):
                    yield _Window(piece.start(), end, _plain(said), said, tuple(shape), gaps)


def _plain(said: str) -> str:
    return "".join(_SPOKEN.get(c, _READ_AS.get(c.upper(), c.upper())) for c in said)


def _checked_codes(text: str, _: list[Found]) -> Iterator[Found]:
    """Codes whose check character fits, those that look most like ours first; figures alone need one more reason."""
    likely: list[tuple[int, Found]] = []
    for window in _windows(text):
        if not window.checks:
            continue
        before = text[max(0, window.start - 10) : window.start]
        named = _CODE_WORDS.search(before) or _INVITE_WORDS.search(before)
        whole = window.plain.isalpha() and (window.shape in ((10,), (5, 5), (12,)) or max(window.shape) == 1)
        if window.as_shown or named or window.mixed or whole:
            kind = "report_code" if len(window.plain) == 10 else "invite_code"
            rank = 0 if window.as_shown else 1 if named else 2 if kind == "report_code" else 3
            likely.append((rank, Found(kind, window.start, window.end, window.plain)))
    return (found for _, found in sorted(likely, key=lambda one: one[0]))


def _other_codes(text: str, _: list[Found]) -> Iterator[Found]:
    """What is named or written like a code, though miscopied somewhere."""
    for window in _windows(text):
        before = text[max(0, window.start - 10) : window.start]
        length = len(window.plain)
        if length == 10 and (_CODE_WORDS.search(before) or (window.as_shown and not window.plain.isdigit())):
            yield Found("report_code", window.start, window.end, window.plain)
        elif length == 12 and (_INVITE_WORDS.search(before) or (window.as_shown and not window.plain.isdigit())):
            yield Found("invite_code", window.start, window.end, window.plain)
    for piece in re.finditer(rf"[0-9A-Za-z](?:{_GAP}[0-9A-Za-z]){{5,15}}", text):
        if _INVITE_WORDS.search(text[max(0, piece.start() - 10) : piece.start()]):
            value = _plain("".join(c for c in piece.group() if c.isascii() and c.isalnum()))
            yield Found("invite_code", piece.start(), piece.end(), value)


def _check_fits(code: str) -> bool:
    """Luhn mod 32 over the characters before the last (reports.yml#receipt)."""
    total = 0
    for position, character in enumerate(reversed(code[:-1])):
        figure = _ALPHABET.index(character) * (2 if position % 2 == 0 else 1)
        total += figure // 32 + figure % 32
    return _ALPHABET[(32 - total % 32) % 32] == code[-1]


def _counted(text: str, _: list[Found]) -> Iterator[Found]:
    """Mobile numbers in which what repeats is counted: 幺三九 四个零 二二七六."""
    for match in _COUNTED.finditer(text):
        value = "".join(
            _SPOKEN.get(one["figure"], one["figure"]) * int(_SPOKEN.get(one["times"], one["times"] or "1"))
            for one in _TIMES.finditer(match.group())
        )
        if "个" in match.group() and re.fullmatch(r"1[3-9]\d{9}", value):
            yield Found("phone", match.start(), match.end(), value)


def _numbers(text: str, _: list[Found]) -> Iterator[Found]:
    """Phones and cards; dates and clock times are taken out first, so that none of them joins a number."""
    dateless = _DATE.sub(lambda date: "#" * len(date.group()), text)
    for match in _NUMBER.finditer(dateless):
        pieces = re.split(rf"[^0-9Xx{''.join(_SPOKEN)}]+", match.group())
        value = "".join(_SPOKEN.get(c, c) for c in match.group().upper() if c in _SPOKEN or c.isdigit() or c == "X")
        if not _AMOUNT_AFTER.match(dateless, match.end()) or re.fullmatch(r"1[3-9]\d{9}", value):
            named = _PHONE_WORDS.search(dateless[max(0, match.start() - 12) : match.start()]) is not None
            whole = Found(_kind(value, pieces, named) or "", match.start(), match.end(), value)
            if whole.kind:
                yield whole
                continue
        yield from _inside(dateless, match.start(), match.end())


def _inside(text: str, start: int, end: int) -> Iterator[Found]:
    """Mobile and identity card numbers inside a longer run, as in 2个孩子 … 5,13812345678."""
    pattern = rf"(?<!\d)(?:1[3-9]\d{{9}}|\d{{17}}[\dXx])(?!\d)|(?<!{_DIGIT})1[3-9]\d(?:[ -]?\d{{4}}){{2}}(?!\d)"
    for match in re.compile(pattern).finditer(text, start, end):
        value = re.sub("[ -]", "", match.group()).upper()
        yield Found("phone" if len(value) == 11 else "identity_card", match.start(), match.end(), value)


def _kind(value: str, pieces: list[str], named: bool) -> str | None:
    if re.fullmatch(r"(?:86)?1[3-9]\d{9}", value) or re.fullmatch(r"0[1-9]\d{1,2}\d{7,8}", value):
        return "phone"
    if re.fullmatch(r"\d{17}[\dX]", value) and _is_identity(value):
        return "identity_card"
    if re.fullmatch(r"[1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}", value):
        return "identity_card"
    chunked = len(pieces) == 1 or min(map(len, pieces[:-1])) >= 3 or max(map(len, pieces)) == 1
    if re.fullmatch(r"\d{15,19}", value) and chunked:
        return "bank_card"
    if re.fullmatch(r"\d{7,14}", value) and (named or (len(pieces) == 1 and len(value) >= 9)):
        return "phone"
    local = len(pieces) == 1 or [len(piece) for piece in pieces] in ([4, 4], [3, 4], [4, 3])
    return "phone" if local and re.fullmatch(r"[2-9]\d{6,7}", value) else None


def _is_identity(value: str) -> bool:
    """The check fits, or at least the year of birth is one: a miscopied card number is covered as well."""
    return identity_fits(value) or value[6:8] in ("19", "20")


def _pins(text: str, found: list[Found]) -> Iterator[Found]:
    """Four digits said to be the PIN, alone in the message, or standing in a message that also has the code."""
    beside = any(one.kind == "report_code" for one in found)
    for pattern in (_PIN_AFTER, _PIN_ALONE, *([_PIN_BESIDE] if beside else [])):
        for match in pattern.finditer(text):
            free = all(match.end("pin") <= one.start or match.start("pin") >= one.end for one in found)
            if free:
                value = "".join(_SPOKEN.get(c, c) for c in match["pin"] if c in _SPOKEN or c.isdigit())
                yield Found("pin", match.start("pin"), match.end("pin"), value)
                return
