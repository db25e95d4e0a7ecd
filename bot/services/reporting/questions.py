"""The questions of the report talk: which comes next, in which words, and when one is left open."""

from __future__ import annotations

from typing import Any

from bot import texts
from bot.care import intake
from bot.reading.persons import called
from bot.reading.reports import reporting
from bot.reading.talk import child_talk, replies
from bot.reading.where import places
from bot.services import conversations, drafts
from bot.services.drafts import Answers
from bot.services.eligibility import state
from bot.services.mail import mailbox
from bot.services.reporting import absorbing, filing, readback, staying
from bot.services.talk import advising, language
from bot.services.work import Work
from bot.storage.tables import Draft

MOST = 2
"""How often one question is asked in the same words; the third time it is left open."""
ASSUMED = "other_serious_harm"
"""The sign that stands for a kind nobody could tell."""
BARE = 8
"""Characters of telling below which what happened is asked, rather than which kind it is."""
CODED = ("danger_now", "follow_up", "kind")
"""Questions answered by a code: left open they are unknown."""


def absorb(work: Work, draft: Draft, answers: Answers, inbox_id: int, text: str, asked: str) -> None:
    """Take what a message tells, and say what there is to say about it."""
    answers.english = language.english(work, draft.conversation)
    unclear = draft.report is None and answers.given.get("kind") == "unclear"
    before, reached = dict(answers.facts), answers.words_of("safe_contact")
    notes = absorbing.absorb(answers, text, asked)
    answers.grown = answers.grown or (answers.own_pain and state.is_grown(work, draft.conversation))
    if answers.facts.get("reporter_type") == "citizen_anonymous" and called.gives_his_name(text):
        answers.facts["reporter_type"] = intake.NAMED
    notes += _numbers(answers, text, reached) if _confirms(answers, asked) else []
    notes += _heard_later(draft, answers, before)
    conversations.speak(work, draft.conversation, child=answers.childs)
    for note in notes:
        mailbox.say(work, draft.conversation, note.key, note.args, reply_to=inbox_id)
    signs = set(answers.facts.get("signs", ()))
    if unclear and signs - {ASSUMED}:
        answers.facts["signs"] = sorted(signs - {ASSUMED})  # what kind it is, is told now; harm was only assumed


def take_earlier(work: Work, draft: Draft, answers: Answers, inbox_id: int, words: list[str]) -> None:
    """Take what a child said before it told of harm: who it is; the rest stands as it was said, and means nothing."""
    for one in words:
        if child_talk.of_a_child(one) and child_talk.kind(one) is None:
            absorb(work, draft, answers, inbox_id, one, asked="what")
        else:
            answers.said("what", one)
        answers.facts.setdefault("reporter_type", "child_self")


def _confirms(answers: Answers, asked: str) -> bool:
    """Whether a number left now is confirmed: it did not answer the question, and no emergency has its own words."""
    return asked != "safe_contact" and not answers.urgent and filing.severity_of(answers) != "S0"


def _numbers(answers: Answers, text: str, before: list[str]) -> list[absorbing.Note]:
    """A number left beside something else is confirmed: whoever gave it need not give it again."""
    fresh = [one for one in absorbing.phones(text) if one in answers.words_of("safe_contact") and one not in before]
    return [absorbing.Note("report.number_taken", {"number": "、".join(fresh)})] if fresh else []


def _heard_later(draft: Draft, answers: Answers, before: dict[str, Any]) -> list[absorbing.Note]:
    """What is said to harm of another kind that comes late in a talk which pointed to the police already, and to words
    that what people were told of is not so now."""
    voice = ".child" if answers.childs else ""
    signs = set(answers.facts.get("signs", ())) - set(before.get("signs", ()))
    pointed = any(key.startswith("report.first.S1") for key in answers.advised) or draft.report is not None
    if before.get("danger_now") == "yes" and answers.facts.get("danger_now") == "no" and draft.report is not None:
        calmed = ".own" if answers.own_pain and answers.grown else voice
        return [absorbing.Note(f"report.calm_now{calmed}", {})]
    known = set(advising.kinds(before.get("signs", ())))
    fresh = set(advising.kinds(signs)) - known
    grave = filing.severity_of(Answers(facts={"signs": sorted(signs)})) == "S1" if signs else False
    if not (pointed and fresh and grave) or answers.urgent:
        return []
    return [absorbing.Note(f"report.harm_later{voice}", {})]


