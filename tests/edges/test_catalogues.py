"""Every string of the source has its words in Vietnamese, and the check that says so sees each kind of fault."""

import polib
import pytest
from django.conf import settings as installed

from tracker import catalogues
from tracker.catalogues import Message

PYTHON = """
_("plain"), gettext_lazy("joined " "of two"), ngettext("%(n)s day", "%(n)s days", n), pgettext("verb", "lead")
translation.gettext("by attribute"), N_("marked"), other("not said"), gettext(variable)
"""
TEMPLATE = """{% load i18n %}{% translate "simple" %}{{ x|default:_("in a filter") }}
{% translate "lead" context "verb" %}
{% blocktranslate with name=agency.name %}Report of {{ name }}{% endblocktranslate %}
{% blocktranslate count n=days %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}"""


@pytest.fixture
def room(settings, tmp_path):
    """A project with one room, whose only module says `plain` and `%(n)s left`."""
    settings.BASE_DIR = tmp_path
    settings.ROOMS = ("directives",)
    source = tmp_path / "directives/rules.py"
    source.parent.mkdir()
    source.write_text('_("plain")\n_("%(n)s left")\n')
    for folder in ("accounts", "tracker", "templates"):
        (tmp_path / folder).mkdir()
    return "directives"


def said(room):
    return catalogues.messages_by_room()[room]


def write(room, **answers):
    catalogue = polib.POFile()
    for text, answer in answers.items():
        catalogue.append(polib.POEntry(msgid=text.replace("_left", "%(n)s left"), msgstr=answer))
    catalogues.catalogue_path(room).parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(catalogues.catalogue_path(room)))


def test_the_strings_of_a_module_are_found():
    assert [message for message, _ in sorted(catalogues._in_python(PYTHON))] == [
        Message("%(n)s day", "%(n)s days"),
        Message("by attribute"),
        Message("joined of two"),
        Message("lead", context="verb"),
        Message("marked"),
        Message("plain"),
    ]


def test_the_strings_of_a_template_are_found():
    assert [message for message, _ in sorted(catalogues._in_template(TEMPLATE))] == [
        Message("%(n)s day", "%(n)s days"),
        Message("Report of %(name)s"),
        Message("in a filter"),
        Message("lead", context="verb"),
        Message("simple"),
    ]


def test_a_complete_catalogue_has_no_fault(room):
    write(room, plain="rõ ràng", _left="còn %(n)s")
    assert catalogues.faults(room, said(room)) == []


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        ({"plain": "rõ ràng"}, "directives: '%(n)s left' is missing (directives/rules.py:2)"),
        ({"plain": "", "_left": "còn %(n)s"}, "directives: 'plain' is not translated (directives/rules.py:1)"),
        ({"plain": "rõ", "_left": "còn %(days)s"}, "directives: '%(n)s left' has other gaps in its translation"),
        ({"plain": "rõ", "_left": "còn %(n)s", "old": "cũ"}, "directives: 'old' is no longer said"),
    ],
)
def test_each_fault_is_named(room, answers, fault):
    write(room, **answers)
    assert catalogues.faults(room, said(room)) == [fault]


def test_a_fuzzy_and_a_doubled_string_are_faults(room):
    write(room, plain="rõ", _left="còn %(n)s")
    catalogue = polib.pofile(str(catalogues.catalogue_path(room)))
    catalogue[0].flags.append("fuzzy")
    catalogue.append(polib.POEntry(msgid="%(n)s left", msgstr="còn lại %(n)s"))
    catalogue.save()
    assert catalogues.faults(room, said(room)) == [
        "directives: 'plain' is not translated (directives/rules.py:1)",
        "directives: '%(n)s left' stands twice",
    ]


def test_renewing_keeps_what_is_translated_and_drops_what_is_no_longer_said(room):
    write(room, plain="rõ", old="cũ")
    catalogues.renew(room, said(room))
    entries = polib.pofile(str(catalogues.catalogue_path(room)))
    assert [(entry.msgid, entry.msgstr) for entry in entries] == [("%(n)s left", ""), ("plain", "rõ")]


def test_two_rooms_may_not_disagree(room, settings):
    settings.ROOMS = ("directives", "accounts")
    write("directives", plain="rõ")
    write("accounts", plain="đơn giản")
    assert catalogues.disagreements() == [
        "directives and accounts: 'plain' has two translations; give one of them a context"
    ]


def test_every_room_is_looked_up_when_a_page_is_shown():
    assert [str(path.relative_to(installed.BASE_DIR)) for path in installed.LOCALE_PATHS] == [
        f"{room}/locale" for room in installed.ROOMS
    ]
