"""Joining: a parent, carer or child comes in with a code of the child director, reads what it means, and may refuse.

A child under 14 needs the consent of a guardian (PIPL 28-31): a real refusal keeps nothing and closes no door.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from bot import texts
from bot.care import parameters, receipt, weeks
from bot.reading import answers as short
from bot.reading import codes, places
from bot.services import attempts, contact_plans, contact_rungs, conversations, drafts, journal, mailbox
from bot.services.meaning import Meant
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import CareTask, ContactInvite, Draft, Person, Tie

FLOW = "join"
LENGTH = 12
DOOR = "invite"
STEPS = ("consent", "day", "hour", "simple")
HOURS = ("07:30", "12:30", "19:00", "20:30")
ZONES = {"china": "Asia/Shanghai", "korea": "Asia/Seoul", "japan": "Asia/Tokyo", "russia": "Asia/Vladivostok"}


def invite(work: Work, person: str) -> str:
    """A fresh one-time code for a person of the register; an earlier one stops working (parent.invite_code.expiry).

    Raises ValueError for a child who is too young to be asked (contact.child_checkin.min_age).
    """
    if contact_plans.voice_of(work, person) == contact_plans.CHILD and _too_young(work, person):
        raise ValueError("too_young")
    work.session.execute(
        update(ContactInvite)
        .where(ContactInvite.person == person, ContactInvite.closed_at.is_(None))
        .values(closed_at=work.now)
    )
    code = receipt.new_code(secrets.token_bytes, length=LENGTH)
    days = int(parameters.number("parent.invite_code.expiry"))
    work.session.add(
        ContactInvite(
            uid=opaque_id(),
            person=person,
            code_key=work.vault.blind("contact invite", code),
            created_at=work.now,
            expires_at=work.now + timedelta(days=days),
        )
    )
    work.session.flush()
    journal.record(work, "system", "contact invited", person)
    return receipt.shown(code)


def _too_young(work: Work, person: str) -> bool:
    child = work.session.scalar(select(Tie.child).where(Tie.person == person, Tie.kind == "self"))
    age = contact_plans.age(work, child) if child is not None else None
    return age is None or age < int(parameters.number("contact.child_checkin.min_age"))


def knows(work: Work, text: str) -> bool:
    """Whether a code in these words invites somebody of a family (and not a member of staff)."""
    return _invited(work, text) is not None


def _invited(work: Work, text: str) -> ContactInvite | None:
    for found in codes.find(text):
        try:
            plain = receipt.read_code(found.value, LENGTH)
        except receipt.Miscopied:
            continue
        row = work.session.scalar(
            select(ContactInvite).where(ContactInvite.code_key == work.vault.blind("contact invite", plain))
        )
        if row is not None:
            return row
    return None


def start(work: Work, conversation: str, inbox_id: int, text: str = "", *, told_rasa: bool = False) -> str | None:
    """Begin to join, or change the day and hour of somebody who has joined."""
    conversations.enter(work, conversation, FLOW, told_rasa=told_rasa)
    draft = drafts.current(work, conversation, FLOW) or drafts.begin(work, conversation, FLOW)
    person = contact_plans.speaker(work, conversation)
    if person is not None and not codes.find(text):
        drafts.keep(work, draft, {"person": person, "said": {"consent": "yes"}}, None)
        return _ask(work, draft, inbox_id)
    return _take_code(work, draft, inbox_id, text)


def turn(work: Work, conversation: str, inbox_id: int, text: str, meant: Meant) -> str | None:
    """Take one message of somebody who joins."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is None:
        return start(work, conversation, inbox_id, text, told_rasa=True)
    reply = short.short_answer(text) or meant.reply
    if reply == "cancel":
        mailbox.say(work, conversation, "chat.cancelled", reply_to=inbox_id)
        return _end(work, draft, "cancelled")
    if draft.asked == "code":
        return _take_code(work, draft, inbox_id, text)
    if draft.asked == "who":
        return _take_who(work, draft, inbox_id, text)
    value = _read(draft.asked or "", text, reply)
    if value is None:
        mailbox.say(work, conversation, "join.not_clear", reply_to=inbox_id)
        return _ask(work, draft, inbox_id)
    return _settle(work, draft, inbox_id, draft.asked or "", value)


