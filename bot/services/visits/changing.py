"""What a director puts right in the record that is open, several things in one message (就学正常 活动没了解), and the
answer in words to the list of emergencies that was just shown (以上都没有 保存吧).

What is refused of it, such as a day before the filing, drops nothing else.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from bot import texts
from bot.care import visit_record
from bot.reading import danger
from bot.reading.aftermath import police_told
from bot.reading.talk import question_forms
from bot.reading.visits import visit_changes, visit_record_said
from bot.reading.visits.visit_changes import Changes
from bot.services import drafts
from bot.services.mail import mailbox
from bot.services.reporting import intake
from bot.services.staff.accounts import Member
from bot.services.visits import asking as visit_asking
from bot.services.visits import homes as visit_homes
from bot.services.visits import recording, unfinished, visiting
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Conversation, Draft

EFFECT = "words"
OTHER_WORDS = ("off", "away", "which", "words", "own", "whose", "need")
"""Questions whose answer is no word about the record as it stands."""


def takes(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """Take what puts the open record right, or answers its list of emergencies. False: it does neither, or sounds of
    danger."""
    draft = drafts.current(work, conversation, unfinished.FLOW)
    if draft is None or draft.asked in (None, *OTHER_WORDS) or _flow(work, conversation) != unfinished.FLOW:
        return False
    kept = unfinished.contents(work, draft)
    if kept["home"] is None or not set(danger.read(text).kinds) <= {danger.HUNCH}:
        return False
    if (kept.get("marked") or kept.get("harm")) and police_told.read(text) is not None:
        return _police_told(work, draft, inbox_id, member, kept, text)
    none = draft.asked == "emergency" and visit_record_said.none_of_it(text) and not intake.tells_harm(text)
    other = visit_homes.named(work, member, text)
    changes = visit_changes.read(visit_homes.without_name(work, member, kept["home"], text), work.today)
    asks = question_forms.asks(text) and not (changes.cue or changes.sections)
    if not none and (other not in (None, kept["home"]) or asks or not applies(kept, changes)):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        if none:
            visit_asking.find(kept, None)
        else:
            put_right(work, draft, inbox_id, member, kept, changes)
            if intake.tells_harm(text):  # what is told with it may be one of the list (他奶瘫了): asked at once
                kept["ask"], kept["harm"] = "finding", True
        visiting.proceed(work, draft, inbox_id, member, kept, again=True)
    return True


def _police_told(work: Work, draft: Draft, inbox_id: int, member: Member, kept: dict[str, Any], text: str) -> bool:
    """Harm was seen at this home and the police know: kept for the report, and which of the list it is is asked."""
    if mailbox.take_effect(work, inbox_id, EFFECT):
        kept.setdefault("police", []).append(text)
        kept["ask"] = "finding"
        visit_asking.note(kept, text)
        told = "，".join(map(str, kept["record"]["notes"].values()))
        if visit_asking.plainly_found(told):  # nobody has to say which of the list it is
            visit_asking.find(kept, visit_record.finding_of(danger.read(told).signs))
        mailbox.say(work, draft.conversation, "visit.police_noted", reply_to=inbox_id)
        visiting.proceed(work, draft, inbox_id, member, kept, again=True)
    return True


def applies(kept: dict[str, Any], changes: Changes) -> bool:
    """Whether a message puts right what stands: with words of a correction, or by saying otherwise than was read back.
    What is told for the first time is read as ever."""
    record = kept["record"]
    if changes.cue:
        return changes.any
    other = any(record["sections"].get(name) not in (None, status) for name, status in changes.sections.items())
    day = changes.day is not None and kept["on"] not in (None, changes.day.isoformat())
    return other or day or (changes.voice == "seen" and record["voice"] == "not_seen")


def put_right(work: Work, draft: Draft, inbox_id: int, member: Member, kept: dict[str, Any], changes: Changes) -> None:
    rest = " ".join(changes.rest)
    none = draft.asked == "emergency" and bool(rest) and visit_record_said.none_of_it(rest)
    if rest and not none:
        visit_asking.heard_whole(kept, rest, work.today)
    lines = write(kept["record"], changes)
    kept["first"] = changes.wrong[0] if changes.wrong else None
    kept["ask"] = "each" if changes.wrong else "day" if changes.day_wrong else None
    refused = refused_day(work, member, kept["children"], changes.day)
    if changes.day is not None and refused is None:
        kept["on"] = changes.day.isoformat()
        lines.append(texts.phrase("visit.changed.day").format(date=visit_words.day(changes.day)))
    if lines:
        args = {"words": "；".join(lines)}
        mailbox.say(work, draft.conversation, "visit.put_right", args, reply_to=inbox_id)
    if refused is not None:
        mailbox.say(work, draft.conversation, f"visits.refused.{refused}", reply_to=inbox_id)
    if none:
        visit_asking.find(kept, None)


def write(record: dict[str, Any], changes: Changes) -> list[str]:
    """Put right the sections and the voice of a record; what was told before stays among its notes. Returns what holds
    now, a line each."""
    lines = []
    for name, words in changes.said.items():
        before = record["notes"].get(name)
        record["notes"][name] = f"{before}；{words}" if before else words
    for name, status in changes.sections.items():
        record["sections"][name] = status
        shown = texts.phrase(f"visit.status.{status}")
        lines.append(texts.phrase("visit.changed.section").format(section=visit_words.section(name), status=shown))
    for name in changes.wrong:
        record["sections"].pop(name, None)
    if changes.voice is not None and not (changes.voice == "seen" and record["voice"] == "seen_alone"):
        record["voice"] = changes.voice
        lines.append(texts.phrase(f"visit.voice_of.{changes.voice}"))
    return lines


def refused_day(work: Work, member: Member, children: list[str], day: date | None) -> str | None:
    """Why a visit cannot have been on a day (in_future, too_old, before_filing); None: it can, or no day is named."""
    if day is None:
        return None
    reached = [found[0] for uid in children if (found := recording.reach(work, member, uid)) is not None]
    return recording.unfit(work, reached, day)


def sounds(text: str) -> bool:
    """Whether there is danger in the words, other than what only sounds odd, or harm: that has its own doors."""
    return bool(set(danger.read(text).kinds) - {danger.HUNCH}) or intake.tells_harm(text)


def _flow(work: Work, conversation: str) -> str | None:
    return work.session.get_one(Conversation, conversation).flow
