#!/usr/bin/env python3
"""Builds the wheel: publishes the library with the .NET SDK and packs it, with nothing but the standard library. The same input gives the same bytes."""

from __future__ import annotations

import argparse
import base64
import hashlib
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

_HERE = pathlib.Path(__file__).resolve().parent
_PROJECT = _HERE.parent
_TOP = _PROJECT.parent.parent
_PACKAGE = "openentropy"

# What may go into the package; anything else in the published folder is a surprise, and stops the build.
_ASSEMBLIES = {
    "OpenEntropy.Native.dll",
    "OpenEntropy.Native.deps.json",
    "OpenEntropy.Native.runtimeconfig.json",
    "OpenEntropy.dll",
    "OpenEntropy.Assessment.dll",
    "Polly.Core.dll",
    "MathNet.Numerics.dll",
}
_LEFT_OUT = {".pdb", ".xml"}
_LICENSES = {
    "LICENSE": _TOP / "LICENSE",
    "Polly.Core.txt": _PROJECT / "licenses" / "Polly.Core.txt",
    "MathNet.Numerics.txt": _PROJECT / "licenses" / "MathNet.Numerics.txt",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=pathlib.Path, default=_TOP / "artifacts", help="folder of the wheel")
    parser.add_argument("--configuration", choices=("Release", "Debug"), default="Release")
    parser.add_argument("--no-build", action="store_true", help="publish what is built already")
    arguments = parser.parse_args()
    version = re.search(r"<Version>([0-9.]+)</Version>", (_TOP / "Directory.Build.props").read_text("utf-8"))
    if version is None:
        sys.exit("Directory.Build.props names no version")
    with tempfile.TemporaryDirectory() as folder:
        publish(pathlib.Path(folder), arguments.configuration, arguments.no_build)
        print(pack(arguments.output, version[1], assemblies(pathlib.Path(folder))))


def publish(folder: pathlib.Path, configuration: str, no_build: bool) -> None:
    command = ["dotnet", "publish", str(_PROJECT), "-c", configuration, "-o", str(folder), "-v", "quiet", "-nologo"]
    if subprocess.run([*command, "--no-build"] if no_build else command, stdout=sys.stderr).returncode != 0:
        sys.exit("dotnet publish failed")


def assemblies(folder: pathlib.Path) -> list[pathlib.Path]:
    found = [path for path in sorted(folder.iterdir()) if path.suffix not in _LEFT_OUT]
    if {path.name for path in found} != _ASSEMBLIES:
        sys.exit(f"the published folder holds {', '.join(path.name for path in found)}")
    return found


def pack(output: pathlib.Path, version: str, libraries: list[pathlib.Path]) -> pathlib.Path:
    info = f"{_PACKAGE}-{version}.dist-info"
    files = {f"{_PACKAGE}/{path.name}": path.read_bytes() for path in sorted((_HERE / _PACKAGE).iterdir()) if path.suffix in (".py", ".typed")}
    files |= {f"{_PACKAGE}/lib/{path.name}": path.read_bytes() for path in libraries}
    files |= {f"{info}/licenses/{name}": path.read_bytes() for name, path in _LICENSES.items()}
    files[f"{info}/METADATA"] = metadata(version).encode()
    files[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: openentropy\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    record = "".join(f"{name},sha256={digest(content)},{len(content)}\n" for name, content in files.items())
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    output.mkdir(parents=True, exist_ok=True)
    wheel = output / f"{_PACKAGE}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)  # dated 1980: the time of building is nobody's business
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return wheel


def metadata(version: str) -> str:
    fields = [
        "Metadata-Version: 2.4",
        f"Name: {_PACKAGE}",
        f"Version: {version}",
        "Summary: Random bytes from the noise of this machine, tested, conditioned and generated as SP 800-90 asks",
        "License-Expression: MIT AND BSD-3-Clause",
        *(f"License-File: {name}" for name in _LICENSES),
        "Requires-Python: >=3.9",
        "Description-Content-Type: text/markdown",
    ]
    return "\n".join(fields) + "\n\n" + (_HERE / "README.md").read_text("utf-8")


def digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


if __name__ == "__main__":
    main()
