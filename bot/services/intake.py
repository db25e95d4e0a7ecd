"""Taking a report in conversation: each answer is saved before the next question is asked.

One function per way an answer arrives: `turn` for words, `tap` for a button. Both end in `_proceed`, which
decides what is asked next. Rasa, when it runs, only tells what the words mean.
"""

from __future__ import annotations

from bot import texts
from bot.care import intake
from bot.reading import answers as short
from bot.reading import danger, told
from bot.reading.asides import wants_secrecy
from bot.services import absorbing, advising, conversations, drafts, filing, mailbox, redirecting
from bot.services.drafts import Answers
from bot.services.meaning import VERY_SURE, Meant
from bot.services.work import Work
from bot.storage.tables import Conversation, Draft

FLOW = "report"
FREE = ("what", "when", "child_ref", "place", "safe_contact", "unit")
"""Questions to which a bare yes is no answer."""
YES_NO = {"yes": "yes", "no": "no", "unsure": "unknown"}


def start(
    work: Work, conversation: str, inbox_id: int, text: str = "", *, told_rasa: bool = False, urgent: bool = False
) -> str | None:
    """Open (or go on with) the report flow. `text`: what the person said, read for everything it tells.

    `urgent`: the text tells of danger; advice comes before any greeting. Returns the field asked next.
    """
    known = drafts.current(work, conversation, FLOW)
    draft = known or drafts.begin(work, conversation, FLOW)
    conversations.enter(work, conversation, FLOW, told_rasa=told_rasa)
    answers = drafts.answers(work, draft)
    answers.urgent, answers.minimum = urgent, redirecting.applies(work, conversation)
    if text:
        _absorb(work, draft, answers, inbox_id, text, asked="what")
    if known is None and not urgent:
        _greet(work, conversation, inbox_id, answers)
    return _proceed(work, draft, answers, inbox_id)


def _greet(work: Work, conversation: str, inbox_id: int, answers: Answers) -> None:
    row = work.session.get_one(Conversation, conversation)
    child = answers.facts.get("reporter_type") == "child_self"
    telegram = row.channel == "telegram" and not child
    key = "report.begin.child" if child else "report.begin.telegram" if telegram else "report.begin"
    mailbox.say(work, conversation, key, reply_to=inbox_id)


def turn(work: Work, conversation: str, inbox_id: int, text: str, meant: Meant) -> str | None:
    """Take one message while the report flow is open. Returns the field asked next, None when the flow ended."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is None:
        return start(work, conversation, inbox_id, text, told_rasa=True)
    answers = drafts.answers(work, draft)
    asked = draft.asked or "what"
    aside, reply = _aside(meant, asked), short.short_answer(text) or meant.reply
    if wants_secrecy(text):
        child = advising.voice_of_a_child(answers)
        mailbox.say(work, conversation, "report.secret.child" if child else "report.secret", reply_to=inbox_id)
    change = short.correction(text)
    if change is not None and change[0]:
        return _correct(work, draft, answers, inbox_id, change[0], change[1])
    if reply == "cancel":
        return filing.cancel(work, draft, answers, inbox_id)
    if reply in ("correct", "back") and asked != "what":
        return _offer_edit(work, draft, answers, inbox_id)
    if reply in ("help", "human"):
        aside = "chat.help" if reply == "help" else "chat.human"
    if aside is not None:
        mailbox.say(work, draft.conversation, aside, reply_to=inbox_id)
        return _ask(work, draft, answers, asked, inbox_id)
    if reply in ("skip", "unsure") and asked not in ("danger_now", "confirm", "follow_up"):
        if short.short_answer(text) is None:
            # 不知道叫啥 八九岁的小子: only Rasa takes it for not knowing; what else it says is taken and kept.
            return _take(work, draft, answers, asked, text, None, inbox_id)
        return _leave_open(work, draft, answers, asked, "skipped" if reply == "skip" else "unclear", inbox_id)
    return _take(work, draft, answers, asked, text, reply, inbox_id)


def _aside(meant: Meant, asked: str) -> str | None:
    """What is answered beside the report before its question is asked again."""
    if meant.intent == "check_report_status" and meant.confidence >= VERY_SURE:
        return "chat.status_later"
    return meant.aside_while(asked)


def _take(
    work: Work, draft: Draft, answers: Answers, asked: str, text: str, reply: str | None, inbox_id: int
) -> str | None:
    if asked == "confirm":
        if reply in ("yes", "skip"):
            return filing.file(work, draft, answers, inbox_id)
        if reply == "no":
            return _offer_edit(work, draft, answers, inbox_id)
        asked = "more"
    if reply == "yes" and (asked in FREE or (asked == "danger_now" and short.only_agrees(text))):
        return _once_more(work, draft, answers, asked, inbox_id)
    if asked in ("danger_now", "follow_up") and reply in YES_NO:
        _set(answers, asked, YES_NO[reply])
        return _proceed(work, draft, answers, inbox_id)
    _absorb(work, draft, answers, inbox_id, text, asked=asked)
    if asked in ("danger_now", "follow_up", "kind") and asked not in answers.given:
        mailbox.say(work, draft.conversation, "report.noted", reply_to=inbox_id)
        return _once_more(work, draft, answers, asked, inbox_id)
    return _proceed(work, draft, answers, inbox_id)


def _once_more(work: Work, draft: Draft, answers: Answers, asked: str, inbox_id: int) -> str | None:
    """Not an answer to what was asked: the same question once more, then it stays unclear."""
    answers.clarified += 1
    if answers.clarified >= absorbing.most_clarifying():
        if asked in ("danger_now", "follow_up", "kind"):
            _set(answers, asked, "unclear" if asked == "kind" else "unknown")
        else:
            answers.settle(asked, "unclear")
    return _proceed(work, draft, answers, inbox_id)


def tap(work: Work, conversation: str, inbox_id: int, field: str, value: str) -> bool:
    """Settle a tapped button "report.<field>=<value>". False: the button belongs to nothing that is open."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is None:
        return False
    answers = drafts.answers(work, draft)
    conversations.enter(work, conversation, FLOW, told_rasa=False)
    if field in ("confirm", "cancel", "edit"):
        return _tap_step(work, draft, answers, inbox_id, field, value)
    if field == "place":
        _tap_place(work, draft, answers, value, inbox_id)
    elif field in intake.FIELDS and value in ("unclear", "skip"):
        _leave_open(work, draft, answers, field, "skipped" if value == "skip" else "unclear", inbox_id)
    elif absorbing.allowed(field, value):
        _set(answers, field, value)
        _proceed(work, draft, answers, inbox_id)
    else:
        return False
    return True


