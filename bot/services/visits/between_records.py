"""What a director says between the records of two homes: go on with the one that waits, how often a home is due, news of a
home while another's record is open, a word after a day that frightened.
"""

from __future__ import annotations

from bot.reading import courtesies, danger, people, visit_record_said
from bot.reading import visiting as reading
from bot.services import drafts
from bot.services.mail import mailbox
from bot.services.reporting import adding, intake, questions
from bot.services.staff.accounts import Member
from bot.services.talk import emergencies, redirecting
from bot.services.visits import homes as visit_homes
from bot.services.visits import lists as visit_lists
from bot.services.visits import plans as visit_plans
from bot.services.visits import unfinished, visiting
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Conversation, Draft

EFFECT = "words"


def goes_on(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """一诺那个没写完吧 接着整: the record that waits is gone on with, also where a report came between, whose questions end
    here. False: no record of a home named waits."""
    if not visit_record_said.goes_on(text) or _sounds(text) or redirecting.applies(work, conversation):
        return False
    home = visit_homes.named(work, member, text)
    children = unfinished.waiting(work, conversation, home) if home is not None else None
    if home is None or children is None or _flow(work, conversation) not in (None, visiting.FLOW, intake.FLOW):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        report = drafts.current(work, conversation, intake.FLOW)
        if report is not None and report.report is not None:
            questions.end_here(work, report, inbox_id)
        told = visit_record_said.told_with(text, _called(work, member, home))
        visiting.begin_with(work, conversation, inbox_id, home, children, told)
    return True


def how_often(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """一诺这个一般的是一个月去一回呗: the level of that home and what it means, then the open question. False: no home is
    meant."""
    if not visit_record_said.asks_how_often(text) or _flow(work, conversation) not in (None, visiting.FLOW):
        return False
    draft = _open_record(work, conversation)
    here = unfinished.contents(work, draft)["home"] if draft is not None else None
    home = visit_homes.named(work, member, text) or here
    children = visit_lists.read_at_home(work, member, home) if home is not None else []
    plans = list(visit_plans.of(work, [child.uid for child in children]).values())
    if not plans or reading.read(text, work.today).child_says:
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        often = "；".join(dict.fromkeys(map(visit_words.how_often, plans)))
        args = {"names": visit_words.names(work, children), "often": often}
        mailbox.say(work, conversation, "visit.how_often", args, reply_to=inbox_id)
        if draft is not None:
            visiting.start(work, conversation, inbox_id)
    return True


def of_another_home(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """News of another home (明轩没事了) while this one's record is open: never stored here; it belongs to what was
    reported of that child today, else the writer hears how to record it. False: it is of this home, or tells a visit."""
    draft = _open_record(work, conversation)
    here = unfinished.contents(work, draft)["home"] if draft is not None else None
    heard = reading.read(text, work.today)
    if draft is None or here is None or heard.told or heard.outcome or heard.child_says or _sounds(text):
        return False
    home = visit_homes.named(work, member, text)
    if home in (None, here) or not text.strip().startswith(_called(work, member, str(home))):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        report = emergencies.recent(work, conversation)
        args = {"names": "、".join(_called(work, member, str(home))[:1])}
        if report is not None:
            adding.add(work, report, text)
        mailbox.say(work, conversation, f"visit.other_home{'.added' if report else ''}", args, reply_to=inbox_id)
        visiting.start(work, conversation, inbox_id)
    return True


def shaken(work: Work, conversation: str, inbox_id: int, text: str, _: Member) -> bool:
    """谢谢啊 昨天给我吓完了: a warm word, and nothing of it is written into a report. False: more is told."""
    if not courtesies.shaken(text) or _sounds(text) or redirecting.applies(work, conversation):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        mailbox.say(work, conversation, "visit.shaken", reply_to=inbox_id)
    return True


def _sounds(text: str) -> bool:
    """Whether there is danger in the words, other than what only sounds odd, or harm."""
    return bool(set(danger.read(text).kinds) - {danger.HUNCH}) or intake.tells_harm(text)


def _flow(work: Work, conversation: str) -> str | None:
    return work.session.get_one(Conversation, conversation).flow


def _open_record(work: Work, conversation: str) -> Draft | None:
    draft = drafts.current(work, conversation, visiting.FLOW)
    return draft if _flow(work, conversation) == visiting.FLOW and draft is not None and draft.asked else None


def _called(work: Work, member: Member, home: str) -> tuple[str, ...]:
    """What the children of a home are called, whole and by their given names."""
    names = [visit_words.name(work, child) for child in visit_lists.read_at_home(work, member, home)]
    given = [name.removeprefix(people.surname(name)) for name in names]
    return (*names, *(one for one in given if len(one) > 1))


TAKES = (goes_on, how_often, of_another_home, shaken)
