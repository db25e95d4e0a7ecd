"""Which first words fit a danger: the cards of texts/danger.yml, by what is told and by who writes."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import timedelta

from bot import texts
from bot.reading import danger
from bot.reading.aftermath import afterwards
from bot.reading.dangers import threats
from bot.reading.reports import asides, reporting
from bot.services.casework import alerts
from bot.services.drafts import Answers
from bot.services.mail import mailbox
from bot.services.work import Work
from bot.storage.tables import Draft

# Which advice fits which sign, most pressing first; the words are in texts/danger.yml.
ADVICE: tuple[tuple[str, frozenset[str]], ...] = (
    ("fire", frozenset({"fire"})),
    ("drowning", frozenset({"drowning"})),
    ("poisoning", frozenset({"poisoning"})),
    ("illness", frozenset({"unconscious"})),
    ("weapon", frozenset({"weapon"})),
    ("self_harm", frozenset({"self_harm_act", "self_harm_words", "psychosis_signs"})),
    ("blackmail", frozenset({"online_harm"})),
    ("sexual", frozenset({"sexual_harm", "private_part_injury", "pregnancy_or_abortion"})),
    ("trafficking", frozenset({"abducted_or_sold", "unknown_origin"})),
    ("missing", frozenset({"missing", "run_away"})),
    ("abandoned", frozenset({"abandoned"})),
    ("locked_in", frozenset({"locked_in"})),
    ("injury", frozenset({"accident_injury", "death_or_disability_unnatural"})),
    (
        "violence",
        frozenset({"beaten_now", "beaten", "carer_hits", "threatened", "suspect_with_child_now", "multiple_injuries"}),
    ),
    ("alone", frozenset({"lives_alone", "long_without_care"})),
)

# Danger that comes from people: a child who writes hears the same few words for all of them.
FROM_PEOPLE = frozenset({"violence", "sexual", "weapon", "locked_in", "alone", "other"})
# Kinds whose first number is 120 or 119; the others begin with 110.
TO_RESCUE = frozenset({"fire", "drowning", "poisoning", "breathless", "illness", "injury"})
# Kinds that are the whole answer while they last: whoever is also locked in gets out first.
BEFORE_ALL = frozenset({"fire", "drowning"})
_SILENT = "danger.silent"
AGAINST_OTHERS = frozenset({"beaten_now", "threatened", "suspect_with_child_now"})


WITH_THE_CHILD = frozenset({"school", "medical"})
LATELY, SOME = timedelta(hours=24), 60
"""Among so many things said last a card is not said again in the same words."""
ONCE_MORE = "danger.once_more"
"""What is said when a card was heard in its other words, too: whether the call got through."""
_VOICES = re.compile("\\.(?:silent|duty|own|hides)$")
OUT_OF_IT = frozenset({"outside", "safe_place", "police_here", "at_hospital", "seized"})
"""News after which nobody hides any more."""
SAYS_WHERE = "danger.child.silent"
"""The card that also asks a child for the place without a sound: the line beside it would say the same."""
AT_THE_DOOR = "suspect_with_child_now"
AT_HOME, TO_A_CHILD, AT_DOOR = "danger.alone.child", "danger.child", "danger.knock.child"
FUMES = frozenset({"fire", "poisoning"})
"""What is asked about in its own words: is there a smell, is anybody unwell."""
UNSEEN = "danger.illness"
"""The card of somebody who lies there; who only hears nothing any more is not told how to lay him down."""
URGE = "urge"
"""Among what was advised: a grown-up was asked because he told of his own anger (`reading.urges`)."""


def doubt_key(answers: Answers) -> str:
    """The question whether doubtful words mean danger now, for whoever writes."""
    if answers.doubtful and {*answers.doubtful} <= FUMES:
        return "report.danger_doubt.fumes"
    if answers.childs:
        return "report.danger_doubt.child"
    if not answers.grown and answers.words and asides.AFRAID in asides.kinds(answers.words[-1][1]):
        return "report.danger_doubt.afraid"  # a child as likely as not: the words fit both
    return "report.danger_doubt.urge" if URGE in answers.advised else "report.danger_doubt"


def held_back(work: Work, conversation: str, inbox_id: int, answers: Answers) -> None:
    """Whoever was asked because of his anger says that there is no danger: a kind word and whom to call, once."""
    if URGE in answers.advised and not answers.childs:
        answers.advised.remove(URGE)
        mailbox.say(work, conversation, "report.urge.held", reply_to=inbox_id)


def say_secret(work: Work, conversation: str, inbox_id: int, answers: Answers, text: str = "") -> None:
    """Say what there is to say to a wish that somebody does not hear of it, for whoever writes, and shortly again.

    Where few could have told it, nobody is promised that it is not guessed.
    """
    of_few = ".few" if asides.few_could_tell(text) else ""
    key = "report.secret.child" if answers.childs else f"report.secret{of_few}"
    lately = mailbox.keys_said(work, conversation, inbox_id, work.now - LATELY, most=SOME)
    mailbox.say(work, conversation, f"{key}.again" if key in lately else key, reply_to=inbox_id)


def say(work: Work, draft: Draft, answers: Answers, inbox_id: int) -> None:
    """Say what to do now, once for each kind of danger: the most pressing for 110, and the most pressing for 120
    or 119, never a wall of words. Danger told again (`Answers.urgent`) hears the most pressing of them again."""
    told = kinds(answers.facts.get("signs", ()), answers.cards, own=answers.own_pain)
    fresh = [kind for kind in told if f"danger.{kind}" not in answers.advised]
    known_before = any(key.startswith("danger.") for key in answers.advised)
    if not told and not known_before:
        fresh = ["other"]
    again = answers.urgent and known_before and not {*fresh} & {*_of_now(answers)}
    wanted = _once_more(work, draft, answers, told, inbox_id) if again else _afresh(answers, fresh)
    wanted = _not_twice(work, draft, answers, wanted, inbox_id) if known_before else wanted
    wanted = [_for_duty(answers, key) for key in wanted if len(wanted) == 1 or not _known_to_a_doctor(answers, key)]
    wanted = [_in_voice(answers, key) for key in wanted]
    for key in [*wanted, *_besides(answers, wanted)]:
        mailbox.say(work, draft.conversation, key, reply_to=inbox_id, priority=mailbox.URGENT)
    answers.advised += [f"danger.{kind}" for kind in fresh]
    if any(key.startswith(ONCE_MORE) for key in wanted):
        answers.urgent = False  # it says that this was written down, too
    elif fresh or answers.urgent:
        answers.urgent = False
        key = _go_on(work, answers, known_before)
        mailbox.say(work, draft.conversation, key, reply_to=inbox_id, priority=mailbox.URGENT)


def _in_voice(answers: Answers, key: str) -> str:
    """The same card for who cannot speak, who hides, who stands outside, and a grown-up who tells of his own pain."""
    if key == "danger.self_harm" and answers.own_pain and answers.grown:
        return "danger.self_harm.own"
    if key.startswith(UNSEEN) and _stands_outside(answers):
        return f"{UNSEEN}.outside"
    silent = asides.SILENT in answers.cards or f"aside:{_SILENT}" in answers.advised
    hidden = hides(answers)
    if silent or hidden:
        key = key.replace(AT_HOME, TO_A_CHILD)  # who hides hears that first, alone or not
    own = f"{key}.silent" if silent else f"{key}.hides" if hidden else key
    return own if texts.known(own) else key


def _stands_outside(answers: Answers) -> bool:
    """Whether a grown-up only hears nothing any more of other people's child: 隔壁打孩子 … 没声了 喊也没人应."""
    said = [one for _, one in answers.words]
    unheard = bool(said) and not answers.childs and reporting.only_unheard(said[-1])
    return unheard and any(reporting.near(one) or reporting.of_others(one) for one in said)


