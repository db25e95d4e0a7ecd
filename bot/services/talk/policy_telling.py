"""What is told, and not asked: a family or a moment a rule speaks of, and what is somebody's own matter."""

from __future__ import annotations

from bot.reading import danger
from bot.reading.families import checking
from bot.reading.policy import situations
from bot.reading.reports import told
from bot.reading.talk import question_forms
from bot.services.contact import parents
from bot.services.eligibility import talk as eligibility_talk
from bot.services.reporting import intake
from bot.services.talk import policy_answers, policy_cases, policy_situations
from bot.services.talk.meaning import Meant
from bot.services.talk.policy_needed import FOR_A_STRANGER, STAFF, needed
from bot.services.talk.policy_situations import INSTEAD, NEEDS, NO, THEMES
from bot.services.work import Work

UNSURE = 0.6
"""Confidence below which the classifier is doubted."""
OF_A_NEED = NEEDS | {"sheltering", "informal_adoption", "begging", "psych_concern", "guardian_lost_capacity"}
"""Signs of which the rule is told beside the report that they begin."""
MISTAKEN = ("chat.human", "chat.mental_health", parents.HEAVY_HEART)
"""What words are often taken for that ask of those who do it (主任说句话就能给我换喽): there letters and meaning that
find the same rule say that it is asked for."""


def of_an_own_matter(work: Work, conversation: str, otherwise: str, meant: Meant | None) -> str:
    """Of somebody's own matter no rule is told; what is for staff or for whoever joined is not begun with a stranger,
    unless the classifier is sure that it is staff's."""
    if needed(work, conversation, otherwise) is not FOR_A_STRANGER:
        return NO
    sure = meant is None or meant.confidence >= UNSURE
    return NO if otherwise in STAFF and sure else INSTEAD


def tells_of_a_rule(work: Work, text: str, otherwise: str) -> bool:
    """Whether what begins with these words has a rule to be told beside it: what the family told counts as, for who
    asks that or tells of both parents; where a heavy heart is treated; what a finder owes."""
    if otherwise == eligibility_talk.FLOW:
        counted = policy_cases.rules(work, text) or policy_cases.told_without_asking(work, text)
        return bool(counted or situations.topics(text)) or policy_situations.of_parting(text)
    if otherwise == "entrusted":
        return bool(situations.told_together(text)) and not told.read(text).signs
    if otherwise in MISTAKEN:
        return bool(situations.topics(text))
    if otherwise == intake.FLOW and (policy_situations.of_no_check(text) or _of_a_need(work, text)):
        return True
    return otherwise == intake.FLOW and not policy_situations.in_doubt(text) and policy_cases.duty(text) is not None


def _of_a_need(work: Work, text: str) -> bool:
    """Whether a need or a family is told that a rule speaks of, with no harm: the rule stands beside the report."""
    calm = set(danger.read(text).kinds) <= {danger.HUNCH} and set(told.read(text).signs) <= OF_A_NEED
    return calm and not question_forms.asks(text) and bool(policy_cases.rule(work, text))


def only_counts(work: Work, text: str) -> bool:
    """Whether words doubtfully taken for a report ask what a family counts as, and tell of nothing to report."""
    calm = set(danger.read(text).kinds) <= {danger.HUNCH} and not told.read(text).signs
    if not calm or not checking.asks_what_it_counts_as(text):
        return False
    of_ours = policy_answers.theme(text) in THEMES[eligibility_talk.FLOW]
    near = of_ours and (policy_answers.strength(text) or 0.0) >= policy_answers.FAIRLY
    return near or bool(policy_cases.rules(work, text))


def of_nobody_there(text: str) -> bool:
    """Whether a rule that we know is asked for, of all who are so: nothing is begun by it, whatever it names."""
    if not policy_situations.only_of_a_rule(text):
        return False
    return bool(situations.topics(text)) or (policy_answers.strength(text) or 0.0) >= policy_answers.FAIRLY


def of_nobodys_child(work: Work, text: str) -> bool:
    """Whether all that is said asks for a rule that we know, of nobody's family (城里户口的能算留守不): the check is
    offered with the answer and not begun."""
    if (
        not policy_situations.asks_throughout(text)
        or not question_forms.asks_for_rule(text)
        or question_forms.own_case(text)
    ):
        return False
    return policy_answers.plainly_asked(text) and not policy_cases.tells_of_parents(work, text)
