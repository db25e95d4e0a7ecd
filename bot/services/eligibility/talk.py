"""The self-check of eligibility in conversation: what was told is read back, what still matters is asked.

`start`, `turn` and `tap` are the flow (see `flows`); `eligibility_asking` decides what comes next and gives the result,
`eligibility_handing` brings the result to people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bot.reading.families import check_handing, checking, family, family_answers, rule_wanted, said_plainly, supposing
from bot.reading.persons import kin
from bot.reading.talk import answers as short
from bot.reading.talk import question_forms, replies
from bot.reading.where import places
from bot.services import conversations, drafts
from bot.services.eligibility import (
    asides,
    asking,
    beside,
    concern,
    disputing,
    earlier_child,
    editing,
    handing,
    hearing,
    introducing,
    keeping,
    leaving_handing,
    other_child,
    page,
    putting_right,
    reading_back,
    rough_time,
    showing,
    supposed,
    to_file,
    told_beside,
    unattended,
    wishes,
)
from bot.services.eligibility.state import AGE, FLOW, Check, keep, load
from bot.services.mail import mailbox
from bot.services.reporting import absorbing
from bot.services.talk import language
from bot.services.talk.meaning import Meant
from bot.services.work import Work
from bot.storage.tables import Draft

__all__ = ["FLOW", "reads_like_one", "start", "tap", "turn"]

ENOUGH = 3
"""Facts in one message from which on it is taken for a family telling of itself."""
_LATIN = re.compile("[A-Za-z]{2,}")
WORDS_ENOUGH = 3


def start(work: Work, conversation: str, inbox_id: int, text: str = "", *, told_rasa: bool = False) -> str | None:
    """Open the self-check, or go on with it; everything told in the first breath is taken."""
    conversations.enter(work, conversation, FLOW, told_rasa=told_rasa)
    draft = drafts.current(work, conversation, FLOW)
    if draft is not None and not text:
        return asking.taken_up(work, draft, load(work, draft), inbox_id, told_rasa=told_rasa)
    if draft is not None:
        return turn(work, conversation, inbox_id, text, Meant())
    draft = drafts.begin(work, conversation, FLOW)
    check = Check(english=_writes_english(text) or language.english(work, conversation))
    own = other_child.own_words(check, concern.of_the_family(text))
    heard = hearing.absorb(work, check, own or text, None) if text else {}
    mailbox.say(work, conversation, _beginning(check, text, told=bool(heard)), reply_to=inbox_id)
    if heard:
        reading_back.say(work, draft, check, inbox_id, "eligibility.heard", check.facts)
    if check.home is not None and not any(fact.startswith(("father_away", "mother_away")) for fact in heard):
        args = {"place": places.full_name(check.home)}
        mailbox.say(work, conversation, "eligibility.place_noted", args, reply_to=inbox_id)
    if check.other:
        mailbox.say(work, conversation, "eligibility.one_by_one", reply_to=inbox_id)
    if other_child.is_alone(check):
        return other_child.report(work, draft, check, inbox_id, text)
    concern.offer(work, draft, check, inbox_id, text)
    return asking.proceed(work, draft, check, inbox_id)


def _beginning(check: Check, text: str, *, told: bool) -> str:
    """The words a check begins with: short to who told something already, or hardly reads."""
    if check.english:
        return "eligibility.begin.english"
    kind = ".elder" if said_plainly.reads_little(text) else ".short" if told else ""
    return f"eligibility.begin{kind}"


def turn(work: Work, conversation: str, inbox_id: int, text: str, meant: Meant) -> str | None:
    """Take one message. Returns what is asked next, None when the flow is over."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is None:
        return start(work, conversation, inbox_id, text, told_rasa=True)
    check, asked = load(work, draft), draft.asked or "fact"
    check.english = language.english(work, conversation)
    if asked.startswith(handing.STEP) and not leaving_handing.leaves(check, text, asked):
        return handing.turn(work, draft, check, inbox_id, text)
    asked = leaving_handing.back(work, draft, check, asked)
    other_child.bring_in(work, check, text)
    reply = short.short_answer(text) or _meant(meant, text)
    if (for_now := _for_now(work, draft, check, inbox_id, text)) is not None:
        return for_now
    if reply == "cancel" or replies.later(text) or _has_all(work, draft, inbox_id, text):
        return _stops(work, draft, check, inbox_id, text)
    if check_handing.hands_over(text):
        beside.take(work, check, text)
        told_beside.take_words(work, draft, check, inbox_id, check_handing.told_with(text), reading_back.say)
        return handing.at_once(work, draft, check, inbox_id, text)
    turned = disputing.wanted(check, text, asked) or other_child.turns_to(check, text, asked)
    if (wish := turned or concern.wanted(check, text) or wishes.wanted_in(check, text, asked)) is not None:
        told_beside.take(work, draft, check, inbox_id, "" if turned else text, reading_back.say)
        return wish(work, draft, check, inbox_id)
    spoken_to = "elder.again" if replies.question(text) == "chat.elder" else reply
    if spoken_to in ("help", "human", "elder.again"):
        mailbox.say(work, conversation, f"chat.{spoken_to}", reply_to=inbox_id)
        return asking.again(work, draft, check, inbox_id)
    if family.is_hypothetical(text):
        return supposed.what_if(work, draft, check, inbox_id, text)
    if reply == "correct" and asked != "edit":
        return putting_right.take_or_ask(work, draft, check, inbox_id, text)
    return _take(work, draft, check, inbox_id, text, asked)


