"""Codes people can read out: Crockford base32 with a Luhn mod 32 check character (reports.yml#receipt)."""

from __future__ import annotations

from collections.abc import Callable

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
READ_AS = {"O": "0", "I": "1", "L": "1"}
GROUPS = {10: 5, 12: 4, 6: 6}
BASE = 32


class Miscopied(ValueError):
    """What cannot be a code. `reason`: "length", "letter" (one that never occurs) or "check" (miscopied somewhere).

    A miscopied code costs nobody an attempt (reports.yml#receipt).
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def check_character(body: str) -> str:
    """Check character of the characters before it: every second value from the right doubled, digits added.

    It catches every single wrong character, and every swap of neighbours but 0 with Z. Raises ValueError for a
    character outside the alphabet.
    """
    total = 0
    for position, character in enumerate(reversed(body)):
        figure = ALPHABET.index(character) * (2 if position % 2 == 0 else 1)
        total += figure // BASE + figure % BASE
    return ALPHABET[(BASE - total % BASE) % BASE]


def new_code(random_bytes: Callable[[int], bytes], length: int = 10) -> str:
    """A fresh code of `length` characters, the last one its check: 10 a report code, 12 an invite code.

    `random_bytes(n)` gives n random bytes (256 is a multiple of 32, so every character is equally likely).
    """
    body = "".join(ALPHABET[byte % BASE] for byte in random_bytes(length - 1))
    return body + check_character(body)


def read_code(text: str, length: int = 10) -> str:
    """The code a person wrote: case, spaces and hyphens ignored, O read as 0, I and L as 1.

    Raises Miscopied with its reason when it cannot be a code.
    """
    plain = "".join(READ_AS.get(c, c) for c in text.upper() if c not in "-－—–_ \t·.")
    if len(plain) != length:
        raise Miscopied("length", f"a code has {length} characters")
    if any(c not in ALPHABET for c in plain):
        raise Miscopied("letter", "a code is written with 0-9 and A-Z without I, L, O, U")
    if check_character(plain[:-1]) != plain[-1]:
        raise Miscopied("check", "the check character does not fit")
    return plain


def shown(code: str) -> str:
    """The code in groups for reading out: XXXXX-XXXXX, XXXX-XXXX-XXXX."""
    size = GROUPS.get(len(code), 4)
    return "-".join(code[start : start + size] for start in range(0, len(code), size))
