"""Drafts: the answers given so far in one flow, sealed, saved before the next question is asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from bot import texts
from bot.care import parameters
from bot.services import conversations
from bot.services.reporting import attachments
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Draft, Report

REPORT = "report"
FLOWS = (REPORT, "status", "supplement", "withdraw")
SETTLE_AFTER = timedelta(minutes=10)
OWN = "own"
SHELVED, SHELVED_FOR = "shelved", timedelta(hours=24)


@dataclass
class Answers:
    """What was said in a flow.

    `facts`: coded values. `given`: field → given, unclear or skipped. `words`: (field, the person's own words) in
    the order they came. `area`: division code of the place; `candidates`: codes it may mean; `place_missed`: the
    last answer named none we know; `outside`: places named that are not in Jilin. `place_tries`, `clarified`:
    questions asked about one unclear point. `advised`: advice already given; `doubtful`: signs that count only if
    the danger question is answered with yes; `urgent`: the message being taken tells of danger, so the numbers are
    said even a second time; `minimum`: only the place and a safe contact are kept (Telegram in redirect mode).
    `own_pain`: whoever writes speaks of wanting to die himself; `grown`: and says that he is no child. `cards`: what in
    the last message decides which first words fit (kinds card.… of `reading.asides`). `times`: how often each question
    was asked in the same words. `menu`: the open question is what to change; `replaces`: the field whose next answer
    replaces the words before it. `recap`: what was read back last; `told_then`: how many words there were at the first
    reading back. `english`: whoever writes, writes English. `pinned`: a location pin is among the words of the place;
    `another`: a second child was named; `other`: the answers of a second child's matter, kept apart, and the uid of its
    report where one stands (`reporting.other_child`).
    """

    facts: dict[str, Any] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)
    words: list[list[str]] = field(default_factory=list)
    area: str | None = None
    place_tries: int = 0
    place_missed: bool = False
    clarified: int = 0
    candidates: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    advised: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    urgent: bool = False
    minimum: bool = False
    own_pain: bool = False
    grown: bool = False
    cards: list[str] = field(default_factory=list)
    times: dict[str, int] = field(default_factory=dict)
    menu: bool = False
    replaces: str | None = None
    recap: str = ""
    told_then: int = 0
    english: bool = False
    pinned: bool = False
    another: bool = False
    other: dict[str, Any] = field(default_factory=dict)

    @property
    def childs(self) -> bool:
        """Whether we speak as to a child: one writes, or somebody tells of his own pain and not that he is grown."""
        return self.facts.get("reporter_type") == "child_self" or (self.own_pain and not self.grown)

    @property
    def language(self) -> str | None:
        """The language in which whoever writes is spoken to (`texts.in_language`)."""
        return texts.ENGLISH if self.english else texts.TO_A_CHILD if self.childs else None

    @property
    def troubled(self) -> bool:
        """Whether anything was told that may be, or may have been, harm."""
        return bool(self.facts.get("signs") or self.doubtful or self.facts.get("danger_now") == "yes")

    def said(self, name: str, text: str) -> None:
        """Keep the person's own words under a field; the same words twice are kept once."""
        kept = name in ("place", "safe_contact") or not self.minimum
        if kept and [name, text] not in self.words:
            self.words.append([name, text])
        self.given[name] = "given"

    def words_of(self, name: str) -> list[str]:
        """The words kept under a field, in order."""
        return [text for field_name, text in self.words if field_name == name]

    def settle(self, name: str, how: str) -> None:
        """Mark a field as unclear or skipped."""
        self.given[name] = how


def current(work: Work, conversation: str, flow: str) -> Draft | None:
    """The open draft of a flow, if there is one. Asked for many times in a turn, looked up once."""
    known = _known(work)
    if conversation not in known:
        known[conversation] = {draft.flow: draft for draft in work.session.scalars(_open_in(), {"whose": conversation})}
    return known[conversation].get(flow)


def report_of(work: Work, draft: Draft) -> Report | None:
    """The report that was made of a draft; None, without a look: none was."""
    return work.session.get(Report, draft.report) if draft.report else None


@cache
def _open_in() -> Select[Draft]:
    return (
        select(Draft).where(Draft.conversation == bindparam("whose"), Draft.state == "open").order_by(Draft.created_at)
    )


def _known(work: Work) -> dict[str, dict[str, Draft]]:
    """The newest open draft of each flow, for each conversation `current` was asked about in this transaction; emptied
    when a draft begins or ends."""
    known: dict[str, dict[str, Draft]] = work.session.info.setdefault("drafts", {})
    return known


def open_about(work: Work, report: str, flow: str) -> list[Draft]:
    """The open drafts of a flow that belong to a report, in whatever talk."""
    rows = select(Draft).where(Draft.report == report, Draft.flow == flow, Draft.state == "open")
    return list(work.session.scalars(rows))


def begin(work: Work, conversation: str, flow: str) -> Draft:
    """A new, empty draft."""
    uid = opaque_id()
    draft = Draft(
        uid=uid,
        conversation=conversation,
        flow=flow,
        fields_sealed=work.seal("drafts.fields", uid, Answers().__dict__),
        created_at=work.now,
        updated_at=work.now,
        next_due=work.now + SETTLE_AFTER,
    )
    work.session.add(draft)
    work.session.flush()
    _known(work).clear()
    return draft


def answers(work: Work, draft: Draft) -> Answers:
    """Open the answers of a draft."""
    return Answers(**work.open("drafts.fields", draft.uid, draft.fields_sealed))


def save(work: Work, draft: Draft, told: Answers, asked: str | None) -> None:
    """Save the answers together with the question that is asked next."""
    draft.fields_sealed = work.seal("drafts.fields", draft.uid, told.__dict__)
    if draft.flow == REPORT:
        conversations.speak(work, draft.conversation, child=told.childs)
    draft.asked = asked
    draft.updated_at = work.now
    draft.next_due = work.now + SETTLE_AFTER
    work.session.flush()


def contents(work: Work, draft: Draft) -> dict[str, Any]:
    """What a flow that has its own shape of answers kept with `keep`; empty for a new draft."""
    kept: dict[str, Any] = work.open("drafts.fields", draft.uid, draft.fields_sealed).get(OWN, {})
    return kept


def keep(work: Work, draft: Draft, kept: dict[str, Any], asked: str | None) -> None:
    """Save the answers of a flow that has its own shape (any JSON), together with the question asked next."""
    draft.fields_sealed = work.seal("drafts.fields", draft.uid, {OWN: kept})
    draft.asked, draft.updated_at, draft.next_due = asked, work.now, work.now + SETTLE_AFTER
    work.session.flush()


def shelve(work: Work, draft: Draft, kept_for: timedelta = SHELVED_FOR) -> None:
    """Stop a draft and keep its words for a while, in case the person comes back to it; then they go (`silence`)."""
    draft.state, draft.asked, draft.updated_at = SHELVED, None, work.now
    draft.next_due = work.now + kept_for
    work.session.flush()
    _known(work).clear()


def shelved(work: Work, conversation: str, flow: str) -> list[Draft]:
    """The drafts that are still kept on the shelf, the one put there last first."""
    return list(
        work.session.scalars(
            select(Draft)
            .where(
                Draft.conversation == conversation,
                Draft.flow == flow,
                Draft.state == SHELVED,
                Draft.next_due > work.now,
            )
            .order_by(Draft.updated_at.desc())
        )
    )


def take_down(work: Work, conversation: str, flow: str) -> Draft | None:
    """Open again the draft that was shelved last; None when none is kept (any more)."""
    draft = next(iter(shelved(work, conversation, flow)), None)
    if draft is not None:
        reopen(work, draft)
    return draft


def reopen(work: Work, draft: Draft) -> None:
    """Open a shelved draft again."""
    draft.state, draft.updated_at, draft.next_due = "open", work.now, work.now + SETTLE_AFTER
    work.session.flush()
    _known(work).clear()


def close(work: Work, draft: Draft, state: str) -> None:
    """End a draft as done, cancelled or expired; its words go (a filed report holds its own copy), and so does what
    was brought with it when no report was made."""
    draft.state, draft.asked, draft.next_due, draft.updated_at = state, None, None, work.now
    draft.fields_sealed = work.seal("drafts.fields", draft.uid, Answers().__dict__)
    if draft.report is None:
        attachments.erase_of_draft(work, draft.uid)
    work.session.flush()
    _known(work).clear()


def silent(work: Work, limit: int = 200) -> list[Draft]:
    """Open drafts whose next look is due because nobody has written for a while, and shelved ones whose day is over."""
    return list(
        work.session.scalars(
            select(Draft)
            .where(Draft.state.in_(("open", SHELVED)), Draft.next_due <= work.now)
            .order_by(Draft.next_due)
            .limit(limit)
        )
    )


def expires(draft: Draft) -> datetime:
    """When an unfinished draft is let go (report.draft.life)."""
    return draft.updated_at + timedelta(days=int(parameters.number("report.draft.life")))


def remind_at(draft: Draft) -> datetime:
    """When its writer is reminded, once (report.draft.remind_after)."""
    return draft.updated_at + timedelta(hours=int(parameters.number("report.draft.remind_after")))
