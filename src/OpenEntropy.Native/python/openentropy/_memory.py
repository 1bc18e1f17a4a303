"""Bytes that are filled where they stand: one buffer, no copy."""

from __future__ import annotations

import ctypes
import sys
from typing import Any, Callable

# Prototypes of our own: those that hang on ctypes.pythonapi are shared with everybody in the process.
_new: Any = ctypes.PYFUNCTYPE(ctypes.py_object, ctypes.c_void_p, ctypes.c_ssize_t)(("PyBytes_FromStringAndSize", ctypes.pythonapi))
_address: Any = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.py_object)(("PyBytes_AsString", ctypes.pythonapi))


def filled(length: int, fill: Callable[[int, int], None]) -> bytes:
    """Makes bytes and has them filled before anybody sees them; what raises keeps them from everybody.

    fill receives the address and the length.
    """
    if length == 0:
        fill(0, 0)
        return b""
    if sys.implementation.name == "cpython":
        made: bytes = _new(None, length)
        fill(_address(made), length)
        return made
    buffer = (ctypes.c_char * length)()
    fill(ctypes.addressof(buffer), length)
    return buffer.raw


def readable(data: bytes | bytearray | memoryview) -> Any:
    """What can be handed to C to read: bytes as they are, anything else as a copy that nobody changes meanwhile."""
    view = memoryview(data)
    return data if isinstance(data, bytes) else view.tobytes()
