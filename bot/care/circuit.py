"""The condition language of eligibility.yml, compiled once: equal conditions share a node, `not` sits in the leaves.

Without `not` every node is a least (`all`) or a greatest (`any`) of others. So what a node can still become while
facts are open lies between its value with every open leaf at its lowest and its value with every open leaf at its
highest, and one plain pass over the nodes answers both questions (eligibility.yml#logic, #unasked_rule).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from operator import itemgetter
from typing import Any

from bot.care.logic import Truth

F, U, T = (int(truth) for truth in Truth)
PARENTS = ("father", "mother")
OPPOSITE = {"lt": "ge", "ge": "lt"}
Truths = list[int]
Pick = Callable[[Iterable[int]], int]
Gate = tuple[int, Pick, Any]  # a place, how its truth is picked, and what picks out those of its parts


@dataclass(frozen=True)
class Leaf:
    """What one condition says of each value of one fact; a value it does not list is false, a missing number unknown.

    `table` holds the value and truth of each listed value (a mapping kept as pairs, so that equal leaves are equal).
    """

    fact: str
    table: tuple[tuple[str, int], ...]
    otherwise: int
    bound: tuple[str, float] | None = None

    def reader(self) -> Callable[[object], int]:
        """A function giving F, U or T for a value of the fact."""
        if self.bound is not None:
            return partial(_compared, *self.bound)
        listed, otherwise = dict(self.table), self.otherwise
        return lambda value: listed.get(value, otherwise)  # type: ignore[call-overload] # any value may be looked up

    def span(self, values: Iterable[str]) -> tuple[int, int]:
        """The lowest and the highest truth over the values a fact can have; a number can be anything."""
        found = [*map(self.reader(), values)] if self.bound is None else [F, T]
        return min(found), max(found)


@dataclass(frozen=True)
class Node:
    """One place of the circuit: a leaf, a constant, or the least (`min`) or greatest (`max`) of earlier nodes."""

    leaf: Leaf | None = None
    const: int | None = None
    pick: Pick | None = None
    parts: tuple[int, ...] = ()


class Circuit:
    """All nodes, parts before wholes. Built by `add`, then only read."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.leaves: dict[str, list[tuple[int, Leaf]]] = {}
        self._readers: dict[str, list[tuple[int, Callable[[object], int]]]] = {}
        self._places: dict[Node, int] = {}
        self._gates: list[Gate] = []

    def add(self, node: Node) -> int:
        """The place of a node; an equal one is not added twice, a whole of one part is that part."""
        if node.pick is not None and len(set(node.parts)) == 1:
            return node.parts[0]
        if node in self._places:
            return self._places[node]
        place = self._places[node] = len(self.nodes)
        self.nodes.append(node)
        if node.leaf is not None:
            self.leaves.setdefault(node.leaf.fact, []).append((place, node.leaf))
            self._readers.setdefault(node.leaf.fact, []).append((place, node.leaf.reader()))
        if node.pick is not None:
            self._gates.append((place, node.pick, itemgetter(*node.parts)))
        return place

    def blank(self) -> Truths:
        """A row of truths in which only the constants are set."""
        return [F if node.const is None else node.const for node in self.nodes]

    def put(self, truths: Truths, fact: str, value: object) -> bool:
        """Set the leaves of a fact to what they say of a value, and tell whether any of them said something else
        before; a fact no condition names has none."""
        changed = False
        for place, read in self._readers.get(fact, ()):
            truth = read(value)
            changed = changed or truth != truths[place]
            truths[place] = truth
        return changed

    def settle(self, truths: Truths) -> Truths:
        """Work the row out from its leaves, in place."""
        for place, pick, parts in self._gates:
            truths[place] = pick(parts(truths))
        return truths

    def ripple(self, truths: Truths, fact: str) -> None:
        """Work a settled row out again after the leaves of one fact have changed, in place."""
        for place, pick, parts in self._above.get(fact, ()):
            truths[place] = pick(parts(truths))

    @cached_property
    def wholes_first(self) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """Every node that has parts, with them, wholes before parts. Read only once the circuit is whole."""
        return tuple((place, self.nodes[place].parts) for place, _, _ in reversed(self._gates))

    @cached_property
    def _above(self) -> dict[str, list[Gate]]:
        """The nodes above each fact's leaves, parts before wholes. Read only once the circuit is whole."""
        above: dict[str, list[Gate]] = {}
        for gate in self._gates:
            for fact in self.facts_under(gate[0]):
                above.setdefault(fact, []).append(gate)
        return above

    def facts_under(self, place: int) -> frozenset[str]:
        """Every fact a node depends on."""
        node = self.nodes[place]
        if node.leaf is not None:
            return frozenset([node.leaf.fact])
        return frozenset().union(*(self.facts_under(part) for part in node.parts))


