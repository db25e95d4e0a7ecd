"""Taking a report in conversation: each answer is saved before the next question is asked.

`turn` takes words, `tap` a button; `questions.proceed` decides what is asked next. Rasa only tells what words mean.
"""

from __future__ import annotations

from bot.care import intake
from bot.reading import danger
from bot.reading.measures import numbers_of
from bot.reading.reports import denials, fitting, reporting, told
from bot.reading.reports.asides import of_grown_life, wants_secrecy
from bot.reading.talk import answers as short
from bot.reading.talk import question_forms, replies
from bot.services import conversations, drafts
from bot.services.drafts import Answers
from bot.services.mail import mailbox
from bot.services.reporting import (
    absorbing,
    asked_of_us,
    confirming,
    courteous,
    editing,
    filing,
    in_passing,
    keeping,
    leaving,
    on_file,
    other_child,
    police_due,
    putting_right,
    questions,
    told_twice,
    worries,
)
from bot.services.talk import advising, child_talk, policy_answers, policy_following, redirecting, rules_asked
from bot.services.talk.meaning import TELLING, Meant
from bot.services.work import Work
from bot.storage.tables import Conversation, Draft

FLOW = "report"
FREE = ("what", "when", "child_ref", "place", "safe_contact", "unit")  # a bare yes is no answer to these
TO_ANSWER = frozenset({"what", "kind", "when", "child_ref", "reporter_type", "unit", "safe_contact"})
NOT_NEEDED = frozenset({"when", "reporter_type"})
ODD = "odd"  # among what was advised: the talk began with words that only sounded odd
Change = tuple[str | None, str] | None
BESIDE = (told_twice.takes, other_child.takes, police_due.takes, in_passing.takes, worries.take, editing.puts_right)
"""What takes words that are no answer to the open question, in this order."""


def start(
    work: Work, conversation: str, inbox_id: int, text: str = "", *, told_rasa: bool = False, urgent: bool = False
) -> str | None:
    """Open (or go on with) the report flow. `text`: what the person said, read for everything it tells.

    `urgent`: the text tells of danger; advice comes before any greeting. Returns the field asked next.
    """
    known = drafts.current(work, conversation, FLOW)
    draft = known or drafts.begin(work, conversation, FLOW)
    answers = drafts.answers(work, draft)
    conversations.enter(work, conversation, FLOW, told_rasa=told_rasa)
    answers.urgent, answers.minimum = urgent, redirecting.applies(work, conversation)
    if known is None and text:
        questions.take_earlier(work, draft, answers, inbox_id, child_talk.kept(work, conversation))
    if text:
        questions.absorb(work, draft, answers, inbox_id, text, asked="what")
    if known is None or urgent:  # people of the village on file hear of it before the place is told more exactly
        on_file.fill(work, conversation, answers, text)
    if known is None and not urgent:
        _greet(work, conversation, inbox_id, answers)
    if known is None and text and wants_secrecy(text) and not answers.childs:
        advising.say_secret(work, conversation, inbox_id, answers, text)
    return questions.proceed(work, draft, answers, inbox_id)


def _greet(work: Work, conversation: str, inbox_id: int, answers: Answers) -> None:
    row = work.session.get_one(Conversation, conversation)
    child = answers.facts.get("reporter_type") == "child_self"
    telegram = row.channel == "telegram" and not child
    key = "report.begin.child" if child else "report.begin.telegram" if telegram else "report.begin"
    mailbox.say(work, conversation, questions.in_their_language(answers, key), reply_to=inbox_id)


