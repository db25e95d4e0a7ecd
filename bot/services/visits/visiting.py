"""The talk in which a visit is recorded: from a button or a sentence, with as few taps as an honest answer needs.

Nothing is prefilled, least of all the emergency list. The draft lives for 48 hours (visit.record.submit_within).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.care import visit_record
from bot.reading import danger
from bot.reading.talk import answers as short
from bot.reading.talk import replies
from bot.reading.visits import need_told
from bot.reading.visits import visiting as reading
from bot.services import conversations, drafts
from bot.services.mail import mailbox
from bot.services.reporting import adding, intake
from bot.services.staff import accounts
from bot.services.staff.accounts import Member
from bot.services.talk import asking, policy_answers
from bot.services.talk.meaning import Meant
from bot.services.visits import (
    asked_next,
    harm_left,
    need_asking,
    need_keeping,
    record_said,
    record_taps,
    recording,
    told_back,
    unfinished,
)
from bot.services.visits import asking as visit_asking
from bot.services.visits import homes as visit_homes
from bot.services.visits import levels as visit_levels
from bot.services.visits import offs as visit_offs
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Draft

FLOW, KEPT_FOR = unfinished.FLOW, unfinished.KEPT_FOR
MOST = 2
"""How often it is asked which home; a name that is on no file is not asked for without end."""
NOT_MET = ("nobody_home", "away")
"""Outcomes that leave open why: what was told may be a short errand, a journey, or a child that is missing."""
AT_THE_DOOR = {reading.IN_VAIN: "nobody_home", "refused": "refused"}
"""Outcomes that leave nothing to ask, and the reason that is kept."""


def start(work: Work, conversation: str, inbox_id: int, text: str = "", *, told_rasa: bool = False) -> str | None:
    """Open the talk, or take up the visit that was put aside; what was said in the first breath is heard."""
    member = visit_homes.writer_or_say(work, conversation, inbox_id)
    if member is None:
        return None
    conversations.enter(work, conversation, FLOW, told_rasa=told_rasa)
    heard = reading.read(text, work.today)
    told = bool(text) and (heard.told or heard.outcome is not None or visit_asking.tells(heard))
    home = visit_homes.named(work, member, text) if told else None
    if told and home is None and reading.went_somewhere(text):
        home = ""  # which one is asked; it is not the one whose record waits
    draft = unfinished.of_home(work, conversation, home)
    kept = unfinished.contents(work, draft)
    if told:
        kept = _hear(work, member, kept, text)
    kept["beside"] = not text
    return proceed(work, draft, inbox_id, member, kept, again=told_rasa and not text)


def begin_with(work: Work, conversation: str, inbox_id: int, home: str, children: list[str], told: str = "") -> None:
    """Open the talk for one household, from its card or with what is told of it; what was told of another is kept."""
    member = visit_homes.writer_or_say(work, conversation, inbox_id)
    if member is None:
        return
    conversations.enter(work, conversation, FLOW, told_rasa=False)
    draft = unfinished.of_home(work, conversation, home)
    kept = unfinished.contents(work, draft)
    kept["home"], kept["children"] = home, children
    if told:
        visit_asking.add(kept, reading.read(told, work.today))
        visit_asking.told_at_once(kept, told)
    proceed(work, draft, inbox_id, member, kept)


def ask_about(work: Work, conversation: str, home: str, children: list[str], field: str) -> None:
    """The next words may name a day for this household: another day ("off") or the return of the family ("away")."""
    conversations.enter(work, conversation, FLOW, told_rasa=False)
    draft = unfinished.of_home(work, conversation, home)
    kept = unfinished.contents(work, draft)
    kept["home"], kept["children"] = home, children
    drafts.keep(work, draft, kept, field)


def over(work: Work, conversation: str, inbox_id: int, home: str) -> None:
    """What was asked about a household is settled; the talk about it is over, not one about another home."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is not None and unfinished.contents(work, draft)["home"] in (None, home):
        unfinished.end(work, draft, inbox_id)


