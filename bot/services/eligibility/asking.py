"""What is asked next in a self-check, and how an answer to it is taken."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import date
from typing import Any

from bot import texts
from bot.care import eligibility, english, model, wording
from bot.care.child_facts import WrongFacts
from bot.care.eligibility import Question
from bot.reading.families import checking, family_answers
from bot.reading.talk import replies
from bot.services.eligibility import implied, in_sight, recap, showing, standing
from bot.services.eligibility.state import AGE, COUNTED, PATIENCE, Check, keep
from bot.services.mail import mailbox
from bot.services.reporting import intake
from bot.services.talk import language, policy_answers
from bot.services.work import Work
from bot.storage.tables import Draft

MOST = 3
"""How often a question is asked: as it is, once more, then in other words; after that it stays open, unknown."""
EMERGENCY = ("lives_without_guardian", "guardian_not_performing", "vagrant_begging", "harm_type")
DEAD = ("dead", "declared_dead")
AGAIN = "return_date"


def proceed(work: Work, draft: Draft, check: Check, inbox_id: int, *, missed: int = 0) -> str | None:
    """Ask what still matters most, or give the result. `missed`: how often its question was just not answered."""
    on, check.between = work.today, check.stage if AGE not in check.facts else ""
    if not check.reported and eligibility.assess(check.facts, on).emergency_report_required:
        return _report(work, draft, check, inbox_id)
    if check.mine:
        return _ask(work, draft, check, inbox_id, "speaker", {}, "speaker", None, missed)
    if _decided(check, on):
        first = eligibility.safety_question(check.facts, on)
        if first is not None and check.shown.get(first.fact, 0) <= PATIENCE:
            return ask_fact(work, draft, check, inbox_id, first, missed=missed)
        if _next(copy.deepcopy(check), on) is not None:
            return showing.show(work, draft, check, inbox_id, early=True, followed=True)
    question = _next(check, on)
    if question is not None:
        return ask_fact(work, draft, check, inbox_id, question, missed=missed)
    if (day := _precise(check, on)) is not None:
        who = day.partition("_")[0]
        key = f"eligibility.precise.{who}{'.again' if day.endswith(AGAIN) else ''}"
        question = replace(
            eligibility.question(day, model.in_force(on)), text=texts.phrase(key, language.of(check.english))
        )
        check.settled.append(day)
        return ask_fact(work, draft, check, inbox_id, question)
    return showing.show(work, draft, check, inbox_id, followed=True)


def _decided(check: Check, on: date) -> bool:
    """Whether what decides is told: a category fits, whatever the questions left would bring, and nothing told is in
    doubt. Nobody is walked through the rest for that, only through the safety screen; who wants it asked says so."""
    if check.more or not standing.settled(check.facts, on):
        return False
    open_still = eligibility.assess(check.facts, on).unasked
    waits = any(one not in check.settled and _worth(check, one) and one in open_still for one in check.doubtful)
    return not waits and not any(
        one.facts[0] not in check.settled for one in eligibility.contradictions(check.facts, on)
    )


def ask_the_rest(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    """Something fits; the rest is wanted too: whether anything else fits."""
    check.more = True
    return proceed(work, draft, check, inbox_id)


def _next(check: Check, on: date) -> Question | None:
    waiting = check.waiting()
    follows = check.follows_from([*waiting, *check.where_nobody_knows()])
    set_aside = {**check.facts, **dict.fromkeys([*waiting, *follows], model.UNKNOWN)}
    first = eligibility.safety_question(set_aside, on)
    if first is not None:
        return first
    for fact in [*check.doubtful]:
        check.doubtful.remove(fact)
        if fact not in set_aside and _worth(check, fact) and fact in eligibility.assess(check.facts, on).unasked:
            check.settled.append(fact)
            return eligibility.question(fact, model.in_force(on))
    for wrong in eligibility.contradictions(check.facts, on):
        if wrong.facts[0] not in check.settled:
            check.settled.append(wrong.facts[0])
            text = english.contradiction(wrong.kind, wrong.parent) if check.english else wrong.text
            return replace(eligibility.question(wrong.facts[0], model.in_force(on)), text=text)
    question = eligibility.next_question(set_aside, on)
    if question is not None and (follows_as := implied.value(question.fact, check.facts, check.speaker)) is not None:
        check.tell({question.fact: follows_as})
        return _next(check, on)
    if question is None and waiting:
        return _last_of_all(check, waiting, on)
    return question


def _last_of_all(check: Check, waiting: list[str], on: date) -> Question | None:
    """What waited is put a last time where it still matters; what nobody answers then stays open."""
    follows = check.follows_from(check.where_nobody_knows())
    told = {**check.facts, **dict.fromkeys(follows, model.UNKNOWN)}
    first = eligibility.safety_question(told, on) or eligibility.next_question(told, on)
    if first is not None and check.shown.get(first.fact, 0) <= PATIENCE:
        return first
    check.tell(dict.fromkeys(waiting, model.UNKNOWN))
    return None


def _worth(check: Check, fact: str) -> bool:
    """Of the dead nothing more is asked, of a day nothing when it is known."""
    parent = fact.partition("_")[0]
    gone = check.facts.get(f"{parent}_life_status") in DEAD and not fact.endswith("life_status")
    return not gone and not (fact == "child_age_years" and "child_birth_date" in check.facts)


def _precise(check: Check, on: date) -> str | None:
    """A day that decides: with the next number the result would be another."""
    for fact in [*check.precise]:
        check.precise.remove(fact)
        counted = _counted_as(fact)
        told = check.facts.get(counted)
        if fact in check.settled or fact in check.facts or not _worth(check, fact):
            continue
        if told == model.UNKNOWN:
            continue
        if not isinstance(told, int):
            return fact
        near = [
            eligibility.assess({**check.facts, counted: told + by}, on).results for by in (-1, 0, 1) if told + by >= 0
        ]
        if any(one != near[0] for one in near):
            return fact
    return None


def _counted_as(day: str) -> str:
    """The number that is told instead of a day."""
    name = next(name for name in COUNTED if day.endswith(name))
    return day.replace(name, COUNTED[name])


def _just_below(check: Check, fact: str, value: Any, on: date) -> None:
    """Of a number by itself, typed or tapped, with whose next one a rule is another, the day is worth asking."""
    bounds = model.in_force(on).bounds.get(fact, ())
    if isinstance(value, int) and value + 1 in bounds:
        check.precise += [day for day in model.in_force(on).alternatives if _counted_as(day) == fact]


def ask_fact(
    work: Work, draft: Draft, check: Check, inbox_id: int, question: Question, *, missed: int = 0
) -> str | None:
    """Ask for a fact with its buttons; several at once where there is usually nothing."""
    question = _of_somebody_away(check, question)
    if check.english:
        question = english.question(question, model.in_force(work.today))
    screen = question.screen
    if screen is not None and ",".join(screen.facts) not in check.settled:
        choices = [[one.label, f"eligibility.screen={one.value}"] for one in screen.choices]
        check.screen = list(screen.facts)
        args: dict[str, Any] = {"question": screen.text, "choices": choices}
        return _ask(work, draft, check, inbox_id, "question", args, "screen", None, missed)
    check.screen = []
    if question.fact == AGE and check.between and not missed and ages(work, draft, check, inbox_id, check.between):
        return draft.asked
    if question.fact == AGE and not check.english:
        return _ask(work, draft, check, inbox_id, "age", {"question": question.text}, "fact", AGE, missed)
    choices = [[one.label, f"eligibility.{question.fact}={one.value}"] for one in question.choices]
    args = {"question": question.text, "choices": choices}
    return _ask(work, draft, check, inbox_id, "question", args, "fact", question.fact, missed)


def _of_somebody_away(check: Check, question: Question) -> Question:
    """Of a father who has been gone for ten months nobody asks whether he is at home, only what he does there."""
    parent, _, kind = question.fact.partition("_")
    if kind != "away_status" or not check.away(parent):
        return question
    elsewhere = tuple(one for one in question.choices if one.value != "at_home")
    text = texts.phrase(f"eligibility.away_for.{parent}", language.of(check.english))
    return replace(question, text=text, choices=elsewhere)


def ages(work: Work, draft: Draft, check: Check, inbox_id: int, between: str) -> bool:
    """The ages of a stage of life as buttons: few at a time, every age two taps away. False: no such stage."""
    first, _, last = between.partition("-")
    if not (first.isdigit() and last.isdigit()):
        return False
    labels = wording.labels(model.in_force(work.today).facts[AGE])
    choices = [[labels[age], f"eligibility.{AGE}={age}"] for age in range(int(first), int(last) + 1) if age in labels]
    if choices:
        check.between = between
        _ask(work, draft, check, inbox_id, "age.exactly", {"choices": choices}, "fact", AGE)
    return bool(choices)


def _ask(
    work: Work,
    draft: Draft,
    check: Check,
    inbox_id: int,
    key: str,
    args: dict[str, Any],
    asked: str,
    fact: str | None,
    missed: int = 0,
) -> str | None:
    """Put the question; only to whom the last words were not understood is said so, in ever other words."""
    check.fact = fact
    if fact is not None:
        check.shown[fact] = check.shown.get(fact, 0) + 1
    key += ".english" if check.english and key == "question" else ""
    ways = [f"eligibility.{key}", f"eligibility.{key}.again", f"eligibility.{key}.differently"][: missed + 1]
    said = next(way for way in reversed(ways) if texts.known(way))
    mailbox.say(work, draft.conversation, said, args, reply_to=inbox_id)
    return keep(work, draft, check, asked)


def _counted(check: Check, asked: str) -> str:
    """The name under which a question's unanswered tries are counted."""
    return check.fact if asked == "fact" and check.fact else ",".join(check.screen) if asked == "screen" else asked


