"""The weekly talk: four one-tap questions, typed or dictated answers as well, everything editable until Sunday.

Danger is read before anything comes here (talk.urgent). Told harm leads to a report; nothing is ever held against
a parent (WBF-23; contact_prompts.md §3).
"""

from __future__ import annotations

from typing import Any

from bot import texts
from bot.care import contact_data, weeks
from bot.reading.contact import weekly, weekly_asked
from bot.reading.policy import policy_words
from bot.reading.talk import answers as short
from bot.reading.talk import courtesies, question_forms
from bot.services import conversations, drafts
from bot.services.contact import asked as contact_asked
from bot.services.contact import each, next_question, parents, reading_back, worries
from bot.services.contact import hearing as contact_hearing
from bot.services.contact import plans as contact_plans
from bot.services.contact import questions as contact_questions
from bot.services.contact import reminders as contact_reminders
from bot.services.contact.plans import FLOW as FLOW
from bot.services.contact.plans import KEPT as KEPT
from bot.services.contact.told_harm import HARM, tells_harm
from bot.services.mail import mailbox
from bot.services.reporting import intake, returning
from bot.services.talk import policy_answers
from bot.services.talk.meaning import SURE, Meant
from bot.services.work import Work
from bot.storage.tables import ContactPlan, Draft

REMIND, WORDS = contact_reminders.REMIND, contact_hearing.WORDS
A_MOMENT = 8
TELLS = 5
"""From so many characters on, words that answer nothing may tell of the family."""
MOST_TOLD = 3
"""Sentences that tell of the family and answer nothing, after which the talk ends."""
REPORTS = frozenset({"report_concern", "report_emergency"})
LISTENED_TO = {
    contact_plans.PARENT: {"check"},
    contact_plans.CARER: {"check", "carer"},
    contact_plans.CHILD: set[str](),
}
"""Levels of signals after which somebody of a voice is listened to instead of asked on."""
TOLD_FREELY = {
    contact_plans.PARENT: {"contact", "carer", "access"},
    contact_plans.CARER: {"life", "study", "mood", "calls"},
    contact_plans.CHILD: {"mood", "calls"},
}
"""What somebody of a voice may tell of the week before anybody asked."""


def start(work: Work, conversation: str, inbox_id: int, text: str = "", *, told_rasa: bool = False) -> str | None:
    """Open the talk of this week, or go on with it; what was said with it is taken as answers."""
    plans = _plans(work, conversation)
    if not plans:
        if tells_harm(text):
            intake.start(work, conversation, inbox_id, text)
        elif not returning.add_to_own(work, conversation, inbox_id, text):
            mailbox.say(work, conversation, "contact.not_joined", reply_to=inbox_id)
        return None
    draft = _current(work, conversation) or _begin(work, conversation, plans)
    conversations.enter(work, conversation, FLOW, told_rasa=told_rasa)
    if drafts.contents(work, draft).get("listens"):
        drafts.keep(work, draft, {**drafts.contents(work, draft), "listens": False}, None)
    if text and contact_hearing.read(work, draft, plans, text) is None and tells_harm(text):
        return _hand_over(work, draft, inbox_id, text)
    return _proceed(work, draft, plans, inbox_id)


def turn(work: Work, conversation: str, inbox_id: int, text: str, meant: Meant) -> str | None:
    """Take one message. Returns the field asked next, None when the talk is over."""
    draft, plans = _current(work, conversation), _plans(work, conversation)
    if draft is None or not plans:
        return start(work, conversation, inbox_id, text, told_rasa=True)
    asked, reply = draft.asked or "", short.short_answer(text) or meant.reply
    thanks = asked != WORDS and courtesies.courtesy(text) == courtesies.THANKS
    if reply == "cancel" or thanks or _only_later(asked, text):
        return _saved(work, draft, plans, inbox_id)
    if tells_harm(text) or (meant.intent in REPORTS and meant.confidence >= SURE):
        contact_hearing.read(work, draft, plans, text)
        return _hand_over(work, draft, inbox_id, text)
    if asked == WORDS and not weekly_asked.asks_for_work(text):
        return _take_words(work, draft, plans, inbox_id, text)
    evening = contact_reminders.named(work, plans[0], asked, text)
    if evening is not None:
        _remind(work, draft, plans, inbox_id, evening)
        return None
    if contact_hearing.typed_label(work, draft, plans, text):
        return _proceed(work, draft, plans, inbox_id)
    if _aside(work, conversation, inbox_id, asked, text, meant):
        return _proceed(work, draft, plans, inbox_id)
    worry = worries.heard(work, draft, plans, inbox_id, text, reply)
    if worry is not None:
        return worries.PASS if worry == worries.ASKED else _proceed(work, draft, plans, inbox_id)
    heard = _answered(work, draft, plans, inbox_id, text, reply)
    told_rule = _tells_rule(work, conversation, inbox_id, text, heard=bool(heard))
    if not (heard or told_rule):
        return _not_understood(work, draft, plans, inbox_id, text)
    return _proceed(work, draft, plans, inbox_id, answered=not told_rule)


