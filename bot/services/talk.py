"""The doors into the flows: words, taps, and what is open. Gateway and action server both come in here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot import texts
from bot.reading import answers as short
from bot.reading import asides, danger, replies
from bot.services import (
    besides,
    between,
    drafts,
    eligibility_talk,
    emergencies,
    evidence,
    fitting,
    flows,
    handling,
    intake,
    mailbox,
    redirecting,
    returning,
    signing_in,
)
from bot.services.meaning import Meant
from bot.services.work import Work
from bot.storage.tables import Conversation

WORDS, TAP, DANGER, ALONE, ANSWERED = "words", "tap", "danger", "alone", "answered"
SETTLES = ("yes", "no", "unsure", "skip", "cancel")
HUNCH = "unclear"
FRESH = timedelta(minutes=15)
NOT_HEARD = ("chat.later.", "chat.out_of_scope", "chat.mental_health", "chat.greet")
"""Replies that would leave told harm unheard."""


@dataclass(frozen=True)
class Open:
    """What is open in a conversation: the flow and the field that was asked; both None when nothing is."""

    flow: str | None
    asked: str | None


def whats_open(work: Work, conversation: str) -> Open:
    """The open flow as our drafts know it; Rasa's memory is rebuilt from this."""
    row = work.session.get(Conversation, conversation)
    draft = drafts.current(work, conversation, row.flow) if row is not None and row.flow else None
    return Open(draft.flow, draft.asked) if draft is not None else Open(None, None)


def words(work: Work, conversation: str, inbox_id: int, flow: str, text: str, meant: Meant) -> str | None:
    """Take a message in a flow, opening it if need be. Once per message: a second call changes nothing.

    Returns the field asked next, None when the flow is over.
    """
    if flow in between.FLOWS:
        between.takes(work, conversation, inbox_id, text)
        return None
    if not mailbox.take_effect(work, inbox_id, WORDS):
        return whats_open(work, conversation).asked
    if flow not in flows.OPEN_TO_ALL and redirecting.refuses(work, conversation, inbox_id):
        return None
    begins = flow == intake.FLOW and drafts.current(work, conversation, flow) is None
    if begins and returning.add_to_own(work, conversation, inbox_id, text, meant=True):
        return whats_open(work, conversation).asked
    if flow == intake.FLOW:
        if not begins and returning.asks_status(text, meant):
            returning.start(work, conversation, inbox_id, returning.STATUS, text)
            return _back_to_report(work, conversation, inbox_id)
        asked = intake.turn(work, conversation, inbox_id, text, meant)
        return asked or _offer_back(work, conversation, inbox_id)
    if flow in flows.FLOWS:
        asked = flows.FLOWS[flow].turn(work, conversation, inbox_id, text, meant)
        return asked or _back_to_report(work, conversation, inbox_id)
    returning.turn(work, conversation, inbox_id, flow, text, meant)
    return _back_to_report(work, conversation, inbox_id)


def _back_to_report(work: Work, conversation: str, inbox_id: int) -> str | None:
    """What was looked up in the middle of a report is over: the report goes on. Returns the field asked next."""
    row = work.session.get_one(Conversation, conversation)
    if row.flow is None and drafts.current(work, conversation, intake.FLOW) is not None:
        intake.come_back(work, conversation, inbox_id)
    return whats_open(work, conversation).asked


def _offer_back(work: Work, conversation: str, inbox_id: int) -> None:
    """A report that came first is over: what it interrupted is offered again."""
    if work.session.get_one(Conversation, conversation).flow is not None:
        return
    for flow in flows.FLOWS:
        if texts.known(f"{flow}.come_back") and drafts.current(work, conversation, flow) is not None:
            mailbox.say(work, conversation, f"{flow}.come_back", reply_to=inbox_id)