def _for_now(work: Work, draft: Draft, check: Check, inbox_id: int, text: str) -> str | None:
    """Who only puts something off, a report that was offered or asking again, or asks something of the check itself,
    does not stop it."""
    if (aside := asides.wanted(text)) is not None:
        return aside(work, draft, check, inbox_id)
    if concern.declined(work, draft, check, inbox_id, text):
        return asking.again(work, draft, check, inbox_id)
    if not checking.comes_back(text):
        return None
    mailbox.say(work, draft.conversation, "eligibility.comes_back", reply_to=inbox_id)
    return keep(work, draft, check, draft.asked or "fact")


def _meant(meant: Meant, text: str) -> str | None:
    """What the classifier is sure of, where the words do not speak against it: 9岁 三年级 puts nothing right."""
    if meant.reply == "correct":
        return "correct" if replies.wants_change(text) else None
    return meant.reply if meant.reply == "cancel" else None


def _writes_english(text: str) -> bool:
    return text.isascii() and len(_LATIN.findall(text)) >= WORDS_ENOUGH


def _take(work: Work, draft: Draft, check: Check, inbox_id: int, text: str, asked: str) -> str | None:
    of_now = earlier_child.take(work, draft, check, inbox_id, text)
    if of_now != text:
        return (
            _take(work, draft, check, inbox_id, of_now, asked) if of_now else asking.again(work, draft, check, inbox_id)
        )
    own = other_child.own_words(check, text)
    if own != text and other_child.is_alone(check):
        return other_child.report(work, draft, check, inbox_id, text)
    concern.offer(work, draft, check, inbox_id, text)
    if own != text:
        key = "one_by_one" if len(check.other) < 2 else "kept_beside"
        mailbox.say(work, draft.conversation, f"eligibility.{key}", reply_to=inbox_id)
        if not own:
            check.speaker = check.speaker or kin.speaker(text)
            return asking.again(work, draft, check, inbox_id)
        text = own
    if (after := putting_right.take(work, draft, check, inbox_id, text)) is not None:
        return after[0]
    if asked == "speaker":
        return introducing.take(work, draft, check, inbox_id, text)
    if asked == "result" and short.short_answer(text) == "no":
        return wishes.leaves(work, draft, check, inbox_id)
    if asked == unattended.STEP and unattended.settle(check, text):
        return asking.proceed(work, draft, check, inbox_id)
    if asked != unattended.STEP and unattended.may_be(check, text):
        return unattended.ask(work, draft, check, inbox_id)
    return _read_on(work, draft, check, inbox_id, text, asked)