def proceed(work: Work, draft: Draft, answers: Answers, inbox_id: int) -> str | None:
    """Open or feed the report where its time has come, then ask the next question or come to the end."""
    answers.menu = False
    while True:
        severity = filing.keep_up(work, draft, answers, inbox_id)
        field = intake.next_field(answers.given, answers.facts, severity)
        if staying.holds(answers, severity, field):
            return staying.stay(work, draft, answers, inbox_id)
        if staying.WITH_ADULT in answers.advised and staying.needs_no_more(answers, field):
            leave(answers, str(field), "skipped")
            continue
        if field is None:
            return file(work, draft, answers, inbox_id)
        if field == "confirm" and filing.nothing_told(work, draft, answers):
            return filing.let_go(work, draft, inbox_id)
        if field == "kind" and not _told_enough(answers):
            return ask(work, draft, answers, "what", inbox_id)
        if field == "confirm" and _shown_enough(draft, answers):
            answers.recap = ""  # it comes with the code
            return file(work, draft, answers, inbox_id)
        if field != draft.asked:
            answers.clarified = 0
        if field == "confirm" or _asked_before(answers, field) < MOST:
            return ask(work, draft, answers, field, inbox_id)
        leave(answers, field, "unclear")


def file(work: Work, draft: Draft, answers: Answers, inbox_id: int, *, briefly: bool = False) -> str | None:
    """End this report; where another child was told of in the same talk, its own is next. Returns the field asked."""
    filing.file(work, draft, answers, inbox_id, briefly=briefly)
    if not answers.other:
        return None
    other, fresh = Answers(**answers.other["answers"]), drafts.begin(work, draft.conversation, "report")
    fresh.report = answers.other["report"]
    if other.area is None and other.candidates == answers.candidates and "place" in answers.given:
        other.settle("place", answers.given["place"])  # which of them it is was asked already
    elif other.area is None and answers.area in other.candidates:
        other.area, other.candidates = answers.area, []
    conversations.enter(work, draft.conversation, "report", told_rasa=False)
    mailbox.say(work, draft.conversation, "report.other.now", {"who": readback.called(other)}, reply_to=inbox_id)
    return proceed(work, fresh, other, inbox_id)


def _shown_enough(draft: Draft, answers: Answers) -> bool:
    """Whether a report that people have already was read back `MOST` times to somebody who goes on telling: a child who
    runs to the neighbour says no yes to it, and needs the code."""
    return draft.report is not None and draft.asked == "confirm" and answers.times.get("confirm", 0) >= MOST


def _told_enough(answers: Answers) -> bool:
    """Whether anything was told that has a kind, or what happened was asked already."""
    asked = any(key.startswith("report.what") for key in answers.times)
    return asked or sum(map(reporting.told_characters, answers.words_of("what"))) > BARE