def turn(work: Work, conversation: str, inbox_id: int, text: str, meant: Meant) -> str | None:
    """Take one message of the talk. Returns the field asked next, None when the talk is over."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is None or draft.asked is None:  # nothing was asked: it begins, or is taken up again
        return start(work, conversation, inbox_id, text, told_rasa=True)
    member = visit_homes.writer_or_say(work, conversation, inbox_id)
    if member is None:
        return _end(work, draft, inbox_id)
    said = short.short_answer(text) or meant.reply
    if said == "cancel":
        mailbox.say(work, conversation, "chat.cancelled", reply_to=inbox_id)
        return _end(work, draft, inbox_id)
    kept = unfinished.contents(work, draft)
    if replies.later(text) and kept["home"] is not None:
        _put_aside(work, draft, inbox_id, kept)
        return None
    if record_said.leaves(work, draft, inbox_id, text, meant):
        return None
    if draft.asked in ("off", "away"):
        asked = work, draft.conversation, inbox_id, member, kept["children"], text
        return _end(work, draft, inbox_id) if visit_offs.told(*asked, pauses=draft.asked == "away") else draft.asked
    if (off := visit_asking.taken_off(kept, text)) and kept["home"] is not None:
        args = {**_head(work, kept), "words": off}
        mailbox.say(work, conversation, "visit.taken_off", args, reply_to=inbox_id)
    elif kept["home"] is None or not record_said.answered(work, draft, inbox_id, kept, text):
        kept = _take(work, member, kept, str(draft.asked), text, said)
    return proceed(work, draft, inbox_id, member, kept, again=True)


def takes(work: Work, conversation: str, text: str) -> bool:
    """Whether words answer what is asked of the visit, though they may look like a question about the policy."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is None or draft.asked not in visit_asking.IN_WORDS:
        return False
    return visit_asking.says_none(text) or not policy_answers.very_plainly_asked(text)


