"""When words that no classifier placed belong to a self-check of eligibility: a question for it, a family's story."""

from __future__ import annotations

from bot.reading import told
from bot.services import eligibility_talk, intake, redirecting
from bot.services.work import Work

PARENTS_GONE = frozenset({"guardian_lost_capacity", "eligibility_question", "policy_question", "hardship"})
"""Signs of a family whose parents cannot care; its own people may ask what it is
entitled to: the safety questions come first there."""


def opens(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Open the self-check for words that ask whether a child is eligible, or tell of a family and of no harm.

    False: these words say something else.
    """
    asks_for_it = set(told.read(text).signs) <= PARENTS_GONE and eligibility_talk.told_by_the_family(work, text)
    if intake.tells_harm(text) and not asks_for_it:
        return False
    if not eligibility_talk.reads_like_one(work, text):
        return False
    if not redirecting.refuses(work, conversation, inbox_id):
        eligibility_talk.start(work, conversation, inbox_id, text)
    return True


def tells_of_a_family(work: Work, conversation: str, text: str, *, open_already: bool) -> bool:
    """Whether what sounded odd only tells who lives where (我闺女十二，她妈在韩国) or answers the open self-check."""
    if intake.tells_harm(text):
        return False
    if open_already:
        return eligibility_talk.takes(work, conversation, text)
    return eligibility_talk.reads_like_one(work, text)
