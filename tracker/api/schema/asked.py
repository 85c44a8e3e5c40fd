"""What is sent with each verb: read off the fields that it asks for."""

from collections.abc import Callable
from typing import Any

from rest_framework import serializers

from directives.actions.fitting import TEXT_LIMIT
from directives.models import Directive, Notice, Paragraph, Reading, Report
from tracker.api.asked_for import (
    AgencyField,
    Asked,
    CommitteeField,
    Day,
    Figure,
    GroupField,
    IssuerField,
    Moment,
    Percent,
    Text,
    Whole,
    Words,
)
from tracker.api.asked_of_drafts import NoticeField
from tracker.api.schema.shapes import (
    CODE,
    DAY,
    ID,
    MOMENT,
    YES_OR_NO,
    NotDescribed,
    Schema,
    many,
    or_nothing,
    said,
    word,
)

_REPORT = Report._meta  # noqa: SLF001
# Characters, where it is less than what is written by hand may have.
LONGEST = {name: _REPORT.get_field(name).max_length for name in ("product_ref", "unit")}
for _model, _names in (
    (Notice, ("symbol", "issuer_name", "signer", "signer_title", "external_ref")),
    (Directive, ("product", "field", "decided_by", "deadline_text")),
    (Paragraph, ("label",)),
    (Reading, ("source",)),
):
    LONGEST |= {name: _model._meta.get_field(name).max_length for name in _names}  # noqa: SLF001
# Told in no column: they only have to be found.
UNBOUND = ("if_match", "to")
MOST_WHOLE = 2**31 - 1  # of a column
FIELDS: dict[type[serializers.Field], Callable[[Any], Schema]] = {
    AgencyField: lambda _field: CODE,
    IssuerField: lambda _field: CODE,
    GroupField: lambda _field: CODE,
    CommitteeField: lambda _field: CODE,
    NoticeField: lambda _field: ID,
    Whole: lambda field: {"type": "integer", "minimum": field.min_value or 0, "maximum": MOST_WHOLE},
    Text: lambda _field: {"type": "string", "pattern": r"^[^\u0000]*$"},
    serializers.DictField: lambda _field: {"type": "object"},
    Day: lambda _field: DAY,
    Moment: lambda _field: MOMENT,
    Figure: lambda _field: {
        "type": ["number", "string"],
        "pattern": r"^-?[0-9]{1,14}(\.[0-9]{1,4})?$",
        "examples": [97.5],
    },
    Percent: lambda _field: {"type": "integer", "minimum": 0, "maximum": 100},
    Words: lambda field: {
        "type": "string",
        **({} if field.field_name in UNBOUND else {"maxLength": LONGEST.get(field.field_name, TEXT_LIMIT)}),
        # Any text but U+0000, and where it is needed more than blanks.
        "pattern": r"^[^\u0000]*$" if field.allow_blank else r"^[^\u0000]*\S[^\u0000]*$",
    },
    serializers.BooleanField: lambda _field: YES_OR_NO,
    serializers.ChoiceField: lambda field: word(*field.choices),
    serializers.ListField: lambda field: {**many(shape_of("in a list", field.child)), "maxItems": field.max_length},
    serializers.ListSerializer: lambda field: many(shape_of("in a list", field.child)),
    Asked: lambda field: object_of(field),  # noqa: PLW0108 - it is defined below
}
MEANS_OF_DRAFTS = {
    "addressees": "Whom it is for; they replace those that were named.",
    "agency": "The code of an agency.",
    "all_or_none": "Whether one refusal undoes all.",
    "amends": "The id of the notice that it amends.",
    "as_of": "The day that the figure is of.",
    "body": "What would be sent alone.",
    "bound": "Whether the figure is exact.",
    "committee": "The code of the committee; that of the key unless given.",
    "common": "Whether everybody with a part in the directive reads question and answer.",
    "corrects": "The id of the notice of which this is the corrected text.",
    "deadline_kind": "How the deadline is meant; a date where a day is given.",
    "deadline_text": "The deadline in the notice's words.",
    "decided_by": "Who decides.",
    "denominator": "Of so many.",
    "directives": "Its directives; those of the draft with a reference become these.",
    "end": "The character behind its last one.",
    "external_ref": "By what your system knows it.",
    "field": "The field of work.",
    "group": "The code of a group of agencies.",
    "groups": "Groups of agencies, as far as they are below.",
    "handled_as": "What the paragraph is.",
    "if_match": "The ETag that was read, or `*`.",
    "issued_on": "The day on which it was issued.",
    "issuer": "The code of the agency that issued it, or of its committee where that issued it itself.",
    "issuer_name": "The issuer as printed.",
    "kind": "The kind of document.",
    "kinds": "All units of these kinds.",
    "label": "As in II.3.b.",
    "met_on": "The day of the meeting.",
    "note": "For those who write it.",
    "number": "Its number.",
    "numerator": "So many.",
    "paragraph": "The position of its paragraph; else the one in which it begins.",
    "paragraphs": "One after the other; as the text is read here where they are left out.",
    "position": "Its place in the notice, from 1.",
    "product": "What is expected.",
    "quote": "The sentence, word for word.",
    "quote_start": "The character of the text at which it begins, where it stands there more than once.",
    "recurrence": "How often; empty where it does not recur.",
    "recurrence_day": "Of the week (1 is Monday), else of the period's last month.",
    "recurrence_month": "Of each year.",
    "recurrence_shift": "What becomes of a due date on a day off.",
    "recurs_until": "The period of this day is the last one.",
    "requests": "What is done, in this order.",
    "review_on": "When undated work is looked at again.",
    "role": "The part that an agency has in it.",
    "secrecy": "Anything but nothing is refused: a classified document must not come in.",
    "signer": "Who signed it.",
    "signer_title": "As what.",
    "source": "The report, system or letter that the figure is from.",
    "start": "The character at which it begins.",
    "subject": "What it is about.",
    "supersedes": "The id of the notice in whose place it comes.",
    "symbol": "As TB-VPCP.",
    "to": "The address below that of the API at which it would be sent alone.",
    "unhandled_ok": "Whether paragraphs are left without a mark on purpose.",
    "units": "The codes of units below.",
    "until": "A day of the last period.",
    "urgency": "How urgent it is.",
    "value": "The figure.",
    "wording": "What is to be done, in your words.",
}
MEANS = {
    **MEANS_OF_DRAFTS,
    "endpoint": "The address at which to be called, https.",
    "events": "Names of changes; none for all.",
    "language": "In which names come: `vi` or `en`.",
    "name": "For people.",
    "overlap_hours": "So long the former secret signs as well; 24 unless given, 72 at most.",
    "since": "All calls of changes since then.",
    "asked_due_on": "Until when time is asked for.",
    "asks": "What is asked of the level above.",
    "difficulties": "What stands in the way.",
    "due_on": "The new deadline.",
    "figure": "The figure that was reached.",
    "percent": "How much of it is done.",
    "product_ref": "The document that came of it.",
    "reason": "Why.",
    "redo_by": "Until when it is to be done again; the deadline stays as it is.",
    "text": "What is reported or asked.",
    "to_agency": "The code of the agency that does it from now on.",
    "unit": "Of the figure.",
    "verified_figure": "The figure as it was verified.",
}
FILES = said(many({"type": "string", "format": "binary"}), "Evidence, each file as `files`.")


