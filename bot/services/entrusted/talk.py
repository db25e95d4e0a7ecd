"""The talk about 委托照护: a parent or the child director names a carer, one question at a time; what each may see.

Whoever is not known here hears truthfully what it is, and his wish becomes a task of the place (`wishing`). `steps`
holds the questions, `doing` what comes of the answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot import texts
from bot.care import roles
from bot.reading.entrusted import wishes
from bot.reading.reports import told
from bot.reading.talk import answers as short
from bot.reading.talk import question_forms
from bot.reading.visits import visiting as dates
from bot.services import conversations, drafts
from bot.services.contact import plans as contact_plans
from bot.services.entrusted import arrangements, planning, steps, wishing
from bot.services.entrusted import beside as entrusted_beside
from bot.services.entrusted import doing as entrusted_doing
from bot.services.entrusted import duties as entrusted_duties
from bot.services.entrusted import family as entrusted_family
from bot.services.entrusted import records as entrusted_records
from bot.services.entrusted import staff as entrusted_staff
from bot.services.mail import mailbox
from bot.services.register import children, finding
from bot.services.reporting import doubting, intake
from bot.services.staff import accounts
from bot.services.staff.accounts import Member
from bot.services.talk import asking, opened
from bot.services.talk.meaning import Meant
from bot.services.work import Work
from bot.storage.tables import Draft

FLOW = "entrusted"
SHOWN = 6
KEPT = timedelta(hours=48)
A_NOTE = 4
"""Shorter words that belong nowhere are no note."""


def start(
    work: Work,
    conversation: str,
    inbox_id: int,
    text: str = "",
    *,
    told_rasa: bool = False,
    before: Mapping[str, str] | None = None,
    ahead: bool = False,
) -> str | None:
    """Open the talk, or take it up where it was left; a member of staff begins for a family. `before`: what somebody
    not known here told in another talk, see `wishing.fresh`. `ahead`: the caller has seen that what sounds like harm
    is only a plan."""
    if text and not ahead and intake.tells_harm(text):
        doubting.begin(work, conversation, inbox_id, text)
        return None
    draft = drafts.current(work, conversation, FLOW)
    if draft is not None and draft.asked is not None:
        conversations.enter(work, conversation, FLOW, told_rasa=told_rasa)
        kept = drafts.contents(work, draft)
        if wishing.is_one(kept) and text:
            return wishing.turn(work, draft, kept, inbox_id, text)
        return _ask(work, draft, kept, inbox_id)
    member = accounts.member(work, conversation)
    if member is not None and children.areas(work, member, entrusted_records.RESOURCE, "write"):
        kept = _fresh("staff")
        _hear_child(work, member, kept, text)
        return _begin(work, conversation, inbox_id, kept, told_rasa=told_rasa)
    cares = entrusted_duties.of_carer(work, conversation)
    if cares is not None:
        entrusted_duties.show(work, conversation, inbox_id, cares)
        return None
    found = entrusted_family.of_conversation(work, conversation)
    if found:
        entrusted_family.show(work, conversation, inbox_id, found)
        return None
    wards = entrusted_family.wards(work, conversation)
    if not wards:
        return _wish(work, conversation, inbox_id, text, before or {}, told_rasa=told_rasa)
    return _begin_family(work, conversation, inbox_id, wards, text, told_rasa=told_rasa)


def _begin_family(
    work: Work, conversation: str, inbox_id: int, wards: list[str], text: str, *, told_rasa: bool
) -> str | None:
    """A parent begins: what is asked and why, then the first question; a grandparent named with it is heard."""
    kept = _fresh("family", several=wards)
    if len(wards) == 1:
        _choose_child(work, kept, wards[0])
    entrusted_beside.begin(work, conversation, kept, text)
    mailbox.say(work, conversation, "entrusted.begin", reply_to=inbox_id)
    return _begin(work, conversation, inbox_id, kept, told_rasa=told_rasa)


def _wish(
    work: Work, conversation: str, inbox_id: int, text: str, before: Mapping[str, str], *, told_rasa: bool
) -> str | None:
    """What somebody without a child on file here hears, a carer who joined something else than a citizen; then what he
    wants is asked for."""
    if told.read(text).reporter_type == "child_self":
        mailbox.say(work, conversation, "beside.sad", reply_to=inbox_id)
        return None
    person = contact_plans.speaker(work, conversation)
    if person is not None and contact_plans.voice_of(work, person) == contact_plans.CARER:
        mailbox.say(work, conversation, "entrusted.about.carer", reply_to=inbox_id)
        return None
    kept = wishing.fresh(text, before)
    mailbox.say(work, conversation, f"entrusted.about.{kept['doing']}", reply_to=inbox_id)
    if text:
        wishing.say_of_the_person(work, conversation, kept, inbox_id, text)
    return _begin(work, conversation, inbox_id, kept, told_rasa=told_rasa)


def _fresh(doing: str, **more: Any) -> dict[str, Any]:
    return {"doing": doing, "told": {}, "child": None, **more}


def _begin(work: Work, conversation: str, inbox_id: int, kept: dict[str, Any], *, told_rasa: bool) -> str | None:
    """A fresh draft for a talk; one that was half done about something else makes way."""
    old = drafts.current(work, conversation, FLOW)
    if old is not None:
        drafts.close(work, old, "cancelled")
    conversations.enter(work, conversation, FLOW, told_rasa=told_rasa)
    draft = drafts.begin(work, conversation, FLOW)
    if _has_one(work, conversation, inbox_id, kept):
        return _end(work, draft)
    return _ask(work, draft, kept, inbox_id)


def _has_one(work: Work, conversation: str, inbox_id: int, kept: dict[str, Any]) -> bool:
    """A child has one arrangement: whoever would begin a second sees the first instead."""
    if kept["doing"] not in ("family", "staff") or kept["child"] is None:
        return False
    found = arrangements.of_child(work, kept["child"])
    if found and kept["doing"] == "family":
        entrusted_family.show(work, conversation, inbox_id, found)
    elif found:
        entrusted_staff.tap(work, conversation, inbox_id, "open", found[0].uid, _opener(work, conversation, inbox_id))
    return bool(found)


def turn(work: Work, conversation: str, inbox_id: int, text: str, meant: Meant) -> str | None:
    """Take one message. Returns the question asked next, None when the talk is over."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is None or draft.asked is None or opened.whats_open(work, conversation).flow != FLOW:
        return start(work, conversation, inbox_id, text, told_rasa=True)
    if (short.short_answer(text) or meant.reply) == "cancel":
        mailbox.say(work, conversation, "entrusted.stopped", reply_to=inbox_id)
        return _end(work, draft)
    kept, step = drafts.contents(work, draft), str(draft.asked)
    if wishing.is_one(kept) and not planning.tells_harm(text):
        return wishing.turn(work, draft, kept, inbox_id, text)
    if kept["doing"] in _OF_FAMILIES and intake.tells_harm(text):
        intake.start(work, conversation, inbox_id, text)
        return None
    if kept["doing"] in _OF_FAMILIES and entrusted_duties.eased(work, conversation, inbox_id, text):
        return _ask(work, draft, kept, inbox_id)
    if entrusted_beside.heard(work, conversation, inbox_id, kept, step, text):
        return _go_on(work, draft, kept, inbox_id)
    if not _take(work, conversation, kept, step, text):
        mailbox.say(work, conversation, _not_taken(kept, step, text), reply_to=inbox_id)
        return _ask(work, draft, kept, inbox_id)
    return _go_on(work, draft, kept, inbox_id)


