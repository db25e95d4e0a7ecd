"""A QR code as a drawing, for what is printed: an address as bytes, correction M, versions 1 to 6 (ISO/IEC 18004).

Small on purpose: addresses of this service are short, and nothing else is put into one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

Cells = list[list[bool]]


class _Size(NamedTuple):
    """How much a version holds: blocks, codewords of data and of correction in each."""

    blocks: int
    data: int
    correction: int


_SIZES = {
    1: _Size(1, 16, 10),
    2: _Size(1, 28, 16),
    3: _Size(1, 44, 26),
    4: _Size(2, 32, 18),
    5: _Size(2, 43, 24),
    6: _Size(4, 27, 16),
}
_BYTES, _FIELD, _FORMAT, _FORMAT_MASK = 0b0100, 0x11D, 0x537, 0x5412
_HEAD = 2
"""Bytes of a version's data that the kind and the length take, with the end."""
_MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda y, x: (y + x) % 2 == 0,
    lambda y, x: y % 2 == 0,
    lambda y, x: x % 3 == 0,
    lambda y, x: (y + x) % 3 == 0,
    lambda y, x: (y // 2 + x // 3) % 2 == 0,
    lambda y, x: y * x % 2 + y * x % 3 == 0,
    lambda y, x: (y * x % 2 + y * x % 3) % 2 == 0,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2 == 0,
)
_QUIET = 4
"""Empty cells around the code, without which it is not found."""


def svg(text: str) -> str:
    """The code as an SVG that scales. Raises ValueError for text that is too long (more than 106 bytes)."""
    cells = matrix(text)
    side = len(cells) + 2 * _QUIET
    dark = "".join(
        f"M{x + _QUIET} {y + _QUIET}h1v1h-1z" for y, row in enumerate(cells) for x, one in enumerate(row) if one
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges" role="img">'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path d="{dark}" fill="#000"/></svg>'
    )


def matrix(text: str) -> Cells:
    """The cells of the code, dark ones True, with the mask that leaves the fewest cells in rows of one colour."""
    data = text.encode()
    version = next((one for one, size in _SIZES.items() if size.blocks * size.data - _HEAD >= len(data)), None)
    if version is None:
        raise ValueError(f"{len(data)} bytes are too many for a code of this kind")
    bits = [bool(word >> shift & 1) for word in _codewords(data, _SIZES[version]) for shift in range(7, -1, -1)]
    drawn = [_drawn(version, bits, number) for number in range(len(_MASKS))]
    return min(drawn, key=_monotonous)


def _codewords(data: bytes, size: _Size) -> list[int]:
    """Data and its correction, the blocks interleaved."""
    stream = int.from_bytes(bytes([_BYTES << 4 | len(data) >> 4, (len(data) & 15) << 4])) >> 4
    whole = (stream << 8 * len(data) | int.from_bytes(data)) << 4
    words = list(whole.to_bytes(len(data) + _HEAD))
    room = size.blocks * size.data
    words += [(0xEC, 0x11)[at % 2] for at in range(room - len(words))]
    blocks = [words[at : at + size.data] for at in range(0, room, size.data)]
    corrections = [_correction(block, size.correction) for block in blocks]
    return [word for parts in (blocks, corrections) for column in zip(*parts, strict=True) for word in column]


def _times(left: int, right: int) -> int:
    product = 0
    for shift in range(7, -1, -1):
        product = product << 1 ^ (product >> 7) * _FIELD
        product ^= (right >> shift & 1) * left
    return product


def _correction(block: list[int], count: int) -> list[int]:
    """The remainder of the block by the generator polynomial of this many roots (Reed-Solomon)."""
    generator, root = [0] * (count - 1) + [1], 1
    for _ in range(count):
        generator = [
            _times(one, root) ^ (generator[at + 1] if at + 1 < count else 0) for at, one in enumerate(generator)
        ]
        root = _times(root, 2)
    left = [0] * count
    for word in block:
        factor = word ^ left.pop(0)
        left.append(0)
        left = [one ^ _times(part, factor) for one, part in zip(left, generator, strict=True)]
    return left


def _drawn(version: int, bits: list[bool], number: int) -> Cells:
    """Everything in its place, under one mask."""
    side = 17 + 4 * version
    fixed = _fixed(version, side) | _format(side, number)
    cells = [[fixed.get((y, x), False) for x in range(side)] for y in range(side)]
    mask, stream = _MASKS[number], iter(bits)
    for y, x in _way(side):
        if (y, x) not in fixed:
            cells[y][x] = next(stream, False) ^ mask(y, x)
    return cells


def _way(side: int) -> Iterator[tuple[int, int]]:
    """The cells in the order in which data is laid: pairs of columns, up and down, from the right."""
    upward = True
    for right in (one if one > 6 else one - 1 for one in range(side - 1, 0, -2)):
        for y in range(side - 1, -1, -1) if upward else range(side):
            yield y, right
            yield y, right - 1
        upward = not upward


def _fixed(version: int, side: int) -> dict[tuple[int, int], bool]:
    """What every code of this version has: the three corners, the rulers between them, the small square."""
    found = {(6, at): at % 2 == 0 for at in range(side)} | {(at, 6): at % 2 == 0 for at in range(side)}
    for top, left in ((0, 0), (0, side - 7), (side - 7, 0)):
        for y in range(max(0, top - 1), min(side, top + 8)):
            for x in range(max(0, left - 1), min(side, left + 8)):
                found[y, x] = max(abs(y - top - 3), abs(x - left - 3)) not in (2, 4)
    if version > 1:
        middle = side - 7
        for y in range(middle - 2, middle + 3):
            for x in range(middle - 2, middle + 3):
                found[y, x] = max(abs(y - middle), abs(x - middle)) != 1
    return found


def _format(side: int, number: int) -> dict[tuple[int, int], bool]:
    """Which mask and correction it is, written twice."""
    rest = number << 10
    for shift in range(4, -1, -1):
        rest ^= (rest >> shift + 10 & 1) * (_FORMAT << shift)
    code = (number << 10 | rest) ^ _FORMAT_MASK
    bits = [bool(code >> at & 1) for at in range(15)]
    near = [*((at, 8) for at in (0, 1, 2, 3, 4, 5, 7, 8)), *((8, at) for at in (7, 5, 4, 3, 2, 1, 0))]
    far = [*((8, side - 1 - at) for at in range(8)), *((side - 15 + at, 8) for at in range(8, 15))]
    return {**dict(zip(near, bits, strict=True)), **dict(zip(far, bits, strict=True)), (side - 8, 8): True}


def _monotonous(cells: Cells) -> int:
    """How many cells stand in runs of five and more of one colour, across and down."""
    found = 0
    for line in [*cells, *map(list, zip(*cells, strict=True))]:
        run, before = 0, None
        for cell in line:
            run, before = (run + 1 if cell == before else 1), cell
            found += (run >= 5) + 2 * (run == 5)
    return found