class Compiler:
    """Puts conditions into a circuit. `named` gives the conditions behind `pred`, `rule` and `group`.

    `predicates` tells afterwards which place is which predicate. Raises ValueError naming what cannot be read.
    """

    def __init__(self, circuit: Circuit, named: Mapping[str, Mapping[str, Any]]) -> None:
        self._circuit = circuit
        self._named = named
        self._open: list[tuple[str, str]] = []
        self.predicates: dict[int, str] = {}

    def place(self, condition: Mapping[str, Any], parent: str = "", negated: bool = False) -> int:
        """The place of a condition; `parent` stands for {p}, `negated` asks for its opposite."""
        kind: str = next((key for key in _KINDS if key in condition), "")
        rest: Any = condition.get(kind)
        match kind:
            case "all" | "any":
                return self._joined(kind == "all", [self.place(part, parent, negated) for part in rest], negated)
            case "not":
                return self.place(rest, parent, not negated)
            case "both" | "any_parent":
                return self._joined(kind == "both", [self.place(rest, each, negated) for each in PARENTS], negated)
            case "one_other":
                return self._joined(False, [self._pair(rest, *pair, negated) for pair in _PAIRS], negated)
            case "const":
                return self._circuit.add(Node(const=_turned(int(Truth[rest]), negated)))
            case "fact":
                return self._circuit.add(Node(leaf=_leaf(condition, parent, negated)))
            case "pred" | "rule" | "group":
                return self._known(kind, rest, parent, negated)
        raise ValueError(f"a condition cannot be read: {dict(condition)}")

    def _joined(self, every: bool, parts: Sequence[int], negated: bool) -> int:
        """The least of the parts of `all`; negated, of their opposites the greatest."""
        return self._circuit.add(Node(pick=min if every != negated else max, parts=tuple(parts)))

    def _pair(self, rest: Mapping[str, Any], one: str, other: str, negated: bool) -> int:
        parts = [self.place(rest["one"], one, negated), self.place(rest["other"], other, negated)]
        return self._joined(True, parts, negated)

    def _known(self, kind: str, name: str, parent: str, negated: bool) -> int:
        if name not in self._named[kind] or (kind, name) in self._open:
            raise ValueError(f"{kind} {name} is not known, or stands on itself")
        self._open.append((kind, name))
        try:
            place = self.place(self._named[kind][name], parent, negated)
            if kind == "pred" and not negated:
                self.predicates.setdefault(place, name)
            return place
        finally:
            self._open.pop()


_KINDS = ("all", "any", "not", "both", "any_parent", "one_other", "const", "fact", "pred", "rule", "group")
_PAIRS = (PARENTS, PARENTS[::-1])


def _compared(kind: str, limit: float, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return U
    return T if (value < limit if kind == "lt" else value >= limit) else F


def _turned(truth: int, negated: bool) -> int:
    return T - truth if negated else truth


def _leaf(condition: Mapping[str, Any], parent: str, negated: bool) -> Leaf:
    fact = condition["fact"].replace("{p}", parent)
    for kind, opposite in OPPOSITE.items():
        if kind in condition:
            return Leaf(fact, (), F, (opposite if negated else kind, condition[kind]))
    listed = {value: truth for truth, values in ((U, condition["U"]), (T, condition["T"])) for value in values}
    return Leaf(fact, tuple((value, _turned(truth, negated)) for value, truth in listed.items()), _turned(F, negated))
