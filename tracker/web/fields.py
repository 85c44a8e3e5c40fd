"""How form fields look: one dress for all. What is wrong is marked by Django with aria-invalid."""

from django import forms


def dress(form: forms.BaseForm) -> None:
    """Give each widget of `form` the class that the style sheet knows."""
    for field in form.fields.values():
        field.widget.attrs["class"] = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
        if isinstance(field.widget, forms.Textarea):
            field.widget.attrs.setdefault("rows", 4)