def _tap_step(work: Work, draft: Draft, answers: Answers, inbox_id: int, field: str, value: str) -> bool:
    """A button about the talk itself: submit, say more, change something, stop."""
    if field == "cancel":
        filing.cancel(work, draft, answers, inbox_id)
    elif field == "edit" and value in intake.FIELDS:
        answers.given.pop(value, None)
        if value == "place":
            answers.area, answers.candidates, answers.place_tries = None, [], 0
        _ask(work, draft, answers, value, inbox_id)
    elif field == "confirm" and value == "yes":
        filing.file(work, draft, answers, inbox_id)
    elif field == "confirm" and value == "more":
        mailbox.say(work, draft.conversation, "report.confirm_more", reply_to=inbox_id)
        drafts.save(work, draft, answers, "more")
    else:
        _offer_edit(work, draft, answers, inbox_id)
    return True


def _tap_place(work: Work, draft: Draft, answers: Answers, value: str, inbox_id: int) -> None:
    if value == "again":
        answers.given.pop("place", None)
        answers.candidates, answers.area = [], None
        _ask(work, draft, answers, "place", inbox_id)
        return
    answers.candidates = []
    if value == "unclear" and answers.area is None:
        answers.settle("place", "unclear")
    elif absorbing.is_area(value):
        answers.area = value
        answers.given["place"] = "given"
    else:
        answers.given["place"] = "given" if answers.area else "unclear"
    _proceed(work, draft, answers, inbox_id)


def _leave_open(work: Work, draft: Draft, answers: Answers, field: str, how: str, inbox_id: int) -> str | None:
    answers.settle(field, "given" if field == "place" and answers.area else how)
    if field == "reporter_type":
        answers.facts["reporter_type"] = "citizen_anonymous"
    if field == "kind":
        _set(answers, "kind", "unclear")
    return _proceed(work, draft, answers, inbox_id)


def _set(answers: Answers, field: str, value: str) -> None:
    """Store a coded answer. An unclear kind is read as harm: unknown never lowers (policy README, point 3)."""
    answers.given[field] = "given"
    if field == "kind":
        sign = "other_serious_harm" if value == "unclear" else value
        answers.facts["signs"] = sorted({*answers.facts.get("signs", ()), sign})
    else:
        answers.facts[field] = value
        if field == "danger_now" and value == "yes":
            absorbing.danger_confirmed(answers)


def _correct(work: Work, draft: Draft, answers: Answers, inbox_id: int, field: str, text: str | None) -> str | None:
    if field not in intake.FIELDS:
        return _offer_edit(work, draft, answers, inbox_id)
    answers.given.pop(field, None)
    if not text:
        return _ask(work, draft, answers, field, inbox_id)
    answers.words = [pair for pair in answers.words if pair[0] != field]
    if field == "place":
        answers.area, answers.candidates, answers.place_tries = None, [], 0
    _absorb(work, draft, answers, inbox_id, text, asked=field)
    mailbox.say(work, draft.conversation, "report.corrected", reply_to=inbox_id)
    return _proceed(work, draft, answers, inbox_id)


