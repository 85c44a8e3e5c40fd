"""Rows that the database refuses: of agencies, people, their offices and absences, and keys."""

from datetime import date

from accounts.models import CalendarFeed, Office, Role, User
from directives.models import SavedFilter, Unsent
from tests.actions.rows import DAY, Making, again, changed
from tests.make import (
    DUE_ON,
    ISSUED_ON,
    at,
    make_absence,
    make_agency,
    make_assignment,
    make_committee,
    make_key,
    make_office,
    make_succession,
    make_user,
)


def away(*days: tuple[date, date]) -> None:
    """One office with a substitute for each of these periods."""
    office = make_office(make_user(), Role.OFFICER)
    for first, last in days:
        make_absence(office, make_user(), first, last)


def own_parent() -> None:
    agency = make_agency()
    changed(agency, parent=agency)


def own_successor() -> None:
    agency = make_agency()
    make_succession(agency, agency, ISSUED_ON)


def officer_of(**seat: object) -> Office:
    return Office.objects.create(user=make_user(), starts_on=ISSUED_ON, **seat)


def filter_of_one_name() -> None:
    row = SavedFilter(user=make_user(), of_list="directives_assignment", name="Quá hạn", query="state=assigned")
    row.save()
    again(row, query="state=done")


def two_unsent_for_one_act() -> None:
    row = Unsent.objects.create(assignment=make_assignment(), user=make_user(), verb="report", kept_at=at(ISSUED_ON))
    again(row, words={"text": "Xong."})


def two_live_feeds() -> None:
    user = make_user()
    for _time in range(2):
        CalendarFeed.open(user, at(ISSUED_ON))


def key_for(**bodies: object) -> None:
    key, _plain = make_key()
    changed(key, **bodies)


REFUSED_WHO: dict[str, tuple[Making, ...]] = {
    "agency_ends_after_it_begins": (lambda: make_agency(valid_from=DUE_ON, valid_to=DUE_ON - DAY),),
    "agency_is_not_its_own_parent": (own_parent,),
    "succession_once": (lambda: again(make_succession(make_agency(), make_agency(), ISSUED_ON), on=DUE_ON),),
    "nobody_succeeds_itself": (own_successor,),
    "one_filter_of_a_name": (filter_of_one_name,),
    "one_live_calendar_feed": (two_live_feeds,),
    "one_unsent_for_an_act": (two_unsent_for_one_act,),
    "one_user_per_email": (
        lambda: [User.objects.create(email=email, name="") for email in ("cv@bca.example", "CV@bca.example")],
    ),
    "office_sits_in_its_body": (
        lambda: officer_of(role=Role.OFFICER),
        lambda: officer_of(role=Role.OFFICER, committee=make_committee()),
        lambda: officer_of(role=Role.HEAD, agency=make_agency(), committee=make_committee()),
        lambda: officer_of(role=Role.CHAIR, agency=make_agency()),
        lambda: officer_of(role=Role.SECRETARIAT),
        lambda: officer_of(role=Role.AUDITOR, agency=make_agency()),
        lambda: officer_of(role="clerk", agency=make_agency()),
    ),
    "office_ends_after_it_begins": (
        lambda: make_office(make_user(), Role.OFFICER, starts_on=DUE_ON, ends_on=DUE_ON - DAY),
    ),
    "absence_ends_after_it_begins": (lambda: away((DUE_ON, DUE_ON - DAY)),),
    "one_substitute_a_day": (
        lambda: away((ISSUED_ON, DUE_ON), (DUE_ON, DUE_ON + DAY)),
        lambda: away((ISSUED_ON, DUE_ON), (ISSUED_ON + DAY, ISSUED_ON + DAY)),
        lambda: away((DUE_ON, DUE_ON), (ISSUED_ON, DUE_ON)),
    ),
    "key_acts_for_one_body": (
        lambda: key_for(committee=None),
        lambda: key_for(agency=make_agency()),
    ),
}
