"""A desk with much on it: so many assignments, and of everything beside them as much as goes with that many."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from accounts.models import (
    Absence,
    Agency,
    AgencyGroup,
    ApiKey,
    Committee,
    Office,
    Succession,
    User,
)
from directives.models import (
    Addressee,
    Assignment,
    BulkChange,
    BulkRow,
    CalendarDay,
    Delivery,
    Directive,
    DirectiveLink,
    Event,
    ExtensionRequest,
    Indicator,
    Ladder,
    Merger,
    Notice,
    Paragraph,
    Proposal,
    Reading,
    Reminder,
    Report,
    Rung,
    Seal,
    Session,
    Span,
)
from tests.make.filling import fill, one_of, text

SENTENCE = "Bộ, cơ quan chủ trì rà soát, hoàn thiện thể chế, báo cáo Ban Chỉ đạo kết quả thực hiện trước ngày đã định; "
PARAGRAPHS = 100  # of a draft
KINDS_OF_NAMES = ("Bộ", "Ủy ban nhân dân xã", "Sở", "Cục")
SUBJECTS = ("chuyển đổi số", "dữ liệu đất đai", "cải cách thủ tục", "định danh điện tử", "hóa đơn điện tử", "y tế số")
MANY_PARTS = 20  # directives of the one notice that everybody has a part in
# Of a hundred assignments.
STATES = (
    (14, "assigned"),
    (34, "acknowledged"),
    (72, "in_progress"),
    (75, "handed_in"),
    (92, "done"),
    (94, "suspended"),
    (96, "declined"),
    (98, "withdrawn"),
    (100, "reassigned"),
)


@dataclass
class Crowd:
    """What was written, room by room; each kind of row under its own name."""

    committee: Committee
    secretary: User
    today: date
    mark: str  # what tells the codes and numbers of this crowd from those of another

    @property
    def day(self) -> str:
        return f"DATE '{self.today}'"


def make_crowd(many: int, committee: Committee, secretary: User, *, today: date, mark: str) -> Crowd:
    """`many` assignments, nearly all of `committee`, whose secretary does what secretaries do; all of it ends `today`.

    History and spans are written as the actions would have; reminders of the past too. No other crowd has `mark`.
    """
    crowd = Crowd(committee, secretary, today, mark)
    _who(crowd, many)
    _notices(crowd, many)
    _drafts(crowd, many)
    _assignments(crowd, many)
    _answers(crowd, many)
    _figures(crowd, many)
    _history(crowd, many)
    _messages(crowd, many)
    _changes(crowd, many)
    return crowd


def _who(c: Crowd, many: int) -> None:
    """Agencies of which one in thirty has ended, people and their offices, keys, committees with ladders."""
    c.agencies = agencies = fill(
        Agency,
        max(11, many // 27) | 1,
        code=f"'{c.mark}-' || i",
        name_vi=f"{one_of(KINDS_OF_NAMES, 'i')} || ' số ' || i",
        abbreviation="'CQ' || i",
        kind=one_of(("ministry", "commune", "department", "other"), "i"),
        valid_to=f"CASE WHEN i % 30 = 29 THEN {c.day} - 90 END",
    )
    c.groups = fill(
        AgencyGroup,
        max(2, many // 2000),
        code=f"'{c.mark}-' || i",
        name_vi="'Nhóm ' || i",
        kinds="ARRAY['ministry']",
    )
    c.committees = fill(
        Committee,
        max(2, many // 5000),
        code=f"'{c.mark}-' || i",
        name_vi="'Ban Chỉ đạo ' || i",
        secretariat_id=agencies["i"],
    )
    c.people = people = fill(
        User,
        max(8, many // 20),
        password="'!'",
        email=f"'{c.mark}.' || i || '@dondoc.example'",
        name="'Chuyên viên ' || i",
    )
    c.offices = fill(
        Office,
        people.many,
        user_id=people["i"],
        role="CASE WHEN i % 4 = 0 THEN 'head' ELSE 'officer' END",
        agency_id=agencies["i"],
        starts_on=f"{c.day} - 900",
    )
    c.absences = fill(
        Absence,
        max(2, people.many // 10),
        office_id=c.offices["i"],
        substitute_id=people["i + 1"],
        begins_on=f"{c.day} - 2",
        ends_on=f"{c.day} + 5",
    )
    c.keys = fill(
        ApiKey,
        max(2, many // 200),
        name="'Khóa ' || i",
        agency_id=agencies["i"],
        prefix=f"left(md5('{c.mark}' || i), 8)",
        key_hash="md5(i::text)",
        scopes="ARRAY['read']",
        expires_at=f"{c.day} + 300",
    )
    ladders = fill(Ladder, c.committees.many, committee_id=c.committees["i"], name="'Bậc đôn đốc'")
    fill(
        Rung,
        ladders.many * 4,
        ladder_id=ladders["i / 4"],
        offset=f"({one_of(('-7', '-1', '1', '7'), 'i')})::int",
        audience="'officer'",
        kind="'courtesy'",
    )


def _notices(c: Crowd, many: int) -> None:
    """Sessions, issued notices with their paragraphs, and directives, twenty to a notice."""
    c.sessions = fill(
        Session,
        max(2, many // 500),
        committee_id=str(c.committee.pk),
        held_on=f"{c.day} - (i * 3) - {_so_many(Session) * 3}",
        title="'Phiên họp thứ ' || i",
    )
    c.days = fill(
        CalendarDay,
        max(2, many // 200),
        day=f"{c.day} - i * 2 - {_so_many(CalendarDay) * 2}",
        kind="'holiday'",
        name="'Nghỉ lễ'",
    )
    directives = MANY_PARTS + many // 5 + 1
    c.notices = fill(
        Notice,
        directives // 20 + 1,
        committee_id=f"CASE WHEN i % 50 = 49 THEN {c.committees['i']} ELSE {c.committee.pk} END",
        number="1 + i",
        symbol=text(f"TB-{c.mark}"),
        issuer_id=c.agencies["i"],
        issued_on=f"{c.day} - 1 - (i * 37) % 1000",
        subject=f"'Kết luận về ' || {one_of(SUBJECTS, 'i')} || ', phiên họp thứ ' || i",
        text=f"repeat({text(SENTENCE)}, 40)",
        state="'issued'",
        entered_at=f"{c.day} - 1 - (i * 37) % 1000",
        entered_by_id=str(c.secretary.pk),
    )
    c.directives = fill(
        Directive,
        directives,
        notice_id=c.notices["i / 20"],
        position="1 + i % 20",
        quote=text(SENTENCE),
        quote_start=f"{len(SENTENCE)} * (i % 20)",
        quote_end=f"{len(SENTENCE)} * (1 + i % 20)",
        quote_hash="md5(i::text)",
        wording=f"'Hoàn thành đề án ' || i || ' về ' || {one_of(SUBJECTS, 'i')} || ', báo cáo Ban Chỉ đạo'",
        deadline_kind="CASE WHEN i % 10 = 9 THEN 'none' ELSE 'date' END",
        due_on=f"CASE WHEN i % 10 <> 9 THEN {c.day} - (i / 20 * 37) % 1000 + 20 + (i * 13) % 180 END",
    )
    c.links = fill(
        DirectiveLink,
        max(1, directives // 50),
        source_id=c.directives["i + 1"],
        target_id=c.directives["i"],
        kind="'repeats'",
    )


def _drafts(c: Crowd, many: int) -> None:
    """Drafts of a hundred paragraphs, half of them with a proposal, some with a directive already."""
    c.drafts = fill(
        Notice,
        max(1, many // 1000),
        committee_id=str(c.committee.pk),
        number="1 + i",
        symbol=text(f"DT-{c.mark}"),
        issuer_id=c.agencies["i"],
        issued_on=c.day,
        subject="'Dự thảo kết luận ' || i",
        text=f"repeat({text(SENTENCE)}, {PARAGRAPHS})",
        entered_at=f"{c.day} - i",
        entered_by_id=str(c.secretary.pk),
    )
    stretch = {"start": f"{len(SENTENCE)} * (i % {PARAGRAPHS})", "end": f"{len(SENTENCE)} * (1 + i % {PARAGRAPHS})"}
    c.paragraphs = fill(
        Paragraph,
        c.drafts.many * PARAGRAPHS,
        notice_id=c.drafts[f"i / {PARAGRAPHS}"],
        position=f"1 + i % {PARAGRAPHS}",
        label=f"'II.' || (1 + i % {PARAGRAPHS})",
        proposed_as="CASE WHEN i % 2 = 0 THEN 'directive' ELSE 'information' END",
        handled_as="CASE WHEN i % 10 = 0 THEN 'directive' ELSE '' END",
        **stretch,
    )
    found = '{"leads": [], "coordinating": [], "deadline": null, "product": "", "grounds": [], "doubts": []}'
    c.proposals = fill(
        Proposal,
        f"(SELECT * FROM directives_paragraph WHERE id {c.paragraphs.ids} AND position % 4 = 3) AS p",
        notice_id="p.notice_id",
        paragraph_id="p.id",
        start="p.start",
        end='p."end"',
        found=text(found),
    )
    c.entered = fill(
        Directive,
        f"(SELECT * FROM directives_paragraph WHERE id {c.paragraphs.ids} AND handled_as = 'directive') AS p",
        notice_id="p.notice_id",
        paragraph_id="p.id",
        position="p.position",
        quote=text(SENTENCE),
        quote_start="p.start",
        quote_end='p."end"',
        quote_hash="md5(p.id::text)",
        wording="'Nhiệm vụ của mục ' || p.label",
        deadline_kind="'date'",
        due_on=f"{c.day} + 60",
    )
    fill(Addressee, c.entered.many, directive_id=c.entered["i"], role="'share'", group_id=c.groups["i"])
    fill(Addressee, c.entered.many, directive_id=c.entered["i"], role="'coordinating'", agency_id=c.agencies["i"])


def _assignments(c: Crowd, many: int) -> None:
    """Five to a directive, one of which leads; one in a hundred belongs to the notice that gives to everybody.

    Of what is older than eight months nine tenths are finished.
    """
    wide = many // 100
    numbered = f"""
        SELECT i, (i * 61) % 100 AS of_hundred,
               CASE WHEN i < {wide} THEN i % {MANY_PARTS} ELSE {MANY_PARTS} + (i - {wide}) / 5 END AS directive,
               CASE WHEN i < {wide} THEN 'share' WHEN (i - {wide}) % 5 = 0 THEN 'lead' ELSE 'coordinating' END AS role
        FROM generate_series(0, {many - 1}) AS i"""
    dated = f"SELECT *, {c.day} - 1 - (directive / 20 * 37) % 1000 AS given FROM ({numbered}) AS numbered"
    states = " ".join(f"WHEN of_hundred < {below} THEN '{state}'" for below, state in STATES)
    old = f"given < {c.day} - 250 AND of_hundred < 65"
    work = f"SELECT *, CASE WHEN {old} THEN 'done' {states} END AS state FROM ({dated}) AS dated"
    due = "CASE WHEN directive % 10 <> 9 THEN given + 21 + (directive * 13) % 180 END"
    c.assignments = fill(
        Assignment,
        f"({work}) AS work",
        directive_id=c.directives["directive"],
        agency_id=c.agencies["i"],
        role="role",
        state="state",
        original_due_on=due,
        due_on=due,
        assigned_on="given",
        armed_on="given",
        handed_in_on="CASE WHEN state IN ('handed_in', 'done') THEN given + 10 + i % 40 END",
        done_on="CASE WHEN state = 'done' THEN given + 10 + i % 40 END",
        look_on=f"CASE WHEN state IN ('assigned', 'acknowledged', 'in_progress') THEN {c.day} + 1 + i % 30 END",
        resume_to="CASE WHEN state = 'suspended' THEN 'in_progress' ELSE '' END",
    )


def _answers(c: Crowd, many: int) -> None:
    """Reports on every second assignment, hand-ins of what waits, and requests for more time."""
    mine = f"directives_assignment AS a WHERE a.id {c.assignments.ids}"
    c.reports = fill(
        Report,
        f"{mine} AND (a.id % 2 = 0 OR a.state = 'handed_in')",
        assignment_id="a.id",
        kind="CASE WHEN a.state = 'handed_in' THEN 'hand_in' ELSE 'progress' END",
        text="'Đã hoàn thành bước ' || a.id % 7",
        percent="a.id % 100",
        asks="CASE WHEN a.id % 40 = 0 THEN 'Đề nghị bố trí kinh phí.' ELSE '' END",
        by_id=c.people["a.id"],
        at="a.assigned_on + 12",
    )
    open_one = "a.state IN ('assigned', 'acknowledged', 'in_progress') AND a.id % 80 = 0"
    c.requests = fill(
        ExtensionRequest,
        f"{mine} AND a.due_on IS NOT NULL AND (a.id % 20 = 1 OR {open_one})",
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


def _history(c: Crowd, many: int) -> None:
    """Three sealed events of each assignment, what a notice went through, and the spans."""
    before = _so_many(Seal)
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
    state = "CASE i % 100 WHEN 98 THEN 'dead' WHEN 97 THEN 'waiting' WHEN 96 THEN 'held' ELSE 'sent' END"
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
        sent_at=f"CASE WHEN i % 100 < 96 THEN {c.day} - i % 400 END",
        seen_at=f"CASE WHEN i % 100 < 96 AND i % 20 <> 3 THEN {c.day} - i % 400 END",
        last_error="CASE WHEN i % 100 = 98 THEN '550 No such user' ELSE '' END",
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
    """What agencies that ended passed on, mergers, and one change of many assignments."""
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
    c.changes = fill(BulkChange, 1, verb="'suspend'", by_id=str(c.secretary.pk), at=c.day)
    fill(
        BulkRow,
        max(1, many // 100),
        change_id=str(c.changes.first),
        assignment_id=c.assignments["i * 3"],
        version="1",
    )


def _so_many(model: type) -> int:
    return model.objects.count()