def tap(work: Work, conversation: str, inbox_id: int, field: str, value: str) -> bool:
    """Settle a button. False: nobody is joining here, or that is not what was asked."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is None or (draft.asked, field) not in ((field, field), ("code", "who")):
        return False
    if field == "who":
        mailbox.say(work, conversation, "join.who", reply_to=inbox_id)
        drafts.keep(work, draft, {}, "who")
        return True
    _settle(work, draft, inbox_id, field, value)
    return True


def takes(work: Work, conversation: str, text: str) -> bool:
    """Joining is answered with taps and codes: a question about the policy is one."""
    return False


def _read(asked: str, text: str, reply: str | None) -> str | None:
    """What typed words mean as an answer: yes or no, a weekday, an hour."""
    if asked in ("consent", "simple"):
        return {"yes": "yes", "no": "no"}.get(reply or "")
    if reply in ("skip", "unsure", "yes"):
        return "usual"
    days = texts.phrase("join.days").split()
    if asked == "day":
        return next((str(number) for number, day in enumerate(days, 1) if day in text), None)
    said = [(word, hour) for hour in HOURS for word in texts.phrase(_key(hour)).split() if word in text]
    return max(said, key=lambda one: len(one[0]))[1] if said else None


def _key(hour: str) -> str:
    """The words people say for an hour."""
    return f"join.hour.{hour.replace(':', '')}"


def _take_code(work: Work, draft: Draft, inbox_id: int, text: str) -> str | None:
    if attempts.count(work, DOOR, draft.conversation) >= int(parameters.number("staff.invite_code.max_attempts")):
        mailbox.say(work, draft.conversation, "bind.locked", reply_to=inbox_id)
        return _end(work, draft, "cancelled")
    row = _invited(work, text)
    if row is not None and row.closed_at is None and row.expires_at > work.now:
        drafts.keep(work, draft, {"person": row.person, "invite": row.uid, "said": {}}, None)
        return _ask(work, draft, inbox_id)
    if codes.find(text):
        attempts.note_wrong(work, DOOR, draft.conversation)
        mailbox.say(work, draft.conversation, "join.wrong_code", reply_to=inbox_id)
    else:
        mailbox.say(work, draft.conversation, "join.code", reply_to=inbox_id)
    drafts.keep(work, draft, {}, "code")
    return "code"


def _take_who(work: Work, draft: Draft, inbox_id: int, text: str) -> str | None:
    """Somebody without a code says who they are: the child director of that place checks it and gives a code."""
    place = places.find(text).best
    if place is None:
        mailbox.say(work, draft.conversation, "join.who.place", reply_to=inbox_id)
        drafts.keep(work, draft, {"said": text}, "who")
        return "who"
    before = str(drafts.contents(work, draft).get("said") or "")
    uid = opaque_id()
    payload = {"words": [words for words in (before, text) if words]}
    work.session.add(
        CareTask(
            uid=uid,
            kind="contact_join",
            area=place.code,
            conversation=draft.conversation,
            payload_sealed=work.seal("care_tasks.payload", uid, payload),
            created_at=work.now,
            due_on=contact_rungs.usual_due(work.now),
            natural_key=f"contact_join:{draft.uid}",
        )
    )
    mailbox.say(work, draft.conversation, "join.asked", reply_to=inbox_id)
    return _end(work, draft, "done")


def _ask(work: Work, draft: Draft, inbox_id: int) -> str | None:
    kept = drafts.contents(work, draft)
    steps = STEPS if _kind(work, kept["person"]) == contact_plans.CARER else STEPS[:-1]
    step = next((one for one in steps if one not in kept["said"]), None)
    if step is None:
        return _join(work, draft, kept, inbox_id)
    key = f"join.consent.{_kind(work, kept['person'])}" if step == "consent" else f"join.{step}"
    mailbox.say(work, draft.conversation, key, reply_to=inbox_id)
    drafts.keep(work, draft, kept, step)
    return step


def _settle(work: Work, draft: Draft, inbox_id: int, field: str, value: str) -> str | None:
    kept = drafts.contents(work, draft)
    if field == "consent" and value != "yes":
        mailbox.say(work, draft.conversation, "join.refused", reply_to=inbox_id)
        return _end(work, draft, "cancelled")
    kept["said"][field] = value
    drafts.keep(work, draft, kept, None)
    return _ask(work, draft, inbox_id)


def _join(work: Work, draft: Draft, kept: dict[str, Any], inbox_id: int) -> str | None:
    """Everything is said: the code is used up, the person is reached here, the plans are laid."""
    if "invite" in kept:
        row = work.session.scalar(select(ContactInvite).where(ContactInvite.uid == kept["invite"]).with_for_update())
        if row is None or row.closed_at is not None:
            mailbox.say(work, draft.conversation, "join.wrong_code", reply_to=inbox_id)
            return _end(work, draft, "cancelled")
        row.closed_at = work.now
        contact_plans.reach(work, kept["person"], draft.conversation)
        journal.record(work, "system", "contact joined", kept["person"])
    chosen = _chosen(work, kept)
    plans = contact_plans.lay(work, kept["person"], chosen)
    day = texts.phrase("join.days").split()[chosen["weekday"] - 1]
    args = {"day": day, "hour": chosen["clock"], "count": len(plans)}
    voice = plans[0].voice if plans else contact_plans.PARENT
    mailbox.say(work, draft.conversation, f"join.done.{voice}", args, reply_to=inbox_id)
    return _end(work, draft, "done")


def _chosen(work: Work, kept: dict[str, Any]) -> dict[str, Any]:
    """Day, hour and place of the questions. An hour in the night moves to the morning (care.contact)."""
    usual_day, usual_clock = weeks.usual()
    said = kept["said"]
    known = contact_plans.of_person(work, kept["person"])
    day, hour = said.get("day", "usual"), said.get("hour", "usual")
    return {
        "weekday": int(day) if day.isdigit() and 1 <= int(day) <= weeks.DAYS else usual_day,
        "clock": hour if hour in HOURS else f"{usual_clock:%H:%M}",
        "zone": ZONES.get(said.get("zone", ""), known[0].zone if known else "Asia/Shanghai"),
        "simple": said.get("simple") == "yes" if "simple" in said else bool(known and known[0].simple),
    }


def _kind(work: Work, person: str) -> str:
    """The voice this person speaks with: parent, carer or child."""
    return contact_plans.voice_of(work, person)


def name_of(work: Work, person: str) -> str:
    """The name a person stands in the register with, for staff and for themselves only."""
    row = work.session.get_one(Person, person)
    return str(work.open("people.profile", person, row.profile_sealed).get("name") or "")


def _end(work: Work, draft: Draft, how: str) -> str | None:
    drafts.close(work, draft, how)
    conversations.enter(work, draft.conversation, None, told_rasa=False)
    return None
