"""Another person of whom it is only asked whether he would do (那她姥姥带行不行): answered for him, and whoever the
wish names stays. What was told of him with it stands for the day he is taken (WBF-22).
"""

from __future__ import annotations

from typing import Any

from bot.reading.entrusted import wish_carers as reading
from bot.services.entrusted import wish_carers, wish_said
from bot.services.mail import mailbox
from bot.services.work import Work

PROPOSED = "proposed"
"""What is kept until it was answered: the facts of whom it is asked of."""
JUST_ASKED = "just_asked"
"""Of whom the last message asked: 她要是上班挣钱呢 is said of him."""
MAY = "entrusted.wish.may"


def keep(kept: dict[str, Any], text: str) -> bool:
    """Keep what is told of another person asked about. False: nobody is asked about, or the wish needs another one and
    whoever is named is meant."""
    told, before = kept["told"], kept.pop(JUST_ASKED, {})
    other = reading.asked_of(text, str(told.get("carer", ""))) if "unfit" not in kept else ""
    if not other and not (before and reading.goes_on_of_that_one(text)):
        return False
    other = other or before["carer"]
    name, age = reading.told_beside(text, other)
    facts = {"carer": other, "carer_name": name, "carer_age": age, "carer_said": reading.of_the_person(text, other)}
    known = before if before.get("carer") == other else {}
    kept[PROPOSED] = {**known, **{one: value for one, value in facts.items() if value}}
    wish_carers.propose(kept, kept[PROPOSED])
    return True


def answered(work: Work, conversation: str, kept: dict[str, Any], inbox_id: int, text: str) -> bool:
    """Say whether he may, by what was told of him, who still stands and how to take him instead. False: nobody was
    asked about."""
    other = kept.pop(PROPOSED, None)
    if other is None:
        return False
    kept[JUST_ASKED] = other
    who = wish_carers.who(other)
    for key in wish_said.keys(text, other, {}) or [MAY]:
        mailbox.say(work, conversation, key, {"carer": who, "said": ""}, reply_to=inbox_id)
    args = {"carer": wish_carers.who(kept["told"]), "who": other["carer"]}
    mailbox.say(work, conversation, "entrusted.wish.still", args, reply_to=inbox_id)
    return True
