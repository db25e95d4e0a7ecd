"""How well policy questions are found: top one, top three, what is shown, what is refused, on three sets of questions.

What a set does on the whole path (classifier, rules, services) is read with `hearing`, and so is how often other words
are taken for a question: only the first reading of a set is honest.

The sets were written apart from the wording of the topics by one author, the hard way about: `first` before the second
half of the data was written, `fresh` after it, `last` after everything; each was read once and then known, so that only
the first reading of each (policy_questions.yml says it) is an honest figure. What is printed is today's.
"""

from __future__ import annotations

from collections import Counter

from bot import shipped
from bot.reading.policy.finding import MAYBE, NONE
from bot.reading.policy.policy_questions import Finder
from bot.services.talk import policy_talk
from bot.services.talk.meaning import Meant
from bot.texts import policy_answers
from tests.builders import World
from tests.faults.gateway_process import ROOT
from tests.measuring import hearing

QUESTIONS = ROOT / "tests" / "measuring" / "policy_questions.yml"
STRANGERS = ROOT / "tests" / "measuring" / "policy_strangers.yml"
OF_STRANGERS = (
    "one",
    "two",
    "frozen",
    "hard_one",
    "hard_two",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
)
FOLLOWED, THEN = "followed", " > "
"""Follow-ups: what was asked before, and the question that goes on from its answer."""
SETS = (("first", "nothing"), ("fresh", "fresh_nothing"), ("last", "last_nothing"))


def figures(finder: Finder, voices: dict[str, list[str]]) -> Counter[str]:
    """How many questions have a right topic first, among three, in what is shown, or are refused."""
    found = Counter[str]()
    for line in (line for lines in voices.values() for line in lines):
        question, right = (part.strip() for part in line.rsplit("|", 1))
        wanted = set(right.split())
        ranked = [near.topic for near in finder.rank(question)]
        answer = finder.find(question, taken=True)
        shown = answer.topics[: answer.close if answer.kind == MAYBE else 1]
        found["all"] += 1
        found["first"] += bool(wanted & set(ranked[:1]))
        found["three"] += bool(wanted & set(ranked[:3]))
        found["shown"] += answer.kind != NONE and bool(wanted & set(shown))
        found["refused"] += answer.kind == NONE
        found["several"] += answer.kind == MAYBE
    return found


def lines(voices: dict[str, list[str]]) -> list[tuple[str, set[str]]]:
    """Questions and the topics that answer them."""
    parts = [line.rsplit("|", 1) for said in voices.values() for line in said]
    return [(question.strip(), set(right.split())) for question, right in parts]


def on_the_path(world: World, voices: dict[str, list[str]]) -> float:
    """Share of questions whose fact is in what is answered, each in a talk of its own, as a stranger asks it; of those
    that go on from an earlier one, in what is answered last."""
    asked, known = [(question.split(THEN), right) for question, right in lines(voices)], policy_answers.topics()
    turns = list(dict.fromkeys(turn for question, _ in asked for turn in question))
    meant = dict(zip(turns, hearing.understood(turns), strict=True))
    answered = 0
    for question, right in asked:
        talk, before = world.citizen(), 0
        for turn in question:
            before = len(world.said(talk))
            hearing.hear(world, talk, turn, meant[turn])
        said = "\n".join(one.text for one in world.said(talk)[before:])
        answered += any(known[topic].answer in said for topic in right)
    return answered / len(asked)


def taken(world: World) -> tuple[Counter[str], int]:
    """How many sentences of other intents are taken for a policy question, instead of what they mean and beside it."""
    citizen, staff = world.citizen(), world.staff("child_director")
    found, total = Counter[str](), 0
    for text, intent in hearing.sentences():
        otherwise = hearing.otherwise(intent)
        total += intent != "ask_policy"
        if otherwise is None:
            continue
        who = staff if otherwise in policy_talk.STAFF else citizen
        with world.work() as work:
            found[policy_talk.decide(work, who, text, otherwise, Meant(intent, 0.9))] += 1
    return found, total


def strangers() -> list[tuple[str, str, str]]:
    """Rows about the sets of strangers, and about what is taken from others."""
    known, finder, rows = shipped.content(STRANGERS), policy_answers.finder(), []
    with hearing.fresh_world() as world:
        for name in OF_STRANGERS:
            found = figures(finder, known[name])
            rows.append((f"policy questions of strangers, set {name}", str(found["all"]), ""))
            rows.append(("  right topic first", f"{found['first'] / found['all']:.3f}", ""))
            rows.append(("  right answer in what is shown", f"{found['shown'] / found['all']:.3f}", ">= 0.95"))
            rows.append(("  right answer on the whole path", f"{on_the_path(world, known[name]):.3f}", ">= 0.95"))
        rows.append((f"policy follow-ups of strangers, set {FOLLOWED}", str(len(lines(known[FOLLOWED]))), ""))
        rows.append(("  right answer on the whole path", f"{on_the_path(world, known[FOLLOWED]):.3f}", ">= 0.95"))
        strange = known["frozen_nothing"]
        refused = sum(finder.find(one).kind == NONE for one in strange)
        rows.append((f"  refused of {len(strange)} about other things", f"{refused / len(strange):.3f}", ""))
        counts, total = taken(world)
    for what, goal in (("instead", "<= 0.01"), ("beside", "")):
        rows.append((f"other words taken for a question, {what}", f"{counts[what] / total:.4f}", goal))
    return rows


def measure() -> list[tuple[str, str, str]]:
    """Rows of name, figure and goal."""
    known = shipped.content(QUESTIONS)
    finder = policy_answers.finder()
    rows = [("policy topics", str(len(policy_answers.topics())), ">= 150")]
    for name, nothing in SETS:
        found = figures(finder, known[name])
        total = found["all"]
        rows.append((f"policy questions, set {name}", str(total), ""))
        rows.append(("  right topic first", f"{found['first'] / total:.3f}", ""))
        rows.append(("  right topic among the first three", f"{found['three'] / total:.3f}", ""))
        rows.append(("  right answer in what is shown", f"{found['shown'] / total:.3f}", ">= 0.95"))
        rows.append(("  shown two or three answers", f"{found['several'] / total:.3f}", ""))
        rows.append(("  refused although answered in the set", f"{found['refused'] / total:.3f}", ""))
        strange = known[nothing]
        refused = sum(finder.find(one).kind == NONE for one in strange)
        rows.append((f"  refused of {len(strange)} about other things", f"{refused / len(strange):.3f}", ""))
    return rows
