"""How form fields look: one dress for all. What is wrong is marked by Django with aria-invalid."""

from django import forms


def dress(form: forms.BaseForm) -> None:
    """Give each widget of `form` the class that the style sheet knows."""
    for field in form.fields.values():
        field.widget.attrs["class"] = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
        if isinstance(field.widget, forms.Textarea):
            field.widget.attrs.setdefault("rows", 4)


def point_at_what_is_wrong(form: forms.BaseForm) -> None:
    """Let the page open at the first field with a sentence, also on a phone where it lies far below."""
    wrong = next((name for name in form.fields if name in form.errors), None)
    if wrong is not None:
        form.fields[wrong].widget.attrs["autofocus"] = True
