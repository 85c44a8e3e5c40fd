"""What the tests of the doors need besides: the words in both languages."""

import pytest
from django.conf import settings

from tracker.catalogues import compile_catalogue


def pytest_configure(config: pytest.Config) -> None:
    """Vietnamese is what most answers are in; the binary catalogues are not in the repository."""
    if not hasattr(config, "workerinput"):
        for room in settings.ROOMS:
            compile_catalogue(room)
