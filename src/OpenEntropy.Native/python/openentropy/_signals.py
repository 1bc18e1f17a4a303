"""Keeps the interpreter's signal handlers, which the runtime would take over when it starts."""

from __future__ import annotations

import contextlib
import ctypes
import signal
import sys
from collections.abc import Iterator

# The largest struct sigaction there is has some 150 bytes; what is in it is nobody's business here.
_SIGACTION_BYTES = 1024


@contextlib.contextmanager
def kept() -> Iterator[None]:
    """Puts back, at the end, what handled Ctrl-C and the requests to end before."""
    if sys.platform == "win32":
        yield
        return
    sigaction = ctypes.CDLL(None)["sigaction"]
    sigaction.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p]
    sigaction.restype = ctypes.c_int
    saved = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT, signal.SIGHUP, signal.SIGCHLD):
        action = ctypes.create_string_buffer(_SIGACTION_BYTES)
        if sigaction(number, None, action) == 0:
            saved.append((number, action))
    try:
        yield
    finally:
        for number, action in saved:
            sigaction(number, action, None)
