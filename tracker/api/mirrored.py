"""PUT a notice or a directive as another system keeps it: sent twice it changes nothing; and found by the same name."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request

from accounts.models import Committee
from directives.actions.mirroring import Mirrored, mirror_directive, mirror_notice
from directives.models import Directive, Notice
from directives.rules.refusals import Invalid
from tracker.api import asked_of_drafts
from tracker.api.asked_for import issuer_of_code
from tracker.api.callers import Caller
from tracker.api.directives import Directives
from tracker.api.drafts import made, with_committee
from tracker.api.notices import Notices
from tracker.api.verbs import Posted, Sent, VerbView, found
from tracker.api.views import answer_of, fields_alone
from tracker.api.writing import version_seen

OTHERWISE = _("The address says otherwise.")
OF_ANOTHER_YEAR = _("Give the issue date; it lies in the year that the address names.")

Known = dict[str, Any]


def mirror(known: Known, **said: Any) -> Mirrored:
    """`mirror_notice`, of the notice that the address names."""
    year, known = known.get("issued_on__year"), {name: known[name] for name in known if name != "issued_on__year"}
    for name, value in known.items():
        if said.get(name, value) != value:
            raise Invalid(name, OTHERWISE)
    if year and (said.get("issued_on") is None or said["issued_on"].year != year):
        raise Invalid("issued_on", OF_ANOTHER_YEAR)
    return mirror_notice(**{**said, **known})


def mirror_in(named: tuple[Notice, str], **said: Any) -> Mirrored:
    """`mirror_directive`, of the directive that the address names."""
    notice, reference = named
    if said.setdefault("external_ref", reference) != reference:
        raise Invalid("external_ref", OTHERWISE)
    return mirror_directive(notice, **said)


class MirrorView(VerbView):
    """GET what is known by this name, or PUT it as it is to be; what was not there is made (201)."""

    http_method_names: ClassVar = ["get", "head", "put"]

    def put(self, request: Request, **which: Any) -> HttpResponse:
        return self.carry_out(request, **which)

    def read(self, request: Request, sent: Sent) -> dict[str, Any]:
        """The version is held against what stands there where it is said; the body is the whole wish."""
        said = super().read(request, sent)
        return {**said, "version": version_seen(sent.seen)} if sent.seen else said


class MirroredNoticeView(MirrorView):
    """A notice by its reference in another system."""

    verb = Posted(asked_of_drafts.MirroredNotice, mirror, is_seen=False, makes=True)

    def get(self, request: Request, **which: Any) -> HttpResponse:
        fields_alone(request)
        caller = Caller(request)
        rows = caller.notices().filter(**self.where(self.row(caller, **which))).order_by("-pk")
        return answer_of(request, Notices, found(rows.first()).uuid)

    def row(self, caller: Caller, external_ref: str) -> Any:
        return {"external_ref": external_ref}

    def where(self, known: Known) -> Known:
        """How rows are asked for that are known so."""
        return known

    def read(self, request: Request, sent: Sent) -> dict[str, Any]:
        return with_committee(request, super().read(request, sent))

    def answer(self, request: Request, row: Any, done: Mirrored) -> HttpResponse:
        told = answer_of(request, Notices, done.row.uuid)
        return made(told, "api:notice", done.row.uuid) if done.is_new else told


class NumberedNoticeView(MirroredNoticeView):
    """A notice by issuer, year, number and symbol."""

    def row(self, caller: Caller, issuer: str, year: int, number: int, symbol: str) -> Any:
        by = found(issuer_of_code(issuer))
        return {"issuer": by, "issued_on__year": year, "number": number, "symbol": symbol}

    def where(self, known: Known) -> Known:
        by = known.pop("issuer")
        return {**known, "issuer__as_committee" if isinstance(by, Committee) else "issuer": by}


class MirroredDirectiveView(MirrorView):
    """A directive of a notice by its reference in another system."""

    verb = Posted(asked_of_drafts.MirroredOne, mirror_in, is_seen=False, makes=True)

    def get(self, request: Request, uuid: UUID, external_ref: str) -> HttpResponse:
        fields_alone(request)
        rows: Any = Caller(request).directives().filter(notice__uuid=uuid, external_ref=external_ref)
        row: Directive = found(rows.first())
        return answer_of(request, Directives, row.uuid)

    def row(self, caller: Caller, uuid: UUID, external_ref: str) -> Any:
        return found(caller.notices().select_related("committee").filter(uuid=uuid).first()), external_ref

    def answer(self, request: Request, row: Any, done: Mirrored) -> HttpResponse:
        told = answer_of(request, Directives, done.row.uuid)
        return made(told, "api:directive", done.row.uuid) if done.is_new else told
