"""When somebody stops half-way: told harm goes to people, one reminder where it is allowed, then letting go."""

from __future__ import annotations

from datetime import timedelta

from bot.care import calendar
from bot.reading import danger
from bot.reading.reports import only_named, told
from bot.reading.talk import question_forms
from bot.services import conversations, drafts, flows
from bot.services.casework import asking
from bot.services.eligibility import keeping
from bot.services.eligibility import state as eligibility_state
from bot.services.mail import mailbox
from bot.services.reporting import ending, filing, intake, proofs
from bot.services.talk import odd
from bot.services.talk.calm_telling import PARENTS_GONE
from bot.services.work import Work
from bot.storage.tables import Conversation, Draft

# Whoever was asked something thinks before answering (PROPOSED, ours).
PATIENT, A_DAY, NOT_AT_ALL = (asking.FLOW, ending.FLOW, odd.TAP, proofs.FLOW), timedelta(hours=24), timedelta()

ALWAYS_LOOKED_AT = frozenset({"self_harm", "sexual"})
"""Kinds of which a child asks as if for a rule: of these a report too many is better than a child not heard."""


def settle(work: Work) -> dict[str, int]:
    """Look at every silent draft whose time has come (report.draft.*)."""
    counts = {"reported": 0, "reminded": 0, "expired": 0, "waiting": 0}
    for draft in drafts.silent(work):
        counts[_settle_one(work, draft)] += 1
    return counts


def _settle_one(work: Work, draft: Draft) -> str:
    if draft.flow in flows.GOES_UP and flows.GOES_UP[draft.flow](work, draft):
        return "reported"
    if draft.next_due is not None and draft.next_due > work.now:
        return "waiting"
    if draft.state == drafts.SHELVED:
        drafts.close(work, draft, "cancelled")
        return "expired"
    if draft.flow != intake.FLOW:
        # A half-typed code is nothing to come back to; whoever was asked something thinks before answering.
        kept_until = draft.updated_at + _kept_for(work, draft)
        if work.now < kept_until:
            draft.next_due = kept_until
            return "waiting"
        return _expire(work, draft)
    answers = drafts.answers(work, draft)
    harm = bool(answers.facts.get("signs")) and filing.severity_of(answers) in filing.HARM
    harm = harm and not _only_asked(draft, answers)
    if draft.report is None and harm and not filing.nothing_told(work, draft, answers):
        filing.open_now(work, draft, answers)
        draft.next_due = drafts.remind_at(draft)
        return "reported"
    if work.now >= drafts.expires(draft):
        return _expire(work, draft)
    if work.now >= drafts.remind_at(draft) and answers.facts.get("follow_up") == "yes":
        mailbox.say(
            work,
            draft.conversation,
            "report.unfinished",
            push=True,
            priority=mailbox.LATER,
            natural_key=f"unfinished:{draft.uid}",
            not_before=calendar.next_allowed(work.now),
        )
        draft.next_due = drafts.expires(draft)
        return "reminded"
    draft.next_due = drafts.remind_at(draft) if work.now < drafts.remind_at(draft) else drafts.expires(draft)
    return "waiting"


def _only_asked(draft: Draft, answers: drafts.Answers) -> bool:
    """Whether all that was written asks for a rule, of no child, and the danger question it led to stood unanswered:
    nobody reported anything, and nobody is sent to anybody's door for it."""
    if draft.asked != "danger_now" or answers.area is not None or answers.own_pain or not answers.words:
        return False
    first, *others = [text for _, text in answers.words]
    ruled = only_named.of_a_rule
    return (ruled(first) or _of_no_child(first)) and all(ruled(text) or _goes_on(text) for text in others)


def _of_no_child(text: str) -> bool:
    """Whether words tell of parents who cannot care, nobody's: 妈妈死了爸爸在强制戒毒."""
    found, hit = told.read(text), danger.read(text)
    grave = hit.level == "emergency" or not ALWAYS_LOOKED_AT.isdisjoint(hit.kinds)
    if grave or found.child_ref or found.child_age_years is not None or found.reporter_type:
        return False
    return question_forms.of_nobody(text) and set(found.signs) <= PARENTS_GONE and hit.level == "none"


def _goes_on(text: str) -> bool:
    return question_forms.puts_on(text) and set(danger.read(text).kinds) <= {danger.HUNCH}


def _kept_for(work: Work, draft: Draft) -> timedelta:
    if draft.flow == eligibility_state.FLOW:
        return keeping.kept_for(work, draft)
    return A_DAY if draft.flow in PATIENT else flows.KEPT_FOR.get(draft.flow, NOT_AT_ALL)


def _expire(work: Work, draft: Draft) -> str:
    row = work.session.get_one(Conversation, draft.conversation)
    drafts.close(work, draft, "expired")
    if row.flow == draft.flow:
        conversations.enter(work, row.uid, None, told_rasa=False)
    return "expired"
