"""`python -m nlu run|train|data …`: the `rasa` command without TensorFlow.

Rasa imports TensorFlow whatever the pipeline. Ours has no TensorFlow component, and the import costs about ten
seconds and 350 MB. Rasa's version is pinned, so the seam cannot move under us; tests/nlu starts the real server.
"""

from __future__ import annotations

import sys

from nlu import standin


def main() -> None:
    """Put the stand-in before TensorFlow, then hand the command line over to Rasa."""
    standin.install()
    from rasa.__main__ import main as rasa

    sys.argv[0] = "rasa"
    rasa()


if __name__ == "__main__":
    main()
