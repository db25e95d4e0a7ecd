"""Known holes of what both environments are locked to: what PyPI says today, and what was reviewed by hand.

Exit status 0: everything PyPI knows is in the reviewed list; 1: it knows more (those lines say NEW); 2: PyPI does not
tell here (no network, or an index that serves packages only). That is said first: an audit that could not ask must not
look like one that found nothing. The reviewed list is printed in every case.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import yaml

ROOT = Path(__file__).resolve().parents[1]
SOURCE = "https://pypi.org"
AT_ONCE = 4
PROBE = ("aiohttp", "3.9.5")
"""Whoever tells of holes at all tells of one in this."""

Ask = Callable[[str, str], list[dict[str, Any]]]
"""What is known of a package in a version. Raises httpx.HTTPError or ValueError when nobody tells."""


def locked(lock: str) -> dict[str, str]:
    """Package and version of each line of a lock."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    return dict(re.findall(r"^([A-Za-z0-9_.-]+)==(\S+)", text, re.M))


def reviewed() -> list[dict[str, Any]]:
    """The list of requirements/advisories.yml."""
    return list(yaml.safe_load((ROOT / "requirements" / "advisories.yml").read_text()))


def from_pypi(source: str) -> Ask:
    """PyPI's own record of each release, which names its known holes."""
    client = httpx.Client(base_url=source, timeout=10, follow_redirects=True)

    def ask(package: str, version: str) -> list[dict[str, Any]]:
        answer = client.get(f"/pypi/{package}/{version}/json")
        answer.raise_for_status()
        return [one for one in answer.json()["vulnerabilities"] if not one.get("withdrawn")]

    return ask


def told(ask: Ask) -> list[str] | None:
    """What is known and not in the reviewed list, line by line; None: nobody tells here."""
    try:
        if not ask(*PROBE):
            return None
        parts = sorted({part for lock in ("app", "rasa") for part in locked(lock).items()})
        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = list(pool.map(lambda part: ask(*part), parts))
    except (httpx.HTTPError, ValueError, KeyError):
        return None
    known = {(one["package"], str(one["pinned"]), number) for one in reviewed() for number in one["ids"]}
    return [
        f"NEW {package} {version}: {one['id']} {' '.join(one.get('aliases', ()))}; mended in "
        f"{', '.join(one.get('fixed_in', ())) or 'no version'}"
        for (package, version), found in zip(parts, answers, strict=True)
        for one in found
        if not {(package, version, number) for number in (one["id"], *one.get("aliases", ()))} & known
    ]


def lines() -> list[str]:
    """The reviewed list for reading."""
    return [
        f"{one['package']} {one['pinned']}: {', '.join(one['ids'])} "
        f"({'below ' + str(one['below']) if one['below'] else 'all versions'}): {one['what']}. {one['contained']}"
        for one in reviewed()
    ]


def main(ask: Ask, say: Callable[[str], None]) -> int:
    """Say everything; returns the exit status."""
    new = told(ask)
    if new is None:
        say("NOT AUDITED: PyPI's record of known holes cannot be asked from here. Where it can, run this again.")
    else:
        say(f"PyPI was asked about both environments: {len(new)} holes that are not in the reviewed list.")
    for line in new or ():
        say(line)
    say(f"Reviewed by hand ({len(reviewed())}, requirements/advisories.yml):")
    for line in lines():
        say(line)
    return 2 if new is None else int(bool(new))


if __name__ == "__main__":
    words = argparse.ArgumentParser()
    words.add_argument("--source", default=SOURCE, help="where PyPI's JSON is to be had")
    sys.exit(main(from_pypi(words.parse_args().source), lambda line: sys.stdout.write(f"{line}\n")))
