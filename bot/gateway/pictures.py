"""Pictures that go with a message: drawn when it is sent, from the same sealed arguments as its words.

The words beside a picture say everything it shows, for who cannot see it.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from bot import texts

FONT = Path(__file__).resolve().parents[2] / "data" / "fonts" / "NotoSansCJKsc-GBK.otf"
WIDE, TALL, LEFT, TOP, BOTTOM = 900, 520, 70, 70, 90
MADE, LATE, INK, SOFT = "#1f6f5c", "#c9542c", "#1c2321", "#c9d1ce"
"""Dark green and light red differ in lightness, too: both are told apart on a grey print and by the colour-blind."""


def of(key: str, args: Mapping[str, Any]) -> bytes | None:
    """The PNG that belongs to a message, or None for one that is words alone."""
    draws = _PICTURES.get(key)
    return draws(args) if draws is not None else None


def _trend(args: Mapping[str, Any]) -> bytes:
    """Bars of visits made and late, month by month; `args["months"]`: lists of year, month, made, late."""
    months: Sequence[Sequence[int]] = args["months"]
    picture = Image.new("RGB", (WIDE, TALL), "white")
    pen = ImageDraw.Draw(picture)
    floor, step = TALL - BOTTOM, (WIDE - LEFT - 20) / len(months)
    most = max(1, *(max(made, late) for _, _, made, late in months))
    for share in (0.5, 1.0):
        level = floor - (floor - TOP) * share
        pen.line((LEFT, level, WIDE - 20, level), SOFT, 2)
        pen.text((LEFT - 8, level), str(round(most * share)), INK, _font(22), anchor="rm")
    for place, (year, month, made, late) in enumerate(months):
        x = LEFT + place * step
        for share, colour, begins, wide in ((made, MADE, 0.12, 0.42), (late, LATE, 0.58, 0.3)):
            height = (floor - TOP) * share / most
            pen.rectangle((x + begins * step, floor - height, x + (begins + wide) * step, floor), colour)
        pen.text(
            (x + step / 2, floor + 8), texts.phrase("trends.month").format(month=month), INK, _font(22), anchor="mt"
        )
        if month == 1 or (place == 0 and month != 12):  # December's year would stand on January's
            pen.text((x + step / 2, floor + 42), str(year), INK, _font(20), anchor="mt")
    pen.line((LEFT, floor, WIDE - 20, floor), INK, 3)
    for x, colour, name in ((LEFT, MADE, "trends.made"), (LEFT + 300, LATE, "trends.late")):
        pen.rectangle((x, 22, x + 24, 46), colour)
        pen.text((x + 34, 34), texts.phrase(name), INK, _font(24), anchor="lm")
    written = io.BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size)


_PICTURES: Mapping[str, Callable[[Mapping[str, Any]], bytes]] = {"visits.trends": _trend}
