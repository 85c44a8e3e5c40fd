"""What every page of rows has in common: deny by default, 404 for the unseen, plain fields, one history."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.db.models import Field, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Agency, Committee, User
from accounts.roles import Verb
from directives.actions.recording import record
from directives.models import Event
from tracker import clock
from tracker.admin.agency_choices import choose_by_kind
from tracker.admin.fields import DayInput, RowForm
from tracker.admin.guard import Guarded
from tracker.admin.long_choices import LongSelect, PeopleByName
from tracker.admin.paging import CappedPaginator
from tracker.admin.saved_filters import filter_of, shortcuts
from tracker.admin.seat import Seat, seat_of
from tracker.admin.sheets import AsSheet


class OfCommittee(admin.RelatedFieldListFilter):
    """By committee: those of which somebody sees the work, as the offices say; the rows would have to be asked all."""

    def field_choices(self, field: Field, request: HttpRequest, _site_admin: Any) -> list[tuple[Any, str]]:
        sight = seat_of(request).sight
        seen = Committee.objects.all() if sight.everything else Committee.objects.filter(pk__in=sight.committees)
        return [(committee.pk, str(committee)) for committee in seen]


class PlainFields(admin.options.BaseModelAdmin):
    """Fields without Django's small buttons that open other pages in a window; days by the browser's calendar."""

    form = RowForm
    own_committees = False
    formfield_overrides = {
        models.DateField: {"widget": DayInput},
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 4})},
    }

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        if isinstance(field, forms.ModelChoiceField):
            if type(field.widget) is forms.Select:
                field.widget = LongSelect(field.widget.attrs, field.choices)
            self.narrow(field, request)
        return field

    def narrow(self, field: forms.ModelChoiceField, request: HttpRequest) -> None:
        """Agencies stand in groups; committees are one's own where the page says so, and an only one is chosen."""
        if field.queryset.model is Agency and not isinstance(field, forms.ModelMultipleChoiceField):
            choose_by_kind(field)
        if field.queryset.model is User:
            field.iterator = PeopleByName
            field.queryset = field.queryset.only("name", "email")  # the widget asks the new iterator
        if field.queryset.model is Committee and self.own_committees:
            field.queryset = seat_of(request).committees()
            field.initial = field.queryset.first() if field.queryset.count() == 1 else None


class DeskAdmin(PlainFields, AsSheet, Guarded, admin.ModelAdmin):
    """Rows that are seen with some verbs and kept with others; without verbs named, nobody has them."""

    seen_with: tuple[Verb, ...] = ()
    kept_with: tuple[Verb, ...] = ()
    list_per_page = 50
    list_max_show_all = 50
    paginator = CappedPaginator
    show_full_result_count = False
    view_on_site = False

    # --- who

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return seat_of(request).can(*self.seen_with, *self.kept_with)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return seat_of(request).can(*self.kept_with)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return seat_of(request).can(*self.kept_with)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return self.visible(super().get_queryset(request), seat_of(request))

    def visible(self, rows: QuerySet[Any], seat: Seat) -> QuerySet[Any]:
        """The rows that exist for this person; all of them unless a page says otherwise."""
        return rows

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[QuerySet[Any], bool]:
        """By an index where the page says how, marks or none; else as Django reads `search_fields`."""
        found = self.found(queryset, search_term) if search_term.strip() else None
        return super().get_search_results(request, queryset, search_term) if found is None else (found, False)

    def found(self, rows: Any, typed: str) -> QuerySet[Any] | None:
        """The rows that hold the words; None where `search_fields` say enough."""
        return None

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        raise Http404

    def get_action_choices(self, request: HttpRequest, default_choices: Any = None) -> list[tuple[str, str]]:
        """What can be done with the chosen rows, beginning with nothing."""
        return super().get_action_choices(request, [("", _("– choose –"))])

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **options: Any) -> HttpResponse:
        """One way to save: a row at a time."""
        one_way = {"show_save_and_add_another": False, "show_save_and_continue": False}
        return super().render_change_form(request, context | one_way, **options)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, with the filters that its reader keeps."""
        of_list = f"{self.opts.app_label}_{self.opts.model_name}"
        told = {
            "saved": shortcuts(request, of_list),
            "present_filter": filter_of(request),
            "keep_filter_url": reverse("admin:keep_filter", args=[of_list]),
        }
        return super().changelist_view(request, {**told, **(extra_context or {})})

    # --- one history, our own

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> None:
        """The register below keeps it."""

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> None:
        """The register below keeps it."""

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """The register below keeps it."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        if change and not form.has_changed():
            return
        super().save_model(request, obj, form, change)
        keep(form, "change" if change else "add", by=seat_of(request).user)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:  # noqa: FBT001
        changed = {changed_form.instance.pk for changed_form in formset.initial_forms}
        for row in formset.deleted_forms:  # afterwards it has no id any more by which history could name it
            self.log_row_removed(request, row.instance)
        super().save_formset(request, form, formset, change)
        for row in formset.forms:
            if row not in formset.deleted_forms and row.has_changed():
                keep(row, "change" if row.instance.pk in changed else "add", by=seat_of(request).user)

    def log_row_removed(self, request: HttpRequest, row: Model) -> None:
        """The register keeps that it was there."""
        record(row, "delete", by=seat_of(request).user, at=clock.now(), before={"was": str(row)})

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self.log_row_removed(request, obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for obj in queryset:
            self.delete_model(request, obj)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What the register keeps of this row, latest first."""
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404
        subject = f"{self.opts.model_name}:{getattr(obj, 'uuid', obj.pk)}"
        events = Event.objects.filter(subject=subject).order_by("-at", "-pk")[:200]
        page = {"events": events, "title": _("History of %(what)s") % {"what": obj}, **(extra_context or {})}
        return super().history_view(request, object_id, page)


class KeptByAdministrator(DeskAdmin):
    """Seen by who writes notices, kept by the administrator. Nothing official is deleted: it ends on a day."""

    kept_with = (Verb.MANAGE_PEOPLE,)


SECRET = ("password",)


def keep(form: Any, verb: str, *, by: User) -> None:
    """Write to the register what `form` changed in its row: each field that differs, before and after."""
    names = [name for name in form.changed_data if name not in SECRET]
    before = {name: told(form.get_initial_for_field(form.fields[name], name)) for name in names}
    after = {name: told(form.cleaned_data.get(name)) for name in names}
    record(form.instance, verb, by=by, at=clock.now(), before=before if verb == "change" else {}, after=after)


def told(value: Any) -> Any:
    """A form's value as history can keep it: plain words, numbers and lists."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, Iterable):
        return [told(one) for one in value]
    return value.pk if isinstance(value, Model) else str(value)
