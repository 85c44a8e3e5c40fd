"""Two people at one page: what does not conflict is put together, what does is shown field by field and decided on."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from directives.actions.moving import SOMEBODY_WAS_FASTER
from directives.actions.recording import subject_of
from directives.models import Assignment, Delivery, Directive
from directives.rules.refusals import Stale
from tracker.admin import shown as seals
from tracker.admin.both import gone, meet
from tracker.admin.page_versions import PageForms, was_shown


@contextmanager
def same_version(model: type[Assignment | Directive | Delivery], pk: int, version: int | None) -> Iterator[None]:
    """Lock the row and run the verb in one transaction. Raises Stale where the row is no longer at `version`."""
    with transaction.atomic():
        if (
            version is not None
            and not model.objects.select_for_update(no_key=True).filter(pk=pk, version=version).exists()
        ):
            raise Stale(SOMEBODY_WAS_FASTER)
        yield


class Guarded(admin.ModelAdmin):
    """Every page on which a row that is there is changed: nobody overwrites what they have not seen.

    The row is locked, so that of two who save at the same moment one meets what the other has saved.
    """

    together: Sequence[Sequence[str]] = ()  # fields that only make sense with one another

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Django's own, once what was sent and what is kept are put together; else the page that shows both."""
        if object_id is None or request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            answer = self._meet(request, unquote(object_id))
            return answer or super().changeform_view(request, object_id, form_url, extra_context)

    def _meet(self, request: HttpRequest, object_id: str) -> HttpResponse | None:
        if self.has_change_permission(request):
            self.lock(object_id)
        obj = self.get_object(request, object_id)
        if obj is None or not self.has_change_permission(request, obj):
            return self.too_late(request, object_id, obj)
        return meet(request, self.forms_now(request, obj), model=self.model, title=str(obj))

    def lock(self, object_id: str) -> None:
        """Lock the row until the transaction ends; who changes the rows of its lists locks it too."""
        with suppress(ValidationError, ValueError, OverflowError):
            self.locked_first(object_id)
            rows = self.model._base_manager.filter(pk=object_id).order_by("pk")  # noqa: SLF001
            list(rows.select_for_update(no_key=True).values_list("pk"))
            for inline in self.inlines:
                self._lock_list(inline, object_id)

    def locked_first(self, object_id: str) -> None:
        """Lock what is locked before the row everywhere else, so that nobody waits in a circle."""

    def _lock_list(self, inline: Any, object_id: str) -> None:
        to_parent = [one.name for one in inline.model._meta.fields if one.related_model is self.model]  # noqa: SLF001
        name = inline.fk_name or to_parent[0]
        rows = inline.model._base_manager.filter(**{name: object_id}).order_by("pk")  # noqa: SLF001
        list(rows.select_for_update(no_key=True).values_list("pk"))

    def forms_now(self, request: HttpRequest, obj: Model) -> PageForms:
        """The page of `obj` as it stands now."""
        form = self.get_form(request, obj, change=True)(instance=obj)
        lists, seen = [], Counter[str]()
        for formset, inline in self.get_formsets_with_inlines(request, obj):
            prefix = formset.get_default_prefix()
            seen[prefix] += 1
            prefix = prefix if seen[prefix] == 1 else f"{prefix}-{seen[prefix]}"
            if changeable(inline, request, obj):
                lists.append(formset(instance=obj, prefix=prefix, queryset=inline.get_queryset(request)))
        return self._forms_of(obj, form, lists)

    def _forms_of(self, obj: Model, form: Any, lists: Sequence[Any]) -> PageForms:
        return PageForms(self._name_of(obj.pk), subject_of(obj), form, lists, self.together)

    def _name_of(self, object_id: Any) -> str:
        return f"{self.opts.label_lower}:{object_id}"

    def too_late(self, request: HttpRequest, object_id: str, obj: Model | None) -> HttpResponse | None:
        """It is gone, or is no form any more: a sentence, and what was typed; None for who was never shown it."""
        if not was_shown(request, self._name_of(object_id)):
            return None
        form = self.get_form(request, obj, change=False)()  # Django leaves out what cannot be changed any more
        title = str(obj) if obj else _("Not there any more")
        return gone(request, form, model=self.model, sentence=self.why_too_late(obj), title=title)

    def why_too_late(self, obj: Model | None) -> str:
        """Why it cannot be changed any more."""
        if obj is None:
            return _("It was deleted in the meantime, or is no longer in your sight.")
        return _("It cannot be changed any more.")

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **options: Any) -> HttpResponse:
        """The form carries what it shows; where it is shown again, what it carried or what was put together."""
        obj = options.get("obj")
        if obj is not None and request.method == "POST":
            context = context | {"shown": request.POST.get(seals.NAME, "")}
        elif obj is not None and self.has_change_permission(request, obj):
            lists = [rows.formset for rows in context["inline_admin_formsets"] if changeable(rows.opts, request, obj)]
            forms_now = self._forms_of(obj, context["adminform"].form, lists)
            context = context | {"shown": forms_now.sealed(request)}
        return super().render_change_form(request, context, **options)


def changeable(inline: Any, request: HttpRequest, obj: Model) -> bool:
    """Whether the rows of a list within a page can be changed or added to by this person."""
    return inline.has_change_permission(request, obj) or inline.has_add_permission(request, obj)
