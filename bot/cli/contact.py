"""`hutong contact`: inviting parents, carers and children, and what is open about contact."""

from __future__ import annotations

from typing import Annotated

import typer

from bot import texts
from bot.cli.opening import AsJson, at_work, read_settings, refuse, show, show_rows
from bot.services.contact import invites
from bot.services.contact import staff as contact_staff

app = typer.Typer(help="父母联系 / contact of parents far away", no_args_is_help=True)


@app.command("invite")
def contact_invite(
    child: Annotated[str, typer.Option(help="儿童编号 / number of the child")],
    kind: Annotated[str, typer.Option(help="father, mother, guardian, carer, self")],
    name: Annotated[str, typer.Option(help="姓名或称呼 / name or form of address")] = "",
) -> None:
    """给家长、照护人或孩子一个一次性邀请码 / a one-time invite code for somebody around a child."""
    with at_work() as work:
        try:
            person = contact_staff.person_for(work, child, kind, name)
            code = invites.invite(work, person)
        except ValueError as error:
            known = f"refusal.{error}"
            raise refuse(texts.phrase(known) if texts.known(known) else str(error)) from None
    public = read_settings().public_url
    link = {"link": f"{public}/#invite={code.replace('-', '')}"} if public else {}
    show({"person": person, "invite_code": code, **link})


@app.command("rungs")
def contact_rungs(as_json: AsJson = False) -> None:
    """列出还没关的联系任务 / list open rungs of the silence ladder."""
    with at_work() as work:
        rows = [
            {"key": rung.natural_key, "step": rung.step, "reason": rung.reason, "actor": rung.actor, "due": rung.due}
            for rung in contact_staff.open_rungs(work)
        ]
    show_rows(rows, as_json)
