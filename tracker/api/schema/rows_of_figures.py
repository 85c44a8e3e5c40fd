"""What is said of targets, their figures, and of what agencies say of themselves."""

from directives.models.indicators import Bound
from tracker.api.schema.shapes import (
    CODE,
    DAY,
    FIGURE,
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

A_FIGURE = {
    "value": or_nothing(FIGURE),
    "numerator": said(or_nothing(FIGURE), "So many,"),
    "denominator": said(or_nothing(FIGURE), "of so many."),
}
VERIFIED = {f"verified_{name}": shape for name, shape in A_FIGURE.items()}
BOUND = ref("Bound")
INDICATOR = {
    "id": ID,
    "committee": ref("Body"),
    "name": TEXT,
    "directive": or_nothing(ID),
    "part_of": said(or_nothing(ID), "The indicator whose figure it is a part of."),
    "reported_by": or_nothing(ref("Body")),
    "code": CODE,
    "unit": TEXT,
    "direction": ref("Direction"),
    "baseline_on": or_nothing(DAY),
    "due_on": or_nothing(DAY),
    "frequency": ref("Recurrence"),
    "version": WHOLE,
    "baseline": or_nothing(FIGURE),
    "target": or_nothing(FIGURE),
    "verdict": ref("Verdict"),
    "latest": said(
        or_nothing(thing("", as_of=DAY, **A_FIGURE, bound=BOUND, verified=YES_OR_NO)),
        "The last figure, as verified, else as reported.",
    ),
}
READING = {
    "id": ID,
    "indicator": ID,
    "code": said(CODE, "Of the indicator."),
    "agency": or_nothing(ref("Body")),
    "report": or_nothing(ID),
    "by": said(TEXT, "The office."),
    "as_of": DAY,
    "bound": BOUND,
    "verified_bound": said(word("", *Bound.values), "Empty until it is verified."),
    "source": TEXT,
    "reason": said(TEXT, "Why another figure was verified than the one reported."),
    **A_FIGURE,
    **VERIFIED,
    "at": MOMENT,
    "verified_at": or_nothing(MOMENT),
}
CRITERIA_SET = {"id": ID, "code": CODE, "name": TEXT, "committee": ref("Body")}
CRITERION = thing(
    "What is asked, and what counts as reached.",
    position=WHOLE,
    heading=TEXT,
    name=TEXT,
    kind=ref("CriterionKind"),
    full=or_nothing(FIGURE),
    enough=or_nothing(FIGURE),
    indicator=said(or_nothing(CODE), "The code of the indicator whose figure answers it."),
)
ASSESSMENT = {
    "id": ID,
    "criteria_set": thing("", id=ID, code=CODE),
    "committee": ref("Body"),
    "agency": ref("Body"),
    "as_of": DAY,
    "due_on": or_nothing(DAY),
    "state": ref("AssessmentState"),
    "reason": TEXT,
    "version": WHOLE,
    "submitted_at": or_nothing(MOMENT),
    "verified_at": or_nothing(MOMENT),
}
TALLY = thing("The total.", reached=WHOLE, missed=WHOLE, open=WHOLE, points=or_nothing(FIGURE), full=or_nothing(FIGURE))
MARK = thing(
    "What is said of one criterion, by the agency and as verified.",
    position=WHOLE,
    reported=or_nothing(FIGURE),
    verified=or_nothing(FIGURE),
    remark=TEXT,
    reason=TEXT,
    is_reached=or_nothing(YES_OR_NO),
)
FIGURES: dict[str, Schema] = {
    "Assessment": thing("What an agency says of itself by a set of criteria, and what was found.", **ASSESSMENT),
    "AssessmentInFull": thing(
        "A self-assessment with its totals and marks.",
        **ASSESSMENT,
        reported=ref("Tally"),
        verified=said(or_nothing(ref("Tally")), "Null while nobody has verified it."),
        marks=many(ref("Mark")),
    ),
    "CriteriaSet": thing("A set of criteria.", **CRITERIA_SET),
    "CriteriaSetInFull": thing("A set of criteria with all of them.", **CRITERIA_SET, criteria=many(ref("Criterion"))),
    "Criterion": CRITERION,
    "Indicator": thing("What is to be reached by a day, and where it stands.", **INDICATOR),
    "Mark": MARK,
    "Reading": thing("A figure as of a day, as reported and as verified.", **READING),
    "Tally": TALLY,
}