def _answered(work: Work, draft: Draft, plans: list[ContactPlan], inbox_id: int, text: str, reply: str | None) -> bool:
    """Take what words answer, the plainest reading first, and say that a worry among them goes to the director."""
    asked = draft.asked or ""
    if asked in ("contact", "carer") and weekly_asked.nothing_else(text):
        return contact_hearing.drop(work, draft, asked)  # 没啥 is no 没有
    heard = (
        contact_hearing.plain(work, draft, plans, asked, text)
        or each.heard(work, draft, plans, inbox_id, text)
        or contact_hearing.bare(work, draft, plans, asked, short.short_answer(text))
        or contact_hearing.read(work, draft, plans, text)
        or contact_hearing.bare(work, draft, plans, asked, reply)
    )
    if heard:
        worries.say_taken(work, draft.conversation, inbox_id, text)
    return bool(heard)


def _only_later(asked: str, text: str) -> bool:
    """Whether somebody asked for the contact of the week only says that he calls later: 晚上打. It ends there."""
    found = weekly.read(text)
    only = [*found.items] == ["later"] and not (found.signals or found.general)
    return asked == "contact" and only and len(text) <= A_MOMENT and not question_forms.asks(text)


def tap(work: Work, conversation: str, inbox_id: int, field: str, value: str) -> bool:
    """Settle a button, of an open talk or of this week's question. False: nobody joined here, or it is no answer."""
    plans = _plans(work, conversation)
    if not plans:
        return False
    draft = _current(work, conversation) or _begin(work, conversation, plans)
    kept = drafts.contents(work, draft)
    if field == REMIND:
        return _remind(work, draft, plans, inbox_id, value)
    if field == worries.PASS:
        if worries.tapped(work, draft, plans, inbox_id, value):
            _proceed(work, draft, plans, inbox_id)
            return True
        return False
    # Only a 没有 just said is asked when to be reminded: not one of before, whatever else is told or changed.
    kept = {**kept, "offered": field != "contact" and not kept.get("reminds")}
    drafts.keep(work, draft, kept, draft.asked)
    if field == "again":
        left = contact_questions.left(plans, contact_hearing.told(work, plans), again=True)
        drafts.keep(work, draft, {**kept, "left": left, "touched": {}, "general": None}, None)
    elif not contact_hearing.tapped(work, draft, plans, field, value):
        return False
    elif (field, value) in HARM:
        _end(work, draft)
        HARM[(field, value)](work, conversation, inbox_id, texts.phrase(f"contact.told.{field}.{value}"))
        return True
    conversations.enter(work, conversation, FLOW, told_rasa=False)
    _proceed(work, draft, plans, inbox_id)
    return True


def waits(work: Work, conversation: str) -> bool:
    """Whether somebody joined here of whom something of this week is still to be heard."""
    plans = _plans(work, conversation)
    return bool(plans) and bool(contact_questions.left(plans, contact_hearing.told(work, plans)))


