"""Numbers and codes in a message: report codes, PINs, invite codes, phones, identity and bank card numbers.

They are found in every shape people write them, and covered before any text reaches the classifier.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = {"O": "0", "I": "1", "L": "1"}
_SPOKEN = dict(zip("零〇幺一二两三四五六七拐八九洞", "001122345677890", strict=True))
_GAP = r"[\s\-－—–·.,，、_]?"
_LETTERS = r"[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]"
_DIGITS = r"[0-9０-９零〇幺一二两三四五六七拐八九洞]"
_GROUPED = re.compile(rf"(?<!{_LETTERS}){_LETTERS}(?:{_GAP}{_LETTERS}){{9,11}}(?!{_LETTERS})")
_NUMBER = re.compile(rf"{_DIGITS}(?:{_GAP}{_DIGITS}){{6,19}}[Xx]?")
_PIN_AFTER = re.compile(rf"(?:密码|口令|pin|PIN|暗号)\D{{0,4}}?({_DIGITS}(?:\s?{_DIGITS}){{3}})(?!{_DIGITS})")
_PIN_ALONE = re.compile(rf"^\s*({_DIGITS}(?:\s?{_DIGITS}){{3}})\s*[。.!！]?\s*$")
_PIN_LAST = re.compile(rf"({_DIGITS}(?:\s?{_DIGITS}){{3}})\s*[。.!！]?\s*$")
_INVITE_WORDS = re.compile("邀请码|邀请|invite", re.IGNORECASE)
_FULL_WIDTH = str.maketrans(
    "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ",
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
LONGEST_READ = 20_000


@dataclass(frozen=True)
class Found:
    """One number: its kind (report_code, pin, invite_code, phone, identity_card, bank_card), its place in the
    original text, and its plain value."""

    kind: str
    start: int
    end: int
    value: str


def find(text: str) -> tuple[Found, ...]:
    """All codes and numbers, in order, not overlapping. Only the first 20,000 characters are read."""
    read = text[:LONGEST_READ].translate(_FULL_WIDTH)
    found: list[Found] = []
    for reader in (_codes, _numbers, _pins):
        for candidate in reader(read, found):
            if all(candidate.end <= other.start or candidate.start >= other.end for other in found):
                found.append(candidate)
    return tuple(sorted(found, key=lambda one: one.start))


def _codes(text: str, _: list[Found]) -> list[Found]:
    """Report codes (10) and invite codes (12): with a fitting check character, or split as we show them."""
    found = []
    for match in _GROUPED.finditer(text):
        plain = "".join(_READ_AS.get(c, c) for c in match.group().upper() if c.isalnum())
        if any(c not in _ALPHABET for c in plain) or len(plain) not in (10, 12):
            continue
        shown_as_code = "-" in match.group() and any(c.isalpha() for c in match.group())
        if len(plain) == 12 and (_checks(plain) or shown_as_code or _INVITE_WORDS.search(text)):
            found.append(Found("invite_code", match.start(), match.end(), plain))
        elif len(plain) == 10 and (_checks(plain) or shown_as_code):
            found.append(Found("report_code", match.start(), match.end(), plain))
    return found


def _checks(code: str) -> bool:
    total = 0
    for position, character in enumerate(reversed(code[:-1])):
        figure = _ALPHABET.index(character) * (2 if position % 2 == 0 else 1)
        total += figure // 32 + figure % 32
    return _ALPHABET[(32 - total % 32) % 32] == code[-1]


def _numbers(text: str, _: list[Found]) -> list[Found]:
    found = []
    for match in _NUMBER.finditer(text):
        value = "".join(_SPOKEN.get(c, c) for c in match.group().upper() if c in _SPOKEN or c.isdigit() or c == "X")
        kind = _kind(value)
        if kind is None and value.endswith("X"):
            value, kind = value[:-1], _kind(value[:-1])
        if kind is not None:
            found.append(Found(kind, match.start(), match.end(), value))
    return found


def _kind(value: str) -> str | None:
    if re.fullmatch(r"1[3-9]\d{9}", value) or re.fullmatch(r"0\d{2,3}\d{7,8}", value):
        return "phone"
    if re.fullmatch(r"(?:86)1[3-9]\d{9}", value):
        return "phone"
    if re.fullmatch(r"\d{17}[\dX]", value) and _is_identity(value):
        return "identity_card"
    if re.fullmatch(r"[1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}", value):
        return "identity_card"
    if re.fullmatch(r"\d{15,19}", value):
        return "identity_card" if len(value) == 18 and value[6:8] in ("19", "20") else "bank_card"
    return "phone" if re.fullmatch(r"[2-9]\d{6,7}", value) else None


def _is_identity(value: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(value, _ID_WEIGHTS, strict=False))
    return _ID_CHECKS[total % 11] == value[17] or value[6:8] in ("19", "20")


def _pins(text: str, found: list[Found]) -> list[Found]:
    """Four digits said to be the PIN, alone in the message, or last in a message that also has the code."""
    patterns = [_PIN_AFTER, _PIN_ALONE, *([_PIN_LAST] if any(one.kind == "report_code" for one in found) else [])]
    for pattern in patterns:
        match = pattern.search(text)
        if match:
            value = "".join(_SPOKEN.get(c, c) for c in match.group(1) if not c.isspace())
            return [Found("pin", match.start(1), match.end(1), value)]
    return []
