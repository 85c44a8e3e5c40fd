"""Every page of the web UI: no violation of WCAG 2.2 A/AA, no sideways scroll, nothing too small for a finger."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from playwright.sync_api import Page

from accounts.models import Role
from accounts.roles import Verb
from directives.actions.writing import keep_unsent
from directives.models import Delivery
from directives.rules.lifecycle import State
from tests.browser.conftest import DESK, PHONE, Opening
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
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
VIEWS = [(DESK, "vi", "light"), (PHONE, "vi", "dark"), (DESK, "en", "dark"), (PHONE, "en", "light")]
SMALLEST = {"width": 360, "height": 740}
WIDEST = {"width": 1920, "height": 1080}


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


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{fault['id']}: {node['html'][:160]}" for fault in found for node in fault["nodes"]]


def overflow(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def too_small(page: Page) -> list[str]:
    """What a finger must hit outside of running text and is less than 44 px high; a box is hit by its label."""
    return page.evaluate(
        """() => [...document.querySelectorAll('.btn, .pick, .tabs a, .site-nav a, .head-button, .brand, .back,'
              + ' .files a, input:not([type=hidden]), textarea')]
            .filter(one => one.checkVisibility())
            .map(one => one.type === 'checkbox' ? one.closest('label') ?? one : one)
            .filter(one => one.getBoundingClientRect().height < 43.9)
            .map(one => one.outerHTML.slice(0, 120))"""
    )


def test_the_inspector_sees_what_is_wrong(open_as: Opening):
    page = open_as()
    page.goto("/login/")
    page.evaluate("document.querySelector('#id_username').removeAttribute('id')")
    assert any(fault.startswith("label:") for fault in violations(page))


@pytest.mark.parametrize(("size", "language", "scheme"), VIEWS, ids=lambda value: str(value)[:12])
def test_every_page_can_be_read_and_used_by_everybody(world, open_as: Opening, size, language, scheme):
    page = open_as(world.officer, size=size, language=language, scheme=scheme)
    for name, address in addresses(world).items():
        page.goto(address)
        assert (name, violations(page), overflow(page), too_small(page)) == (name, [], 0, [])
    page.goto(addresses(world)["report"])
    with page.expect_navigation():
        page.locator("main .buttons .btn-primary").click()
    assert (violations(page), overflow(page)) == ([], 0)
    page.locator("details.who summary").click()
    assert (violations(page), overflow(page)) == ([], 0)


@pytest.mark.parametrize(("language", "scheme"), [("vi", "light"), ("en", "dark")])
def test_the_door_can_be_used_by_everybody(open_as: Opening, language, scheme):
    page = open_as(size=PHONE, language=language, scheme=scheme)
    page.goto("/login/?idle=15")
    assert (violations(page), overflow(page), too_small(page)) == ([], 0, [])
    for tries in range(5):
        page.locator("#id_username").fill("nobody@bca.example")
        page.locator("#id_password").fill("wrong")
        page.locator("main button").click()
        if tries in (0, 4):
            assert (violations(page), overflow(page)) == ([], 0)
    assert page.locator("h1").inner_text() in {"Log-in is locked for a while", "Tạm khóa đăng nhập"}


@pytest.mark.parametrize(("size", "language", "scheme"), VIEWS[:2], ids=lambda value: str(value)[:12])
def test_drafts_and_handing_down_can_be_used_by_everybody(world, open_as: Opening, size, language, scheme):
    one, words = world.assignment, {"text": "Đã xong."}
    units = [make_agency(name, parent=world.agency) for name in ("Cục C06", "Cục A05")]
    page = open_as(world.officer, size=size, language=language, scheme=scheme)
    page.goto(f"/assignments/{one.uuid}/hand-down/")
    assert (violations(page), overflow(page), too_small(page)) == ([], 0, [])
    part = make_directive(one.directive.notice, "Rà soát", handed_down_from=one, given_by=world.agency)
    for unit, state in zip(units, (State.ASSIGNED, State.HANDED_IN), strict=True):
        make_assignment(unit, role="share", directive=part, state=state, due_on=clock.today())
    page.goto(f"/assignments/{one.uuid}/parts/")
    assert (violations(page), overflow(page), too_small(page)) == ([], 0, [])
    page.goto("/?tab=down")
    assert (violations(page), overflow(page), too_small(page)) == ([], 0, [])

    colleague = make_user(Role.OFFICER, world.agency)
    for writer in (world.officer, colleague):
        keep_unsent(one, Verb.REPORT, by=writer, at=clock.now(), words=words)
    page.goto(addresses(world)["report"])
    assert (violations(page), overflow(page), too_small(page)) == ([], 0, [])
    keep_unsent(one, Verb.REPORT, by=world.officer, at=clock.now(), words={"text": "Khác."}, version=1)
    page.locator("#id_text").fill("Bản thứ ba.")
    page.locator(".keeping-met button").wait_for()
    assert (violations(page), overflow(page), too_small(page)) == ([], 0, [])


@pytest.mark.parametrize(("size", "language", "scheme"), VIEWS[:2], ids=lambda value: str(value)[:12])
def test_two_versions_and_carried_words_can_be_read_by_everybody(world, open_as: Opening, size, language, scheme):
    page = open_as(world.officer, size=size, language=language, scheme=scheme)
    page.goto(addresses(world)["report"])
    keep_unsent(world.assignment, Verb.REPORT, by=world.officer, at=clock.now(), words={"text": "Khác."})
    page.locator("#id_text").evaluate("field => { field.value = 'Bản thứ ba.'; }")
    page.locator("main button[name=keep]").click()
    page.locator(".note-warning dl").first.wait_for()
    assert (violations(page), overflow(page), too_small(page)) == ([], 0, [])
    Session.objects.all().delete()
    page.locator("#id_text").evaluate("field => { field.value = 'Bản thứ tư.'; }")
    page.locator("main button[name=keep]").click()
    page.locator("#id_password").wait_for()
    assert page.locator("[name=typed]").count() == 1
    assert (violations(page), overflow(page), too_small(page)) == ([], 0, [])


@pytest.mark.parametrize("size", [SMALLEST, WIDEST], ids=["360", "1920"])
def test_no_page_is_wider_than_its_window(world, open_as: Opening, size):
    page = open_as(world.officer, size=size)
    for name, address in addresses(world).items():
        page.goto(address)
        assert (name, overflow(page)) == (name, 0)


def test_those_who_only_read_can_do_so(world, open_as: Opening):
    page = open_as(world.secretary, size=PHONE)
    for name in ("the list", "one assignment", "report", "a notice"):
        page.goto(addresses(world)[name])
        assert (name, violations(page), overflow(page)) == (name, [], 0)