def changes(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """改一下 typed in the middle of the talk, or under what was just read back: as good as the button there. False:
    these words say something else."""
    if text.strip(" 。.!！~～") not in texts.phrase("contact.change.asked").split():
        return False
    if (
        not reading_back.is_last(work, conversation, inbox_id, reading_back.KEYS)
        and _current(work, conversation) is None
    ):
        return False
    return not mailbox.take_effect(work, inbox_id, FLOW) or tap(work, conversation, inbox_id, "again", "1")


def takes(work: Work, conversation: str, text: str) -> bool:
    """What is asked of a week is answered with taps or told; a question about the policy is one, but for what those
    who joined ask of the visits at home."""
    return weekly_asked.read(text) is not None


def answers_unasked(work: Work, conversation: str, inbox_id: int, text: str, *, free: bool = False) -> bool:
    """Words of somebody who joined, with no talk open: an answer to what was asked last, or a signal that a person
    should look at; `free`: also what answers a question of the week before it was asked. False: they say none of it."""
    plans = _plans(work, conversation)
    if not plans or tells_harm(text):
        return False
    found, reply = weekly.read(text), short.short_answer(text)
    signal = contact_data.gravest(found.signals)
    grave = signal is not None and signal.level != "routine"
    tells = TOLD_FREELY[plans[0].voice] & found.items.keys() or found.general is not None or found.signals
    told_freely = free and bool(tells)
    told_freely = told_freely or (plans[0].voice == contact_plans.PARENT and "access" in found.items)
    known = contact_hearing.told(work, plans)[plans[-1].uid].keys()
    puts_right = bool(found.items) and found.items.keys() <= known and not worries.beside_a_call(text)
    puts_right = puts_right and reading_back.is_last(work, conversation, inbox_id)
    just_asked = reading_back.was_asked(work, plans[0], conversation, inbox_id)
    if not (grave or told_freely or puts_right or just_asked):
        return False
    first = contact_questions.of_voice(plans[0])[0].id
    bare = reply if first in contact_hearing.YES_NO and reply in ("yes", "no") else None
    if not (found.items or found.general is not None or found.signals or bare):
        return False
    if not mailbox.take_effect(work, inbox_id, FLOW):
        return True
    draft = _begin(work, conversation, plans)
    if puts_right:  # what was left open is not asked again
        drafts.keep(work, draft, {**drafts.contents(work, draft), "left": []}, None)
    conversations.enter(work, conversation, FLOW, told_rasa=False)
    asked = first if just_asked else ""
    heard = (
        contact_hearing.plain(work, draft, plans, asked, text)
        or each.heard(work, draft, plans, inbox_id, text)
        or contact_hearing.read(work, draft, plans, text)
    )
    if not heard:
        contact_hearing.bare(work, draft, plans, first, bare)
    _proceed(work, draft, plans, inbox_id)
    return True


def _plans(work: Work, conversation: str) -> list[ContactPlan]:
    person = contact_plans.speaker(work, conversation)
    return contact_plans.of_person(work, person) if person is not None else []


def _current(work: Work, conversation: str) -> Draft | None:
    """The open talk of this week; one of an earlier week is over, and its answers stay where they are."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is not None and draft.created_at < weeks.begin(work.now):
        drafts.close(work, draft, "done")
        return None
    return draft


def _tells_rule(work: Work, conversation: str, inbox_id: int, text: str, *, heard: bool) -> bool:
    """Tell the rule to a question in the middle of the week: 要是他奶住院了孩子咋整. False: none is asked."""
    of_the_plan = not heard and policy_words.speaks_of_the_plan(text)  # 我也不会打字，这咋整 asks for no rule
    near = policy_answers.FAIRLY if of_the_plan else policy_answers.STRONGLY
    if asks := policy_answers.asks_known(text, enough=near) and not question_forms.wants_no_answer(text):
        policy_answers.beside(work, conversation, inbox_id, text)
    return asks


def _begin(work: Work, conversation: str, plans: list[ContactPlan]) -> Draft:
    draft = drafts.begin(work, conversation, FLOW)
    told = contact_hearing.told(work, plans)
    left = contact_questions.left(plans, told)
    drafts.keep(work, draft, {"left": left, "touched": {}, "missed": 0, "read": reading_back.of_note(told)}, None)
    return draft


def _aside(work: Work, conversation: str, inbox_id: int, asked: str, text: str, meant: Meant) -> bool:
    """A question to us, or news of the family, in the middle of the talk: answered, then the talk goes on."""
    if contact_asked.answered(work, conversation, inbox_id, text):
        return True
    aside = meant.aside_while(asked)
    if aside is not None:
        mailbox.say(work, conversation, aside, reply_to=inbox_id)
    elif weekly.asks_about_child(text):
        parents.child_status(work, conversation, inbox_id, text)
    elif contact_hearing.grave_signs(text) or contact_hearing.tells_how(text):
        return False  # a sign, or how the child is, is heard as that, whatever it was taken for
    elif meant.intent is not None and meant.confidence >= SURE and meant.intent in parents.BY_INTENT:
        parents.MATTERS[parents.BY_INTENT[meant.intent]](work, conversation, inbox_id, text)
    else:
        return False
    return True


def _take_words(work: Work, draft: Draft, plans: list[ContactPlan], inbox_id: int, text: str) -> str | None:
    """What somebody wants to tell, in their own words: sealed, for the child director only."""
    if worries.taken_back(work, draft, plans, inbox_id, text):
        return _proceed(work, draft, plans, inbox_id)
    contact_hearing.read(work, draft, plans, text)
    worries.keep(work, draft, plans, text)
    mailbox.say(work, draft.conversation, _in_voice("contact.words_taken", plans), reply_to=inbox_id)
    if drafts.contents(work, draft).get("listens"):
        return _end(work, draft)
    contact_hearing.drop(work, draft, WORDS)
    return _proceed(work, draft, plans, inbox_id)


def _proceed(
    work: Work, draft: Draft, plans: list[ContactPlan], inbox_id: int, *, answered: bool = False
) -> str | None:
    """Ask what is still open; else say what was noted, and one idea for the next call. `answered`: after words that
    should have been an answer: whoever says other things to the same question is not asked it for ever."""
    kept = drafts.contents(work, draft)
    if _say_signal(work, draft, kept, plans, inbox_id) in LISTENED_TO[plans[0].voice]:
        return _listen(work, draft, kept)
    told = contact_hearing.told(work, plans)
    offered = kept.get("offered")
    if told[plans[0].uid].get("access") == "no" and not offered:
        parents.say_once(work, draft.conversation, inbox_id, "contact.access")
        return _end(work, draft)
    said_no = all(told[one.uid].get("contact") == "no" for one in plans) and not offered
    after_no = said_no and next_question.carer_first(kept)
    if said_no and not after_no:
        kept["offered"], kept["reminds"] = True, False
        drafts.keep(work, draft, kept, REMIND)
        contact_reminders.ask(work, plans[0], draft.conversation, inbox_id, "contact.no_blame")
        return REMIND
    if not kept["left"]:
        return _finish(work, draft, plans, told, inbox_id)
    asked = next_question.ask(work, draft, plans, inbox_id, kept, told, after_no=after_no, answered=answered)
    return asked or _proceed(work, draft, plans, inbox_id)


def _say_signal(work: Work, draft: Draft, kept: dict[str, Any], plans: list[ContactPlan], inbox_id: int) -> str | None:
    """What helps with a signal in the words just said: once, no diagnosis. Returns its level."""
    signal = contact_data.gravest(tuple(kept.pop("signals", ())))
    if signal is None:
        return None
    key = f"contact.signal.{plans[0].voice}.{signal.level}"
    mailbox.say(
        work, draft.conversation, key if texts.known(key) else f"contact.signal.{signal.level}", reply_to=inbox_id
    )
    drafts.keep(work, draft, kept, draft.asked)
    return signal.level


def _listen(work: Work, draft: Draft, kept: dict[str, Any]) -> str:
    """Whoever cannot go on is not asked how the school is: what else there is to say is taken, or a tap goes on."""
    drafts.keep(work, draft, {**kept, "listens": True}, WORDS)
    return WORDS


def _remind(work: Work, draft: Draft, plans: list[ContactPlan], inbox_id: int, value: str) -> bool:
    contact_reminders.settle(work, plans, draft.conversation, inbox_id, value)
    _end(work, draft)
    return True


def _not_understood(work: Work, draft: Draft, plans: list[ContactPlan], inbox_id: int, text: str) -> str | None:
    """Asked once more; the second time the talk ends, with everything kept: nobody is questioned. What tells of the
    family is kept for what may become of it."""
    if any(word in text for word in texts.phrase("contact.said.later").split()):
        return _saved(work, draft, plans, inbox_id)
    kept = drafts.contents(work, draft)
    tells = len(text) >= TELLS and not question_forms.asks(text)
    kept["missed"] = kept.get("missed", 0) + (0 if tells else 1)
    if tells:
        kept["said"] = [*kept.get("said", ()), text]
        contact_hearing.keep_words(work, plans[0], text)
    drafts.keep(work, draft, kept, draft.asked)
    if kept["missed"] > 1 or len(kept.get("said", ())) > MOST_TOLD:
        return _saved(work, draft, plans, inbox_id)
    key = "contact.words_kept" if tells else "contact.not_clear"
    mailbox.say(work, draft.conversation, key, reply_to=inbox_id)
    if draft.asked == REMIND:
        contact_reminders.ask(work, plans[0], draft.conversation, inbox_id, "contact.remind.again")
        return REMIND
    return _proceed(work, draft, plans, inbox_id, answered=True)


def _saved(work: Work, draft: Draft, plans: list[ContactPlan], inbox_id: int) -> str | None:
    """The talk ends here, with everything kept; who is at home can always call somebody."""
    mailbox.say(work, draft.conversation, _in_voice("contact.saved", plans), reply_to=inbox_id)
    return _end(work, draft)


def _in_voice(key: str, plans: list[ContactPlan]) -> str:
    """The words of a voice where it has its own: who is at home can always call somebody."""
    own = f"{key}.{plans[0].voice}"
    return own if texts.known(own) else key


def _hand_over(work: Work, draft: Draft, inbox_id: int, text: str) -> str | None:
    """Told harm is a report: this talk ends, its answers stay."""
    before = drafts.contents(work, draft).get("said", ())
    _end(work, draft)
    intake.start(work, draft.conversation, inbox_id, "，".join([*before, text]))
    return None


def _finish(
    work: Work, draft: Draft, plans: list[ContactPlan], told: dict[str, dict[str, Any]], inbox_id: int
) -> str | None:
    """Read back what was noted, give one idea for the next call, and end."""
    args = reading_back.at_the_end(work, plans, told)
    mailbox.say(work, draft.conversation, f"contact.thanks.{plans[0].voice}", args, reply_to=inbox_id)
    return _end(work, draft)


def _end(work: Work, draft: Draft) -> str | None:
    drafts.close(work, draft, "done")
    conversations.enter(work, draft.conversation, None, told_rasa=False)
    return None
