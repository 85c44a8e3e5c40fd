"""What is said of each kind of row: one description for its list, its answer for one, and the copies of it."""

from directives.models.periods import DayOffShift
from tracker.api.schema.shapes import (
    CODE,
    DAY,
    FIGURE,
    ID,
    MOMENT,
    TEXT,
    WHOLE,
    Schema,
    many,
    or_nothing,
    ref,
    said,
    thing,
    word,
)

BODY = thing("An agency or a committee.", code=CODE, name=TEXT)
NOTICE_IN_SHORT = thing(
    "The notice that it comes from.",
    id=ID,
    reference=said(TEXT, "Number and symbol; empty where it has none yet."),
    issued_on=or_nothing(DAY),
)
LEAD = said(or_nothing(CODE), "Who leads; null where nobody does.")
COORDINATING = said(many(CODE), "Who helps.")
VERSION = said(WHOLE, "Raised by every change; what stands in front in the ETag.")

NOTICE = {
    "id": ID,
    "reference": said(TEXT, "Number and symbol, 369/TB-VPCP; empty where it has none yet."),
    "number": or_nothing(WHOLE),
    "symbol": TEXT,
    "kind": ref("NoticeKind"),
    "committee": ref("Body"),
    "issuer": or_nothing(ref("Body")),
    "met_on": or_nothing(DAY),
    "issued_on": or_nothing(DAY),
    "subject": TEXT,
    "state": ref("NoticeState"),
    "urgency": ref("Urgency"),
    "version": VERSION,
    "directive_count": WHOLE,
}
PARAGRAPH = {
    "id": ID,
    "position": said(WHOLE, "Its place in the notice, from 1."),
    "label": said(TEXT, "As in II.3.b."),
    "handled_as": ref("HandledAs"),
    "start": said(WHOLE, "Where it begins in the text of the notice, in characters."),
    "end": WHOLE,
    "text": TEXT,
}
DIRECTIVE = {
    "id": ID,
    "notice": ref("NoticeInShort"),
    "paragraph": said(or_nothing(TEXT), "The label of its paragraph."),
    "quote": said(TEXT, "The sentence as the notice has it."),
    "wording": TEXT,
    "product": said(TEXT, "What is expected."),
    "field": TEXT,
    "deadline_text": said(TEXT, "The deadline in the notice's words."),
    "deadline_kind": ref("DeadlineKind"),
    "due_on": or_nothing(DAY),
    "lead": LEAD,
    "coordinating": COORDINATING,
    "share": said(or_nothing(ref("Share")), "Null where nobody does a part of its own."),
    "assignments": said(many(ID), "The ids of those that you may open."),
    "version": VERSION,
}
AS_WRITTEN = {
    "addressees": said(
        many(thing(role=ref("Role"), agency=or_nothing(CODE), group=or_nothing(CODE), due_on=or_nothing(DAY))),
        "Whom the notice names: agencies and groups of agencies.",
    ),
    "recurrence": ref("Recurrence"),
    "recurrence_day": or_nothing(WHOLE),
    "recurrence_month": or_nothing(WHOLE),
    "recurrence_shift": word(*DayOffShift.values),
    "recurs_until": or_nothing(DAY),
    "review_on": or_nothing(DAY),
    "external_ref": said(TEXT, "By what another system knows it."),
}
SHARE = thing("How many of the agencies that each do their own part are done.", done=WHOLE, of=WHOLE)
ASSIGNMENT = {
    "id": ID,
    "directive": ref("DirectiveInShort"),
    "notice": ref("NoticeInShort"),
    "agency": ref("Body"),
    "role": ref("Role"),
    "period": said(TEXT, "Of work that recurs: 2026-W48, 2026-11, 2026-Q4, 2026-H2, 2026. Else empty."),
    "state": ref("State"),
    "standing": ref("Standing"),
    "exchange_status": ref("ExchangeStatus"),
    "due_on": or_nothing(DAY),
    "original_due_on": said(or_nothing(DAY), "As first given; it never changes."),
    "assigned_on": DAY,
    "handed_in_on": or_nothing(DAY),
    "done_on": said(or_nothing(DAY), "The day on which it was handed in, known once that is verified."),
    "returned_on": or_nothing(DAY),
    "version": VERSION,
    "deadline_text": TEXT,
    "deadline_kind": ref("DeadlineKind"),
    "lead": LEAD,
    "coordinating": COORDINATING,
}
DIRECTIVE_IN_SHORT = thing("The directive that it is a part of.", id=ID, wording=TEXT, quote=TEXT, product=TEXT)
HAPPENED = {
    "at": MOMENT,
    "by": said(or_nothing(TEXT), "The office as it was named then; null is the system itself."),
    "verb": said(TEXT, "As in states.md. New ones may come."),
    "on_behalf_of": TEXT,
    "before": said({"type": "object"}, "What it was before; which fields depends on the verb."),
    "after": said({"type": "object"}, "What it is since."),
    "reason": TEXT,
}
EVENT = {
    "id": ID,
    "sequence": said(WHOLE, "Its place in the chain."),
    "hash": said(TEXT, "Over the event and the hash before."),
    **HAPPENED,
    "subject": TEXT,
    "notice": or_nothing(ID),
    "directive": or_nothing(ID),
    "assignment": or_nothing(ID),
}
FILE = thing("A file that came along.", id=ID, name=TEXT, size=said(WHOLE, "Bytes."), sha256=TEXT, content_type=TEXT)
EXTENSION = {
    "id": ID,
    "asked_at": MOMENT,
    "asked_by": said(TEXT, "The office."),
    "due_on_then": DAY,
    "asked_due_on": DAY,
    "reason": TEXT,
    "state": ref("ExtensionState"),
    "decision_reason": TEXT,
    "granted_due_on": or_nothing(DAY),
    "decided_at": or_nothing(MOMENT),
    "files": many(ref("File")),
}
QUESTION = {
    "id": ID,
    "asked_at": MOMENT,
    "asked_by": said(TEXT, "The office."),
    "text": TEXT,
    "state": ref("QuestionState"),
    "answer": said(TEXT, "Empty until there is one."),
    "common": said({"type": "boolean"}, "Whether all with a part in the directive read it, without who asked."),
    "answered_at": said(or_nothing(MOMENT), "Or when it lapsed."),
    "answered_by": said(or_nothing(TEXT), "The office."),
    "files": many(ref("File")),
    "answer_files": many(ref("File")),
}
REPORT = {
    "id": ID,
    "at": MOMENT,
    "by": said(TEXT, "The office."),
    "kind": ref("ReportKind"),
    "percent": or_nothing(WHOLE),
    "text": TEXT,
    "difficulties": TEXT,
    "asks": said(TEXT, "What is asked of the level above."),
    "product_ref": TEXT,
    "unit": TEXT,
    "state": ref("ReportState"),
    "reason": TEXT,
    "figure": or_nothing(FIGURE),
    "verified_figure": or_nothing(FIGURE),
    "decided_at": or_nothing(MOMENT),
    "files": many(ref("File")),
}
# Of which work a report, a request or a question is.
OF_WORK = {"assignment": ID, "agency": ref("Body"), "notice": ref("NoticeInShort")}
# What is said of agencies and committees alike.
OF_A_BODY = {
    "id": ID,
    "code": CODE,
    "name": TEXT,
    "abbreviation": TEXT,
    "parent": said(or_nothing(CODE), "The code of the one above."),
    "valid_from": or_nothing(DAY),
    "valid_to": or_nothing(DAY),
}
AGENCY = {
    **OF_A_BODY,
    "kind": ref("AgencyKind"),
    "short_name": TEXT,
    "edxml_code": said(TEXT, "Its code in the exchange of documents; empty where it has none."),
    "successors": said(many(thing(agency=CODE, on=DAY)), "Who carries on its work, from which day."),
}
COMMITTEE = {**OF_A_BODY, "secretariat": said(or_nothing(CODE), "The agency in which its secretariat sits.")}