def missed(work: Work, draft: Draft, check: Check, inbox_id: int, text: str) -> str | None:
    """The message answered nothing: the question once more, then in other words and a person offered; then it stays
    open with the words as they were said, and unknown is never no."""
    asked = draft.asked or "fact"
    if asked == "fact" and check.fact is not None and family_answers.tells_calmly(text):
        check.keep_words(check.fact, text)
        mailbox.say(work, draft.conversation, "eligibility.kept_beside", reply_to=inbox_id)
        return again(work, draft, check, inbox_id)
    name = _counted(check, asked)
    times = check.times[name] = check.times.get(name, 0) + 1
    check.keep_words(name, text)
    if times < MOST or asked == "result":
        return again(work, draft, check, inbox_id, missed=times)
    check.tell(dict.fromkeys([check.fact] if asked == "fact" and check.fact else check.screen, "unknown"))
    if asked == "speaker":
        check.mine = []
    check.screen = []
    mailbox.say(work, draft.conversation, "eligibility.left_open", reply_to=inbox_id)
    return proceed(work, draft, check, inbox_id)


def told_the_rule(work: Work, draft: Draft, inbox_id: int, text: str) -> bool:
    """Whether words that answer nothing ask something we fairly know (这个去哪办 要带啥): it is answered."""
    if (topic := checking.asks_how_to_apply(text)) is not None:
        return policy_answers.tapped(work, draft.conversation, inbox_id, topic)
    asks = policy_answers.asks_known(text) and not replies.resumes(text)  # 接着测算不算留守 asks for no rule
    if asks:
        policy_answers.answer(work, draft.conversation, inbox_id, text)
    return asks


