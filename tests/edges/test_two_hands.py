"""Two people at one form: the second save meets the first, joins what goes together and asks about the rest."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Agency, Role, User
from directives.models import CalendarDay, Directive, Event, Ladder, Notice
from tests.actions.conftest import nothing_changes
from tests.edges.desk_of import (
    Desk,
    as_shown,
    directive_form,
    drafted,
    header,
    make_administrator,
    make_desk,
)
from tests.make import make_agency, make_calendar, make_group, make_ladder, make_user
from tracker.admin.guard import Guarded
from tracker.admin.rows import DeskAdmin

pytestmark = pytest.mark.django_db
OPENED = "2027-03-10T10:28:00+07:00"
SAVED = "2027-03-10T10:31:00+07:00"


@pytest.fixture(autouse=True)
def _that_morning(time_machine):
    time_machine.move_to(OPENED, tick=False)
    with override("en"):
        yield


@pytest.fixture
def first(client, time_machine) -> Client:
    """The browser of the one who opened the page first."""
    make_administrator(client)
    return client


@pytest.fixture
def second(db) -> Client:
    browser = Client()
    make_administrator(browser)
    User.objects.filter(pk=browser.session["_auth_user_id"]).update(name="Chị Lan")
    return browser


def filled(browser: Client, page: str, **changed) -> dict:
    """What a browser would send of the page as it is shown, with what is changed in it."""
    context = browser.get(page).context
    forms = [context["adminform"].form]
    sent = {"_shown": context.get("shown", "")}
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for bound in form:
            value = bound.value()
            if value is not None and value is not False:
                sent[bound.html_name] = [getattr(one, "pk", one) for one in value] if isinstance(value, list) else value
            if bound.name == "aliases":
                sent[bound.html_name] = "\r\n".join(value or [])
    return sent | changed


def saved(browser: Client, page: str, typed: dict, time_machine, moment: str = SAVED):
    time_machine.move_to(moment, tick=False)
    return browser.post(page, typed)


def agency_page(agency: Agency) -> str:
    return reverse("admin:accounts_agency_change", args=[agency.pk])


def test_what_only_one_changed_is_kept_of_both_and_named(first, second, time_machine):
    agency = make_agency("Bộ Công an", aliases=["BCA"])
    page = agency_page(agency)
    mine = filled(first, page, note="Của tôi", aliases="BCA\r\nBộ CA")
    theirs = filled(second, page, name_en="Ministry of Public Security", aliases="BCA\r\nCông an")
    assert saved(second, page, theirs, time_machine).status_code == 302
    answer = first.post(page, mine, follow=True)
    agency.refresh_from_db()
    assert (agency.note, agency.name_en) == ("Của tôi", "Ministry of Public Security")
    assert agency.aliases == ["BCA", "Công an", "Bộ CA"]
    told = [str(message) for message in answer.context["messages"]]
    assert told[0] == "Merged with yours: English name; Other names – changed by Chị Lan at 10:31."


def test_what_both_changed_is_shown_field_by_field_and_nothing_is_overwritten(first, second, time_machine):
    agency, parent = make_agency("Bộ Công an"), make_agency("Chính phủ")
    page = agency_page(agency)
    mine = filled(first, page, name_vi="Bộ C.A", note="Của tôi", valid_from="2020-01-02")
    theirs = filled(second, page, name_vi="Bộ CA", parent=parent.pk, valid_from="2020-02-01")
    saved(second, page, theirs, time_machine)
    with nothing_changes():
        answer = first.post(page, mine)
    assert answer.status_code == 412
    found = {one.line.label: (*one.versions[1:], one.author.name, one.author.when) for one in answer.context["asked"]}
    assert found == {
        "Vietnamese name": ("Bộ CA", "Bộ C.A", "Chị Lan", "10:31"),
        "Exists from": ("01/02/2020", "02/01/2020", "Chị Lan", "10:31"),
    }
    assert answer.context["merged"] == ["Merged with yours: Belongs to – changed by Chị Lan at 10:31."]
    assert " checked" not in answer.content.decode()

    with nothing_changes():  # one of the two is left open
        again = first.post(page, hidden(answer) | {"_choose-name_vi": "mine"})
    assert [one.line.label for one in again.context["asked"]] == ["Exists from"]
    done = first.post(page, hidden(again) | {"_choose-valid_from": "theirs"})
    assert done.status_code == 302
    agency.refresh_from_db()
    assert (agency.name_vi, agency.valid_from, agency.parent, agency.note) == (
        "Bộ C.A",
        date(2020, 2, 1),
        parent,
        "Của tôi",
    )


def hidden(answer) -> dict:
    """What the page that shows both versions sends again."""
    sent: dict = {}
    for name, value in [*answer.context["hidden"], (answer.context["met_name"], answer.context["met"])]:
        sent.setdefault(name, []).append(value)
    return sent


def test_a_third_who_saves_in_between_is_met_too(first, second, time_machine):
    agency = make_agency("Bộ Công an")
    page = agency_page(agency)
    mine = filled(first, page, name_vi="Bản của tôi")
    saved(second, page, filled(second, page, name_vi="Bản thứ hai"), time_machine)
    asked = first.post(page, mine)
    saved(second, page, filled(second, page, name_vi="Bản thứ ba"), time_machine, "2027-03-10T10:32:00+07:00")
    with nothing_changes():
        again = first.post(page, hidden(asked) | {"_choose-name_vi": "mine"})
    (one,) = again.context["asked"]
    assert (one.versions, one.author.when) == (("Bộ Công an", "Bản thứ ba", "Bản của tôi"), "10:32")
    assert "It was saved once more while you were choosing." in again.content.decode()
    assert first.post(page, hidden(again) | {"_choose-name_vi": "mine"}).status_code == 302
    agency.refresh_from_db()
    assert agency.name_vi == "Bản của tôi"


def test_whoever_changed_nothing_overwrites_nothing_and_leaves_no_trace(first, second, time_machine):
    agency = make_agency("Bộ Công an")
    page = agency_page(agency)
    mine = filled(first, page)
    saved(second, page, filled(second, page, name_vi="Bộ CA"), time_machine)
    with nothing_changes():
        assert first.post(page, mine).status_code == 302
    agency.refresh_from_db()
    assert agency.name_vi == "Bộ CA"


def test_the_same_person_in_two_windows_is_two_people(first, time_machine):
    agency = make_agency("Bộ Công an")
    page = agency_page(agency)
    one, other = filled(first, page, note="Cửa sổ một"), filled(first, page, note="Cửa sổ hai")
    saved(first, page, one, time_machine)
    (asked,) = first.post(page, other).context["asked"]
    assert (asked.author.name, asked.author.when) == ("you, in another window", "10:31")


def test_what_is_ticked_is_put_together_by_element(first, second, time_machine):
    a, b, c = (make_agency(name) for name in ("Bộ A", "Bộ B", "Bộ C"))
    group = make_group(a, b, name="Các bộ")
    page = reverse("admin:accounts_agencygroup_change", args=[group.pk])
    mine = filled(first, page, members=[a.pk])
    saved(second, page, filled(second, page, members=[a.pk, b.pk, c.pk]), time_machine)
    assert first.post(page, mine).status_code == 302
    assert set(group.members.all()) == {a, c}


FORGED = {
    "nothing": lambda shown: "",
    "rubbish": lambda shown: "x:y:z",
    "another's": lambda shown: shown[:-1] + ("A" if shown[-1] != "A" else "B"),
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
def test_who_cannot_say_what_was_shown_is_asked_about_all_that_differs(first, forge):
    agency = make_agency("Bộ Công an")
    page = agency_page(agency)
    typed = filled(first, page, note="Của tôi")
    with nothing_changes():
        answer = first.post(page, typed | {"_shown": forge(typed["_shown"])})
    assert answer.status_code == 412
    assert [(one.line.label, *one.versions) for one in answer.context["asked"]] == [
        ("Note", "not known", "–", "Của tôi")
    ]
    assert first.post(page, hidden(answer) | {"_choose-note": "mine"}).status_code == 302
    agency.refresh_from_db()
    assert agency.note == "Của tôi"


def test_what_another_person_was_shown_or_another_row_is_nothing(first, second):
    agency, other = make_agency("Bộ Công an"), make_agency("Bộ Y tế")
    mine = filled(first, agency_page(agency), note="Của tôi")
    for shown in (as_shown(second, agency_page(agency)), as_shown(first, agency_page(other))):
        with nothing_changes():
            assert first.post(agency_page(agency), mine | shown).status_code == 412


def test_a_password_travels_nowhere(first, second, time_machine):
    user = make_user(Role.OFFICER, make_agency())
    page = reverse("admin:accounts_user_change", args=[user.pk])
    mine = filled(first, page, name="Anh Minh", password="Mat-khau-rat-dai-2027")
    assert "password" not in mine["_shown"]
    saved(second, page, filled(second, page, name="Anh Mính"), time_machine)
    answer = first.post(page, mine)
    assert answer.status_code == 412
    assert "Mat-khau-rat-dai-2027" not in answer.content.decode()
    assert [field.html_name for field in answer.context["passwords"]] == ["password"]
    typed = hidden(answer) | {"_choose-name": "mine", "password": "Mat-khau-rat-dai-2027"}
    assert first.post(page, typed).status_code == 302
    user.refresh_from_db()
    assert (user.name, user.check_password("Mat-khau-rat-dai-2027")) == ("Anh Minh", True)


# --- lists within a page


@pytest.fixture
def ladder(db) -> Ladder:
    return make_ladder(rungs=((-7, "officer", "courtesy"), (-3, "officer", "courtesy"), (0, "officer", "courtesy")))


def ladder_page(ladder: Ladder) -> str:
    return reverse("admin:directives_ladder_change", args=[ladder.pk])


def rungs(ladder: Ladder) -> list[tuple[int, str]]:
    return list(ladder.rungs.order_by("offset").values_list("offset", "audience"))


def test_rungs_of_two_people_are_put_together_row_by_row(first, second, ladder, time_machine):
    page = ladder_page(ladder)
    new = {"rungs-3-audience": "officer", "rungs-3-kind": "courtesy"}
    mine = filled(first, page, **new, **{"rungs-0-audience": "head", "rungs-3-offset": 5})
    more = {**new, "rungs-3-offset": 10, "rungs-1-DELETE": "on", "rungs-2-audience": "secretariat"}
    assert saved(second, page, filled(second, page, **more), time_machine).status_code == 302
    answer = first.post(page, mine, follow=True)
    assert rungs(ladder) == [(-7, "head"), (0, "secretariat"), (5, "officer"), (10, "officer")]
    (told,) = [str(one) for one in answer.context["messages"] if "Merged" in str(one)]
    assert told.startswith("Merged with yours: ")
    assert told.endswith(" – changed by Chị Lan at 10:31.")


CHOICES = {
    "removed by them, changed by me; mine": (
        {"rungs-1-DELETE": "on"},
        {"rungs-1-audience": "head"},
        "mine",
        [(-7, "officer"), (-3, "head"), (0, "officer")],
    ),
    "removed by them, changed by me; theirs": (
        {"rungs-1-DELETE": "on"},
        {"rungs-1-audience": "head"},
        "theirs",
        [(-7, "officer"), (0, "officer")],
    ),
    "changed by them, removed by me; mine": (
        {"rungs-1-audience": "head"},
        {"rungs-1-DELETE": "on"},
        "mine",
        [(-7, "officer"), (0, "officer")],
    ),
    "changed by them, removed by me; theirs": (
        {"rungs-1-audience": "head"},
        {"rungs-1-DELETE": "on"},
        "theirs",
        [(-7, "officer"), (-3, "head"), (0, "officer")],
    ),
    "changed by both; mine": (
        {"rungs-1-audience": "head"},
        {"rungs-1-audience": "chair"},
        "mine",
        [(-7, "officer"), (-3, "chair"), (0, "officer")],
    ),
    "changed by both; theirs": (
        {"rungs-1-audience": "head"},
        {"rungs-1-audience": "chair"},
        "theirs",
        [(-7, "officer"), (-3, "head"), (0, "officer")],
    ),
}


@pytest.mark.parametrize(("theirs", "mine", "choice", "left"), CHOICES.values(), ids=CHOICES)
def test_a_rung_that_both_touched_is_decided_on(first, second, ladder, time_machine, theirs, mine, choice, left):
    page = ladder_page(ladder)
    mine, theirs = filled(first, page, **mine), filled(second, page, **theirs)
    saved(second, page, theirs, time_machine)
    with nothing_changes():
        answer = first.post(page, mine)
    assert answer.status_code == 412
    (asked,) = answer.context["asked"]
    assert first.post(page, hidden(answer) | {asked.choice: choice}).status_code == 302
    assert rungs(ladder) == left


def test_the_offices_of_a_user_are_guarded_from_both_pages(first, second, time_machine):
    user = make_user(Role.OFFICER, make_agency())
    office = user.offices.get()
    page, other = (
        reverse("admin:accounts_user_change", args=[user.pk]),
        reverse("admin:accounts_office_change", args=[office.pk]),
    )
    mine = filled(first, page, **{"offices-0-starts_on": "2021-01-01"})
    saved(second, other, filled(second, other, starts_on="2022-02-02"), time_machine)
    with nothing_changes():
        (asked,) = first.post(page, mine).context["asked"]
    assert asked.line.label.endswith(": From")
    assert asked.versions[1:] == ("02/02/2022", "01/01/2021")
    assert asked.author.name == "Chị Lan"


# --- drafts


@pytest.fixture
def desk(client) -> Desk:
    client.cookies["django_language"] = "en"
    return make_desk(client)


@pytest.fixture
def colleague(desk) -> Client:
    browser = Client()
    browser.cookies["django_language"] = "en"
    browser.force_login(make_user(Role.SECRETARIAT, desk.committee, name="Chị Lan"))
    return browser


def entered(desk: Desk) -> tuple[Notice, str]:
    """A draft with one directive, and where that is changed."""
    notice = drafted(desk)
    desk.client.post(reverse("admin:directive_add", args=[notice.pk]), directive_form(desk, notice))
    return notice, reverse("admin:directive_change", args=[notice.pk, Directive.objects.get().pk])


def test_a_draft_of_two_hands(desk, colleague, time_machine):
    notice = drafted(desk)
    page = reverse("admin:directives_notice_change", args=[notice.pk])
    shown, theirs = as_shown(desk.client, page), as_shown(colleague, page)
    saved(colleague, page, header(desk, signer="Nguyễn Sỹ Hiệp", subject="Một") | theirs, time_machine)
    answer = desk.client.post(page, header(desk, note="Ghi chú", subject="Hai") | shown)
    assert [(one.line.label, *one.versions[1:]) for one in answer.context["asked"]] == [("Subject", "Một", "Hai")]
    desk.client.post(page, hidden(answer) | {"_choose-subject": "theirs"})
    notice.refresh_from_db()
    assert (notice.subject, notice.signer, notice.note) == ("Một", "Nguyễn Sỹ Hiệp", "Ghi chú")


def test_a_directive_of_two_hands(desk, colleague, time_machine):
    notice, page = entered(desk)
    shown, theirs = as_shown(desk.client, page), as_shown(colleague, page)
    more = [f"agency:{desk.other.pk}", f"agency:{desk.office.pk}"]
    saved(colleague, page, directive_form(desk, notice, coordinating=more, field="Y tế") | theirs, time_machine)
    answer = desk.client.post(
        page, directive_form(desk, notice, wording="Của tôi", coordinating=[]) | shown, follow=True
    )
    (directive,) = notice.directives.all()
    assert (directive.wording, directive.field) == ("Của tôi", "Y tế")
    assert {row.agency for row in directive.addressees.all()} == {desk.lead, desk.office}
    told = [str(message) for message in answer.context["messages"]]
    assert told[0] == "Merged with yours: Field; Coordinating – changed by Chị Lan at 10:31."


def test_what_makes_up_a_deadline_is_decided_together(desk, colleague, time_machine):
    notice, page = entered(desk)
    shown, theirs = as_shown(desk.client, page), as_shown(colleague, page)
    undated = directive_form(desk, notice, deadline_kind="urgent_undated", due_on="")
    assert saved(colleague, page, undated | theirs, time_machine).status_code == 302
    with nothing_changes():
        answer = desk.client.post(page, directive_form(desk, notice, due_on="2025-01-31") | shown)
    assert [one.line.label for one in answer.context["asked"]] == ["Kind of deadline", "Deadline"]
    assert answer.context["asked"][1].versions == ("31/12/2024", "–", "31/01/2025")


def test_a_directive_that_was_removed_or_issued_meanwhile_leaves_what_was_typed(desk, colleague):
    notice, page = entered(desk)
    typed = directive_form(desk, notice, wording="Đã gõ rất lâu") | as_shown(desk.client, page)
    notice.refresh_from_db()
    issue = {"version": notice.version, "unhandled_ok": "on"}
    assert colleague.post(reverse("admin:notice_issue", args=[notice.pk]), issue).status_code == 302
    with nothing_changes():
        answer = desk.client.post(page, typed)
    assert answer.status_code == 409
    assert ("Wording", "Đã gõ rất lâu") in answer.context["typed"]
    header_page = reverse("admin:directives_notice_change", args=[notice.pk])
    other = drafted_again(desk)
    gone = reverse("admin:directive_change", args=[other.pk, other.directives.get().pk])
    typed = directive_form(desk, other, wording="Đã gõ rất lâu") | as_shown(desk.client, gone)
    colleague.post(reverse("admin:directive_remove", args=[other.pk, other.directives.get().pk]))
    with nothing_changes():
        answer = desk.client.post(gone, typed)
    assert (answer.status_code, answer.context["sentence"]) == (
        409,
        "The directive was removed from the draft in the meantime.",
    )
    assert desk.client.post(header_page, header(desk)).status_code == 200


def drafted_again(desk: Desk) -> Notice:
    """Another draft with one directive."""
    desk.client.post(reverse("admin:directives_notice_add"), header(desk, number="370"))
    notice = Notice.objects.get(number=370)
    desk.client.post(reverse("admin:notice_split", args=[notice.pk]))
    desk.client.post(reverse("admin:directive_add", args=[notice.pk]), directive_form(desk, notice))
    return notice


def test_a_header_that_was_issued_meanwhile_leaves_what_was_typed(desk, colleague):
    notice, _page = entered(desk)
    page = reverse("admin:directives_notice_change", args=[notice.pk])
    typed = header(desk, note="Ghi chú dài") | as_shown(desk.client, page)
    notice.refresh_from_db()
    colleague.post(reverse("admin:notice_issue", args=[notice.pk]), {"version": notice.version, "unhandled_ok": "on"})
    with nothing_changes():
        answer = desk.client.post(page, typed)
    assert (answer.status_code, ("Note", "Ghi chú dài") in answer.context["typed"]) == (409, True)
    assert "issued already" in answer.context["sentence"]


# --- what is gone


def test_what_was_deleted_meanwhile_leaves_what_was_typed(first, second, time_machine):
    make_calendar(date(2027, 9, 2))
    day = CalendarDay.objects.get()
    page = reverse("admin:directives_calendarday_change", args=[day.pk])
    mine = filled(first, page, name="Quốc khánh")
    day.delete()
    with nothing_changes():
        answer = first.post(page, mine)
    assert answer.status_code == 409
    assert ("Name", "Quốc khánh") in answer.context["typed"]
    assert "What you wrote is below, to be copied." in answer.content.decode()
    assert first.post(page, mine | {"_shown": ""}).status_code == 404


# --- every page


def test_every_page_of_rows_is_guarded():
    assert {type(page) for page in admin.site._registry.values() if not isinstance(page, DeskAdmin)} == set()
    for page in admin.site._registry.values():
        assert isinstance(page, Guarded)
        assert type(page).changeform_view is not admin.ModelAdmin.changeform_view


# --- at the same moment


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_same_moment_one_meets_the_other(first, second):
    agency = make_agency("Bộ Công an")
    page = agency_page(agency)
    typed = [filled(first, page, note="Của tôi"), filled(second, page, name_en="Ministry of Public Security")]
    statuses = at_once([lambda: first.post(page, typed[0]), lambda: second.post(page, typed[1])])
    agency.refresh_from_db()
    assert (statuses, agency.note, agency.name_en) == ([302, 302], "Của tôi", "Ministry of Public Security")

    typed = [filled(first, page, name_vi="Bản một"), filled(second, page, name_vi="Bản hai")]
    assert at_once([lambda: first.post(page, typed[0]), lambda: second.post(page, typed[1])]) == [302, 412]
    assert Event.objects.filter(verb="change").count() == 3


def at_once(acts: list) -> list[int]:
    """The statuses of what was done by people of whom each has a connection of their own, in order of size."""
    ready, found = Barrier(len(acts)), []

    def act(one) -> None:
        ready.wait()
        found.append(one().status_code)
        connection.close()

    threads = [Thread(target=act, args=(one,)) for one in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found)
