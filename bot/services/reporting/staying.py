"""A child that writes in danger is not asked for forms: we stay with it, a short sentence to each of its own, until it
is with a grown-up or has gone on long enough. Only the place is asked for, as long as nobody knows it."""

from __future__ import annotations

import re

from bot.reading.reports import asides, fitting
from bot.reading.talk import answers as short
from bot.reading.talk import replies
from bot.reading.where import places
from bot.services import drafts
from bot.services.drafts import Answers
from bot.services.mail import mailbox
from bot.services.reporting import readback
from bot.services.talk import advising
from bot.services.work import Work
from bot.storage.tables import Draft

STAY, WITH_ADULT, SAID_BACK = "stay", "with_adult", "said_back"
MOST, A_YES, YES = 8, 6, ("嗯", "好", "行", "知道", "我试")
AFTERWARDS = (".more", ".here")
"""Which sentence a child hears after the first, in turn."""
CLOSE = frozenset({"suspect_with_child_now", "weapon"})
"""Signs with which whoever does it is near: nobody is sent out of hiding."""
_CLAUSES = re.compile(r"[^,，。;；!！?？\s]+")
_OF_PEOPLE = re.compile("[爸妈爹娘爷奶姥他她]|^[我俺](?:自己|一个人)?(?:在家|叫)|年级")
_WE_ARE = re.compile("^(?:我们?|俺)?(?:现在)?(?:的?家)?(?:就?[在住]|是)?")
ANSWERS = ("danger.", "report.courtesy", "beside.")
FORMS = ("safe_contact", "follow_up")
"""What waits until the child is safe, and is then not asked at all."""


def holds(answers: Answers, severity: str, field: str | None) -> bool:
    """Whether the next question of the talk waits because a child is in danger and alone with us."""
    alone = WITH_ADULT not in answers.advised and answers.times.get(STAY, 0) < MOST
    return field in FORMS and severity == "S0" and answers.childs and alone


def needs_no_more(answers: Answers, field: str | None) -> bool:
    """Whether a question is not put to a child that is with a grown-up: the form, and where exactly it is."""
    return field in FORMS or (field == "place" and bool(answers.area or answers.words_of("place")))


def stay(work: Work, draft: Draft, answers: Answers, inbox_id: int) -> str:
    """Say the next short sentence; whatever the child says then is kept as what happens. Who hides is not sent out."""
    times = answers.times[STAY] = answers.times.get(STAY, 0) + 1
    close = bool(CLOSE & {*answers.facts.get("signs", ())}) and times == 1
    hidden = asides.SILENT in answers.cards or close or advising.hides(answers)
    asks_finer = hidden and not close and times == 1  # whoever is to come must find the door
    if not asks_finer and _says_where(work, draft, answers, inbox_id):
        drafts.save(work, draft, answers, "what")
        return "what"
    answered = any(row.key.startswith(ANSWERS) for row in mailbox.replies_to(work, inbox_id))
    if times > 1 and answered and (answers.area is not None or answers.words_of("place")):
        drafts.save(work, draft, answers, "what")
        return "what"  # what it wanted to hear has just been said
    if hidden:
        key = "report.stay.hiding" if times == 1 else "report.stay.hiding.more"
        known = times > 1 and any(map(places.spots, answers.words_of("place")))
        key = "report.stay.hiding.placed" if known else f"{key[:18]}.again" if times > 1 and times % 2 else key
        mailbox.say(work, draft.conversation, key, reply_to=inbox_id)
        drafts.save(work, draft, answers, "what")
        return "what"
    where = "" if answers.area is not None or answers.words_of("place") else ".where"
    how = "" if times == 1 else AFTERWARDS[times % 2]
    base = "report.stay.alone" if only_alone(answers) else "report.stay"
    mailbox.say(work, draft.conversation, f"{base}{how}{where}", reply_to=inbox_id)
    drafts.save(work, draft, answers, "what")
    return "what"


def _says_where(work: Work, draft: Draft, answers: Answers, inbox_id: int) -> bool:
    """The place a child told is said back as heard, once. False: none is known, or it was."""
    if SAID_BACK in answers.advised or answers.area is None:
        return False
    answers.advised.append(SAID_BACK)
    own = ".self_harm" if answers.own_pain else ""
    key = f"report.stay.address{own}.child"
    mailbox.say(work, draft.conversation, key, {"where": where(answers)}, reply_to=inbox_id)
    return True


def where(answers: Answers) -> str:
    """The place a child told, as heard, without what else it said when it was asked for it."""
    told = [[field, _only_place(one)] for field, one in answers.words if field == "place" and _of_a_place(one)]
    said = readback.address(Answers(words=told, area=answers.area)) if told else ""
    return _WE_ARE.sub("", said) or (places.full_name(answers.area) if answers.area else "")


def _only_place(text: str) -> str:
    """The same without what it tells of people there: 我在家 响水镇姜家店村 我爸不在家 → 响水镇姜家店村."""
    every = _CLAUSES.findall(text)
    return " ".join(one for one in every if _of_a_place(one) or not _OF_PEOPLE.search(one)) or text


def _of_a_place(text: str) -> bool:
    return bool(places.spots(text)) or places.find(text).best is not None or fitting.is_only_a_place(text)


def only_alone(answers: Answers) -> bool:
    """Whether nothing else was told than that a child is alone at home: nobody is sent out into the night for it."""
    return advising.kinds(answers.facts.get("signs", ())) == ["alone"]


def goes_on(answers: Answers) -> bool:
    """Whether we stay with a child just now, so that its open question is no question of the form."""
    return answers.times.get(STAY, 0) > 0 and WITH_ADULT not in answers.advised


def has_heard(answers: Answers, text: str) -> bool:
    """Take it where a child only agrees to what it was told to do: it gets its code. False: it says something else."""
    if not goes_on(answers) or not agrees(text):
        return False
    answers.advised.append(WITH_ADULT)
    return True


def agrees(text: str) -> bool:
    """Whether a child only agrees to what it was told to do: 嗯我试试."""
    return short.short_answer(text) == "yes" or replies.agrees(text) or (len(text) <= A_YES and text.startswith(YES))


def is_safe_now(answers: Answers, text: str) -> bool:
    """Take it where a child says that it is with a grown-up now. False: it does not."""
    if not answers.childs or not asides.with_adult(text):
        return False
    answers.advised.append(WITH_ADULT)
    return True
