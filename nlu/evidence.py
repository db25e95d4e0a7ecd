"""What the danger reader saw of a message, as evidence beside what its words and its meaning say.

A classifier that never heard 跳皮筋 takes a girl skipping in the yard for an emergency, because children to whom
something happens are all it knows. The reader errs elsewhere: of 200 frozen emergencies it passes over none. So its
silence speaks against danger and for a remark about something else (no other intent is as many-sided, hence as little
familiar), its alarm for danger. Nothing is decided here: who is very sure stays sure.
"""

from __future__ import annotations

import numpy as np

from bot.reading import danger

EMERGENCY, ELSEWHERE = "report_emergency", "out_of_scope"
NOT_DANGER, DANGER, CALM = -0.4, 0.2, 0.5
"""Points of score, a fifth of which is a unit of log-odds: the reader's silence or a mere concern on EMERGENCY, its
alarm on EMERGENCY, its silence on ELSEWHERE. Chosen on voices left out: beyond them macro-F1 falls."""


def evidence(texts: list[str], intents: list[str]) -> np.ndarray:
    """Points for each raw text and each intent; zero where the reader only doubts."""
    points = np.zeros((len(texts), len(intents)))
    seen = [danger.read(text) for text in texts]
    for intent, given in ((EMERGENCY, _of_danger), (ELSEWHERE, _of_calm)):
        if intent in intents:
            points[:, intents.index(intent)] = [given(one) for one in seen]
    return points


def _of_danger(seen: danger.Danger) -> float:
    if seen.ask:
        return 0.0
    return DANGER if seen.level == "emergency" else NOT_DANGER


def _of_calm(seen: danger.Danger) -> float:
    return CALM if seen.level == "none" else 0.0
