"""A secretariat brings its own form of a paper, puts it into use, and goes back to the built-in one."""

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Committee, User
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
    committee: Committee, kind: str, content: bytes, *, name: str, by: User, at: datetime
) -> PaperTemplate:
    """Keep one more version, which is not in use yet. What it holds was looked through by the edge.

    Raises NotAllowed.
    """
    committee = _locked(committee, by=by, at=at)
    earlier = PaperTemplate.objects.filter(committee=committee, kind=kind).order_by("-number").first()
    row = PaperTemplate(committee=committee, kind=kind, number=earlier.number + 1 if earlier else 1, by=by, at=at)
    row.name, row.sha256 = plain_name(name), hashlib.sha256(content).hexdigest()
    put(row.file, ContentFile(content))
    row.save()
    record(row, "bring_template", by=by, at=at, after={"kind": kind, "number": row.number, "sha256": row.sha256})
    return row


@transaction.atomic
def use_template(template: PaperTemplate, *, by: User, at: datetime) -> PaperTemplate:
    """Papers of its kind look so from now on. Raises NotAllowed or WrongMoment."""
    _locked(template.committee, by=by, at=at)
    row = PaperTemplate.objects.get(pk=template.pk)
    if row.state == TemplateState.IN_USE:
        raise WrongMoment(IN_USE_ALREADY)
    _in_use(row.committee, row.kind).update(state=TemplateState.SET_ASIDE)
    row.state = TemplateState.IN_USE
    row.save(update_fields=["state"])
    record(row, "use_template", by=by, at=at, after={"kind": row.kind, "number": row.number})
    return row


@transaction.atomic
def use_built_in(committee: Committee, kind: str, *, by: User, at: datetime) -> None:
    """Papers of the kind have the built-in form again; what was brought stays. Raises NotAllowed or WrongMoment."""
    committee = _locked(committee, by=by, at=at)
    row = _in_use(committee, kind).first()
    if row is None:
        raise WrongMoment(BUILT_IN_ALREADY)
    row.state = TemplateState.SET_ASIDE
    row.save(update_fields=["state"])
    record(row, "set_template_aside", by=by, at=at, after={"kind": kind, "number": row.number})


def _locked(committee: Committee, *, by: User, at: datetime) -> Committee:
    require(by, Verb.SCHEDULE, committee, on=local_day(at))
    return Committee.objects.select_for_update(of=("self",), no_key=True).get(pk=committee.pk)


def _in_use(committee: Committee, kind: str) -> QuerySet[PaperTemplate]:
    return PaperTemplate.objects.filter(committee=committee, kind=kind, state=TemplateState.IN_USE)