def turn(work: Work, conversation: str, inbox_id: int, text: str, meant: Meant) -> str | None:
    """Take one message while the report flow is open. Returns the field asked next, None when the flow ended."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is None:
        return start(work, conversation, inbox_id, text, told_rasa=True)
    answers = drafts.answers(work, draft)
    asked = draft.asked or "what"
    on_file.take_child(work, conversation, answers, text, asked)
    answered = mailbox.is_answered(work, inbox_id)  # whom we tell was said beside it already
    if wants_secrecy(text) and not answered and not worries.of_duty(answers, text):  # 主任让先别往外说 is no own wish
        advising.say_secret(work, conversation, inbox_id, answers, text)
    reply = short.short_answer(text) or _meant(meant, text, asked)
    reply = "unsure" if reply is None and replies.knows_nothing(text) else reply
    change = editing.labelled(answers, text) or short.correction(text)
    if confirming.takes(work, draft, answers, asked, inbox_id, text):
        return draft.asked
    if replies.gives_up(text) or (reply == "cancel" and not answers.menu):
        return filing.cancel(work, draft, answers, inbox_id, text)
    if any(one(work, draft, answers, asked, inbox_id, text) for one in BESIDE):
        return draft.asked
    if _beside(work, draft, answers, inbox_id, text, meant, reply):
        return _ask_again(work, draft, answers, asked, inbox_id)
    if answers.menu:
        return editing.choose(work, draft, answers, inbox_id, text)
    if change is not None or reply in ("correct", "back") or putting_right.is_one(answers, text):
        return _change(work, draft, answers, asked, text, reply, change, inbox_id)
    if reply in ("skip", "unsure") and asked not in ("danger_now", "confirm", "follow_up"):
        return _leave_open(work, draft, answers, asked, text, reply, inbox_id)
    return _take(work, draft, answers, asked, text, reply, inbox_id)


def _change(
    work: Work, draft: Draft, answers: Answers, asked: str, text: str, reply: str | None, change: Change, inbox_id: int
) -> str | None:
    """Take a correction: in the words it was told with, of the field that `change` names, or at the menu."""
    if new := putting_right.put_right(answers, text):
        return editing.put_right(work, draft, answers, inbox_id, text, new)
    if change is not None and (change[0] or editing.is_age(answers, change[1])):
        return editing.correct(work, draft, answers, inbox_id, change[0], change[1])
    if reply in ("correct", "back") and asked != "what":
        return editing.offer(work, draft, answers, inbox_id)
    return _take(work, draft, answers, asked, text, reply, inbox_id)


def _leave_open(
    work: Work, draft: Draft, answers: Answers, asked: str, text: str, reply: str, inbox_id: int
) -> str | None:
    if short.short_answer(text) is None and not replies.knows_nothing(text):
        # 不知道叫啥 八九岁的小子: only Rasa takes it for not knowing; what else it says is taken and kept.
        return _take(work, draft, answers, asked, text, None, inbox_id)
    questions.leave(answers, asked, "skipped" if reply == "skip" else "unclear")
    return questions.proceed(work, draft, answers, inbox_id)


def _meant(meant: Meant, text: str, asked: str) -> str | None:
    """The short answer the classifier is sure of, where our own reading of the words does not speak against it."""
    if meant.reply == "correct" and not replies.wants_change(text):
        return None
    if meant.reply == "cancel" and replies.keeps_it(text):
        return None  # 等等 别撤
    harm = danger.read(text).level != "none"  # 我不是说挨打 就是没人管
    says_else = harm or absorbing.tells_something(text) or replies.is_empty(text) or replies.taken_back(text)
    if meant.reply in ("yes", "no", "cancel", "correct") and says_else:
        return None
    if asked == "follow_up" and meant.reply == "no" and not replies.is_about_answering(text):
        return None  # 没有大人 tells of the child: it refuses no answer
    return meant.reply


def _beside(
    work: Work, draft: Draft, answers: Answers, inbox_id: int, text: str, meant: Meant, reply: str | None
) -> bool:
    """Answer a question to us that came instead of an answer. False: it was none."""
    led, now = replies.lead(text) is not None, draft.asked or "what"
    ours = short.short_answer(text) is not None or replies.knows_nothing(text)
    plain = fitting.only_answers_others(text) or fitting.only_answers(now, text)  # 前几天 asks nothing
    key = asked_of_us.key_of(text) if not (ours or led) else None  # 能不能不写我名字, whatever the classifier says
    if reply in ("help", "human"):
        key = f"chat.{reply}"
    reached = absorbing.phones(text) or replies.wants_reply(text)
    if key is None and short.short_answer(text) is None and not (led or reached or plain):
        key = _aside(meant, now, text)
        of_a_rule = rules_asked.in_general(text)
        telling = now in TELLING and told.read(text).signs and not of_a_rule
        asks = policy_answers.plainly_asked(text) or policy_following.follows(work, draft.conversation, text)
        asks = asks or rules_asked.asked(text)
        plainly = not telling and asks and (of_a_rule or not tells_harm(text))
        key = policy_answers.KEY if key is None and plainly else key
    if key is None:
        return reply is None and not led and now != "what" and in_passing.asks(work, draft, answers, inbox_id, text)
    if key == policy_answers.KEY:
        policy_answers.answer(work, draft.conversation, inbox_id, text)
        if where := fitting.place_beside(text):
            questions.absorb(work, draft, answers, inbox_id, where, "place")
        elif name := fitting.name_beside(text):
            questions.absorb(work, draft, answers, inbox_id, name, "child_ref")
        elif tells_harm(text):
            answers.words.append([keeping.BESIDE, text])  # kept as said; a question tells nothing of this child
    else:
        asked_of_us.say(work, draft.conversation, answers, inbox_id, key)
        asked_of_us.leave_the_name(answers, key)
        if kept := asked_of_us.told_with(key, text):
            questions.absorb(work, draft, answers, inbox_id, kept, now)
        elif key == "chat.elder.again":
            answers.said("what", text)  # 我今年七十三了眼睛花 tells of who writes
    return True


def _aside(meant: Meant, asked: str, text: str) -> str | None:
    """What the classifier takes for a question to us; 也就三四天吧 answers, whatever it takes it for."""
    key = meant.aside_while(asked)
    return None if key == policy_answers.KEY and policy_answers.no_question(text) else key


def _ask_again(work: Work, draft: Draft, answers: Answers, asked: str, inbox_id: int) -> str | None:
    if answers.menu:
        return editing.offer(work, draft, answers, inbox_id)
    if asked in ("place", "child_ref") and asked in answers.given and answers.replaces is None:
        return questions.proceed(work, draft, answers, inbox_id)  # told, or left out, beside the question to us
    if asked == editing.ASKED:
        return questions.ask(work, draft, answers, asked, inbox_id)
    return questions.not_counted(work, draft, answers, asked, inbox_id)


def _take(
    work: Work, draft: Draft, answers: Answers, asked: str, text: str, reply: str | None, inbox_id: int
) -> str | None:
    if asked in ("danger_now", "follow_up", "confirm"):
        return _take_yes_or_no(work, draft, answers, asked, text, reply, inbox_id)
    if asked == "place" and len(answers.candidates) == 1 and reply in ("yes", "no"):
        editing.tap_place(work, draft, answers, answers.candidates[0] if reply == "yes" else "again", inbox_id)
        return draft.asked
    if asked in FREE and (reply == "yes" or (reply is None and replies.agrees(text))):
        if in_passing.has_enough(work, draft, answers, asked, inbox_id, text):
            return draft.asked
        return questions.once_more(work, draft, answers, asked, inbox_id)
    if asked == "safe_contact" and answers.facts.get("reporter_type") == intake.NAMED and fitting.names_oneself(text):
        answers.said(asked, text.strip())  # his own name, not the child's
        return questions.proceed(work, draft, answers, inbox_id)
    several = bool(answers.candidates)
    questions.absorb(work, draft, answers, inbox_id, text, asked=asked)
    if asked != "place" and answers.candidates and "place" not in answers.given and not several:
        return questions.ask(work, draft, answers, "place", inbox_id)  # which of them it is, at once
    if _told_elsewhere(answers, asked, text):
        return questions.kept_beside(work, draft, answers, asked, inbox_id)
    if asked in NOT_NEEDED and asked not in answers.given and fitting.tells_other_things(asked, text):
        questions.leave(answers, asked, "unclear")  # who goes on telling is not held up by it
        return questions.proceed(work, draft, answers, inbox_id)
    if asked in TO_ANSWER and asked not in answers.given:
        return questions.once_more(work, draft, answers, asked, inbox_id)
    return questions.proceed(work, draft, answers, inbox_id)


def _told_elsewhere(answers: Answers, asked: str, text: str) -> bool:
    """Whether words that were taken answer another question, or tell another's number where the writer's was asked."""
    if asked in answers.given:
        return False
    if asked == "safe_contact":
        return numbers_of.any_told(text)
    told_there = asked in ("place", "child_ref", "kind") and fitting.target(asked, text) not in (None, asked)
    return told_there and (asked != "kind" or absorbing.tells_something(text))


def _take_yes_or_no(
    work: Work, draft: Draft, answers: Answers, asked: str, text: str, reply: str | None, inbox_id: int
) -> str | None:
    """Take an answer to a question of yes or no: the answer it begins with, and what is told beside it."""
    kind, agrees, rest = _yes_or_no(asked, text, reply)
    if kind is None and asked == "danger_now" and reporting.gone_quiet(text) and not answers.troubled:
        kind, rest = "no", text  # 现在没动静 灯亮着呢, where nothing was told that may lie behind it
    if asked == "confirm":
        return _take_confirmation(work, draft, answers, inbox_id, kind, rest)
    if (asked, kind) == ("danger_now", "no") and leaving.only_asked(work, draft, answers, inbox_id, rest):
        return None
    if kind is not None:
        questions.store(answers, asked, kind)
        if asked == "danger_now" and kind == "no":
            advising.held_back(work, draft.conversation, inbox_id, answers)
            if answers.childs and rest and not replies.is_empty(rest) and tells_trouble(rest):
                mailbox.say(work, draft.conversation, "report.believed", reply_to=inbox_id)
        _take_rest(work, draft, answers, asked, rest, inbox_id)
        return questions.proceed(work, draft, answers, inbox_id)
    if rest:
        questions.absorb(work, draft, answers, inbox_id, rest, asked=asked)
    if asked in answers.given:
        return questions.proceed(work, draft, answers, inbox_id)
    if not replies.is_empty(text) and not agrees and not mailbox.is_answered(work, inbox_id):
        courteous.note(work, draft, answers, inbox_id, trouble=tells_trouble(text))
    return questions.once_more(work, draft, answers, asked, inbox_id)


def _yes_or_no(asked: str, text: str, reply: str | None) -> tuple[str | None, bool, str]:
    """The yes, no or unknown in an answer, whether it only agrees, and the words beside it.

    What only agrees (行, 好的) says of danger nothing that it is so.
    """
    if asked != "danger_now" and denials.is_one(text):
        return None, False, text  # 没打 没见着打 tells of the child
    lead = replies.lead(text)
    if reply in ("yes", "no"):  # 危险倒没有 就是瘦: what the classifier takes for a no tells more
        agrees = short.only_agrees(text) or (lead is not None and lead.agrees)  # 行 就这
        lead = replies.Lead(reply, agrees, "" if short.short_answer(text) or asked == "confirm" else text)
    elif lead is None and asked == "danger_now" and replies.is_safe(text):
        lead = replies.Lead("no", False, text)
    elif lead is None and asked == "follow_up" and replies.refuses_reply(text):
        lead = replies.Lead("no", False, "")
    elif lead is None and asked == "follow_up" and (absorbing.phones(text) or replies.wants_reply(text)):
        lead = replies.Lead("yes", True, text)
    if lead is None and (rest := replies.unsure_first(text)) is not None:
        return "unknown", False, rest
    if lead is None:
        beside = text if absorbing.tells_something(text) else ""  # 坦途镇 具体哪个村不知道
        return ("unknown", False, beside) if reply in ("unsure", "skip") else (None, False, text)
    return None if asked == "danger_now" and lead.agrees else lead.kind, lead.agrees, lead.rest


def _take_rest(work: Work, draft: Draft, answers: Answers, asked: str, rest: str, inbox_id: int) -> None:
    """Take what stands behind a yes or no: a question to us, how to reach somebody, or more of the matter."""
    key, tells = asked_of_us.key_of(rest), bool(told.read(rest).signs or told.read(rest).child_ref)
    if not rest or replies.is_empty(rest) or replies.agrees(rest):
        return
    if key is not None:
        asked_of_us.say(work, draft.conversation, answers, inbox_id, key)
    elif asked != "danger_now" and fitting.is_contact(rest) and not tells:
        answers.said("safe_contact", rest)
    else:
        questions.absorb(work, draft, answers, inbox_id, rest, asked=asked)


def _take_confirmation(
    work: Work, draft: Draft, answers: Answers, inbox_id: int, kind: str | None, rest: str
) -> str | None:
    """Only a yes to what was read back files it; with more of the matter behind it, it is read back once more."""
    if kind == "no" and not rest:
        return editing.offer(work, draft, answers, inbox_id)
    before = len(answers.words), dict(answers.facts), answers.area
    _take_rest(work, draft, answers, "confirm", rest, inbox_id)
    contact_only = all(field == "safe_contact" for field, _ in answers.words[before[0] :])
    if kind == "yes" and contact_only and (answers.facts, answers.area) == before[1:]:
        return questions.file(work, draft, answers, inbox_id)
    return questions.proceed(work, draft, answers, inbox_id)


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
        editing.tap_place(work, draft, answers, value, inbox_id)
    elif field in intake.FIELDS and value in ("unclear", "skip"):
        if field == "reporter_type":
            answers.facts.pop(field, None)
        questions.leave(answers, field, "skipped" if value == "skip" else "unclear")
        questions.proceed(work, draft, answers, inbox_id)
    elif (field, value) == ("danger_now", "no") and leaving.only_asked(work, draft, answers, inbox_id):
        return True
    elif absorbing.allowed(field, value):
        questions.store(answers, field, value)
        if (field, value) == ("danger_now", "no"):
            advising.held_back(work, conversation, inbox_id, answers)
        answers.urgent |= (field, value) == ("danger_now", "yes")  # the numbers come, whatever was told before
        questions.proceed(work, draft, answers, inbox_id)
    else:
        return False
    return True


def _tap_step(work: Work, draft: Draft, answers: Answers, inbox_id: int, field: str, value: str) -> bool:
    """A button about the talk itself: submit, say more, change something, stop."""
    if field == "cancel":
        filing.cancel(work, draft, answers, inbox_id)
    elif field == "edit" and value in intake.FIELDS:
        editing.correct(work, draft, answers, inbox_id, value, "")
    elif field == "confirm" and value == "yes" and draft.asked == "confirm":
        questions.file(work, draft, answers, inbox_id)
    elif field == "confirm" and value == "yes":
        questions.proceed(work, draft, answers, inbox_id)  # the button of a reading back that no longer holds
    elif field == "confirm" and value == "more":
        mailbox.say(work, draft.conversation, "report.confirm_more", reply_to=inbox_id)
        answers.menu = False
        drafts.save(work, draft, answers, "more")
    else:
        editing.offer(work, draft, answers, inbox_id)
    return True


def tells_harm(text: str) -> bool:
    """Whether a message tells of harm to a child (signs of severity S0 or S1), not only of need."""
    signs = list(told.read(text).signs)
    return bool(signs) and filing.severity_of(Answers(facts={"signs": signs})) in filing.HARM


def begins_to_tell(text: str) -> bool:
    """Whether words name one place and nothing else, or who writes, and no question: 我是老师 想报告情况."""
    asks = question_forms.asks(text)
    return fitting.is_only_a_place(text) or (told.read(text).reporter_type is not None and not asks)


def tells_trouble(text: str) -> bool:
    """Whether a message tells of harm or a grave concern (signs of severity S0 to S2), or may tell of danger."""
    signs = told.read(text).signs
    severity = filing.severity_of(Answers(facts={"signs": list(signs)})) if signs else ""
    return severity in (*filing.HARM, "S2") or danger.read(text).level != "none"


def reads_like_a_report(text: str) -> bool:
    """Whether a message that nobody could classify may tell of a child's trouble, or names a place and nothing else."""
    found = told.read(text)
    if of_grown_life(text) and not found.signs:
        return False
    tells = bool(found.signs) or found.reporter_type == "child_self" or danger.read(text).level != "none"
    return tells or fitting.is_only_a_place(text) or reporting.no_danger(text)
