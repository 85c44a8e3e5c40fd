"""The words that answers and parameters are made of, each with those that there are."""

from accounts.models.agencies import AgencyKind
from directives.models import AssessmentState, QuestionState
from directives.models.assessments import CriterionKind
from directives.models.indicators import Bound, Direction
from directives.models.kinds import DeadlineKind, Recurrence, Role
from directives.models.notices import EMPTIED, HandledAs, NoticeKind, NoticeState, Urgency
from directives.models.progress import ExtensionState, ReportKind, ReportState
from directives.rules.attainment import Verdict
from directives.rules.exchange import Status
from directives.rules.lifecycle import State
from directives.rules.standing import Standing
from tracker.api.schema.shapes import Schema, open_word, said, word

WORDS: dict[str, Schema] = {
    "AgencyKind": open_word(*AgencyKind.values),
    "DeadlineKind": open_word(*DeadlineKind.values),
    "ExtensionState": word(*ExtensionState.values),
    "NoticeKind": open_word(*NoticeKind.values),
    "NoticeState": said(
        word(*(state for state in NoticeState if state not in EMPTIED)),
        "Drafts are for a key of their committee that may write them.",
    ),
    "QuestionState": said(word(*QuestionState.values), "It lapses where the work ends before an answer."),
    "ReportKind": open_word(*ReportKind.values),
    "ReportState": word(*ReportState.values),
    "Role": said(word(*Role.values), "The part that an agency has in a directive."),
    "Standing": said(word(*Standing), "How the state stands with the deadline today, in Viet Nam."),
    "State": said(word(*State), "What was done last."),
    "Urgency": word(*Urgency.values),
    "AssessmentState": word(*AssessmentState.values),
    "Bound": said(word(*Bound.values), "Whether a figure is exact."),
    "CriterionKind": open_word(*CriterionKind.values),
    "Direction": said(word(*Direction.values), "Whether more is better."),
    "ExchangeStatus": said(word(*Status), "As the national document exchange calls it (QCVN 102:2016/BTTTT)."),
    "HandledAs": said(word(*HandledAs.values), "What a paragraph is; empty where nobody has said so."),
    "Recurrence": said(word(*Recurrence.values), "How often; empty where no rhythm is set."),
    "Verdict": said(word(*Verdict), "What can be said of a target today."),
}
