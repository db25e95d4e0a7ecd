"""`make eval`: danger on frozen sentences, policy questions, strangers' intents, how few questions a check takes.

The frozen sentences were written by people who saw neither the lexicon nor the training data; nobody corrects the
lexicon by them, so they are counted here and never shown.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from typing import Any

from bot import shipped
from bot.reading import danger
from tests.faults.gateway_process import ROOT
from tests.measuring import accepting, asking, drawing, entities, hearing, parsing, policy, stock_understanding
from tests.measuring.accepting import Figure
from tests.reading import behaviour

FROZEN = ROOT / "tests" / "reading" / "danger_frozen.yml"
PICTURES = ROOT / "var" / "eval"
RASA = ROOT / ".venv-rasa" / "bin" / "python"
GIVE_UP_SECONDS = 280.0


_figures_with_goal: dict[str, Figure] = {}
"""What is compared with the accepted figures: every share that was printed with a goal, under its heading."""
_heading = [""]


def _say(name: str, figure: str, goal: str = "") -> None:
    if not name.startswith(" "):
        _heading[0] = name
    found = accepting.read(figure, goal)
    if found is not None:
        _figures_with_goal[name if not name.startswith(" ") else f"{_heading[0]}:{name[1:]}"] = found
    sys.stdout.write(f"{name:<62}{figure:>32}{'   goal ' + goal if goal else ''}\n")
    sys.stdout.flush()


def _share(count: int, total: int) -> str:
    """With the range the true share lies in."""
    low, high = accepting.wilson(count, total)
    return f"{count}/{total} = {count / total:.3f} ({low:.3f}-{high:.3f})" if total else "none"


def _levels(sentences: list[str]) -> Counter[str]:
    """How many are answered at once, asked about, taken as a concern of other days, or left to the classifier."""
    found = Counter[str]()
    for text in sentences:
        seen = danger.read(text)
        found["asked" if seen.ask else seen.level] += 1
    return found


def read_danger() -> None:
    """The danger reader alone, on the frozen sentences."""
    frozen = shipped.content(FROZEN)
    real, other = frozen["emergency"], frozen["not_emergency"]
    found, wrong = _levels(real), _levels(other)
    _say("danger reader on frozen sentences: emergencies", str(len(real)))
    _say("  answered at once", _share(found["emergency"], len(real)))
    _say("  asked: is a child in danger now?", _share(found["asked"], len(real)))
    _say("  taken as a concern, not now", _share(found["concern"], len(real)))
    _say("  missed", _share(found["none"], len(real)))
    _say("  recall, answered or asked", _share(found["emergency"] + found["asked"], len(real)), ">= 0.99")
    _say("danger reader on frozen sentences: no emergencies", str(len(other)))
    _say("  false alarms", _share(wrong["emergency"], len(other)), "<= 0.05")
    _say("  asked: is a child in danger now?", _share(wrong["asked"], len(other)))


def leave_voices_out() -> dict[str, Any]:
    """The result of voices.py, run in Rasa's environment; its progress is passed on."""
    command = [str(RASA), "-W", "ignore", "-m", "tests.measuring.voices"]
    last = ""
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        try:
            for line in child.stdout:
                if line.startswith("  "):
                    sys.stdout.write(line)
                    sys.stdout.flush()
                last = line
            status = child.wait(timeout=GIVE_UP_SECONDS)
        finally:
            child.kill()
    if status:
        raise SystemExit(f"the classifier could not be measured (status {status})")
    found: dict[str, Any] = json.loads(last)
    return found