def _read_on(work: Work, draft: Draft, check: Check, inbox_id: int, text: str, asked: str) -> str | None:
    """Take whatever the words tell, the answer to the open question among it, and go on."""
    unknown = family_answers.not_known(text, hearing.away(check))
    if unknown is not None and not set(unknown) & set(check.screen):
        return _not_known(work, draft, check, inbox_id, text, unknown)
    known_by_others = asides.say_where_to_ask(work, draft, inbox_id, text)
    before, open_before, known = dict(check.facts), (len(check.doubtful), len(check.mine)), check.speaker
    home_before, stage_before, beside_before = check.home, check.stage, beside.count(check)
    heard = hearing.absorb(work, check, text, check.fact or next(iter(check.screen), None))
    answered = asking.answer_in_words(check, text, work.today) if check.fact not in heard else False
    introduced = check.speaker not in (None, kin.PARENT, known)
    named = kin.outright(text) is not None and kin.outright(text) == check.speaker  # 我就是他妈, known already
    if introduced and check.mine:
        return introducing.is_speaker(work, draft, check, inbox_id, str(check.speaker))
    new = {fact: value for fact, value in heard.items() if before.get(fact) != value and fact != check.fact}
    if check.fact in heard:
        check.last = check.fact
    if check.stage not in ("", stage_before):
        new.pop(AGE, None)
        if AGE not in check.facts and asking.ages(work, draft, check, inbox_id, check.stage):
            return draft.asked
        _say_stage(work, draft, check, inbox_id)
    if checking.asks_what_interrupts(text) and any(value == "short_visit" for value in heard.values()):
        mailbox.say(work, draft.conversation, "eligibility.visit_counts", reply_to=inbox_id)
    aside = beside.since(check, beside_before)
    if aside or len(new) > 1 or (new and check.fact not in heard and not answered):
        reading_back.noted(work, draft, check, inbox_id, new, heard, aside)
    touched = (len(check.doubtful), len(check.mine)) > open_before
    if touched and not heard and not answered and rough_time.put_off(work, draft, check, inbox_id):
        return draft.asked
    if heard or answered or touched or asked == "edit":
        return asking.proceed(work, draft, check, inbox_id)
    changed = {
        "moved": check.home != home_before,
        "introduced": introduced or named,
        "noted": bool(aside) or known_by_others,
    }
    return _nothing_asked(work, draft, check, inbox_id, text, **changed)


def _not_known(
    work: Work, draft: Draft, check: Check, inbox_id: int, text: str, unknown: tuple[str, ...]
) -> str | None:
    """What somebody says to know nothing of is not asked again, and is no "no"; the rest of the words is taken. Of an
    age an easier way to tell it is shown once."""
    before, key = dict(check.facts), "eligibility.unknown_noted" if unknown else "eligibility.unknown_noted.office"
    if AGE in unknown and AGE not in check.facts and not check.times.get(AGE):
        check.times[AGE], key = 1, "eligibility.age_unsure"
        unknown = tuple(fact for fact in unknown if fact != AGE)
    if key == "eligibility.age_unsure" or not asides.say_where_to_ask(work, draft, inbox_id, text):
        mailbox.say(work, draft.conversation, key, reply_to=inbox_id)
    if key == "eligibility.age_unsure" and check.fact == AGE:
        return asking.again(work, draft, check, inbox_id)
    heard = hearing.absorb(work, check, text, None)
    guessed = [fact for fact in unknown if fact.endswith("_illness") and fact not in before]
    check.tell({fact: family_answers.UNKNOWN for fact in unknown if fact in guessed or fact not in check.facts})
    new = {fact: value for fact, value in heard.items() if before.get(fact) != value and fact not in unknown}
    if new:
        reading_back.say(work, draft, check, inbox_id, "eligibility.noted", new)
    return asking.proceed(work, draft, check, inbox_id)


