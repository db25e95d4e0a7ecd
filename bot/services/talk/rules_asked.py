"""Whether words in the middle of a report ask what is laid down (算不算, 犯法吗, 归谁管): the rule is told and the
place of the talk kept, also where nobody but our own reading is there to say so."""

from __future__ import annotations

from bot.reading import danger, duties, question_forms
from bot.services.talk import policy_answers


def asked(text: str) -> bool:
    """Whether a rule that we know is asked for in the form of one."""
    return question_forms.asks_for_rule(text) and policy_answers.strongly_asked(text)


def in_general(text: str) -> bool:
    """The same of children at large, in whose words no danger is asked about: 爹妈都不管孩子能不能剥夺监护权."""
    hit = danger.read(text)
    general = not (hit.ask or hit.level == "emergency") and not duties.of_the_writer_or_now(text)
    return general and asked(text)
