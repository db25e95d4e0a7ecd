"""The doors into the flows: words, taps, and what is open. Gateway and action server both come in here."""

from __future__ import annotations

from bot import texts
from bot.reading import danger
from bot.reading.entrusted import leaving, wishes
from bot.reading.families import away
from bot.reading.policy import situations
from bot.reading.reports import fitting
from bot.reading.staff import overseeing
from bot.reading.talk import answers as short
from bot.reading.talk import question_forms
from bot.services import conversations, drafts, flows
from bot.services.casework import handling
from bot.services.contact import bare_codes, family_said, strangers
from bot.services.contact.family_said import family_matter as family_matter
from bot.services.eligibility import after_handing, to_file
from bot.services.eligibility import talk as eligibility_talk
from bot.services.entrusted import corrections as entrusted_corrections
from bot.services.entrusted import duties as entrusted_duties
from bot.services.entrusted import wanting as entrusted_wanting
from bot.services.mail import mailbox
from bot.services.register import overseeing as register_overseeing
from bot.services.register import talk as register_talk
from bot.services.reporting import absorbing, doubting, intake, returning
from bot.services.staff import accounts, signing_in
from bot.services.talk import (
    bare_numbers,
    beginning,
    between,
    by_name,
    failing,
    greeting,
    how_to_report,
    in_between,
    no_words,
    odd,
    other_story,
    policy_answers,
    policy_first,
    policy_situations,
    policy_talk,
    redirecting,
    report_door,
    rules_asked,
    staff_door,
    typed_labels,
)
from bot.services.talk.besides import agrees_after_filing
from bot.services.talk.brought import contact_shared as contact_shared
from bot.services.talk.brought import evidence_shared as evidence_shared
from bot.services.talk.brought import invited as invited
from bot.services.talk.brought import place_shared as place_shared
from bot.services.talk.interrupted import denied as no_danger_after_all
from bot.services.talk.meaning import Meant
from bot.services.talk.opened import whats_open as whats_open
from bot.services.talk.recognising import recognise as recognise
from bot.services.talk.resuming import offered_last
from bot.services.talk.resuming import taken_up_again as taken_up_again
from bot.services.talk.staff_door import staff_matter as staff_matter
from bot.services.talk.urgency import ask_about_odd, asks_eligibility, sounds_odd, taken_for_another
from bot.services.talk.urgency import urgent as urgent
from bot.services.visits import told as visit_told
from bot.services.work import Work

WORDS, TAP, ALONE, ANSWERED = "words", "tap", "alone", "answered"
SHORTEST_TELLING = 6
"""A longer message that is no short answer of ours wants more than to hear that nothing was asked."""
SETTLES = ("yes", "no", "unsure", "skip", "cancel")
INVITE = "invite"
"""An invite code that came with the page's own link: "invite:<code>"."""
NOT_HEARD = ("chat.out_of_scope", "chat.mental_health", "chat.greet")
"""Replies that would leave told harm unheard."""


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
    fresh = drafts.current(work, conversation, flow) is None
    if fresh and _begins_nothing(work, conversation, inbox_id, flow, text, meant):
        return None
    if flow == intake.FLOW:
        return report_door.with_rule(work, conversation, inbox_id, text, meant, fresh=fresh)
    if flow not in flows.FLOWS:
        if returning.told_instead(work, conversation, flow, text):
            returning.leave(work, conversation, flow, inbox_id)
            conversations.enter(work, conversation, intake.FLOW, told_rasa=False)
            fresh = drafts.current(work, conversation, intake.FLOW) is None
            return report_door.take(work, conversation, inbox_id, text, meant, fresh=fresh)
        returning.turn(work, conversation, inbox_id, flow, text, meant)
        return report_door.come_back(work, conversation, inbox_id)
    first = policy_first.takes(work, conversation, inbox_id, flow, text, meant)
    asks_on = policy_talk.asks_on(work, conversation, flow, text, meant)
    answers = not (first or asks_on) and flows.FLOWS[flow].takes(work, conversation, text)
    if first or (not answers and policy_talk.aside(work, conversation, inbox_id, flow, text, meant)):
        return policy_talk.go_on(work, conversation, inbox_id, flow, text)
    if answers and not fresh:
        policy_talk.beside_answer(work, conversation, inbox_id, flow, text)
    asked = flows.FLOWS[flow].turn(work, conversation, inbox_id, text, meant)
    return asked or report_door.come_back(work, conversation, inbox_id)


