"""After an emergency was told: a talk, not the same line again. Each message gets the short answer that fits what it
says, who writes, what the danger was and how far it has come; what is told goes to the report.

The danger reader comes before this. What answers an open question of the report, or what others answer better, is left
to them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from bot import texts
from bot.care import calendar
from bot.reading import danger
from bot.reading.aftermath import after_topics, afterwards, police_told
from bot.reading.dangers import threats
from bot.reading.measures import numbers_of
from bot.reading.reports import asides, corrections, fitting, unsaying
from bot.reading.talk import answers as short
from bot.reading.talk import courtesies, replies
from bot.services import conversations, drafts, flows
from bot.services.casework import police, reports
from bot.services.contact import asked as contact_asked
from bot.services.contact import parents
from bot.services.contact import weekly as contact_weekly
from bot.services.mail import mailbox
from bot.services.reporting import (
    absorbing,
    adding,
    filing,
    intake,
    proofs,
    putting_right,
    questions,
    standing,
    staying,
    worries,
)
from bot.services.staff import access, accounts
from bot.services.talk import advising, after_stands, after_unplaced, emergencies
from bot.services.talk.after_stands import SPOKEN_OF, STILL, Stands
from bot.services.work import Work
from bot.storage.tables import Conversation

EFFECT = "afterwards"
A_NIGHT = timedelta(hours=3)
"""Who writes on another day and after that long is asked once how it is today."""
ANSWERED_FIRST = ("danger_now", "kind", "confirm")  # these stand before whatever else is said
COURTESIES = {courtesies.THANKS: "thanks", courtesies.HEARD: "heard"}
HELP_COMES = frozenset({"waits_rescue", "police_here", "taken_off", "at_hospital"})
"""Kinds of news that nobody has where there was no danger."""
A_CHILD_ASKS = frozenset({"after_home", "punish", "blame", "back", after_topics.ARREST_ME})
"""Kinds that a child asks in fear of what becomes of it."""
OURS = ("after.", "beside.", "report.added")
"""What was said last where a mere 嗯嗯 is heard as an answer to it."""
ASKED_AGAIN = "waits:place"
"""Among what was advised: the place was asked for again beside another answer; it is not pressed for."""
ENDS, SAID_BY_A_CARD = ("next", "may_leave"), ("noted", "typing")  # who asks how it goes on needs the code
BODY, KIN_HURT = frozenset({"injury", "illness"}), "kin_hurt"
CLAUSES = re.compile("[^,，。;；!！ \\n]+")
NUMBER_MEANT = re.compile("号|电话|手机")


def takes(work: Work, conversation: str, inbox_id: int, text: str, beside: frozenset[str]) -> bool:
    """Answer what is said after an emergency. False: none was told here, or the words are for others."""
    if _asked_by_a_child(work, conversation, inbox_id, text):
        return True
    _happens_now(work, conversation, inbox_id, text)
    stands = _standing(work, conversation, closes=afterwards.kind(text) in afterwards.CLOSES)
    if stands is None:
        return False
    goes_on = _goes_on_after_all(work, stands, text)
    if not goes_on and _for_others(work, stands, text):
        return False
    kind = "worse" if goes_on else _kind(work, stands, text, beside)
    if kind is not None and mailbox.take_effect(work, inbox_id, EFFECT):
        _take(work, stands, inbox_id, kind, text)
    return kind is not None


def needs_no_card(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """After an emergency a second card is no answer to whoever only asks when we come: they hear who was told. And it
    would send a child that hides to the one who was hurt. False: else, or none stands here."""
    kinds = set(danger.read(text).kinds) - {"help", danger.HUNCH}
    asks = not kinds and afterwards.kind(text) == "coming" and asides.ALARM not in asides.kinds(text)
    stands = _standing(work, conversation, closes=False) if asks or (kinds and kinds <= {*BODY, "violence"}) else None
    if stands is None:
        return False
    first = after_unplaced.first(stands, text)
    of_now = "revenge" if threats.only_fears(text) else first if stands.told.childs and first == KIN_HURT else None
    kind = "coming" if asks and first is None else of_now if kinds else None
    if kind is not None and mailbox.take_effect(work, inbox_id, EFFECT):
        _go_on(work, stands, inbox_id, kind, text)
    return kind is not None


def _goes_on_after_all(work: Work, stands: Stands, text: str) -> bool:
    """Whether somebody who called it a mistake just now tells of danger again: 又好像不是 孩子喊别打了."""
    last = mailbox.keys_said(work, stands.conversation, 0, work.now - SPOKEN_OF, most=2)
    mistaken = any(key.startswith("after.mistaken") for key in last)
    return mistaken and bool(set(danger.read(text).kinds) - {danger.HUNCH})


def _take(work: Work, stands: Stands, inbox_id: int, kind: str, text: str) -> None:
    """Answer words of a kind we know."""
    if kind == "week":
        _the_week(work, stands, inbox_id)
    elif kind == "worse":
        emergencies.told_again(work, stands.conversation, inbox_id, stands.report, text)
    elif kind in afterwards.CLOSES:
        _close(work, stands, inbox_id, text)
    elif kind == "settled" and stands.draft is not None:
        _say(work, stands, inbox_id, stands.keys("after.heard"))
        questions.end_here(work, stands.draft, inbox_id, briefly=True)
    else:
        _go_on(work, stands, inbox_id, kind, text)
        if kind in ENDS and stands.draft is not None and _only_the_form_is_left(stands):
            questions.end_here(work, stands.draft, inbox_id, briefly=True)


def _go_on(work: Work, stands: Stands, inbox_id: int, kind: str, text: str) -> None:
    """Keep what is said and answer it; danger that it adds was answered first and is answer enough to a mere telling.
    On another day it is asked, once, how it is today."""
    fresh_day = _another_day(work, stands.conversation, inbox_id)
    _keep(work, stands, inbox_id, kind, text)
    alarmed = any(row.key.startswith("danger.") for row in mailbox.replies_to(work, inbox_id))
    if not (alarmed and kind in SAID_BY_A_CARD):
        if kind == "things" and afterwards.relieves(text):
            _say(work, stands, inbox_id, stands.keys("after.relief"))
        _answer(work, stands, inbox_id, kind, text)
    if fresh_day and not alarmed and kind not in afterwards.TELLS_TODAY:
        _say(work, stands, inbox_id, stands.keys("after.today"))
    _ask_for_the_place(work, stands, inbox_id)


def _happens_now(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """Whoever is asked whether there is danger and tells that help is coming or there, has said that there is: the
    report is opened. What to do first is done, so it is not said; the words are answered as all that follow."""
    draft = drafts.current(work, conversation, intake.FLOW)
    if draft is None or draft.asked != "danger_now" or afterwards.kind(text) not in HELP_COMES:
        return
    answers = drafts.answers(work, draft)
    if not (answers.doubtful or filing.severity_of(answers) in filing.HARM) or not answers.words_of("what"):
        return
    questions.store(answers, "danger_now", "yes")
    found = advising.kinds(answers.facts.get("signs", ()), own=answers.own_pain) or ["other"]
    answers.advised += ["S1", *(f"danger.{kind}" for kind in found)]
    filing.keep_up(work, draft, answers, inbox_id)
    drafts.save(work, draft, answers, "place" if "place" not in answers.given else after_unplaced.FORMS[0])


def _asked_by_a_child(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """A child that tells of harm, and of no emergency yet, asks what becomes of it: answered, and the talk goes on."""
    draft = drafts.current(work, conversation, intake.FLOW)
    answers = None if draft is None else drafts.answers(work, draft)
    if draft is None or answers is None or not answers.childs or answers.menu:
        return False
    report, kind = drafts.report_of(work, draft), after_topics.asked_by_a_child(text)
    urgent = danger.read(text).level == "emergency" or (report is not None and report.severity == "S0")
    if urgent or kind not in A_CHILD_ASKS:
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        voiced = f"after.{kind}.child"
        key = voiced if texts.known(voiced) else f"after.{kind}"
        mailbox.say(work, conversation, key, reply_to=inbox_id)
        questions.absorb(work, draft, answers, inbox_id, text, "what")
        questions.once_more(work, draft, answers, draft.asked or "what", inbox_id)
    return True


def _standing(work: Work, conversation: str, *, closes: bool) -> Stands | None:
    """The emergency that stands in this talk; None: there is none, or something else is open. `closes`: the words take
    leave, which is heard in the talk of the week as well; what is open there waits."""
    draft = drafts.current(work, conversation, intake.FLOW)
    if draft is not None:
        report = drafts.report_of(work, draft)
        answers = drafts.answers(work, draft)
        stands = report is not None and report.severity == "S0" and not answers.menu
        return Stands(told=answers, report=report, draft=draft) if stands and report is not None else None
    flow = work.session.get_one(Conversation, conversation).flow
    if (flow is not None and not (flow == contact_weekly.FLOW and closes)) or accounts.member(work, conversation):
        return None  # who works here goes on with his work
    report = proofs.told_here(work, conversation)
    lately = report is not None and report.received_at >= work.now - SPOKEN_OF
    if report is None or not lately or report.state in access.ENDED or report.severity != "S0":
        return None
    return Stands(told=filing.taken_up(reports.told_of(work, report)), report=report, draft=None)


def _for_others(work: Work, stands: Stands, text: str) -> bool:
    """Whether words answer the open question, tell of the police, or put something right: those have their readers."""
    asked = stands.draft.asked if stands.draft is not None else None
    if asked in ANSWERED_FIRST or danger.read(text).level == "emergency":
        return True
    if unsaying.unsays(text) or numbers_of.is_code(text) or worries.of_duty(stands.told, text):
        return True
    if after_unplaced.first(stands, text) is not None:
        return False
    calm = any(afterwards.kind(clause) == "better" for clause in CLAUSES.findall(text))  # 警察来了 没事了
    here = afterwards.kind(text) in afterwards.HELP_IS_THERE and not (calm or asides.taken_along_by_help(text))
    if police_told.read(text) is not None and not here:
        return True
    unknown = afterwards.kind(text) is None and after_unplaced.about(stands, text) is None
    if stands.draft is not None and unsaying.rescue_called(text) and unknown:
        return True
    over = asides.OVER in asides.kinds(text) and (unknown or afterwards.kind(text) == "better")
    own = stands.draft is not None and (over or (stands.told.childs and asides.blames_itself(text)))
    if own or corrections.read(text) is not None or putting_right.corrects(stands.told, text):
        return True
    other_talk = after_unplaced.about(stands, text) is None and replies.talk_named(text)
    if asked is not None and (replies.wants_the_code(text) or replies.submits(text) or other_talk):
        return True
    if asked not in after_unplaced.FORMS:
        return False
    numbers = numbers_of.any_told(text)
    of_child = afterwards.kind(text) or after_unplaced.about(stands, text) == "with"  # 他接电话了 他妈在他边上
    bare = not of_child and courtesies.courtesy(text) is None
    reached = bare and not numbers and fitting.target(asked, text) == "safe_contact"
    settles = short.short_answer(text) is not None or replies.contact_wish(text) is not None
    own_number = asked == "safe_contact" and bool(absorbing.phones(text)) and not numbers_of.of_kin(text)
    return reached or settles or own_number or replies.wants_reply(text) is not None or replies.leaves_no_contact(text)


def _kind(work: Work, stands: Stands, text: str, beside: frozenset[str]) -> str | None:
    """What kind of thing is said, as far as it is answered here."""
    if stands.told.childs and after_topics.asks_if_human(text):
        return after_topics.BOT
    if (topic := after_unplaced.first(stands, text)) is not None:
        return topic
    kind = afterwards.kind(text) or COURTESIES.get(courtesies.courtesy(text) or "")
    last = mailbox.keys_said(work, stands.conversation, 0, work.now - SPOKEN_OF, most=1)
    if kind == "heard" and last and last[0].startswith("after.today"):
        return "better"
    if kind == "week":
        week = drafts.current(work, stands.conversation, contact_weekly.FLOW)
        return kind if stands.draft is not None and week is not None else None
    if kind == "heard" and _settles(stands, last):
        return "settled"
    if _heard_elsewhere(stands, text, kind, last, beside):
        return None
    if kind is None and numbers_of.any_told(text):
        return "number"
    if kind == "now" and _called_already(stands, text):
        return "called"
    if kind is not None:
        return kind
    another_day = _another_day(work, stands.conversation, 0)
    return after_unplaced.kind(work, stands, text, beside, another_day=another_day)


def _called_already(stands: Stands, text: str) -> bool:
    """Whether a grown-up who asks what to do now told that the police know: nobody tells him to call first."""
    told = (text, *stands.told.words_of("police"), *stands.told.words_of("what"))
    return not stands.told.childs and any(map(police_told.read, told))


def _only_the_form_is_left(stands: Stands) -> bool:
    """Whether a grown-up told where it is, and nothing is open but how he is reached."""
    asked = stands.draft.asked if stands.draft is not None else None
    return asked in after_unplaced.FORMS and "place" in stands.told.given and not stands.told.childs


def _settles(stands: Stands, last: list[str]) -> bool:
    """Whether a mere 知道了 brings the open talk of a grown-up to its end: only the form is left, and it was asked."""
    asked = stands.draft.asked if stands.draft is not None else None
    was_asked = any(f"report.{asked}" in key for key in stands.told.times)
    return _only_the_form_is_left(stands) and was_asked and bool(last) and last[0].startswith(OURS)


def _heard_elsewhere(stands: Stands, text: str, kind: str | None, last: list[str], beside: frozenset[str]) -> bool:
    """Whether words of this kind are a rule that is asked for, or go on with the open talk: a second 嗯嗯 brings it to
    its end, mere thanks in the middle of it end nothing. `last`: what was said last."""
    if after_topics.asks_what_we_are(text):
        return True
    if kind in after_unplaced.RULED and after_unplaced.asks_a_rule(stands, text):
        return True
    if kind == "heard" and (bool(last) and last[0].startswith(OURS)) == (stands.draft is not None):
        return True
    if kind == "blame" and asides.TOLD in beside:
        return True  # 你会告诉我妈吗 我妈会骂我
    if kind == "discreet" and (after_unplaced.OTHERS_ANSWER & beside or asides.wants_secrecy(text)):
        return True
    amid_it = stands.draft is not None and not stands.come_to_rest
    if kind == "thanks" and amid_it and courtesies.courtesy(text) == courtesies.THANKS:
        return True
    return stands.told.childs and stands.draft is not None and kind != "police_here" and asides.with_adult(text)


def _another_day(work: Work, conversation: str, inbox_id: int) -> bool:
    """Whether a night lies between this message and what was said last."""
    last = mailbox.last_said(work, conversation, inbox_id, work.now - SPOKEN_OF)
    if last is None or work.now - last.created_at < A_NIGHT:
        return False
    return bool(calendar.local(last.created_at).date() < calendar.local(work.now).date())


def _answer(work: Work, stands: Stands, inbox_id: int, kind: str, text: str) -> None:
    """Say what fits this kind."""
    if kind == "coming":
        _coming(work, stands, inbox_id, text)
    elif kind == "number":
        _say(work, stands, inbox_id, ("after.number",), {"tail": numbers_of.tail(text)})
    elif kind == after_topics.BOT:
        _say(work, stands, inbox_id, *standing.to_a_child(work, stands.report, "bot"))
    elif kind == "kept":
        _what_is_kept(work, stands, inbox_id, text)
    elif kind != after_unplaced.POLICY or not after_unplaced.say_rule(work, stands, inbox_id, text):
        quiet = kind == after_unplaced.NOTED and stands.come_to_rest
        base = f"after.{kind}.rest" if stands.come_to_rest else f"after.{kind}"
        _say(work, stands, inbox_id, () if quiet else stands.keys(base) or stands.keys(f"after.{kind}"))


def _what_is_kept(work: Work, stands: Stands, inbox_id: int, text: str) -> None:
    """Whether what was told is on record: of a number the last one there, by its ending."""
    numbers = [one for _, said in stands.told.words for one in numbers_of.every(said)]
    if not NUMBER_MEANT.search(text):
        _say(work, stands, inbox_id, ("after.kept",))
    elif numbers:
        _say(work, stands, inbox_id, ("after.kept_number",), {"tail": numbers_of.tail(numbers[-1])})
    else:
        _say(work, stands, inbox_id, ("after.kept_no_number",))


def _say(work: Work, stands: Stands, inbox_id: int, keys: tuple[str, ...], args: dict[str, Any] | None = None) -> None:
    after_stands.say(work, stands.told, stands.conversation, inbox_id, keys, args, at_rest=stands.come_to_rest)


def _coming(work: Work, stands: Stands, inbox_id: int, text: str) -> None:
    """Whether somebody comes, from the rows; who joined and wishes a visit has it passed on to the director, too."""
    conversation = stands.conversation
    if parents.plans_here(work, conversation) and contact_asked.answered(work, conversation, inbox_id, text):
        return
    child = ".child" if stands.told.childs else ""
    state = standing.how_far(work, stands.report)
    key = f"beside.coming.{state}{child}"
    said = mailbox.keys_said(work, conversation, inbox_id, work.now - SPOKEN_OF, most=STILL)
    key = f"after.coming.same{child}" if key in said else key
    args = standing.people(work, stands.report)
    mailbox.say(work, conversation, key, args, reply_to=inbox_id)


def _keep(work: Work, stands: Stands, inbox_id: int, kind: str, text: str) -> None:
    """What was said goes to whoever works on it; the open talk stands, with its question."""
    if stands.draft is None:
        if kind != "heard":
            adding.add(work, stands.report, text, notify=kind not in ("noted", "unknown"))
        return
    draft, answers = stands.draft, stands.told
    asked = draft.asked or "what"
    if police_told.read(text) is not None:
        answers.said("police", text)
        police.heard(work, stands.report, text)
    elif kind in after_unplaced.OF_OTHERS:
        answers.said("what", text)  # 老太太没人管 is no child without care
        absorbing.place_named(answers, text)
    elif kind != "heard":
        of_place = fitting.target(asked, text) == "place"
        questions.absorb(work, draft, answers, inbox_id, text, "place" if of_place else "what")
    if kind == KIN_HURT:
        answers.advised += [f"danger.{one}" for one in sorted(BODY)]  # what to do for her is in the answer
    if answers.childs and kind in ("with", "with_kin", "safe_place"):
        answers.advised += [] if staying.WITH_ADULT in answers.advised else [staying.WITH_ADULT]
    conversations.enter(work, draft.conversation, intake.FLOW, told_rasa=False)
    filing.keep_up(work, draft, answers, inbox_id)
    drafts.save(work, draft, answers, asked)


def _ask_for_the_place(work: Work, stands: Stands, inbox_id: int) -> None:
    """Whoever is to come must know where to: that question comes again, the others wait."""
    draft, given = stands.draft, stands.told.given
    if draft is not None and draft.asked == "place" and "place" not in given and ASKED_AGAIN not in stands.told.advised:
        questions.not_counted(work, draft, stands.told, "place", inbox_id)


def _close(work: Work, stands: Stands, inbox_id: int, text: str) -> None:
    """Thanks and good-bye: a kind word and an open door; what is on its way gets its code, and nothing is asked."""
    child = ".child" if stands.told.childs else ""
    done = stands.come_to_rest or stands.draft is None
    _say(work, stands, inbox_id, (f"after.close{child}" if done else f"after.close.during{child}",))
    tells = not replies.is_empty(text) and absorbing.tells_something(text)
    if stands.draft is None:
        if tells:
            adding.add(work, stands.report, text, notify=False)
        return
    if tells:
        questions.absorb(work, stands.draft, stands.told, inbox_id, text, "what")
        drafts.save(work, stands.draft, stands.told, stands.draft.asked)
    leaves = afterwards.takes_leave(text) and not stands.told.childs
    if (done or leaves) and "place" in stands.told.given:
        questions.end_here(work, stands.draft, inbox_id, briefly=True)


def _the_week(work: Work, stands: Stands, inbox_id: int) -> None:
    """The week's talk that the emergency came into is finished: what is left of it is asked, the report stands."""
    if stands.draft is not None:
        questions.end_here(work, stands.draft, inbox_id, briefly=True)
    mailbox.say(work, stands.conversation, "after.week", reply_to=inbox_id)
    flows.FLOWS[contact_weekly.FLOW].start(work, stands.conversation, inbox_id)
