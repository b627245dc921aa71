"""Makes a virtual environment where `python3 -m venv` may be missing, as on a bare Debian.

Standard library only: this runs before anything is installed. Tries, in order: venv, the tools uv and virtualenv,
virtualenv fetched by pip, Debian's own package where there is the right to install it. Otherwise says what to do.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

OLDEST = (3, 11)


def run(*command: str, **environment: str) -> bool:
    """Whether the command could be started and succeeded; its own words reach the reader only when it failed."""
    try:
        outcome = subprocess.run(
            command, env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
    except OSError:
        return False
    if outcome.returncode:
        print(f"{' '.join(command)} failed:\n{outcome.stdout.strip()}", file=sys.stderr)
    return outcome.returncode == 0


def with_venv(target: str) -> bool:
    return importlib.util.find_spec("ensurepip") is not None and run(sys.executable, "-m", "venv", target)


def with_tools(target: str) -> bool:
    if shutil.which("uv") and run("uv", "venv", "--quiet", "--seed", "--python", sys.executable, target):
        return True
    return bool(shutil.which("virtualenv")) and run("virtualenv", "--quiet", "--python", sys.executable, target)


def with_pip(target: str) -> bool:
    if importlib.util.find_spec("pip") is None:
        return False
    with tempfile.TemporaryDirectory() as folder:
        fetched = run(sys.executable, "-m", "pip", "install", "--quiet", "--target", folder, "virtualenv")
        return fetched and run(sys.executable, "-m", "virtualenv", "--quiet", target, PYTHONPATH=folder)


def with_apt(target: str) -> bool:
    prefix: tuple[str, ...] | None = () if os.geteuid() == 0 else None
    if prefix is None and shutil.which("sudo") and run("sudo", "-n", "true"):
        prefix = ("sudo", "-n")
    if prefix is None or not shutil.which("apt-get"):
        return False
    print("python3-venv is missing: installing it with apt-get ...", file=sys.stderr)
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if not run(*prefix, "apt-get", "update", "-qq"):
        return False
    installed = run(*prefix, "apt-get", "install", "-y", "-qq", package, DEBIAN_FRONTEND="noninteractive")
    return installed and run(sys.executable, "-m", "venv", target)


def main() -> None:
    target = sys.argv[1]
    if sys.version_info < OLDEST:
        raise SystemExit(
            f"Tropa needs Python {OLDEST[0]}.{OLDEST[1]} or newer; {sys.executable} is "
            f"{sys.version_info[0]}.{sys.version_info[1]}. Name another one: make PYTHON=python3.12 ..."
        )
    python = Path(target, "bin", "python")
    for way in (with_venv, with_tools, with_pip, with_apt):
        if way(target) and python.exists() and run(str(python), "-m", "pip", "--version"):
            return
        shutil.rmtree(target, ignore_errors=True)
    raise SystemExit(
        "Could not make a virtual environment: this Python comes without venv.\n"
        "On Debian and Ubuntu: sudo apt-get install python3-venv; elsewhere: python3 -m pip install virtualenv.\n"
        "Then run the same make command again."
    )


if __name__ == "__main__":
    main()