def _not_taken(kept: dict[str, Any], step: str, text: str) -> str:
    """What is said to words that answer nothing; a family's are kept for whoever looks into the matter."""
    tells = len(text) > A_NOTE and not question_forms.asks(text)
    if kept["doing"] in entrusted_beside.OF_PARENTS and tells:
        entrusted_beside.keep(kept, text)
        return "entrusted.beside.kept"
    return f"entrusted.again.{step}" if step in _EXPLAINED else "entrusted.not_clear"


_OF_FAMILIES = frozenset({*wishing.STEPS, "family", "another", "call", "notice", "ends"})
"""Talks in which words may tell of harm; what staff write down of a screening is no report."""
_EXPLAINED = frozenset({"child", "where", "day", "listener", "carer"})


def _take(work: Work, conversation: str, kept: dict[str, Any], step: str, text: str) -> bool:
    """Keep the answer to a question. False: it is none."""
    if step == "child":
        return _take_child(work, conversation, kept, text)
    if step == "day":
        day = dates.day_of(text, work.today)
        kept["told"]["day"] = day.isoformat() if day is not None else None
        return day is not None
    if step == "listener" and kept.get("carer") and kept["carer"] in text:
        return False
    if step == "where" and not entrusted_doing.place_told(kept, text):
        return False
    if step in steps.CHOICES:
        value = steps.read(step, text)
        if value is not None:
            kept["told"][step] = value
        return value is not None
    return steps.take_words(kept, step, text)


