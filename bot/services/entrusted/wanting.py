"""What is plain about 委托照护 where nothing is open: no classifier stands between the words and the talk."""

from __future__ import annotations

from bot.reading import danger
from bot.reading.entrusted import entrusting, leaving, wishes
from bot.reading.policy import situations
from bot.reading.reports import told
from bot.services import conversations, drafts
from bot.services.contact import plans as contact_plans
from bot.services.entrusted import family as entrusted_family
from bot.services.entrusted import talk
from bot.services.mail import mailbox
from bot.services.reporting import intake
from bot.services.staff import accounts
from bot.services.talk import emergencies, opened
from bot.services.work import Work

OF_A_PLAN = frozenset({"lives_alone", "long_without_care", "guardian_not_performing"})
"""Signs that a plan to leave holds, or what is told of whom the child is to be left with: he drinks, he plays."""
KINDS = frozenset({"alone", danger.HUNCH})
DANGER = "danger"


def wanted_plainly(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """What is plain about 委托照护 where nothing is open: another carer, or a child to be left with somebody."""
    return wants_another(work, conversation, inbox_id, text) or wants_to_entrust(work, conversation, inbox_id, text)


def wants_another(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """A parent with an arrangement says in plain words that somebody else is to look after the child: no classifier,
    and no weekly question, stands between. False: nobody does, or something else is open."""
    plain = entrusting.wants_another(text) and not intake.tells_harm(text)
    if not plain or opened.whats_open(work, conversation).flow is not None:
        return False
    found = entrusted_family.of_conversation(work, conversation)
    if not found and accounts.member(work, conversation) is not None:
        return False
    if mailbox.take_effect(work, inbox_id, talk.FLOW):
        talk.start(work, conversation, inbox_id, text)
    return True


def wants_to_entrust(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Somebody who leaves wants the child to be with a person meanwhile (想把闺女放我大姐家), or cannot look after it
    any longer: no classifier stands between. False: nobody does, or something else is open."""
    harm = intake.tells_harm(text) and not _only_a_plan(text)
    plain = (wishes.entrusts(text) or wishes.tired(text) or leaving.wants_care(text)) and not harm
    if not plain or opened.whats_open(work, conversation).flow is not None or accounts.member(work, conversation):
        return False
    if wishes.tired(text) and contact_plans.speaker(work, conversation) is not None:
        return False  # the talk of the week hears a carer who joined, and what else she says: 管不了了想打他
    if mailbox.take_effect(work, inbox_id, talk.FLOW):
        talk.start(work, conversation, inbox_id, text, ahead=True)
    return True


def leaves_ahead(work: Work, conversation: str, inbox_id: int, text: str, hit: danger.Danger) -> bool:
    """Somebody who has not left yet says that nobody is there for the child then (下个月去韩国 孩子没人看): that is
    what 委托照护 is for, and no danger is asked about. False: it is more than a plan, or something was told before."""
    planned = hit.level != "emergency" and set(hit.kinds) <= KINDS and _only_a_plan(text)
    if not (hit.kinds and planned and leaving.wants_care(text)):
        return False
    told_before = emergencies.being_added_to(work, conversation) or emergencies.recent(work, conversation)
    if told_before is not None or opened.whats_open(work, conversation).flow is not None:
        return False
    if accounts.member(work, conversation) is not None:
        return False
    if mailbox.take_effect(work, inbox_id, DANGER):
        talk.start(work, conversation, inbox_id, text, ahead=True)
    return True


def instead_of_a_report(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Whoever wants a child looked after while he is away says so in the middle of a report that his first words opened
    by mistake: what he told goes along, and nothing is reported. False: a report is what is told."""
    draft = drafts.current(work, conversation, intake.FLOW)
    if draft is None or draft.report is not None or not leaving.wants_care(text) or not _only_a_plan(text):
        return False
    answers = drafts.answers(work, draft)
    said = answers.words_of("what")
    graver = set(answers.facts.get("signs", ())) - OF_A_PLAN
    if graver or answers.facts.get("danger_now") == "yes" or not _of_a_plan([*said, text]):
        return False
    if mailbox.take_effect(work, inbox_id, DANGER):
        drafts.close(work, draft, "cancelled")
        conversations.enter(work, conversation, None, told_rasa=False)
        talk.start(work, conversation, inbox_id, " ".join([*said, text]), ahead=True)
    return True


def _of_a_plan(said: list[str]) -> bool:
    """Whether everything told so far is what a parent who leaves says: nothing of it is so now or of others' children,
    and that he is still to leave, or that nothing happened, is said."""
    ahead = any(leaving.is_ahead(one) or leaving.is_no_report(one) for one in said)
    return ahead and all(leaving.may_be_planned(one) and _only_a_plan(one) for one in said)


def _only_a_plan(text: str) -> bool:
    """Whether nothing is told that would be harm by itself once nobody has left yet."""
    read = told.read(text)
    of_a_child = read.reporter_type == "child_self"
    planned = set(read.signs) <= OF_A_PLAN and danger.read(text).level != "emergency" and not of_a_child
    return planned and not situations.of_later(text)
