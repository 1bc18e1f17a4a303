"""Starts the runtime once in a process, and gives its entry points."""

from __future__ import annotations

import ctypes
import os
import pathlib
import sys
from typing import Any

from . import _errors, _fork, _hostfxr, _signals

CONTRACT = 1

_LOAD_ASSEMBLY_AND_GET_FUNCTION_POINTER = 5
_UNMANAGED_CALLERS_ONLY = ctypes.c_void_p(-1)
_STARTED = (0, 1, 2)  # the second and third: somebody else's runtime runs in this process already, and is shared

_Char = ctypes.c_wchar_p if sys.platform == "win32" else ctypes.c_char_p
_Text = [ctypes.c_void_p, ctypes.c_size_t, ctypes.POINTER(ctypes.c_size_t)]
_Fill = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_uint32]
_ENTRY_POINTS: dict[str, tuple[str, list[Any]]] = {
    "contract": ("Contract", []),
    "version": ("Version", _Text),
    "last_error": ("LastErrorText", _Text),
    "open": ("Open", [ctypes.c_char_p, ctypes.c_size_t, ctypes.POINTER(ctypes.c_uint64)]),
    "close": ("Close", [ctypes.c_uint64]),
    "bytes": ("Bytes", [ctypes.c_uint64, *_Fill]),
    "limited": ("Limited", [ctypes.c_uint64, *_Fill]),
    "raw": ("Raw", [ctypes.c_uint64, ctypes.c_char_p, ctypes.c_size_t, *_Fill]),
    "health": ("Health", [ctypes.c_uint64, *_Text]),
    "sources": ("Sources", [ctypes.c_uint64, *_Text]),
    "detect": ("Detect", _Text),
    "assess": ("Assess", [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_void_p, ctypes.c_size_t, *_Text]),
}

_functions: dict[str, Any] | None = None


def function(name: str) -> Any:
    """An entry point. The interpreter lock is free while it runs: CFUNCTYPE gives it up for the call."""
    global _functions
    _fork.check()
    if _functions is None:
        with _fork.lock:
            if _functions is None:
                _functions = _start()
    return _functions[name]


def _start() -> dict[str, Any]:
    folder = pathlib.Path(os.environ.get("OPENENTROPY_NATIVE") or pathlib.Path(__file__).with_name("lib"))
    library = folder / "OpenEntropy.Native.dll"
    if not library.is_file():
        raise _errors.RuntimeNotFoundError(f"{library} is missing: the package is not complete")
    host = ctypes.CDLL(str(_hostfxr.find()))
    _fork.started()
    with _signals.kept():
        load = _loader(host, folder / "OpenEntropy.Native.runtimeconfig.json")
        functions = {name: _load(load, library, method, arguments) for name, (method, arguments) in _ENTRY_POINTS.items()}
    if (contract := functions["contract"]()) != CONTRACT:
        raise _errors.RuntimeNotFoundError(f"{library} has version {contract} of the contract, and this package needs {CONTRACT}")
    return functions


def _loader(host: ctypes.CDLL, configuration: pathlib.Path) -> Any:
    said: list[str] = []
    writer_type = ctypes.CFUNCTYPE(None, _Char)
    writer = writer_type(lambda line: said.append(line if isinstance(line, str) else line.decode("utf-8", "replace")))
    host.hostfxr_set_error_writer.argtypes = [ctypes.c_void_p]
    host.hostfxr_set_error_writer.restype = ctypes.c_void_p
    before = host.hostfxr_set_error_writer(ctypes.cast(writer, ctypes.c_void_p))
    context, delegate = ctypes.c_void_p(), ctypes.c_void_p()
    try:
        code = host.hostfxr_initialize_for_runtime_config(_Char(_path(configuration)), None, ctypes.byref(context))
        if code in _STARTED:
            code = host.hostfxr_get_runtime_delegate(context, _LOAD_ASSEMBLY_AND_GET_FUNCTION_POINTER, ctypes.byref(delegate))
    finally:
        host.hostfxr_set_error_writer(before)
        if context:
            host.hostfxr_close(context)
    if not delegate:
        raise _errors.RuntimeNotFoundError(f"the .NET runtime did not start (0x{code & 0xFFFFFFFF:08X}). {' '.join(' '.join(said).split())}")
    arguments = [_Char, _Char, _Char, ctypes.c_void_p, ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p)]
    return ctypes.CFUNCTYPE(ctypes.c_int, *arguments)(delegate.value)


def _load(load: Any, library: pathlib.Path, method: str, arguments: list[Any]) -> Any:
    pointer = ctypes.c_void_p()
    type_name = _text("OpenEntropy.Native.Exports, OpenEntropy.Native")
    code = load(_path(library), type_name, _text(method), _UNMANAGED_CALLERS_ONLY, None, ctypes.byref(pointer))
    if code != 0 or not pointer:
        raise _errors.RuntimeNotFoundError(f"{library} has no entry point {method} (0x{code & 0xFFFFFFFF:08X})")
    return ctypes.CFUNCTYPE(ctypes.c_int, *arguments)(pointer.value)


def _path(path: pathlib.Path) -> Any:
    return str(path) if sys.platform == "win32" else os.fsencode(path)


def _text(text: str) -> Any:
    return text if sys.platform == "win32" else text.encode()
