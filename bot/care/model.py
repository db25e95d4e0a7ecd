"""The eligibility model as dated data: loaded once, checked, compiled. A changed reading is a new version, a new file.

`in_force(on)` is the version for assessments of that day; `version("1.1.0")` re-runs an old one under its own.
Everything raises ValueError, naming what is wrong, for a file that contradicts itself: at the start, not in a talk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any

from bot.care import clauses, policy_data
from bot.care.circuit import PARENTS, Circuit, Compiler, Truths

PARENT_ZH = {"father": "父亲", "mother": "母亲"}
UNKNOWN = "unknown"
CHILD_AGE, BIRTH_DATE, ASSESSMENT_DATE = "child_age_years", "child_birth_date", "assessment_date"
# What only readers of child_hiv may see (roles.yml#hiv_protection), and the rule everybody else sees in its place.
PROTECTED_FACT, PROTECTED_RULE, SHOWN_AS = "child_hiv", "SELF.3", "SELF.4"
RESULTS = {
    "left_behind": "left_behind",
    "hardship": "hardship",
    "hardship_family": "family",
    "hardship_self": "self",
    "hardship_guardianship": "guardianship",
    "rural_single_parent": "key_focus",
}
# 困境儿童 is the union of its three groups; what is open for it is open for one of them (#unasked_rule).
ASKED_FOR = tuple(result for result in RESULTS if result != "hardship")


HARDSHIPS = ("hardship_family", "hardship_self", "hardship_guardianship")
NOT_ELIGIBLE = "not_eligible"


@dataclass(frozen=True)
class Fact:
    """One fact. `kind`: enum, integer or date; `policy`: public, staff or system; `parent`: whose it is."""

    id: str
    question: str
    kind: str
    values: tuple[str, ...]
    default: Any
    policy: str
    sensitivity: str
    source: tuple[str, ...]
    signals: tuple[str, ...]
    alternative_to: str | None
    parent: str | None
    labels: Mapping[str, str]


@dataclass(frozen=True)
class Rule:
    """One rule. `place`: its own condition; `gated`: under the gate of its group too; `depends`: facts below it."""

    code: str
    label: str
    label_en: str
    group: str
    cites: tuple[str, ...]
    evidence: tuple[str, ...]
    place: int
    gated: int
    depends: frozenset[str]


@dataclass(frozen=True)
class Trigger:
    """A safety fact whose values call for the report flow, unless another fact has one of `unless_values`."""

    fact: str
    values: tuple[str, ...]
    unless: str | None
    unless_values: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Model:
    """One version of the model, compiled."""

    version: str
    plan_until: date
    facts: Mapping[str, Fact]
    alternatives: Mapping[str, str]  # a fact that is another way to give a fact -> that fact
    askable: tuple[str, ...]  # public facts that are no alternative
    spans: Mapping[str, tuple[tuple[int, int, int], ...]]
    bounds: Mapping[str, tuple[int, ...]]  # what conditions compare a number with
    circuit: Circuit
    cited: Mapping[int, tuple[str, ...]]  # the clauses of the predicate at a place
    base: tuple[int, ...]
    rules: Mapping[str, Rule]
    groups: Mapping[str, int]
    unions: Mapping[str, tuple[str, ...]]  # a group that is the union of others -> those
    gates: Mapping[str, int]
    ask_when: Mapping[str, int]
    triggers: tuple[Trigger, ...]
    emergency_cites: tuple[str, ...]
    flags: Mapping[str, tuple[str, ...]]
    outcomes: tuple[str, str, str]
    labels: Mapping[str, str]  # of results and outcomes

    @cached_property
    def defaults(self) -> dict[str, Any]:
        """Every fact at its default_when_absent; only to be read."""
        return {fact.id: fact.default for fact in self.facts.values()}

    @cached_property
    def asked_for(self) -> dict[str, tuple[int, ...]]:
        """The places of the rules of each result that is asked for by itself; only to be read."""
        return {result: tuple(rule.gated for rule in self.rules_of(result)) for result in ASKED_FOR}

    def rules_of(self, result: str) -> tuple[Rule, ...]:
        """The rules whose union a result is."""
        groups = self.unions.get(RESULTS[result], (RESULTS[result],))
        return tuple(rule for rule in self.rules.values() if rule.group in groups)


def in_force(on: date) -> Model:
    """The version in force on a day: the last one whose `from` is not after it, else the first."""
    entries = _versions()
    begun = [entry for entry in entries if entry.get("from", date.min) <= on]
    return version((begun or entries)[-1 if begun else 0]["version"])


@cache
def version(number: str) -> Model:
    """The version with this number. Raises KeyError naming it if there is none, ValueError if its file is wrong."""
    for entry in _versions():
        if entry["version"] == number:
            content = policy_data.read(entry["file"])
            if content["meta"]["model_version"] != number:
                raise ValueError(f"{entry['file']}.yml is version {content['meta']['model_version']}, not {number}")
            return compiled(content, entry["plan_until"])
    raise KeyError(f"eligibility_versions.yml has no {number}")


def _versions() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = policy_data.read("eligibility_versions")["versions"]
    return entries


def compiled(content: Mapping[str, Any], plan_until: date) -> Model:
    """A model from the content of its file, checked and compiled. Raises ValueError for what cannot be."""
    facts = {fact.id: fact for fact in _facts(content)}
    circuit = Circuit()
    compiler = Compiler(circuit, _named(content))
    rules = {code: _rule(code, entry, content, compiler, circuit) for code, entry in content["rules"].items()}
    groups = {name: compiler.place({"group": name}) for name in content["groups"]}
    gates = {name: compiler.place({"pred": name}) for name in ("AGE_LT_16", "AGE_LT_18")}
    ask_when = {
        fact_id: compiler.place(entry["ask_when"], parent)
        for fact_id, entry, parent in _entries(content)
        if "ask_when" in entry
    }
    _check(circuit, facts, content)
    askable = tuple(fact.id for fact in facts.values() if fact.policy == "public" and not fact.alternative_to)
    return Model(
        version=content["meta"]["model_version"],
        plan_until=plan_until,
        facts=facts,
        alternatives={fact.id: fact.alternative_to for fact in facts.values() if fact.alternative_to},
        askable=askable,
        spans={fact: _spans(circuit, facts[fact]) for fact in askable},
        bounds={fact.id: _bounds(circuit, fact.id) for fact in facts.values() if fact.kind == "integer"},
        circuit=circuit,
        cited={place: tuple(content["predicates"][name]["cites"]) for place, name in compiler.predicates.items()},
        base=tuple(_base(circuit, facts)),
        rules=rules,
        groups=groups,
        unions={name: tuple(entry["groups"]) for name, entry in content["groups"].items() if "groups" in entry},
        gates=gates,
        ask_when=ask_when,
        triggers=tuple(_trigger(entry) for entry in content["emergency"]["any_of"]),
        emergency_cites=tuple(content["emergency"]["cites"]),
        flags={name: tuple(entry["any_rules"]) for name, entry in content["benefit_flags"].items()},
        labels=_labels(content),
        outcomes=tuple(content["truth"][truth] for truth in "FUT"),
    )


def _entries(content: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any], str]]:
    """Every fact's id, entry and parent ("" for the child's own), in the order of the file, father before mother."""
    own = [(entry["id"], entry, "") for entry in content["facts"]]
    return own + [
        (entry["id"].replace("{p}", parent), entry, parent) for parent in PARENTS for entry in content["parent_facts"]
    ]


def _facts(content: Mapping[str, Any]) -> list[Fact]:
    return [
        Fact(
            id=fact_id,
            question=entry["question_zh"].replace("{父亲/母亲}", PARENT_ZH.get(parent, "")),
            kind=entry["type"].removesuffix("_or_unknown"),
            values=tuple(entry.get("values", ())),
            default=entry["default_when_absent"],
            policy=entry["ask_policy"],
            sensitivity=entry["sensitivity"],
            source=tuple(entry["source"]),
            signals=tuple(entry.get("signal_values", ())),
            alternative_to=entry["alternative_to"].replace("{p}", parent) if "alternative_to" in entry else None,
            parent=parent or None,
            labels=entry.get("value_labels_zh", {}),
        )
        for fact_id, entry, parent in _entries(content)
    ]


def _named(content: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The conditions behind `pred`, `rule` and `group`; a group is the union of its gated rules or of its groups."""
    groups = {
        name: {"any": [_gated(code, group) for code in group.get("rules", ())]}
        if "rules" in group
        else {"any": [{"group": each} for each in group["groups"]]}
        for name, group in content["groups"].items()
    }
    return {
        "pred": {name: entry["expr"] for name, entry in content["predicates"].items()},
        "rule": {code: entry["expr"] for code, entry in content["rules"].items()},
        "group": groups,
    }


