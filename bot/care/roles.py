"""Roles, their areas, and what each may read or write: deny by default (roles.yml)."""

from __future__ import annotations

from functools import cache
from typing import Any

from bot.care import policy_data

DIGITS = {"village": 12, "township": 9, "county": 6, "prefecture": 4, "province": 2}


def label_zh(role: str) -> str:
    """The Chinese name of a role. Raises KeyError for an unknown one."""
    return str(_roles()[role]["label_zh"])


def area_digits(role: str) -> int:
    """How many digits the division code of this role's area has. Raises ValueError for a role without an area."""
    for level in policy_data.read("roles")["hierarchy"]:
        if role in level["posts"]:
            return int(level["area_code_digits"])
    if role in ("dept_focal", "partner_county", "school_focal"):
        return DIGITS["county"]
    if role == "volunteer":
        return DIGITS["township"]
    if role in ("sys_admin", "privacy_officer"):
        return DIGITS["province"]
    raise ValueError(f"{role} has no area")


def validate_area(role: str, area: str) -> None:
    """Raise ValueError, saying what would be right, unless the role exists and the code fits it."""
    if role not in _roles():
        raise ValueError(f"没有这个岗位 / no such role: {role}; 有 / there are: {', '.join(_roles())}")
    digits = area_digits(role)
    if not area.isdigit() or len(area) != digits or not area.startswith("22"):
        raise ValueError(
            f"{label_zh(role)}的区划代码应为22开头的{digits}位 / {role} needs {digits} digits beginning 22"
        )


def covers(scope: str, area: str) -> bool:
    """Whether a scope covers a division: every code that begins with it."""
    return area.startswith(scope)


def may(role: str, resource: str, mode: str) -> tuple[str, ...]:
    """Scopes in which a role may "read" or "write" a resource; empty: not at all."""
    access: dict[str, Any] = policy_data.read("roles")["resources"].get(resource, {}).get("access", {})
    scope = access.get(role, {}).get(mode, "none")
    return () if scope == "none" else (scope,)


def actors(target: str) -> tuple[str, ...]:
    """Role ids behind a route target or actor id; a role id stands for itself, an unknown one for nobody."""
    if target in _roles():
        return (target,)
    return tuple(policy_data.read("roles")["actor_map"]["map"].get(target, {}).get("roles", ()))


@cache
def _roles() -> dict[str, dict[str, Any]]:
    return {role["id"]: role for role in policy_data.read("roles")["roles"]}
