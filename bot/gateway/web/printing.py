"""Paper: a report to print, its archive to keep, and the sheet for a department without an account."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response

from bot.gateway.web import showing
from bot.gateway.web.signing import GONE, Form, Refused, Sessions, an_id, read_form
from bot.services.casework import archives, dossier
from bot.services.reporting import attachments

NO_PURPOSE = (400, "no_purpose")


class Printing:
    """Routes that end on paper or in a file."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def routes(self, router: APIRouter) -> None:
        """Add them to the staff page's routes."""
        router.add_api_route("/reports/{uid}/print", self.paper, methods=["POST"])
        router.add_api_route("/reports/{uid}/export", self.export, methods=["POST"])
        router.add_api_route("/reports/{uid}/sheet/{target}", self.sheet, methods=["GET"])
        router.add_api_route("/reports/{uid}/files/{file}", self.file, methods=["GET"])

    def paper(self, request: Request, uid: str, form: Form = Depends(read_form)) -> Response:  # noqa: B008
        """The report as a page to print."""
        made = self._made(request, uid, form, "report printed")
        return showing.page("print", data=made.data, stylesheet="/staff/files/print.css", styles="")

    def export(self, request: Request, uid: str, form: Form = Depends(read_form)) -> Response:  # noqa: B008
        """The report as one archive that can be checked offline."""
        made = self._made(request, uid, form, "report exported")
        styles = (showing.FILES / "print.css").read_text(encoding="utf-8")
        files = {
            "report.html": showing.render("print", data=made.data, stylesheet="", styles=styles).encode(),
            "说明.txt": (showing.PAGES / "archive.txt").read_bytes(),
        }
        body = self._sessions.sign(made.data, files | made.files)
        return Response(
            body,
            media_type="application/zip",
            headers={
                **showing.HEADERS,
                "Content-Disposition": f'attachment; filename="hutong-{made.report.number}.zip"',
            },
        )

    def _made(self, request: Request, uid: str, form: Form, act: str) -> archives.Made:
        purpose = form.get("purpose", "")
        with self._sessions.act(request, form) as (work, visitor):
            full, why = form.get("full") == "yes", form.get("why_full", "").strip()
            if not archives.fits(purpose) or (full and not archives.fits(why)):
                raise Refused(*NO_PURPOSE)
            made = archives.make(
                work,
                visitor.member,
                an_id(uid),
                f"{purpose.strip()}（{why}）" if full else purpose,
                act,
                full=full,
                with_files=form.get("files") == "yes",
            )
        if made is None:
            raise Refused(*GONE)
        return made

    def file(self, request: Request, uid: str, file: str) -> Response:
        """A photo or recording to look at, a document to keep; journalled."""
        with self._sessions.visit(request) as (work, visitor):
            listed = {entry.uid for entry in attachments.of_report(work, an_id(uid))}
            opened = attachments.open_for(work, visitor.member, an_id(file)) if an_id(file) in listed else None
        if opened is None:
            raise Refused(*GONE)
        shown = opened.media_type.startswith(("image/", "audio/"))
        disposition = f'{"inline" if shown else "attachment"}; filename="{opened.name}"'
        return Response(
            opened.data, media_type=opened.media_type, headers={**showing.HEADERS, "Content-Disposition": disposition}
        )

    def sheet(self, request: Request, uid: str, target: str) -> Response:
        """The minimum for a department that has no account: no name, no words, a number to call back."""
        with self._sessions.visit(request) as (work, visitor):
            sheet = dossier.open_sheet(work, visitor.member, an_id(uid), "department sheet")
            if sheet is None or target not in {call.target for call in sheet.calls}:
                raise Refused(*GONE)
            return showing.page("department", sheet=sheet, report=sheet.report, target=target, now=work.now)