def _gated(code: str, group: Mapping[str, Any]) -> dict[str, Any]:
    gate = [{"pred": group["gate"]}] if "gate" in group else []
    return {"all": [*gate, {"rule": code}]}


def _rule(
    code: str, entry: Mapping[str, Any], content: Mapping[str, Any], compiler: Compiler, circuit: Circuit
) -> Rule:
    place = compiler.place({"rule": code})
    return Rule(
        code=code,
        label=entry["label_zh"],
        label_en=entry["label_en"],
        group=entry["group"],
        cites=tuple(entry["cites"]),
        evidence=tuple(entry.get("evidence_to_request", ())),
        place=place,
        gated=compiler.place(_gated(code, content["groups"][entry["group"]])),
        depends=circuit.facts_under(place),
    )


def _trigger(entry: Mapping[str, Any]) -> Trigger:
    unless = entry.get("unless", {})
    return Trigger(entry["fact"], tuple(entry["values"]), unless.get("fact"), tuple(unless.get("values", ())))


def _base(circuit: Circuit, facts: Mapping[str, Fact]) -> Truths:
    """The truths of a child of whom nothing was told."""
    truths = circuit.blank()
    for fact in facts.values():
        circuit.put(truths, fact.id, fact.default)
    return circuit.settle(truths)