def _begins_nothing(work: Work, conversation: str, inbox_id: int, flow: str, text: str, meant: Meant) -> bool:
    """Whether words that a talk would begin with were answered by a rule, or belong elsewhere."""
    return (
        (flow == intake.FLOW and report_door.only_a_rule(work, conversation, inbox_id, text))
        or other_story.asks_which_list(work, conversation, inbox_id, flow, text)
        or policy_talk.serve(work, conversation, inbox_id, text, flow, meant)
        or taken_for_another(work, conversation, inbox_id, flow, text, meant)
        or staff_door.keeps_out(work, conversation, inbox_id, flow, text, meant)
        or policy_first.of_another_office(work, conversation, inbox_id, flow, text)
    )


def for_people(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Take what belongs to people before anything else reads it: a talk a person took over, an answer to a question
    of staff, a text a staff member owes, what a worker tells of a home or files. Danger told in it is answered there.
    False: read on."""
    took = between.takes(work, conversation, inbox_id, text) or visit_told.takes(work, conversation, inbox_id, text)
    return took or register_talk.takes_filing(work, conversation, inbox_id, text)


def label_typed(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Tap the button whose words were typed. False: none was shown of that name, or the words tell of danger."""
    return danger.read(text).level != "emergency" and typed_labels.takes(work, conversation, inbox_id, text, tap)


def plainly_answered(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """An answer to the open question that our own reading is sure of: no classifier stands between it and its record.

    False: somebody must say what these words mean.
    """
    of_families = (family_said.anywhere, entrusted_corrections.takes, entrusted_duties.hears, no_words.takes)
    if any(one(work, conversation, inbox_id, text) for one in of_families):
        return True
    opened = whats_open(work, conversation)
    beside = (in_between.takes, how_to_report.takes, bare_numbers.takes)
    if any(one(work, conversation, inbox_id, text, opened) for one in beside):
        return True
    if opened.flow is None and any(
        one(work, conversation, inbox_id, text)
        for one in (
            strangers.answered,
            to_file.takes,
            after_handing.takes,
            beginning.takes,
            bare_codes.takes,
            greeting.takes,
        )
    ):
        return True
    if opened.flow is None:
        return not redirecting.applies(work, conversation) and (
            _wished_plainly(work, conversation, inbox_id, text)
            or family_said.freely(work, conversation, inbox_id, text)
        )
    if opened.asked is None:
        return False
    plain = fitting.plainly(opened.asked, text) if opened.flow == intake.FLOW else short.short_answer(text) in SETTLES
    if plain or absorbing.only_a_number(text):
        words(work, conversation, inbox_id, opened.flow, text, Meant())
        return True
    return False


def _wished_plainly(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """A plain wish for somebody who looks after a child, with the rule of what is told in it."""
    if away.between_districts(text):
        return False  # 户口在船营 我俩在昌邑上班 孩子搁姥姥家: the rule of core districts, and no carer is wished for
    # What is to be done for it is told in the talk itself, no rule beside it.
    arranges = wishes.asks_to_arrange(text) or leaving.wants_care(text)
    of_a_rule = policy_situations.of_a_rule(text) and question_forms.asks(text)  # 能随便托给谁都行吗
    if of_a_rule or (not arranges and policy_talk.may_ask(text)):
        return False
    if not entrusted_wanting.wanted_plainly(work, conversation, inbox_id, text):
        return False
    if not arranges or situations.told_together(text):
        policy_talk.tell_of_a_wish(work, conversation, inbox_id, text)
    return True


def page_asked(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """A bound staff member asks in so many words for the staff page, the children or the visits. False: nobody did."""
    if signing_in.asked(work, conversation, inbox_id, text):
        return True
    value, asks_of_place = by_name.button(text), overseeing.how_is(text) is not None
    if (value is None and not asks_of_place) or whats_open(work, conversation).flow is not None:
        return staff_door.takes(work, conversation, inbox_id, text)
    member = accounts.member(work, conversation)
    if member is None:
        return False
    if value is None:
        of_place = register_overseeing.of_place(work, member, conversation, inbox_id, text)
        return of_place or staff_door.takes(work, conversation, inbox_id, text)
    tap(work, conversation, inbox_id, value)
    return True


def answered(work: Work, inbox_id: int) -> bool:
    """Whether something was said to a message beside the question about odd words in it."""
    return odd.answers(mailbox.replies_to(work, inbox_id))


def tap(work: Work, conversation: str, inbox_id: int, value: str) -> bool:
    """Settle a tapped button. Always says something; False only when this message already had its effect."""
    if not mailbox.take_effect(work, inbox_id, TAP):
        return False
    name, _, rest = value.partition(":")
    if between.is_personal(name, rest) and redirecting.applies(work, conversation):
        redirecting.say(work, conversation, inbox_id)
    elif name == "flow" and (rest in drafts.FLOWS or rest in flows.FLOWS):
        _open(work, conversation, inbox_id, rest)
    elif name == "say" and texts.known(rest) and rest.startswith("chat."):
        mailbox.say(work, conversation, rest, reply_to=inbox_id)
    elif name == policy_answers.TAP and policy_answers.tapped(work, conversation, inbox_id, rest):
        policy_talk.ask_open_question(work, conversation, inbox_id, whats_open(work, conversation).flow)
    elif name == INVITE and rest:
        flows.FLOWS["bind"].start(work, conversation, inbox_id, rest)
    elif name == signing_in.TAP:
        signing_in.tap(work, conversation, inbox_id, rest)
    elif name in handling.TAPS:
        handling.tap(work, conversation, inbox_id, name, rest)
    elif not _tap_elsewhere(work, conversation, inbox_id, value, name, rest):
        mailbox.say(work, conversation, "chat.expired_button", reply_to=inbox_id)
    return True


def _tap_elsewhere(work: Work, conversation: str, inbox_id: int, value: str, name: str, rest: str) -> bool:
    """A button of people's talks, of something sent unasked, or of an open flow. False: nothing knows it any more."""
    if name in between.TAPS:
        return between.tap(work, conversation, inbox_id, name, rest)
    if name == odd.TAP:
        return odd.affirmed(work, conversation, inbox_id)
    if name in flows.TAPS:
        return flows.TAPS[name](work, conversation, inbox_id, name, rest)
    if name.partition(".")[0] in flows.FLOWS:
        return _tap_in_flow(work, conversation, inbox_id, value)
    field, _, answer = value.removeprefix("report.").partition("=")
    back = value == "report.danger_now=no" and no_danger_after_all(work, conversation, inbox_id)
    if not back and not (value.startswith("report.") and intake.tap(work, conversation, inbox_id, field, answer)):
        return False
    report_door.offer_back(work, conversation, inbox_id)
    return True


def _tap_in_flow(work: Work, conversation: str, inbox_id: int, value: str) -> bool:
    """A button of one of the other flows; when that ends in the middle of a report, the report goes on."""
    button, _, answer = value.partition("=")
    flow, _, field = button.partition(".")
    if not flows.FLOWS[flow].tap(work, conversation, inbox_id, field, answer):
        return False
    report_door.come_back(work, conversation, inbox_id)
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
    if not redirecting.applies(work, conversation) and entrusted_wanting.wanted_plainly(
        work, conversation, inbox_id, text
    ):
        return  # nobody is there to say whether a rule was meant as well
    if not mailbox.take_effect(work, inbox_id, ALONE) or report_door.only_a_rule(work, conversation, inbox_id, text):
        return
    for_own = eligibility_talk.tells_much(work, text) or eligibility_talk.asks_for_own(text)
    for_own = for_own and not policy_situations.of_a_rule(text)
    if not for_own and policy_talk.asks_or_follows(work, conversation, text):
        policy_answers.answer(work, conversation, inbox_id, text)
        return
    added = returning.add_to_own(work, conversation, inbox_id, text)
    if (
        added
        or asks_eligibility(work, conversation, inbox_id, text)
        or ask_about_odd(work, conversation, inbox_id, text)
    ):
        return
    if intake.reads_like_a_report(text) or intake.begins_to_tell(text):
        if staff_door.keeps_out(work, conversation, inbox_id, intake.FLOW, text, Meant()):
            return
        if not redirecting.refuses(work, conversation, inbox_id):
            doubting.begin(work, conversation, inbox_id, text)
        return
    if not returning.still_telling(work, conversation, inbox_id, text):
        staff_door.without_rasa(work, conversation, inbox_id, starting=starting)


def answer(work: Work, conversation: str, inbox_id: int, keys: tuple[str, ...], text: str) -> bool:
    """Say the stateless replies Rasa chose. False: there was none that we have words for.

    Right after a report was filed here, words that tell more belong to it, whatever Rasa took them for.
    """
    # Only words for everybody that stand by themselves: Rasa has no say in alerts, receipts and what quotes people.
    known = [key for key in keys if key.startswith("chat.") and texts.bare(key)]
    if known and _meant_something_else(work, conversation, inbox_id, known[0], text):
        return True
    if known and sounds_odd(work, conversation, text) and mailbox.take_effect(work, inbox_id, WORDS):
        return ask_about_odd(work, conversation, inbox_id, text)
    if known and returning.add_to_own(work, conversation, inbox_id, text):
        return mailbox.take_effect(work, inbox_id, WORDS)
    goes_on = NOT_HEARD[:2] if len(text) <= SHORTEST_TELLING else (*NOT_HEARD[:2], failing.NOTHING_OPEN)
    if known and known[0] in goes_on and returning.still_telling(work, conversation, inbox_id, text):
        return mailbox.take_effect(work, inbox_id, WORDS)
    if known and mailbox.take_effect(work, inbox_id, ANSWERED):
        policy_talk.tell_beside(work, conversation, inbox_id, text, known[0])
        for key in known:
            if key == failing.NOTHING_OPEN and agrees_after_filing(work, conversation, inbox_id, text):
                continue
            if key == failing.OUT_OF_SCOPE:
                failing.say(work, conversation, inbox_id, key)
            elif key == failing.NOTHING_OPEN and short.short_answer(text) is None and len(text) > SHORTEST_TELLING:
                failing.say(work, conversation, inbox_id, failing.UNCLEAR)
            else:
                mailbox.say(work, conversation, key, reply_to=inbox_id)
    return bool(known)


def _meant_something_else(work: Work, conversation: str, inbox_id: int, key: str, text: str) -> bool:
    """Told harm is a report, whatever Rasa took it for; and a yes with nothing open means what was offered last."""
    told_harm = key.startswith(NOT_HEARD) and (intake.tells_harm(text) or intake.begins_to_tell(text))
    unheard = key == failing.NOTHING_OPEN and len(text) > SHORTEST_TELLING and short.short_answer(text) is None
    told_harm = told_harm or (unheard and intake.reads_like_a_report(text))  # 没人有危险 我侄子不念书一年多了
    asked = policy_talk.decide(work, conversation, text, key)
    if asked == policy_talk.INSTEAD and mailbox.take_effect(work, inbox_id, WORDS):
        policy_answers.answer(work, conversation, inbox_id, text)
        return True
    offered = offered_last(work, conversation, inbox_id) if key == "chat.nothing_open" else None
    yes = offered is not None and short.short_answer(text) == "yes"
    if not (told_harm or yes) or not mailbox.take_effect(work, inbox_id, WORDS):
        return False
    if redirecting.refuses(work, conversation, inbox_id):
        return True
    if told_harm:
        doubting.begin(work, conversation, inbox_id, text)
    elif offered is not None:
        _open(work, conversation, inbox_id, offered)
    return True


def unclear(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """The classifier is not sure: our own reading may find a report in it; else buttons, then a human."""
    if not mailbox.take_effect(work, inbox_id, WORDS) or report_door.only_a_rule(work, conversation, inbox_id, text):
        return
    for_own = eligibility_talk.tells_much(work, text) or eligibility_talk.asks_for_own(text)
    for_own = for_own and not policy_situations.of_a_rule(text)
    asks = not for_own and policy_talk.asks_or_follows(work, conversation, text)
    if not asks and returning.add_to_own(work, conversation, inbox_id, text):
        return
    if not asks and (
        asks_eligibility(work, conversation, inbox_id, text) or ask_about_odd(work, conversation, inbox_id, text)
    ):
        return
    if not asks and (intake.reads_like_a_report(text) or intake.begins_to_tell(text)):
        if staff_door.keeps_out(work, conversation, inbox_id, intake.FLOW, text, Meant()):
            return
        if not redirecting.refuses(work, conversation, inbox_id):
            doubting.begin(work, conversation, inbox_id, text)
            policy_talk.tell_beside(work, conversation, inbox_id, text, intake.FLOW)
        return
    named = policy_answers.names_one(text) and policy_answers.may_be_meant(work, text)
    if asks or rules_asked.likely_asked(text) or named:
        policy_answers.answer(work, conversation, inbox_id, text)
    elif not returning.still_telling(work, conversation, inbox_id, text):
        staff_door.unclear(work, conversation, inbox_id)


def nothing_open(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """Somebody wants to stop and there is nothing to stop; 取消以后抚养费还交不交 asks."""
    if not mailbox.take_effect(work, inbox_id, WORDS):
        return
    if not policy_talk.serve(work, conversation, inbox_id, text, failing.NOTHING_OPEN):
        mailbox.say(work, conversation, "chat.nothing_open", reply_to=inbox_id)
