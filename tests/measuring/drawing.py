"""What `make eval` draws: which intent is taken for which, what more voices teach, whether confidence is true."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

INK, SOFT, LINE, WRONG = "#1c2321", "#c9d1ce", "#1f6f5c", (201, 84, 44)
CELL, NAMES = 18, 210
WIDE, EDGE = 520, 60


def confusion(names: Sequence[str], matrix: Sequence[Sequence[int]], file: Path) -> None:
    """Rows: what was meant; columns: what was understood; green is right, red a mistake, by the share of the row."""
    side = NAMES + CELL * len(names) + 10
    picture = Image.new("RGB", (side, side), "white")
    pen = ImageDraw.Draw(picture)
    for row, counts in enumerate(matrix):
        total = max(1, sum(counts))
        top = NAMES + row * CELL
        pen.text((NAMES - 6, top + CELL / 2), names[row], INK, _font(12), anchor="rm")
        for column, count in enumerate(counts):
            left, share = NAMES + column * CELL, count / total
            full = (31, 111, 92) if row == column else WRONG
            strength = share if row == column else min(1.0, share * 8)  # one mistake in eight is already full red
            colour = tuple(round(255 + (part - 255) * strength) for part in full)
            pen.rectangle((left, top, left + CELL - 1, top + CELL - 1), colour)
    across = Image.new("RGB", (NAMES, CELL * len(names)), "white")
    for column, name in enumerate(names):
        ImageDraw.Draw(across).text((4, column * CELL + CELL / 2), name, INK, _font(12), anchor="lm")
    picture.paste(across.rotate(90, expand=True), (NAMES, 0))
    _keep(picture, file)


def curve(points: Sequence[Sequence[float]], file: Path) -> None:
    """Macro-F1 of the same strangers (upright) after learning from so many voices (along)."""
    most = max(voices for voices, _ in points)
    _chart([(voices / most, value) for voices, value in points], [f"{voices:.0f}" for voices, _ in points], file)


def reliability(bins: Sequence[Sequence[float]], file: Path) -> None:
    """How often what was said with a confidence (along) was right (upright); the grey line is the truth."""
    _chart([(sure, right) for sure, right, _ in bins], [f"{sure:.2f}" for sure, _, _ in bins], file, diagonal=True)


def _chart(points: list[tuple[float, float]], labels: list[str], file: Path, *, diagonal: bool = False) -> None:
    picture = Image.new("RGB", (WIDE, WIDE), "white")
    pen = ImageDraw.Draw(picture)
    inner = WIDE - 2 * EDGE

    def at(x: float, y: float) -> tuple[float, float]:
        return EDGE + x * inner, WIDE - EDGE - y * inner

    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        pen.line((*at(0, share), *at(1, share)), SOFT)
        pen.text((EDGE - 8, at(0, share)[1]), f"{share:.2f}", INK, _font(14), anchor="rm")
    if diagonal:
        pen.line((*at(0, 0), *at(1, 1)), SOFT, 3)
    pen.line([at(*point) for point in points], LINE, 3)
    for point, label in zip(points, labels, strict=True):
        x, y = at(*point)
        pen.ellipse((x - 5, y - 5, x + 5, y + 5), LINE)
        pen.text((x, WIDE - EDGE + 18), label, INK, _font(13), anchor="mm")
        pen.text((x, y - 14), f"{point[1]:.2f}", INK, _font(13), anchor="mm")
    _keep(picture, file)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _keep(picture: Image.Image, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    picture.save(file, "PNG", optimize=True)