def again(work: Work, draft: Draft, check: Check, inbox_id: int, *, missed: int = 0) -> str | None:
    """Ask the open question again; while it stands in sight only shortly, never in the same words twice running."""
    on = work.today
    if not missed and (buttons := in_sight.buttons(work, draft, check, inbox_id)):
        key = "eligibility.question.still" + (".english" if check.english else "")
        args = {"field": in_sight.called(check, draft.asked or "fact", on), "choices": buttons}
        mailbox.say(work, draft.conversation, key, args, reply_to=inbox_id)
        return keep(work, draft, check, draft.asked or "fact")
    if draft.asked == "result":
        return showing.above(work, draft, check, inbox_id, missed=bool(missed))
    if check.fact is not None and draft.asked == "fact":
        question = eligibility.question(check.fact, model.in_force(on))
        return ask_fact(work, draft, check, inbox_id, question, missed=missed)
    return proceed(work, draft, check, inbox_id, missed=missed)


def go_on(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    """Who was offered the result and rather answers is asked; once it is given, the rest."""
    if draft.asked == "result":
        return ask_the_rest(work, draft, check, inbox_id)
    return again(work, draft, check, inbox_id)


def taken_up(work: Work, draft: Draft, check: Check, inbox_id: int, *, told_rasa: bool) -> str | None:
    """Go on where it was left: a result is shown again, a question put again; after hours what was told is read back
    first. `told_rasa`: something was only answered in between."""
    just_now = work.now - draft.updated_at < in_sight.IN_SIGHT
    if draft.asked == "result" and just_now and not told_rasa and _next(copy.deepcopy(check), work.today) is not None:
        return ask_the_rest(work, draft, check, inbox_id)  # 接着测, with the result in sight
    if draft.asked != "result" or not (told_rasa and just_now):
        said = (recap.in_english if check.english else recap.recap)(check.facts, work.today)
        if draft.asked == "result" or just_now or not said:
            mailbox.say(work, draft.conversation, "eligibility.resumed", reply_to=inbox_id)
        else:
            mailbox.say(work, draft.conversation, "eligibility.resumed.told", {"recap": said}, reply_to=inbox_id)
    return again(work, draft, check, inbox_id)


def answer_in_words(check: Check, text: str, on: date) -> bool:
    """Take words as the answer to what is asked. False: they are none."""
    known = model.in_force(on)
    if check.screen:
        if family_answers.is_unknown(text):
            check.tell(dict.fromkeys(check.screen, "unknown"))
        elif family_answers.value(text, "screen", (("no", "都没有"), ("no", "没有")), on) == "no":
            check.tell({fact: known.facts[fact].default for fact in check.screen})
        else:
            return False
        check.screen = []
        return True
    if check.fact is None:
        return False
    question = eligibility.question(check.fact, known)
    if check.english:
        question = english.question(question, known)
    value = family_answers.value(text, check.fact, [(one.value, one.label) for one in question.choices], on)
    if value is None or not _allowed(check, check.fact, value, on):
        return False
    check.tell({check.fact: value})
    _just_below(check, check.fact, value, on)
    check.last = check.fact
    return True


def _allowed(check: Check, fact: str, value: object, on: date) -> bool:
    try:
        eligibility.assess({**check.facts, fact: value}, on)
    except WrongFacts:
        return False
    return True


def answered(work: Work, draft: Draft, check: Check, inbox_id: int, field: str, value: str) -> bool:
    """A button that answers a fact or a screen. False: there is no such answer (any more)."""
    on = work.today
    known = model.in_force(on)
    if field == "screen":
        if not check.screen:
            return False
        return _screen(work, draft, check, inbox_id, value)
    if field not in known.askable and field not in known.alternatives:
        return False
    told: Any = int(value) if known.facts[field].kind == "integer" and value.isdigit() else value
    if not _allowed(check, field, told, on):
        return False
    check.tell({field: told})
    _just_below(check, field, told, on)
    check.last, check.fact, check.screen = field, None, []
    proceed(work, draft, check, inbox_id)
    return True


def _screen(work: Work, draft: Draft, check: Check, inbox_id: int, value: str) -> bool:
    known = model.in_force(work.today)
    if value in check.screen:
        check.settled.append(",".join(check.screen))
        ask_fact(work, draft, check, inbox_id, eligibility.question(value, known))
        return True
    if value == "none":
        check.tell({fact: known.facts[fact].default for fact in check.screen})
    elif value == "unknown":
        check.tell(dict.fromkeys(check.screen, "unknown"))
    else:
        return False
    check.screen = []
    proceed(work, draft, check, inbox_id)
    return True


def _report(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    """A sign of danger: the report comes first; the check waits and is offered again (JL-3.8.k)."""
    check.reported, check.fact, check.screen = True, None, []
    keep(work, draft, check, "fact")
    mailbox.say(work, draft.conversation, "eligibility.emergency", reply_to=inbox_id, priority=mailbox.URGENT)
    harm = next(fact for fact in EMERGENCY if check.facts.get(fact) in ("yes", "current") or fact == "harm_type")
    intake.start(work, draft.conversation, inbox_id, texts.phrase(f"eligibility.words.{harm}"), urgent=True)
    return None
