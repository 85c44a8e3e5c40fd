"""Builders for tests: each call says what matters to the test, the rest is filled in plainly.

Everybody sits in office since `OFFICES_SINCE`; notices are issued on `ISSUED_ON` and work is due on `DUE_ON`.
"""

from tests.make.answers import (
    make_delivery,
    make_extension,
    make_indicator,
    make_question,
    make_reading,
    make_reminder,
    make_report,
)
from tests.make.assessing import make_assessment, make_set
from tests.make.days import DEFAULT_RUNGS, DUE_ON, FAR_FUTURE, ISSUED_ON, OFFICES_SINCE, PASSWORD, at
from tests.make.systems import make_call, make_subscription, make_trusted
from tests.make.who import (
    make_absence,
    make_agency,
    make_committee,
    make_group,
    make_key,
    make_office,
    make_succession,
    make_user,
)
from tests.make.work import (
    make_addressee,
    make_assignment,
    make_calendar,
    make_directive,
    make_issued,
    make_ladder,
    make_notice,
    make_paragraph,
    make_session,
)

__all__ = [
    "DEFAULT_RUNGS",
    "DUE_ON",
    "FAR_FUTURE",
    "ISSUED_ON",
    "OFFICES_SINCE",
    "PASSWORD",
    "at",
    "make_absence",
    "make_addressee",
    "make_agency",
    "make_assessment",
    "make_assignment",
    "make_calendar",
    "make_call",
    "make_committee",
    "make_delivery",
    "make_directive",
    "make_extension",
    "make_group",
    "make_indicator",
    "make_issued",
    "make_key",
    "make_ladder",
    "make_notice",
    "make_office",
    "make_paragraph",
    "make_question",
    "make_reading",
    "make_reminder",
    "make_report",
    "make_session",
    "make_set",
    "make_subscription",
    "make_succession",
    "make_trusted",
    "make_user",
]
