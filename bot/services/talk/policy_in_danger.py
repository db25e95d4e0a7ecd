"""The rule beside the answer to danger, for words that ask one of ours as well."""

from __future__ import annotations

from bot.reading import danger
from bot.reading.policy.finding import NONE
from bot.reading.reports import asides, told
from bot.reading.talk import duties, question_forms
from bot.services.talk import policy_answers, policy_cases, policy_following, policy_situations
from bot.services.work import Work

BESIDE_DANGER = 0.15
FIRMLY = 0.3
"""Nearness from which a situation that is only told hears its rule beside words of doubt."""
A_SITUATION = 40
"""Characters within which somebody tells a situation, and not how it all came."""
BY_SOMEBODY = frozenset({"violence", "sexual"})
"""Kinds of words of danger that somebody does: 孩子嗓子都喊哑了 is no disability then."""
ABANDONED = "abandoned"
"""The kind of words of danger of a child that was put out."""


def beside_danger(work: Work, conversation: str, inbox_id: int, text: str, *, doubtful: bool = False) -> None:
    """Beside the answer to danger: if the words are also plainly one of our questions, the rule in one sentence; right
    after a start none is told, nobody in danger waits for our questions to be read.

    `doubtful`: there are only words of doubt; a question near to ours is enough, the doubt is asked about all the same.
    """
    if not policy_answers.getting_ready():
        _beside_danger(work, conversation, inbox_id, text, doubtful=doubtful)


def _beside_danger(work: Work, conversation: str, inbox_id: int, text: str, *, doubtful: bool) -> None:
    if doubtful and (asides.swears(text) or asides.COMING in asides.kinds(text)):
        return  # 楼上天天打孩子你们管不管: who is angry wants no rule
    if policy_cases.duty(text) is not None or (
        doubtful and policy_situations.of_no_check(text)
    ):  # 我是班主任 学生身上有伤 报给谁: the rule is the very answer
        policy_answers.beside(work, conversation, inbox_id, text, "policy.beside_danger")
        return
    if doubtful and question_forms.of_parting(text) and policy_answers.situation(text) is not None:
        policy_answers.beside(
            work, conversation, inbox_id, text, "policy.beside_danger", most=1
        )  # 前夫把孩子接走了不还我
        return
    asked, suffers = policy_answers.strength(text), duties.suffers(text)
    if doubtful and not suffers and _told(work, conversation, inbox_id, text):
        return
    of_rules = question_forms.asks_for_rule(text) or (duties.asks_what_others_owe(text) and not suffers)
    if doubtful and policy_following.supposes_on(work, conversation, text):
        if policy_answers.find(work, conversation, text).kind != NONE:
            policy_answers.beside(work, conversation, inbox_id, text, "policy.beside_danger")
        return
    if not of_rules and (not doubtful or suffers):
        return  # 我爸打我呢 has the form of a question and asks nothing; 爸爸打我怎么办 wants no rule
    near = policy_answers.DOUBTFULLY if doubtful else BESIDE_DANGER
    if asked is None or asked < near or not policy_answers.asks(text):
        return  # whoever only tells wants no rule
    if duties.calls_for_help(text):
        return  # 能不能快来人 wants help
    policy_answers.beside(work, conversation, inbox_id, text, "policy.beside_danger")


def _told(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Tell the rule of what was told: 丫头自个儿住老房子, 两头都不改 还把我撵出来了. False: there is none."""
    rule = policy_cases.rule(work, text) if _shortly_told_of_another(text) else ()
    if rule and not set(rule) & policy_cases.OF_HARM and not set(danger.read(text).kinds) & BY_SOMEBODY:
        policy_answers.tell(work, conversation, inbox_id, rule, "policy.beside_danger")
        return True
    if _only_tells_of_a_rule(text):
        policy_answers.beside(work, conversation, inbox_id, text, "policy.beside_danger", most=1)
        return True
    return False


def _shortly_told_of_another(text: str) -> bool:
    """Whether a situation is told in a few words (who tells at length is heard first), and by no child."""
    return len(text) <= A_SITUATION and told.read(text).reporter_type != "child_self"


def _only_tells_of_a_rule(text: str) -> bool:
    """Whether words of doubt tell a situation one of our rules is about, not danger to somebody."""
    odd = set(danger.read(text).kinds) <= {danger.HUNCH, ABANDONED} and told.read(text).reporter_type != "child_self"
    return odd and (policy_answers.situation(text) or 0.0) >= FIRMLY