def finished(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Somebody has said all of what is on its way already and wants the code: it comes without another question.
    False: nothing is on its way yet, or it is not wanted."""
    draft = drafts.current(work, conversation, "report")
    if draft is None or draft.report is None or not replies.wants_the_code(text):
        return False
    end_here(work, draft, inbox_id, but=("danger_now", "place", "what", "kind"))
    return True


def end_here(work: Work, draft: Draft, inbox_id: int, but: tuple[str, ...] = (), *, briefly: bool = False) -> None:
    """Ask no more of a report that stands, except for what is in `but`; with nothing left it is filed. `briefly`: its
    teller was told all the rest in the talk and gets only the code."""
    answers = drafts.answers(work, draft)
    for field in intake.FIELDS:
        told = field == "kind" and answers.facts.get("signs")  # what kind it is, is plain: nothing is assumed
        if field not in answers.given and field not in but and not told:
            leave(answers, field, "skipped")
    if not but:
        file(work, draft, answers, inbox_id, briefly=briefly)
    else:
        proceed(work, draft, answers, inbox_id)


def ask(work: Work, draft: Draft, answers: Answers, field: str, inbox_id: int) -> str:
    """Ask for one field, in the words for whoever writes, and remember that it was asked."""
    if field == "confirm":
        return _read_back(work, draft, answers, inbox_id)
    if field == "what" and staying.goes_on(answers):
        return staying.stay(work, draft, answers, inbox_id)
    key, args = _question(answers, field)
    key = in_their_language(answers, key)
    if _waits(work, answers, field, inbox_id, asked_before=key in answers.times):
        drafts.save(work, draft, answers, field)
        return field
    times = answers.times[key] = answers.times.get(key, 0) + 1
    again = f"{key}.again"
    mailbox.say(work, draft.conversation, again if times > 1 and texts.known(again) else key, args, reply_to=inbox_id)
    drafts.save(work, draft, answers, field)
    return field


def _waits(work: Work, answers: Answers, field: str, inbox_id: int, *, asked_before: bool) -> bool:
    """Whether a question of the form waits in an emergency: it was asked once, or what to do has just been said."""
    if field not in staying.FORMS or filing.severity_of(answers) != "S0":
        return False
    said = [row.key for row in mailbox.replies_to(work, inbox_id)]
    return bool(said) and (asked_before or (field == "follow_up" and any(key.startswith("danger.") for key in said)))


def in_their_language(answers: Answers, key: str) -> str:
    """The key of the same words with English beside them, where there are such and English is written."""
    return f"{key}.english" if answers.english and texts.known(f"{key}.english") else key


def _asked_before(answers: Answers, field: str) -> int:
    return answers.times.get(in_their_language(answers, _question(answers, field).key), 0)


def _question(answers: Answers, field: str) -> absorbing.Note:
    key = f"report.{field}" if field != "more" else "report.confirm_more"
    child = answers.childs
    if field == "place" and answers.own_pain and answers.grown:
        key = "report.place.own"
    elif field == "place" and answers.facts.get("danger_now") == "yes" and not child:
        key = "report.place.hides" if advising.hides(answers) else "report.place.emergency"
    if field == "safe_contact" and answers.facts.get("reporter_type") == intake.NAMED:
        key = "report.safe_contact.named"
    if field == "unit" and answers.words_of(filing.POLICE):
        key = "report.unit.told"  # who must report has done so
    if field == "child_ref" and "child_age_years" in answers.facts:
        key = "report.child_ref.aged"  # what was told is not asked
    if child and texts.known(f"report.{field}.child"):
        key = f"report.{field}.child"
    return _place_question(answers, key) if field == "place" else absorbing.Note(key, {})


def _place_question(answers: Answers, key: str) -> absorbing.Note:
    """How to ask for the place now: the plain question `key`, which of several, finer, or once more."""
    if len(answers.candidates) == 1:
        code = answers.candidates[0]
        choices = [[texts.phrase("value.meant"), f"report.place={code}"]]
        return absorbing.Note("report.place_meant", {"place": places.full_name(code), "choices": choices})
    if answers.candidates:
        choices = [[places.full_name(code), f"report.place={code}"] for code in answers.candidates]
        return absorbing.Note("report.place_which", {"choices": choices})
    if answers.area is not None:
        told_words = [text for field, text in answers.words if field in ("place", "what")]
        if len(answers.area) == absorbing.VILLAGE_DIGITS:
            return absorbing.Note("report.place_there", {"place": places.as_told(answers.area, told_words)})
        return absorbing.Note("report.place_finer", {"place": places.as_told(answers.area, told_words)})
    if answers.pinned:
        return absorbing.Note("report.place_pinned", {})
    again = "report.place_again.child" if answers.childs and not answers.english else "report.place_again"
    return absorbing.Note(again if answers.place_missed else key, {})


def _read_back(work: Work, draft: Draft, answers: Answers, inbox_id: int) -> str:
    """Show what will be reported; unchanged it is not shown whole a second time, nor a third time where something was
    only added at its end: then that is shown."""
    read, before = readback.recap(answers), answers.recap
    added = read.removeprefix(f"{before}\n") if before and answers.times.get("confirm", 0) >= MOST else read
    key = "report.confirm" if read in (added, before) else "report.confirm.added"
    key += ".child" if answers.childs else ""
    key = in_their_language(answers, f"{key}.again" if read == before else key)
    mailbox.say(work, draft.conversation, key, {"recap": added}, reply_to=inbox_id)
    answers.recap, answers.told_then = read, answers.told_then or len(answers.words)
    answers.times["confirm"] = answers.times.get("confirm", 0) + 1
    drafts.save(work, draft, answers, "confirm")
    return "confirm"


def once_more(work: Work, draft: Draft, answers: Answers, asked: str, inbox_id: int) -> str | None:
    """Not an answer to what was asked: the same question once more, then it stays open."""
    answers.clarified += 1
    if answers.clarified >= absorbing.most_clarifying():
        leave(answers, asked, "unclear")
    return proceed(work, draft, answers, inbox_id)


def kept_beside(work: Work, draft: Draft, answers: Answers, asked: str, inbox_id: int) -> str | None:
    """Something else was told: it is kept, and the question comes more simply, not counted the first time."""
    first = f"beside:{asked}" not in answers.advised
    if not first and asked == "child_ref":
        leave(answers, asked, "unclear")  # who goes on telling is not held up by it
        return proceed(work, draft, answers, inbox_id)
    if not first:
        return once_more(work, draft, answers, asked, inbox_id)
    answers.advised.append(f"beside:{asked}")
    child = answers.childs
    mailbox.say(work, draft.conversation, f"report.kept_beside{'.child' if child else ''}", reply_to=inbox_id)
    return not_counted(work, draft, answers, asked, inbox_id)


def not_counted(work: Work, draft: Draft, answers: Answers, asked: str, inbox_id: int) -> str | None:
    """Go on after something beside the open question: that it comes once more does not use it up. After that it is only
    said what is still open, with its buttons: nobody hears the same words three times."""
    waits, mark = draft.asked == asked and texts.known(f"field.{asked}"), f"waits:{asked}"
    if asked in CODED and asked in answers.given:
        return proceed(work, draft, answers, inbox_id)  # it was answered in the same breath
    if asked == "follow_up" and mark in answers.advised:
        leave(answers, asked, "unclear")  # whoever has other worries is not asked a third time
        return proceed(work, draft, answers, inbox_id)
    often = asked in CODED and _asked_before(answers, asked) >= MOST
    if waits and (mark in answers.advised or often):
        key, args = _question(answers, asked)
        buttons = texts.render(in_their_language(answers, key), args).choices
        still = {
            "field": texts.phrase(f"field.{asked}", answers.language),
            "choices": [[one.label, one.value] for one in buttons],
        }
        open_key = "report.still_open.child" if answers.childs else "report.still_open"
        open_key = (
            open_key if answers.childs and not answers.english else in_their_language(answers, "report.still_open")
        )
        mailbox.say(work, draft.conversation, open_key, still, reply_to=inbox_id)
        drafts.save(work, draft, answers, asked)
        return asked
    before = dict(answers.times)
    now = proceed(work, draft, answers, inbox_id)
    if now == asked and draft.asked == asked:
        answers.times = before
        answers.advised.append(mark)
        drafts.save(work, draft, answers, asked)
    return now


def stay_or_ask(work: Work, draft: Draft, answers: Answers, asked: str, inbox_id: int) -> str | None:
    """Go on after something was answered beside the open question; a child we stay with has had its sentence."""
    if not staying.goes_on(answers):
        return not_counted(work, draft, answers, asked, inbox_id)
    filing.keep_up(work, draft, answers, inbox_id)
    drafts.save(work, draft, answers, "what")
    return "what"


def leave(answers: Answers, field: str, how: str) -> None:
    """Leave a question open: `how` is "unclear" or "skipped". What is unknown is never taken for a no."""
    answers.settle(field, "given" if field == "place" and answers.area else how)
    if field == "reporter_type":
        answers.facts.setdefault("reporter_type", "citizen_anonymous")
    elif field == "kind":
        store(answers, "kind", "unclear")
    elif field in CODED:
        store(answers, field, "unknown")


def store(answers: Answers, field: str, value: str) -> None:
    """Store a coded answer. An unclear kind is read as harm: unknown never lowers (policy README, point 3)."""
    answers.given[field] = "given"
    if field == "kind":
        answers.given["kind"] = "unclear" if value == "unclear" else "given"
        sign = "other_serious_harm" if value == "unclear" else value
        answers.facts["signs"] = sorted({*answers.facts.get("signs", ()), sign})
    else:
        stays = field == "danger_now" and value == "unknown" and answers.facts.get(field) == "yes"
        answers.facts[field] = "yes" if stays else value  # what is not known now takes back nothing that was told
        if field == "danger_now" and value in ("yes", "unknown") and advising.URGE in answers.advised:
            answers.facts["suspect_is_reporter"] = "yes"  # it is his own anger that was asked about
        if field == "danger_now" and value == "yes":
            answers.doubtful += ["beaten_now"] if advising.URGE in answers.advised else []
            absorbing.danger_confirmed(answers)
        if field == "danger_now" and value == "unknown" and advising.URGE in answers.advised:
            # Who cannot say that he did not strike: what is unknown never lowers.
            answers.facts["signs"] = sorted({*answers.facts.get("signs", ()), "carer_hits"})
