"""An example for each operation, in curl, that runs against the demo as it is first started."""

from dataclasses import dataclass

from tracker.api.schema.examples_of_drafts import EXAMPLES
from tracker.api.schema.examples_of_systems import EXAMPLES_OF_SYSTEMS
from tracker.api.schema.shapes import NotDescribed

# The id that stands first on a page.
FIRST_ID = r"""sed -E 's/^\{"results":\[\{"id":"([^"]*)".*/\1/'"""
READ = {
    "list_agencies": "/agencies/?on=2025-06-30&q=ha+tinh",
    "list_assessments": "/assessments/?state=verified",
    "list_committees": "/committees/",
    "list_criteria_sets": "/criteria-sets/",
    "list_events": "/events/?verb=hand_in&happened_after=2024-08-09",
    "list_extensions": "/extensions/?state=open",
    "list_indicators": "/indicators/?ordering=due_on&fields=code,name,target,verdict",
    "list_paragraphs": "/paragraphs/?notice=369/TB-VPCP&handled_as=directive",
    "list_questions": "/questions/?state=answered&asked_after=2024-08-09",
    "list_readings": "/readings/?verified=yes&as_of_after=2023-01-01",
    "list_reports": "/reports/?agency_under=ha-tinh&q=hoan+thanh",
    "list_notices": "/notices/?notice=369/TB-VPCP",
    "list_directives": "/directives/?notice=369/TB-VPCP&agency=bca&role=lead",
    "list_assignments": "/assignments/?agency_under=bca&standing=overdue",
    "read_statistics": "/statistics/?as_of=2024-12-31&by=agency",
    "read_snapshot": "/snapshot/",
}
# One of each list.
ONE = {
    f"read_{one}": f"/{many}/"
    for one, many in {
        "agency": "agencies",
        "assessment": "assessments",
        "assignment": "assignments",
        "committee": "committees",
        "criteria_set": "criteria-sets",
        "directive": "directives",
        "event": "events",
        "extension": "extensions",
        "indicator": "indicators",
        "notice": "notices",
        "paragraph": "paragraphs",
        "question": "questions",
        "reading": "readings",
        "report": "reports",
    }.items()
}


@dataclass(frozen=True)
class Done:
    """A verb: whose key does it, to which of a list, and what is sent."""

    address: str
    to: str
    body: str = "{}"


OF_THE_AGENCY = {
    "acknowledge_assignment": Done("acknowledge", "state=assigned"),
    "start_assignment": Done("start", "state=assigned"),
    "report_assignment": Done(
        "report", "state=in_progress", '{"text": "Đã kết nối 40 tỉnh", "percent": 60, "asks": "Bổ sung kinh phí"}'
    ),
    "hand_in_assignment": Done("hand-in", "state=in_progress", '{"text": "Đã hoàn thành", "product_ref": "12/BC-BCA"}'),
    "decline_assignment": Done("decline", "state=assigned", '{"reason": "Nội dung thuộc Bộ Tài chính"}'),
    "ask_assignment": Done("ask", "state=in_progress", '{"text": "Số liệu tính đến ngày nào?"}'),
    "request_extension": Done(
        "request-extension", "state=in_progress", '{"asked_due_on": "2030-12-31", "reason": "Chờ dữ liệu của các tỉnh"}'
    ),
}
OF_THE_AGENCY |= {
    "nudge_assignment": Done("nudge", "agency=bca&state=in_progress"),
}
OF_THE_COMMITTEE = {
    "verify_assignment": Done("verify", "state=handed_in"),
    "return_assignment": Done("return", "state=handed_in", '{"reason": "Thiếu biên bản nghiệm thu"}'),
    "suspend_assignment": Done("suspend", "state=in_progress", '{"reason": "Chờ nghị định"}'),
    "resume_assignment": Done("resume", "state=suspended", '{"reason": "Nghị định đã ban hành"}'),
    "withdraw_assignment": Done("withdraw", "state=assigned", '{"reason": "Đã có chỉ đạo khác"}'),
    "reassign_assignment": Done(
        "reassign", "state=assigned&role=lead", '{"to_agency": "btc", "reason": "Đúng chức năng"}'
    ),
    "set_deadline_assignment": Done(
        "set-deadline", "state=in_progress", '{"due_on": "2030-12-31", "reason": "Theo kết luận phiên họp"}'
    ),
}
DECIDED = {
    "grant_extension": Done("grant", "state=open", '{"reason": "Đồng ý"}'),
    "refuse_extension": Done("refuse", "state=open", '{"reason": "Đã gia hạn một lần"}'),
}
FOLLOW = """\
FIRST=$(curl -sS --fail-with-body -H "Authorization: Bearer $KEY" "$URL/snapshot/" | sed -n 1p)
EPOCH=$(echo "$FIRST" | sed -E 's/.*"epoch":"([^"]*)".*/\\1/')
AFTER=$(echo "$FIRST" | sed -E 's/.*"after":([0-9]*).*/\\1/')
curl -sS --fail-with-body -H "Authorization: Bearer $KEY" "$URL/changes/?epoch=$EPOCH&after=$AFTER&wait=1\""""

