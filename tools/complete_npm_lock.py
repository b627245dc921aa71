"""Names in web/package-lock.json the platform packages that the registry in use did not offer.

A registry that mirrors only some platforms makes npm leave the others out of the lock, and `npm ci` then refuses
that lock everywhere. The missing ones are optional and of other platforms: here they are named by their version,
without a hash (nobody here has seen the file), so that every machine accepts the lock and installs its own.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

OPERATING_SYSTEMS = ("android", "darwin", "freebsd", "linux", "openharmony", "win32")
PROCESSORS = ("arm", "arm64", "ia32", "loong64", "ppc64", "riscv64", "s390x", "x64")
LIBRARIES = {"musl": "musl", "gnu": "glibc", "glibc": "glibc"}


def platform_of(name: str) -> dict[str, list[str]] | None:
    """What a package such as `@scope/cli-linux-x64-musl` runs on, or None where its name does not say."""
    parts = name.rsplit("/", 1)[-1].split("-")
    systems = [part for part in parts if part in OPERATING_SYSTEMS]
    processors = [part for part in parts if part in PROCESSORS]
    if not systems or not processors:
        return None
    libraries = [LIBRARIES[part] for part in parts if part in LIBRARIES]
    return {"os": systems, "cpu": processors, **({"libc": libraries} if libraries else {})}


def complete(lock: dict[str, Any]) -> list[str]:
    """Adds the missing platform packages to the lock and returns their names."""
    packages: dict[str, Any] = lock["packages"]
    added = []
    for owner in list(packages.values()):
        for name, version in owner.get("optionalDependencies", {}).items():
            key, platform = f"node_modules/{name}", platform_of(name)
            # Only an exact version can be written down unseen.
            if key in packages or platform is None or not version[0].isdigit():
                continue
            packages[key] = {"version": version, **({"dev": True} if owner.get("dev") else {}), "optional": True}
            packages[key].update(platform)
            added.append(name)
    lock["packages"] = dict(sorted(packages.items()))
    return added


def main(path: Path) -> None:
    lock = json.loads(path.read_text(encoding="utf-8"))
    added = complete(lock)
    if added:
        path.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"{path}: named {len(added)} platform packages that the registry did not offer: {', '.join(added)}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "web/package-lock.json"))
