"""The real web server: it answers, and a browser may look at what it serves."""

import urllib.request

import pytest


def test_the_server_of_production_answers_with_its_policy(web_server):
    answer = urllib.request.urlopen(f"{web_server}/healthz")
    assert answer.read() == b"ok"
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("width", [390, 1280])
def test_a_browser_shows_the_door_at_every_width(web_server, page, width):
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(web_server)
    assert page.locator("input[type=password]").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
