"""The log as JSON: one object a line, ids only, no exception's own words."""

from __future__ import annotations

import json
import logging
import sys

from bot.logs import AsJson


def test_a_failure_is_told_by_kind_and_place_and_never_by_its_own_text() -> None:
    try:
        raise ValueError("李小红 15543210987")
    except ValueError:
        record = logging.LogRecord("hutong", logging.ERROR, "", 1, "message %s failed", (7,), sys.exc_info())
    line = json.loads(AsJson().format(record))
    assert (line["message"], line["error"], line["level"]) == ("message 7 failed", "ValueError", "ERROR")
    assert "李小红" not in AsJson().format(record)
    assert line["where"].rpartition(":")[0].endswith("test_logs.py")
