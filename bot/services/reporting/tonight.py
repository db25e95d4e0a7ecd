"""Who told of harm says, or asks, that the child is or goes tonight with the one who may have done it: it is danger and
no mere addition (reports.md §5: suspect with the child now). 110 is named, the report is raised, people hear again."""

from __future__ import annotations

from bot import texts
from bot.reading import danger
from bot.reading.aftermath import afterwards, police_told
from bot.reading.reports import asides, mistaken, together
from bot.reading.talk import replies
from bot.services import conversations, drafts
from bot.services.casework import police, reports
from bot.services.drafts import Answers
from bot.services.mail import mailbox
from bot.services.reporting import adding, filing, intake, questions, worries
from bot.services.talk import advising, emergencies
from bot.services.work import Work
from bot.storage.tables import Draft, Report

EFFECT, ASKED = "tonight", "tonight:asked"
"""ASKED, among what was advised: whether that person is with the child tonight was asked."""
WITH_IT, EMERGENCY = "suspect_with_child_now", "S0"
BY_PEOPLE = frozenset({"violence", "sexual", "weapon", "blackmail", "locked_in"})
"""Kinds of harm that come from somebody who may be at home."""
OF_NOBODY = frozenset({"alone", "abandoned", "missing", "illness", "help"})
"""Kinds of danger that need nobody who hurts; an injury is one too where nobody is named with it."""
SAYS_LESS = frozenset({"alone", danger.HUNCH})
"""Emergencies that say less than this: 奶奶走亲戚了 就剩他俩 is no child alone."""
COMES = {
    together.TELLS: "report.tonight",
    together.FETCHED: "report.tonight.fetched",
    together.LEAVES: "report.tonight.leaves",
}
"""Kinds that are danger now, with what is said to them."""
TAKEN = frozenset({"trafficking", "missing"})
"""What sounds so where one who is known takes the child away: 今晚他爸要坐火车把孩子接走."""
AGAIN = frozenset({"alone", "violence", danger.HUNCH})
SAID_WITH_IT = frozenset({"pick_up", "hold"})
"""What is answered besides: 姥爷来接她 我给不给接走."""


