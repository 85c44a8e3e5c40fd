"""Several reports in one sitting, in a real browser: chosen on the list, kept while typing, each with its own file."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from directives.models import Report, Unsent
from tests.browser.conftest import PHONE, Opening
from tests.edges.visiting import make_world
from tests.make import make_assignment, make_directive
from tests.neighbours import until
from tracker import clock

pytestmark = pytest.mark.django_db(transaction=True)
PDF = {"name": "Báo cáo.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 evidence"}


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_two_of_three_are_chosen_written_and_sent_and_the_third_stays_as_it_is(open_as: Opening, scripts):
    due_on = clock.today() + timedelta(days=30)
    world = make_world(due_on=due_on)
    notice = world.assignment.directive.notice
    rows = [make_assignment(world.agency, directive=make_directive(notice), due_on=due_on) for _ in range(2)]
    page = open_as(world.officer, size=PHONE, language="en", scripts=scripts)
    page.goto("/")
    for row in rows:
        page.get_by_label(f"Choose: {row.directive.wording}").check()
    page.get_by_role("button", name="Report on the chosen in one sitting").click()
    first, second = (page.locator(f"#b{row.uuid.hex}") for row in rows)
    first.get_by_label("What was done").fill("Đang làm.")
    if scripts:
        until(lambda: Unsent.objects.filter(words__text="Đang làm.").exists())
    first.get_by_label("Percent done").fill("101")
    second.get_by_label("What was done").fill("Xong.")
    second.get_by_label("Files").set_input_files([PDF])
    second.get_by_label("Kind of report").select_option("hand_in")
    page.get_by_role("button", name="Send what is written").click()
    expect(page.get_by_text("1 report was sent.")).to_be_visible()
    expect(first.get_by_text("The percentage lies between 0 and 100.")).to_be_visible()
    first.get_by_label("Percent done").fill("100")
    page.get_by_role("button", name="Send what is written").click()
    page.wait_for_url(lambda address: "/reports/" not in address)
    expect(page.get_by_role("status").filter(has_text="1 report was sent.")).to_be_visible()
    assert [(said.assignment, said.attachments.count()) for said in Report.objects.order_by("pk")] == [
        (rows[1], 1),
        (rows[0], 0),
    ]
    assert not Unsent.objects.exists()
