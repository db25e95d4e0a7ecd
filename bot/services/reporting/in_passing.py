"""What somebody says in the middle of the report talk that is no answer to its question: that the police were told,
that he telephones now, that it is all and may go, that a child has to leave."""

from __future__ import annotations

import re

from bot.care import intake
from bot.reading import danger
from bot.reading.aftermath import police_told
from bot.reading.reports import asides, by_kind, fitting, reporting, told
from bot.reading.talk import answers as short
from bot.reading.talk import pausing, purposes, replies
from bot.reading.where import places
from bot.services.casework import police
from bot.services.drafts import Answers
from bot.services.mail import mailbox
from bot.services.reporting import (
    absorbing,
    adding,
    courteous,
    filing,
    heard_beside,
    keeping,
    putting_right,
    questions,
    staying,
)
from bot.services.talk import advising, policy_answers
from bot.services.work import Work
from bot.storage.tables import Draft, Report

_COMES = re.compile("来了|到我家|在我家")
"""A grown-up came to the child, which did not go out."""
NEEDED = ("danger_now", "what", "place", "kind")
"""What is still asked of somebody who has no more to tell; who hands it over is asked nothing more."""
CODED = ("danger_now", "follow_up", "confirm", "safe_contact")
"""Whether an answer is wanted is an answer of its own to these."""
LONGEST_WISH = 30
FIRST = ("what", "danger_now", "kind")
"""Questions whose answers come before anything can be handed over."""


def takes(work: Work, draft: Draft, answers: Answers, asked: str, inbox_id: int, text: str) -> bool:
    """Take a message that is one of these; the talk goes on, or is over. False: it is none."""
    if answers.menu:
        return False
    if courteous.takes(work, draft, answers, asked, inbox_id, text):
        return True
    if heard_beside.takes(work, draft, answers, asked, inbox_id, text):
        return True
    of_the_matter = _takes_of_the_matter(work, draft, answers, inbox_id, text)
    return of_the_matter or _takes_of_the_talk(work, draft, answers, asked, inbox_id, text)


def _takes_of_the_matter(work: Work, draft: Draft, answers: Answers, inbox_id: int, text: str) -> bool:
    """Help is there, the police know, or a grown-up is near whom the child trusts."""
    before = answers.words_of(heard_beside.POLICE)
    of_police = ((one, new) for one in before if (new := police_told.time_put_right(one, text)))
    wrong, text = next(of_police, ("", text))  # 写错了，是三点半
    if asides.OVER in asides.kinds(text) and draft.report is not None and danger.read(text).level != "emergency":
        _come_to_rest(work, draft, answers, inbox_id, text)
    elif police_told.read(text) is not None:
        _police_told(work, draft, answers, inbox_id, text, wrong)
    elif police_told.education(text) and danger.read(text).level == "none":
        _education_told(work, draft, answers, inbox_id, text)
    elif replies.refuses_name(text) and danger.read(text).level != "emergency":
        _stays_unnamed(work, draft, answers, draft.asked or "what", inbox_id, text)
    elif draft.report is not None and staying.has_heard(answers, text):
        questions.proceed(work, draft, answers, inbox_id)
    elif draft.report is not None and staying.is_safe_now(answers, text):
        answers.said("what", text)
        absorbing.place_named(answers, text)
        alone = staying.only_alone(answers) or advising.AT_THE_DOOR in answers.facts.get("signs", ())
        at_home = alone and _COMES.search(text) is not None
        key = "report.with_adult.home" if at_home else "report.with_adult"
        mailbox.say(work, draft.conversation, key, reply_to=inbox_id)
        questions.proceed(work, draft, answers, inbox_id)
    elif answers.childs and asides.blames_itself(text) and danger.read(text).level == "none":
        answers.said("what", text)
        mailbox.say(work, draft.conversation, "report.no_fault.child", reply_to=inbox_id)
        if not staying.goes_on(answers):
            questions.proceed(work, draft, answers, inbox_id)
    elif answers.childs and (who := _trusted(answers, text)) is not None:
        answers.said("what", text)
        absorbing.place_named(answers, text)  # 奶奶在家呢 我在姜家店村
        mailbox.say(work, draft.conversation, "report.trusted.child", {"who": who}, reply_to=inbox_id)
        questions.proceed(work, draft, answers, inbox_id)
    else:
        return False
    return True


