"""An emergency that was told here and is talked about: what the danger was, who writes, how far it has come, and which
words fit that."""

from __future__ import annotations

from dataclasses import dataclass

from bot import texts
from bot.reading import after_topics, afterwards, asides
from bot.services.drafts import Answers
from bot.services.reporting import filing, staying
from bot.services.talk import advising
from bot.storage.tables import Draft, Report

MATTERS = (
    ("self_harm", frozenset({"self_harm"})),
    ("sexual", frozenset({"sexual", "blackmail"})),
    ("held", frozenset({"locked_in"})),
    ("missing", frozenset({"missing", "trafficking"})),
    ("violence", frozenset({"sexual", "blackmail", "locked_in", "violence", "weapon"})),
    ("illness", frozenset({"fire", "drowning", "poisoning", "illness", "injury", "breathless"})),
)
"""By what the danger was: the endings of the keys that fit it, the most fitting first."""
BY_CHANCE = frozenset({"locked_in", "illness"})
"""Who is locked in and does not answer: the body comes first."""
OTHERWISE = "violence"


@dataclass(frozen=True)
class Stands:
    """An emergency that was told here: its report, what was told, and the talk about it while that is open."""

    report: Report
    told: Answers
    draft: Draft | None

    @property
    def conversation(self) -> str:
        """The talk in which it was told."""
        return str(self.draft.conversation if self.draft is not None else self.report.conversation)

    @property
    def matters(self) -> tuple[str, ...]:
        """What the danger was, the gravest first: self_harm, sexual, held, missing, violence, illness."""
        signs = {*self.told.facts.get("signs", ())}
        found = {kind for kind, of in advising.ADVICE if of & signs}
        names = tuple(name for name, of in MATTERS if of & found) or (OTHERWISE,)
        return ("illness", *names) if found >= BY_CHANCE and not self.told.childs else names

    @property
    def voices(self) -> tuple[str, ...]:
        """Endings of a key for whoever writes, the most fitting first."""
        if self.told.childs:
            return ("child",)
        duty = filing.must_report(self.told)
        far = any(asides.FAR in asides.kinds(one) for one in self.told.words_of("what"))
        return tuple(name for name, is_so in (("duty", duty), ("far", far), ("grown", True)) if is_so)

    @property
    def come_to_rest(self) -> bool:
        """Whether it was told that help is there or the child is out of it."""
        news = (one for field, one in self.told.words if field in ("what", "police"))
        return any(after_topics.tells_one_of(one, self.matters, afterwards.SAFE) for one in news) or (
            staying.WITH_ADULT in self.told.advised
        )

    def keys(self, base: str) -> tuple[str, ...]:
        """Text keys for what fits, the most fitting first: of this danger and this writer, of the writer, of the
        danger. Whoever must report hears what is his to do before what fits everybody."""
        of_voice = [f"{base}.{voice}" for voice in self.voices]
        of_matter = [f"{base}.{matter}.{voice}" for matter in self.matters for voice in self.voices]
        duty = of_voice[:1] if filing.must_report(self.told) and not self.told.childs else []
        for_matter = [f"{base}.{matter}" for matter in self.matters]
        wanted = dict.fromkeys([*duty, *of_matter, *of_voice, *for_matter, base])
        return tuple(key for key in wanted if texts.known(key))
