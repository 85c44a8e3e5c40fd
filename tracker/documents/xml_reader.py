"""XML as it goes by: nothing is kept, and what no office document needs stops the reading."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

from directives.rules.refusals import Invalid

MEGABYTE = 1024 * 1024
TOKEN_LIMIT = 2 * MEGABYTE  # bytes of one tag or comment
DEPTH_LIMIT = 60
NAMES_LIMIT = 1000  # different names of elements, and of attributes, in one part

Attributes = dict[str, str]
Begins = Mapping[str, Callable[[Attributes], None]]
Ends = Mapping[str, Callable[[], None]]
Text = Callable[[str], None]


@dataclass
class Allowance:
    """How much XML all parts of a file may still hold, and the sentence that refuses more."""

    marks: int  # begins and ends of elements
    given: int  # attributes
    sentence: Any  # a translated sentence, read later

    def spend(self, *, marks: int = 0, given: int = 0) -> None:
        """Take from what is left. Raises Invalid('file') where nothing is."""
        self.marks -= marks
        self.given -= given
        if self.marks < 0 or self.given < 0:
            self.refuse()

    def refuse(self, *_declared: object) -> None:
        """Raise Invalid('file'); also what a document that declares its own type comes to."""
        raise Invalid("file", self.sentence)


class Reader:
    """Calls `begins` and `ends` for the elements that they name, without their prefix, and `text` for all text."""

    def __init__(self, begins: Begins, ends: Ends, text: Text | None, allowed: Allowance) -> None:
        self._wanted, self._allowed = (begins, ends), allowed
        # By the name with its address: what is to be called where the element begins, and where it ends.
        self._begins: dict[str, Callable[[Attributes], None] | None] = {}
        self._ends: dict[str, Callable[[], None] | None] = {}
        self._attributes: set[str] = set()
        self._depth = self._fed = self._spaces = 0
        parser = self._parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = allowed.refuse
        parser.StartNamespaceDeclHandler = self._declared
        parser.StartElementHandler = self._began
        parser.EndElementHandler = self._ended
        if text is not None:
            parser.CharacterDataHandler = text

    def feed(self, piece: bytes) -> None:
        """Read on. Raises Invalid('file'), or ExpatError where this is no XML."""
        self._fed += len(piece)
        self._allowed.spend(marks=piece.count(b"<"))
        self._parser.Parse(piece, False)
        if self._fed - self._parser.CurrentByteIndex > TOKEN_LIMIT:
            self._allowed.refuse()

    def close(self) -> None:
        """There is no more. Raises ExpatError where the end is missing."""
        self._parser.Parse(b"", True)

    def _began(self, name: str, attributes: Attributes) -> None:
        self._depth += 1
        if name not in self._begins:
            self._meet(name)
        if attributes:
            self._attributes.update(attributes)
            self._allowed.spend(given=len(attributes))
        if self._depth > DEPTH_LIMIT or len(self._attributes) > NAMES_LIMIT:
            self._allowed.refuse()
        if called := self._begins[name]:
            called(attributes)

    def _ended(self, name: str) -> None:
        self._depth -= 1
        if called := self._ends[name]:
            called()

    def _meet(self, name: str) -> None:
        begins, ends = self._wanted
        local = name.rpartition(" ")[2]
        self._begins[name], self._ends[name] = begins.get(local), ends.get(local)
        if len(self._begins) > NAMES_LIMIT:
            self._allowed.refuse()

    def _declared(self, prefix: str | None, address: str) -> None:
        self._spaces += 1
        if self._spaces > NAMES_LIMIT:
            self._allowed.refuse()