def _takes_of_the_talk(work: Work, draft: Draft, answers: Answers, asked: str, inbox_id: int, text: str) -> bool:
    """How the talk itself is to go on: nothing to add, hand it over, no number, no word back, I must go."""
    wanted = replies.wants_reply(text)
    if asked not in FIRST and replies.contact_wish(text) == "here" and not absorbing.tells_something(text):
        answers.said("safe_contact", text)
        questions.store(answers, "follow_up", "yes")
        mailbox.say(work, draft.conversation, "report.contact.here", reply_to=inbox_id)
        questions.proceed(work, draft, answers, inbox_id)
        return True
    if asked == "confirm" and wanted == "no":
        questions.store(answers, "follow_up", "no")
        mailbox.say(work, draft.conversation, "report.contact.no", reply_to=inbox_id)
        questions.proceed(work, draft, answers, inbox_id)
    elif asked not in CODED and wanted is not None:
        # 不用回我了, said at another question: it is taken, and the question stands.
        questions.store(answers, "follow_up", wanted)
        mailbox.say(work, draft.conversation, "report.noted", reply_to=inbox_id)
        questions.proceed(work, draft, answers, inbox_id)
    elif _hands_over(answers, asked, text) and not filing.nothing_told(work, draft, answers):
        if replies.wants_news(text) or reporting.wants_visit(text):
            questions.store(answers, "follow_up", "yes")
        _leave(answers, () if asked not in FIRST else ("danger_now", "what", "place"))
        _to_the_end(work, draft, answers, inbox_id)
    elif asides.leaves(text) or replies.later(text) or pausing.is_one(text):
        child = answers.childs
        mailbox.say(work, draft.conversation, "report.leaving.child" if child else "report.leaving", reply_to=inbox_id)
    elif _only_wants_secrecy(text) and asked != "what":
        _stays_unknown(work, draft, answers, asked, inbox_id)
    elif replies.leaves_no_contact(text) and "safe_contact" not in answers.given:
        _leave_out_contact(work, draft, answers, asked, inbox_id, text)
    elif replies.no_more(text) and asked not in NEEDED and not absorbing.tells_something(text):
        _leave(answers, NEEDED)
        questions.proceed(work, draft, answers, inbox_id)
    else:
        return False
    return True


def _stays_unnamed(work: Work, draft: Draft, answers: Answers, asked: str, inbox_id: int, text: str) -> None:
    """No name is left: that is said, who somebody is is not asked, and nothing of it stands as who he is. A child says
    it of itself: its age counts, its name is not asked again."""
    if answers.childs:
        questions.absorb(work, draft, answers, inbox_id, text, asked=asked)
        answers.given.setdefault("child_ref", "skipped")
    else:
        answers.facts.setdefault("reporter_type", "citizen_anonymous")
        answers.given.setdefault("reporter_type", "given")
        for number in absorbing.phones(text):
            answers.said("safe_contact", number)  # 我不留名 电话138…
    mailbox.say(work, draft.conversation, f"report.unnamed{'.child' if answers.childs else ''}", reply_to=inbox_id)
    questions.not_counted(work, draft, answers, asked, inbox_id)


def _stays_unknown(work: Work, draft: Draft, answers: Answers, asked: str, inbox_id: int) -> None:
    """The talk goes on; who fears to be known is not asked once more how to be reached."""
    if asked == "safe_contact":
        questions.leave(answers, asked, "skipped")
        questions.proceed(work, draft, answers, inbox_id)
    else:
        questions.not_counted(work, draft, answers, asked, inbox_id)


def _only_wants_secrecy(text: str) -> bool:
    """Whether a short message asks for secrecy and tells nothing else; that it is heard has been said."""
    short_one = len(text) <= LONGEST_WISH and asides.wants_secrecy(text) and not replies.submits(text)
    short_one = short_one and replies.worry(text) is None
    found = told.read(text)
    return short_one and not (found.signs or found.reporter_type) and not absorbing.tells_something(text)


def _trusted(answers: Answers, text: str) -> str | None:
    """The grown-up a child says is good or near, unless harm was told of that very person."""
    who = asides.trusted_adult(text)
    harm = (said for said in answers.words_of("what") if danger.read(said).level != "none" or told.read(said).signs)
    before = "".join(harm)
    return who if who is not None and who not in before and set(danger.read(text).kinds) <= {danger.HUNCH} else None


def asks(work: Work, draft: Draft, answers: Answers, inbox_id: int, text: str) -> bool:
    """A question to us in the middle that no short answer of ours meets: the rule where we know one, else the truth
    that we do not; the words are kept. False: it is none, or tells of harm."""
    found = told.read(text)
    tells = found.signs or found.child_ref or found.child_age_years or absorbing.phones(text) or places.find(text).best
    if not fitting.asks_us(text) or tells or danger.read(text).level != "none":
        return False
    if (policy_answers.strength(text) or 0.0) >= policy_answers.FAIRLY:
        policy_answers.answer(work, draft.conversation, inbox_id, text)
        return True
    again = "report.asked" in answers.advised
    answers.advised += [] if again else ["report.asked"]
    answers.words.append([keeping.BESIDE, text])
    mailbox.say(work, draft.conversation, "report.asked.again" if again else "report.asked", reply_to=inbox_id)
    return True


def _leave_out_contact(work: Work, draft: Draft, answers: Answers, asked: str, inbox_id: int, text: str) -> None:
    """No number is left: it is not asked for again, and what is told beside it is kept (不留电话 女孩七八岁)."""
    questions.leave(answers, "safe_contact", "skipped")
    beside = [one.text for one in purposes.read(text) if one.purpose == purposes.FACT]
    beside = [one for one in beside if not replies.leaves_no_contact(one) and replies.contact_wish(one) is None]
    if absorbing.tells_something(" ".join(beside)) or len(beside) > 1:
        questions.absorb(work, draft, answers, inbox_id, " ".join(beside), asked="what")
    if replies.looks_himself(text):
        questions.store(answers, "follow_up", "no")
    elif replies.wants_word_here(text):
        questions.store(answers, "follow_up", "yes")  # 可以联系我 但我电话不想留
    mailbox.say(work, draft.conversation, "report.no_contact", reply_to=inbox_id)
    if replies.submits(text) and asked not in FIRST:
        _leave(answers, ())
        _to_the_end(work, draft, answers, inbox_id)
    else:
        questions.proceed(work, draft, answers, inbox_id)


