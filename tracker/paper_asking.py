"""A paper that is asked for: short ones are answered at once, long ones are for a worker and are kept."""

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.http import FileResponse, Http404
from django.utils.translation import get_language, gettext, gettext_lazy

from accounts.models import Agency, Committee, User
from directives.actions.keeping import Asked
from directives.models import KeptPaper, Notice
from directives.rules.paper_days import Rhythm, When
from tracker.papers.answering import FORMS
from tracker.papers.form import Paper
from tracker.papers.kinds import PAPERS

# Rows of all tables that are written while somebody waits: one to three seconds for each kind of file.
AT_ONCE = {"docx": 1000, "pdf": 500, "xlsx": 10_000}


def most_at_once(form: str) -> int:
    """How many rows are written while somebody waits."""
    return AT_ONCE[form]


def is_long(paper: Paper, form: str) -> bool:
    """Whether the paper is for a worker."""
    return paper.is_longer_than(AT_ONCE[form], form)


def asked_for(kind: str, about: Mapping[str, str], form: str, as_of: date, *, alone: User | None = None) -> Asked:
    """What is asked for, in the active language; `alone`: by whom, where it is for their eyes alone.

    Raises ObjectDoesNotExist where what it is about is not there.
    """
    return Asked(kind, body_of(about), dict(about), as_of, form, get_language() or "vi", alone)


def body_of(about: Mapping[str, str]) -> Committee | Agency:
    """Of whose work a paper tells: the committee that is named or whose notice it is, else the agency."""
    if "committee" in about:
        return Committee.objects.get(uuid=about["committee"])
    if "notice" in about:
        return Notice.objects.select_related("committee").only("committee").get(uuid=about["notice"]).committee
    return Agency.objects.get(uuid=about["agency"])


def handed_out(paper: KeptPaper) -> FileResponse:
    """The file of a kept paper under its own name, always as a download. Raises Http404 where there is none (yet)."""
    try:
        content = paper.file.open("rb")
    except (OSError, ValueError):  # of a row without a file; of a file that is gone
        raise Http404 from None
    kind = FORMS[paper.form].content_type
    answer = FileResponse(content, as_attachment=True, filename=paper.name, content_type=kind)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer


def why_not(paper: KeptPaper) -> str:
    """Why it could not be made, in the active language; nothing where it was made or is under way."""
    if not paper.sentence:
        return ""
    sentence = gettext(paper.sentence)
    return sentence % paper.params if paper.params else sentence


def kind_name(kind: str) -> str:
    """What a kind of paper is called; one that is no more by its own word."""
    return str(PAPERS[kind].name) if kind in PAPERS else kind


def language_name(code: str) -> str:
    """'Tiếng Việt'."""
    return dict(settings.LANGUAGES).get(code, code)


ON_WEEKDAYS = {
    1: gettext_lazy("on Mondays"),
    2: gettext_lazy("on Tuesdays"),
    3: gettext_lazy("on Wednesdays"),
    4: gettext_lazy("on Thursdays"),
    5: gettext_lazy("on Fridays"),
}
DAYS = {
    Rhythm.WEEKLY: gettext_lazy("%(day)s at %(hour)s"),
    Rhythm.MONTHLY: gettext_lazy("on day %(number)s of each month at %(hour)s"),
    Rhythm.SESSION: gettext_lazy("%(number)s working days before each session at %(hour)s"),
}


def day_words(when: When) -> str:
    """'each Monday at 07:00', in the active language."""
    told = {"day": ON_WEEKDAYS.get(when.number, ""), "number": when.number, "hour": f"{when.hour:02}:00"}
    return str(DAYS[when.rhythm]) % told
