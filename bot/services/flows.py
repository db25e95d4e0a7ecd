"""The table of the flows a person can be led through, beside reports: what opens, takes words and settles buttons.

A flow is a module of services. Its buttons are "<flow>.<field>=<value>"; "flow:<flow>" opens it. Buttons under
what we send unasked belong to no open flow: they are `TAPS`, "<name>:<rest>".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Protocol

from bot.services.contact import joining, parents, weekly
from bot.services.eligibility import talk as eligibility_talk
from bot.services.eligibility.state import KEPT
from bot.services.entrusted import duties as entrusted_duties
from bot.services.entrusted import paper_links
from bot.services.entrusted import talk as entrusted_talk
from bot.services.register import handovers, level_talk
from bot.services.register import talk as register_talk
from bot.services.reporting import filing, turning, written
from bot.services.staff import binding
from bot.services.talk import office_harm
from bot.services.talk.meaning import Meant
from bot.services.tasks import taps as care_task_taps
from bot.services.visits import harm_left, log_talk, need_talk, stand_in_talk, visiting
from bot.services.visits import taps as visit_taps
from bot.services.work import Work
from bot.storage.tables import Draft


class Flow(Protocol):
    """What each flow's module offers. Every function returns or keeps the field asked next; None: the flow is over."""

    @property
    def FLOW(self) -> str:
        """The name of the flow, of its form in Rasa (`<flow>_form`) and of its buttons."""

    def start(
        self, work: Work, conversation: str, inbox_id: int, text: str = "", *, told_rasa: bool = False
    ) -> str | None:
        """Open the flow, or go on with it; `text`: what was said with it."""

    def turn(self, work: Work, conversation: str, inbox_id: int, text: str, meant: Meant) -> str | None:
        """Take one message."""

    def takes(self, work: Work, conversation: str, text: str) -> bool:
        """Whether words answer what is open in this flow, though they may look like a question about the policy."""

    def tap(self, work: Work, conversation: str, inbox_id: int, field: str, value: str) -> bool:
        """Settle a button of this flow. False: it belongs to nothing that is open."""


Tap = Callable[[Work, str, int, str, str], bool]
"""(work, conversation, inbox id, name, rest) of a button "<name>:<rest>"; False: it belongs to nothing any more."""

FLOWS: Mapping[str, Flow] = {
    flow.FLOW: flow for flow in (binding, eligibility_talk, visiting, weekly, joining, register_talk, entrusted_talk)
}
OPEN_TO_ALL = frozenset({binding.FLOW})
"""Flows that Telegram carries in redirect mode too: nothing personal about a child is said in them."""
KEPT_FOR: Mapping[str, timedelta] = {
    eligibility_talk.FLOW: KEPT,
    visiting.FLOW: visiting.KEPT_FOR,
    weekly.FLOW: weekly.KEPT,
    joining.FLOW: weekly.KEPT,
    register_talk.FLOW: timedelta(hours=48),
    entrusted_talk.FLOW: entrusted_talk.KEPT,
}
"""How long a half-finished draft of a flow is kept; nothing here: it goes at the first look (`silence`)."""
GOES_UP: Mapping[str, Callable[[Work, Draft], bool]] = {visiting.FLOW: harm_left.goes_up}
"""What becomes of harm that was told in a flow and is left without an answer, where it is not the report itself."""
TAPS: Mapping[str, Tap] = {
    care_task_taps.TAP: care_task_taps.tap,
    handovers.KIND: handovers.tap,
    "due": visit_taps.tap,
    "log": log_talk.tap,
    need_talk.TAP: need_talk.tap,
    stand_in_talk.TAP: stand_in_talk.tap,
    office_harm.TAP: office_harm.tap,
    level_talk.TAP: level_talk.tap,
    entrusted_duties.TAP: entrusted_duties.tap,
    paper_links.TAP: paper_links.tap,
    turning.TAP: turning.tap,
    filing.WRITTEN: written.tap,
    **parents.TAPS,
    register_talk.REVIEW: register_talk.settle_push,
    register_talk.MOVE: register_talk.settle_push,
    register_talk.SPLIT: register_talk.settle_push,
}
