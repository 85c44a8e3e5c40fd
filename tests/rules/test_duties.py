"""Which messages nobody can switch off, and the reason that is told."""

import pytest

from directives.rules.duties import KEEPS_ALL, OFFICE_OWES, duty

NEWS = ("assigned", "returned", "extension_decided")
OWED = ("digest", "escalated")


@pytest.mark.parametrize("kind", NEWS + OWED)
def test_the_application_keeps_every_message(kind):
    assert duty(kind, "in_app") == KEEPS_ALL


@pytest.mark.parametrize("kind", OWED)
def test_the_office_owes_reminders_and_escalations_by_email(kind):
    assert duty(kind, "email") == OFFICE_OWES


@pytest.mark.parametrize("kind", NEWS)
def test_news_by_email_is_free(kind):
    assert duty(kind, "email") == ""


@pytest.mark.parametrize("kind", NEWS + OWED)
def test_every_further_channel_is_free(kind):
    assert duty(kind, "messenger") == ""
