"""What every verb of an assignment does alike: lock, require, move, write, record."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import F, Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Committee, User
from accounts.people import acted_as
from accounts.roles import AGENCY_VERBS, NotAllowed, Verb, require
from directives.actions.ending import lapse
from directives.actions.fitting import fit_text
from directives.actions.recording import facts, record, record_all
from directives.models import Assignment, Ladder, Notice, load_calendar
from directives.rules.escalation import Rung
from directives.rules.lifecycle import NEXT, OPEN, WORKING, State, after
from directives.rules.nudges import Terms, Work, first_look
from directives.rules.refusals import Invalid, Stale
from directives.rules.working_days import local_day

SOMEBODY_WAS_FASTER = _("Somebody else changed this in the meantime. Look at it again before you go on.")
REASON_MISSING = _("Please give a reason.")
# What was handed down stands still and goes on with the work that it is part of.
ONLY_OF_THE_WHOLE = (Verb.SUSPEND, Verb.RESUME, Verb.REASSIGN, Verb.SET_DEADLINE)
WITH_THE_WHOLE = _(
    "Work that was handed down is suspended and goes on with the work that it is part of. To give it to another unit "
    "or with another deadline, withdraw it and hand it down again."
)


def locked(assignment: Assignment) -> Assignment:
    """The assignment as it is now, its row locked until the transaction ends.

    All locks of the verbs are `no_key`: a full one would make history wait that only refers to the row, and two verbs
    of one notice could wait for each other.
    """
    rows = Assignment.objects.select_for_update(of=("self",), no_key=True)
    rows = rows.select_related("agency", "directive__notice__committee", "directive__given_by")
    return rows.defer("directive__notice__text").get(pk=assignment.pk)


def lock_notice(**which: Any) -> Notice:
    """The notice as it is now, its row locked: who gives or takes back a notice's work does so one after the other.

    Always before any of its assignments is locked, so that nobody waits in a circle.
    """
    return Notice.objects.select_for_update(of=("self",), no_key=True).select_related("committee").get(**which)


def lock_all(rows: QuerySet[Assignment]) -> None:
    """Lock these assignments, and their notices before them, in one order: whoever has much to do at once waits for
    others who have, and nobody waits in a circle."""
    notices = Notice.objects.filter(pk__in=rows.order_by().values("directive__notice"))
    list(notices.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    own = Assignment.objects.filter(pk__in=rows.order_by().values("pk"))
    list(own.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def in_line(row: Model) -> None:
    """Lock what new rows are about to belong to: whoever enters one more asks about the others once they are there."""
    type(row)._base_manager.select_for_update(no_key=True).get(pk=row.pk)  # noqa: SLF001


def move(
    assignment: Assignment,
    verb: Verb,
    *,
    by: User,
    at: datetime,
    version: int | None = None,
    reason: str = "",
    **changes: Any,
) -> Assignment:
    """Move a locked assignment through the table and record it. Must run inside the verb's transaction.

    Raises NotAllowed, WrongMoment, Stale (when `version` is given and is not the row's) or Invalid (reason missing).
    """
    step = check(assignment, verb, by=by, at=at, version=version, reason=reason)
    before = facts(assignment)
    assignment.state = step
    for field, value in changes.items():
        setattr(assignment, field, value)
    keep(assignment)
    body = responsible(assignment, verb)
    record(assignment, verb, by=by, at=at, on_behalf_of=body.name_vi, before=before, reason=reason)
    if step not in OPEN:
        lapse([assignment], by=by, at=at, on_behalf_of=body.name_vi)
    return assignment


def withdraw_all(
    rows: QuerySet[Assignment],
    *,
    by: User,
    at: datetime,
    on_behalf_of: str,
    reason: str,
    past_the_end: bool = False,
) -> None:
    """Withdraw what is open of `rows`, in a fixed number of queries; `past_the_end` only until the end is moved on.

    With it goes what was handed down from it. The verb that calls it has asked what can refuse it, and locked the
    notice.
    """
    said: dict[str, Any] = {"by": by, "at": at, "on_behalf_of": on_behalf_of, "reason": reason}
    taken = _withdraw(rows, past_the_end=past_the_end, **said)
    if taken:
        _withdraw(Assignment.objects.below(taken), past_the_end=False, **said)


def _withdraw(
    rows: QuerySet[Assignment], *, past_the_end: bool, by: User, at: datetime, **said: str
) -> list[Assignment]:
    rows = rows.select_for_update(of=("self",), no_key=True).filter(state__in=OPEN).order_by("pk")
    taken = list(rows.select_related("agency", "directive__notice__committee").defer("directive__notice__text"))
    if not taken:
        return []
    before = [facts(assignment) for assignment in taken]
    for assignment in taken:
        assignment.state = after(assignment.state, Verb.WITHDRAW)
        assignment.version += 1
    Assignment.objects.filter(pk__in=[assignment.pk for assignment in taken]).update(
        state=State.WITHDRAWN, version=F("version") + 1, look_on=None, past_the_end=past_the_end
    )
    record_all(taken, Verb.WITHDRAW, by=by, at=at, before=before, **said)
    lapse(taken, by=by, at=at, on_behalf_of=said["on_behalf_of"])
    return taken


def check(
    assignment: Assignment, verb: Verb, *, by: User, at: datetime, version: int | None = None, reason: str = ""
) -> State:
    """Ask everything that can refuse the verb; return the state that it leads to."""
    require(by, right_to(assignment, verb), responsible(assignment, verb), on=local_day(at))
    if assignment.directive.given_by_id is not None and verb in ONLY_OF_THE_WHOLE:
        raise NotAllowed(str(WITH_THE_WHOLE))
    target = after(assignment.state, verb, left=assignment.resume_to)
    if version is not None and version != assignment.version:
        raise Stale(SOMEBODY_WAS_FASTER)
    if NEXT[State(assignment.state), verb].needs_reason and not reason.strip():
        raise Invalid("reason", REASON_MISSING)
    fit_text("reason", reason)
    return target


def not_own(by: User, assignment: Assignment, *, done_by: User, at: datetime, sentence: str | Promise) -> None:
    """Let nobody decide what they, or their substitute, did for the agency at the moment `at`. Raises NotAllowed."""
    if by.pk in acted_as(done_by, assignment.agency, local_day(at)):
        raise NotAllowed(sentence)


def responsible(assignment: Assignment, verb: Verb) -> Agency | Committee:
    """Whose people do this verb: the assignment's agency, or whoever gave it."""
    return assignment.agency if verb in AGENCY_VERBS else assignment.directive.giver


def right_to(assignment: Assignment, verb: Verb) -> Verb:
    """The right that the verb needs: whoever may hand work down decides on what becomes of it."""
    decides = verb not in AGENCY_VERBS and assignment.directive.given_by_id is not None
    return Verb.HAND_DOWN if decides else verb


def keep(assignment: Assignment) -> None:
    """Write the row with its next version and the day on which the ladder looks again.

    That day stays as it is while the ladder is not armed anew: a round that did not come by has still to look.
    """
    assignment.version += 1
    if assignment.state not in WORKING or assignment.look_on is None:
        assignment.look_on = next_look(assignment)
    assignment.save()


def arm(assignment: Assignment, day: date, *, anew: bool) -> None:
    """Let the ladder count from the local date `day`; `anew` starts it over, so that rungs may speak again."""
    assignment.first_armed_on = assignment.known_on
    assignment.armed_on, assignment.look_on = day, None
    if anew:
        assignment.due_version += 1


def next_look(assignment: Assignment) -> date | None:
    """The first local date on which the ladder may have something to say; None when it never will."""
    if assignment.state not in WORKING:
        return None
    # The round itself knows what was sent and reported.
    return first_look(work_of(assignment), terms_of(assignment.directive.notice.committee_id), load_calendar())


def next_looks(assignments: Iterable[Assignment], committee_id: int) -> None:
    """Note on each assignment that a committee gives when the ladder looks first; the rule is asked once for each
    distinct one."""
    terms, calendar = terms_of(committee_id), load_calendar()
    looks: dict[Work, date | None] = {}
    for assignment in assignments:
        work = work_of(assignment)
        if work not in looks:
            looks[work] = first_look(work, terms, calendar)
        assignment.look_on = looks[work]


def work_of(assignment: Assignment) -> Work:
    """What the ladder's answer depends on, without what was sent and reported; its directive is at hand."""
    return Work(
        due_on=assignment.due_on,
        armed_on=assignment.armed_on,
        known_on=assignment.known_on,
        review_on=assignment.directive.review_on,
    )


def terms_of(committee_id: int) -> Terms:
    """What the committee's own ladder asks, else the default one; nothing where neither is set."""
    ladders = {ladder.committee_id: ladder for ladder in Ladder.objects.prefetch_related("rungs")}
    ladder = ladders.get(committee_id) or ladders.get(None)
    return read_terms(ladder) if ladder else Terms()


def read_terms(ladder: Ladder) -> Terms:
    """A ladder's rows as the rule reads them."""
    rungs = (Rung(rung.offset, rung.audience, rung.kind, rung.urgent) for rung in ladder.rungs.all())
    return Terms(tuple(rungs), ladder.review_days, ladder.monthly_by)