def at_its_door(answers: Answers, text: str) -> bool:
    """Whether a child tells of a stranger at its door, and of nobody before who beats or threatens it."""
    before = kinds({*answers.facts.get("signs", ())} - {AT_THE_DOOR})
    return answers.childs and before in ([], ["alone"]) and asides.stranger_at_door(text)


def hides(answers: Answers) -> bool:
    """Whether who writes hides, as far as was told last: nobody sends such a one out, or makes a noise of him."""
    for _, said in reversed(answers.words):
        if asides.HIDES in asides.kinds(said) or at_its_door(answers, said):
            return True
        if afterwards.kind(said) in OUT_OF_IT or asides.OVER in asides.kinds(said) or asides.with_adult(said):
            return False
    return False


def _for_duty(answers: Answers, key: str) -> str:
    """The card for a school or a clinic, where the child is with who writes, in a place that locks: 大声喊人 is none of
    theirs; the child stays, nobody of the family is told first, nobody asks or photographs (reports.md §1.3, §4)."""
    with_the_child = answers.facts.get("unit") in WITH_THE_CHILD and not (answers.childs or answers.english)
    own = f"{key}.duty"
    return own if with_the_child and asides.SILENT not in answers.cards and texts.known(own) else key


def _known_to_a_doctor(answers: Answers, key: str) -> bool:
    """Whether a card tells a clinic how to stop a bleeding."""
    return key == "danger.injury" and answers.facts.get("unit") == "medical"


