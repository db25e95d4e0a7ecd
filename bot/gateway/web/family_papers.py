"""Papers for people without an account: what a family's own link opens, and the notice for employers."""

from __future__ import annotations

import segno
from fastapi import APIRouter, Response

from bot.gateway.web import pdf, showing
from bot.gateway.web.signing import Sessions
from bot.services.contact import employer_card
from bot.services.entrusted import paper_links

PDF = "application/pdf"
LATE = 410


class FamilyPapers:
    """Routes that anybody may open; what they show is for whoever holds the link."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def routes(self) -> APIRouter:
        """The routes, outside those of the staff page."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/paper/{token}", self.door, methods=["GET"])
        router.add_api_route("/paper/{token}", self.paper, methods=["POST"])
        router.add_api_route(employer_card.DOOR, self.employers, methods=["GET"])
        return router

    def door(self, token: str) -> Response:
        """What a link shows first. Only the button opens the paper: a chat's preview must not read it."""
        with self._sessions.work() as work:
            alive = paper_links.alive(work, token)
        return showing.page("paper_door", 200 if alive else LATE, token=token if alive else "")

    def employers(self) -> Response:
        """The notice for employers, with the way to the chat as a code to scan; nothing of anybody is on it."""
        address = self._sessions.public_url
        return showing.page("paper_employer", address=address, code=_drawn(address) if address else "")

    def paper(self, token: str, file: bool = False) -> Response:
        """The paper to print, or as a PDF file."""
        with self._sessions.work() as work:
            made = paper_links.opened(work, token)
            if made is None:
                return showing.page("paper_door", LATE, token="")
            shown = showing.page(f"paper_{made.kind.partition('_')[0]}", paper=made)
        if not file:
            return shown
        named = {"Content-Disposition": f'attachment; filename="hutong-{made.kind.replace("_", "-")}.pdf"'}
        return Response(pdf.of(bytes(shown.body).decode()), media_type=PDF, headers={**showing.HEADERS, **named})


def _drawn(address: str) -> str:
    """An address as a QR code to print, an SVG that scales; a sixth of it may be dirty or torn (correction M)."""
    return segno.make_qr(address, error="m", boost_error=False).svg_inline(omitsize=True, light="#fff")
