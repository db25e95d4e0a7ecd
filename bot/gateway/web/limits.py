"""Limits of the web door: how often one conversation may write, how many may be opened, how big a body may be."""

from __future__ import annotations

from collections import OrderedDict

BODY_BYTES = 64 * 1024
UPDATE_BYTES = 1024 * 1024  # a long message that answers a long one, escaped; refused, it would come again for a day
MEDIA_BYTES = 12 * 1024 * 1024
FORM_BYTES = 64 * 1024  # what a form writes around its file
MEDIA_BYTES_IN_ALL = 192 * 1024 * 1024
TEXT_CHARACTERS = 4096


class Buckets:
    """Token buckets by name: `burst` at once, then `per_second`. Remembers the `most` last names, in memory only."""

    def __init__(self, per_second: float, burst: float, most: int = 50_000) -> None:
        self._per_second, self._burst, self._most = per_second, burst, most
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, name: str, at: float) -> bool:
        """Take one token at a monotonic moment in seconds. False: the limit is reached."""
        left, since = self._left.pop(name, (self._burst, at))
        left = min(self._burst, left + max(at - since, 0.0) * self._per_second)
        self._left[name] = (left - 1 if left >= 1 else left, at)
        if len(self._left) > self._most:
            self._left.popitem(last=False)
        return left >= 1
