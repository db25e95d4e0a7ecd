"""Which matter a message belongs to while a report is open or fresh: what names another story goes there, and the
report stands; a grown-up's cry of despair is with people first: where he is is asked before he is let turn away.

The one place of this decision. Danger was looked for before."""

from __future__ import annotations

from bot.reading import danger
from bot.reading.families import family
from bot.reading.talk import own_story
from bot.services import conversations, drafts, flows
from bot.services.eligibility import anew
from bot.services.eligibility import state as check_state
from bot.services.mail import mailbox
from bot.services.reporting import intake, questions
from bot.services.staff import accounts
from bot.services.talk import emergencies, redirecting
from bot.services.talk.meaning import Meant
from bot.services.work import Work
from bot.storage.tables import Conversation, Draft

EFFECT = "words"
PLACE_FIRST = "story.place_first"
OF_FAMILIES = ("entrusted", check_state.FLOW, "contact")
"""Talks of the own family."""
LISTS = frozenset({"entrusted", "eligibility", "child", "report", "contact", "visit"})
"""Talks that words about some list may be taken for."""
HARMLESS = frozenset({danger.HUNCH})


def takes(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Take words that turn to the check of the own child, though a report is open or was made here within the day.
    False: they do not, or no report is there to hold them back, so their usual way is open."""
    draft = drafts.current(work, conversation, intake.FLOW)
    if not _turns_away(work, conversation, draft, text):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        if draft is not None and not _leaves(work, draft, inbox_id, text):
            return True
        _go_to_check(work, conversation, inbox_id, text)
    return True


def of_another_family(work: Work, conversation: str, text: str) -> bool:
    """Whether a worry about other people's child is told in the middle of the own family's talk (隔壁那家孩子天天哭):
    whether it is in danger is asked, the words begin its report, and the own talk goes on after a no."""
    flow = work.session.get_one(Conversation, conversation).flow
    if flow not in OF_FAMILIES or not own_story.worries_for_others(text):
        return False
    return accounts.member(work, conversation) is None and drafts.current(work, conversation, intake.FLOW) is None


def asks_which_list(work: Work, conversation: str, inbox_id: int, flow: str, text: str) -> bool:
    """Ask a citizen who was sent to be put on some list on which (村里让我在这登记), before a talk begins. False: it is
    said, or harm is told."""
    if flow not in LISTS or not own_story.names_no_list(text) or intake.tells_harm(text):
        return False
    if accounts.member(work, conversation) is not None:
        return False
    mailbox.say(work, conversation, "story.which_list", reply_to=inbox_id)
    return True


def _turns_away(work: Work, conversation: str, draft: Draft | None, text: str) -> bool:
    """Whether words turn to a check, and a report stands that they would be taken for."""
    if draft is None and emergencies.recent(work, conversation, text) is None:
        return False
    flow = work.session.get_one(Conversation, conversation).flow
    if flow not in (None, intake.FLOW) or (draft is not None and draft.report is None):
        return False
    waits = drafts.current(work, conversation, check_state.FLOW) is not None
    made = anew.handed_here(work, conversation)
    if not own_story.turns_to_check(text, waits=waits, made=made):
        return False
    if redirecting.applies(work, conversation) or accounts.member(work, conversation) is not None:
        return False
    return set(danger.read(text).kinds) <= HARMLESS and not intake.tells_harm(text)


def _leaves(work: Work, draft: Draft, inbox_id: int, text: str) -> bool:
    """End the talk of a report that stands; what is said of it with the turning goes there. False: in danger nobody
    knows yet where, so that is asked first, once."""
    told = drafts.answers(work, draft)
    beside = own_story.beside_the_check(text)
    if beside:
        questions.absorb(work, draft, told, inbox_id, beside, draft.asked or "what")
    report = drafts.report_of(work, draft)
    unplaced = "place" not in told.given and report is not None and report.severity == "S0"
    if unplaced and PLACE_FIRST not in told.advised:
        told.advised.append(PLACE_FIRST)
        mailbox.say(work, draft.conversation, PLACE_FIRST, reply_to=inbox_id)
        drafts.save(work, draft, told, "place")
        return False
    drafts.save(work, draft, told, draft.asked)
    questions.end_here(work, draft, inbox_id, briefly=True)
    return True


def _go_to_check(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """On with the half-done check, and what is told of the family is taken there; else one begins."""
    if drafts.current(work, conversation, check_state.FLOW) is None:
        anew.begin(work, conversation, inbox_id, text)
        return
    check = flows.FLOWS[check_state.FLOW]
    own = text.removeprefix(own_story.beside_the_check(text))
    if family.read(own, work.today).facts:
        conversations.enter(work, conversation, check_state.FLOW, told_rasa=False)
        check.turn(work, conversation, inbox_id, own, Meant())
    else:
        check.start(work, conversation, inbox_id)
