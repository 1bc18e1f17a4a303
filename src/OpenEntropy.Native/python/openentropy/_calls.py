"""Calls of entry points: codes become exceptions, texts become what they say."""

from __future__ import annotations

import ctypes
import json
from typing import Any

from . import _errors, _runtime

_FIRST_TEXT_BYTES = 1 << 18


def check(code: int) -> None:
    """Raises what a code other than 0 means, with the sentence that this thread's last call left."""
    if code != 0:
        raise _errors.of_code(code, _last_error())


def text(name: str, *arguments: Any) -> str:
    """The text of an entry point that gives one."""
    function = _runtime.function(name)
    needed = ctypes.c_size_t(_FIRST_TEXT_BYTES)
    while True:
        length = needed.value
        buffer = ctypes.create_string_buffer(length)
        code = function(*arguments, buffer, length, ctypes.byref(needed))
        if code != _errors.BUFFER_TOO_SMALL:
            check(code)
            return buffer.raw[: needed.value].decode("utf-8")


def document(name: str, *arguments: Any) -> Any:
    """The same, where the text is JSON."""
    return json.loads(text(name, *arguments))


def _last_error() -> str:
    needed = ctypes.c_size_t(1024)
    buffer = ctypes.create_string_buffer(needed.value)
    function = _runtime.function("last_error")
    if function(buffer, len(buffer), ctypes.byref(needed)) == _errors.BUFFER_TOO_SMALL:
        buffer = ctypes.create_string_buffer(needed.value)
        function(buffer, len(buffer), ctypes.byref(needed))
    return buffer.raw[: needed.value].decode("utf-8", "replace")
