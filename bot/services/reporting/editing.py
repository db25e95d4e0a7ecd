"""Changing what was answered: the menu of what to change, words that choose from it, and corrections in passing."""

from __future__ import annotations

import copy

from bot import texts
from bot.care import intake
from bot.reading.reports import corrections, named_field, told
from bot.reading.talk import answers as short
from bot.reading.talk import replies
from bot.reading.where import places
from bot.services import drafts
from bot.services.drafts import Answers
from bot.services.mail import mailbox
from bot.services.reporting import absorbing, putting_right, questions, staying
from bot.services.work import Work
from bot.storage.tables import Draft

ASKED = "more"
"""The open question while the menu is shown, for Rasa; `Answers.menu` tells the menu from a plain addition."""


def offer(work: Work, draft: Draft, answers: Answers, inbox_id: int) -> str:
    """Ask what is to be changed."""
    fields = [name for name in intake.FIELDS if name in answers.given]
    choices = [[texts.phrase(f"field.{name}", answers.language), f"report.edit={name}"] for name in fields]
    mailbox.say(work, draft.conversation, "report.edit", {"choices": choices}, reply_to=inbox_id)
    answers.menu = True
    drafts.save(work, draft, answers, ASKED)
    return ASKED


def choose(work: Work, draft: Draft, answers: Answers, inbox_id: int, text: str) -> str | None:
    """Take words at the menu: they name a field, or tell what holds instead; a plain yes or no changes nothing."""
    answers.menu = False
    named = short.correction(text)
    field, new = named if named is not None and named[0] else (named_field.read(text) or (None, ""))
    if field is None and short.short_answer(text) is None and not replies.is_empty(text):
        field, new = _by_content(text), text
    if field is not None:
        return correct(work, draft, answers, inbox_id, field, new)
    if short.short_answer(text) is None and not replies.is_empty(text):
        questions.absorb(work, draft, answers, inbox_id, text, asked=ASKED)
    return questions.proceed(work, draft, answers, inbox_id)


def _by_content(text: str) -> str | None:
    found, place = told.read(text), places.find(text)
    if place.best or place.candidates or place.outside:
        return "place"
    if found.child_ref or found.child_age_years:
        return "child_ref"
    if absorbing.phones(text):
        return "safe_contact"
    return "when" if found.when and not found.signs else None


def labelled(answers: Answers, text: str) -> tuple[str, str] | None:
    """The answered field whose button a message repeats word for word (在哪里), wherever the talk stands, with no new
    words; or the place, with what holds instead of the one that was told. In the shape of a correction."""
    if (place := putting_right.place(answers, text)) is not None:
        return "place", place
    said = text.strip(" 。？?")
    return next(((name, "") for name in answers.given if said == _label(name, answers.language)), None)


def _label(name: str, language: str | None) -> str:
    return texts.phrase(f"field.{name}", language) if texts.known(f"field.{name}") else ""


def correct(work: Work, draft: Draft, answers: Answers, inbox_id: int, field: str | None, new: str) -> str | None:
    """Replace one answer by new words, or ask for it again; without a field it is the age. The talk then goes on where
    it was."""
    if field is None:
        return _correct_age(work, draft, answers, inbox_id, new)
    if field not in intake.FIELDS:
        return offer(work, draft, answers, inbox_id)
    reopen(answers, field)
    if not new:
        return questions.ask(work, draft, answers, field, inbox_id)
    if field in questions.CODED:
        lead = replies.lead(new)
        if lead is None:
            return questions.ask(work, draft, answers, field, inbox_id)
        questions.store(answers, field, lead.kind)
    else:
        questions.absorb(work, draft, answers, inbox_id, new, asked=field)
    mailbox.say(work, draft.conversation, "report.corrected", reply_to=inbox_id)
    return questions.proceed(work, draft, answers, inbox_id)


