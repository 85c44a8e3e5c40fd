"""One issued notice, as most tests of the actions need it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import pytest
from django.apps import apps
from django.db import connection
from django.utils.translation import override

from accounts.models import Agency, Committee, User
from accounts.models import Role as Office
from directives.actions.drafting import To, add_directive
from directives.actions.entering import draft_notice
from directives.actions.extending import request_extension
from directives.actions.issuing import issue
from directives.models import Assignment, Directive, ExtensionRequest, Notice, Role
from tests.make import at, make_agency, make_calendar, make_committee, make_ladder, make_user

ISSUED = date(2024, 8, 9)  # a Friday
DUE = date(2024, 12, 31)  # a Tuesday; the next day is a holiday


@dataclass(frozen=True)
class House:
    """A committee with its secretary; a directive with a lead and a coordinating agency, issued on `ISSUED`."""

    committee: Committee
    secretary: User
    lead: Agency
    other: Agency
    third: Agency
    officer: User
    stranger: User
    notice: Notice
    directive: Directive
    assignment: Assignment
    coordinating: Assignment


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """The sentences of refusals as the source has them; that each has its Vietnamese is held elsewhere."""
    with override("en"):
        yield


@pytest.fixture
def house(db) -> House:
    make_calendar(date(2024, 9, 2), date(2024, 9, 3), date(2025, 1, 1))
    make_ladder()
    committee = make_committee()
    secretary = make_user(Office.SECRETARIAT, committee)
    lead, other = make_agency("Bộ Công an"), make_agency("Bộ Y tế")
    notice = draft_notice(
        committee=committee,
        by=secretary,
        at=at(ISSUED),
        number=369,
        symbol="TB-VPCP",
        issuer=make_agency("Văn phòng Chính phủ"),
        issued_on=ISSUED,
        text="1. Đưa tiện ích lên VNeID trước ngày 31/12/2024.",
    )
    directive = add_directive(
        notice,
        by=secretary,
        at=at(ISSUED),
        quote="Đưa tiện ích lên VNeID",
        deadline_kind="date",
        due_on=DUE,
        addressees=[To(Role.LEAD, lead), To(Role.COORDINATING, other)],
    )
    issue(notice, by=secretary, at=at(ISSUED))
    notice.refresh_from_db()
    return House(
        committee=committee,
        secretary=secretary,
        lead=lead,
        other=other,
        third=make_agency("Bộ Tư pháp"),
        officer=make_user(Office.OFFICER, lead),
        stranger=make_user(Office.OFFICER, other),
        notice=notice,
        directive=directive,
        assignment=Assignment.objects.get(role=Role.LEAD),
        coordinating=Assignment.objects.get(role=Role.COORDINATING),
    )


def ask(house: House, asked_due_on: date = date(2025, 3, 31)) -> ExtensionRequest:
    """The lead's officer asks for more time, well before the date."""
    return request_extension(
        house.assignment, by=house.officer, at=at(date(2024, 12, 20)), asked_due_on=asked_due_on, reason="Cần thêm"
    )


@contextmanager
def nothing_changes() -> Iterator[None]:
    """Whatever happens inside, no row of ours is added, removed or altered."""
    before = _everything()
    yield
    assert _everything() == before


def _everything() -> list[tuple[str, str]]:
    """Table and row of all that is ours, as the database writes it; two statements, for hundreds of tests ask."""
    rooms = (apps.get_app_config("accounts"), apps.get_app_config("directives"))
    tables = [model._meta.db_table for room in rooms for model in room.get_models(include_auto_created=True)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM unnest(%s::text[]) name WHERE pg_relation_size(name::regclass) > 0", [tables])
        selects = [f"SELECT '{name}', row::text FROM {name} row" for (name,) in cursor.fetchall()]
        if not selects:
            return []
        cursor.execute(" UNION ALL ".join(selects))
        return sorted(cursor.fetchall())
