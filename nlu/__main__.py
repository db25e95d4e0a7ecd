"""`python -m nlu run|train|data …`: the `rasa` command without TensorFlow.

Rasa imports TensorFlow whatever the pipeline. Ours has no TensorFlow component, and the import costs about ten
seconds and 350 MB. Rasa's version is pinned, so the seam cannot move under us; tests/nlu starts the real server.
"""

from __future__ import annotations

import sys
import warnings
from typing import Any

from nlu import checking, standin

# Deprecations of 2023's libraries, which are pinned here, would be dozens of lines at every start.
OTHERS_BUSINESS = (DeprecationWarning, PendingDeprecationWarning, FutureWarning)


def main() -> None:
    """Put the stand-in before TensorFlow, then hand the command line over to Rasa."""
    standin.install()
    _hush()
    from rasa.__main__ import main as rasa

    checking.install()
    sys.argv[0] = "rasa"
    rasa()


def _hush() -> None:
    """Show every warning but those nobody here can act on; Rasa resets ordinary filters when it starts."""
    shown = warnings.showwarning

    def show(message: Warning | str, category: type[Warning], *where: Any, **more: Any) -> None:
        if not issubclass(category, OTHERS_BUSINESS):
            shown(message, category, *where, **more)

    warnings.showwarning = show


if __name__ == "__main__":
    main()
