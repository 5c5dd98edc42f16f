"""The worked notebook runs, and shows what it shows."""

from __future__ import annotations

import pytest
from make_notebook import NOTEBOOK, executed


@pytest.mark.filterwarnings("default")  # the kernel's packages, not ours
def test_the_notebook_runs_and_shows_the_same():
    assert executed() == NOTEBOOK.read_text(encoding="utf-8"), "run: python tests/make_notebook.py"
