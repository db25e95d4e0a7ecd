"""A paper of the staff page as a PDF file: the same template as the printed page, the Chinese font inside.

The font comes with us (`data/fonts`), so that neither the server nor the reader needs one.
"""

from __future__ import annotations

import re
from pathlib import Path

from fpdf import FPDF
from fpdf.fonts import FontFace, TextStyle

FONT = Path(__file__).resolve().parents[3] / "data" / "fonts" / "NotoSansCJKsc-GBK.otf"
FAMILY, SIZE, MARGIN = "noto", 11, 16.0
BLACK = "#000000"
STYLES: dict[str, FontFace] = {
    "h1": TextStyle(color=BLACK, font_size_pt=20, t_margin=3, b_margin=3),
    "h2": TextStyle(color=BLACK, font_size_pt=14, t_margin=5, b_margin=1.5),
    "p": TextStyle(t_margin=1.5, b_margin=1.5),
    "li": TextStyle(l_margin=4, t_margin=1),
    "ol": TextStyle(t_margin=1, b_margin=1),
    "ul": TextStyle(t_margin=1, b_margin=1),
    "b": FontFace(emphasis="BOLD"),
}
_BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL)
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_FIRST_ROW = re.compile(r"(<table[^>]*><tr><th)([ >].*?<td)", re.DOTALL)
_AS_PRINTED = (
    (re.compile(r">\s+<"), "><"),
    (re.compile("\u3000{2,}"), lambda found: "\uff3f" * len(found.group())),  # a line to write on
    (_FIRST_ROW, r'\1 width="24%"\2 width="76%"'),
    (re.compile("<th(?=[ >])"), '<th align="LEFT"'),
    (re.compile("<table"), '<table border="1" cellpadding="1.2"'),
    (re.compile("<(p|ol|ul)(?=[ >])"), r'<\1 line-height="1.4"'),
)
"""What the style sheet does for the printed page: lines around cells, names of rows narrow and on the left."""


def of(page: str) -> bytes:
    """The PDF of a rendered paper (`paper_*.html`): A4, names of rows on the left, numbered pages, font embedded.

    Raises ValueError when the page has no body, and fpdf's NotImplementedError for tags inside a cell of a table.
    """
    body = _BODY.search(page)
    if body is None:
        raise ValueError("this is no page")
    made = _Sheet(format="A4")
    title = _TITLE.search(page)
    made.set_title(title.group(1).strip() if title else "")
    made.set_lang("zh-CN")
    made.set_margin(MARGIN)
    for style in ("", "B"):
        made.add_font(FAMILY, style, FONT)
    made.set_font(FAMILY, size=SIZE)
    made.add_page()
    content = body.group(1)
    for pattern, printed in _AS_PRINTED:
        content = pattern.sub(printed, content)
    made.write_html(
        content,
        font_family=FAMILY,
        tag_styles=STYLES,
        ul_bullet_char="-",
        li_prefix_color=BLACK,
        table_line_separators=True,
    )
    return bytes(made.output())


class _Sheet(FPDF):
    def footer(self) -> None:
        """The number of the page, so that nobody misses one."""
        self.set_y(-12)
        self.set_font(FAMILY, size=9)
        self.cell(0, 6, f"{self.page_no()} / {{nb}}", align="C")
