"""Whether words ask what is laid down, wherever they come: in the middle of a report (算不算, 犯法吗, 归谁管) the
rule is told and the place of the talk kept, also where nobody but our own reading is there to say so."""

from __future__ import annotations

from bot.reading import danger
from bot.reading.policy import own_records, policy_words
from bot.reading.talk import duties, question_forms
from bot.services.talk import policy_answers


def asked(text: str) -> bool:
    """Whether a rule that we know is asked for in the form of one."""
    return question_forms.asks_for_rule(text) and strongly_asked(text)


def in_general(text: str) -> bool:
    """The same of children at large, in whose words no danger is asked about: 爹妈都不管孩子能不能剥夺监护权."""
    hit = danger.read(text)
    general = not (hit.ask or hit.level == "emergency") and not duties.of_the_writer_or_now(text)
    return general and asked(text)


def strongly_asked(text: str) -> bool:
    """Whether words ask one of our questions, and are long enough to be about a rule: 有没有人管 asks for somebody."""
    enough = policy_answers.FAIRLY if policy_words.speaks_of_the_plan(text) else policy_answers.STRONGLY
    near = (policy_answers.strength(text) or 0.0) >= enough
    return near and len(text) > policy_answers.A_SENTENCE and not duties.calls_for_help(text)


def likely_asked(text: str) -> bool:
    """Whether words that nobody could classify likelier ask one of ours than anything else."""
    if own_records.read(text) is not None:
        return True  # no rule answers it, and it is said where it is found
    return policy_answers.may_be_asked(text) or (policy_answers.strength(text) or 0.0) >= policy_answers.FAIRLY
