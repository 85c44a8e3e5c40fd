"""What became of the work of a crowd: answers, figures, history, messages, and what passed on."""

from django.db import connection

from accounts.models import Succession
from directives.models import (
    Assessment,
    BulkChange,
    BulkRow,
    CriteriaSet,
    Criterion,
    Delivery,
    Event,
    ExtensionRequest,
    Indicator,
    Mark,
    Merger,
    Question,
    Reading,
    Reminder,
    Report,
    Seal,
    Span,
)
from tests.make.crowd_systems import fill_systems
from tests.make.filling import Crowd, fill, text


def fill_what_became_of_it(crowd: Crowd, many: int) -> None:
    """All that follows from the crowd's `many` assignments."""
    _answers(crowd)
    _figures(crowd, many)
    _assessments(crowd, many)
    _history(crowd)
    _messages(crowd, many)
    _changes(crowd, many)
    fill_systems(crowd, many)


def _answers(c: Crowd) -> None:
    """Reports on every second assignment, hand-ins of what waits, requests for more time, and questions."""
    mine = f"directives_assignment AS a WHERE a.id {c.assignments.ids}"
    c.reports = fill(
        Report,
        f"{mine} AND ((a.id - {c.assignments.first}) % 2 = 0 OR a.state = 'handed_in')",
        assignment_id="a.id",
        kind="CASE WHEN a.state = 'handed_in' THEN 'hand_in' ELSE 'progress' END",
        text="'Đã hoàn thành bước ' || a.id % 7",
        percent="a.id % 100",
        asks=f"CASE WHEN (a.id - {c.assignments.first}) % 40 = 0 THEN 'Đề nghị bố trí kinh phí.' ELSE '' END",
        by_id=c.people["a.id"],
        at="a.assigned_on + 12",
    )
    open_one = f"a.state IN ('assigned', 'acknowledged', 'in_progress') AND (a.id - {c.assignments.first}) % 80 = 0"
    c.requests = fill(
        ExtensionRequest,
        f"{mine} AND a.due_on IS NOT NULL AND ((a.id - {c.assignments.first}) % 20 = 1 OR {open_one})",
        assignment_id="a.id",
        asked_by_id=c.people["a.id"],
        asked_at="a.assigned_on + 13",
        due_on_then="a.due_on",
        asked_due_on="a.due_on + 30",
        reason="'Cần thêm thời gian lấy ý kiến.'",
        state=f"CASE WHEN {open_one} THEN 'open' ELSE 'refused' END",
        decided_by_id=f"CASE WHEN {open_one} THEN NULL ELSE {c.secretary.pk} END",
        decided_at=f"CASE WHEN {open_one} THEN NULL::date ELSE a.assigned_on + 14 END",
    )
    answered = f"(a.id - {c.assignments.first}) % 160 <> 2"
    c.questions = fill(
        Question,
        f"{mine} AND (a.id - {c.assignments.first}) % 40 = 2",
        assignment_id="a.id",
        asked_by_id=c.people["a.id"],
        asked_at="a.assigned_on + 11",
        text="'Có phải lấy ý kiến các địa phương không, nhiệm vụ ' || a.directive_id || '?'",
        state=f"CASE WHEN {answered} THEN 'answered' ELSE 'open' END",
        answer=f"CASE WHEN {answered} THEN 'Có.' ELSE '' END",
        common=answered,
        answered_by_id=f"CASE WHEN {answered} THEN {c.secretary.pk} END",
        answered_at=f"CASE WHEN {answered} THEN a.assigned_on + 12 END",
    )


