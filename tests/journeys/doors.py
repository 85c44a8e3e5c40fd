"""The doors as people use them: open a page, fill in the form that stands there, send it, read the answer."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.http import HttpResponse
from django.test import Client


@dataclass
class Form:
    """A form of a page with what stands in it."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


class _Forms(HTMLParser):
    """Collects the forms of a page: hidden values, what is ticked and chosen, what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select = self._area = ""
        self._first_option: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "form":
            self._form = Form(said.get("action") or "")
            self.forms.append(self._form)
        elif self._form is not None and (name := said.get("name")):
            self._field(tag, name, said)
        elif tag == "option" and self._select and self._form is not None and "selected" in said:
            self._form.fields.setdefault(self._select, []).append(said.get("value") or "")

    def _field(self, tag: str, name: str, said: dict[str, str | None]) -> None:
        assert self._form is not None
        self._form.names.add(name)
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._area = name
            self._form.fields[name] = [""]
        elif tag == "input":
            kind = said.get("type", "text")
            if kind in ("checkbox", "radio"):
                if "checked" in said:
                    self._form.fields.setdefault(name, []).append(said.get("value") or "on")
            elif kind not in ("submit", "file", "image", "button"):
                self._form.fields[name] = [said.get("value") or ""]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area and self._form is not None:
            self._form.fields[self._area][0] += data


class Door:
    """Somebody at a screen."""

    def __init__(self, user: object) -> None:
        self.client = Client(headers={"accept-language": "en"})
        self.client.force_login(user)

    def read(self, address: str) -> str:
        """What stands on a page."""
        answer = self.client.get(address, follow=True)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer.content.decode()

    def fill(self, address: str, *, form: str = "", **values: object) -> HttpResponse:
        """Open the page, fill in the form that has these fields (and `form` in its address), and send it."""
        page = _Forms()
        page.feed(self.read(address))
        fitting = [one for one in page.forms if form in one.action and values.keys() <= one.names]
        assert len(fitting) == 1, f"{len(fitting)} forms at {address} with {sorted(values)}"
        body: dict[str, object] = {**fitting[0].fields, **values}
        answer = self.client.post(fitting[0].action or address, body)
        assert answer.status_code == 302, f"{address}: {answer.status_code}\n{_sentences(answer)}"
        return answer


def _sentences(answer: HttpResponse) -> str:
    """The parts of a page that say what is wrong, for the one who reads a failed test."""
    lines = answer.content.decode().splitlines()
    return "\n".join(line.strip() for line in lines if "error" in line or "alert" in line)[:3000]
