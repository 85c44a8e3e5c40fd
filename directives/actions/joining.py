"""Two directives say the same: one goes on, what is open of the other is withdrawn, and the link says why."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Verb, require
from directives.actions.fitting import fit_text
from directives.actions.linking import in_pairs, link, same_committee
from directives.actions.merger_plan import lock_notices
from directives.actions.moving import REASON_MISSING, SOMEBODY_WAS_FASTER, withdraw_all
from directives.actions.recording import record
from directives.models import (
    Assignment,
    Directive,
    DirectiveLink,
    ExtensionRequest,
    ExtensionState,
    NoticeState,
    Report,
    ReportKind,
    ReportState,
)
from directives.models.addressees import LinkKind
from directives.rules.lifecycle import LIVE
from directives.rules.refusals import Invalid, Stale
from directives.rules.working_days import local_day


@dataclass(frozen=True)
class JoinPlan:
    """What would end, counted before anything is done."""

    ending: tuple[Assignment, ...]
    dropped: frozenset[int]  # of these, whose agency has no part in the directive that goes on
    requests: int  # for more time, that fall with it
    hand_ins: int  # that nobody verified, that fall with it
    seen: str  # what was shown, so that just that is done

    @property
    def lost(self) -> list[Assignment]:
        """What would be asked of this agency no more, by neither directive."""
        return [row for row in self.ending if row.pk in self.dropped]


def plan_join(duplicate: Directive, keeper: Directive) -> JoinPlan:
    """What joining `duplicate` into `keeper` would withdraw; changes nothing, five queries."""
    rows = Assignment.objects.filter(directive=duplicate).open().select_related("agency").order_by("agency__code", "pk")
    ending = tuple(rows)
    goes_on = list(Assignment.objects.filter(directive=keeper, state__in=LIVE).order_by("pk"))
    there = {row.agency_id for row in goes_on}
    told = [(row.pk, row.version) for row in (*ending, *goes_on)]
    return JoinPlan(
        ending=ending,
        dropped=frozenset(row.pk for row in ending if row.agency_id not in there),
        requests=ExtensionRequest.objects.filter(assignment__in=ending, state=ExtensionState.OPEN).count(),
        hand_ins=Report.objects.filter(
            assignment__in=ending, kind=ReportKind.HAND_IN, state=ReportState.SUBMITTED
        ).count(),
        seen=hashlib.sha256(json.dumps([duplicate.pk, keeper.pk, told]).encode()).hexdigest(),
    )


def check_join(duplicate: Directive, keeper: Directive) -> None:
    """Ask what can refuse it, apart from rights. Raises Invalid(target)."""
    same_committee(duplicate, keeper)
    if {duplicate.notice.state, keeper.notice.state} != {NoticeState.ISSUED}:
        raise Invalid("target", _("The notice is not in force: its directives are not joined any more."))
    if duplicate.next_period_on is not None:
        raise Invalid("target", _("The directive that ends still recurs. End its recurrence first."))
    if not Assignment.objects.filter(directive=duplicate).open().exists():
        raise Invalid("target", _("Nothing is open of the directive that ends. A link is enough."))
    if not Assignment.objects.filter(directive=keeper, state__in=LIVE).exists():
        raise Invalid("target", _("The directive that goes on is asked of nobody any more."))


@transaction.atomic
def join(
    duplicate: Directive, keeper: Directive, *, by: User, at: datetime, reason: str, seen: str | None = None
) -> DirectiveLink:
    """Withdraw what is open of `duplicate`, with a reason that names `keeper`, and link the two: it repeats it.

    `seen` is the plan that was shown. Raises NotAllowed, Invalid(target, reason), or Stale where something else would
    end than was shown.
    """
    lock_notices(Directive.objects.filter(pk__in=(duplicate.pk, keeper.pk)).values("notice_id"))
    duplicate, keeper = in_pairs(duplicate, keeper)
    committee = duplicate.notice.committee
    require(by, Verb.WITHDRAW, committee, on=local_day(at))
    check_join(duplicate, keeper)
    if not reason.strip():
        raise Invalid("reason", REASON_MISSING)
    why = named(keeper, reason)
    fit_text("reason", why)
    _lock_work(duplicate)
    plan = plan_join(duplicate, keeper)
    if seen is not None and seen != plan.seen:
        raise Stale(SOMEBODY_WAS_FASTER)
    ending = Assignment.objects.filter(pk__in=[row.pk for row in plan.ending])
    withdraw_all(ending, by=by, at=at, on_behalf_of=committee.name_vi, reason=why)
    told = {"links_to": keeper.place, "assignments": len(plan.ending)}
    record(duplicate, "join_directives", by=by, at=at, on_behalf_of=committee.name_vi, after=told, reason=why)
    both = (duplicate.pk, keeper.pk)
    row = DirectiveLink.objects.filter(source__in=both, target__in=both, kind=LinkKind.REPEATS).first()
    return row or link(duplicate, keeper, LinkKind.REPEATS, by=by, at=at)


def named(keeper: Directive, reason: str) -> str:
    """The reason as history keeps it, in the language of the house: which directive goes on, and why."""
    with override(settings.LANGUAGE_CODE):
        repeats = gettext("Repeats directive %(position)s of notice %(notice)s, which goes on.")
        return f"{repeats % {'position': keeper.position, 'notice': keeper.notice}} {reason.strip()}"


def _lock_work(directive: Directive) -> None:
    rows = Assignment.objects.select_for_update(no_key=True).filter(directive=directive).order_by("pk")
    list(rows.values_list("pk"))
