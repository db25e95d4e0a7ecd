"""Which matter a message belongs to while a report is open or fresh: what names another story goes there, and the
report stands; a grown-up's cry of despair is with people first: where he is is asked before he is let turn away.

The one place of this decision. Danger was looked for before."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.reading import danger
from bot.reading.families import family
from bot.reading.talk import own_story
from bot.services import conversations, drafts, flows
from bot.services.casework import reports
from bot.services.eligibility import anew, other_kept, went
from bot.services.eligibility import state as check_state
from bot.services.mail import mailbox
from bot.services.reporting import doubting, intake, proofs, questions, returning
from bot.services.staff import accounts
from bot.services.talk import emergencies, redirecting, spoken_of
from bot.services.talk.meaning import Meant
from bot.services.work import Work
from bot.storage.tables import Conversation, Draft

EFFECT = "words"
WENT = "went"
"""What somebody asks of the children whose checks he handed over: it is no question of the report told before."""
PLACE_FIRST = "story.place_first"
CARER = "entrusted"
OF_FAMILIES = (CARER, check_state.FLOW, "contact")
"""Talks of the own family."""
LISTS = frozenset({"entrusted", "eligibility", "child", "report", "contact", "visit"})
"""Talks that words about some list may be taken for."""
BY_CODE = (returning.STATUS, returning.SUPPLEMENT)
OF_CHILDREN = ("neighbour", "report", "progress")
"""Stories in which harm is told as a matter of course; whether it is danger is asked there."""
HARMLESS = frozenset({danger.HUNCH})


def takes(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Take words that turn from what is open, or from what was reported here within the day, to another story: the own
    check, the wish for a carer, another child to hand over, the report or how it stands. False: they do not, or sound
    of danger."""
    story = _story(work, conversation, text)
    if story is None or not _may_go(work, conversation, text, harm=story in OF_CHILDREN):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        _STORIES[story](work, conversation, inbox_id, text)
    return True


def _story(work: Work, conversation: str, text: str) -> str | None:
    """Which story words turn to. None: to none that their usual way does not lead to."""
    flow = work.session.get_one(Conversation, conversation).flow
    if flow in OF_FAMILIES:
        story = "progress" if own_story.asks_of_report(text) else "report" if own_story.names_report(text) else None
        named = story is not None and _reported_another(work, conversation, text)
        return story if named and drafts.current(work, conversation, intake.FLOW) is None else None
    if own_story.plans_to_leave(text) and _beside_a_report(work, conversation, flow):
        return CARER
    if flow not in (None, intake.FLOW):
        return None
    if flow is None and went.asked(work, conversation, text):
        return WENT
    made = anew.handed_here(work, conversation)
    if flow is None and made and own_story.hands_over_another(text):
        all_went = other_kept.waits(work, conversation) or anew.all_went(work, conversation)
        return None if all_went else "another"  # else its check goes as it was made
    draft = drafts.current(work, conversation, intake.FLOW)
    if draft is None and emergencies.recent(work, conversation, text) is None:
        return None
    if draft is not None and draft.report is None:
        return None
    waits = drafts.current(work, conversation, check_state.FLOW) is not None
    if draft is not None and _placed_despair(work, draft) and own_story.worries_for_others(text):
        return "neighbour"
    if own_story.turns_to_check(text, waits=waits, made=made):
        return check_state.FLOW
    wished = drafts.current(work, conversation, CARER) is not None
    return CARER if wished and own_story.turns_to_carer(text) else None


def _beside_a_report(work: Work, conversation: str, flow: str | None) -> bool:
    """Whether what is open, or was told here last, is a report that stands: its talk, or one by its code."""
    draft = drafts.current(work, conversation, intake.FLOW)
    if draft is not None:
        return draft.report is not None
    return flow in BY_CODE or (flow is None and proofs.spoken_of(work, conversation) is not None)


def _reported_another(work: Work, conversation: str, text: str) -> bool:
    """Whether what was reported here is of a child, and not the own despair of who writes."""
    report = emergencies.recent(work, conversation, text)
    return report is not None and not reports.told_of(work, report).get("own_pain")


def _placed_despair(work: Work, draft: Draft) -> bool:
    """Whether the open report is of the writer's own despair, and it is known where he is."""
    told = drafts.answers(work, draft)
    return told.own_pain and "place" in told.given


def _may_go(work: Work, conversation: str, text: str, *, harm: bool) -> bool:
    """Whether no danger is told, nor harm where the other story is not about harm, and a citizen writes who may tell
    personal things here."""
    if redirecting.applies(work, conversation) or accounts.member(work, conversation) is not None:
        return False
    if harm:
        return danger.read(text).level != "emergency"
    return set(danger.read(text).kinds) <= HARMLESS and not intake.tells_harm(text)


def _neighbour(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """The own despair stands and is told to its end; the other family's trouble begins a report of its own."""
    draft = drafts.current(work, conversation, intake.FLOW)
    if draft is not None:
        questions.end_here(work, draft, inbox_id, briefly=True)
    doubting.ask(work, conversation, inbox_id, text)


def _check(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    if leaves_report(work, conversation, inbox_id, text):
        _go_to_check(work, conversation, inbox_id, text)


def _carer(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    flow = work.session.get_one(Conversation, conversation).flow
    if flow in BY_CODE:
        returning.leave(work, conversation, str(flow), inbox_id)
    if leaves_report(work, conversation, inbox_id, ""):
        begins = drafts.current(work, conversation, CARER) is None
        flows.FLOWS[CARER].start(work, conversation, inbox_id, text if begins else "")


def _went(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    went.say(work, conversation, inbox_id, text)


def _another(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    anew.begin(work, conversation, inbox_id, text, another=True)


def _report(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """Added to the report it names; the question of the own talk comes again."""
    report = emergencies.recent(work, conversation, text)
    if report is not None:
        returning.say_added(work, conversation, inbox_id, report, text)
    _ask_on(work, conversation, inbox_id)


def _progress(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """How the report stands that is asked for; the question of the own talk comes again."""
    report = emergencies.recent(work, conversation, text)
    if report is not None:
        spoken_of.tell_how_far(work, conversation, inbox_id, report, text)
    _ask_on(work, conversation, inbox_id)


def _ask_on(work: Work, conversation: str, inbox_id: int) -> None:
    flow = work.session.get_one(Conversation, conversation).flow
    if flow is not None and flow in flows.FLOWS:
        flows.FLOWS[flow].start(work, conversation, inbox_id, told_rasa=True)


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


def leaves_report(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """End the talk of a report that stands; what is said of it with the turning goes there. False: in danger nobody
    knows yet where, so that is asked first, once."""
    draft = drafts.current(work, conversation, intake.FLOW)
    if draft is None:
        return True
    told = drafts.answers(work, draft)
    beside = own_story.beside_the_check(text)
    if beside:
        questions.absorb(work, draft, told, inbox_id, beside, draft.asked or "what")
    report = drafts.report_of(work, draft)
    unplaced = "place" not in told.given and told.area is None and report is not None and report.severity == "S0"
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


_STORIES: Mapping[str, Callable[[Work, str, int, str], None]] = {
    check_state.FLOW: _check,
    CARER: _carer,
    "another": _another,
    WENT: _went,
    "neighbour": _neighbour,
    "report": _report,
    "progress": _progress,
}
