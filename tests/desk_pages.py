"""Every page of the desk, with rows behind it: whose it is and where it lies."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.test import RequestFactory
from django.urls import reverse

from accounts.models import User
from accounts.roles import verbs_of
from directives.models import Assignment, BulkChange, Directive, Notice, Question
from tests.make.filling import Crowd
from tracker.admin.paging import mark_of
from tracker.admin.seat import Seat
from tracker.admin.waiting import KINDS

SHOWN_ELSEWHERE = ("extensionrequest", "bulkchange", "question")  # their rows lead to pages that are named below
WORDS = "chuyển đổi số 12"  # what a clerk looks for


@dataclass(frozen=True)
class Page:
    """A page by its name, who opens it, and its address."""

    name: str
    reader: User
    address: str


def pages_of(crowd: Crowd, administrator: User, *, every_filter: bool = True) -> Iterator[Page]:
    """All pages of the desk that show rows, each for the person whose work it is.

    `every_filter`: the lists also by each filter and in each order.
    """
    for site_admin in admin.site._registry.values():
        reader = crowd.secretary if _opens(site_admin, crowd.secretary) else administrator
        yield from _pages_of_rows(site_admin, reader, every_filter=every_filter)
    yield Page("first page", crowd.secretary, reverse("admin:index"))
    yield Page("first page, administrator", administrator, reverse("admin:index"))
    for key in KINDS:
        yield from _pages_of_pile(key, crowd, administrator if key == "keys" else crowd.secretary)
    for name, address in _own_pages(crowd):
        yield Page(name, crowd.secretary, address)
    for name, address in _pages_of_administrators(crowd):
        yield Page(name, administrator, address)


def _pages_of_rows(site_admin: Any, reader: User, *, every_filter: bool) -> Iterator[Page]:
    """The list - plain, ordered by each column, filtered by each filter, searched -, one row, its history."""
    of, name = f"admin:{site_admin.opts.app_label}_{site_admin.opts.model_name}", site_admin.opts.model_name
    address = reverse(f"{of}_changelist")
    shown = _list_of(site_admin, reader)
    yield Page(f"{name} list", reader, address)
    for query, words in _queries(site_admin, shown, every_filter=every_filter):
        yield Page(f"{name} list, {words}", reader, f"{address}?{query}")
    row = shown.queryset.first()
    if name not in SHOWN_ELSEWHERE:
        yield Page(f"{name}", reader, reverse(f"{of}_change", args=[row.pk]))
    yield Page(f"{name}, history", reader, reverse(f"{of}_history", args=[row.pk]))
    if site_admin.has_add_permission(_request(reader)):
        yield Page(f"{name}, new", reader, reverse(f"{of}_add"))


def _queries(site_admin: Any, shown: ChangeList, *, every_filter: bool) -> Iterator[tuple[str, str]]:
    """How the list may be asked, and that in words."""
    if site_admin.search_fields:
        yield urlencode({"q": WORDS}), "searched"
    if every_filter:
        yield from _orders_and_filters(shown)
        yield urlencode({"q": "zzz"}), "searched in vain"
        yield f"p={max(shown.paginator.num_pages, 1)}", "last page"


def _orders_and_filters(shown: ChangeList) -> Iterator[tuple[str, str]]:
    for number, column in enumerate(shown.list_display):
        if column in shown.sortable_by and shown.get_ordering_field(column):
            yield f"o={number}", f"by {column}"
            yield f"o=-{number}", f"by {column} backwards"
    for spec in shown.filter_specs:
        for choice in list(spec.choices(shown))[1:4]:
            yield choice["query_string"].lstrip("?"), f"{spec.title} {choice['display']}"
    if day := shown.date_hierarchy:
        yield f"{day}__year=2026", "a year"
        yield f"{day}__year=2026&{day}__month=9", "a month"


def _pages_of_pile(key: str, crowd: Crowd, reader: User) -> Iterator[Page]:
    """The first page of a pile, and one from its middle."""
    address = reverse("admin:waiting", args=[key])
    yield Page(f"pile {key}", reader, address)
    rows = KINDS[key].rows(Seat(reader, crowd.today, verbs_of(reader, on=crowd.today)))
    if total := rows.count():
        mark = mark_of(rows[total // 2], [str(name) for name in rows.query.order_by])
        yield Page(f"pile {key}, from its middle on", reader, f"{address}?{urlencode({'at': mark})}")


def _own_pages(crowd: Crowd) -> Iterator[tuple[str, str]]:
    """The pages of the secretariat."""
    yield "verification", reverse("admin:verification_of", args=[_state(crowd, "handed_in").pk])
    yield "extension desk", reverse("admin:extension_desk")
    asked = Question.objects.waiting().filter(assignment__directive__notice__committee=crowd.committee)
    yield "question desk", reverse("admin:question_of", args=[asked[0].pk])
    yield "watching", reverse("admin:watch")
    yield "papers", reverse("admin:papers")
    yield "take in", reverse("admin:notice_read")
    yield "choose a list", reverse("admin:list_choose")
    for state in ("in_progress", "handed_in", "declined", "done"):
        yield f"assignment {state}", reverse("admin:directives_assignment_change", args=[_state(crowd, state).pk])
    briefing = reverse("admin:briefing", args=[crowd.committee.pk])
    for words, days in (("two months", 60), ("a year", 365)):
        since = {"since": crowd.today - timedelta(days=days), "until": crowd.today}
        yield f"briefing of {words}", f"{briefing}?{urlencode(since)}"
    yield "change of many", reverse("admin:bulk_change", args=[BulkChange.objects.get(pk=crowd.changes.first).uuid])
    yield "change of many, done", reverse("admin:bulk_change", args=[BulkChange.objects.exclude(ended_at=None)[0].uuid])
    draft = crowd.drafts.first
    yield "split view", reverse("admin:notice_paragraphs", args=[draft])
    yield "split view, all of it", reverse("admin:notice_paragraphs", args=[draft]) + "?p=all"
    paragraph = crowd.paragraphs.first
    yield "new directive", reverse("admin:directive_add", args=[draft]) + f"?paragraph={paragraph}"
    yield "directive", reverse("admin:directive_change", args=[draft, crowd.entered.first])
    yield "issue", reverse("admin:notice_issue", args=[draft])
    yield "discard", reverse("admin:notice_discard", args=[draft])
    yield "list of directives", reverse("admin:notice_list", args=[draft])
    first = Assignment.objects.get(pk=crowd.assignments.first).directive_id
    issued = Directive.objects.get(pk=first).notice_id
    yield "wide notice", reverse("admin:directives_notice_change", args=[issued])
    yield "sheet of a notice", reverse("admin:notice_directives_sheet", args=[issued])
    yield "one agency more", reverse("admin:directive_assign", args=[issued, first])
    links = reverse("admin:directive_links", args=[issued, first])
    yield "links", links
    for words in ("dat dai", "369", "7/TB", "khong co gi", "a"):
        yield f"links, {words!r}", f"{links}?{urlencode({'q': words})}"
    yield "joining", reverse("admin:directive_join", args=[issued, first, first + 1])


def _pages_of_administrators(crowd: Crowd) -> Iterator[tuple[str, str]]:
    agencies = crowd.agencies
    told = [("predecessors", agencies.first), ("predecessors", agencies.first + 1), ("successor", agencies.first + 2)]
    rest = [("on", crowd.today.isoformat()), ("basis", "Nghị quyết")]
    yield "merger, dry run", reverse("admin:directives_merger_add") + f"?{urlencode([*told, *rest])}"


def _state(crowd: Crowd, state: str) -> Assignment:
    notices = Notice.objects.filter(committee=crowd.committee)
    return Assignment.objects.filter(state=state, directive__notice__in=notices).order_by("pk")[0]


def _request(reader: User) -> Any:
    request = RequestFactory().get("/")
    request.user = reader
    return request


def _opens(site_admin: Any, reader: User) -> bool:
    return site_admin.has_view_permission(_request(reader))


def _list_of(site_admin: Any, reader: User) -> ChangeList:
    return site_admin.get_changelist_instance(_request(reader))
