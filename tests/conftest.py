"""Fixtures shared by every test."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes says nothing about whether it is right.
settings.register_profile("polybot", deadline=None)
settings.load_profile("polybot")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of recordings; the test is skipped, with the reason, where it is absent."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("POLYBOT_SHARED", beside))
    if not folder.is_dir():
        pytest.skip(f"recordings not found at {folder}: set POLYBOT_SHARED to their folder")
    return folder
