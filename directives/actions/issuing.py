"""A notice is put in force, which gives everybody their work; and it is taken back."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Verb, require
from directives.actions.addressing import expand, give, in_periods
from directives.actions.drafts import locked_draft
from directives.actions.entering import check_dates, notice_facts
from directives.actions.fitting import fit_text
from directives.actions.moving import REASON_MISSING, SOMEBODY_WAS_FASTER, lock_notice, withdraw_all
from directives.actions.recording import record
from directives.models import Assignment, HandledAs, Notice, NoticeState
from directives.rules.lifecycle import WrongMoment
from directives.rules.recurrence import AHEAD
from directives.rules.refusals import Invalid, Stale
from directives.rules.working_days import local_day

SAYS_NOTHING = _(
    "The notice gives no directive. Add one, or mark its paragraphs as what they are: target, orientation, information."
)
CORRECTED_TEXT = _("This is the corrected text of another notice: it is issued as that notice's next version.")
AMENDS_ANOTHER = _("This draft amends %(notice)s: it is issued together with what it changes there.")


@transaction.atomic
def issue(
    notice: Notice,
    *,
    by: User,
    at: datetime,
    unhandled_ok: bool = False,
    version: int | None = None,
    ahead: int = AHEAD,
) -> list[Assignment]:
    """Put a notice in force: every addressee gets its assignment, everybody concerned one message.

    Groups become one assignment for each member on the issue date, recurring work one for the present period and each
    of the `ahead` next ones, as the tick would. A notice
    that is entered late starts its ladder on the day of entry, so that nobody is reminded of days gone by, and gives
    the work of agencies that are gone to their successors. Raises NotAllowed, WrongMoment, Stale or Invalid.
    """
    notice = locked_draft(notice, by=by, at=at, verb=Verb.ISSUE, version=version)
    if notice.corrects_id is not None:
        raise Invalid("corrects", CORRECTED_TEXT)
    if notice.amended is not None:
        raise Invalid("amends", AMENDS_ANOTHER, notice=notice.amended.reference)
    complete(notice, day=local_day(at))
    if not unhandled_ok and notice.paragraphs.unhandled().exists():
        raise Invalid("paragraphs", _("Some paragraphs are not handled yet. Mark them, or say that this is intended."))
    day = local_day(at)
    parts = in_periods(expand(notice, day=day), today=day, ahead=ahead)
    notice.state = NoticeState.ISSUED
    notice.version += 1
    notice.save()
    record(
        notice,
        Verb.ISSUE,
        by=by,
        at=at,
        on_behalf_of=notice.committee.name_vi,
        after=notice_facts(notice) | {"assignments": len(parts)},
    )
    return give(notice, parts, by=by, at=at)


@transaction.atomic
def withdraw_notice(notice: Notice, *, by: User, at: datetime, reason: str, version: int | None = None) -> Notice:
    """Take an issued notice back: its open assignments are withdrawn with it, what is done stays done."""
    notice = lock_notice(pk=notice.pk)
    require(by, Verb.WITHDRAW, notice.committee, on=local_day(at))
    if notice.state != NoticeState.ISSUED:
        raise WrongMoment(_("Only an issued notice can be withdrawn."))
    if version is not None and version != notice.version:
        raise Stale(SOMEBODY_WAS_FASTER)
    if not reason.strip():
        raise Invalid("reason", REASON_MISSING)
    fit_text("reason", reason)
    rows = Assignment.objects.filter(directive__notice=notice)
    withdraw_all(rows, by=by, at=at, on_behalf_of=notice.committee.name_vi, reason=reason)
    before, notice.state = notice_facts(notice), NoticeState.WITHDRAWN
    notice.version += 1
    notice.save()
    record(
        notice,
        Verb.WITHDRAW,
        by=by,
        at=at,
        on_behalf_of=notice.committee.name_vi,
        before=before,
        after=notice_facts(notice),
        reason=reason,
    )
    return notice


def says_nothing(notice: Notice) -> bool:
    """Whether nobody has said yet what the notice asks for: no directive, and no paragraph that is something else."""
    something_else = notice.paragraphs.exclude(handled_as__in=(HandledAs.UNHANDLED, HandledAs.DIRECTIVE))
    return not notice.directives.exists() and not something_else.exists()


def complete(notice: Notice, *, day: date) -> None:
    """Ask whether a draft says all that a notice in force must say. Raises Invalid."""
    for field, sentence in (
        ("number", _("The number is missing.")),
        ("symbol", _("The symbol is missing.")),
        ("issuer", _("The issuer is missing.")),
        ("issued_on", _("The issue date is missing.")),
        ("text", _("The text is missing.")),
    ):
        if not getattr(notice, field):
            raise Invalid(field, sentence)
    check_dates(notice, day=day)
    if says_nothing(notice):
        raise Invalid("directives", SAYS_NOTHING)
    complete_directives(notice)


def complete_directives(notice: Notice) -> None:
    """Ask whether each directive of a draft is given to somebody, and not before its issue date. Raises Invalid.

    What only states anew may be late already.
    """
    early = notice.directives.filter(amends=None, due_on__lt=notice.issued_on).order_by("position").first()
    if early is not None:
        raise Invalid(
            "directives",
            _("The deadline of directive %(position)s lies before the issue date."),
            position=early.position,
        )
    bare = notice.directives.filter(addressees=None).order_by("position").first()
    if bare is not None:
        raise Invalid("directives", _("Directive %(position)s is given to nobody yet."), position=bare.position)
