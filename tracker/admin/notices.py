"""Notices: the list, the draft's header and text, and what was issued."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import F, Field, Model, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Verb
from directives.actions.entering import FIELDS, amend_draft, draft_notice
from directives.models import Assignment, Directive, Notice, NoticeState, Paragraph, Session
from directives.models.notices import NoticeQuerySet
from tracker import clock
from tracker.admin import (
    amending,
    directives,
    in_row,
    intake,
    issuing,
    links,
    lists,
    paragraphs,
    proposals,
    recurring,
    undoing,
)
from tracker.admin.drafts import NO_DRAFT, missing_of, steps_of
from tracker.admin.fields import NoticeReferenceField
from tracker.admin.issued import issued_page
from tracker.admin.notice_counts import directives_of, so_many_of
from tracker.admin.notice_form import NoticeForm, printed_issuer
from tracker.admin.refusals import TellsRefusals
from tracker.admin.rows import DeskAdmin, OfCommittee
from tracker.admin.seat import Seat, seat_of
from tracker.admin.twin import way_to_twin
from tracker.counted import counted
from tracker.drafting import is_untouched, propose_from_text

# What a reading rests on: another text has other paragraphs, another day other agencies and dates.
RESTS_ON = {"text", "issued_on", "amends", "supersedes"}


CORRECTED = ((None, {"fields": ("issued_on", "text", "note")}),)


@admin.register(Notice)
class NoticeAdmin(TellsRefusals, DeskAdmin):
    seen_with = (Verb.READ_HISTORY,)
    kept_with = (Verb.DRAFT,)
    own_committees = True
    form = NoticeForm
    list_display = (
        "reference",
        "subject",
        "committee",
        "issued_on",
        "state",
        "n_directives",
        "n_assignments",
        "n_open",
    )
    list_display_links = ("reference", "subject")
    list_select_related = ("committee", "corrects")
    list_filter = ("state", "kind", ("committee", OfCommittee))
    date_hierarchy = "issued_on"
    search_fields = ("subject", "symbol", "number")
    search_help_text = gettext_lazy("Number and symbol (369/TB-VPCP) or words of the subject")
    ordering = (F("issued_on").desc(nulls_first=True), "-pk")
    fieldsets = (
        (None, {"fields": (("committee", "session"), ("kind", "urgency", "secrecy"))}),
        (
            gettext_lazy("As printed on the document"),
            {
                "fields": (
                    ("number", "symbol"),
                    ("issuer", "issuer_name"),
                    ("met_on", "issued_on"),
                    "subject",
                    ("signer_title", "signer"),
                )
            },
        ),
        (None, {"fields": ("text",)}),
        (gettext_lazy("Beside it"), {"fields": (("amends", "supersedes"), "note")}),
    )

    # --- which

    def visible(self, rows: NoticeQuerySet, seat: Seat) -> QuerySet[Notice]:
        """Issued notices in reach, and the own committees' drafts; with what the list counts."""
        return rows.in_reach(seat.sight).annotate(
            n_directives=so_many_of(Directive.objects.filter(notice=OuterRef("pk"), given_by=None), "notice"),
            n_assignments=so_many_of(
                Assignment.objects.live().from_committees().filter(directive__notice=OuterRef("pk")),
                "directive__notice",
            ),
            n_open=so_many_of(Paragraph.objects.filter(notice=OuterRef("pk")).unhandled(), "notice"),
        )

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """A draft, by its committee's secretariat; what was issued is changed by verbs alone."""
        if not isinstance(obj, Notice):
            return super().has_change_permission(request, obj)
        return obj.state == NoticeState.DRAFT and seat_of(request).serves(obj.committee_id)

    def found(self, rows: NoticeQuerySet, typed: str) -> QuerySet[Notice]:
        numbered = list(Notice.objects.by_reference(typed).values_list("pk", flat=True)) if "/" in typed else []
        return rows.filter(pk__in=numbered) if numbered else rows.searched(typed)

    def get_fieldsets(self, request: HttpRequest, obj: Notice | None = None) -> Any:
        """A corrected text has the header of its notice: only its day, its text and why are its own."""
        return CORRECTED if obj is not None and obj.corrects_id else super().get_fieldsets(request, obj)

    # --- columns

    @admin.display(description=gettext_lazy("number and symbol"), ordering="number")
    def reference(self, notice: Notice) -> str:
        return str(notice)

    @admin.display(description=gettext_lazy("directives"), ordering="n_directives")
    def n_directives(self, notice: Any) -> str:
        return counted(notice.n_directives, directives_of(notice))

    @admin.display(description=gettext_lazy("assignments"), ordering="n_assignments")
    def n_assignments(self, notice: Any) -> str:
        return counted(notice.n_assignments, directives_of(notice), of="live")

    @admin.display(description=gettext_lazy("unhandled paragraphs"), ordering="n_open")
    def n_open(self, notice: Any) -> str:
        return counted(notice.n_open, reverse("admin:notice_paragraphs", args=[notice.pk]) + "?p=all", of="unhandled")

    # --- the form

    def get_readonly_fields(self, request: HttpRequest, obj: Notice | None = None) -> tuple[str, ...]:
        return () if obj is None else ("committee",)

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **options: Any) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **options)
        if isinstance(field, forms.ModelChoiceField) and db_field.name == "session":
            field.queryset = Session.objects.filter(committee__in=seat_of(request).committees())
        return field

    def get_form(self, request: HttpRequest, obj: Model | None = None, change: bool = False, **options: Any) -> Any:  # noqa: FBT001, FBT002
        form = super().get_form(request, obj, change=change, **options)
        among = Notice.objects.kept().in_reach(seat_of(request).sight)
        for name, label in (("amends", _("amends")), ("supersedes", _("supersedes"))):
            if name not in form.base_fields:
                continue
            hint = _("Number and symbol, as 369/TB-VPCP")
            form.base_fields[name] = NoticeReferenceField(among=among, label=label, required=False, help_text=hint)
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"symbol": "TB-VPCP", **super().get_changeform_initial_data(request)}

    def save_model(self, request: HttpRequest, obj: Notice, form: Any, change: bool) -> None:  # noqa: FBT001
        """The action writes; the row that Django filled in is only its bearer."""
        names = form.changed_data if change else form.cleaned_data
        given = {name: form.cleaned_data[name] for name in names if name in FIELDS}
        secrecy, by, at = form.cleaned_data.get("secrecy", ""), seat_of(request).user, clock.now()
        if change:
            given |= printed_issuer(obj.committee, form.cleaned_data)
            if not given and not secrecy:
                return
            draft = amend_draft(obj, by=by, at=at, secrecy=secrecy, **given)
            if RESTS_ON & given.keys() and is_untouched(draft):
                propose_from_text(draft, by=by, at=at)
        else:
            committee = form.cleaned_data["committee"]
            given |= printed_issuer(committee, form.cleaned_data)
            obj.pk = draft_notice(committee=committee, by=by, at=at, secrecy=secrecy, **given).pk

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """As Django's; where the number is taken, with the way to the notice that has it."""
        answer = super().changeform_view(request, object_id, form_url, extra_context)
        way_to_twin(request, answer)
        return answer

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        """Nothing hangs on this form."""

    def response_add(self, request: HttpRequest, obj: Notice, post_url_continue: str | None = None) -> HttpResponse:
        return self._onward(request, obj)

    def response_change(self, request: HttpRequest, obj: Notice) -> HttpResponse:
        return self._onward(request, obj)

    def _onward(self, request: HttpRequest, notice: Notice) -> HttpResponse:
        self.message_user(request, _("The draft is saved."))
        onward = "admin:notice_compare" if notice.amended else "admin:notice_paragraphs"
        step = "admin:directives_notice_change" if "_continue" in request.POST else onward
        return HttpResponseRedirect(reverse(step, args=[notice.pk]))

    # --- pages

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A draft is a form; what was issued is read."""
        notice = self.get_object(request, object_id)
        if notice is None:
            raise Http404
        if notice.state != NoticeState.DRAFT:
            return (request.method == "POST" and self.too_late(request, object_id, notice)) or issued_page(
                request, notice
            )
        if not self.has_change_permission(request, notice):
            raise PermissionDenied
        context = {"notice": notice, "steps": steps_of(notice), "step": "header", **(extra_context or {})}
        context["missing"] = {} if notice.corrects_id else missing_of(notice)
        return super().change_view(request, object_id, form_url, context)

    def why_too_late(self, obj: Model | None) -> str:
        """What became of the draft."""
        if isinstance(obj, Notice) and obj.state != NoticeState.DRAFT:
            return str(NO_DRAFT[obj.state == NoticeState.DISCARDED][1])
        return super().why_too_late(obj)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        view = self.admin_site.admin_view
        own = [
            path("read/", view(intake.intake), name="notice_read"),
            path("read/<uuid:uuid>/", view(intake.reading), name="notice_reading"),
            path("list/", view(lists.choose), name="list_choose"),
            path("<int:pk>/list/", view(lists.upload), name="notice_list"),
            path("<int:pk>/list/run/<uuid:uuid>/", view(lists.run_page), name="notice_list_run"),
            path("<int:pk>/list/<str:sha256>/", view(lists.columns), name="notice_list_columns"),
            path("<int:pk>/list/<str:sha256>/check/", view(lists.check), name="notice_list_check"),
            path("<int:pk>/list/<str:sha256>/enter/", view(lists.enter), name="notice_list_enter"),
            path("<int:pk>/directives/sheet/", view(lists.directives_sheet), name="notice_directives_sheet"),
            path("<int:pk>/paragraphs/", view(paragraphs.paragraphs), name="notice_paragraphs"),
            path("<int:pk>/paragraphs/split/", view(paragraphs.split), name="notice_split"),
            path("<int:pk>/paragraphs/<int:paragraph_pk>/mark/", view(paragraphs.mark), name="paragraph_mark"),
            path("<int:pk>/paragraphs/<int:paragraph_pk>/cut/", view(paragraphs.cut), name="paragraph_cut"),
            path("<int:pk>/paragraphs/<int:paragraph_pk>/join/", view(paragraphs.join), name="paragraph_join"),
            path("<int:pk>/proposals/take/", view(proposals.take_many), name="proposals_take"),
            path("<int:pk>/proposals/undo/", view(undoing.undo), name="proposals_undo"),
            path("<int:pk>/proposals/mark/", view(proposals.mark_many), name="proposals_mark"),
            path("<int:pk>/proposals/<int:proposal_pk>/take/", view(proposals.take), name="proposal_take"),
            path("<int:pk>/proposals/<int:proposal_pk>/aside/", view(proposals.aside), name="proposal_aside"),
            path("<int:pk>/proposals/<int:proposal_pk>/join/", view(proposals.join), name="proposal_join"),
            path("<int:pk>/bodies/", view(in_row.bodies), name="draft_bodies"),
            path("<int:pk>/proposals/<int:proposal_pk>/correct/", view(in_row.correct), name="proposal_correct"),
            path("<int:pk>/proposals/<int:proposal_pk>/split/", view(in_row.split), name="proposal_split"),
            path("<int:pk>/paragraphs/<int:paragraph_pk>/propose/", view(in_row.propose), name="paragraph_propose"),
            path("<int:pk>/directives/add/", view(directives.add), name="directive_add"),
            path("<int:pk>/directives/<int:directive_pk>/", view(directives.change), name="directive_change"),
            path("<int:pk>/directives/<int:directive_pk>/remove/", view(directives.remove), name="directive_remove"),
            path(
                "<int:pk>/directives/<int:directive_pk>/assign/", view(directives.assign_more), name="directive_assign"
            ),
            path("<int:pk>/directives/<int:directive_pk>/end/", view(recurring.end), name="directive_end"),
            path("<int:pk>/issue/", view(issuing.issue_notice), name="notice_issue"),
            path("<int:pk>/discard/", view(issuing.discard_draft), name="notice_discard"),
            path("<int:pk>/withdraw/", view(issuing.withdraw), name="notice_withdraw"),
        ]
        return [*own, *amending.addresses(view), *links.addresses(view), *super().get_urls()]
