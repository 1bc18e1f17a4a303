"""What can be asked without a pool."""

from __future__ import annotations

from typing import Any

from . import _calls


def detect_available_sources() -> list[dict[str, Any]]:
    """The noise sources that this machine has, each with its name, category and mechanism. No device is opened, nothing is harvested."""
    return [source for source in _calls.document("detect")["sources"] if source["available"]]


def version() -> str:
    """The version of the engine."""
    return _calls.text("version")
