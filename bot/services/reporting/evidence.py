"""What somebody brings to a report: where it belongs, what is said about it, who hears of it.

Accepted, never asked for. Danger in the words beside it is read before this (`talk.evidence_shared`). An attachment
is said to be here only once its bytes are; what becomes of it afterwards is said when it is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import exists, select

from bot.services import drafts
from bot.services.casework import alerts, reports
from bot.services.mail import mailbox
from bot.services.reporting import adding, attachments, filing, intake, proofs
from bot.services.talk import redirecting
from bot.services.talk.emergencies import SUPPLEMENT
from bot.services.talk.meaning import Meant
from bot.services.work import Work
from bot.storage.tables import Attachment, Conversation, Draft, Question, Report, Takeover

MOST_BYTES = 20 * 1024 * 1024  # what the Bot API hands out, and more than the web door takes
STILL_THE_SAME_TALK = timedelta(hours=1)  # a photo without words says of no later hour where it belongs
MOVING = frozenset({"video", "video_note", "animation"})
# Our own check failed, not the file: the original is kept, sealed, so that a human may still ask for it.
UNCHECKED = "unchecked"
_HARM = ("S0", "S1")


@dataclass(frozen=True)
class Brought:
    """One thing somebody sent: a kind as the channel names it, a refusal that is already plain, and on Telegram
    where it is to be fetched from."""

    kind: str
    refusal: str | None = None
    source: Mapping[str, str] = field(default_factory=dict)
    size: int = 0

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Brought:
        """Read the kept message of a channel."""
        kind, file = str(raw["media"]), dict(raw.get("file") or {})
        size = int(file.pop("size", 0) or 0)
        refusal = str(raw["refusal"]) if raw.get("refusal") else None
        if kind in MOVING:
            refusal = "video"
        elif kind not in attachments.KINDS:
            refusal = "kind"
        elif size > MOST_BYTES:
            refusal = "big"
        return cls(kind, refusal, {name: str(value) for name, value in file.items()}, size)


LET_GO = frozenset({"report.cancelled", "report.only_planned"})
"""What is said when a talk ends of which nothing is kept."""


@dataclass(frozen=True)
class Place:
    """Where something belongs: the open report draft, or a report (its own draft may still be open)."""

    draft: Draft | None = None
    report: str | None = None


def arrived(work: Work, conversation: str, inbox_id: int, brought: Brought, text: str) -> None:
    """Take what came with a message, and the words beside it that tell of no danger (danger was read before)."""
    row = attachments.of_message(work, inbox_id)
    if redirecting.applies(work, conversation):
        _let_go(work, row)
        if not any(said.key == "chat.redirect" for said in mailbox.replies_to(work, inbox_id)):
            redirecting.say(work, conversation, inbox_id)
        return
    flow = _flow(work, conversation)
    place = _place(work, conversation, flow)
    if place is None and any(said.key in LET_GO for said in mailbox.replies_to(work, inbox_id)):
        _let_go(work, row)  # the words beside it ended the talk it belongs to
        return
    refusal = _refusal(work, row, brought, flow, place)
    if row is not None and refusal == UNCHECKED:
        mailbox.say(work, conversation, f"media.refused.{refusal}", reply_to=inbox_id)
        _take(work, row, inbox_id, flow, place, text)
    elif refusal is not None:
        _let_go(work, row)
        mailbox.say(work, conversation, f"media.refused.{refusal}", reply_to=inbox_id)
        if text:
            _words(work, conversation, inbox_id, flow, place, text)
    elif row is None:
        # Said to have come when it has come: `settled` will.
        row = attachments.expect(work, conversation, inbox_id, brought.kind, brought.source)
        _take(work, row, inbox_id, flow, place, text)
    else:
        _say_taken(work, row, inbox_id)
        _take(work, row, inbox_id, flow, place, text)


def _take(work: Work, row: Attachment, inbox_id: int, flow: str | None, place: Place | None, text: str) -> None:
    """Put it where it belongs; with nothing open it begins a report talk, like a location pin."""
    conversation = row.conversation
    if place is not None:
        _put(work, row, place)  # first: the words may file the report or cancel it, and it goes the same way
    if text or place is None:
        _words(work, conversation, inbox_id, flow, place, text)
    if place is None:
        place = _place(work, conversation, intake.FLOW)
        if place is not None:
            _put(work, row, place)
    if place is None or (place.draft is not None and place.draft.state not in ("open", "done")):
        return
    _spare_the_child(work, row, place, inbox_id)
    if row.state != attachments.WAITING:
        _tell(work, row)


def _put(work: Work, row: Attachment, place: Place) -> None:
    attachments.put(work, row, place.draft.uid if place.draft is not None else None, place.report)


def _flow(work: Work, conversation: str) -> str | None:
    """The flow that is open: its draft, whatever the conversation's row says."""
    flow = work.session.get_one(Conversation, conversation).flow
    return flow if flow is not None and drafts.current(work, conversation, flow) is not None else None


