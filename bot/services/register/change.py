"""Changing a child's file in chat: what, and the new value; asking another village to take over."""

from __future__ import annotations

from typing import Any

from bot.reading.persons import carers
from bot.reading.staff import register
from bot.reading.talk import answers as short
from bot.reading.where import places
from bot.services import drafts
from bot.services.mail import mailbox
from bot.services.register import children, leaving, moving, registering
from bot.services.register.children import Outcome
from bot.services.register.moving import OUTSIDE
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.tables import Child, Draft

WORDS = ("school", "address", "birth_date", "name", "carer", "place")
TAPPED = ("level", "state", "together", "sex")
WHAT = ("level", "carer", "school", "address", "birth_date", "state", "place")
LONGEST = 100


def begin(kept: dict[str, Any], child: Child, text: str) -> None:
    """What the first sentence already tells of the change."""
    kept.update(doing="change", child=child.uid)
    what = register.changed(text)
    if what is None:
        return
    kept["what"] = what
    if what == "level" and (level := register.level_told(text)):
        kept["value"] = level
    if what == "place":
        _read_place(kept, text)


def _read_place(kept: dict[str, Any], text: str) -> None:
    read = places.find(text)
    if read.best is not None and read.best.level == "village":
        kept["value"] = read.best.code
    elif read.outside is not None:
        kept.update(what=OUTSIDE, value=text[text.index(read.outside) :] if read.outside in text else read.outside)


def take(draft: Draft, kept: dict[str, Any], text: str) -> bool:
    """Take words as the answer to what was asked. False: they are no answer to it."""
    said = text.strip()[:LONGEST]
    if draft.asked == "what":
        kept["what"] = register.changed(said)
        return kept["what"] is not None
    if draft.asked == "value" and kept.get("what") == "level":
        kept["value"] = register.level(said)
        return bool(kept["value"])
    if draft.asked == "value" and kept.get("what") == "place":
        _read_place(kept, said)
        return bool(kept.get("value"))
    if draft.asked == "value" and kept.get("what") in WORDS:
        kept["value"] = said
        return bool(said)
    answer = short.short_answer(said)
    return draft.asked == "together" and answer in ("yes", "no") and tap(kept, "together", answer)


def tap(kept: dict[str, Any], field: str, value: str) -> bool:
    """Settle a button. False: it is none of ours."""
    if field == "what" and value in WHAT:
        kept["what"] = value
        kept.pop("value", None)
    elif (field == "value" and kept.get("what") in TAPPED) or (field == "together" and value in ("yes", "no")):
        kept[field] = value
    else:
        return False
    return True


def ask(work: Work, draft: Draft, kept: dict[str, Any], inbox_id: int) -> str | None:
    """Ask the next thing; None: all is answered."""
    child = work.session.get_one(Child, kept["child"])
    name = str(children.profile(work, child)["name"])
    if not kept.get("what"):
        field, key = "what", "child.ask.what"
    elif not kept.get("value"):
        field, key = "value", f"child.ask.new.{kept['what']}"
    elif kept["what"] == "place" and "together" not in kept and registering.siblings(work, child):
        field, key = "together", "child.ask.together"
    else:
        return None
    drafts.keep(work, draft, kept, field)
    mailbox.say(work, draft.conversation, key, {"name": name}, reply_to=inbox_id)
    return field


def carry_out(work: Work, member: Member, kept: dict[str, Any]) -> Outcome:
    """Make the change."""
    uid, what, value = kept["child"], kept["what"], kept["value"]
    if what == OUTSIDE:
        return leaving.ask(work, member, uid, value)
    if what == "place":
        return moving.ask(work, member, uid, value, together=kept.get("together") == "yes")
    if what == "carer":
        told = carers.carer(value)
        return registering.new_carer(work, member, uid, told.name or told.relation, told.relation, told.phone)
    return registering.change(work, member, uid, what, value)
