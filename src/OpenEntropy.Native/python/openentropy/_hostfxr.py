"""Finds hostfxr, the library that starts a .NET runtime in a process that is not .NET's."""

from __future__ import annotations

import os
import pathlib
import platform
import shutil
import sys
from collections.abc import Iterator

from ._errors import RuntimeNotFoundError

_NAMES = {"win32": "hostfxr.dll", "darwin": "libhostfxr.dylib"}
_MACHINES = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}


def roots() -> Iterator[pathlib.Path]:
    """Folders in which .NET may be installed, the likeliest first: those that somebody named, then the usual ones."""
    machine = _MACHINES.get(platform.machine().lower(), platform.machine().lower())
    for variable in (f"DOTNET_ROOT_{machine.upper()}", "DOTNET_ROOT"):
        if named := os.environ.get(variable):
            yield pathlib.Path(named)
    if program := shutil.which("dotnet"):
        yield pathlib.Path(program).resolve().parent
    for note in (f"/etc/dotnet/install_location_{machine}", "/etc/dotnet/install_location"):
        try:
            yield pathlib.Path(pathlib.Path(note).read_text("utf-8").strip())
        except (OSError, UnicodeDecodeError):
            continue  # most machines have none
    if sys.platform == "win32":
        yield pathlib.Path(os.environ.get("ProgramFiles", r"C:\Program Files")) / "dotnet"
    for usual in ("/usr/share/dotnet", "/usr/lib/dotnet", "/usr/lib64/dotnet", "/usr/local/share/dotnet", "~/.dotnet"):
        yield pathlib.Path(usual).expanduser()


def find() -> pathlib.Path:
    """The newest hostfxr of the first folder that has one."""
    looked = []
    for root in roots():
        found = sorted((root / "host" / "fxr").glob(f"*/{_NAMES.get(sys.platform, 'libhostfxr.so')}"), key=_version)
        if found:
            return found[-1]
        looked.append(str(root))
    raise RuntimeNotFoundError(
        "the .NET runtime was not found; install .NET 10, or name its folder with DOTNET_ROOT. Looked in " + ", ".join(dict.fromkeys(looked))
    )


def _version(path: pathlib.Path) -> tuple[tuple[int, ...], bool, str]:
    """10.0.12 comes after 10.0.9, and after 10.0.12-preview."""
    number, _, label = path.parent.name.partition("-")
    return tuple(int(part) for part in number.split(".") if part.isdigit()), not label, label
