"""Silence of a parent is answered kindly: nothing said of the week's contact threatens or blames (contact_prompts.md:
never punitive; tone: warm, no blame)."""

from __future__ import annotations

import re

from bot import texts

ABOUT_CONTACT = ("contact.", "join.", "referral.", "parents.")
THREATENS = re.compile("(?<!不用来)(?:处罚|罚款|处分|违法|责令|拘留|起诉|警告|失职|不负责任|(?<!没什么)后果|必须)")


def test_nothing_said_to_a_family_about_its_week_threatens_or_blames() -> None:
    about = (key for key in sorted(texts.keys()) if key.startswith(ABOUT_CONTACT))
    said = {key: str(texts.entry(key)["text"]) for key in about}
    assert len(said) > 100
    assert {key: text for key, text in said.items() if THREATENS.search(text)} == {}
