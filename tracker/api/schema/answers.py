"""The answers that are no row: pages, figures, and what copies are made of."""

from directives.models import Shown
from tracker.api.schema.shapes import (
    DAY,
    ID,
    MOMENT,
    TEXT,
    WHOLE,
    YES_OR_NO,
    Schema,
    many,
    or_nothing,
    ref,
    said,
    thing,
    word,
)

CELLS = {
    "done_on_time": WHOLE,
    "done_late": WHOLE,
    "open_in_time": WHOLE,
    "open_overdue": WHOLE,
    "undated": WHOLE,
    "suspended": said(WHOLE, "How much of the total is suspended."),
    "coordinating": said(WHOLE, "Beside the total."),
    "total": said(WHOLE, "The four cells and what is undated."),
}
# By what figures are told, and what stands in the row for it.
ROW_BY = {
    "agency": ref("Body"),
    "committee": ref("Body"),
    "notice": ref("NoticeInShort"),
    "field": TEXT,
}
DAYS = {
    "today": said(DAY, "From which standings are counted."),
    "soon_until": said(DAY, "What is due by then is due soon."),
}
# The kinds of rows that are copied, by the component that describes them.
COPIED: dict[str, str] = {
    Shown.COMMITTEE.value: "Committee",
    Shown.AGENCY.value: "Agency",
    Shown.NOTICE.value: "Notice",
    Shown.DIRECTIVE.value: "Directive",
    Shown.ASSIGNMENT.value: "AssignmentCopied",
}


def _changed(kind: str, name: str) -> Schema:
    return thing(
        f"A change of the kind {kind}. With neither `row` nor `gone` the same row comes once more on the page.",
        may_lack=["row", "gone"],
        sequence=WHOLE,
        at=MOMENT,
        type={"type": "string", "const": kind},
        id=ID,
        verb=said(or_nothing(TEXT), "What was done to this row itself; null where it changed along with another."),
        row=ref(name),
        gone={"type": "boolean", "const": True},
    )


CHANGED = {kind: f"{kind.title()}Change" for kind in COPIED}
ANSWERS: dict[str, Schema] = {
    "Cells": thing("The official cells.", **CELLS),
    **{
        f"CellsBy{by.title()}": thing(f"The cells of one {by}.", **{by: shape}, **CELLS) for by, shape in ROW_BY.items()
    },
    "Statistics": thing(
        "The cells of what you see, as of the end of a day.",
        may_lack=["by", "rows"],
        as_of=DAY,
        basis=word("current", "original"),
        total=ref("Cells"),
        by=word(*ROW_BY),
        rows=many({"oneOf": [ref(f"CellsBy{by.title()}") for by in ROW_BY]}),
    ),
    **{CHANGED[kind]: _changed(kind, name) for kind, name in COPIED.items()},
    "OtherChange": thing(
        "A change of a kind that may come later.",
        sequence=WHOLE,
        at=MOMENT,
        type={"type": "string"},
        id=ID,
        verb=or_nothing(TEXT),
    ),
    "Changes": thing(
        "What has changed, in order.",
        epoch=TEXT,
        after=said(WHOLE, "Send it next time."),
        more=said(YES_OR_NO, "There is more now: ask again at once."),
        **DAYS,
        changes=many({"anyOf": [*(ref(name) for name in CHANGED.values()), ref("OtherChange")]}),
    ),
    "SnapshotHead": thing("The first line.", epoch=TEXT, after=said(WHOLE, "From here changes go on."), **DAYS),
    **{
        f"{kind.title()}Line": thing(
            f"A row of the kind {kind}.", type={"type": "string", "const": kind}, row=ref(name)
        )
        for kind, name in COPIED.items()
    },
    "SnapshotEnd": thing(
        "The last line; without it the snapshot was cut off.", end={"type": "boolean", "const": True}, rows=WHOLE
    ),
    "SnapshotCut": thing(
        "The last line of a snapshot whose key ended while it was written: throw it away.",
        end={"type": "boolean", "const": False},
        rows=WHOLE,
        problem=said(TEXT, "What the key would be told now."),
    ),
    "SnapshotLine": {
        "description": "One line of a snapshot.",
        "oneOf": [
            ref("SnapshotHead"),
            *(ref(f"{kind.title()}Line") for kind in COPIED),
            ref("SnapshotEnd"),
            ref("SnapshotCut"),
        ],
    },
}


def page_of(name: str) -> Schema:
    """A page of a list of these."""
    return thing(
        "A page; `next` is the address of the one after it, null on the last.",
        results=many(ref(name)),
        next=or_nothing({"type": "string", "format": "uri"}),
    )
