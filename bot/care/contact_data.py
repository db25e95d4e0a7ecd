"""What the plan's contact page gives as data (policy/contact.yml): numbers with their basis."""

from __future__ import annotations

from bot.care import policy_data


def amount(key: str) -> float:
    """The value of a number of contact.yml, in the unit of its entry. Raises KeyError naming the key."""
    for entry in policy_data.read("contact")["numbers"]:
        if entry["key"] == key:
            return float(entry["value"])
    raise KeyError(f"contact.yml has no {key}")