def _figures(c: Crowd, many: int) -> None:
    c.indicators = fill(
        Indicator,
        max(2, many // 500),
        committee_id=str(c.committee.pk),
        code=f"'{c.mark}-' || i",
        name_vi="'Tỷ lệ hồ sơ trực tuyến ' || i",
        unit="'%'",
        target="90",
        directive_id=c.directives["i"],
    )
    c.readings = fill(
        Reading,
        max(2, many // 10),
        indicator_id=c.indicators["i"],
        as_of=f"{c.day} - i / {c.indicators.many}",
        value="i % 100",
        source="'Báo cáo của cơ quan'",
        by_id=c.people["i"],
        at=f"{c.day} - i / {c.indicators.many}",
    )


def _assessments(c: Crowd, many: int) -> None:
    """Sets of ten criteria, by which agencies say yes to every second and are verified."""
    c.sets = fill(
        CriteriaSet,
        max(2, many // 1000),
        committee_id=str(c.committee.pk),
        code=f"'{c.mark}-' || i",
        name_vi="'Bộ tiêu chí chuyển đổi số ' || i",
    )
    whose = {"criteria_set_id": c.sets[f"i % {c.sets.many}"]}
    c.criteria = fill(
        Criterion,
        c.sets.many * 10,
        position=f"1 + i / {c.sets.many}",
        name_vi="'Tiêu chí ' || i",
        kind="'yes_no'",
        **whose,
    )
    c.assessments = fill(
        Assessment,
        max(2, many // 100),
        agency_id=c.agencies["i"],
        as_of=f"{c.day} - i",
        state="'verified'",
        submitted_by_id=c.people["i"],
        submitted_at=f"{c.day} - i",
        verified_by_id=str(c.secretary.pk),
        verified_at=f"{c.day} - i",
        **whose,
    )
    fill(
        Mark,
        "directives_assessment AS a JOIN directives_criterion AS l ON l.criteria_set_id = a.criteria_set_id "
        f"WHERE a.id {c.assessments.ids}",
        assessment_id="a.id",
        criterion_id="l.id",
        reported="l.position % 2",
        verified="l.position % 2",
    )


def _history(c: Crowd) -> None:
    """Three sealed events of each assignment, what a notice went through, and the spans."""
    before = Seal.objects.count()
    of_work = {"by_id": c.people["a.id"], "by_name": "'Chuyên viên ' || a.id % 100", "assignment_id": "a.id"}
    for after, verb in enumerate(("assign", "acknowledge", "report")):
        c.events = fill(
            Event,
            f"directives_assignment AS a JOIN directives_directive AS d ON d.id = a.directive_id "
            f"WHERE a.id {c.assignments.ids}",
            at=f"a.assigned_on + {after * 3}",
            verb=text(verb),
            notice_id="d.notice_id",
            directive_id="d.id",
            subject="'assignment:' || a.uuid",
            after='\'{"state": "in_progress"}\'',
            **of_work,
        )
    fill(
        Event,
        f"directives_notice AS n WHERE n.id {c.notices.ids}",
        at="n.entered_at",
        verb="'issue'",
        by_id=str(c.secretary.pk),
        by_name="'Ban Thư ký'",
        notice_id="n.id",
        subject="'notice:' || n.uuid",
    )
    c.seals = fill(
        Seal,
        "directives_unsealed AS u",
        sequence=f"{before} + row_number() OVER (ORDER BY u.event_id)",
        event_id="u.event_id",
        hash="md5(u.event_id::text)",
    )
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM directives_unsealed")
    first = {"assignment_id": "a.id", "role": "a.role", "agency_id": "a.agency_id", "due_on": "a.due_on"}
    mine = f"directives_assignment AS a WHERE a.id {c.assignments.ids}"
    fill(Span, mine, from_on="a.assigned_on", to_on="a.assigned_on + 5", state="'assigned'", **first)
    now = {"state": "a.state", "handed_in_on": "a.handed_in_on", "done_on": "a.done_on"}
    fill(Span, mine, from_on="a.assigned_on + 5", **first, **now)


def _messages(c: Crowd, many: int) -> None:
    """One message for each assignment: of a notice, or a digest; of a hundred one waits and one is dead."""
    state = "CASE i % 100 WHEN 8 THEN 'dead' WHEN 7 THEN 'waiting' WHEN 6 THEN 'held' ELSE 'sent' END"
    c.deliveries = fill(
        Delivery,
        many,
        key=f"'{c.mark}-' || i",
        kind="CASE WHEN i % 2 = 0 THEN 'assigned' ELSE 'digest' END",
        channel="CASE WHEN i % 4 < 2 THEN 'email' ELSE 'in_app' END",
        recipient_id=c.people["i"],
        notice_id=f"CASE WHEN i % 2 = 0 THEN {c.notices['i / 2']} END",
        state=state,
        created_at=f"{c.day} - i % 400",
        due_at=f"{c.day} - i % 400",
        sent_at=f"CASE WHEN i % 100 NOT IN (6, 7, 8) THEN {c.day} - i % 400 END",
        seen_at=f"CASE WHEN i % 100 NOT IN (6, 7, 8) AND i % 20 <> 3 THEN {c.day} - i % 400 END",
        last_error="CASE WHEN i % 100 = 8 THEN '550 No such user' ELSE '' END",
        subject="'Đôn đốc nhiệm vụ ' || i",
        body="'Còn việc đến hạn.'",
    )
    fill(
        Reminder,
        f"directives_delivery AS d JOIN directives_assignment AS a ON a.id = {c.assignments['d.id']} "
        f"WHERE d.id {c.deliveries.ids} AND d.kind = 'digest'",
        assignment_id="a.id",
        due_version="1",
        rung="-3",
        rung_on="a.assigned_on",
        audience="'officer'",
        kind="'courtesy'",
        recipient_id="d.recipient_id",
        channel="d.channel",
        planned_on="a.assigned_on",
        state="'sent'",
        delivery_id="d.id",
    )


def _changes(c: Crowd, many: int) -> None:
    """What agencies that ended passed on, mergers, changes of many assignments, and one that is not confirmed yet."""
    c.successions = fill(
        Succession,
        f"(SELECT * FROM accounts_agency WHERE id {c.agencies.ids} AND valid_to IS NOT NULL) AS e",
        predecessor_id="e.id",
        successor_id=c.agencies[f"e.id - {c.agencies.first} + 1"],
        on="e.valid_to + 1",
        basis="'Nghị quyết về sắp xếp'",
    )
    c.mergers = fill(
        Merger,
        max(1, many // 1000),
        successor_id=c.agencies["i"],
        on=f"{c.day} - 30",
        basis="'Nghị quyết về sắp xếp'",
        by_id=str(c.secretary.pk),
        at=f"{c.day} - 30",
    )
    done = {"verb": "'suspend'", "started_at": f"{c.day} - i % 300", "ended_at": f"{c.day} - i % 300"}
    carried_out = fill(BulkChange, max(2, many // 500), by_id=str(c.secretary.pk), at=f"{c.day} - i % 300", **done)
    whose = BulkChange.committees.through
    fill(whose, carried_out.many, bulkchange_id=carried_out["i"], committee_id=str(c.committee.pk))
    chosen = max(1, many // 100)
    c.changes = fill(BulkChange, 1, verb="'suspend'", by_id=str(c.secretary.pk), at=c.day, chosen=str(chosen))
    fill(
        BulkRow,
        chosen,
        change_id=str(c.changes.first),
        assignment_id=c.assignments["i * 3"],
        version="1",
    )
