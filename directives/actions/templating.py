"""An office brings its own form of a paper, puts it into use, and goes back to the built-in one."""

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Committee, User
from accounts.roles import Verb, require
from directives.actions.attaching import atomic_with_files, plain_name, put
from directives.actions.recording import record
from directives.models import PaperTemplate, TemplateState
from directives.rules.lifecycle import WrongMoment
from directives.rules.working_days import local_day

IN_USE_ALREADY = _("This template is in use already.")
BUILT_IN_ALREADY = _("The built-in form is in use already.")


@atomic_with_files()
def bring_template(
    body: Committee | Agency, kind: str, form: str, content: bytes, *, name: str, by: User, at: datetime
) -> PaperTemplate:
    """Keep one more version, which is not in use yet. What it holds was looked through by the edge.

    Raises NotAllowed.
    """
    _lock(body, by=by, at=at)
    earlier = PaperTemplate.objects.of(body).filter(kind=kind, form=form).order_by("-number").first()
    of = {"committee" if isinstance(body, Committee) else "agency": body}
    row = PaperTemplate(**of, kind=kind, form=form, number=earlier.number + 1 if earlier else 1, by=by, at=at)
    row.name, row.sha256 = plain_name(name), hashlib.sha256(content).hexdigest()
    put(row.file, ContentFile(content))
    row.save()
    record(row, "bring_template", by=by, at=at, after=_told(row) | {"sha256": row.sha256})
    return row


@transaction.atomic
def use_template(template: PaperTemplate, *, by: User, at: datetime) -> PaperTemplate:
    """Papers of its kind look so from now on. Raises NotAllowed or WrongMoment."""
    _lock(template.body, by=by, at=at)
    row = PaperTemplate.objects.get(pk=template.pk)
    if row.state == TemplateState.IN_USE:
        raise WrongMoment(IN_USE_ALREADY)
    _in_use(row.body, row.kind, row.form).update(state=TemplateState.SET_ASIDE)
    row.state = TemplateState.IN_USE
    row.save(update_fields=["state"])
    record(row, "use_template", by=by, at=at, after=_told(row))
    return row


@transaction.atomic
def use_built_in(body: Committee | Agency, kind: str, form: str, *, by: User, at: datetime) -> None:
    """Papers of the kind have the built-in form again; what was brought stays. Raises NotAllowed or WrongMoment."""
    _lock(body, by=by, at=at)
    row = _in_use(body, kind, form).first()
    if row is None:
        raise WrongMoment(BUILT_IN_ALREADY)
    row.state = TemplateState.SET_ASIDE
    row.save(update_fields=["state"])
    record(row, "set_template_aside", by=by, at=at, after=_told(row))


def _lock(body: Committee | Agency, *, by: User, at: datetime) -> None:
    """One after the other of those who bring forms of the same body. Raises NotAllowed."""
    require(by, Verb.SCHEDULE, body, on=local_day(at))
    type(body).objects.select_for_update(of=("self",), no_key=True).get(pk=body.pk)


def _in_use(body: Committee | Agency, kind: str, form: str) -> QuerySet[PaperTemplate]:
    return PaperTemplate.objects.of(body).filter(kind=kind, form=form, state=TemplateState.IN_USE)


def _told(row: PaperTemplate) -> dict[str, object]:
    return {"kind": row.kind, "form": row.form, "number": row.number}