def has_enough(work: Work, draft: Draft, answers: Answers, asked: str, inbox_id: int, text: str) -> bool:
    """Somebody whose report stands only says 好 to a question he was asked before: he hears what was passed on and gets
    the code. False: he is asked once more."""
    times = answers.times.get(f"report.{asked}", 0) + answers.times.get(f"report.{asked}.child", 0)
    waits = asked in staying.FORMS and filing.severity_of(answers) == "S0"
    before, agrees = times > (0 if waits else 1), short.only_agrees(text) or (waits and staying.agrees(text))
    if draft.report is None or asked in NEEDED or not before or not agrees:
        return False
    _leave(answers, ())
    _to_the_end(work, draft, answers, inbox_id)
    return True


def _hands_over(answers: Answers, asked: str, text: str) -> bool:
    """At what was read back, asking whether it is in (记上了没), or having nothing to change, hands it over too; who
    wants somebody to come (行 叫人来吧) does so, once it is known where."""
    if replies.submits(text) or (answers.given.get("place") == "given" and reporting.wants_visit(text)):
        return not absorbing.tells_something(text)
    asks = replies.question(text) == "report.not_yet" or replies.no_more(text)
    return asked == "confirm" and asks and bool(answers.recap)


def _leave(answers: Answers, but: tuple[str, ...]) -> None:
    for field in intake.FIELDS:
        if field in answers.given or field in but:
            continue
        if field == "kind" and answers.facts.get("signs"):
            answers.settle(field, "skipped")  # what was told says the kind
        else:
            questions.leave(answers, field, "skipped")


def _to_the_end(work: Work, draft: Draft, answers: Answers, inbox_id: int) -> None:
    """Hand it over where nothing is missing that must be asked, without reading it back first: it is shown with the
    code and can be added to."""
    severity = filing.keep_up(work, draft, answers, inbox_id)
    left = intake.next_field(answers.given, answers.facts, severity)
    if left in (None, "confirm", "follow_up"):
        if answers.facts.get("follow_up") != "yes":
            questions.leave(answers, "follow_up", "skipped")
        questions.file(work, draft, answers, inbox_id)
    else:
        questions.proceed(work, draft, answers, inbox_id)


def _come_to_rest(work: Work, draft: Draft, answers: Answers, inbox_id: int, text: str) -> None:
    """It has come to rest, or help is there: kept and passed on, and nothing is lowered by it."""
    answers.said("what", text)
    if police_told.read(text) is not None:
        police.heard(work, work.session.get_one(Report, str(draft.report)), text)
    again = "report.over" in answers.advised
    answers.advised += [] if again else ["report.over"]
    ill = set(advising.kinds(answers.facts.get("signs", ()))) <= advising.TO_RESCUE
    over = "report.over.child" if answers.childs else "report.over.illness" if ill else "report.over"
    mailbox.say(work, draft.conversation, "report.noted" if again else over, reply_to=inbox_id)
    questions.proceed(work, draft, answers, inbox_id)


def _police_told(work: Work, draft: Draft, answers: Answers, inbox_id: int, text: str, wrong: str = "") -> None:
    """Kept with the report, on the police record where it stands already; the question comes again.
    `wrong`: what was said before, with an hour that these words put right."""
    before = answers.words_of(heard_beside.POLICE)
    text, beside = by_kind.parted(heard_beside.POLICE, text)
    keeping.keep_beside(answers, beside)
    if wrong:
        answers.words.remove([heard_beside.POLICE, wrong])
        answers.words.append([putting_right.CHANGED, f"{wrong} → {text}"])
    answers.said(heard_beside.POLICE, text)
    if (
        told.read(text).child_ref
        or places.find(police_told.without_station(text), within=answers.area).best is not None
    ):
        questions.absorb(work, draft, answers, inbox_id, text, asked="what")  # 甲山村二组 孩子叫小美 我打110了
    if draft.report is not None:
        police.heard(work, work.session.get_one(Report, draft.report), text, instead_of=wrong)
    police.confirm(work, draft.conversation, inbox_id, text, again=bool(before))
    questions.proceed(work, draft, answers, inbox_id)


def _education_told(work: Work, draft: Draft, answers: Answers, inbox_id: int, text: str) -> None:
    """A school tells both authorities (JL-3.6.e): the second is kept in a line of its own and said back."""
    text, beside = by_kind.parted(heard_beside.POLICE, text)
    keeping.keep_beside(answers, beside)
    answers.said(keeping.EDUCATION, text)
    adding.say_education(work, draft.conversation, inbox_id, text)
    questions.proceed(work, draft, answers, inbox_id)
