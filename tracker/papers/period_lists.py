"""The lists of a period report: what is overdue and why, targets against readings, and what comes due."""

from collections import Counter

from django.utils.translation import gettext as _

from accounts.models import Committee
from directives import as_of
from directives.figures import due_ahead, overdue
from directives.models import Indicator
from directives.rules.attainment import Verdict
from directives.targets import Target, targets
from tracker.papers import columns
from tracker.papers.cells import ages_table
from tracker.papers.charts import ages_chart
from tracker.papers.form import Column, Share, Table, Text
from tracker.papers.reported import Reported, Section
from tracker.papers.words import day, percent, whole
from tracker.printed import exact, figure
from tracker.target_words import VERDICTS, attainment, in_unit

FIRST = 50  # of a list on paper; the rest is counted
LATE = (columns.AGENCY, columns.DIRECTIVE, columns.NUMBER, columns.DUE, columns.OVERDUE, columns.REASON)
AHEAD = (columns.DUE, columns.AGENCY, columns.DIRECTIVE, columns.NUMBER, columns.RESULT)


def overdue_work(reported: Reported) -> Section | None:
    """How long it is overdue, and what has been so for longest, with the reasons that were reported."""
    head = _("What is overdue")
    if not reported.cells.total:
        return None
    found = overdue(reported.scope, reported.on).ageing
    if not found.total:
        return Section(head, [Text(_("Nothing was overdue at the end of %(day)s.") % reported.told)])
    old = Share(found.total - found.up_to_30, found.total)
    told = {**reported.told, "many": whole(found.total), "old": percent(old), "most": whole(found.more)}
    words = _(
        "At the end of %(day)s %(many)s assignments were overdue; %(old)s of them for more than 30 days, %(most)s of "
        "them for more than 120 days."
    )
    spans = as_of.overdue(reported.scope.spans(), reported.on)
    rows = as_of.work(spans, reported.on, order=as_of.BY_DEADLINE, reasons=True)
    annex = columns.table(
        LATE, rows, reported.on, title=_("What is overdue for longest"), first=FIRST, count=lambda: found.total
    )
    return Section(head, [Text(words % told), ages_chart(found), ages_table(found)], annex)


def targets_of(reported: Reported) -> Section | None:
    """Each target with its last figure, how far it has come, whether it is met, and where its pace leads."""
    whose = {"committee": reported.body} if isinstance(reported.body, Committee) else {"reported_by": reported.body}
    rows = list(Indicator.objects.filter(**whose).order_by("committee_id", "code", "pk"))
    if reported.handed_down or not rows:
        return None
    found = list(targets(rows, today=reported.on).values())
    verdicts = Counter(target.verdict for target in found)
    told = {name.value: whole(verdicts[name]) for name in Verdict}
    told |= {
        "many": whole(len(found)),
        "behind": whole(sum(_misses(target) for target in found)),
        "day": day(reported.on),
    }
    said = Text(
        _(
            "Of %(many)s targets %(met)s were met at the end of %(day)s, %(not_met)s were missed, %(not_yet)s were "
            "not met yet (of which %(behind)s would be missed at the present pace); of %(open)s it cannot be told."
        )
        % told
    )
    heads = [
        Column(_("Target"), 48),
        Column(_("To be reached"), 26),
        Column(_("Latest figure"), 34),
        Column(_("Attainment"), 30),
        Column(_("Verdict, forecast"), 40),
    ]
    lines = [_target(target) for target in found]
    return Section(_("Targets"), [said, Table(heads, lines, title=_("Targets and readings"))])


def _target(target: Target) -> list[str]:
    wanted = in_unit(target, target.wanted) if target.wanted is not None else ""
    due_on = target.indicator.due_on
    until = _("by %(day)s") % {"day": day(due_on)} if due_on else ""
    return [
        target.indicator.name,
        "\n".join(filter(None, (wanted, until))),
        _latest(target),
        attainment(target),
        "\n".join(filter(None, (str(VERDICTS[target.verdict].words), _forecast(target)))),
    ]


def _latest(target: Target) -> str:
    """As reported, and as verified where somebody looked: two figures that may differ."""
    reading, in_percent = target.latest, target.indicator.in_percent
    if reading is None:
        return _("No figure yet")
    unit = target.indicator.unit
    said = [_("reported: %(figure)s") % {"figure": f"{figure(reading.reported, in_percent=in_percent)} {unit}".strip()}]
    if reading.verified:
        found = f"{figure(reading.verified, in_percent=in_percent)} {unit}".strip()
        said.append(_("verified: %(figure)s") % {"figure": found})
    return "\n".join([*said, day(reading.as_of)])


def _misses(target: Target) -> bool:
    """Whether its pace leads past its target, while that can still be met."""
    return target.verdict is Verdict.NOT_YET and target.forecast is not None and target.forecast.misses


def _forecast(target: Target) -> str:
    found = target.forecast
    if found is None or target.verdict is Verdict.MET:
        return ""
    words = _("at this pace missed: %(figure)s") if found.misses else _("at this pace met: %(figure)s")
    return words % {"figure": f"{exact(found.value)} {target.indicator.unit}".strip()}


def ahead(reported: Reported) -> Section | None:
    """What is due from the day on to the end of the period that follows, the first of it."""
    if not reported.cells.total:
        return None
    last = reported.stretch.next_last()
    spans = due_ahead(reported.scope, reported.on, last)
    many, head = spans.count(), _("What comes due")
    told = {"first": day(reported.on), "last": day(last), "many": whole(many)}
    if not many:
        return Section(head, [Text(_("Nothing comes due from %(first)s to %(last)s.") % told)])
    words = _("From %(first)s to %(last)s %(many)s assignments that are not done yet come due.")
    rows = as_of.work(spans, reported.on, order=as_of.BY_DEADLINE)
    annex = columns.table(AHEAD, rows, reported.on, title=_("What comes due next"), first=FIRST, count=lambda: many)
    return Section(head, [Text(words % told)], annex)