def _once_more(work: Work, draft: Draft, answers: Answers, told: list[str], inbox_id: int) -> list[str]:
    """The card of what this very message tells of, else of the gravest told; never in the words that were said last."""
    if hides(answers) and (door := _door(answers)) is not None:
        answers.advised.append(f"aside:{door}")
        return [door]  # in place of cards that were said before
    now = _of_now(answers)
    of_now = [kind for kind in told if kind in now] or [kind for kind in told if kind in FROM_PEOPLE]
    keys = _cards(answers, of_now or told or ["other"])[:1]
    said = mailbox.keys_said(work, draft.conversation, inbox_id, work.now - LATELY, most=SOME)
    lately = [_VOICES.sub("", key) for key in said]
    more = f"{ONCE_MORE}.child" if answers.childs else ONCE_MORE
    return [_in_other_words([key, f"{key}.again", more], lately) for key in keys]


def _not_twice(work: Work, draft: Draft, answers: Answers, wanted: list[str], inbox_id: int) -> list[str]:
    """The same, where another danger has the card that was said already (就我自己在家, of who hides): in its other
    words."""
    said = mailbox.keys_said(work, draft.conversation, inbox_id, work.now - LATELY, most=SOME)
    lately = [_VOICES.sub("", key) for key in said]
    again = [key for key in wanted if key in lately and texts.known(f"{key}.again")]
    return [_in_other_words([key, f"{key}.again"], lately) if key in again else key for key in wanted]


def _in_other_words(ways: list[str], lately: list[str]) -> str:
    """The first of these ways to say it that was not said lately, else the one said longest ago. `lately`: the keys
    said, the last first."""
    known = [way for way in ways if texts.known(way)]
    fresh = next((way for way in known if way not in lately), None)
    return fresh or max(known, key=lately.index)


def _afresh(answers: Answers, fresh: list[str]) -> list[str]:
    """The cards of danger not told before. What this very message tells of has its own, also where something graver
    was left in doubt until now: 让开水烫了, then 家里还有个两岁的没人看."""
    wanted = _cards(answers, fresh)
    now = {*_of_now(answers)}
    of_now = _cards(answers, [kind for kind in fresh if kind in now])[:1]
    return list(dict.fromkeys([*of_now, *wanted]))


