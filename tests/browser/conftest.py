"""An officer's browser in front of the real pages, at the width of a desk or of a phone."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from accounts.models import User

DESK = {"width": 1366, "height": 900}
PHONE = {"width": 390, "height": 844}
SMALLEST = {"width": 360, "height": 740}
WIDEST = {"width": 1920, "height": 1080}
Opening = Callable[..., Page]
PATIENCE = 30_000  # milliseconds, on a machine with much else to do
expect.set_options(timeout=PATIENCE)


@pytest.fixture
def open_as(browser: Browser, live_server) -> Iterator[Opening]:
    """Open a page as somebody (or nobody); at the end nothing may have gone wrong inside it."""
    faults: list[str] = []
    with ExitStack() as opened:

        def open_page(user: User | None = None, *, size=DESK, language="vi", scheme="light", scripts=True) -> Page:
            context = browser.new_context(
                viewport=size,
                color_scheme=scheme,
                java_script_enabled=scripts,
                locale="en-US",
                timezone_id="America/Los_Angeles",
                base_url=live_server.url,
            )
            opened.callback(context.close)
            _enter(context, live_server.url, user, language)
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("console", lambda message: faults.extend(_said(message)))
            return page

        yield open_page
    assert faults == []


def _enter(context: BrowserContext, url: str, user: User | None, language: str) -> None:
    cookies = {"django_language": language}
    if user is not None:
        client = Client()
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        cookies |= {name: morsel.value for name, morsel in client.cookies.items()}
    context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies.items()])


def _said(message: ConsoleMessage) -> list[str]:
    """Warnings and errors of the console; a page that answers with a refusal is not an error of the page."""
    answered = "the server responded with a status of 4" in message.text
    return [message.text] if message.type in ("error", "warning") and not answered else []
