"""`python -m nlu run|train|data …`: the `rasa` command without TensorFlow.

Rasa imports TensorFlow whatever the pipeline. Ours has no TensorFlow component, and the import costs about ten
seconds and 350 MB. Rasa's version is pinned, so the seam cannot move under us; tests/nlu starts the real server.
"""

from __future__ import annotations

import os
import sys
import warnings
from typing import Any

from nlu import checking, standin

# Deprecations of 2023's libraries, which are pinned here, would be dozens of lines at every start.
OTHERS_BUSINESS = (DeprecationWarning, PendingDeprecationWarning, FutureWarning)
COUNTING = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def main() -> None:
    """Put the stand-in before TensorFlow, then hand the command line over to Rasa."""
    if sys.argv[1:2] == ["run"]:
        count_alone()
    standin.install()
    _hush()
    from rasa.__main__ import main as rasa

    checking.install()
    sys.argv[0] = "rasa"
    rasa()


def count_alone() -> None:
    """One thread for numpy's sums, unless somebody chose otherwise; to be called before numpy is imported.

    The sums of one short sentence are small. Each further thread would wait for the next sum by spinning
    after every message, and take that processor from the gateway.
    """
    for name in COUNTING:
        os.environ.setdefault(name, "1")


def _hush() -> None:
    """Show every warning but those nobody here can act on; Rasa resets ordinary filters when it starts."""
    shown = warnings.showwarning

    def show(message: Warning | str, category: type[Warning], *where: Any, **more: Any) -> None:
        if not issubclass(category, OTHERS_BUSINESS):
            shown(message, category, *where, **more)

    warnings.showwarning = show


if __name__ == "__main__":
    main()
