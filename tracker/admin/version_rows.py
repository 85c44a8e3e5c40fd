"""A list within a page in two versions: laid out anew where somebody else changed, added or removed a row."""

from collections.abc import Mapping

from django.forms import BaseInlineFormSet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from directives.rules.reconciling import ComparedRow, Fields, Who, reconcile_rows
from tracker.admin.values import put, sent, shown
from tracker.admin.versions import MINE, Line, Meeting, label_of, told

NEW = "new-"
Rows = Mapping[str, Fields]


class ListOf:
    """One list of the page. Its rows are known by their ids; those that were added by the place at which they stood."""

    def __init__(self, rows: BaseInlineFormSet, meeting: Meeting, theirs: Rows) -> None:
        self.rows, self.meeting, self.theirs = rows, meeting, theirs
        self.sent, self.data = meeting.sent, meeting.data
        self.pk_name = rows.model._meta.pk.name  # noqa: SLF001
        self.empty = rows.empty_form
        self.instances = {str(form.instance.pk): form.instance for form in rows.initial_forms}
        self.places = {self._key(place): place for place in range(self._total())}
        self.base = dict(meeting.base.rows.get(rows.prefix, {}))
        self.mine = self._mine()
        if not meeting.known:
            self.base = self._alike()
        self.met = meeting.met.rows.get(rows.prefix, {}) if meeting.met else {}
        self.laid = 0

    def put(self) -> None:
        """Write it into what is saved, and note what differs. What nobody else changed is left as it was sent."""
        found = reconcile_rows(self.base, self.theirs, self.mine)
        untouched = all(row.who in (Who.NOBODY, Who.ME) for row in found.values())
        if untouched and self.base.keys() == self.theirs.keys():
            return
        for name in [name for name in self.data if name.startswith(f"{self.rows.prefix}-")]:
            del self.data[name]
        for key in self.theirs:
            self._put_row_of_theirs(key, found[key])
        existing = self.laid
        for key, place in self.places.items():
            if key not in self.theirs:
                self._put_row_of_mine(key, place, found.get(key))
        for name, value in (("TOTAL", self.laid), ("INITIAL", existing), ("MIN_NUM", 0), ("MAX_NUM", 1000)):
            self.data[f"{self.rows.prefix}-{name}_FORMS"] = str(value)

    # --- what was sent

    def _total(self) -> int:
        total = self.sent.get(f"{self.rows.prefix}-TOTAL_FORMS", "")
        return min(int(total), self.rows.absolute_max) if total.isascii() and total.isdigit() else 0

    def _key(self, place: int) -> str:
        return self.sent.get(f"{self.rows.prefix}-{place}-{self.pk_name}") or f"{NEW}{place}"

    def _mine(self) -> dict[str, Fields]:
        """The rows that were sent. One of which nothing was sent is as it was shown; an empty one is none."""
        blank, found = shown(self.empty), {key: row for key, row in self.base.items() if key not in self.places}
        for key, place in self.places.items():
            prefix = f"{self.rows.prefix}-{place}"
            values = sent(self.empty, self.sent, prefix)
            added = key.startswith(NEW)
            if not self.sent.get(f"{prefix}-DELETE") and not (
                added and (values == blank or not self._was_sent(prefix))
            ):
                found[key] = values
        return found

    def _was_sent(self, prefix: str) -> bool:
        return any(name.startswith(f"{prefix}-") for name in self.sent)

    def _alike(self) -> dict[str, Fields]:
        """Of what nobody knows whether it was shown: what is alike in both versions."""
        return {
            key: {name: value for name, value in row.items() if self.mine.get(key, row).get(name) == value}
            for key, row in self.theirs.items()
            if key in self.places
        }

    # --- what is saved

    def _put_row_of_theirs(self, key: str, row: ComparedRow) -> None:
        place, prefix = self.places.get(key), self._next()
        if place is not None:
            self._copy(place, prefix)
        self.data[f"{prefix}-{self.pk_name}"] = key
        self.data[f"{prefix}-{self.rows.fk.name}"] = str(self.rows.instance.pk)
        if key in self.mine:
            self._put_fields(key, row, prefix)
            return
        removed = key in self.base and (row.who is Who.ME or self._choice(key, place) == MINE)
        if removed:
            self.data[f"{prefix}-DELETE"] = "on"
        for name, value in self.theirs[key].items():
            put(self.data, f"{prefix}-{name}", self.empty.fields[name], value)
        if row.who is Who.THEY or (row.who is Who.CONFLICT and not self._choice(key, place)):
            self._note(key, place, row.who)

    def _put_fields(self, key: str, row: ComparedRow, prefix: str) -> None:
        place, met = self.places.get(key), self.met.get(key, {})
        for name, one in row.fields.items():
            if name not in self.empty.fields:
                continue
            html_name = f"{prefix}-{name}"
            label = label_of(self.empty.fields[name], name)
            if one.who not in (Who.NOBODY, Who.ME):
                label = f"{self._name(key)}: {label}"
            chosen_by = f"{self.rows.prefix}-{place}-{name}"
            line = Line(chosen_by, label, one.who, row=(self.rows.prefix, key), field=name)
            if place is None:
                put(self.data, html_name, self.empty.fields[name], one.theirs)
            self.meeting.put_field(html_name, self.empty.fields[name], one, one, line, met.get(name))

    def _put_row_of_mine(self, key: str, place: int, row: ComparedRow | None) -> None:
        """A row of mine that theirs has not: one that I added, one that is still empty, or one that they removed."""
        prefix = f"{self.rows.prefix}-{place}"
        if row is None:
            keeps = key.startswith(NEW) and self._was_sent(prefix)
        else:
            keeps = row.kept or (row.who is Who.CONFLICT and self._choice(key, place) == MINE)
        if keeps:
            onto = self._next()
            self._copy(place, onto)
            self.data.pop(f"{onto}-{self.pk_name}", None)
        elif row is not None and (row.who is Who.THEY or (row.who is Who.CONFLICT and not self._choice(key, place))):
            self._note(key, place, row.who)

    def _choice(self, key: str, place: int | None) -> str:
        """What was chosen of a whole row; theirs may be that it is not there."""
        name = f"{self.rows.prefix}-{place}"
        return self.meeting.choice(name, met=self.met.get(key), theirs=self.theirs.get(key))

    def _next(self) -> str:
        self.laid += 1
        return f"{self.rows.prefix}-{self.laid - 1}"

    def _copy(self, place: int, onto: str) -> None:
        old = f"{self.rows.prefix}-{place}-"
        for name in self.sent:
            if name.startswith(old) and name != f"{old}DELETE":
                self.data.setlist(f"{onto}-{name[len(old) :]}", self.sent.getlist(name))

    # --- what is told

    def _note(self, key: str, place: int | None, who: Who) -> None:
        base, theirs, mine = (self._row_in_words(rows.get(key)) for rows in (self.base, self.theirs, self.mine))
        label = f"{capfirst(str(self.rows.model._meta.verbose_name))}: {self._name(key)}"  # noqa: SLF001
        line = Line(f"{self.rows.prefix}-{place}", label, who, (base, theirs, mine), (self.rows.prefix, key))
        self.meeting.lines.append(line)

    def _name(self, key: str) -> str:
        """What a row is called; one that is gone by the first of what was shown of it."""
        if key in self.instances:
            return str(self.instances[key])
        values = self.base.get(key, {})
        return next((told(self.empty.fields[name], value) for name, value in values.items() if value), key)

    def _row_in_words(self, values: Fields | None) -> str:
        if values is None:
            return _("not there")
        fields = {name: value for name, value in values.items() if name in self.empty.fields}
        return "\n".join(
            f"{label_of(self.empty.fields[name], name)}: {told(self.empty.fields[name], value)}"
            for name, value in fields.items()
        )