def _labels(content: Mapping[str, Any]) -> dict[str, str]:
    """What the results and the outcomes are called: 留守儿童, 符合（初步）."""
    results = {result: str(content["groups"][group]["label_zh"]) for result, group in RESULTS.items()}
    return {**results, **content["outcomes"]}


def _spans(circuit: Circuit, fact: Fact) -> tuple[tuple[int, int, int], ...]:
    """Each leaf of a fact with the lowest and the highest truth it takes over the fact's values."""
    return tuple((place, *leaf.span(fact.values)) for place, leaf in circuit.leaves.get(fact.id, ()))


def _bounds(circuit: Circuit, fact: str) -> tuple[int, ...]:
    return tuple(sorted({int(leaf.bound[1]) for _, leaf in circuit.leaves.get(fact, ()) if leaf.bound}))


def _check(circuit: Circuit, facts: Mapping[str, Fact], content: Mapping[str, Any]) -> None:
    """Every fact a condition names exists, every value it lists is one of the fact's, every citation resolves."""
    for fact_id, leaves in circuit.leaves.items():
        if fact_id not in facts:
            raise ValueError(f"a condition names the fact {fact_id}, which is not there")
        foreign = {value for _, leaf in leaves for value, _ in leaf.table} - set(facts[fact_id].values)
        if foreign:
            raise ValueError(f"a condition lists values {fact_id} cannot have: {', '.join(sorted(foreign))}")
    for fact in facts.values():
        if fact.kind == "enum" and fact.default not in fact.values:
            raise ValueError(f"{fact.id} has a default that is none of its values")
    cited = [cite for part in ("rules", "predicates") for entry in content[part].values() for cite in entry["cites"]]
    for cite in [*cited, *(cite for fact in facts.values() for cite in fact.source)]:
        clauses.source(cite)
