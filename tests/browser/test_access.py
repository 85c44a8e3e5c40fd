"""Every page of the web UI: no violation of WCAG 2.2 A/AA, no sideways scroll, nothing too small for a finger."""

from datetime import date, timedelta

import pytest
from django.contrib.sessions.models import Session

from accounts.models import Role
from accounts.roles import Verb
from directives.actions.writing import keep_unsent
from directives.models import Delivery
from directives.rules.lifecycle import State
from tests.browser.conftest import DESK, PHONE, SMALLEST, WIDEST, Opening
from tests.browser.looking import address_of, bring_axe, rows_of, told, wrong, wrong_for_fingers
from tests.edges.routes_world import Side, seal
from tests.edges.visiting import World, keep, make_world
from tests.make import (
    at,
    make_addressee,
    make_agency,
    make_assignment,
    make_directive,
    make_extension,
    make_group,
    make_question,
    make_report,
    make_user,
)
from tracker import clock

pytestmark = pytest.mark.django_db(transaction=True)
VIEWS = [(WIDEST, "vi", "light"), (SMALLEST, "vi", "dark"), (DESK, "en", "dark"), (PHONE, "en", "light")]
NO_PAGES = (
    "healthz",
    "attachment",
    "own_paper",
    "report_paper",
    "agency_report_paper",
    "present_template",
    "look_at_template",
    "kept_file",
    "log_in_again",
    "manifest",
    "worker",
)  # words, files, a part of a page
READERS = (Role.OFFICER, Role.SECRETARIAT, Role.CHAIR)


@pytest.fixture
def world() -> World:
    """A lively assignment: returned, reported with files, extension refused; and one of each standing beside it."""
    today = clock.today()
    world = make_world(state=State.IN_PROGRESS, due_on=today - timedelta(days=3), returned_on=today, redo_by=today)
    decided = {"decided_by": world.secretary, "decided_at": clock.now()}
    keep(make_report(world.assignment, by=world.officer, percent=60, difficulties="Thiếu dữ liệu.", asks="Đôn đốc."))
    reason = "Báo cáo chưa có số liệu của ba địa phương; đề nghị bổ sung và gửi lại."
    make_report(world.assignment, by=world.officer, kind="hand_in", state="returned", reason=reason, **decided)
    make_extension(
        world.assignment,
        asked_by=world.officer,
        asked_due_on=today + timedelta(days=9),
        state="refused",
        decision_reason="Không đủ căn cứ.",
        **decided,
    )
    answered = {"answered_by": world.secretary, "answered_at": clock.now()}
    make_question(world.assignment, asked_by=world.officer, state="answered", answer="Theo Thông tư 01.", **answered)
    make_question(world.assignment, asked_by=world.officer)
    notice = world.assignment.directive.notice
    for state, due_in in [*[(State.ASSIGNED, days) for days in (2, 60, None)], (State.HANDED_IN, 3), (State.DONE, 3)]:
        due_on = None if due_in is None else today + timedelta(days=due_in)
        directive = make_directive(notice, f"Nhiệm vụ {state} {due_in}", due_on=due_on)
        make_addressee(directive, make_group(name="Các tỉnh, thành phố"), "share")
        make_assignment(world.agency, directive=directive, state=state, due_on=due_on)
    for seen_at in (None, clock.now()):
        Delivery.objects.create(
            key=str(seen_at), kind="digest", channel="in_app", recipient=world.officer, state="sent",
            created_at=at(today), due_at=at(today), sent_at=at(today), seen_at=seen_at,
            subject="Việc sắp đến hạn", body="Xem https://dondoc.example/assignments/", because="chức vụ",
        )  # fmt: skip
    return world


def addresses(world: World) -> dict[str, str]:
    one = f"/assignments/{world.assignment.uuid}"
    return {
        "the list": "/?standing=all",
        "an empty list": "/?tab=coordinating",
        "nothing found": "/?notice=999",
        "one assignment": f"{one}/",
        "report": f"{one}/report/",
        "hand in": f"{one}/hand-in/",
        "extension": f"{one}/extension/",
        "question": f"{one}/ask/",
        "several reports": f"/reports/?a={world.assignment.uuid}",
        "wrong moment": f"{one}/decline/",
        "notices": "/notices/",
        "a notice": f"/notices/{world.assignment.directive.notice.uuid}/",
        "messages": "/messages/",
        "preferences": "/preferences/",
        "absence": "/absence/",
        "calendar": "/calendar/",
        "device": "/device/",
        "not sent": "/device/not-sent/",
        "put off": f"{one}/snooze/",
        "not found": "/no-such-page/",
    }


def test_the_inspector_sees_what_is_wrong(open_as: Opening):
    page = bring_axe(open_as())
    page.goto("/login/")
    page.evaluate("document.querySelector('#id_username').removeAttribute('id')")
    assert any(fault.startswith("label:") for fault in wrong(page))