def _place(work: Work, conversation: str, flow: str | None) -> Place | None:
    report_draft = drafts.current(work, conversation, intake.FLOW)
    if report_draft is not None and flow in (None, intake.FLOW):
        return Place(report_draft, report_draft.report)
    if flow is not None:
        draft = drafts.current(work, conversation, flow)
        known = drafts.answers(work, draft).facts.get("report") if draft is not None and flow == SUPPLEMENT else None
        return Place(report=str(known)) if known else None
    proved = proofs.proved(work, conversation)
    if proved is not None:
        return Place(report=proved.uid)
    own = reports.of_conversation(work, conversation)
    return Place(report=own.uid) if own is not None and _still_open(work, own) else None


def _still_open(work: Work, report: Report) -> bool:
    """Whether what comes now is about this report: filed within the hour, or staff are talking or asking."""
    talked = exists().where(Takeover.conversation == report.conversation, Takeover.ended_at.is_(None))
    asked = exists().where(Question.report == report.uid, Question.answered_at.is_(None))
    recent = report.received_at >= work.now - STILL_THE_SAME_TALK
    return recent or bool(work.session.scalar(select(talked | asked)))


def _refusal(work: Work, row: Attachment | None, brought: Brought, flow: str | None, place: Place | None) -> str | None:
    if row is not None and row.state == attachments.REFUSED:
        return row.refusal
    if brought.refusal is not None:
        return brought.refusal
    if place is None:
        return "code" if flow is not None else None  # a code is being asked for, and we read no pictures
    full = attachments.too_many(work, place.draft.uid if place.draft else None, place.report)
    return "many" if full else None


def _let_go(work: Work, row: Attachment | None) -> None:
    if row is not None:
        attachments.drop(work, row)


def _words(work: Work, conversation: str, inbox_id: int, flow: str | None, place: Place | None, text: str) -> None:
    """The words beside it: an answer in the open talk, an addition to the report, or the beginning of one."""
    if flow == intake.FLOW:
        intake.turn(work, conversation, inbox_id, text, Meant())
    elif place is None or place.draft is not None or place.report is None:
        intake.start(work, conversation, inbox_id, text)
    else:
        adding.add(work, work.session.get_one(Report, place.report), text)
        mailbox.say(work, conversation, "report.added", reply_to=inbox_id)


def _spare_the_child(work: Work, row: Attachment, place: Place, inbox_id: int) -> None:
    """Harm is told and a photo came: once, that nobody need photograph injuries (reports.md, never ask)."""
    if row.kind != "photo" or not _harm_told(work, place):
        return
    key = f"no_injury:{row.conversation}"
    mailbox.say(work, row.conversation, "media.no_injury", reply_to=inbox_id, natural_key=key)


def _harm_told(work: Work, place: Place) -> bool:
    if place.draft is not None and place.draft.state == "open":
        answers = drafts.answers(work, place.draft)
        told = answers.facts.get("signs") or answers.facts.get("danger_now") == "yes"
        return bool(told) and filing.severity_of(answers) in _HARM
    uid = place.draft.report if place.draft is not None else place.report
    return uid is not None and work.session.get_one(Report, uid).severity in _HARM


def _say_taken(work: Work, row: Attachment, inbox_id: int | None, key: str | None = None) -> None:
    mailbox.say(work, row.conversation, f"media.taken.{row.kind}", reply_to=inbox_id, natural_key=key)


def settled(work: Work, uid: str, working: bytes | None, media_type: str, *, group: str = "") -> bool:
    """A check is done and all is well. Once; False: it was settled before, or let go.

    `group`: an album of Telegram, acknowledged with one sentence.
    """
    row = attachments.locked(work, uid)
    if row is None:
        return False
    attachments.ready(work, row, working, media_type)
    if row.draft is None and row.report is None:
        return True  # its message has not been taken up yet: `arrived` will speak and tell
    if _came_by_telegram(work, row):
        album = work.vault.blind("album", f"{row.conversation}:{group}") if group else row.uid
        _say_taken(work, row, row.inbox, f"taken:{album}")
    _tell(work, row)
    return True


def refused(work: Work, uid: str, why: str) -> bool:
    """It cannot be taken: said to whoever sent it, once. `why`: a key under media.refused."""
    row = attachments.locked(work, uid)
    if row is None:
        return False
    attachments.refuse(work, row, why, keep_original=why == UNCHECKED)
    if row.draft is not None or row.report is not None:
        mailbox.say(work, row.conversation, f"media.refused.{why}", reply_to=row.inbox)
        if why == UNCHECKED:
            _tell(work, row)
        else:
            attachments.drop(work, row)
    return True


def _came_by_telegram(work: Work, row: Attachment) -> bool:
    return work.session.get_one(Conversation, row.conversation).channel == "telegram"


def _tell(work: Work, row: Attachment) -> None:
    """It belongs to a report and can be looked at: a move of the report, and a neutral note to those assigned.

    While the talk goes on and nobody has taken the report on, they have only just been alerted.
    """
    if row.report is None:
        return
    report = work.session.get_one(Report, row.report)
    reports.step(work, report, "add_information", reports.REPORTER, "citizen", {})
    draft = work.session.get(Draft, row.draft) if row.draft is not None else None
    talking = draft is not None and draft.state == "open"
    if report.acknowledged_at is not None or not talking:
        alerts.tell_assigned(work, report, "staff.added")
