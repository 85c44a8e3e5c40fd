"""For `make mutants` alone: mutmut asks an item of pytest for its name in the way of older versions."""

import pytest

pytest.Item._nodeid = property(lambda item: item.nodeid)
