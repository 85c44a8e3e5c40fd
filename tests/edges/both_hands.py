"""What the tests of two people at one form share: a page as a browser would send it, and two who save at once."""

from collections.abc import Callable, Sequence
from threading import Barrier, Thread
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import Agency

OPENED = "2027-03-10T10:28:00+07:00"
SAVED = "2027-03-10T10:31:00+07:00"


def filled(browser: Client, page: str, **changed) -> dict:
    """What a browser would send of the page as it is shown, with what is changed in it."""
    context = browser.get(page).context
    forms = [context["adminform"].form]
    sent = {"_shown": context.get("shown", "")}
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for bound in form:
            value = bound.value()
            if value is not None and value is not False:
                sent[bound.html_name] = [getattr(one, "pk", one) for one in value] if isinstance(value, list) else value
            if bound.name == "aliases":
                sent[bound.html_name] = "\r\n".join(value or [])
    return sent | changed


def saved(browser: Client, page: str, typed: dict, time_machine: Any, moment: str = SAVED):
    time_machine.move_to(moment, tick=False)
    return browser.post(page, typed)


def agency_page(agency: Agency) -> str:
    return reverse("admin:accounts_agency_change", args=[agency.pk])


def hidden(answer) -> dict:
    """What the page that shows both versions sends again."""
    sent: dict = {}
    for name, value in [*answer.context["hidden"], (answer.context["met_name"], answer.context["met"])]:
        sent.setdefault(name, []).append(value)
    return sent


def at_once(acts: Sequence[Callable[[], Any]]) -> list[int]:
    """The statuses of what was done by people of whom each has a connection of their own, in order of size."""
    ready, found = Barrier(len(acts)), []

    def act(one) -> None:
        ready.wait()
        found.append(one().status_code)
        connection.close()

    threads = [Thread(target=act, args=(one,)) for one in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found)
