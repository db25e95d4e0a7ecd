"""A stand-in for TensorFlow: enough of a shape for Rasa to define the classes we never use."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

NOT_NEEDED = frozenset({"keras", "tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text"})


def _attribute(name: str) -> type:
    if name.startswith("__"):
        raise AttributeError(name)
    return Anything


class _Kind(type):
    """Any attribute of the class is the class again, and so is any of its items."""

    def __getattr__(cls, name: str) -> type:
        return _attribute(name)

    def __getitem__(cls, _: object) -> type:
        return cls


class Anything(metaclass=_Kind):
    """May be a base class, a decorator with or without arguments, a type in an annotation, a setting."""

    def __init__(self, *_: Any, **__: Any) -> None:
        """Takes whatever it is given."""

    def __call__(self, decorated: Any = None, *_: Any, **__: Any) -> Any:
        """As a decorator: leaves what it decorates as it was."""
        return decorated

    def __getattr__(self, name: str) -> type:
        return _attribute(name)


class _Hollow(ModuleType):
    """A module in which every name is `Anything`."""

    def __getattr__(self, name: str) -> type:
        return _attribute(name)


class _Finder(MetaPathFinder, Loader):
    """Answers for TensorFlow and its companions, and for nothing else."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """A spec for the packages we do without, None for all others."""
        return ModuleSpec(fullname, self, is_package=True) if fullname.partition(".")[0] in NOT_NEEDED else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """An empty module of that name."""
        return _Hollow(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing runs at import."""


def install() -> None:
    """Stand in from now on. Raises RuntimeError when TensorFlow is loaded already: then it is too late."""
    if "tensorflow" in sys.modules:
        raise RuntimeError("TensorFlow was imported before its stand-in")
    sys.meta_path.insert(0, _Finder())
