"""A forked child has the runtime's memory and none of its threads: it would hang, or give the parent's bytes."""

from __future__ import annotations

import os
import threading

from ._errors import ForkedError

#: Held while the runtime starts.
lock = threading.Lock()

_started = False
_child = False


def started() -> None:
    """Notes that the runtime starts in this process: its children can no longer have it."""
    global _started
    _started = True


def is_child() -> bool:
    """Whether the runtime was started before this process was forked."""
    return _child


def check() -> None:
    """Raises ForkedError in such a child."""
    if _child:
        raise ForkedError(
            "this process was forked after its parent had started openentropy, and can neither use the parent's pools nor open its own: "
            "start it with multiprocessing's 'spawn' or 'forkserver', or fork before the first pool is opened"
        )


def _in_child() -> None:
    global _child, lock
    _child = _child or _started
    lock = threading.Lock()  # a thread that is not here may have held it


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_child)
