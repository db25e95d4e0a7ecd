"""A text has one place: a key written twice would silently take the words of the one above."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import yaml

TEXTS = Path(__file__).parents[2] / "bot" / "texts"


def test_no_text_is_written_twice() -> None:
    written = Counter(
        key.value
        for file in sorted(TEXTS.glob("*.yml"))
        for key, _ in yaml.compose(file.read_text(encoding="utf-8")).value
    )
    assert len(written) > 1000
    assert [key for key, times in written.items() if times > 1] == []
