"""Visits being recorded, one draft a home: whoever turns to another home meanwhile loses nothing of the first."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bot import texts
from bot.care import parameters, visit_record
from bot.services import conversations, drafts
from bot.services.mail import mailbox
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Child, Conversation, Draft

FLOW = "visit"
KEPT_FOR = timedelta(hours=int(parameters.number("visit.record.submit_within")))

ONLY_A_DAY = ("off", "away")
"""What is asked where no visit is told, only a day."""


def fresh() -> dict[str, Any]:
    """The contents of a draft in which nothing has been said."""
    return {"home": None, "children": [], "on": None, "record": visit_record.empty(), "ask": None, "fine": False}


def contents(work: Work, draft: Draft) -> dict[str, Any]:
    """What a draft holds."""
    return drafts.contents(work, draft) or fresh()


def children(work: Work, kept: dict[str, Any]) -> list[Child]:
    """The children of the home a record is of."""
    return [work.session.get_one(Child, uid) for uid in kept["children"]]


def day(work: Work, kept: dict[str, Any]) -> date:
    """The day of the visit: as told, else that on which it was begun to be told."""
    told_on = kept["on"] or kept.get("began")
    return date.fromisoformat(told_on) if told_on else work.today


def current(work: Work, conversation: str) -> Draft:
    """The draft that is open, or a new one."""
    return drafts.current(work, conversation, FLOW) or drafts.begin(work, conversation, FLOW)


def of_home(work: Work, conversation: str, home: str | None) -> Draft:
    """The draft of a visit to this home, taken from the shelf if it was put there; another home's goes to the shelf.

    None: of whichever home is open. "": of one that is not known yet.
    """
    draft = drafts.current(work, conversation, FLOW)
    if draft is not None and (home is None or _is_of(work, draft, home)):
        return draft
    if draft is not None and draft.asked in ONLY_A_DAY:
        drafts.close(work, draft, "done")  # only a day was asked for, nothing of a visit was told
    elif draft is not None:
        drafts.shelve(work, draft, drafts.SETTLE_AFTER if harm_waits(contents(work, draft)) else KEPT_FOR)
    for kept in drafts.shelved(work, conversation, FLOW):
        if contents(work, kept)["home"] == home:
            drafts.reopen(work, kept)
            return kept
    return drafts.begin(work, conversation, FLOW)


def harm_waits(kept: dict[str, Any]) -> bool:
    """Whether harm was told of which nobody has said yet whether it is one of the list of emergencies."""
    return bool(kept.get("harm")) and kept["home"] is not None and kept["record"]["emergency"] is None


def move(work: Work, draft: Draft, home: str, children: list[str]) -> None:
    """What was told is of another home: the record goes there, on top of what waits for that one; of the day of the
    visit what was told last holds."""
    kept = contents(work, draft)
    before = shelved(work, draft.conversation, home)
    if before is not None:
        old = contents(work, before)["record"]
        for name, words in old["notes"].items():
            new = kept["record"]["notes"].get(name)
            kept["record"]["notes"][name] = f"{words}；{new}" if new and new != words else words
        kept["record"]["sections"] = {**old["sections"], **kept["record"]["sections"]}
        kept["record"]["needs"] = [*old["needs"], *(one for one in kept["record"]["needs"] if one not in old["needs"])]
        kept["record"]["follow"] = {**old.get("follow", {}), **kept["record"].get("follow", {})}
        drafts.close(work, before, "done")
    kept["home"], kept["children"] = home, children
    kept.pop("own", None)
    drafts.keep(work, draft, kept, None)


def put_aside(work: Work, conversation: str) -> Draft | None:
    """The record that is open waits, whole, and nothing is asked any more. None: none was."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is not None:
        drafts.keep(work, draft, contents(work, draft), None)
    if work.session.get_one(Conversation, conversation).flow == FLOW:
        conversations.enter(work, conversation, None, told_rasa=False)
    return draft


def shelved(work: Work, conversation: str, home: str) -> Draft | None:
    """The record of a home that was put aside."""
    every = drafts.shelved(work, conversation, FLOW)
    return next((one for one in every if contents(work, one)["home"] == home), None)


def waiting(work: Work, conversation: str, home: str, *, visited: bool = False) -> list[str] | None:
    """The children of the record that is open or waits for a home; `visited`: where it is told already how it is there,
    and not only what somebody needs. None: there is none."""
    now = drafts.current(work, conversation, FLOW)
    every = [*([now] if now is not None else []), *drafts.shelved(work, conversation, FLOW)]
    held = (contents(work, one) for one in every)
    return next(
        (list(one["children"]) for one in held if one["home"] == home and (not visited or _tells_how(one))), None
    )


def _tells_how(kept: dict[str, Any]) -> bool:
    return bool(kept["fine"] or kept["record"]["sections"] or kept["record"]["voice"])


def _is_of(work: Work, draft: Draft, home: str) -> bool:
    """Whether a visit to this home is, or is just being told, in this draft."""
    known = contents(work, draft)["home"]
    return known == home or (known is None and (draft.asked is not None or not drafts.contents(work, draft)))


def end(work: Work, draft: Draft, inbox_id: int) -> None:
    """This visit is over. One that was put aside for it is the open one again, and its writer is told so."""
    drafts.close(work, draft, "done")
    conversations.enter(work, draft.conversation, None, told_rasa=False)
    first = drafts.take_down(work, draft.conversation, FLOW)
    if first is not None:
        children = [work.session.get_one(Child, uid) for uid in contents(work, first)["children"]]
        names = visit_words.names(work, children) or texts.phrase("visit.still_open.unknown")
        mailbox.say(work, draft.conversation, "visit.still_open", {"names": names}, reply_to=inbox_id)
