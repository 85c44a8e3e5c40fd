"""A long choice is written quickly, and as Django would write it."""

import pytest
from django import forms
from django.test.html import parse_html

from tracker.admin.long_choices import LongSelect, LongSelectMultiple, ticked_boxes

CHOICES = [("", "–"), ("Bộ", [(1, "Bộ Y tế"), (2, 'Bộ "A" & <b>')]), ("Tỉnh & xã", [("group:3", "Các tỉnh")])]


@pytest.mark.parametrize("value", [None, "", 1, "2", "group:3", "nobody"])
@pytest.mark.parametrize("attrs", [{}, {"id": "id_to", "required": True, "aria-invalid": "true", "disabled": False}])
def test_one_of_many_is_written_as_django_writes_it(value, attrs):
    ours, theirs = LongSelect(choices=CHOICES), forms.Select(choices=CHOICES)
    assert parse_html(ours.render("to", value, attrs)) == parse_html(theirs.render("to", value, attrs))


@pytest.mark.parametrize("value", [None, [], [1], ["2", "group:3"]])
def test_several_of_many_are_written_as_django_writes_them(value):
    ours = LongSelectMultiple({"size": 10}, choices=CHOICES)
    theirs = forms.SelectMultiple({"size": 10}, choices=CHOICES)
    assert parse_html(ours.render("to", value)) == parse_html(theirs.render("to", value))


def test_boxes_are_ticked_where_they_are_chosen_and_names_stay_words():
    assert ticked_boxes("share", CHOICES[1][1], {"2"}) == (
        '<label><input type="checkbox" name="share" value="1"> Bộ Y tế</label>'
        '<label><input type="checkbox" name="share" value="2" checked> Bộ &quot;A&quot; &amp; &lt;b&gt;</label>'
    )