def takes(work: Work, conversation: str, text: str) -> bool:
    """What is asked here is answered with taps and plain words: a question about the policy is one, but for what a
    family asks of its own wish, and what a parent tells beside what was asked."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is None or draft.asked is None:
        return False
    kept = drafts.contents(work, draft)
    if not wishing.is_one(kept):
        return kept["doing"] in entrusted_beside.OF_PARENTS and entrusted_beside.takes(text)
    wished = wishes.asks_what_is_left(text) or wishes.hands_over(text) or bool(wishes.notices(text))
    return wished or wishing.takes(text)


def tap(work: Work, conversation: str, inbox_id: int, field: str, value: str) -> bool:
    """Settle a button. False: nothing is open it could belong to."""
    if field in entrusted_family.ACTS:
        return entrusted_family.tap(work, conversation, inbox_id, field, value, _opener(work, conversation, inbox_id))
    if field in entrusted_staff.ACTS:
        return entrusted_staff.tap(work, conversation, inbox_id, field, value, _opener(work, conversation, inbox_id))
    if field == "for":
        return _for_child(work, conversation, inbox_id, value)
    if field == entrusted_family.MORE:
        wards = entrusted_family.without_one(work, conversation)
        if wards:
            _begin_family(work, conversation, inbox_id, wards, "", told_rasa=False)
        return bool(wards)
    if (field, value) == ("call", "start"):
        return _call(work, conversation, inbox_id)
    return _tap_open(work, conversation, inbox_id, field, value)


def _tap_open(work: Work, conversation: str, inbox_id: int, field: str, value: str) -> bool:
    """A button of the question that is open, or of an older one."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is None or draft.asked is None:
        return False
    kept = drafts.contents(work, draft)
    conversations.enter(work, conversation, FLOW, told_rasa=False)
    if draft.asked != field:  # an older question's button: it is answered, the open one stands again
        _ask(work, draft, kept, inbox_id)
        return True
    if wishing.is_one(kept):
        wishing.settle(work, draft, kept, inbox_id, value)
    elif _take_tap(work, conversation, kept, field, value):
        _go_on(work, draft, kept, inbox_id)
    else:
        return False
    return True


def _call(work: Work, conversation: str, inbox_id: int) -> bool:
    """Somebody wants to be called: what was told of a wish so far goes with it, and only the way to him is asked."""
    draft = drafts.current(work, conversation, FLOW)
    kept = drafts.contents(work, draft) if draft is not None else {"doing": ""}
    if draft is None or not wishing.is_one(kept):
        _begin(work, conversation, inbox_id, _fresh("call"), told_rasa=False)
        return True
    conversations.enter(work, conversation, FLOW, told_rasa=False)
    wishing.ask(work, draft, wishing.shortened(kept), inbox_id)
    return True


def _for_child(work: Work, conversation: str, inbox_id: int, uid: str) -> bool:
    """The button on a child's card, for the child director of its place. False: not theirs."""
    if accounts.member(work, conversation) is None or not _is_mine(work, conversation, uid):
        return False
    kept = _fresh("staff")
    _choose_child(work, kept, uid)
    _begin(work, conversation, inbox_id, kept, told_rasa=False)
    return True


def _take_tap(work: Work, conversation: str, kept: dict[str, Any], field: str, value: str) -> bool:
    """Keep a tapped answer to the question that is open. False: it is none of its values."""
    if field == "child":
        if not _is_mine(work, conversation, value):
            return False
        _choose_child(work, kept, value)
    elif field == "day":
        kept["told"]["day"] = work.today.isoformat()
    elif field in steps.CHOICES and value in steps.CHOICES[field]:
        kept["told"][field] = value
    elif (field, value) in _EMPTY:
        kept["told"][field] = ""
    else:
        return False
    return True


_EMPTY = frozenset({("carer_phone", "none"), ("school", "none"), ("child_words", "none")})
"""Buttons that say there is nothing to write."""