def for_people(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Take what belongs to people before anything else reads it: a talk a person took over, an answer to a question
    of staff, a text a staff member owes. Danger told in it is answered there. False: read on."""
    return between.takes(work, conversation, inbox_id, text)


def urgent(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Answer danger at once, or ask about doubtful words. False: there is neither, read on.

    The doubtful question is asked only while no report talk is open: there the danger question comes anyway.
    """
    hit, beside = danger.read(text), asides.kinds(text)
    if hit.level == "emergency":
        if mailbox.take_effect(work, inbox_id, DANGER):
            _in_english_first(work, conversation, inbox_id, text)
            emergencies.answer(work, conversation, inbox_id, text)
        return True
    if redirecting.applies(work, conversation) and not redirecting.emergency_open(work, conversation):
        return redirecting.describes_a_child(text) and _send_to_the_page(work, conversation, inbox_id)
    if _about_what_is_told(work, conversation, inbox_id, text, beside):
        return True
    reporting = drafts.current(work, conversation, intake.FLOW) is not None
    doubtful = hit.ask and not reporting and emergencies.being_added_to(work, conversation) is None
    if doubtful and set(hit.kinds) <= {HUNCH} and _tells_of_a_family(work, conversation, text):
        doubtful = False
    english = whats_open(work, conversation).flow is None and asides.in_english(text)
    if not (doubtful or english):
        return between.shows_question(work, conversation, inbox_id, text)
    if mailbox.take_effect(work, inbox_id, DANGER):
        _in_english_first(work, conversation, inbox_id, text)
        if not doubtful and _asks_eligibility(work, conversation, inbox_id, text):
            return True
        begin = intake.doubtful if doubtful else intake.start
        begin(work, conversation, inbox_id, text)
        if asides.SILENT in beside:
            mailbox.say(work, conversation, "danger.silent", reply_to=inbox_id, priority=mailbox.URGENT)
    return True


def _tells_of_a_family(work: Work, conversation: str, text: str) -> bool:
    """Whether what sounded odd only tells who lives where: 我闺女十二，我在外地，她妈在韩国."""
    in_it = whats_open(work, conversation).flow == eligibility_talk.FLOW
    return not intake.tells_harm(text) and eligibility_talk.reads_like_one(text, work, open_already=in_it)


def _about_what_is_told(work: Work, conversation: str, inbox_id: int, text: str, beside: frozenset[str]) -> bool:
    """News of the danger told, a late yes to the danger question, or what is said beside a report."""
    return (
        emergencies.again(work, conversation, inbox_id, text, beside)
        or emergencies.late_yes(work, conversation, inbox_id, text)
        or besides.takes(work, conversation, inbox_id, text, beside)
    )


def _in_english_first(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """Who writes English reads the numbers in English before the talk goes on; once, when it begins."""
    if drafts.current(work, conversation, intake.FLOW) is None and asides.in_english(text):
        mailbox.say(work, conversation, "danger.english", reply_to=inbox_id, priority=mailbox.URGENT)


def taken_up_again(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Somebody who had stopped a report wants to go on after all. False: these words say something else."""
    if not replies.goes_on(text) or whats_open(work, conversation).flow is not None:
        return False
    if mailbox.take_effect(work, inbox_id, WORDS) and not redirecting.refuses(work, conversation, inbox_id):
        intake.go_on(work, conversation, inbox_id)
    return True


def plainly_answered(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """An answer to the open question that our own reading is sure of: no classifier stands between it and its record.

    False: somebody must say what these words mean.
    """
    opened = whats_open(work, conversation)
    if opened.flow is None or opened.asked is None:
        return False
    plain = fitting.plainly(opened.asked, text) if opened.flow == intake.FLOW else short.short_answer(text) in SETTLES
    if plain:
        words(work, conversation, inbox_id, opened.flow, text, Meant())
    return plain


def page_asked(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """A bound staff member asks for the staff page in so many words. False: nobody did."""
    return signing_in.asked(work, conversation, inbox_id, text)


def _send_to_the_page(work: Work, conversation: str, inbox_id: int) -> bool:
    if mailbox.take_effect(work, inbox_id, ANSWERED):
        redirecting.say(work, conversation, inbox_id)
    return True


def tap(work: Work, conversation: str, inbox_id: int, value: str) -> bool:
    """Settle a tapped button. Always says something; False only when this message already had its effect."""
    if not mailbox.take_effect(work, inbox_id, TAP):
        return False
    name, _, rest = value.partition(":")
    if _is_personal(name, rest) and redirecting.applies(work, conversation):
        redirecting.say(work, conversation, inbox_id)
    elif name == "flow" and (rest in drafts.FLOWS or rest in flows.FLOWS):
        _open(work, conversation, inbox_id, rest)
    elif name == "say" and texts.known(rest) and rest.startswith("chat."):
        mailbox.say(work, conversation, rest, reply_to=inbox_id)
    elif name == signing_in.TAP:
        signing_in.tap(work, conversation, inbox_id, rest)
    elif name in handling.TAPS:
        handling.tap(work, conversation, inbox_id, name, rest)
    elif not _tap_elsewhere(work, conversation, inbox_id, value, name, rest):
        mailbox.say(work, conversation, "chat.expired_button", reply_to=inbox_id)
    return True


def _is_personal(name: str, rest: str) -> bool:
    """Whether a button leads to what Telegram does not carry in redirect mode."""
    flow = rest if name == "flow" else name.partition(".")[0]
    known = name == "flow" or flow in flows.FLOWS
    return name in ("view", *between.TAPS, *flows.TAPS) or (known and flow not in flows.OPEN_TO_ALL)


def _tap_elsewhere(work: Work, conversation: str, inbox_id: int, value: str, name: str, rest: str) -> bool:
    """A button of people's talks, of something sent unasked, or of an open flow. False: nothing knows it any more."""
    if name in between.TAPS:
        return between.tap(work, conversation, inbox_id, name, rest)
    if name in flows.TAPS:
        return flows.TAPS[name](work, conversation, inbox_id, name, rest)
    if name.partition(".")[0] in flows.FLOWS:
        return _tap_in_flow(work, conversation, inbox_id, value)
    field, _, answer = value.removeprefix("report.").partition("=")
    if not value.startswith("report.") or not intake.tap(work, conversation, inbox_id, field, answer):
        return False
    _offer_back(work, conversation, inbox_id)
    return True


def _tap_in_flow(work: Work, conversation: str, inbox_id: int, value: str) -> bool:
    """A button of one of the other flows; when that ends in the middle of a report, the report goes on."""
    button, _, answer = value.partition("=")
    flow, _, field = button.partition(".")
    if not flows.FLOWS[flow].tap(work, conversation, inbox_id, field, answer):
        return False
    _back_to_report(work, conversation, inbox_id)
    return True


def _open(work: Work, conversation: str, inbox_id: int, flow: str, text: str = "") -> None:
    if flow == intake.FLOW:
        intake.start(work, conversation, inbox_id, text)
    elif flow in flows.FLOWS:
        flows.FLOWS[flow].start(work, conversation, inbox_id, text)
    else:
        returning.start(work, conversation, inbox_id, flow, text)


def alone(work: Work, conversation: str, inbox_id: int, text: str, *, starting: bool) -> None:
    """Go on without Rasa: an open flow takes the words as its answer; else words that may tell of a child's
    trouble open a report; else a truthful sentence and buttons. Nothing is lost and nothing is done twice."""
    flow = whats_open(work, conversation).flow
    if flow is not None:
        words(work, conversation, inbox_id, flow, text, Meant())
        return
    if not mailbox.take_effect(work, inbox_id, ALONE):
        return
    if returning.add_to_own(work, conversation, inbox_id, text) or _asks_eligibility(
        work, conversation, inbox_id, text
    ):
        return
    if intake.reads_like_a_report(text):
        if not redirecting.refuses(work, conversation, inbox_id):
            intake.start(work, conversation, inbox_id, text)
        return
    mailbox.say(work, conversation, "chat.starting" if starting else "chat.degraded", reply_to=inbox_id)


def _asks_eligibility(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Words that ask whether a child is eligible, or tell of a family and of no harm, open the self-check."""
    if intake.tells_harm(text) or not eligibility_talk.reads_like_one(text, work):
        return False
    if not redirecting.refuses(work, conversation, inbox_id):
        eligibility_talk.start(work, conversation, inbox_id, text)
    return True


def answer(work: Work, conversation: str, inbox_id: int, keys: tuple[str, ...], text: str) -> bool:
    """Say the stateless replies Rasa chose. False: there was none that we have words for.

    Right after a report was filed here, words that tell more belong to it, whatever Rasa took them for.
    """
    # Only words for everybody that stand by themselves: Rasa has no say in alerts, receipts and what quotes people.
    known = [key for key in keys if key.startswith("chat.") and texts.bare(key)]
    if known and _meant_something_else(work, conversation, inbox_id, known[0], text):
        return True
    if known and returning.add_to_own(work, conversation, inbox_id, text):
        return mailbox.take_effect(work, inbox_id, WORDS)
    if known and mailbox.take_effect(work, inbox_id, ANSWERED):
        for key in known:
            mailbox.say(work, conversation, key, reply_to=inbox_id)
    return bool(known)


def _meant_something_else(work: Work, conversation: str, inbox_id: int, key: str, text: str) -> bool:
    """Told harm is a report, whatever Rasa took it for; and a yes with nothing open means what was offered last."""
    told_harm = key.startswith(NOT_HEARD) and intake.tells_harm(text)
    offered = _offered_last(work, conversation, inbox_id) if key == "chat.nothing_open" else None
    yes = offered is not None and short.short_answer(text) == "yes"
    if not (told_harm or yes) or not mailbox.take_effect(work, inbox_id, WORDS):
        return False
    if redirecting.refuses(work, conversation, inbox_id):
        return True
    if told_harm:
        intake.start(work, conversation, inbox_id, text)
    elif offered is not None:
        _open(work, conversation, inbox_id, offered)
    return True


def _offered_last(work: Work, conversation: str, inbox_id: int) -> str | None:
    """The flow that the main button of the last thing said here opens, while that is fresh."""
    last = mailbox.last_said(work, conversation, inbox_id, work.now - FRESH)
    if last is None:
        return None
    for choice in texts.render(last.key, mailbox.args_of(work, last)).choices:
        name, _, flow = choice.value.partition(":")
        if name == "flow" and choice.style == "primary":
            return flow
    return None


def unclear(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """The classifier is not sure: our own reading may find a report in it; else buttons, then a human."""
    if not mailbox.take_effect(work, inbox_id, WORDS) or returning.add_to_own(work, conversation, inbox_id, text):
        return
    if _asks_eligibility(work, conversation, inbox_id, text):
        return
    if intake.reads_like_a_report(text):
        if not redirecting.refuses(work, conversation, inbox_id):
            intake.start(work, conversation, inbox_id, text)
        return
    row = work.session.get_one(Conversation, conversation)
    row.unclear_turns += 1
    key = "chat.unclear" if row.unclear_turns < 2 else "chat.unclear_again"
    mailbox.say(work, conversation, key, reply_to=inbox_id)


def nothing_open(work: Work, conversation: str, inbox_id: int) -> None:
    """Somebody wants to stop and there is nothing to stop."""
    if mailbox.take_effect(work, inbox_id, WORDS):
        mailbox.say(work, conversation, "chat.nothing_open", reply_to=inbox_id)


def invited(work: Work, conversation: str, inbox_id: int, code: str) -> None:
    """An invite code that came with a link."""
    if mailbox.take_effect(work, inbox_id, TAP):
        flows.FLOWS["bind"].start(work, conversation, inbox_id, code)


def contact_shared(work: Work, conversation: str, inbox_id: int, phone: str) -> None:
    """A contact card: kept with the open report as how to reach the writer; without one it is not kept."""
    if mailbox.take_effect(work, inbox_id, TAP) and not redirecting.refuses(work, conversation, inbox_id):
        intake.contact(work, conversation, inbox_id, phone)


def evidence_shared(work: Work, conversation: str, inbox_id: int, brought: evidence.Brought, text: str) -> None:
    """A photo, recording or file, and the words beside it: danger in them first, then the thing itself."""
    said = bool(text) and urgent(work, conversation, inbox_id, text)
    if said or mailbox.take_effect(work, inbox_id, TAP):
        evidence.arrived(work, conversation, inbox_id, brought, "" if said else text)


def place_shared(work: Work, conversation: str, inbox_id: int, latitude: float, longitude: float) -> None:
    """A location pin: kept with the open report as where the child is; without one, a report is begun."""
    if not mailbox.take_effect(work, inbox_id, TAP) or redirecting.refuses(work, conversation, inbox_id):
        return
    intake.pin(work, conversation, inbox_id, latitude, longitude)
