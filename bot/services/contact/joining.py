"""Joining: a parent, carer or child comes in with a code of the child director, reads what it means, and may refuse.

A child joins only once a guardian agreed (services.contact.consents). A real refusal keeps nothing and closes no door.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from bot import texts
from bot.care import calendar, parameters, roles, weeks
from bot.reading.contact import joining_asked, weekly_asked
from bot.reading.measures import clocks, codes
from bot.reading.talk import answers as short
from bot.reading.where import places
from bot.services import attempts, conversations, drafts, journal
from bot.services.contact import consents as contact_consents
from bot.services.contact import invites, joining_beside, joining_words, registering
from bot.services.contact import plans as contact_plans
from bot.services.contact import rungs as contact_rungs
from bot.services.entrusted import duties as entrusted_duties
from bot.services.mail import mailbox
from bot.services.talk.meaning import Meant
from bot.services.talk.still_open import still_open
from bot.services.tasks import care_tasks
from bot.services.work import Work
from bot.storage.tables import ContactInvite, Draft

FLOW = registering.FLOW
DOOR = "invite"
STEPS = ("consent", "called", "day", "hour", "simple")
HOUR, ABROAD, COUNTRY, CLOCK, USUAL = "hour", "abroad", "country", "clock", joining_words.USUAL
HERE = "china"
MISSED_AT_MOST = 1


def start(work: Work, conversation: str, inbox_id: int, text: str = "", *, told_rasa: bool = False) -> str | None:
    """Begin to join, or change the day and hour of somebody who has joined."""
    conversations.enter(work, conversation, FLOW, told_rasa=told_rasa)
    draft = drafts.current(work, conversation, FLOW) or drafts.begin(work, conversation, FLOW)
    if draft.asked in registering.STEPS and not codes.find(text):
        return registering.ask_again(work, draft, inbox_id)
    if "person" in drafts.contents(work, draft) and not codes.find(text):
        return _ask(work, draft, inbox_id)  # something else was asked in the middle: on from there
    person = contact_plans.speaker(work, conversation)
    if person is not None and not codes.find(text):
        drafts.keep(work, draft, {"person": person, "said": {"consent": "yes", "called": USUAL}}, None)
        return _ask(work, draft, inbox_id)
    return _take_code(work, draft, inbox_id, text)


def change(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Another day, or day and hour, said in one sentence by somebody who has joined (能不能改礼拜二中午喊我); an
    hour that is not said stays. False: no day is said, or nobody joined here."""
    person, wish = contact_plans.speaker(work, conversation), clocks.changed_to(text)
    known = contact_plans.of_person(work, person) if person is not None else []
    puts_right = joining_asked.puts_hour_right(text) and bool(known)
    wish = wish or (clocks.our_weekdays(text) if puts_right else "")
    day = joining_words.read("day", wish, None, calendar.local(work.now)) if wish else None
    if person is None or not (day or puts_right):
        return False
    if not mailbox.take_effect(work, inbox_id, "words"):
        return True
    day = day or str(known[0].weekday)
    hour = joining_words.hour_told(text) or joining_words.read(HOUR, wish, None, calendar.local(work.now))
    if hour is not None and joining_words.at_night(hour):
        mailbox.say(work, conversation, "entrusted.beside.night", joining_words.night(), reply_to=inbox_id)
        hour = None
    said = {"consent": "yes", "called": USUAL, "day": day, "simple": "yes" if known and known[0].simple else "no"}
    said |= {"hour": hour} if hour is not None and clocks.is_one(hour) else {"hour": known[0].clock} if known else {}
    conversations.enter(work, conversation, FLOW, told_rasa=False)
    draft = drafts.current(work, conversation, FLOW) or drafts.begin(work, conversation, FLOW)
    drafts.keep(work, draft, {"person": person, "said": said, "changed": True}, None)
    _ask(work, draft, inbox_id)
    return True


def stands(work: Work, conversation: str, text: str) -> bool:
    """Whether a question of joining is still to be asked, after something was heard beside it: none is of who changed
    day and hour in one sentence, or has joined and wants it as it was (每周提醒接着发 别停)."""
    draft = drafts.current(work, conversation, FLOW)
    known = draft is not None and "invite" not in drafts.contents(work, draft)
    if draft is not None and known and weekly_asked.read(text) == weekly_asked.STAYS:
        _end(work, draft, "done")
        return False
    return draft is not None