def _cards(answers: Answers, found: list[str]) -> list[str]:
    """The cards for these kinds; what was only threatened gets that of a threat: 先别洗澡 says it has happened."""
    wanted = cards(found, child=answers.childs)
    if threats.only_ahead(text for _, text in answers.words):
        threat = "danger.child" if answers.childs else "danger.violence"
        wanted = [threat if key.startswith("danger.sexual") else key for key in wanted]
    if answers.words and at_its_door(answers, answers.words[-1][1]):
        wanted = [AT_DOOR if key == TO_A_CHILD else key for key in wanted]
    return list(dict.fromkeys(wanted))


def _of_now(answers: Answers) -> list[str]:
    """Kinds of danger that the last message tells of."""
    hit = danger.read(answers.words[-1][1] if answers.words else "")
    return kinds({*hit.signs, *hit.if_now}, answers.cards, own=answers.own_pain)


def _besides(answers: Answers, wanted: list[str]) -> list[str]:
    """What also helps whoever cannot speak, or is not there; each once. `wanted`: the cards it stands beside."""
    child = answers.childs
    said: list[str] = []
    if asides.SILENT in answers.cards:
        said.append(f"{_SILENT}.child" if child else _SILENT)
    if asides.FAR in answers.cards and not child:
        said.append("danger.far")
    if asides.ANIMAL in answers.cards:
        said.append("danger.animal.bitten")
    if (door := _door(answers)) is not None:
        said.append(door)
    said = [key for key in said if f"aside:{key}" not in answers.advised]
    answers.advised += [f"aside:{key}" for key in said]
    return [key for key in said if SAYS_WHERE not in wanted or not key.startswith(_SILENT)]


def _door(answers: Answers) -> str | None:
    """What to do while the door is forced, said once to a child or to who hides behind it; None: else."""
    key = "danger.door.child" if answers.childs else "danger.door"
    behind_it = answers.childs or hides(answers)
    return key if asides.DOOR in answers.cards and behind_it and f"aside:{key}" not in answers.advised else None


def _go_on(work: Work, answers: Answers, known_before: bool) -> str:
    if known_before:
        return "danger.go_on.again"
    reached = "danger.go_on" if alerts.bound_roles(work, answers.area) else "danger.go_on.nobody"
    return f"{reached}.placed" if answers.given.get("place") == "given" else reached


def kinds(signs: Collection[str], said: Collection[str] = (), *, own: bool = False) -> list[str]:
    """Kinds of danger told, most pressing first. `said`: the card.… kinds of asides; `own`: of the writer himself."""
    found = [kind for kind, of in ADVICE if of & set(signs)]
    if "self_harm" in found and "weapon" in found and "self_harm_act" in signs and not AGAINST_OTHERS & set(signs):
        found.remove("weapon")  # the knife is meant for oneself
    if asides.BREATHLESS in said:
        found = ["breathless", *(kind for kind in found if kind != "illness")]
    if asides.JUMPED in said and not own and "self_harm" in found:
        found = [kind for kind in found if kind not in ("self_harm", "injury")] + ["injury"]
    if "locked_in" in found and "injury" in found:
        found.remove("injury")  # who cannot get out is hurt only perhaps; the card names 120, too
    whole = [kind for kind in found if kind in BEFORE_ALL]
    return whole or found


def cards(found: list[str], *, child: bool) -> list[str]:
    """Text keys: the most pressing kind for 110 and the most pressing for 120 or 119, in the words for whoever
    writes."""
    by_number = {kind in TO_RESCUE: kind for kind in reversed(found)}
    keys = []
    for kind in [kind for kind in found if kind in by_number.values()]:
        own = f"danger.{kind}.child"
        to_child = own if texts.known(own) else "danger.child" if kind in FROM_PEOPLE else f"danger.{kind}"
        keys.append(to_child if child else f"danger.{kind}")
    return keys
