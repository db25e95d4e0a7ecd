"""Who says at the question about danger that only the rule is wanted (不是 我就问问规定)."""

from __future__ import annotations

from bot.reading import danger
from bot.reading.policy import only_asking
from bot.services import conversations, drafts
from bot.services.mail import mailbox
from bot.services.reporting import coming_back, intake
from bot.services.talk import policy_answers, policy_cases, policy_saying
from bot.services.work import Work
from bot.texts import policy_answers as known

EFFECT = "words"
_CALM = frozenset(
    {policy_cases.LIVES_ALONE, "no_hukou", "out_of_school", "guardian_lost_capacity", "hardship", "parents_silent"}
)
"""Signs of no harm done to a child: who says that he only asks of them lets the question about danger go."""
OPEN = ("danger_now", "kind", "place")
"""Questions at which somebody says so: after an emergency the place is asked for at once."""


def only_asked(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Answer who says at the question about danger that he only wants to know the rule. The rule of what he told is
    told; where no harm was told and nothing was sent the talk is let go, else its question stays. False: not said."""
    draft = drafts.current(work, conversation, intake.FLOW)
    if draft is None or draft.asked not in OPEN or not only_asking.of_the_rule(text):
        return False
    if set(danger.read(text).kinds) - {danger.HUNCH} or not mailbox.take_effect(work, inbox_id, EFFECT):
        return False
    answers = drafts.answers(work, draft)
    before = "，".join(answers.words_of("what"))
    topics = policy_cases.rule(work, before) or policy_answers.find(work, conversation, before or text).topics[:1]
    calm = set(answers.facts.get("signs", ())) <= _CALM and danger.read(before).level != "emergency"
    if calm and draft.report is None:
        drafts.close(work, draft, "cancelled")
        conversations.enter(work, conversation, None, told_rasa=False)
    if topics:
        policy_saying.alone(work, conversation, inbox_id, known.topics()[topics[0]], trouble=calm)
    else:
        policy_saying.none(work, conversation, inbox_id, ())
    if not (calm and draft.report is None):
        coming_back.ask_again(work, conversation, inbox_id)
    return True
