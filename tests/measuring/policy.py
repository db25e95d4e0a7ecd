"""How well policy questions are found: top one, top three, what is shown, what is refused, on three sets of questions.

The sets were written apart from the wording of the topics by one author, the hard way about: `first` before the second
half of the data was written, `fresh` after it, `last` after everything; each was read once and then known, so that only
the first reading of each (policy_questions.yml says it) is an honest figure. What is printed is today's.
"""

from __future__ import annotations

from collections import Counter

import yaml

from bot.reading.policy_questions import MAYBE, NONE, Finder
from bot.texts import policy_answers
from tests.faults.gateway_process import ROOT

QUESTIONS = ROOT / "tests" / "measuring" / "policy_questions.yml"
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


def measure() -> list[tuple[str, str, str]]:
    """Rows of name, figure and goal."""
    known = yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))
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
