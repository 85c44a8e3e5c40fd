"""Before a key ends, whoever made it and the administrators are told: two weeks and three days before, once each."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command

from accounts.models import ApiKey, Office, Role
from directives.actions.ending_keys import tell_of_ending_keys
from directives.models import Delivery, DeliveryKind
from tests.make import at, make_agency, make_user

pytestmark = pytest.mark.django_db
MONDAY = at(date(2025, 3, 10), 9)
ENDS = MONDAY + timedelta(days=14)
LONG_AGO = MONDAY - timedelta(days=200)


@pytest.fixture
def administrator():
    return make_user(Role.ADMINISTRATOR, language="vi", name="Quản trị viên")


@pytest.fixture
def key(administrator) -> ApiKey:
    return a_key(created_by=administrator)


def a_key(*, made_at: datetime = LONG_AGO, ends_at: datetime = ENDS, **fields) -> ApiKey:
    agency = fields.pop("agency", None) or make_agency("Bộ Công an", name_en="Ministry of Public Security")
    row, _plain = ApiKey.issue("Trung tâm điều hành", agency=agency, expires_at=ends_at, **fields)
    ApiKey.objects.filter(pk=row.pk).update(created_at=made_at)
    return row


def told() -> list[str]:
    return [row.key.split(":")[3] for row in Delivery.objects.filter(channel="in_app").order_by("pk")]


def test_each_of_the_two_days_is_told_once_however_often_it_is_looked_at(key):
    for hours in (-1, 0, 1, 24, 11 * 24 - 1, 11 * 24, 11 * 24 + 1, 13 * 24, 15 * 24):
        tell_of_ending_keys(now=MONDAY + timedelta(hours=hours))
    assert told() == ["14", "3"]


def test_of_days_on_which_nobody_looked_only_the_last_is_made_up_for(key):
    assert tell_of_ending_keys(now=ENDS - timedelta(days=2)) == 1
    assert told() == ["3"]


def test_a_key_that_is_made_for_ten_days_is_told_of_three_days_before(administrator):
    a_key(made_at=MONDAY + timedelta(days=4))
    for day in range(4, 14):
        tell_of_ending_keys(now=MONDAY + timedelta(days=day))
    assert told() == ["3"]


def test_another_last_day_is_told_of_anew(key):
    tell_of_ending_keys(now=MONDAY)
    ApiKey.objects.update(expires_at=ENDS + timedelta(days=100))
    assert tell_of_ending_keys(now=MONDAY) == 0
    assert tell_of_ending_keys(now=MONDAY + timedelta(days=100)) == 1


def test_who_made_it_is_told_while_in_office_beside_the_administrators(administrator):
    maker = make_user(Role.HEAD)
    a_key(created_by=maker)
    gone = a_key(created_by=make_user(Role.HEAD), agency=make_agency())
    Office.objects.filter(user=gone.created_by).update(ends_on=date(2025, 1, 31))
    make_user(Role.AUDITOR)
    tell_of_ending_keys(now=MONDAY)
    rows = Delivery.objects.filter(channel="in_app").order_by("api_key", "recipient__pk")
    first, second = Delivery.objects.values_list("api_key", flat=True).distinct().order_by("api_key")
    assert {(row.api_key_id, row.recipient_id) for row in rows} == {
        (first, administrator.pk),
        (first, maker.pk),
        (second, administrator.pk),
    }


@pytest.mark.parametrize("how", ["revoked", "succeeded"])
def test_a_key_that_nobody_needs_any_more_is_not_spoken_of(key, how, postbox):
    tell_of_ending_keys(now=MONDAY)
    if how == "revoked":
        ApiKey.objects.update(revoked_at=MONDAY)
    else:
        key.succeed(expires_at=ENDS + timedelta(days=300), both_until=ENDS, at=MONDAY)
    with time_machine.travel(MONDAY + timedelta(minutes=1), tick=False):
        call_command("tick", "remind", "deliver")
    assert postbox.letters == []
    assert set(Delivery.objects.values_list("state", flat=True)) == {"superseded"}


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        (
            "vi",
            "Khóa API hết hạn ngày 24/03/2025",
            ["Bộ Công an", "hết hạn lúc 09:00 ngày 24/03/2025", "khóa thay thế"],
        ),
        ("en", "ends on 24/03/2025", ["Ministry of Public Security", "ends on 24/03/2025 at 09:00", "its successor"]),
    ],
)
def test_the_letter_names_the_system_the_day_and_what_to_do(key, administrator, postbox, language, subject, words):
    administrator.language = language
    administrator.save()
    with time_machine.travel(MONDAY, tick=False):
        call_command("tick", "remind", "deliver")
    (letter,) = postbox.letters
    assert subject in str(letter["Subject"])
    text = letter.get_body(("plain",)).get_content().replace("\n", " ")
    assert [word for word in ["Trung tâm điều hành", f"dd_{key.prefix}…", *words] if word not in text] == []
    assert f"/accounts/apikey/{key.pk}/change/" in text
    html = letter.get_body(("html",)).get_content()
    assert f"/accounts/apikey/{key.pk}/change/" in html
    assert Delivery.objects.filter(kind=DeliveryKind.KEY_ENDS, state="sent").count() == 2