def tell(found: dict[str, Any]) -> None:
    """The classifier's figures."""
    _say(
        f"intents, every voice left out of training once, in {found['tables']} turns", f"{found['sentences']} sentences"
    )
    for one in found["voices"]:
        _say(f"  macro-F1 of the voice {one['voice']} ({one['sentences']})", f"{one['macro_f1']:.3f}")
    _figures(found)
    _say(
        "  macro-F1, mean over the voices", f"{sum(v['macro_f1'] for v in found['voices']) / len(found['voices']):.3f}"
    )
    for value, intent in found["f1"]:
        _say(f"  F1 of {intent}", f"{value:.3f}")
    for count, meant, heard in found["confusions"]:
        _say(f"  {meant} taken for {heard}", f"{count} times")
    for voices, value in found["curve"]:
        _say(f"  macro-F1 over five strangers after learning from {voices} voices", f"{value:.3f}")
    for one in found["strangers"]:
        _say(f"set {one['set']} of a stranger, which nothing was tuned on", f"{one['sentences']} sentences")
        _figures(one)


def draw(found: dict[str, Any]) -> None:
    """The pictures of the same figures."""
    drawing.confusion(found["names"], found["matrix"], PICTURES / "confusion.png")
    drawing.curve(found["curve"], PICTURES / "learning_curve.png")
    drawing.reliability(found["bins"], PICTURES / "reliability.png")
    _say("pictures", str(PICTURES.relative_to(ROOT)))


def _figures(of: dict[str, float]) -> None:
    _say("  macro-F1 over all intents", f"{of['macro_f1']:.3f}", ">= 0.93")
    _say("  accuracy", f"{of['accuracy']:.3f}")
    _say("  calibration error (ECE, ten bins)", f"{of['ece']:.3f}", "<= 0.03")
    _say("  out of scope, recall", f"{of['out_of_scope']:.3f}", ">= 0.85")
    _say("  concerns and emergencies swallowed as out of scope", f"{of['swallowed']:.3f}", "0")
    _say("  emergencies: classifier alone, first choice", f"{of['emergency_by_classifier']:.3f}")
    _say("  emergencies: danger reader, answered or asked", f"{of['emergency_by_reader']:.3f}")
    _say("  emergencies: reader, its question or classifier", f"{of['emergency_by_any']:.3f}", ">= 0.99")
    _say("  others treated as emergency by either", f"{of['false_alarms']:.3f}", "<= 0.05")
    _say("  others only asked", f"{of['needlessly_asked']:.3f}")


def tell_behaviour() -> None:
    """Capabilities of the danger reader and of the trained classifier: share of failing cases, and each failure."""
    texts = behaviour.sentences("intents")
    heard = {text: str(meant.intent) for text, meant in zip(texts, hearing.understood(texts), strict=True)}
    for part, taken in (("danger", lambda text: _now(danger.read(text))), ("intents", heard.__getitem__)):
        for name, known in behaviour.capabilities(part).items():
            found = behaviour.outcome(known, taken)
            _say(f"behaviour, {part}: {name} fails", f"{len(found.failures)}/{found.cases}", f"<= {found.allowed}")
            for failure in found.failures:
                _say(f"    {failure}", "")


def _now(seen: danger.Danger) -> str:
    return "now" if seen.level == "emergency" or seen.ask else "later"


def main() -> None:
    """Print the table."""
    began = time.monotonic()
    read_danger()
    tell_behaviour()
    for figure in asking.figures():
        _say(*figure)
    _say("entities our own reading finds", "")
    for name, figure, goal in entities.measure():
        _say(name, figure, goal)
    for name, figure, goal in (*policy.measure(), *policy.strangers()):
        _say(name, figure, goal)
    for name, figure, goal in parsing.measure():
        _say(name, figure, goal)
    _say("leaving out each voice in turn", "1 to 4 minutes")
    found = leave_voices_out()
    tell(found)
    draw(found)
    if os.environ.get("STOCK"):
        for name, figure, goal in stock_understanding.measure():
            _say(name, figure, goal)
    _say("all of this took", f"{time.monotonic() - began:.0f} s", "<= 300")
    if os.environ.get("ACCEPT"):
        accepting.accept(_figures_with_goal)
    lines = accepting.worse(_figures_with_goal, accepting.known())
    if lines:
        raise SystemExit("worse than accepted (tests/measuring/accepted.yml):\n" + "\n".join(lines))


if __name__ == "__main__":
    main()
