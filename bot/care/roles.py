"""Roles, their areas, and what each may read or write: deny by default (roles.yml)."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from bot.care import policy_data

PROVINCE = "22"
# How roles.yml writes an area: "township (9) or county (6)", "province ('22')".
_DIGITS = re.compile(r"\((\d+)|\('(\d+)'\)")


def ids() -> frozenset[str]:
    """All role ids."""
    return frozenset(_roles())


def label_zh(role: str) -> str:
    """The Chinese name of a role. Raises KeyError for an unknown one."""
    return str(_roles()[role]["label_zh"])


@cache
def area_lengths(role: str) -> tuple[int, ...]:
    """All lengths a division code of this role may have, the usual one first; empty for a role without an area.

    Raises KeyError for an unknown role.
    """
    written = _DIGITS.findall(str(_roles()[role]["area"]))
    return tuple(int(digits) if digits else len(code) for digits, code in written)


def area_digits(role: str) -> int:
    """How many digits the division code of this role's area usually has. Raises ValueError for one without an area."""
    lengths = area_lengths(role)
    if not lengths:
        raise ValueError(f"{role} has no area")
    return lengths[0]


def validate_area(role: str, area: str) -> None:
    """Raise ValueError, saying what would be right, unless the role exists and the code fits it."""
    if role not in _roles():
        raise ValueError(f"没有这个岗位 / no such role: {role}; 有 / there are: {', '.join(_roles())}")
    lengths = area_lengths(role)
    if not lengths:
        raise ValueError(f"{label_zh(role)}没有区划 / {role} has no area")
    if not (area.isascii() and area.isdigit()) or len(area) not in lengths or not area.startswith(PROVINCE):
        digits, start = "/".join(map(str, lengths)), PROVINCE
        raise ValueError(
            f"{label_zh(role)}的区划代码应为{start}开头的{digits}位 / {role} needs {digits} digits beginning {start}"
        )


def covers(scope: str, area: str) -> bool:
    """Whether a scope covers a division: every code that begins with it. An empty scope covers nothing."""
    return scope != "" and area.startswith(scope)


def may(role: str, resource: str, mode: str) -> tuple[str, ...]:
    """Scopes (roles.yml#scopes) in which a role may "read" or "write" a resource; empty: not at all.

    Whatever the matrix does not name is denied.
    """
    access: dict[str, Any] = policy_data.read("roles")["resources"].get(resource, {}).get("access", {})
    scope = access.get(role, {}).get(mode, "none")
    return () if scope == "none" else (scope,)


def actors(target: str) -> tuple[str, ...]:
    """Role ids behind a route target or actor id; a role id stands for itself, an unknown one for nobody."""
    if target in _roles():
        return (target,)
    return tuple(policy_data.read("roles")["actor_map"]["map"].get(target, {}).get("roles", ()))


def target_label(target: str) -> str:
    """The Chinese name of a route target, department or role. Raises KeyError for an unknown one."""
    if target in _roles():
        return label_zh(target)
    return str(policy_data.read("roles")["actor_map"]["map"][target]["zh"])


@cache
def _roles() -> dict[str, dict[str, Any]]:
    return {role["id"]: role for role in policy_data.read("roles")["roles"]}
