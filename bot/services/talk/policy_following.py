"""A question that goes on from the policy answer just given (那奶奶算吗, 几岁开始), however little it says."""

from __future__ import annotations

from bot.reading import danger
from bot.reading.policy import policy_words, staying
from bot.reading.policy.finding import MAYBE, SURE
from bot.reading.reports import told
from bot.reading.talk import duties, question_forms
from bot.services.talk import policy_answers, policy_cases, policy_saying
from bot.services.work import Work
from bot.texts import policy_answers as known

GOES_ON = 0.15
"""Nearness from which a few words that only go on (喝酒很凶的呢) are about our rules, whatever they are taken for."""
ALONE = "alone"
"""The kind of words of danger of nobody who looks after a child."""


def narrows(work: Work, conversation: str, text: str) -> bool:
    """Whether who was just told the rule of both parents says that it is only one, and tells nothing else."""
    nothing_told = not told.read(text).signs and set(danger.read(text).kinds) <= {danger.HUNCH}
    return nothing_told and bool(policy_cases.of_one_only(policy_saying.last_topic(work, conversation), text))


def follows(work: Work, conversation: str, text: str) -> bool:
    """Whether a short question goes on from the policy answer that was given here a moment ago."""
    if staying.doubts(text):
        return policy_saying.told_last(work, conversation)
    asks = question_forms.asks(text) or question_forms.only_replaces(text) or question_forms.only_names(text)
    if not asks or not (question_forms.goes_on(text) or carries_on(text)):
        return False
    if policy_answers.no_question(text) and not question_forms.puts_an_answer(text):
        return False  # 那好的呢 asks for the next rule
    before = policy_saying.last_topic(work, conversation)
    if before is None or (danger.read(text).level != "none" and not carries_on(text)):
        return False
    near, enough = (
        known.finder().rank(text, most=1),
        policy_answers.DOUBTFULLY if question_forms.carries_on(text) else GOES_ON,
    )
    goes_on = question_forms.continues(text) or policy_words.asks_what_becomes(text)
    taken = goes_on and bool(near) and near[0].nearness >= enough
    return known.finder().find(text, before, known.akin(before), taken=taken).kind in (SURE, MAYBE)


def carries_on(text: str) -> bool:
    """Whether words have the form of a question that goes on from an answer, and tell of no danger."""
    hit = danger.read(text)
    if hit.level == "emergency" or duties.calls_for_help(text) or hit.if_now:
        return False
    if question_forms.leans(text) and question_forms.goes_on(text):
        return set(hit.kinds) <= {danger.HUNCH}
    general = {danger.HUNCH, ALONE} if not (hit.ask or duties.of_the_writer_or_now(text)) else {danger.HUNCH}
    return question_forms.carries_on(text) and set(hit.kinds) <= general


def stays_on_the_matter(work: Work, conversation: str, text: str) -> bool:
    """Whether who was just told a rule asks for one of the same matter, in words that letters and meaning find there
    (孩子自己不乐意咋办 after who may look after a child): no heavy heart speaks, and nobody wants a human."""
    before = policy_saying.last_topic(work, conversation)
    near = known.finder().rank(text, most=1)
    if before is None or not near or near[0].topic not in known.akin(before):
        return False
    calm = set(danger.read(text).kinds) <= {danger.HUNCH} and not told.read(text).signs
    return calm and question_forms.asks(text) and policy_answers.nearest_is_meant(work, text)


def supposes_on(work: Work, conversation: str, text: str) -> bool:
    """Whether who was just told a rule only supposes that harm comes of it (要是出了大事呢), to nobody's own.

    Who cries for help (救命) supposes nothing, however the sentence begins.
    """
    of_nobody = not duties.of_the_writer_or_now(text) and not told.read(text).signs
    supposes = question_forms.supposes(text) and not duties.calls_for_help(text)
    return supposes and of_nobody and policy_saying.last_topic(work, conversation) is not None


def puts_into_the_rule(work: Work, conversation: str, text: str) -> bool:
    """Whether who was just told a rule only puts another case into it (孩子失踪了呢), nobody's own and of no moment."""
    bare = (question_forms.puts_a_case(text) or staying.asks_how_long(text)) and not duties.of_the_writer_or_now(text)
    return bare and not duties.calls_for_help(text) and policy_saying.last_topic(work, conversation) is not None


def goes_on_asking(work: Work, conversation: str, text: str) -> bool:
    """Whether somebody who was just told a rule asks for another one, however long the question."""
    return (
        (question_forms.asks(text) or question_forms.asks_for_rule(text))
        and (policy_answers.strength(text) or 0.0) >= policy_answers.OF_RULES
        and policy_saying.last_topic(work, conversation) is not None
    )
