"""The blocks of a sitting: one for each assignment on which somebody reports, with its form and its draft."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Verb
from directives.actions.writing import keep_unsent, unsent_of
from directives.models import Assignment, Report, Unsent
from directives.rules.lifecycle import after
from tracker import clock
from tracker.chips import Chip
from tracker.web.act_page import known_version
from tracker.web.desk import Desk, SignedIn, desk_of
from tracker.web.figures import Measure, measures_of, names_posted
from tracker.web.forms import SittingForm
from tracker.web.refusals import told
from tracker.web.wording import CHIPS, deadline, is_returned

MOST = 20  # blocks in one sitting
CHOSEN = "a"
NAME = re.compile(r"([0-9a-f]{32})-(.+)")
KINDS = (Verb.REPORT, Verb.HAND_IN)


@dataclass
class Block:
    """One assignment with its form, and what became of it."""

    assignment: Assignment
    form: SittingForm
    chip: Chip
    deadline: str
    kept: Unsent | None = None
    version: int = 0
    # Why the work came back, where it did and is not handed in again.
    returned: Report | None = None
    # Why nothing can be reported on it now.
    closed: str = ""
    sent: bool = False
    # What another window kept meanwhile.
    other: list[tuple[str, str]] = field(default_factory=list)

    @property
    def unsent_version(self) -> int:
        """The version of the draft that the page knows."""
        if self.kept is not None:
            return self.kept.version
        return known_version(self.words) if self.form.is_bound else 0

    @property
    def words(self) -> dict[str, str]:
        """What stands in its fields, by their names in the form of one report."""
        return words_of_block(self.form.data, self.assignment.uuid)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written into it, nor a file chosen."""
        typed = [name for name in self.form.fields if name not in ("kind", "version", "files")]
        said = (str(self.form.data.get(self.form.add_prefix(name), "")).strip() for name in typed)
        return not any(said) and not self.form.files.getlist(self.form.add_prefix("files"))

    def clear(self) -> None:
        """Show the block as one in which nobody has written yet."""
        form = self.form
        self.form = SittingForm(prefix=form.prefix, measures=form.measures, initial={"kind": self.verb})

    @property
    def verb(self) -> Verb:
        """What its kind of report is."""
        return Verb.HAND_IN if self.words.get("kind") == Verb.HAND_IN else Verb.REPORT


def chosen_of(asked: QueryDict) -> tuple[list[UUID], bool]:
    """The assignments (uuids) that are named, MOST at most, each once; and whether there were more."""
    named = dict.fromkeys(uuid for text in asked.getlist(CHOSEN) if (uuid := _uuid(text)))
    return list(named)[:MOST], len(named) > MOST


def words_of_block(posted: Mapping[str, str], uuid: UUID) -> dict[str, str]:
    """Of all that a sitting sends what belongs to one assignment, by the names of the form of one report."""
    found = ((NAME.fullmatch(name), name) for name in posted)
    return {match[2]: str(posted[name]) for match, name in found if match and match[1] == uuid.hex}


def address(chosen: Iterable[UUID]) -> str:
    """Where the sitting with these assignments begins."""
    return f"{reverse('sitting')}?{urlencode([(CHOSEN, uuid) for uuid in chosen])}"


def _rows(desk: Desk, chosen: list[UUID]) -> list[Assignment]:
    """The assignments in sight, in the order in which they were chosen."""
    found = Assignment.objects.visible_to(desk.user, desk.today).with_standing(desk.today, desk.soon_until)
    rows = {row.uuid: row for row in found.for_list().filter(uuid__in=chosen)}
    return [rows[uuid] for uuid in chosen if uuid in rows]


def fresh(request: SignedIn, chosen: list[UUID]) -> list[Block]:
    """Blocks to be filled in, with what their writer kept before; only of the reader's own work."""
    desk = desk_of(request)
    rows = [row for row in _rows(desk, chosen) if row.agency_id in desk.own_agencies]
    drafts: dict[int, Unsent] = {}
    for draft in Unsent.objects.filter(user=request.user, assignment__in=rows, verb__in=KINDS).order_by("kept_at"):
        drafts[draft.assignment_id] = draft
    return _blocks(rows, desk, drafts=drafts)


def bound(request: SignedIn, chosen: list[UUID]) -> list[Block]:
    """The same blocks with what was sent."""
    desk = desk_of(request)
    return _blocks(_rows(desk, chosen), desk, request.POST, request.FILES)


def _blocks(
    rows: list[Assignment], desk: Desk, *sent: object, drafts: Mapping[int, Unsent] | None = None
) -> list[Block]:
    measures, returns = measures_of(rows), Report.objects.last_returns(row for row in rows if is_returned(row))
    blocks = [_block(row, desk, measures[row.pk], *sent, kept=(drafts or {}).get(row.pk)) for row in rows]
    for block in blocks:
        block.returned = returns.get(block.assignment.pk)
    return blocks


def _block(row: Assignment, desk: Desk, measures: list[Measure], *sent: object, kept: Unsent | None = None) -> Block:
    initial = {"kind": kept.verb if kept else Verb.REPORT, **(kept.words if kept else {})}
    form = SittingForm(*sent, prefix=row.uuid.hex, measures=measures, initial=initial)
    when = deadline(row, today=desk.today, calendar=desk.calendar)
    return Block(row, form, CHIPS[row.standing], when, kept, version=row.version, closed="" if sent else _closed(row))


def _closed(row: Assignment) -> str:
    try:
        after(row.state, Verb.REPORT)
    except Refusal as refusal:
        return told(refusal)
    return ""


def keep(request: SignedIn, block: Block) -> Unsent | None:
    """Keep the words of a block, of whatever kind of report, as the draft of a progress report."""
    posted = block.words
    names = [name for name in SittingForm.base_fields if name not in ("kind", "version", "files")]
    words = {name: posted.get(name, "") for name in (*names, *names_posted(posted))}
    if any(text.strip() for text in words.values()):
        words["kind"] = block.verb
    known = known_version(posted)
    return keep_unsent(block.assignment, Verb.REPORT, by=request.user, at=clock.now(), words=words, version=known)


def meet(block: Block, writer: User) -> None:
    """Show what another window kept beside what stands here."""
    block.kept = unsent_of(block.assignment, Verb.REPORT, writer)
    fields = block.form.fields
    words = block.kept.words if block.kept else {}
    block.other = [(str(fields[name].label), text) for name, text in words.items() if name in fields and name != "kind"]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
