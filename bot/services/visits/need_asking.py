"""Who sees to the needs of a visit and until when, while it is being recorded: said in words, or chosen with a tap.

It is never asked for unasked: the proposal is read back with the record, and saving it accepts it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bot import texts
from bot.reading.visits import following, need_told, wants
from bot.reading.visits import visiting as reading
from bot.services.visits import need_keeping
from bot.services.visits import words as visit_words

FIELD = "need"
_SOON, _LATER = timedelta(days=7), timedelta(days=30)


def add(kept: dict[str, Any], follow: dict[str, following.Follow]) -> None:
    """Keep what a sentence tells of it together with the needs it told."""
    for what, said in follow.items():
        _keep(kept, what, said)


def said_at_the_end(kept: dict[str, Any], text: str, today: date) -> bool:
    """Take words about it while the record is read back: 让镇民政办的去办，月底前. False: they say something else."""
    wanted = kept["record"]["needs"]
    text = need_told.without_the_need(text) if need_told.speaks_of_the_need(text) else text
    said = following.answer(text, today, alone=True, needs=wanted)
    if said is None or not wanted:
        return False
    for what in meant(text, wanted):
        _keep(kept, what, said)
    return True


def meant(text: str, needs: list[str]) -> list[str]:
    """The needs that words take up (低保让民政办 of 奶奶想申请低保); all of them where they name none."""
    return [one for one in needs if following.names(text, one)] or needs


def ask(kept: dict[str, Any]) -> bool:
    """Ask it of every need of which nothing was said, else of all, one after another. False: there is none."""
    record = kept["record"]
    kept["plan"] = [what for what in record["needs"] if not record.get("follow", {}).get(what)] or list(record["needs"])
    kept["ask"] = FIELD if kept["plan"] else None
    return bool(kept["plan"])


def question(kept: dict[str, Any], today: date, *, supervisor: bool) -> dict[str, Any]:
    """The arguments of the question; `supervisor`: whether there is one above whoever records."""
    choices = choices_of(f"visit.{FIELD}=", today, supervisor=supervisor)
    choices.append([_label("skip", today + need_keeping.WITHIN), f"visit.{FIELD}=skip", "quiet"])
    return {"need": kept["plan"][0], "choices": choices}


def choices_of(value: str, today: date, *, supervisor: bool) -> list[list[str]]:
    """Buttons for who and until when; `value` stands before both."""
    days = [("mine", need_keeping.ME, today + _SOON), ("mine", need_keeping.ME, today + _LATER)]
    if supervisor:
        days.append(("supervisor", need_keeping.SUPERVISOR, today + need_keeping.WITHIN))
    return [[_label(name, day), f"{value}{who}:{day.isoformat()}"] for name, who, day in days]


def _label(name: str, day: date) -> str:
    return texts.phrase(f"visit.need.{name}").format(date=visit_words.day(day))


def answered(kept: dict[str, Any], text: str, said: str | None, today: date) -> bool:
    """Words as the answer. False: they say neither who nor until when; the record is read back as it stands."""
    follow = None if said == "skip" else following.answer(text, today)
    if follow is not None:
        _keep(kept, kept["plan"][0], follow)
    _on(kept)
    return follow is not None or said == "skip"


def tapped(kept: dict[str, Any], value: str) -> bool:
    """A button of the question. False: there is no such button, or nothing is asked any more."""
    who, _, day = value.partition(":")
    if kept["ask"] != FIELD or who not in ("skip", need_keeping.ME, need_keeping.SUPERVISOR):
        return False
    try:
        due = date.fromisoformat(day) if day else None
    except ValueError:
        return False
    if who == "skip":
        kept["record"].setdefault("follow", {}).pop(kept["plan"][0], None)
    else:
        _keep(kept, kept["plan"][0], following.Follow(who, due))
    _on(kept)
    return True


def _on(kept: dict[str, Any]) -> None:
    kept["plan"] = kept["plan"][1:]
    kept["ask"] = FIELD if kept["plan"] else None


def _keep(kept: dict[str, Any], what: str, said: following.Follow) -> None:
    plan = kept["record"].setdefault("follow", {}).setdefault(what, {})
    if said.who:
        plan["who"] = need_keeping.SUPERVISOR if said.who in need_keeping.SUPERVISORS else said.who
    if said.due is not None:
        plan["due"] = said.due.isoformat()
    plan["words"] = "；".join(filter(None, (plan.get("words"), said.words)))[: reading.LONGEST]


def want(record: dict[str, Any], what: str, said: following.Follow) -> None:
    """Add a need to a record, with what was said of it."""
    if what not in record["needs"]:
        record["needs"].append(what)
    if said.who or said.due is not None:
        _keep({"record": record}, what, said)


def of_trouble(kept: dict[str, Any], text: str, today: date) -> bool:
    """Take words that only say who sees to it (让民政办给弄) after trouble was told in this record: that is a need
    now. False: they say something else, or no trouble was told."""
    record = kept["record"]
    known = [one for words in record["notes"].values() for one in words.split("；") if wants.is_trouble(one)]
    said = following.answer(need_told.plain(text), today, alone=True, needs=known) if known else None
    if said is None or not said.who:
        return False
    named = [one for one in known if following.names(text, one)]
    what = (named or known)[-1]
    want(record, next((need for need in record["needs"] if what in need), what), said)
    return True
