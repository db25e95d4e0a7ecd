"""`hutong rehearse`: a new reading of the eligibility model, tried before it takes effect."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
import yaml

from bot.care import model as models
from bot.cli.opening import at_reading, refuse, show
from bot.reading.where import places
from bot.services.register import rehearsing

NO_END = date(2100, 1, 1)


def rehearse(
    model: Annotated[Path, typer.Option(help="新口径 / the new eligibility.yml")],
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="从哪天起 / from when")] = None,
    area: Annotated[str, typer.Option(help="区划代码 / division code")] = "22",
) -> None:
    """试行新口径：谁的类别、走访频次会变，工作量 / who would change category or visit tier; nothing is written."""
    try:
        content = yaml.safe_load(model.read_text(encoding="utf-8"))
        compiled = models.compiled(content, NO_END)
    except (OSError, yaml.YAMLError, ValueError, KeyError, TypeError) as error:
        raise refuse(f"这个口径文件不能用 / this model cannot be used: {error}") from None
    with at_reading() as work:
        day = on.date() if on is not None else work.today
        found = rehearsing.rehearse(work, compiled, day, area)
    show(
        {
            "model": compiled.version,
            "children": found.children,
            "changed": found.changed,
            "results": [
                {"result": result, "before": before, "after": after, "children": count}
                for (result, before, after), count in sorted(found.results.items())
            ],
            "tiers": [
                {"before": before, "after": after, "children": count}
                for (before, after), count in sorted(found.tiers.items())
            ],
            "townships": [
                {
                    "area": town,
                    "name": places.full_name(town),
                    "key_focus_before": load.key_focus[0],
                    "key_focus_after": load.key_focus[1],
                    "visits_a_year_before": round(load.visits[0]),
                    "visits_a_year_after": round(load.visits[1]),
                }
                for town, load in sorted(found.townships.items())
            ],
        }
    )