def takes_danger(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Danger told in the middle of a record belongs to the child being visited: it is a finding of this visit, told at
    once with name and place; doubtful words are asked about. False: no visit of a known home is open, or no danger.
    """
    told = need_told.without_wants(text)
    hit, draft = danger.read(told), drafts.current(work, conversation, FLOW)
    kept = unfinished.contents(work, draft) if draft is not None and draft.asked is not None else unfinished.fresh()
    doubtful = hit.ask and not set(hit.kinds) <= {danger.HUNCH}  # a mere hunch is left to the list that ends a visit
    sounds = (
        hit.level == "emergency" or doubtful or visit_asking.plainly_found(text) or visit_asking.tells_violence(told)
    )
    if draft is None or kept["home"] is None or not (sounds or visit_asking.tells_of_mark(kept, text)):
        return False
    if draft.asked in ("off", "away"):
        return False  # only a day is asked for of that home: nobody tells of a visit there
    member = accounts.member(work, conversation)
    if member is None or not recording.household(work, member, kept["home"]):
        return False
    other = visit_homes.named(work, member, text)
    if other not in (None, kept["home"]):
        return False  # it is of that home
    if mailbox.take_effect(work, inbox_id, "danger"):
        if sounds:
            _find(work, draft, inbox_id, member, kept, text)
        else:
            visit_asking.heard_whole(kept, text, work.today)
            visit_asking.ask_of_mark(kept, text)
            proceed(work, draft, inbox_id, member, kept)
    return True


def begin_told(
    work: Work, conversation: str, inbox_id: int, member: Member, home: str, text: str, *, harm: bool
) -> None:
    """Open the talk with what a worker tells of a home unasked; `harm`: it tells of a child being harmed, which is
    looked at before anything else of the record."""
    conversations.enter(work, conversation, FLOW, told_rasa=False)
    draft = unfinished.of_home(work, conversation, home)
    kept = unfinished.contents(work, draft)
    _choose_home(work, member, kept, home)
    visit_asking.met_after_all(kept)
    kept = _hear(work, member, kept, text)
    if harm:
        _find(work, draft, inbox_id, member, kept, text)
        return
    proceed(work, draft, inbox_id, member, kept)


def _find(work: Work, draft: Draft, inbox_id: int, member: Member, kept: dict[str, Any], text: str) -> None:
    """Danger in the words is a finding, told at once, and so are days alone, blows and their mark (JL-3.8.k) and harm
    told where the kind was asked; other harm that was heard of is asked about, with the numbers first."""
    hit, record = danger.read(text), kept["record"]
    record["notes"]["other"] = "；".join(filter(None, (record["notes"].get("other"), text[: reading.LONGEST])))
    if hit.level == "emergency":
        adding.warn(work, draft.conversation, inbox_id, text)
        record["signs"] = sorted({*record.get("signs", ()), *hit.signs})
        visit_asking.find(kept, visit_record.finding_of(hit.signs))
    elif visit_asking.plainly_found(text) or (draft.asked == "finding" and (hit.signs or intake.tells_harm(text))):
        visit_asking.find(kept, visit_asking.finding_in(text))
    else:
        kept["ask"], kept["harm"] = "finding", True
    kept.pop("outcome", None)  # a child alone behind a locked door was met
    proceed(work, draft, inbox_id, member, kept)


def _put_aside(work: Work, draft: Draft, inbox_id: int, kept: dict[str, Any]) -> None:
    """The record waits, whole, until it is taken up again."""
    drafts.keep(work, draft, kept, None)
    conversations.enter(work, draft.conversation, None, told_rasa=False)
    mailbox.say(work, draft.conversation, "visit.later", reply_to=inbox_id)


def tap(work: Work, conversation: str, inbox_id: int, field: str, value: str) -> bool:
    """Settle a button of the talk. False: nothing is open it could belong to."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is None:
        return False
    member = visit_homes.writer_or_say(work, conversation, inbox_id)
    if member is None:
        _end(work, draft, inbox_id)
        return True
    conversations.enter(work, conversation, FLOW, told_rasa=False)
    kept = unfinished.contents(work, draft)
    if (field, value) == ("how", "later"):
        _put_aside(work, draft, inbox_id, kept)
        return True
    if (field, value) == ("how", "none") and kept["home"] is not None:
        _ask_why(work, draft, inbox_id, kept)
        return True
    if field == "whose":
        chosen = next((child for child in unfinished.children(work, kept) if child.uid == value), None)
        if chosen is None or kept["ask"] != "whose":
            return False
        kept["whose"], kept["ask"] = (chosen.uid, visit_words.name(work, chosen)), "own"
        proceed(work, draft, inbox_id, member, kept)
        return True
    if field == "which" and not _choose_home(work, member, kept, value):
        mailbox.say(work, conversation, "visits.gone", reply_to=inbox_id)
        return True
    if not record_taps.tapped(kept, field, value):
        return False
    proceed(work, draft, inbox_id, member, kept)
    return True


def _choose_home(work: Work, member: Member, kept: dict[str, Any], home: str) -> bool:
    children = [child.uid for child, _ in recording.household(work, member, home)]
    kept["home"], kept["children"] = (home, children) if children else (None, [])
    return bool(children)


def _hear(work: Work, member: Member, kept: dict[str, Any], text: str) -> dict[str, Any]:
    """Take a sentence: which household, which day, what was seen."""
    today = work.today
    if kept["home"] is None:
        home = visit_homes.named(work, member, text)
        if home is not None:
            _choose_home(work, member, kept, home)
    if kept["home"] is None or kept.get("missed") is not None:
        names = [visit_words.name(work, child) for child in unfinished.children(work, kept)]
        visit_asking.heard_too(kept, text, today, names)
    else:
        visit_asking.add(kept, reading.read(text, today))
    if kept["home"] is not None and visit_homes.empty(work, member, kept["home"], text):
        kept["outcome"] = "nobody_home"
    visit_asking.not_met(kept, text)
    visit_asking.told_at_once(kept, text)
    visit_asking.back_on(kept, text, today)
    if kept["home"] is not None:
        visit_asking.ask_of_mark(kept, text)
    kept.setdefault("began", today.isoformat())
    return kept


def _take(work: Work, member: Member, kept: dict[str, Any], asked: str, text: str, said: str | None) -> dict[str, Any]:
    """Words as the answer to what was asked."""
    if asked == "which" or kept["home"] is None:
        return _hear(work, member, kept, text)
    if asked == "day":
        kept["on"] = _iso(reading.day_of(text, work.today)) or kept["on"]
        kept["ask"] = None if kept["on"] else "day"
        return kept
    if not visit_asking.suspects(kept, asked, text):
        visit_asking.answered(kept, asked, text, said, work.today)
        visit_asking.told_at_once(kept, text)
    return kept


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def proceed(
    work: Work, draft: Draft, inbox_id: int, member: Member, kept: dict[str, Any], *, again: bool = False
) -> str | None:
    """Ask what is open, or save. Returns the field asked next."""
    if kept["home"] is None:
        choices = visit_homes.choices(work, member)
        missed = kept["missed"] = kept.get("missed", -1) + 1
        if not choices or (again and missed >= MOST):
            key = "visit.which.left" if choices else "visit.which.none"
            mailbox.say(work, draft.conversation, key, reply_to=inbox_id)
            return _end(work, draft, inbox_id)
        key = "visit.which.again" if again else "visit.which"
        asking.ask(work, draft.conversation, inbox_id, key, {"choices": choices})
        drafts.keep(work, draft, kept, "which")
        return "which"
    outcome = kept.pop("outcome", None)
    if outcome in AT_THE_DOOR:
        return _went_in_vain(work, draft, inbox_id, member, kept, AT_THE_DOOR[outcome])
    if outcome == reading.GONE or (outcome == "nobody_home" and visit_asking.gone_away(kept)):
        return _gone(work, draft, inbox_id, member, kept)
    if outcome == "nobody_home" and told_back.why_is_told(work, draft.conversation, inbox_id, kept):
        return _went_in_vain(work, draft, inbox_id, member, kept, "nobody_home")
    if outcome in NOT_MET:
        _ask_why(work, draft, inbox_id, kept)
        return None
    field = asked_next.next_field(kept)
    if field is None or (kept["record"]["emergency"] == "found" and kept.get("urgent")):
        return _save(work, draft, inbox_id, member, kept)
    head = _head(work, kept)
    key, args = asked_next.question(kept, field, head, again=again)
    if field == need_asking.FIELD:
        args = need_asking.question(
            kept, work.today, supervisor=need_keeping.has_supervisor(work, member, kept["children"][0])
        )
    if field == "whose":
        args["choices"] = [
            [visit_words.name(work, child), f"visit.whose={child.uid}"] for child in unfinished.children(work, kept)
        ]
    asking.ask(work, draft.conversation, inbox_id, key, args)
    drafts.keep(work, draft, kept, field)
    return field


def _ask_why(work: Work, draft: Draft, inbox_id: int, kept: dict[str, Any]) -> None:
    """Why nobody was met: the question stands last, after what was put aside, and holds what was told of the door."""
    unfinished.end(work, draft, inbox_id)
    args = {"home": kept["home"], "words": visit_asking.words_of_attempt(kept)}
    mailbox.say(work, draft.conversation, "visits.none", args, reply_to=inbox_id)


def _gone(work: Work, draft: Draft, inbox_id: int, member: Member, kept: dict[str, Any]) -> str | None:
    """Nobody was in and neighbours know where they are: the attempt, and the day to go again is asked."""
    if not told_back.attempted(work, draft.conversation, inbox_id, member, kept, AT_THE_DOOR[reading.IN_VAIN]):
        return _end(work, draft, inbox_id)
    told_back.ask_day(work, draft.conversation, inbox_id, kept)
    drafts.keep(work, draft, kept, "off")
    return "off"


def _went_in_vain(
    work: Work, draft: Draft, inbox_id: int, member: Member, kept: dict[str, Any], reason: str
) -> str | None:
    """Somebody went and found the door locked, or was not let in: that is the attempt, and no visit."""
    told_back.attempted(work, draft.conversation, inbox_id, member, kept, reason)
    return _end(work, draft, inbox_id)


def _head(work: Work, kept: dict[str, Any]) -> dict[str, str]:
    return {
        "names": visit_words.names(work, unfinished.children(work, kept)),
        "date": visit_words.day(unfinished.day(work, kept)) + kept["record"].get("hours", ""),
        "need_by": visit_words.day(work.today + need_keeping.WITHIN),
    }


def _save(work: Work, draft: Draft, inbox_id: int, member: Member, kept: dict[str, Any]) -> str | None:
    """Record the visit; an emergency is told first and the rest of the form may wait."""
    conversation, record = draft.conversation, kept["record"]
    made = harm_left.recorded(work, member, conversation, kept)
    if made.refusal is not None:
        mailbox.say(work, conversation, f"visits.refused.{made.refusal}", reply_to=inbox_id)
        if made.refusal == "absent":
            return _end(work, draft, inbox_id)
        kept["on"], kept["ask"] = None, "day"
        record["emergency"], record["findings"] = None, []
        drafts.keep(work, draft, kept, "day")
        return "day"
    if made.report is not None:
        told_back.police_of(work, kept, made.report)
    if made.report is not None and asked_next.next_field(kept) is not None:
        told_back.emergency(work, conversation, inbox_id, made.report)
        kept["urgent"] = False
        drafts.keep(work, draft, kept, None)
        conversations.enter(work, conversation, None, told_rasa=False)
        return None
    if made.report is not None and kept.pop("urgent", False):
        told_back.emergency(work, conversation, inbox_id, made.report)
    children = unfinished.children(work, kept)
    told_back.saved(work, conversation, inbox_id, kept, made, _head(work, kept))
    if made.report is None:  # beside an emergency nobody is asked for a level: it is due again at the next visit
        visit_levels.ask_if_due(work, conversation, inbox_id, kept["home"], children)
    return _end(work, draft, inbox_id)


def _end(work: Work, draft: Draft, inbox_id: int) -> str | None:
    """The talk is over: nothing is asked next."""
    unfinished.end(work, draft, inbox_id)
    return None
