"""Evidence files: handed out only to those who see the assignment, and only as downloads."""

import pytest

from directives.actions.assigning import withdraw
from directives.models import Attachment
from tests.edges.visiting import MONDAY, keep, pdf, visit
from tests.make import at, make_report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def page_of(world):
    return f"/assignments/{world.assignment.uuid}/"


@pytest.mark.parametrize(("who", "status"), [("officer", 200), ("stranger", 404), ("secretary", 200), ("auditor", 200)])
def test_a_file_is_handed_out_to_those_who_see_the_assignment(world, who, status):
    file = keep(make_report(world.assignment, by=world.officer))
    answer = visit(getattr(world, who)).get(f"/attachments/{file.uuid}/")
    assert answer.status_code == status
    if status == 200:
        assert b"".join(answer.streaming_content) == b"%PDF-1.7 evidence"


def test_a_file_is_a_download_that_no_browser_opens_in_our_name(world):
    file = keep(make_report(world.assignment, by=world.officer), 'Báo "cáo"\r\nX: 1.pdf')
    answer = visit(world.officer).get(f"/attachments/{file.uuid}/")
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert "\n" not in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"


def test_a_letter_of_an_extension_is_handed_out_too(world):
    client = visit(world.officer)
    typed = {"asked_due_on": "2025-03-31", "reason": "Chờ.", "files": [pdf("Công văn.pdf")]}
    client.post(f"{page_of(world)}extension/", typed)
    file = Attachment.objects.get()
    assert file.file.name != "Công văn.pdf"
    assert client.get(f"/attachments/{file.uuid}/").status_code == 200
    assert visit(world.stranger).get(f"/attachments/{file.uuid}/").status_code == 404


def test_the_letter_with_which_work_was_declined_stands_in_the_thread_with_the_decision(world):
    client, secretary = visit(world.officer), visit(world.secretary)
    client.post(f"{page_of(world)}decline/", {"reason": "Thuộc Bộ Tư pháp.", "files": [pdf("Công văn.pdf")]})
    file = Attachment.objects.get(declined=world.assignment)
    assert secretary.get(f"/attachments/{file.uuid}/").status_code == 200
    assert visit(world.stranger).get(f"/attachments/{file.uuid}/").status_code == 404
    waiting = client.get(page_of(world)).content.decode()
    assert "Not decided yet: whoever gave the work says who does it instead." in waiting
    assert (
        "Công văn.pdf" in secretary.get(f"/admin/directives/assignment/{world.assignment.pk}/change/").content.decode()
    )
    withdraw(world.assignment, by=world.secretary, at=at(MONDAY), reason="Giao nhầm.")
    page = client.get(page_of(world)).content.decode()
    places = [
        page.index(words) for words in ("Thuộc Bộ Tư pháp.", "Công văn.pdf", "Withdrawn on 10/03/2025", "Giao nhầm.")
    ]
    assert places == sorted(places)