def body_of(asked: type[Asked]) -> Schema:
    """The body of a verb. Raises NotDescribed."""
    form = asked()
    forms = {"application/json": {"schema": object_of(form)}}
    if asked.FILES:
        forms["multipart/form-data"] = {"schema": _as_form(form, object_of(form, files=FILES))}
    return {"required": any(field.required for field in form.fields.values()), "content": forms}


def _as_form(form: Asked, shape: Schema) -> Schema:
    """The same where all is text: nothing is written there as an empty field."""
    nothing = {"type": "string", "const": ""}
    empty = {
        name: {"anyOf": [shape["properties"][name], nothing]} for name, one in form.fields.items() if one.allow_null
    }
    return {**shape, "properties": {**shape["properties"], **empty}}


def object_of(form: Asked, **more: Schema) -> Schema:
    """An object of these fields and no others. Raises NotDescribed."""
    fields = {name: _field(f"{type(form).__name__}.{name}", name, field) for name, field in form.fields.items()}
    needed = [name for name, field in form.fields.items() if field.required]
    return {
        "type": "object",
        **({"required": needed} if needed else {}),
        "properties": {**fields, **more},
        "additionalProperties": False,
    }


def shape_of(where: str, field: serializers.Field) -> Schema:
    """What may be sent for a field. Raises NotDescribed."""
    for family in type(field).__mro__:
        if family in FIELDS:
            shape = FIELDS[family](field)
            return or_nothing(shape) if field.allow_null else shape
    raise NotDescribed(f"Say in FIELDS (tracker/api/schema/asked.py) of what shape the field {where} is.")


def _field(where: str, name: str, field: serializers.Field) -> Schema:
    if name not in MEANS:
        raise NotDescribed(f"Say in MEANS (tracker/api/schema/asked.py) what the field {where} means.")
    return {"description": MEANS[name], **shape_of(where, field)}
