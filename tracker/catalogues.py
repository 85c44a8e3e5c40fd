"""The words of each room: which strings the source says, and whether the room's catalogue answers each of them."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.template import templatize

# How many strings each function takes, and whether the first of them is a context.
PLAIN, PLURAL, IN_CONTEXT, PLURAL_IN_CONTEXT = (1, False), (2, False), (2, True), (3, True)
FUNCTIONS = {
    **dict.fromkeys(("_", "N_", "gettext", "gettext_lazy", "gettext_noop"), PLAIN),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), PLURAL),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), IN_CONTEXT),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), PLURAL_IN_CONTEXT),
}
# Templates of one room stand in the common folder under its name; what is left there belongs to the web pages.
TEMPLATES_OF = {
    "templates/admin": "tracker/admin",
    "templates/api": "tracker/api",
    "templates/registration": "tracker/web",
    "templates/messages": "tracker/delivery",
    "templates/demo": "tracker",
    "templates": "tracker/web",
}
SOURCES = ("accounts", "directives", "tracker", "templates")
IN_TEMPLATE = re.compile(r"""\b(\w*gettext|_)\(\s*((?:u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")\s*,?\s*)+)""")
LITERAL = re.compile(r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")""")
GAP = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
HEADER = {
    "Language": "vi",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}


@dataclass(frozen=True, order=True)
class Message:
    """One string of the source, as gettext tells strings apart."""

    text: str
    plural: str = ""
    context: str = ""


def catalogue_path(room: str) -> Path:
    return Path(settings.BASE_DIR, room, "locale/vi/LC_MESSAGES/django.po")


def messages_by_room() -> dict[str, dict[Message, str]]:
    """For each room its strings, each with the first place (`file:line`) that says it."""
    rooms: dict[str, dict[Message, str]] = {room: {} for room in settings.ROOMS}
    for path in _sources():
        name = path.relative_to(settings.BASE_DIR).as_posix()
        for message, line in _messages(path):
            rooms[_room(name)].setdefault(message, f"{name}:{line}")
    return rooms


def faults(room: str, said: dict[Message, str]) -> list[str]:
    """What is wrong with the room's catalogue: missing, fuzzy, doubled and left-over strings, and lost gaps."""
    found = []
    answered: set[Message] = set()
    for entry in _read(room):
        message = _message(entry)
        place = f"{room}: {entry.msgid!r}"
        if entry.obsolete or message not in said:
            found.append(f"{place} is no longer said")
        elif message in answered:
            found.append(f"{place} stands twice")
        elif entry.fuzzy or not all(_translations(entry)):
            found.append(f"{place} is not translated ({said[message]})")
        elif any(_gaps(text) != _gaps(entry.msgid_plural or entry.msgid) for text in _translations(entry)):
            found.append(f"{place} has other gaps in its translation")
        answered.add(message)
    return found + [
        f"{room}: {message.text!r} is missing ({said[message]})" for message in sorted(said.keys() - answered)
    ]


def disagreements() -> list[str]:
    """Strings that two rooms translate differently, of which Django would show the first for both."""
    first: dict[Message, tuple[str, list[str]]] = {}
    found = []
    for room in settings.ROOMS:
        for entry in _read(room):
            there, translations = first.setdefault(_message(entry), (room, _translations(entry)))
            if translations != _translations(entry):
                found.append(f"{there} and {room}: {entry.msgid!r} has two translations; give one of them a context")
    return found


def renew(room: str, said: dict[Message, str]) -> None:
    """Write the room's catalogue anew: what is said, sorted, with the translations that are there already."""
    known: dict[Message, polib.POEntry] = {}
    for entry in _read(room):
        if not entry.obsolete and (all(_translations(entry)) or _message(entry) not in known):
            known[_message(entry)] = entry
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = HEADER
    for message in sorted(said):
        catalogue.append(known.get(message) or _blank(message))
    path = catalogue_path(room)
    if said:
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(path))


def vietnamese(room: str) -> dict[str, str]:
    """What the room's catalogue says for each plain string, read from its text."""
    return {entry.msgid: entry.msgstr for entry in _read(room)}


def compile_catalogue(room: str) -> None:
    """Write the binary twin that Django reads, where the catalogue is newer than it."""
    path = catalogue_path(room)
    binary = path.with_suffix(".mo")
    if path.exists() and not (binary.exists() and binary.stat().st_mtime >= path.stat().st_mtime):
        polib.pofile(str(path)).save_as_mofile(str(binary))


def _sources() -> Iterator[Path]:
    for folder in SOURCES:
        for path in sorted(Path(settings.BASE_DIR, folder).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and not {"migrations", "static", "locale"} & set(path.parts):
                yield path


def _room(name: str) -> str:
    homes = {**{room: room for room in settings.ROOMS}, **TEMPLATES_OF}
    return homes[max((home for home in homes if name.startswith(home + "/")), key=len)]


def _messages(path: Path) -> Iterator[tuple[Message, int]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        yield from _in_python(text)
    else:
        yield from _in_template(text)


def _in_python(text: str) -> Iterator[tuple[Message, int]]:
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        strings = [word.value for word in node.args if isinstance(word, ast.Constant) and isinstance(word.value, str)]
        if message := _called(name, strings):
            yield message, node.lineno


def _in_template(text: str) -> Iterator[tuple[Message, int]]:
    python = templatize(text)
    for call in IN_TEMPLATE.finditer(python):
        strings = [ast.literal_eval(literal) for literal in LITERAL.findall(call[2])]
        if message := _called(call[1], strings):
            yield message, python.count("\n", 0, call.start()) + 1


def _called(function: str, strings: list[str]) -> Message | None:
    number, in_context = FUNCTIONS.get(function, (0, False))
    if not number or len(strings) < number:
        return None
    context = strings.pop(0) if in_context else ""
    return Message(strings[0], strings[1] if number - in_context == 2 else "", context)


def _read(room: str) -> list[polib.POEntry]:
    path = catalogue_path(room)
    return list(polib.pofile(str(path))) if path.exists() else []


def _blank(message: Message) -> polib.POEntry:
    plural = {"msgid_plural": message.plural, "msgstr_plural": {0: ""}} if message.plural else {}
    return polib.POEntry(msgid=message.text, msgctxt=message.context or None, **plural)


def _message(entry: polib.POEntry) -> Message:
    return Message(entry.msgid, entry.msgid_plural or "", entry.msgctxt or "")


def _translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def _gaps(text: str) -> list[str]:
    return sorted(GAP.findall(text))
