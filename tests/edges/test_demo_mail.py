"""The demo's mail in the browser: every letter can be read there, and none of it can do anything."""

import asyncio
import os
import smtplib
import socket
import threading
from email.message import EmailMessage

import pytest

from tracker.embedded.mail_sink import Pigeonhole, take_mail

HOSTILE = (
    '<p>Kính gửi Bộ Công an</p><script>parent.document.title = "taken"</script><img src="https://elsewhere.example/x">'
)


@pytest.fixture
def folder(settings, tmp_path):
    """The demo's mail folder, with nothing in it."""
    settings.VAR = tmp_path
    settings.DEMO = True
    (tmp_path / "mail").mkdir()
    return tmp_path / "mail"


def put(folder, name="a1", subject="Đôn đốc: Thông báo số 369/TB-VPCP", html=HOSTILE, came=1_700_000_000):
    letter = EmailMessage()
    letter["Subject"] = subject
    letter["From"] = "Đôn đốc <dondoc@dondoc.example>"
    letter["To"] = "Chuyên viên Bộ Công an <chuyenvien.bca@dondoc.example>"
    letter.set_content("Kính gửi Bộ Công an,\n<b>không phải HTML</b>\n")
    if html:
        letter.add_alternative(html, subtype="html")
    path = folder / f"{name}.eml"
    path.write_bytes(bytes(letter))
    os.utime(path, (came, came))


@pytest.mark.django_db
def test_the_newest_letter_stands_first(client, folder):
    put(folder, "old", "Giao việc", came=1_700_000_000)
    put(folder, "new", "Trả lại báo cáo", came=1_700_000_060)
    page = client.get("/demo/mail/")
    assert [letter.subject for letter in page.context["letters"]] == ["Trả lại báo cáo", "Giao việc"]
    assert "15/11/2023 05:14" in page.content.decode()  # 22:14:20 UTC


@pytest.mark.django_db
def test_where_there_is_no_mail_the_page_says_when_there_will_be(client, folder):
    assert "Chưa có thư" in client.get("/demo/mail/").content.decode()


@pytest.mark.django_db
def test_a_letter_shows_who_wrote_to_whom_and_its_text_as_text(client, folder):
    put(folder)
    page = client.get("/demo/mail/a1/").content.decode()
    assert "Chuyên viên Bộ Công an &lt;chuyenvien.bca@dondoc.example&gt;" in page
    assert "&lt;b&gt;không phải HTML&lt;/b&gt;" in page
    assert '<iframe class="post-frame sheet" sandbox="allow-popups" src="/demo/mail/a1/html"' in page
    assert "<script>parent" not in page


@pytest.mark.django_db
def test_the_html_of_a_letter_may_do_nothing_and_load_nothing(client, folder):
    put(folder)
    answer = client.get("/demo/mail/a1/html")
    policy = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "style-src": "'unsafe-inline'",
        "img-src": "data:",
        "frame-ancestors": "'self'",
        "sandbox": "allow-popups",
    }
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.django_db
def test_a_letter_without_html_has_no_frame(client, folder):
    put(folder, html="")
    assert "<iframe" not in client.get("/demo/mail/a1/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/demo/mail/", "/demo/mail/a1/", "/demo/mail/a1/html"])
def test_outside_the_demo_there_is_no_such_page(client, folder, settings, address):
    put(folder)
    settings.DEMO = False
    assert client.get(address).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["b2", "..", "%2e%2e%2fsecret_key", "a1.eml"])
def test_what_is_no_letter_is_not_found(client, folder, name):
    put(folder)
    assert client.get(f"/demo/mail/{name}/html").status_code == 404


@pytest.mark.django_db
def test_a_letter_changes_nothing_and_takes_nothing(client, folder):
    put(folder)
    assert client.post("/demo/mail/").status_code == 405


def test_what_is_sent_by_smtp_is_kept_whole(tmp_path):
    listening = socket.create_server(("127.0.0.1", 0))
    loop = asyncio.new_event_loop()
    taking = loop.create_task(take_mail(listening, Pigeonhole(tmp_path), asyncio.Event()))
    thread = threading.Thread(target=lambda: loop.run_until_complete(asyncio.wait([taking])))
    thread.start()
    letter = EmailMessage()
    letter["Subject"] = "Gia hạn đến ngày 15/01/2025"
    letter["To"] = "chuyenvien.bca@dondoc.example"
    letter.set_content("Đồng ý gia hạn.\n")
    with smtplib.SMTP("127.0.0.1", listening.getsockname()[1]) as post:
        post.send_message(letter, "dondoc@dondoc.example", ["chuyenvien.bca@dondoc.example"])
    loop.call_soon_threadsafe(taking.cancel)
    thread.join()
    loop.close()
    (kept,) = tmp_path.iterdir()
    assert kept.suffix == ".eml"
    assert b"=?utf-8?" in kept.read_bytes()


@pytest.mark.django_db(transaction=True)
def test_a_hostile_letter_is_looked_at_in_a_real_browser_without_effect(folder, live_server, browser):
    put(folder)
    page = browser.new_page()
    answered = []
    page.on("requestfinished", lambda request: answered.append(request.url))
    page.goto(f"{live_server}/demo/mail/a1/")
    frame = page.frame_locator("iframe")
    assert frame.locator("p").inner_text() == "Kính gửi Bộ Công an"
    assert "taken" not in page.title()
    assert [url for url in answered if "elsewhere" in url] == []
    assert f"{live_server}/demo/mail/a1/html" in answered
    page.close()