def takes(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Take such words, once. False: they say nothing of the kind, or no harm by people was told here."""
    draft = drafts.current(work, conversation, intake.FLOW)
    report = emergencies.recent(work, conversation, text) if draft is None else None
    answers = drafts.answers(work, draft) if draft is not None else _filed(work, report)
    hit = danger.read(text)
    if answers is None or answers.menu or asides.RETURNED in asides.kinds(text):
        return False  # 我爸回来了 is news that the danger is there again
    if not _of_people(answers) or mistaken.is_one(text):  # 搞错了 人家她妈在家呢
        return False
    if answers.childs and asides.with_adult(text) and _help_came(answers):
        return False  # 警察叔叔到了, 妈妈也回来了
    kind = together.read(text, answers.words_of("what"))
    less = SAYS_LESS | TAKEN if kind in (together.FETCHED, together.LEAVES) else SAYS_LESS
    of_its_own = hit.level == "emergency" and not (kind in COMES and set(hit.kinds) <= less)
    if kind is None or of_its_own:
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        if draft is None and report is not None:
            draft = emergencies.join(work, conversation, report, urgent=kind in COMES)
            answers = drafts.answers(work, draft)
            answers.given.setdefault("confirm", "given")  # what is filed is not read back once more
            answers.advised.append("report.first.S1")
        if draft is not None:
            _hear(work, draft, answers, inbox_id, text, kind)
    return True


def supposed(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Whoever has reported asks whom to call if it comes again: 110, then; nothing happens now. False: he does not ask,
    no report stands here, or it is a child's own fear."""
    draft = drafts.current(work, conversation, intake.FLOW)
    report = drafts.report_of(work, draft) if draft is not None else emergencies.recent(work, conversation, text)
    if report is None or not together.supposes(text) or not set(danger.read(text).kinds) <= AGAIN:
        return False
    if filing.taken_up(reports.told_of(work, report)).childs:
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        mailbox.say(work, conversation, "report.tonight.if", reply_to=inbox_id)
        if draft is None:
            adding.add(work, report, text)
        else:
            worries.keep(work, draft, drafts.answers(work, draft), draft.asked or "what", inbox_id, text)
    return True


def _of_people(answers: Answers) -> bool:
    """Whether harm by people was told, or words that may mean it: 说她继父老掀她被子."""
    known = {*advising.kinds({*answers.facts.get("signs", ()), *answers.doubtful})}
    if BY_PEOPLE & known:
        return True
    for one in answers.words_of("what"):
        if {*danger.read(one).kinds} - (OF_NOBODY if together.names_somebody(one) else OF_NOBODY | {"injury"}):
            return True
    return False


def _help_came(answers: Answers) -> bool:
    """Whether it was told that the police or doctors are there."""
    return any(afterwards.kind(one) in afterwards.HELP_IS_THERE for one in answers.words_of("what"))


def _filed(work: Work, report: Report | None) -> Answers | None:
    return filing.taken_up(reports.told_of(work, report)) if report is not None else None


def _hear(work: Work, draft: Draft, answers: Answers, inbox_id: int, text: str, kind: str) -> None:
    conversations.enter(work, draft.conversation, intake.FLOW, told_rasa=False)
    if danger.read(text).level == "emergency":
        answers.said("what", text)  # nobody is alone there
    else:
        questions.absorb(work, draft, answers, inbox_id, text, asked="what")
    if police_told.read(text) is not None:
        answers.said(police.FLOW, text)  # 报了警 可今晚还得回去
    if kind in COMES or answers.facts.get("danger_now") == "yes":
        _raise(work, draft, answers, inbox_id, text, COMES.get(kind, COMES[together.TELLS]))
    elif ASKED in answers.advised:
        mailbox.say(work, draft.conversation, _voiced("report.tonight.again", answers), reply_to=inbox_id)
        questions.proceed(work, draft, answers, inbox_id)
    else:
        _ask(work, draft, answers, inbox_id, "report.tonight.ask" if kind == together.ASKS else "report.tonight.later")


def _raise(work: Work, draft: Draft, answers: Answers, inbox_id: int, text: str, base: str) -> None:
    """Danger now. What to do is said here (`base`: in which words), so that no card comes beside it; whoever has the
    report already is alarmed again where it was as urgent before."""
    before = drafts.report_of(work, draft)
    was_urgent = before is not None and before.severity == EMERGENCY
    answers.facts["danger_now"], answers.given["danger_now"] = "yes", "given"
    answers.facts["signs"] = sorted({*answers.facts.get("signs", ()), WITH_IT})
    answers.advised += ["S1", *(f"danger.{one}" for one in advising.kinds(answers.facts["signs"]))]
    key = _voiced(base, answers)
    mailbox.say(work, draft.conversation, key, reply_to=inbox_id, priority=mailbox.URGENT)
    if replies.worry(text) in SAID_WITH_IT and base == COMES[together.TELLS]:
        worries.answer(work, draft.conversation, inbox_id, answers, text)
    filing.keep_up(work, draft, answers, inbox_id)
    if before is not None and was_urgent:
        reports.tell_more(work, before, filing.told_by(answers), fresh=answers.facts, alarm=True)
    questions.proceed(work, draft, answers, inbox_id)


def _ask(work: Work, draft: Draft, answers: Answers, inbox_id: int, key: str) -> None:
    """Nobody said that he is there: it is asked, and what was answered before is open again (unknown never lowers)."""
    answers.advised.append(ASKED)
    answers.facts["danger_now"] = "unknown"
    answers.given.pop("danger_now", None)
    filing.keep_up(work, draft, answers, inbox_id)
    mailbox.say(work, draft.conversation, _voiced(key, answers), reply_to=inbox_id)
    drafts.save(work, draft, answers, "danger_now")


def _voiced(key: str, answers: Answers) -> str:
    return own if answers.childs and texts.known(own := f"{key}.child") else key
