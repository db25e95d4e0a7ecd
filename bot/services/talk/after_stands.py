"""An emergency, or harm, that was told here and is talked about: what it was, who writes, how far it has come, and
which words fit that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot import texts
from bot.care import intake
from bot.reading.aftermath import after_topics, afterwards
from bot.reading.dangers import threats
from bot.reading.reports import asides
from bot.services.drafts import Answers
from bot.services.mail import mailbox
from bot.services.reporting import filing, staying
from bot.services.talk import advising
from bot.services.work import Work
from bot.storage.tables import Draft, Report

MATTERS = (
    ("self_harm", frozenset({"self_harm"})),
    ("sexual", frozenset({"sexual", "blackmail"})),
    ("held", frozenset({"locked_in"})),
    ("missing", frozenset({"missing", "trafficking"})),
    ("violence", frozenset({"sexual", "blackmail", "locked_in", "violence", "weapon"})),
    ("alone", frozenset({"alone", "abandoned"})),
    ("illness", frozenset({"fire", "drowning", "poisoning", "illness", "injury", "breathless"})),
)
"""By what the danger was: the endings of the keys that fit it, the most fitting first."""
OUT_ALONE = frozenset({"outside", "better", "school", "found"})
"""News after which a child may still be with nobody: 我跑出来了."""
BY_CHANCE = frozenset({"locked_in", "illness"})
"""Who is locked in and does not answer: the body comes first."""
OTHERWISE = "violence"
SPOKEN_OF = timedelta(hours=72)
"""So long after an emergency what its teller says and asks is of it, where it says so."""
STILL = 6
"""Among so many things said last nothing is said again in the same words."""


@dataclass(frozen=True)
class Matter:
    """What was told of danger or harm, and by whom."""

    told: Answers

    @property
    def signs(self) -> set[str]:
        """What was told, by its signs."""
        return {*self.told.facts.get("signs", ())}

    @property
    def ahead(self) -> bool:
        """Whether what touches the body was only threatened: it is spoken of as violence, nothing has to be kept."""
        return threats.only_ahead(text for _, text in self.told.words)

    @property
    def hides(self) -> bool:
        """Whether who writes hides now (`advising.hides`)."""
        return advising.hides(self.told)

    @property
    def matters(self) -> tuple[str, ...]:
        """What it was, the gravest first: self_harm, sexual, held, missing, violence, alone, illness."""
        found = {kind for kind, of in advising.ADVICE if of & self.signs}
        found = (found - {"sexual"}) | {OTHERWISE} if self.ahead else found
        names = tuple(name for name, of in MATTERS if of & found) or (OTHERWISE,)
        ill_first = found >= BY_CHANCE or {"alone", "illness"} <= {*names}  # 奶奶 is with it: the body comes first
        return ("illness", *names) if ill_first and not self.told.childs else names

    @property
    def voices(self) -> tuple[str, ...]:
        """Endings of a key for whoever writes, the most fitting first: child.hides, child; pain (he would not live),
        own (it was he), duty, far, hides, grown."""
        if self.told.childs:
            return ("child.hides", "child") if self.hides else ("child",)
        duty, own = filing.must_report(self.told), intake.did_it_himself(self.told.facts)
        far = any(asides.FAR in asides.kinds(one) for one in self.told.words_of("what"))
        pain = self.told.own_pain and self.told.grown
        so = (("pain", pain), ("own", own), ("duty", duty), ("far", far), ("hides", self.hides), ("grown", True))
        return tuple(name for name, is_so in so if is_so)

    def keys(self, base: str) -> tuple[str, ...]:
        """Text keys for what fits, the most fitting first: of this danger and this writer, of the writer, of the
        danger. Who did it himself, and who must report, hear what is theirs to do before what fits everybody."""
        of_voice = [f"{base}.{voice}" for voice in self.voices]
        of_matter = [f"{base}.{matter}.{voice}" for matter in self.matters for voice in self.voices]
        theirs = of_voice[:1] if self.voices[0] in ("own", "duty") else []
        for_matter = [f"{base}.{matter}" for matter in self.matters]
        wanted = dict.fromkeys([*theirs, *of_matter, *of_voice, *for_matter, base])
        return tuple(key for key in wanted if texts.known(key))


@dataclass(frozen=True)
class Stands(Matter):
    """An emergency that was told here: its report, what was told, and the talk about it while that is open."""

    report: Report
    draft: Draft | None

    @property
    def conversation(self) -> str:
        """The talk in which it was told."""
        return str(self.draft.conversation if self.draft is not None else self.report.conversation)

    @property
    def come_to_rest(self) -> bool:
        """Whether it was told that help is there or the child is out of it."""
        news = (one for field, one in self.told.words if field in ("what", "police"))
        safe = afterwards.SAFE - OUT_ALONE if self.told.childs else afterwards.SAFE
        return any(after_topics.tells_one_of(one, self.matters, safe) for one in news) or (
            staying.WITH_ADULT in self.told.advised
            or (self.told.childs and any(map(asides.with_adult, self.told.words_of("what"))))
        )


def say(
    work: Work,
    told: Answers,
    conversation: str,
    inbox_id: int,
    keys: tuple[str, ...],
    args: dict[str, Any] | None = None,
    *,
    at_rest: bool = False,
) -> None:
    """Say the first of these; what was among the last things said comes in its other words, or as a note. `at_rest`: a
    child is with a grown-up now."""
    lately = mailbox.keys_said(work, conversation, inbox_id, work.now - SPOKEN_OF, most=STILL)
    child = ".child" if told.childs else ""
    first = keys[:1]
    again = [f"{one}.again" for key in first for one in (key, ".".join(key.split(".")[:2]))]
    notes = [f"after.{'rest' if child and at_rest else 'noted'}{child}{nth}" for nth in ("", ".2", ".3")]
    wanted = [*first, *(key for key in again if texts.known(key)), *notes]
    key = next((one for one in wanted if one not in lately), notes[0])
    mailbox.say(work, conversation, key, args or {}, reply_to=inbox_id)
