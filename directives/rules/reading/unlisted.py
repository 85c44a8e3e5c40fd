"""Bodies that no register knows: a head word ("Ban", "Trung tâm") and what belongs to the name."""

from collections.abc import Callable
from dataclasses import replace

from directives.rules.reading.body_words import (
    ALONE,
    AT_A_PLACE,
    COMMON,
    DASHED,
    FIELDS,
    HEADS,
    INNER,
    NAMELESS,
    OF_A_PLACE,
    OTHERS,
    PURPOSE,
    SHORT_FOR,
    WITH_FIELDS,
)
from directives.rules.reading.line import Line
from directives.rules.reading.references import Mention, Reference, field_of, is_a_name, reference_to
from directives.rules.reading.register import MINISTRY, Found, Names, plain
from directives.rules.reading.task_words import TASK, is_task
from directives.rules.reading.words import STOP


class Unlisted:
    """Finds them in one line; `place` is the province that the notice is about, where it is about one."""

    def __init__(
        self, line: Line, names: Names, place: Reference | None, registered: Callable[[int], Mention | None]
    ) -> None:
        self.line = line
        self.place = place
        self.low = line.low
        self.names = names
        self.registered = registered

    def mention_at(self, at: int) -> Mention | None:
        head = HEADS.match(self.low, at)
        if head is None:
            return None
        end = self._name_end(at, head.end())
        name = self.line.text[at:end]
        if end == head.end() and not (COMMON.match(self.low, at) or head[0] in ALONE):
            return None
        if not COMMON.match(self.low, at) and head[0] not in ALONE and not is_a_name(name):
            return None
        if OTHERS.search(self.low[at:end]):
            return Mention(at, end, ())
        if COMMON.match(self.low, at) and (own := self._owned(at, end) or self._called(at, end)):
            return own
        suffix = OF_A_PLACE.search(name) if self.low.startswith("sở ", at) else None
        if self.place and suffix and plain(self.place.name).endswith(plain(suffix[0])):
            name = name[: suffix.start()]  # "Sở A tỉnh B" is Sở A in a notice about the province B
        is_group = self.low.startswith(("các ", "từng "), at)
        is_certain = is_group or self.line.text[at].isupper()
        field = self._field(at)
        is_whole = field is not None
        if field:
            written = self.line.text[at + len("sở ") : field.end]
            name = f"Sở {field_of(field, written)}{name[field.end - at :]}"
        called = _in_full(name)
        owner = self.registered(end + 3) if self.low.startswith(" - ", end) else None
        return Mention(
            at,
            owner.end if owner else end,
            (Reference(called, is_group=is_group, is_certain=is_certain, is_whole=is_whole),),
        )

    def _field(self, at: int) -> Found | None:
        """The field of a department ("Sở Văn hóa, Thể thao và Du lịch"), which may hold a comma."""
        return self.names.find_short(self.low, at + len("sở "), MINISTRY) if self.low.startswith("sở ", at) else None

    def _owned(self, at: int, end: int) -> Mention | None:
        """ "Cơ quan chức năng của Bộ A" is Bộ A."""
        begins = end + len(" của ") if self.low.startswith(" của ", end) else end + 1
        if not self.low.startswith("của ", begins - len("của ")):
            return None
        owner = self.names.find(self.line.text, self.low, begins)
        return Mention(at, owner.end, (reference_to(owner),)) if owner else None

    def _called(self, at: int, end: int) -> Mention | None:
        """ "Nhà đầu tư (Công ty A)" is Công ty A."""
        if not (self.low.startswith(" (", end) and self.line.text[end + 2 : end + 3].isupper()):
            return None
        own = self.registered(end + 2) or (self.mention_at(end + 2) if HEADS.match(self.low, end + 2) else None)
        is_whole = own is not None and self.low.startswith(")", own.end)
        return replace(own, start=at, end=own.end + 1) if own and is_whole else None

    def _name_end(self, at: int, end: int) -> int:
        if committee := NAMELESS.match(self.line.text, at):
            return committee.end()
        if field := self._field(at):
            place = OF_A_PLACE.match(self.line.text, field.end)
            return place.end() if place else field.end
        is_of_a_place = bool(AT_A_PLACE.match(self.low, at))
        purpose = PURPOSE.match(self.low, at)
        end = max(end, purpose.end()) if purpose else end
        head = end
        for _turn in range(16):
            if is_of_a_place and self._was_named(at, end):
                break
            if (
                self.low.startswith(" - ", end)
                and DASHED.match(self.line.text, end + 3)
                and not self._begins_a_body(end + 3)
            ):
                end += 2
            if fields := self._fields(at, end):
                end = fields
            if self.low[end : end + 1] != " " or not self.goes_on(end + 1, is_first=end == head):
                break
            end = self._inside(end + 1)
        return end

    def _fields(self, at: int, end: int) -> int:
        """Where the fields of an office go on after a comma; 0 where the comma ends its name."""
        if not WITH_FIELDS.match(self.low, at) or self._begins_a_body(end + 2):
            return 0
        found = FIELDS.match(self.line.text, end)
        is_one = found and not self._begins_a_body(found.end())
        return found.end() - 1 if found and is_one else 0

    def goes_on(self, at: int, *, is_first: bool = False) -> bool:
        """Whether the word at `at`, the first after the head or a later one, may still belong to a name."""
        if not self.low[at : at + 1].isalnum():
            return False
        if self.line.text[at].isupper() or self.low[at].isdigit():
            is_other = self.names.find(self.line.text, self.low, at) is not None
            return is_first or not is_other or self.low.startswith(("tỉnh", "thành phố"), at)
        if self.low.startswith("và ", at):
            return self.line.text[at + 3 : at + 4].isupper() and not self._begins_a_body(at + 3)
        if INNER.match(self.low, at):
            return True
        return not (is_task(self.low, at) or STOP.match(self.low, at))

    def _was_named(self, at: int, end: int) -> bool:
        """Whether "UBND xã A" is complete: after the name of a place no small letter belongs to it."""
        last = self.low.rfind(" ", at, end) + 1
        is_named = self.line.text[last].isupper() and " " in self.low[at:end] and self.low[last:end] != "ubnd"
        return is_named and not self.line.text[end + 1 : end + 2].isupper()

    def _inside(self, at: int) -> int:
        """The end of the word of a name at `at`, or of the phrase that it begins: "Ban chỉ đạo", "Phục vụ ..."."""
        end = self._word_end(at)
        phrase = INNER.match(self.low, at) or (TASK.match(self.low, at) if self.line.text[at].isupper() else None)
        return max(end, phrase.end()) if phrase else end

    def _begins_a_body(self, at: int) -> bool:
        return bool(HEADS.match(self.low, at)) or self.names.find(self.line.text, self.low, at) is not None

    def _word_end(self, at: int) -> int:
        while at < len(self.low) and (self.low[at].isalnum() or self.low[at] in "./&"):
            if self.low[at] == "." and not self.low[at + 1 : at + 2].isalnum():
                break
            at += 1
        return at


def _in_full(name: str) -> str:
    """The name with a capital, and with its first word in full where it stood abbreviated."""
    short = next((short for short in SHORT_FOR if name.startswith(short)), "")
    return SHORT_FOR[short] + name.removeprefix(short) if short else name[0].upper() + name[1:]
