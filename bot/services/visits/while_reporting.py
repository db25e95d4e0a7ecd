"""The next home, told in the middle of a report of another child or of another home's record (先这样 梦瑶家没人): it
belongs to that home, and what was open goes on."""

from __future__ import annotations

from bot.reading import danger
from bot.reading.staff import staff_asides
from bot.reading.talk import purposes
from bot.reading.visits import visiting as reading
from bot.services import drafts
from bot.services.mail import mailbox
from bot.services.reporting import absorbing, intake, questions
from bot.services.staff.accounts import Member
from bot.services.visits import asking as visit_asking
from bot.services.visits import homes as visit_homes
from bot.services.visits import recording, told_back, unfinished, visiting
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Child, Conversation

EFFECT = "words"
_WHERE_ARE_THEY = frozenset({"missing", danger.HUNCH})


def takes(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """Take news of a home that the open report is not about. False: no report is open, no such home is named, nothing
    of a visit is told, or it sounds of harm or danger."""
    draft = drafts.current(work, conversation, intake.FLOW)
    if draft is None or work.session.get_one(Conversation, conversation).flow != intake.FLOW:
        return False
    home = visit_homes.named(work, member, text)
    if home is None or _sounds(text):
        return False
    before, told = visit_homes.from_its_name(work, member, home, text)
    heard, went = reading.read(told, work.today), visit_homes.went_to(work, member, home, text)
    vain = heard.outcome is not None or visit_homes.empty(work, member, home, told)
    if not (vain or went) or (not vain and purposes.has(told, purposes.QUESTION)):
        return False
    answers = drafts.answers(work, draft)
    children = [child for child, _ in recording.household(work, member, home)]
    reported = " ".join(answers.words_of("child_ref"))
    if not children or any(name in reported for name in visit_homes.called(work, member, home)):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        _keep(work, conversation, inbox_id, member, home, children, text if vain else told, vain=vain)
        if absorbing.tells_something(before):  # 孩子送我家了 王思琪家也去了: the first is the report's
            questions.absorb(work, draft, answers, inbox_id, before, "what")
            drafts.save(work, draft, answers, draft.asked)
        questions.not_counted(work, draft, answers, draft.asked or "what", inbox_id)
    return True


def vain_beside(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """Take a door found locked, with the reason, or that was not opened, while another home's record is open: its
    question comes again. False: no other home is named, or why nobody was met is to be asked."""
    draft = drafts.current(work, conversation, unfinished.FLOW)
    open_one = draft is not None and draft.asked not in (None, *unfinished.ONLY_A_DAY)
    if draft is None or not open_one or work.session.get_one(Conversation, conversation).flow != unfinished.FLOW:
        return False
    home, here = visit_homes.named(work, member, text), unfinished.contents(work, draft)["home"]
    outcome = reading.read(text, work.today).outcome
    vain = home is not None and (outcome is not None or visit_homes.empty(work, member, home, text))
    settled = outcome in ("refused", reading.IN_VAIN) or staff_asides.out_for_a_while(text)
    settled = settled and outcome != reading.GONE  # when to go again is asked
    children = [child for child, _ in recording.household(work, member, home)] if home is not None else []
    if home is None or here is None or home == here or not children or not (vain and settled) or _sounds(text):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        _keep(work, conversation, inbox_id, member, home, children, text, vain=True)
        visiting.start(work, conversation, inbox_id, told_rasa=True)
    return True


def _keep(
    work: Work,
    conversation: str,
    inbox_id: int,
    member: Member,
    home: str,
    children: list[Child],
    text: str,
    *,
    vain: bool,
) -> None:
    """Nobody met is an attempt, kept at once; what was seen at a home waits in its own record."""
    heard, names = reading.read(text, work.today), visit_words.names(work, children)
    kept = unfinished.fresh()
    kept["home"], kept["children"] = home, [child.uid for child in children]
    if vain:
        kept["at_the_door"] = text[: reading.LONGEST]
        reason = "refused" if heard.outcome == "refused" else "nobody_home"
        mailbox.say(work, conversation, "visit.meant_as", {"names": names}, reply_to=inbox_id)
        told_back.attempted(work, conversation, inbox_id, member, kept, reason)
        return
    waits = unfinished.of_home(work, conversation, home)
    kept = {**unfinished.contents(work, waits), "home": home, "children": kept["children"]}
    visit_asking.heard_whole(kept, text, work.today)
    visit_asking.told_at_once(kept, text)
    kept.setdefault("began", work.today.isoformat())
    drafts.keep(work, waits, kept, None)
    mailbox.say(work, conversation, "visit.other_home.begun", {"names": names}, reply_to=inbox_id)


def _sounds(text: str) -> bool:
    """Harm or danger; that somebody was not met at a door is none, a child that is nowhere is."""
    told = reading.without_refusal(text)
    harm = bool(set(danger.read(told).kinds) - _WHERE_ARE_THEY) or intake.tells_harm(told)
    return harm or staff_asides.nowhere(text)
