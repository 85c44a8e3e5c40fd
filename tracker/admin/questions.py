"""Questions of agencies: the list, and the desk that answers one after the other, the one that waits longest first."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Q, QuerySet, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.refusals import Refusal
from accounts.roles import Verb, may
from directives.actions.asking import answer
from directives.models import Assignment, Question, QuestionState
from tracker import clock
from tracker.admin.fields import DeskForm
from tracker.admin.one_assignment import thread_of
from tracker.admin.pages import page
from tracker.admin.refusals import show
from tracker.admin.rows import DeskAdmin
from tracker.admin.seat import Seat, seat_of
from tracker.admin.verifying import Place
from tracker.templatetags.desk import with_more
from tracker.uploads import FilesField


class AnswerForm(DeskForm):
    text = forms.CharField(label=gettext_lazy("Answer"), widget=forms.Textarea(attrs={"rows": 5}))
    files = FilesField(
        label=gettext_lazy("Files"),
        required=False,
        help_text=gettext_lazy("A document that the answer rests on, if there is one."),
    )
    common = forms.BooleanField(
        label=gettext_lazy("Show question and answer to all agencies that have a part in this directive"),
        required=False,
        help_text=gettext_lazy("They do not read who asked, nor the files of the question."),
    )


def waiting(seat: Seat) -> QuerySet[Question]:
    """What waits for this person's answer; an auditor or administrator sees what waits for others."""
    rows = Question.objects.waiting().filter(assignment__directive__given_by=None)
    if seat.sight.drafts_of:
        return rows.filter(assignment__committee__in=seat.sight.drafts_of)
    return rows if seat.sight.everything else rows.none()


def question_desk(request: HttpRequest) -> HttpResponse:
    """On to the question that waits longest; where none waits, a page that says so."""
    first = waiting(_reader(request)).values_list("pk", flat=True).first()
    if first is not None:
        return redirect("admin:question_of", first)
    return page(request, "admin/directives/question/none.html", title=_("Answer questions"), model=Question)


def question_of(request: HttpRequest, pk: int) -> HttpResponse:
    """One question with its work; on POST its answer, and on to the next."""
    seat = _reader(request)
    question = get_object_or_404(_seen(seat), pk=pk)
    if request.method != "POST":
        return _page(request, question, AnswerForm())
    onward = _place(seat, question).after
    form, status = AnswerForm(request.POST, request.FILES), 400
    if form.is_valid():
        try:
            answer(question, by=seat.user, at=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            status = show(form, refusal)
        else:
            told = _("The question of %(agency)s is answered.") % {"agency": question.assignment.agency.name}
            messages.success(request, told)
            return redirect("admin:question_of", onward) if onward else redirect("admin:question_desk")
    return _page(request, get_object_or_404(_seen(seat), pk=pk), form, status=status)


def _reader(request: HttpRequest) -> Seat:
    seat = seat_of(request)
    if not seat.can(Verb.ANSWER, Verb.READ_HISTORY):
        raise PermissionDenied
    return seat


def _seen(seat: Seat) -> QuerySet[Question]:
    beside = ("agency", "directive__notice__committee", "directive__paragraph", "directive__given_by")
    rows = Question.objects.filter(assignment__in=Assignment.objects.in_reach(seat.sight))
    rows = rows.select_related("asked_by", "answered_by", *(f"assignment__{one}" for one in beside))
    return rows.defer("assignment__directive__notice__text").prefetch_related("attachments", "answer_files")


def _place(seat: Seat, question: Question) -> Place:
    """The neighbours of a question in the pile, found by where it lies; four queries."""
    rows, at, pk = waiting(seat), question.asked_at, question.pk
    sooner = rows.filter(Q(asked_at__lt=at) | Q(asked_at=at, pk__lt=pk))
    later = rows.filter(Q(asked_at__gt=at) | Q(asked_at=at, pk__gt=pk))
    return Place(
        nth=sooner.count() + 1,
        total=rows.count(),
        before=sooner.reverse().values_list("pk", flat=True).first(),
        after=later.values_list("pk", flat=True).first(),
    )


def _page(request: HttpRequest, question: Question, form: AnswerForm, *, status: int = 200) -> HttpResponse:
    seat, assignment = seat_of(request), question.assignment
    return page(
        request,
        "admin/directives/question/desk.html",
        title=_("Answer questions"),
        model=Question,
        status=status,
        question=question,
        assignment=assignment,
        earlier=[said for said in thread_of(assignment) if said.about != question],
        common=Question.objects.common_to(assignment)
        .select_related("answered_by")
        .prefetch_related("answer_files")[:20],
        place=_place(seat, question),
        open=question.state == QuestionState.OPEN,
        may_answer=may(seat.user, Verb.ANSWER, assignment.directive.giver, on=seat.today),
        form=form,
    )


@admin.register(Question)
class QuestionAdmin(DeskAdmin):
    seen_with = (Verb.ANSWER, Verb.READ_HISTORY)
    actions = None
    change_list_template = "admin/directives/question/list.html"
    list_display = ("agency", "wording", "asked_at", "state", "answered_at", "common")
    list_display_links = ("agency", "wording")
    list_select_related = ("assignment__agency", "assignment__directive__notice")
    list_filter = ("state", "common")
    search_fields = ("assignment__agency__name_vi", "assignment__directive__wording", "text")
    search_help_text = gettext_lazy("Agency, words of the directive or of the question")
    ordering = (Case(When(state=QuestionState.OPEN, then=0), default=1), "-asked_at", "-pk")

    def visible(self, rows: QuerySet[Question], seat: Seat) -> QuerySet[Question]:
        return rows.filter(assignment__in=Assignment.objects.in_reach(seat.sight))

    def found(self, rows: QuerySet[Question], typed: str) -> QuerySet[Question]:
        words = Q(text__icontains=typed.strip()) | Q(answer__icontains=typed.strip())
        return rows.filter(words | Q(assignment__in=Assignment.objects.searched(typed)))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("agency"), ordering="assignment__agency__name_vi")
    def agency(self, row: Question) -> str:
        return str(row.assignment.agency)

    @admin.display(description=gettext_lazy("directive"))
    def wording(self, row: Question) -> str:
        return with_more(str(row.assignment.directive), row.assignment.directive.notice.reference)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        return redirect("admin:question_of", row.pk)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        view = self.admin_site.admin_view
        own = [
            path("desk/", view(question_desk), name="question_desk"),
            path("desk/<int:pk>/", view(question_of), name="question_of"),
        ]
        return [*own, *super().get_urls()]