def _offer_edit(work: Work, draft: Draft, answers: Answers, inbox_id: int) -> str | None:
    fields = [name for name in intake.FIELDS if name in answers.given]
    choices = [[texts.phrase(f"field.{name}"), f"report.edit={name}"] for name in fields]
    mailbox.say(work, draft.conversation, "report.edit", {"choices": choices}, reply_to=inbox_id)
    drafts.save(work, draft, answers, "confirm")
    return "confirm"


def _proceed(work: Work, draft: Draft, answers: Answers, inbox_id: int) -> str | None:
    """Open or feed the report where its time has come, then ask the next question or come to the end."""
    severity = filing.keep_up(work, draft, answers, inbox_id)
    field = intake.next_field(answers.given, answers.facts, severity)
    if field is None:
        return filing.file(work, draft, answers, inbox_id)
    if field != draft.asked:
        answers.clarified = 0
    return _ask(work, draft, answers, field, inbox_id)


def _ask(work: Work, draft: Draft, answers: Answers, field: str, inbox_id: int) -> str:
    """Ask for one field, in the words for whoever writes, and remember that it was asked."""
    key = f"report.{field}" if field != "more" else "report.confirm_more"
    child = advising.voice_of_a_child(answers)
    if field == "place" and answers.own_pain and answers.grown:
        key = "report.place.own"
    elif field == "place" and answers.facts.get("danger_now") == "yes" and not child:
        key = "report.place.emergency"
    if child and texts.known(f"report.{field}.child"):
        key = f"report.{field}.child"
    args = {"recap": filing.recap(answers)} if field == "confirm" else None
    if field == "place":
        key, args = absorbing.place_question(answers, key)
    mailbox.say(work, draft.conversation, key, args, reply_to=inbox_id)
    drafts.save(work, draft, answers, field)
    return field


def ask_again(work: Work, conversation: str, inbox_id: int) -> None:
    """Ask the open question of the report talk once more, after something beside it was answered."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is not None:
        _ask(work, draft, drafts.answers(work, draft), draft.asked or "what", inbox_id)


def _absorb(work: Work, draft: Draft, answers: Answers, inbox_id: int, text: str, asked: str) -> None:
    for note in absorbing.absorb(answers, text, asked):
        mailbox.say(work, draft.conversation, note.key, note.args, reply_to=inbox_id)


def doubtful(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """Words that may mean danger: one question with two buttons, before anything else (reports.md §3.1)."""
    draft = drafts.current(work, conversation, FLOW) or drafts.begin(work, conversation, FLOW)
    answers = drafts.answers(work, draft)
    _absorb(work, draft, answers, inbox_id, text, asked=draft.asked or "what")
    conversations.enter(work, conversation, FLOW, told_rasa=False)
    mailbox.say(work, conversation, "report.danger_doubt", reply_to=inbox_id)
    drafts.save(work, draft, answers, "danger_now")


def tells_harm(text: str) -> bool:
    """Whether a message tells of harm to a child (signs of severity S0 or S1), not only of need."""
    signs = told.read(text).signs
    return bool(signs) and filing.severity_of(Answers(facts={"signs": list(signs)})) in filing.HARM


def reads_like_a_report(text: str) -> bool:
    """Whether a message that nobody could classify may tell of a child's trouble (used when Rasa is down)."""
    return bool(told.read(text).signs) or danger.read(text).level != "none"


def pin(work: Work, conversation: str, inbox_id: int, latitude: float, longitude: float) -> None:
    """A location pin is kept as where the child is. Which division it lies in is for a human to see."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is None:
        conversations.enter(work, conversation, FLOW, told_rasa=False)
        draft = drafts.begin(work, conversation, FLOW)
    answers = drafts.answers(work, draft)
    where = f"{latitude:.5f},{longitude:.5f}"
    answers.words.append(["place", where])
    mailbox.say(work, conversation, "report.location_taken", {"place": where}, reply_to=inbox_id)
    _proceed(work, draft, answers, inbox_id)


def contact(work: Work, conversation: str, inbox_id: int, phone: str) -> None:
    """A shared contact card belongs to an open report; without one nothing of it is kept."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is None:
        mailbox.say(work, conversation, "report.contact_declined", reply_to=inbox_id)
        return
    answers = drafts.answers(work, draft)
    answers.said("safe_contact", phone)
    mailbox.say(work, conversation, "report.contact_taken", reply_to=inbox_id)
    _proceed(work, draft, answers, inbox_id)
