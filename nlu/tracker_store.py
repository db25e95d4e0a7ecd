"""Rasa's memory of conversations: in memory only, bounded in number, length and age.

It is a cache. Every answer lives encrypted in our own database; what is forgotten here is restored from there by
`action_session_start`. Nothing of it ever reaches a disk.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SerializedTrackerAsText, TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker


class BoundedTrackerStore(TrackerStore, SerializedTrackerAsText):
    """The most recently used conversations, as JSON, until they are too many or too old."""

    def __init__(
        self,
        domain: Domain,
        event_broker: EventBroker | None = None,
        host: str | None = None,
        conversations: int = 2000,
        events: int = 30,
        minutes: float = 360,
        clock: Callable[[], float] = time.monotonic,
        **kwargs: Any,
    ) -> None:
        """Keep at most so many conversations, of each at most about so many events, unused for so many minutes."""
        super().__init__(domain, event_broker, **kwargs)
        self._most, self._events, self._seconds, self._clock = conversations, events, minutes * 60, clock
        self._kept: OrderedDict[str, tuple[float, str]] = OrderedDict()

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep a shortened copy; drop the conversations that are over a limit."""
        now = self._clock()
        self._kept[tracker.sender_id] = (now, self.serialise_tracker(shortened(tracker, self._events)))
        self._kept.move_to_end(tracker.sender_id)
        while len(self._kept) > self._most or next(iter(self._kept.values()))[0] < now - self._seconds:
            self._kept.popitem(last=False)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation, None when it is unknown, was crowded out or is too old."""
        saved, text = self._kept.get(sender_id, (0.0, ""))
        if not text or saved < self._clock() - self._seconds:
            self._kept.pop(sender_id, None)
            return None
        return self.deserialise_tracker(sender_id, text)

    async def keys(self) -> Iterable[str]:
        """Ids of the conversations still kept."""
        return list(self._kept)


def shortened(tracker: DialogueStateTracker, most: int) -> DialogueStateTracker:
    """The tracker itself while it is short, else one with the same state and only the last turns.

    What older events had set is said again in front: the open loop and the slots. A cut is made only after a
    complete turn, so a single turn longer than `most` events stays whole.
    """
    events = list(tracker.events)
    if len(events) <= most:
        return tracker
    cut = next((at for at in range(len(events) - most, len(events)) if _listens(events[at])), None)
    if cut is None:
        return tracker
    before = DialogueStateTracker.from_events(tracker.sender_id, events[:cut], tracker.slots.values())
    state: list[Event] = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted()]
    if before.active_loop_name:
        state.append(ActiveLoop(before.active_loop_name))
    state += [SlotSet(name, slot.value) for name, slot in before.slots.items() if slot.value is not None]
    return DialogueStateTracker.from_events(tracker.sender_id, [*state, *events[cut:]], tracker.slots.values())


def _listens(event: Event) -> bool:
    return isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME
