"""Rules asked for in the middle of a talk about a family or its carer, by words that answer nothing of that talk.

Whoever asks of a carer's duties while a check is open tells the check nothing; read as its answer, the question would
be lost and something false noted. What is told of the family besides stays with the talk.
"""

from __future__ import annotations

from bot.reading.entrusted import wish_carers
from bot.reading.families import checking, disputing, rule_wanted
from bot.reading.policy import policy_words
from bot.reading.policy.finding import SURE as SURE_OF_TOPIC
from bot.reading.reports import told
from bot.reading.talk import answers as short
from bot.reading.talk import question_forms
from bot.services import drafts
from bot.services.entrusted import wish_said
from bot.services.reporting import intake
from bot.services.talk import failing, policy_answers, policy_cases
from bot.services.talk.meaning import SURE, Meant
from bot.services.work import Work
from bot.texts import policy_answers as known

PLACED = ("eligibility", "entrusted")
"""Talks in which many things are told of a family, so that a question about a rule is easily read as one of them."""
CHECK = "check_eligibility"
MOST_TOLD = 2


def takes(work: Work, conversation: str, inbox_id: int, flow: str, text: str, meant: Meant) -> bool:
    """Tell a rule that is asked for so plainly that the words are no answer of the open talk, whatever they name. The
    caller asks the open question again. False: they may be one."""
    if flow not in PLACED or drafts.current(work, conversation, flow) is None:
        return False
    if intake.tells_harm(text) or short.short_answer(text) is not None:
        return False
    if flow == PLACED[0] and (not rule_wanted.asked(text) or checking.only_tells(text) or disputing.asks_why(text)):
        return False  # 照顾得好 他爸在外地 一年不来个电话; 凭啥监护那个还没问完: neither asks for a rule
    if flow == "entrusted" and (wish_said.answers(text) or wish_carers.of_a_person(text)):
        return False
    if rules := _counts_as(work, flow, text, meant):
        policy_answers.tell(work, conversation, inbox_id, rules[:MOST_TOLD])
        return True
    if not _asked_plainly(work, flow, text, meant):
        return False
    policy_answers.answer(work, conversation, inbox_id, text)
    return True


def of_another_office(work: Work, conversation: str, inbox_id: int, flow: str, text: str) -> bool:
    """Say that another office's matter is none of ours (宅基地能不能留给孙子), before a check is opened for it. False:
    something of a child is asked or told."""
    if flow != "eligibility" or not policy_words.of_another_office(text) or not question_forms.asks(text):
        return False
    if told.read(text).signs or checking.asks_what_it_counts_as(text):
        return False
    failing.say(work, conversation, inbox_id, failing.OUT_OF_SCOPE)
    return True


def _counts_as(work: Work, flow: str, text: str, meant: Meant) -> tuple[str, ...]:
    """The rules of a family that is told in a talk about carers to ask what its child counts as."""
    asked = flow == "entrusted" and meant.intent == CHECK and meant.confidence >= SURE
    return policy_cases.rules(work, text) if asked else ()


def _asked_plainly(work: Work, flow: str, text: str, meant: Meant) -> bool:
    """Letters are sure of a rule about another matter, or of any in a talk about carers; or the classifier is sure that
    a rule is asked for, and letters and meaning find the same one."""
    if len(text) < policy_answers.A_SENTENCE or not question_forms.asks(text):
        return False
    finder = known.finder()
    found = finder.find(text)
    if not found.topics:
        return False
    inside = known.topics()[found.topics[0]].theme in policy_answers.INSIDE.get(flow, ())
    asked = meant.aside_while("") == policy_answers.KEY
    if question_forms.leans(text) and not asked:
        return False  # 现在办到哪里了 asks of the talk itself
    if found.kind == SURE_OF_TOPIC:
        very_near = flow == "entrusted" and finder.rank(text, most=1)[0].nearness >= policy_answers.VERY_NEAR
        return not inside or very_near
    return asked and not inside and policy_answers.nearest_is_meant(work, text)