def _say_stage(work: Work, draft: Draft, check: Check, inbox_id: int) -> None:
    """An age by the school year is an estimate, and said to be one."""
    if AGE in check.facts:
        args = dict(zip(("low", "high"), check.stage.split("-"), strict=True))
        mailbox.say(work, draft.conversation, "eligibility.about_age", args, reply_to=inbox_id)


def _nothing_asked(
    work: Work, draft: Draft, check: Check, inbox_id: int, text: str, *, moved: bool, introduced: bool, noted: bool
) -> str | None:
    """Words that answer no question of ours: where the child lives, or who speaks, is taken; the rest was not read."""
    if noted and not (moved or introduced):
        return asking.again(work, draft, check, inbox_id)
    key = "eligibility.place_noted" if moved and check.home is not None else "eligibility.knows_you"
    if not (moved or introduced) and asking.told_the_rule(work, draft, inbox_id, text):
        return asking.again(work, draft, check, inbox_id)
    if not (moved or introduced) and (numbers := absorbing.phones(text)):
        handing.keep_number(work, draft.conversation, inbox_id, numbers[0])
        return draft.asked
    if not (moved or introduced):
        return asking.missed(work, draft, check, inbox_id, text)
    args = {"place": places.full_name(check.home)} if moved and check.home is not None else None
    mailbox.say(work, draft.conversation, key, args, reply_to=inbox_id)
    return asking.again(work, draft, check, inbox_id)


def _stops(work: Work, draft: Draft, check: Check, inbox_id: int, text: str) -> str | None:
    """Who stops by words: what was told, or the result, can be come back to for a day. Who wants to hear how it stands
    and be asked no more (别问了 那到底算啥) hears it."""
    if draft.asked != "result" and checking.wish(text, at_the_end=False) == checking.SO_FAR:
        told_beside.take(work, draft, check, inbox_id, text, reading_back.say)
        return wishes.verdict(work, draft, check, inbox_id)
    if draft.asked == "result":
        return wishes.leaves(work, draft, check, inbox_id)
    if wishes.has_all(work, draft, inbox_id, text) or checking.wish(text, at_the_end=False) == checking.GOODBYE:
        return wishes.goodbye(work, draft, check, inbox_id)
    _stop(work, draft, inbox_id)
    return None


def _has_all(work: Work, draft: Draft, inbox_id: int, text: str) -> bool:
    """Whether somebody wants to be asked nothing more, or was just told where to go and only thanks us."""
    each = checking.clauses(text)
    if any(map(checking.has_enough, each)) and checking.wish(text, at_the_end=False) == checking.SO_FAR:
        return True  # 没残疾 别问了 那丫头和小子各是啥结果
    return checking.has_enough(text) or wishes.has_all(work, draft, inbox_id, text)


def _stop(work: Work, draft: Draft, inbox_id: int) -> None:
    if keeping.offer(work, draft, inbox_id):
        return
    key = "eligibility.done" if draft.asked == "result" else "eligibility.stopped"
    mailbox.say(work, draft.conversation, key, reply_to=inbox_id)
    showing.back_to_idle(work, draft)


def tap(work: Work, conversation: str, inbox_id: int, field: str, value: str) -> bool:
    """Settle a button of the self-check. False: it belongs to nothing that is open."""
    draft = drafts.current(work, conversation, FLOW)
    if field in AFTERWARDS:
        return AFTERWARDS[field](work, conversation, inbox_id, value)
    if draft is None:
        return False
    conversations.enter(work, conversation, FLOW, told_rasa=False)
    check = load(work, draft)
    if field in ("hand", "place", "disagree"):
        handing.tap(work, draft, check, inbox_id, field, value)
    elif field == "stop":
        _stop(work, draft, inbox_id)
    elif field in WITH_A_VALUE:
        WITH_A_VALUE[field](work, draft, check, inbox_id, value)
    elif field == "keep":
        keeping.settle(work, draft, check, inbox_id, wanted=value == "yes")
    elif field == "concern":
        concern.report(work, draft, check, inbox_id)
    elif field == "ages":
        return asking.ages(work, draft, check, inbox_id, value)
    elif field == "another":
        other_child.begin(work, draft, check, inbox_id)
    else:
        return asking.answered(work, draft, check, inbox_id, field, value)
    return True