def turn(work: Work, conversation: str, inbox_id: int, text: str, meant: Meant) -> str | None:
    """Take one message of somebody who joins."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is None:
        return start(work, conversation, inbox_id, text, told_rasa=True)
    reply = short.short_answer(text) or meant.reply
    if reply == "cancel":
        mailbox.say(work, conversation, "chat.cancelled", reply_to=inbox_id)
        return _end(work, draft, "cancelled")
    if draft.asked in registering.STEPS:
        return registering.turn(work, draft, inbox_id, text, reply)
    if draft.asked == "code":
        return _take_code(work, draft, inbox_id, text)
    if draft.asked == "who":
        return _take_who(work, draft, inbox_id, text)
    if joining_beside.gives_up(text):
        return _leaves(work, draft, inbox_id)
    value = joining_words.read(draft.asked or "", text, reply, calendar.local(work.now))
    voice = _kind(work, drafts.contents(work, draft)["person"])
    if joining_beside.heard(work, draft, inbox_id, text, voice, answered=value is not None):
        return draft.asked
    if value is None:
        return _not_clear(work, draft, inbox_id)
    if draft.asked == HOUR and _is_no_hour(work, draft, inbox_id, value):
        return draft.asked
    _hour_beside(work, draft, text)
    return _settle(work, draft, inbox_id, draft.asked or "", value)


def _hour_beside(work: Work, draft: Draft, text: str) -> None:
    """Keep the hour told in one breath with the day: 星期天吧 晚上八点."""
    hour = joining_words.hour_told(text) if draft.asked == "day" else None
    if hour is not None and not joining_words.at_night(hour):
        kept = drafts.contents(work, draft)
        kept["said"][HOUR] = hour
        drafts.keep(work, draft, kept, draft.asked)


def _is_no_hour(work: Work, draft: Draft, inbox_id: int, value: str) -> bool:
    """Whether a country was named instead, or an hour of the night, in which nobody is written to
    (message.quiet_hours): the hour is asked for again."""
    place = value.startswith(joining_words.PLACE)
    if place:
        _say_zone(work, draft, value.removeprefix(joining_words.PLACE), inbox_id)
    elif joining_words.at_night(value):
        mailbox.say(work, draft.conversation, "entrusted.beside.night", joining_words.night(), reply_to=inbox_id)
    return place or joining_words.at_night(value)


def _leaves(work: Work, draft: Draft, inbox_id: int) -> str | None:
    """Somebody does not join after all, or leaves his hour as it was."""
    if draft.asked == "consent":
        return _settle(work, draft, inbox_id, "consent", "no")
    mailbox.say(work, draft.conversation, "chat.cancelled", reply_to=inbox_id)
    return _end(work, draft, "cancelled")


def _not_clear(work: Work, draft: Draft, inbox_id: int) -> str | None:
    """Asked once more; then the usual is taken, for whatever is asked can be changed later. Of a country nobody here
    knows, what time it is there tells as well. Without a clear yes nobody joins."""
    kept = drafts.contents(work, draft)
    kept["missed"] = kept.get("missed", 0) + 1
    drafts.keep(work, draft, kept, draft.asked)
    if draft.asked == COUNTRY and kept["missed"] == 1:
        kept["missed"] = 0
        mailbox.say(work, draft.conversation, "join.country.clock", reply_to=inbox_id)
        drafts.keep(work, draft, kept, CLOCK)
        return CLOCK
    if kept["missed"] > MISSED_AT_MOST:
        if draft.asked == "consent":
            mailbox.say(work, draft.conversation, "join.no_yes", reply_to=inbox_id)
            return _end(work, draft, "cancelled")
        field = HOUR if draft.asked in (COUNTRY, CLOCK) else draft.asked or ""
        if field in ("day", HOUR):
            mailbox.say(work, draft.conversation, "join.usual_taken", reply_to=inbox_id)
        return _settle(work, draft, inbox_id, field, "no" if field == "simple" else USUAL)
    mailbox.say(work, draft.conversation, "join.not_clear", reply_to=inbox_id)
    still_open(work, draft, inbox_id, texts.phrase(f"open.field.join.{draft.asked}"))
    return draft.asked


def _say_zone(work: Work, draft: Draft, place: str, inbox_id: int) -> str | None:
    """Where somebody is: a country with one time, or which part of it is asked."""
    kept = drafts.contents(work, draft)
    kept["missed"] = 0
    if place in joining_words.SEVERAL:
        mailbox.say(work, draft.conversation, f"join.country.{place}", reply_to=inbox_id)
        drafts.keep(work, draft, kept, COUNTRY)
        return COUNTRY
    kept["said"]["zone"] = place
    drafts.keep(work, draft, kept, None)
    return _ask(work, draft, inbox_id)


def tap(work: Work, conversation: str, inbox_id: int, field: str, value: str) -> bool:
    """Settle a button. False: nobody is joining here, or that is not what was asked."""
    if field in registering.FIELDS:
        return registering.tap(work, conversation, inbox_id, field, value)
    if field == "go":
        return _confirmed(work, conversation, inbox_id, value)
    draft = drafts.current(work, conversation, FLOW)
    if draft is None or (draft.asked, field) not in ((field, field), ("code", "who")):
        return False
    if field == "who":
        mailbox.say(work, conversation, "join.who", reply_to=inbox_id)
        drafts.keep(work, draft, {}, "who")
        return True
    _settle(work, draft, inbox_id, field, value)
    return True


def _confirmed(work: Work, conversation: str, inbox_id: int, uid: str) -> bool:
    """Staff confirmed who asked to join here: on with the notice, without a code. False: the invitation is over."""
    row = work.session.get(ContactInvite, uid)
    if row is None or row.conversation != conversation or row.closed_at is not None or row.expires_at <= work.now:
        return False
    conversations.enter(work, conversation, FLOW, told_rasa=False)
    draft = drafts.current(work, conversation, FLOW) or drafts.begin(work, conversation, FLOW)
    _welcome(work, draft, row, inbox_id)
    return True


def takes(work: Work, conversation: str, text: str) -> bool:
    """Joining is answered with taps and codes: a question about the policy is one, but for what is answered here."""
    return joining_beside.takes(text)


def _welcome(work: Work, draft: Draft, row: ContactInvite, inbox_id: int) -> str | None:
    """Whoever has joined before, on whatever telephone, goes on where they were; a new child needs a new consent."""
    if not _guardian_agrees(work, row.person):
        return _waits(work, draft, inbox_id)
    if _in_anothers_chat(work, draft.conversation, row.person):
        mailbox.say(work, draft.conversation, "join.child.own_phone", reply_to=inbox_id)
        return _end(work, draft, "cancelled")
    known = contact_plans.of_person(work, row.person)
    said: dict[str, str] = {}
    if known and contact_plans.tied(work, row.person) <= {plan.child for plan in known}:
        said = {"consent": "yes", "called": USUAL, "day": str(known[0].weekday), "hour": known[0].clock, "back": "yes"}
        said["simple"] = "yes" if known[0].simple else "no"
    drafts.keep(work, draft, {"person": row.person, "invite": row.uid, "said": said}, None)
    return _ask(work, draft, inbox_id)


def _take_code(work: Work, draft: Draft, inbox_id: int, text: str) -> str | None:
    if attempts.count(work, DOOR, draft.conversation) >= int(parameters.number("staff.invite_code.max_attempts")):
        mailbox.say(work, draft.conversation, "bind.locked", reply_to=inbox_id)
        return _end(work, draft, "cancelled")
    row = invites.invited(work, text)
    if row is not None and row.closed_at is None and row.expires_at > work.now:
        carer = entrusted_duties.begin(work, draft.conversation, inbox_id, row.person)
        if carer is not None:
            row.closed_at = work.now if carer == "in" else None
            return _end(work, draft, "done")
        return _welcome(work, draft, row, inbox_id)
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
    told = [words for words in (before, text) if words]
    payload = {"words": told, "recap": "\n".join(told)}
    key, due = f"contact_join:{draft.uid}", contact_rungs.usual_due(work.now)
    role = care_tasks.make(work, "contact_join", place.code, payload, draft.conversation, key, due_on=due)
    if role is None:
        mailbox.say(work, draft.conversation, "join.asked.nobody", reply_to=inbox_id)
    else:
        mailbox.say(work, draft.conversation, "join.asked", {"who": roles.label_zh(role)}, reply_to=inbox_id)
    return _end(work, draft, "done")


def _ask(work: Work, draft: Draft, inbox_id: int) -> str | None:
    kept = drafts.contents(work, draft)
    steps = STEPS if _kind(work, kept["person"]) == contact_plans.CARER else STEPS[:-1]
    step = next((one for one in steps if one not in kept["said"]), None)
    if step is None:
        return _join(work, draft, kept, inbox_id)
    own = f"join.{step}.{_kind(work, kept['person'])}"
    if step == HOUR and kept["said"].get("zone") not in (None, HERE):
        own = "join.hour.there"
    mailbox.say(work, draft.conversation, own if texts.known(own) else f"join.{step}", reply_to=inbox_id)
    drafts.keep(work, draft, kept, step)
    return step


def _settle(work: Work, draft: Draft, inbox_id: int, field: str, value: str) -> str | None:
    kept = drafts.contents(work, draft)
    if field == "consent" and value != "yes":
        mailbox.say(work, draft.conversation, "join.refused", reply_to=inbox_id)
        return _end(work, draft, "cancelled")
    if (field, value) == (HOUR, ABROAD):
        mailbox.say(work, draft.conversation, "join.country", reply_to=inbox_id)
        drafts.keep(work, draft, kept, COUNTRY)
        return COUNTRY
    if field in (COUNTRY, CLOCK):
        return _say_zone(work, draft, value, inbox_id)
    kept["missed"], kept["said"][field] = 0, value
    drafts.keep(work, draft, kept, None)
    return _ask(work, draft, inbox_id)


def _join(work: Work, draft: Draft, kept: dict[str, Any], inbox_id: int) -> str | None:
    """Everything is said: the code is used up, the person is reached here, the plans are laid."""
    if not _guardian_agrees(work, kept["person"]):
        return _waits(work, draft, inbox_id)
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
    if kept["said"].get("called", USUAL) != USUAL:
        contact_plans.call(work, kept["person"], kept["said"]["called"])
    day = texts.phrase("join.days").split()[chosen["weekday"] - 1]
    there = texts.phrase("join.there") if chosen["zone"] != calendar.ZONE.key else ""
    args = {"day": day, "hour": joining_words.spoken(chosen["clock"]) + there, "count": len(plans)}
    voice = plans[0].voice if plans else contact_plans.PARENT
    key = "join.back" if kept["said"].get("back") else f"join.done.{voice}"
    key = "join.changed" if kept.get("changed") else key
    mailbox.say(work, draft.conversation, key, args, reply_to=inbox_id)
    joining_beside.carry_over(work, plans, kept, draft.conversation, inbox_id)
    return _end(work, draft, "done")


def _guardian_agrees(work: Work, person: str) -> bool:
    """Whether a child may be asked at all; of a grown-up nobody else has to agree (PIPL-31)."""
    if _kind(work, person) != contact_plans.CHILD:
        return True
    child = contact_plans.own_file(work, person)
    return child is not None and contact_consents.stands(work, child)


def _in_anothers_chat(work: Work, conversation: str, person: str) -> bool:
    """Whether a child would join where somebody of the family reads along, whom it would put out of the chat."""
    here = contact_plans.speaker(work, conversation)
    return _kind(work, person) == contact_plans.CHILD and here not in (None, person)


def _waits(work: Work, draft: Draft, inbox_id: int) -> str | None:
    """The child's code stays good for the day a guardian agrees; until then nothing is kept."""
    mailbox.say(work, draft.conversation, "join.child.waits", reply_to=inbox_id)
    return _end(work, draft, "cancelled")


def _chosen(work: Work, kept: dict[str, Any]) -> dict[str, Any]:
    """Day, hour and place of the questions. An hour in the night moves to the morning (care.contact)."""
    usual_day, usual_clock = weeks.usual()
    said = kept["said"]
    known = contact_plans.of_person(work, kept["person"])
    day, hour = said.get("day", "usual"), said.get("hour", "usual")
    return {
        "weekday": int(day) if day.isdigit() and 1 <= int(day) <= weeks.DAYS else usual_day,
        "clock": hour if clocks.is_one(hour) else f"{usual_clock:%H:%M}",
        "zone": joining_words.zone(said.get("zone", "")) or (known[0].zone if known else calendar.ZONE.key),
        "simple": said.get("simple") == "yes" if "simple" in said else bool(known and known[0].simple),
    }


def _kind(work: Work, person: str) -> str:
    """The voice this person speaks with: parent, carer or child."""
    return contact_plans.voice_of(work, person)


def _end(work: Work, draft: Draft, how: str) -> str | None:
    drafts.close(work, draft, how)
    conversations.enter(work, draft.conversation, None, told_rasa=False)
    return None
