"""The field of a form for several files, at every door alike."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from directives.actions.attaching import FILE_LIMIT, FILES_LIMIT, TOO_LARGE, TOO_MANY


class ManyFiles(forms.ClearableFileInput):
    """A file field of the browser in which several files can be chosen."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        """With the limits and their sentences, so that the page can speak before anything is sent."""
        limits = {"data-most-files": FILES_LIMIT, "data-most-bytes": FILE_LIMIT}
        super().__init__(attrs={**limits, "data-too-many": TOO_MANY, "data-too-large": TOO_LARGE})


class FilesField(forms.FileField):
    """Several files, or none; what they are is looked at by the action that keeps them."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(one) for one in given]
