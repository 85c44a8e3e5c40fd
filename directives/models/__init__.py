"""What must be done, as rows: notices, directives, assignments, and everything that happens to them."""

from directives.models.addressees import Addressee, DirectiveLink
from directives.models.amendments import AmendedPart, Amendment, Edition, Outcome, PartChange
from directives.models.assessments import Assessment, AssessmentState, CriteriaSet, Criterion, CriterionKind, Mark
from directives.models.bulk import BulkChange, BulkRow, RowState
from directives.models.calendar import CalendarDay, DayKind, load_calendar, named_days
from directives.models.channels import Channel, channel_name, channel_names
from directives.models.directives import Assignment, Directive
from directives.models.feed import Feed, FeedChange, Shown, Touched
from directives.models.filters import SavedFilter
from directives.models.history import Event, Seal, Span, Unsealed
from directives.models.indicators import Indicator, Reading
from directives.models.intakes import Intake, IntakeState, Proposal
from directives.models.kept_papers import KeptPaper, PaperState
from directives.models.kinds import Role
from directives.models.list_runs import ListRun, ListStep
from directives.models.mergers import MergedRow, MergedThing, Merger
from directives.models.notices import HandledAs, Notice, NoticeKind, NoticeState, Paragraph
from directives.models.outbox import Delivery, DeliveryKind, DeliveryState
from directives.models.paper_schedules import PaperSchedule, ScheduleState
from directives.models.paper_templates import PaperTemplate, TemplateState, template_of
from directives.models.preferences import Preference, Snooze, Wishes, wishes_of
from directives.models.progress import Attachment, ExtensionRequest, ExtensionState, Report, ReportKind, ReportState
from directives.models.questions import Question, QuestionState
from directives.models.reminders import (
    Audience,
    Ladder,
    Rearming,
    Reminder,
    ReminderKind,
    ReminderState,
    Rung,
    RungKind,
    soon_until,
    soon_until_at_once,
)
from directives.models.searching import DirectiveWords
from directives.models.sending import Pace, SendingHold, Tick
from directives.models.sessions import Session
from directives.models.subscriptions import (
    Attempt,
    Call,
    CallState,
    Stop,
    Subscription,
    SubscriptionState,
    Trouble,
    TrustedNetwork,
    trusted_networks,
)
from directives.models.tallies import NowTally, NowTallyEntry, Tally, TallyEntry
from directives.models.unsent import Unsent

__all__ = [
    "Addressee",
    "AmendedPart",
    "Amendment",
    "Assessment",
    "AssessmentState",
    "Assignment",
    "Attachment",
    "Attempt",
    "Audience",
    "BulkChange",
    "BulkRow",
    "CalendarDay",
    "Call",
    "CallState",
    "Channel",
    "CriteriaSet",
    "Criterion",
    "CriterionKind",
    "DayKind",
    "Delivery",
    "DeliveryKind",
    "DeliveryState",
    "Directive",
    "DirectiveLink",
    "DirectiveWords",
    "Edition",
    "Event",
    "ExtensionRequest",
    "ExtensionState",
    "Feed",
    "FeedChange",
    "HandledAs",
    "Indicator",
    "Intake",
    "IntakeState",
    "KeptPaper",
    "Ladder",
    "ListRun",
    "ListStep",
    "Mark",
    "MergedRow",
    "MergedThing",
    "Merger",
    "Notice",
    "NoticeKind",
    "NoticeState",
    "NowTally",
    "NowTallyEntry",
    "Outcome",
    "Pace",
    "PaperSchedule",
    "PaperState",
    "PaperTemplate",
    "Paragraph",
    "PartChange",
    "Preference",
    "Proposal",
    "Question",
    "QuestionState",
    "Reading",
    "Rearming",
    "Reminder",
    "ReminderKind",
    "ReminderState",
    "Report",
    "ReportKind",
    "ReportState",
    "Role",
    "RowState",
    "Rung",
    "RungKind",
    "SavedFilter",
    "ScheduleState",
    "Seal",
    "SendingHold",
    "Session",
    "Shown",
    "Snooze",
    "Span",
    "Stop",
    "Subscription",
    "SubscriptionState",
    "Tally",
    "TallyEntry",
    "TemplateState",
    "Tick",
    "Touched",
    "Trouble",
    "TrustedNetwork",
    "Unsealed",
    "Unsent",
    "Wishes",
    "channel_name",
    "channel_names",
    "load_calendar",
    "named_days",
    "soon_until",
    "soon_until_at_once",
    "template_of",
    "trusted_networks",
    "wishes_of",
]
