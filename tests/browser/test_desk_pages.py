"""Every page of the desk, as the table of routes names them: nothing shuts anybody out, nothing goes sideways.

One world and one page at each width for all of them: the desk by day, the telephone by night and in English.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.models import Absence, Agency, Role
from tests.browser.conftest import DESK, PHONE, Opening
from tests.browser.looking import address_of, bring_axe, rows_of, told, wrong
from tests.edges.routes_world import Side, seal
from tracker import clock
from tracker.admin.waiting import KINDS

pytestmark = pytest.mark.django_db(transaction=True)
READERS = (Role.SECRETARIAT, Role.ADMINISTRATOR)
VIEWS = {"desk by day": (DESK, "light", "vi"), "telephone by night": (PHONE, "dark", "en")}
FILES = ("notice_paper", "overdue_paper", "period_paper", "briefing_paper", "letter_paper", "kept_file")
FILES += ("present_template", "look_at_template", "_sheet", "jsi18n", "evidence", "draft_bodies")
OWN_PAGES = ("password", "preferences", "absence", "messages", "extensions", "questions")
LONG = "Ban Quản lý các khu công nghệ cao và khu công nghiệp tập trung về công nghệ thông tin {}"
ASKED = {
    "admin:directives_assignment_changelist": ("?standing=overdue", "?q=khong-co-gi", "?lead=1"),
    "admin:directives_notice_changelist": ("?q=369",),
}


def addresses(side: Side, role: str) -> Iterator[str]:
    """Where the secretary may go at the desk, and the administrator where the secretary may not."""
    for row in rows_of(role, READERS, desk=True):
        if not row.route.endswith(FILES):
            yield address_of(row, side, role)
    if role == Role.ADMINISTRATOR:
        yield reverse("admin:waiting", args=["keys"])
    if role == Role.SECRETARIAT:
        yield from (reverse("admin:waiting", args=[key]) for key in KINDS if key != "keys")
        yield from (reverse(name) for name in OWN_PAGES)
        yield from (reverse(name) + asked for name, more in ASKED.items() for asked in more)


@pytest.mark.parametrize(("size", "scheme", "language"), VIEWS.values(), ids=VIEWS)
def test_every_page_of_the_desk_can_be_read_and_used_by_everybody(open_as: Opening, size, scheme, language):
    own, other = Side(date(2030, 1, 1)), Side(date(2030, 1, 2))
    seal(own, other)
    begins = clock.today() + timedelta(days=3)
    Absence.objects.update(begins_on=begins, ends_on=begins)  # one that has begun is deleted by nobody
    for agency in Agency.objects.all():
        Agency.objects.filter(pk=agency.pk).update(name_vi=LONG.format(agency.pk))
    found = {}
    for role in READERS:
        page = bring_axe(open_as(own.users[role], size=size, scheme=scheme, language=language))
        for address in addresses(own, role):
            answer = page.goto(address)
            found[address] = [str(answer.status)] if answer.status != 200 else wrong(page)
        page.close()
    assert len(found) > 70
    assert not told(found), told(found)