AFTERWARDS: Mapping[str, Callable[[Work, str, int, str], bool]] = {"page": page.tap, "file": to_file.tap}
"""Buttons that count for a check that was handed over too."""
WITH_A_VALUE: Mapping[str, Callable[[Work, Draft, Check, int, str], object]] = {
    "edit": editing.tap,
    "speaker": introducing.is_speaker,
    "now": lambda work, draft, check, inbox_id, _: showing.show_as_it_is(work, draft, check, inbox_id),
    "go_on": lambda work, draft, check, inbox_id, _: asking.go_on(work, draft, check, inbox_id),
    "more": lambda work, draft, check, inbox_id, _: asking.ask_the_rest(work, draft, check, inbox_id),
}


def reads_like_one(work: Work, text: str) -> bool:
    """Whether a message nobody classified asks whether a child is eligible, or tells of a family."""
    return checking.asks(text) or rule_wanted.asks_for_own(text) or tells_much(work, text)


def asks_for_own(text: str) -> bool:
    """Whether a message asks of one's own child whether it is eligible: the check answers that better than the rule."""
    return checking.asks(text) and question_forms.own_case(text)


def asks_only_for_own(work: Work, text: str) -> bool:
    """The same where nothing of the child is told yet: no rule is asked for."""
    return asks_for_own(text) and not family.read(text, work.today).facts


def tells_much(work: Work, text: str) -> bool:
    """Whether a message tells so much of a family that what it asks is asked for that family, not for the rule."""
    return len(family.read(text, work.today).facts) >= ENOUGH


def tells_of_an_illness(work: Work, text: str) -> bool:
    """Whether a message tells of a child's illness or disability beside something else of it: 闺女脑瘫 四岁."""
    touched = {one.fact for one in family.read(text, work.today).found}
    return len(touched) > 1 and bool(touched & {"child_disability", "child_illness"})


def told_by_the_family(work: Work, text: str) -> bool:
    """Whether one of the family speaks, or it is told with whom the child lives: parents who cannot care are then no
    emergency by themselves."""
    read = family.read(text, work.today)
    own = read.speaker not in (None, kin.OTHER, kin.CHILD)
    return own or read.facts.get("lives_without_guardian") == "no"


def takes(work: Work, conversation: str, text: str) -> bool:
    """Whether a message answers what an open self-check asks, or tells it anything else."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is None:
        return False
    check = load(work, draft)
    asked_now = draft.asked or "fact"
    wished = (
        disputing.wanted(check, text, asked_now)
        or wishes.wanted(text, asked_now)
        or other_child.turns_to(check, text, asked_now)
    )
    if wished is not None or check_handing.hands_over(text) or asides.wanted(text) is not None:
        return True
    if family.is_hypothetical(text):
        return bool(supposing.read(text, work.today, check.speaker, check.home, check.facts))
    asked = hearing.meant_fact(check, text, check.fact)
    read = family.read(text, work.today, check.speaker, asked, check.home, hearing.absent(check, text))
    told = bool(read.found or read.between) or read.whose_unknown or read.speaker not in (None, check.speaker)
    told = told or family_answers.not_known(text, hearing.away(check)) is not None or family_answers.tells_calmly(text)
    answers = unattended.may_be(check, text) or asking.answer_in_words(check, text, work.today)
    return told or answers or check_handing.wants_people(text)