# The names of components, for programs that are made from the schema: they never change.
ROWS: dict[str, Schema] = {
    "Agency": thing("An agency, with its successors.", **AGENCY),
    "Assignment": thing("One agency's part in a directive, with its own deadline.", **ASSIGNMENT),
    "AssignmentInFull": thing(
        "An assignment with its history, requests for more time and reports, each in order.",
        **ASSIGNMENT,
        history=many(ref("Happening")),
        extensions=many(ref("ExtensionOfIt")),
        reports=many(ref("ReportOfIt")),
    ),
    "AssignmentCopied": thing(
        "An assignment as copies have it: without its standing, which changes at midnight.",
        **{name: shape for name, shape in ASSIGNMENT.items() if name != "standing"},
    ),
    "Body": BODY,
    "Committee": thing("A steering committee.", **COMMITTEE),
    "Directive": thing("A sentence of a notice that asks for something.", **DIRECTIVE),
    "DirectiveInFull": thing("A directive as it was written.", **DIRECTIVE, **AS_WRITTEN),
    "DirectiveInShort": DIRECTIVE_IN_SHORT,
    "Event": thing("Something that happened, with its place in the chain.", **EVENT),
    "Extension": thing("A request for more time, and what was decided.", **EXTENSION, **OF_WORK),
    "ExtensionOfIt": thing("A request for more time for this assignment.", **EXTENSION),
    "File": FILE,
    "Happening": thing("Something that happened to it.", **HAPPENED),
    "Notice": thing("A document that gives directives.", **NOTICE),
    "NoticeInFull": thing(
        "A notice with its paragraphs and the ids of its directives that you may see.",
        **NOTICE,
        external_ref=said(TEXT, "By what another system knows it."),
        text=TEXT,
        paragraphs=many(ref("ParagraphOfIt")),
        directives=many(ID),
        exchange=said(
            many(thing(agency=CODE, status=ref("ExchangeStatus"))),
            "What the document exchange is told of it at each agency, by the parts that you see.",
        ),
    ),
    "NoticeInShort": NOTICE_IN_SHORT,
    "Paragraph": thing(
        "A stretch of a notice's text.",
        **PARAGRAPH,
        notice=ref("NoticeInShort"),
        directives=said(many(ID), "The ids of those that you may open."),
    ),
    "ParagraphOfIt": thing("A stretch of this notice's text.", **PARAGRAPH),
    "Question": thing("A question about work, and its answer.", **QUESTION, **OF_WORK),
    "Report": thing("A report of progress or of completion, and what was decided on it.", **REPORT, **OF_WORK),
    "ReportOfIt": thing("A report on this assignment.", **REPORT),
    "Share": SHARE,
}