def put_right(work: Work, draft: Draft, answers: Answers, inbox_id: int, text: str, new: str) -> str | None:
    """What was told before is corrected already in its own words; facts that were read from it are read anew."""
    before = len(answers.words)
    questions.absorb(work, draft, answers, inbox_id, text, asked="what")
    del answers.words[before:]
    key = questions.in_their_language(answers, "report.corrected.told")
    mailbox.say(work, draft.conversation, key, {"what": new}, reply_to=inbox_id)
    if staying.goes_on(answers):
        return questions.stay_or_ask(work, draft, answers, draft.asked or "what", inbox_id)
    return questions.proceed(work, draft, answers, inbox_id)


def puts_right(work: Work, draft: Draft, answers: Answers, asked: str, inbox_id: int, text: str) -> bool:
    """Take what a message puts right in free words and read it back; the open question is not used up by it, and what
    else is told is heard. False: nothing is put right by it."""
    if answers.menu:
        return False
    probe, found = copy.deepcopy(answers), corrections.read(text)
    if asked == "place" and found is not None and answers.area is None and not answers.words_of("place"):
        absorbing.absorb(probe, text, asked)  # 响水镇马蹄洼子屯 不是响水 是范家屯镇: the first of it is told here, too
    right = putting_right.facts(probe, text)
    if not right:
        return False
    if not corrections.tells_only_this(text):
        breath = found is not None and found.in_one_breath  # 叫小刚 8岁 不对 是9岁 answers what was asked
        questions.absorb(work, draft, answers, inbox_id, text, asked=asked if breath else "what")
    what = "，".join(putting_right.facts(answers, text) or right)
    key = questions.in_their_language(answers, "report.corrected.told")
    mailbox.say(work, draft.conversation, key, {"what": what}, reply_to=inbox_id)
    if asked == "confirm":
        questions.ask(work, draft, answers, asked, inbox_id)  # it is read back as it holds now, and is no yes
    else:
        questions.stay_or_ask(work, draft, answers, asked, inbox_id)
    return True


def is_age(answers: Answers, new: str) -> bool:
    """Whether what holds instead is an age, where one was told: 不对 是十四."""
    return "child_age_years" in answers.facts and told.read(new).child_age_years is not None


def _correct_age(work: Work, draft: Draft, answers: Answers, inbox_id: int, new: str) -> str | None:
    """Put the age right; whatever else was said of the child stays, and the new words are kept beside it."""
    answers.facts["child_age_years"] = told.read(new).child_age_years
    answers.said("child_ref", new)
    mailbox.say(work, draft.conversation, "report.corrected", reply_to=inbox_id)
    return questions.proceed(work, draft, answers, inbox_id)


def reopen(answers: Answers, field: str) -> None:
    """Ask a field anew: its next answer replaces what was said, only what happened is added to."""
    answers.menu, answers.replaces, answers.recap = False, field, ""
    answers.given.pop(field, None)
    answers.times = {key: count for key, count in answers.times.items() if not key.startswith(f"report.{field}")}
    if field == "place":
        answers.area, answers.candidates, answers.outside = None, [], []
        answers.place_tries, answers.place_missed = 0, False
    elif field == "child_ref":
        for name in absorbing.CORRECTED:
            answers.facts.pop(name, None)
    elif field == "reporter_type":
        answers.facts.pop(field, None)


def tap_place(work: Work, draft: Draft, answers: Answers, value: str, inbox_id: int) -> None:
    """Settle a button under the question for the place: one of several, as far as it is known, or told anew."""
    if value == "again":
        answers.given.pop("place", None)
        answers.candidates, answers.area = [], None
        questions.ask(work, draft, answers, "place", inbox_id)
        return
    answers.candidates = []
    if value == "unclear" and answers.area is None:
        answers.settle("place", "unclear")
    elif absorbing.is_area(value):
        answers.area = value
        answers.given["place"] = "given"
    else:
        answers.given["place"] = "given" if answers.area else "unclear"
    questions.proceed(work, draft, answers, inbox_id)
