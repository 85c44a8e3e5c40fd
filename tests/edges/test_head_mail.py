"""The head of history leaves by mail once a local day, however many ask, and proves later that a tail was cut."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override

from directives.actions.holding import hold_sending
from directives.actions.sealing import head, seal_events
from directives.models import Seal, Tick
from tests.history import findings, in_thread, make_events, tamper
from tests.postbox import PATIENCE
from tracker.duties import look_at
from tracker.head_mail import mail_head
from tracker.sealing import AnchorFile

AUDITOR = "kiemtoan@luutru.example"
EVENING = datetime(2024, 8, 9, 16, 59, tzinfo=UTC)  # 23:59 in Hanoi
NEXT_DAY = EVENING + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _to_the_auditor(settings):
    settings.HISTORY_ANCHOR_MAIL = AUDITOR


@pytest.fixture
def chain(transactional_db):
    """Three sealed events."""
    make_events(3)
    seal_events()


def words(letter) -> str:
    return letter.get_body(("plain",)).get_content()


def test_one_mail_leaves_on_a_local_day_and_the_next_at_midnight(chain, postbox):
    asked = [EVENING - timedelta(hours=10), EVENING, NEXT_DAY, NEXT_DAY + timedelta(hours=23, minutes=59)]
    assert [mail_head(now=moment) for moment in asked] == [True, False, True, False]
    first, second = postbox.letters
    assert postbox.addresses == [AUDITOR, AUDITOR]
    assert first["Subject"] == "Đầu chuỗi nhật ký ngày 09/08/2024: #3"
    assert second["Subject"] == "Đầu chuỗi nhật ký ngày 10/08/2024: #3"
    assert first["Message-ID"] != second["Message-ID"]
    assert head()[1] in words(first)


def test_the_mailed_line_is_an_anchor_that_shows_a_cut_tail(chain, postbox, tmp_path):
    mail_head(now=EVENING)
    [line] = [line for line in words(postbox.letters[0]).splitlines() if line.startswith("{")]
    kept = tmp_path / "from-the-mail.jsonl"
    kept.write_text(line)
    anchors = list(AnchorFile(kept))
    assert [(anchor.sequence, anchor.hash) for anchor in anchors] == [head()]
    assert findings(anchors) == []
    tamper("DELETE FROM directives_seal WHERE sequence = 3")
    with override("en"):
        cut = findings(anchors)
    assert [finding.place for finding in cut][:1] == ["#3"]


@pytest.mark.django_db
def test_without_an_address_or_without_history_nothing_leaves(settings, postbox):
    assert not mail_head(now=EVENING)
    make_events(1)
    seal_events()
    settings.HISTORY_ANCHOR_MAIL = ""
    assert not mail_head(now=EVENING)
    assert postbox.letters == []
    assert not Tick.objects.exists()


def test_who_asks_while_another_one_sends_neither_sends_nor_waits(chain, postbox):
    postbox.open.clear()
    with ThreadPoolExecutor(1) as other:
        sending = other.submit(in_thread, lambda: mail_head(now=EVENING))
        assert postbox.knocked.wait(PATIENCE)
        assert not mail_head(now=EVENING)
        postbox.open.set()
        assert sending.result(PATIENCE)
    assert not mail_head(now=EVENING)
    assert len(postbox.letters) == 1


def test_what_was_not_taken_is_sent_at_a_later_tick(chain, postbox):
    postbox.to_text.append("451 Not now")
    postbox.to_recipient[AUDITOR].append("550 Nobody here")
    assert [mail_head(now=EVENING) for _ in range(4)] == [False, False, True, False]
    assert len(postbox.letters) == 1


def test_while_the_mail_server_is_away_nothing_is_lost(chain, smtp_port):
    assert not mail_head(now=EVENING)
    assert not Tick.objects.exclude(at__year=2000).exists()


def test_a_repeat_of_the_day_is_known_as_the_same_mail(chain, postbox):
    mail_head(now=EVENING)
    Tick.objects.all().delete()
    mail_head(now=EVENING)
    assert len({letter["Message-ID"] for letter in postbox.letters}) == 1


def test_the_tick_mails_it(chain, postbox):
    assert [look_at("mail_head"), look_at("mail_head")] == [1, 0]
    assert len(postbox.letters) == 1
    assert Seal.objects.count() == 3


def test_while_sending_is_on_hold_the_head_waits_as_well(chain, postbox):
    hold_sending(who="root", reason="Sau khi phục hồi", at=EVENING)
    assert mail_head(now=EVENING) is False
    assert postbox.letters == []
