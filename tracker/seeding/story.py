"""What became of the demo's assignments: each step is the action that somebody took, on its day."""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Q

from accounts.models import Agency, User
from directives.actions import assigning, extending, reporting
from directives.actions.handing_down import Units, hand_down
from directives.models import Assignment, Directive, ExtensionState
from directives.rules.working_days import HANOI
from tracker.seeding.files import DOMAIN, Days

DATES = ("due_on", "redo_by", "asked_due_on")
WHERE = ("on", "who", "do", "directive", "agency")
MORNING = time(9, 0)


def tell_story(steps: list[dict[str, Any]], directives: Mapping[str, Directive], days: Days) -> None:
    """Take the steps in the order of their days; two of one day keep the order in which they are told."""
    people = {user.email: user for user in User.objects.filter(email__in=[_email(step) for step in steps])}
    dated = sorted(((days.of(step["on"]), place, step) for place, step in enumerate(steps)), key=lambda told: told[:2])
    for day, place, step in dated:
        said = {name: value for name, value in step.items() if name not in WHERE}
        said |= {name: days.of(said[name]) for name in DATES if name in said}
        DEEDS[step["do"]](
            directives[step["directive"]],
            Agency.objects.get(code=step["agency"]),
            by=people[_email(step)],
            at=datetime.combine(day, MORNING, HANOI) + timedelta(minutes=place),
            **said,
        )


def _email(step: Mapping[str, Any]) -> str:
    return f"{step['who']}@{DOMAIN}"


def _of_assignment(verb: Callable[..., Any]) -> Callable[..., Any]:
    def deed(directive: Directive, agency: Agency, **said: Any) -> None:
        verb(_part(directive, agency), **said)

    return deed


def _part(directive: Directive, agency: Agency) -> Assignment:
    """The agency's assignment: what the notice gives it, or what an agency above handed down from that."""
    below = Q(directive__handed_down_from__directive=directive, directive__given_by__isnull=False)
    return Assignment.objects.live().get(Q(directive=directive) | below, agency=agency)


def _hand_down(whole: Assignment, *, units: list[str], **said: Any) -> None:
    hand_down(whole, to=Units(list(Agency.objects.filter(code__in=units))), **said)


def _of_request(verb: Callable[..., Any]) -> Callable[..., Any]:
    def deed(directive: Directive, agency: Agency, **said: Any) -> None:
        verb(_part(directive, agency).extensions.get(state=ExtensionState.OPEN), **said)

    return deed


DEEDS: dict[str, Callable[..., Any]] = {
    "assign": assigning.assign,
    "acknowledge": _of_assignment(assigning.acknowledge),
    "start": _of_assignment(assigning.start),
    "decline": _of_assignment(assigning.decline),
    "suspend": _of_assignment(assigning.suspend),
    "report_progress": _of_assignment(reporting.report_progress),
    "hand_down": _of_assignment(_hand_down),
    "hand_in": _of_assignment(reporting.hand_in),
    "verify": _of_assignment(reporting.verify),
    "return_report": _of_assignment(reporting.return_report),
    "request_extension": _of_assignment(extending.request_extension),
    "grant_extension": _of_request(extending.grant_extension),
}
