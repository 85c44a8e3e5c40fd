"""One reminder, for real: the round and the sending run in a worker process, the mail goes over SMTP."""

from datetime import timedelta

import pytest

from accounts.models import Role
from directives.models import Delivery, DeliveryState, Reminder, ReminderState
from tests.make import make_agency, make_assignment, make_calendar, make_directive, make_ladder, make_notice, make_user
from tests.neighbours import until, working
from tracker import clock, tasks


@pytest.mark.django_db(transaction=True)
def test_a_reminder_goes_through_a_worker_and_a_mail_server(postbox, tmp_path):
    today = clock.today()
    make_calendar()
    make_ladder(rungs=((0, "officer", "courtesy"),))
    agency = make_agency("Bộ Công an")
    officer = make_user(Role.OFFICER, agency, name="Chuyên viên Bộ Công an")
    notice = make_notice(number=369, issued_on=today - timedelta(days=30))
    directive = make_directive(notice, "Đưa giấy khai sinh lên ứng dụng VNeID", due_on=today)
    assignment = make_assignment(agency, directive=directive, due_on=today, look_on=today)

    with working(tmp_path):
        tasks.remind.delay()
        until(lambda: Reminder.objects.count() == 2)
        # Whatever time it is while this test runs: the digest's hour has come.
        Delivery.objects.update(due_at=clock.now())
        tasks.deliver.delay()
        until(lambda: Delivery.objects.filter(state=DeliveryState.SENT).count() == 2)

        # Ticks that come twice do nothing; a message written after them shows that they have been worked off.
        for tick in (tasks.remind, tasks.deliver, tasks.deliver):
            tick.delay()
        last = Delivery.objects.get(channel="email")
        witness = Delivery.objects.create(
            key="witness",
            kind="assigned",
            channel="email",
            recipient=officer,
            assignment=assignment,
            notice=notice,
            created_at=clock.now(),
            due_at=clock.now(),
        )
        tasks.deliver.delay()
        until(lambda: Delivery.objects.get(key="witness").state == DeliveryState.SENT)

    first, second = postbox.letters
    assert first["Message-ID"] == f"<{last.uuid}@vpcp.example>"
    assert second["Message-ID"] == f"<{witness.uuid}@vpcp.example>"
    assert first["To"] == f"{officer.name} <{officer.email}>"
    assert first["Subject"] == f"Đôn đốc ngày {today:%d/%m/%Y}: 1 phần việc sắp đến hạn"
    assert f"/assignments/{assignment.uuid}/" in first.get_body(("plain",)).get_content()
    assert [(row.attempts, row.token) for row in Delivery.objects.all()] == [(1, 1)] * 3
    assert set(Reminder.objects.values_list("state", "channel")) == {
        (ReminderState.SENT, "email"),
        (ReminderState.SENT, "in_app"),
    }
    assert Delivery.objects.unread_by(officer).get().subject == first["Subject"]