HAND_DOWN = f"""\
WORK=$(curl -sS --fail-with-body -H "Authorization: Bearer $AGENCY_KEY" \\
  "$URL/assignments/?agency=bca&state=in_progress&standing=on_track&limit=1")
ID=$(echo "$WORK" | {FIRST_ID})
DUE_ON=$(echo "$WORK" | sed -E 's/.*"due_on":"([^"]*)".*/\\1/')
curl -sS --fail-with-body -H "Authorization: Bearer $AGENCY_KEY" -H "If-Match: *" -H "Content-Type: application/json" \\
  -d '{{"units": ["a05"], "wording": "Rà soát dữ liệu", "due_on": "'$DUE_ON'"}}' \\
  "$URL/assignments/$ID/hand-down/\""""

AS_THEY_ARE = {**EXAMPLES, **EXAMPLES_OF_SYSTEMS, "read_changes": FOLLOW, "hand_down_assignment": HAND_DOWN}


def example(operation: str) -> str:
    """The example of this operation, in the words of a shell. Raises NotDescribed."""
    if operation in READ:
        return _get(READ[operation])
    if operation in ONE:
        return f"{_find(ONE[operation], 'KEY')}\n{_get(f'{ONE[operation]}$ID/')}"
    if operation in DECIDED:
        return _decide(DECIDED[operation])
    if operation in AS_THEY_ARE:
        return AS_THEY_ARE[operation]
    for found, key in ((OF_THE_AGENCY, "AGENCY_KEY"), (OF_THE_COMMITTEE, "KEY")):
        if operation in found:
            return _post(found[operation], key)
    raise NotDescribed(f"Give an example of {operation} in tracker/api/schema/examples.py.")


def _get(address: str, key: str = "KEY") -> str:
    return f'curl -sS --fail-with-body -H "Authorization: Bearer ${key}" "$URL{address}"'


def _find(address: str, key: str) -> str:
    more = "&" if "?" in address else "?"
    return f"ID=$({_get(f'{address}{more}limit=1', key)} | {FIRST_ID})"


def _post(done: Done, key: str) -> str:
    return f"{_find(f'/assignments/?{done.to}', key)}\n{_send(done, 'assignments', key)}"


def _decide(done: Done) -> str:
    return f"{_find(f'/extensions/?{done.to}', 'KEY')}\n{_send(done, 'extensions', 'KEY')}"


def _send(done: Done, many: str, key: str) -> str:
    return (
        f'curl -sS --fail-with-body -H "Authorization: Bearer ${key}" -H "If-Match: *" \\\n'
        f"""  -H "Content-Type: application/json" -d '{done.body}' "$URL/{many}/$ID/{done.address}/\""""
    )