def _opener(work: Work, conversation: str, inbox_id: int) -> entrusted_doing.Opener:
    """Begin a talk about one arrangement: for what is done from a button and needs answers."""

    def begin(doing: str, uid: str, **more: Any) -> None:
        _begin(work, conversation, inbox_id, _fresh(doing, uid=uid, **more), told_rasa=False)

    return begin


def _go_on(work: Work, draft: Draft, kept: dict[str, Any], inbox_id: int) -> str | None:
    """After an answer: change of mind, carrying out, or the next question."""
    told = kept["told"]
    if told.get("unfit") == "another":
        kept["told"] = {name: told[name] for name in told if name in steps.STAYS}
        mailbox.say(work, draft.conversation, "entrusted.another_person", reply_to=inbox_id)
    elif told.get("send") == "again":
        kept["told"] = {}
    elif told.get("send") == "no" or told.get("sure") == "no":
        mailbox.say(work, draft.conversation, "entrusted.stopped", reply_to=inbox_id)
        return _end(work, draft)
    if draft.asked == "child" and _has_one(work, draft.conversation, inbox_id, kept):
        return _end(work, draft)
    if steps.next_step(kept) is not None:
        return _ask(work, draft, kept, inbox_id)
    _end(work, draft)
    entrusted_doing.carry_out(work, draft.conversation, inbox_id, kept)
    return None


def _ask(work: Work, draft: Draft, kept: dict[str, Any], inbox_id: int) -> str | None:
    """Ask the next question and keep everything told before it."""
    if wishing.is_one(kept):
        return wishing.ask(work, draft, kept, inbox_id)
    step = entrusted_beside.next_step(kept)
    if step is None:
        return _end(work, draft)
    key = f"entrusted.ask.{step}.{kept['doing']}"
    key = key if texts.known(key) else f"entrusted.ask.{step}"
    args: dict[str, Any] = {
        "carer": entrusted_doing.carer_told(kept["told"]) or kept.get("carer") or texts.phrase("entrusted.carer")
    }
    args["choices"] = (
        _children(work, draft.conversation, kept) if step == "child" else steps.choices(step, kept["doing"])
    )
    if step == "send":
        args["recap"] = entrusted_doing.recap(work, kept)
    asking.ask(work, draft.conversation, inbox_id, key, args)
    drafts.keep(work, draft, kept, step)
    return step


def _children(work: Work, conversation: str, kept: dict[str, Any]) -> list[list[str]]:
    """Buttons of the children a talk may be about: a parent's own, or those whose name was said."""
    uids = kept.get("several") or entrusted_family.wards(work, conversation)[:SHOWN]
    return [[finding.line(work, children.row(work, uid)).name, f"entrusted.child={uid}"] for uid in uids]


def _take_child(work: Work, conversation: str, kept: dict[str, Any], text: str) -> bool:
    member = accounts.member(work, conversation)
    if member is not None:
        _hear_child(work, member, kept, text)
        return bool(kept["child"] or kept.get("several"))
    mine = entrusted_family.wards(work, conversation)
    uid = next((one for one in mine if finding.line(work, children.row(work, one)).name in text), None)
    if uid is not None:
        _choose_child(work, kept, uid)
    return uid is not None


def _hear_child(work: Work, member: Member, kept: dict[str, Any], text: str) -> None:
    """The child a member of staff names: one is taken, several become buttons."""
    found = finding.named_in(work, member, text, SHOWN) if text else None
    here = [line.child.uid for line in found.lines if _director_of(work, member, line.child.area)] if found else []
    if len(here) == 1:
        _choose_child(work, kept, here[0])
    elif here:
        kept["several"] = here


def _director_of(work: Work, member: Member, area: str) -> bool:
    posts = children.posts(work, member)
    return any(role == entrusted_doing.DIRECTOR and roles.covers(place, area) for role, place in posts)


def _is_mine(work: Work, conversation: str, uid: str) -> bool:
    member = accounts.member(work, conversation)
    if member is None:
        return uid in entrusted_family.wards(work, conversation)
    child = children.reach(work, member, uid, mode="write")
    return child is not None and _director_of(work, member, child.area)


def _choose_child(work: Work, kept: dict[str, Any], uid: str) -> None:
    child = children.row(work, uid)
    kept["child"], kept["area"] = uid, child.area
    kept["school"] = children.profile(work, child).get("school") or None


def _end(work: Work, draft: Draft) -> str | None:
    drafts.close(work, draft, "done")
    conversations.enter(work, draft.conversation, None, told_rasa=False)
    return None
