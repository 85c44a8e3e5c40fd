"""JSON that two readers could understand differently is refused, and the field that is wrong is named."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import ValidationError

from tracker.api.bodies import Unreadable, read_object

NO_OBJECT = {
    "nothing": b"",
    "a list": b"[1]",
    "half an object": b'{"text": "Xong"',
    "two objects": b'{"a": 1}{"b": 2}',
    "UTF-16": '{"text": "Đã xong"}'.encode("utf-16"),
    "UTF-8 with its mark": b'\xef\xbb\xbf{"text": "x"}',
    "bytes that are no text": b'{"text": "\xff"}',
    "not a number": b'{"percent": NaN}',
    "without end": b'{"percent": -Infinity}',
    "ten thousand levels": b'{"text":' + b"[" * 10_000 + b"]" * 10_000 + b"}",
    "ten thousand levels, open": b"[" * 10_000,
    "two hundred thousand objects, open": b'{"a":' * 200_000,
    "five thousand digits": b'{"percent": ' + b"9" * 5_000 + b"}",
    "quotes without end": b'{"text": "' + b'\\"' * 500_000,
}


@pytest.mark.parametrize("sent", NO_OBJECT.values(), ids=NO_OBJECT)
def test_what_is_no_object_is_refused(sent):
    with pytest.raises(Unreadable):
        read_object(sent)


WRONG = {
    "a name twice": (b'{"text": "A", "text": "B"}', {"text"}),
    "a name twice, deeper": (b'{"figures": {"a": 1, "a": 2}}', {"a"}),
    "NUL": (b'{"text": "A\\u0000B", "asks": "x"}', {"text"}),
    "half a pair": (b'{"text": "A\\ud800B"}', {"text"}),
    "half a pair in a list": (b'{"files": ["a", "\\udfff"]}', {"files[1]"}),
    "NUL in a name": (b'{"a\\u0000": 1}', {"a\ufffd"}),
}


@pytest.mark.parametrize(("sent", "fields"), WRONG.values(), ids=WRONG)
def test_the_field_that_is_wrong_is_named(sent, fields):
    with pytest.raises(ValidationError) as refusal:
        read_object(sent)
    assert set(refusal.value.detail) == fields


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(TEXT, VALUES, max_size=4))
def test_every_object_that_json_has_is_read_as_it_was_written(sent):
    assert read_object(json.dumps(sent).encode()) == sent


@given(st.binary(max_size=200))
def test_whatever_comes_is_read_or_refused(sent):
    try:
        assert isinstance(read_object(sent), dict)
    except (Unreadable, ValidationError):
        return