@pytest.mark.parametrize(("size", "language", "scheme"), VIEWS, ids=lambda value: str(value)[:13])
def test_every_page_can_be_read_and_used_by_everybody(world, open_as: Opening, size, language, scheme):
    page = bring_axe(open_as(world.officer, size=size, language=language, scheme=scheme))
    found = {}
    for name, address in addresses(world).items():
        page.goto(address)
        found[name] = wrong_for_fingers(page)
    assert not told(found), told(found)
    page.goto(addresses(world)["report"])
    with page.expect_navigation():
        page.locator("main .buttons .btn-primary").click()
    assert wrong(page) == []
    page.locator("details.who summary").click()
    assert wrong(page) == []


@pytest.mark.parametrize(("size", "language", "scheme"), VIEWS, ids=lambda value: str(value)[:13])
def test_no_page_of_the_table_of_routes_shuts_anybody_out(open_as: Opening, size, language, scheme):
    own, other = Side(date(2030, 1, 1)), Side(date(2030, 1, 2))
    seal(own, other)
    found = {}
    for role in READERS:
        page = bring_axe(open_as(own.users[role], size=size, language=language, scheme=scheme))
        for row in rows_of(role, READERS, desk=False):
            if row.route not in NO_PAGES:
                answer = page.goto(address_of(row, own, role))
                found[row.name] = wrong_for_fingers(page) if answer.status in (200, 409) else [str(answer.status)]
        page.close()
    assert len(found) > 25
    assert not told(found), told(found)


@pytest.mark.parametrize(("language", "scheme"), [("vi", "light"), ("en", "dark")])
def test_the_door_can_be_used_by_everybody(open_as: Opening, language, scheme):
    page = bring_axe(open_as(size=PHONE, language=language, scheme=scheme))
    page.goto("/login/?idle=15")
    assert wrong_for_fingers(page) == []
    for tries in range(5):
        page.locator("#id_username").fill("nobody@bca.example")
        page.locator("#id_password").fill("wrong")
        page.locator("main button").click()
        if tries in (0, 4):
            assert wrong(page) == []
    assert page.locator("h1").inner_text() in {"Log-in is locked for a while", "Tạm khóa đăng nhập"}


@pytest.mark.parametrize(("size", "language", "scheme"), VIEWS[:2], ids=lambda value: str(value)[:13])
def test_drafts_and_handing_down_can_be_used_by_everybody(world, open_as: Opening, size, language, scheme):
    one, words = world.assignment, {"text": "Đã xong."}
    units = [make_agency(name, parent=world.agency) for name in ("Cục C06", "Cục A05")]
    page = bring_axe(open_as(world.officer, size=size, language=language, scheme=scheme))
    page.goto(f"/assignments/{one.uuid}/hand-down/")
    assert wrong_for_fingers(page) == []
    part = make_directive(one.directive.notice, "Rà soát", handed_down_from=one, given_by=world.agency)
    for unit, state in zip(units, (State.ASSIGNED, State.HANDED_IN), strict=True):
        make_assignment(unit, role="share", directive=part, state=state, due_on=clock.today())
    page.goto(f"/assignments/{one.uuid}/parts/")
    assert wrong_for_fingers(page) == []
    page.goto("/?tab=down")
    assert wrong_for_fingers(page) == []

    colleague = make_user(Role.OFFICER, world.agency)
    for writer in (world.officer, colleague):
        keep_unsent(one, Verb.REPORT, by=writer, at=clock.now(), words=words)
    page.goto(addresses(world)["report"])
    assert wrong_for_fingers(page) == []
    keep_unsent(one, Verb.REPORT, by=world.officer, at=clock.now(), words={"text": "Khác."}, version=1)
    page.locator("#id_text").fill("Bản thứ ba.")
    page.locator(".keeping-met button").wait_for()
    assert wrong_for_fingers(page) == []


@pytest.mark.parametrize(("size", "language", "scheme"), VIEWS[:2], ids=lambda value: str(value)[:13])
def test_two_versions_and_carried_words_can_be_read_by_everybody(world, open_as: Opening, size, language, scheme):
    page = bring_axe(open_as(world.officer, size=size, language=language, scheme=scheme))
    page.goto(addresses(world)["report"])
    keep_unsent(world.assignment, Verb.REPORT, by=world.officer, at=clock.now(), words={"text": "Khác."})
    page.locator("#id_text").evaluate("field => { field.value = 'Bản thứ ba.'; }")
    page.locator("main button[name=keep]").click()
    page.locator(".note-warning dl").first.wait_for()
    assert wrong_for_fingers(page) == []
    Session.objects.all().delete()
    page.locator("#id_text").evaluate("field => { field.value = 'Bản thứ tư.'; }")
    page.locator("main button[name=keep]").click()
    page.locator("#id_password").wait_for()
    assert page.locator("[name=typed]").count() == 1
    assert wrong_for_fingers(page) == []


def test_those_who_only_read_can_do_so(world, open_as: Opening):
    page = bring_axe(open_as(world.secretary, size=PHONE))
    for name in ("the list", "one assignment", "report", "a notice"):
        page.goto(addresses(world)[name])
        assert (name, wrong(page)) == (name, [])
